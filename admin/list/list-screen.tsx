'use client'

import { useState } from 'react'
import type { ListView } from '../../plugins/core/views/list-view.ts'
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
import { useList } from './use-list.ts'
import styles from './list.module.css'

/** The list of an entity: states as tabs, filters as chips, a dense table, and what can be done with several at once. */
export function ListScreen({ initial }: { readonly initial: ListView }) {
  const say = useText()
  const { view, query, ask, loading, problem, reload } = useList(initial)
  const [selected, setSelected] = useState<ReadonlySet<string>>(new Set())
  const isFiltered = Boolean(query.q || query.state || query.filters.length > 0)
  return (
    <TitlesProvider titles={view.titles}>
      <div className={styles.screen}>
        <ListHeader view={view} query={query} reload={reload} />
        {view.entity.states.length > 0 ? <StateTabs view={view} current={query.state} onChoose={(state) => ask({ state })} /> : null}
        <FilterBar entity={view.entity} query={query} ask={ask} />
        {problem ? <div className={styles.problem}><ErrorBanner problem={problem}><BannerActions><Button small onClick={() => void reload()}>{say(kitTexts.tryAgain)}</Button></BannerActions></ErrorBanner></div> : null}
        {view.rows.length === 0 && !loading
          ? <NothingHere entity={view.entity} isFiltered={isFiltered} onClear={() => ask({ q: '', state: '', filters: [] })} />
          : <ListTable view={view} query={query} loading={loading} selected={selected} onSelect={setSelected} onSort={(sort) => ask({ sort })} />}
        {selected.size > 0 ? <BulkBar entity={view.entity} rows={view.rows} selected={selected} onSelect={setSelected} onDone={reload} /> : null}
        <Pager view={view} query={query} ask={ask} />
      </div>
    </TitlesProvider>
  )
}
