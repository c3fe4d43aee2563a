'use client'

import { useState } from 'react'
import type { OpenedList } from '../../plugins/core/saved-views/open-list.ts'
import { stateField } from '../../plugins/core/views/view-rules.ts'
import { Button } from '../kit/button.tsx'
import { useText } from '../kit/kit-context.tsx'
import { ErrorBanner, BannerActions } from '../kit/surfaces.tsx'
import { TitlesProvider } from '../kit/titles-context.tsx'
import { kitTexts } from '../locales/texts.ts'
import { BulkBar } from './bulk-bar.tsx'
import { FilterBar } from './filter-bar.tsx'
import { ListHeader } from './list-header.tsx'
import { ListTable } from './list-table.tsx'
import { NothingHere } from './nothing-here.tsx'
import { Pager } from './pager.tsx'
import { StateTabs } from './state-tabs.tsx'
import { useList, type OpenList } from './use-list.ts'
import { ViewBar } from './view-bar.tsx'
import { ViewBody } from './view-body.tsx'
import { ViewSettings } from './view-settings.tsx'
import styles from './list.module.css'

/** The list of an entity: its views and states as tabs, filters as chips, and the documents as the view shows them. */
export function ListScreen({ initial }: { readonly initial: OpenedList }) {
  const say = useText()
  const open = useList(initial)
  const { view, query, ask, problem, shown, reload } = open
  const hasStateTabs = view.entity.states.length > 0 && shown.groupBy !== stateField
  return (
    <TitlesProvider titles={view.titles}>
      <div className={styles.screen}>
        <ListHeader view={view} query={query} reload={reload} />
        <ViewBar open={open} />
        {hasStateTabs ? <StateTabs view={view} current={query.state} onChoose={(state) => ask({ state })} /> : null}
        <FilterBar entity={view.entity} query={query} ask={ask} shown={shown} />
        <ViewSettings open={open} />
        {problem ? <div className={styles.problem}><ErrorBanner problem={problem}><BannerActions><Button small onClick={() => void reload()}>{say(kitTexts.tryAgain)}</Button></BannerActions></ErrorBanner></div> : null}
        {shown.kind === 'table' ? <TableBody open={open} /> : <ViewBody open={open} />}
      </div>
    </TitlesProvider>
  )
}

const noWidths = {}

/** A dense table, and what can be done with several at once. */
function TableBody({ open }: { readonly open: OpenList }) {
  const { view, query, ask, loading, shown, change, reload } = open
  const [selected, setSelected] = useState<ReadonlySet<string>>(new Set())
  const isFiltered = Boolean(query.q || query.state || query.filters.length > 0)
  return (
    <>
      {view.rows.length === 0 && !loading
        ? <NothingHere entity={view.entity} isFiltered={isFiltered} onClear={() => ask({ q: '', state: '', filters: [] })} />
        : <ListTable view={view} query={query} loading={loading} selected={selected} widths={shown.widths ?? noWidths} onSelect={setSelected} onSort={(sort) => ask({ sort })} onColumns={(columns) => ask({ columns, page: query.page }, { replace: true })} onWidths={(widths) => change({ widths })} />}
      {selected.size > 0 ? <BulkBar entity={view.entity} rows={view.rows} selected={selected} onSelect={setSelected} onDone={reload} /> : null}
      <Pager view={view} query={query} ask={ask} />
    </>
  )
}
