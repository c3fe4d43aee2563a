'use client'

import { useCallback, useEffect, useRef, useState } from 'react'
import type { FieldDefinition } from '../../config/language/entity.ts'
import type { ViewDefinition } from '../../config/language/view.ts'
import type { EntityView } from '../../plugins/core/views/entity-view.ts'
import type { Filter, ListQuery } from '../../plugins/core/views/list-query.ts'
import { Button } from '../kit/button.tsx'
import { Popover } from '../kit/floating.tsx'
import { Icon } from '../kit/icon.tsx'
import { useKit, useText } from '../kit/kit-context.tsx'
import { useShortcuts } from '../kit/keyboard.ts'
import { listTexts } from '../locales/list-texts.ts'
import { viewTexts } from '../locales/view-texts.ts'
import { ColumnChooser } from './column-chooser.tsx'
import { FieldSearch } from './field-search.tsx'
import { FilterChip } from './filter-chip.tsx'
import { FilterEditor } from './filter-editor.tsx'
import { cardFields } from './first-settings.ts'
import page from '../kit/page.module.css'
import styles from './list.module.css'

type Ask = (change: Partial<ListQuery>, options?: { replace?: boolean }) => void

/** Words, filter chips and the chooser of columns, or of what stands on cards. */
export function FilterBar({ entity, query, ask, shown }: { readonly entity: EntityView; readonly query: ListQuery; readonly ask: Ask; readonly shown: ViewDefinition }) {
  const say = useText()
  const { language } = useKit()
  const put = (index: number, filter: Filter | null) => ask({
    filters: filter === null ? query.filters.filter((_, at) => at !== index) : index < query.filters.length ? query.filters.map((old, at) => (at === index ? filter : old)) : [...query.filters, filter],
  })
  return (
    <div className={styles.filters}>
      <SearchBox label={say(listTexts.search, { what: language === 'en' ? entity.labels.en.toLowerCase() : entity.labels.zh })} words={query.q} onSearch={(q) => ask({ q }, { replace: true })} />
      {query.filters.map((filter, index) => {
        const field = entity.fields.find(({ name }) => name === filter.field)
        return field ? <FilterChip key={`${index}${filter.field}`} field={field} filter={filter} onChange={(next) => put(index, next)} /> : null
      })}
      <AddFilter entity={entity} onAdd={(filter) => put(query.filters.length, filter)} />
      {query.filters.length > 0 || query.q ? <Button look="ghost" small onClick={() => ask({ filters: [], q: '' })}>{say(listTexts.clearFilters)}</Button> : null}
      <span className={page.spring} />
      {shown.kind === 'chart' || shown.kind === 'form' ? null : <ColumnChooser entity={entity} shown={shown.kind === 'table' ? (query.columns.length > 0 ? query.columns : entity.listColumns) : cardFields(shown, entity).columns} label={say(shown.kind === 'table' ? listTexts.columns : viewTexts.fields)} onChoose={(columns) => ask({ columns, page: query.page }, { replace: true })} />}
    </div>
  )
}

function SearchBox({ label, words, onSearch }: { readonly label: string; readonly words: string; readonly onSearch: (words: string) => void }) {
  const [typed, setTyped] = useState(words)
  const input = useRef<HTMLInputElement>(null)
  const latest = useRef(onSearch)
  latest.current = onSearch
  useEffect(() => setTyped(words), [words])
  useEffect(() => {
    if (typed === words) return undefined
    const timer = setTimeout(() => latest.current(typed), 220)
    return () => clearTimeout(timer)
  }, [typed, words])
  useShortcuts({ '/': (event) => { event.preventDefault(); input.current?.focus() } })
  return (
    <div className={`${page.search} ${styles.search}`}>
      <Icon name="search" size={14} />
      <input ref={input} type="search" aria-label={label} placeholder={label} value={typed} onChange={(event) => setTyped(event.target.value)} />
    </div>
  )
}

function AddFilter({ entity, onAdd }: { readonly entity: EntityView; readonly onAdd: (filter: Filter) => void }) {
  const say = useText()
  const anchor = useRef<HTMLButtonElement>(null)
  const [open, setOpen] = useState(false)
  const [field, setField] = useState<FieldDefinition | null>(null)
  const close = useCallback(() => { setOpen(false); setField(null) }, [])
  return (
    <>
      <Button ref={anchor} look="ghost" small icon="filter" aria-haspopup="dialog" aria-expanded={open} onClick={() => setOpen(!open)}>{say(listTexts.addFilter)}</Button>
      {open ? (
        <Popover key={field?.name ?? ''} anchor={anchor} onClose={close} label={say(listTexts.filterBy)}>
          {field ? (
            <FilterEditor field={field} onApply={(filter) => { close(); onAdd(filter) }} />
          ) : <FieldSearch fields={entity.fields} usual={entity.listColumns} onChoose={setField} />}
        </Popover>
      ) : null}
    </>
  )
}
