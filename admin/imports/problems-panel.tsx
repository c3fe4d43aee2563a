'use client'

import { useState } from 'react'
import { useApi } from '../kit/api.ts'
import { Button } from '../kit/button.tsx'
import { downloadFrom } from '../kit/download.ts'
import { Menu, MenuHeading, MenuItem } from '../kit/floating.tsx'
import { formatDecimalText } from '../kit/format.ts'
import { useText } from '../kit/kit-context.tsx'
import { ErrorBanner, Panel, Skeleton } from '../kit/surfaces.tsx'
import { StateChip } from '../kit/values.tsx'
import { importTexts } from '../locales/import-texts.ts'
import type { ProblemsView } from './import-types.ts'
import { Pager } from './pager.tsx'
import styles from './imports.module.css'
import problemStyles from './import-problems.module.css'

const perPage = 50

/** What is wrong with rows: by column with how often, and row by row. `of`: what stands against an undo, where anything does. */
export function ProblemsPanel({ id, of, title }: { readonly id: string; readonly of?: 'undo'; readonly title: string }) {
  const say = useText()
  const [column, setColumn] = useState<number | null | undefined>(undefined)
  const [page, setPage] = useState(1)
  const params = new URLSearchParams({ page: String(page), limit: String(perPage), ...(of ? { of } : {}), ...(column === undefined ? {} : { column: column === null ? 'row' : String(column) }) })
  const { data, problem } = useApi<ProblemsView>(`/api/imports/${encodeURIComponent(id)}/problems?${params.toString()}`)
  const choose = (next: number | null | undefined) => { setColumn(next); setPage(1) }
  const headerOf = (header: string, at: number | null) => (at === null ? say(importTexts.wholeRow) : header || say(importTexts.noHeader, { index: at + 1 }))
  if (of && (data === null || data.totalDocs === 0)) return null
  const isByColumn = of === undefined && data !== null && data.byColumn.length > 1
  return (
    <Panel flush title={title} {...(of ? {} : { actions: <BadRows id={id} /> })}>
      <ErrorBanner problem={problem} />
      {isByColumn ? (
        <ul className={problemStyles.byColumn} aria-label={say(importTexts.byColumn)}>
          {column === undefined ? null : <li><Button small onClick={() => choose(undefined)}>{say(importTexts.showAll)}</Button></li>}
          {data.byColumn.map((one) => (
            <li key={String(one.column)}>
              <button type="button" aria-pressed={column === one.column} title={say(importTexts.showOf, { column: headerOf(one.header, one.column) })} onClick={() => choose(column === one.column ? undefined : one.column)}>
                <strong>{headerOf(one.header, one.column)}</strong><span className={styles.count}>{formatDecimalText(String(one.count))}</span>
                <small>{say(one.example)}</small>
              </button>
            </li>
          ))}
        </ul>
      ) : null}
      {data === null ? <div className={problemStyles.skeletons}><Skeleton width="70%" /><Skeleton width="50%" /></div> : (
        <div className={styles.tableBox} role="region" tabIndex={0} aria-label={title}>
          <table className={`${styles.table} ${styles.cards} ${problemStyles.problems}`}>
            <thead><tr>{[importTexts.row, importTexts.column, importTexts.value, importTexts.what].map((text) => <th key={text.en} scope="col">{say(text)}</th>)}</tr></thead>
            <tbody>
              {data.docs.map((one, index) => (
                <tr key={`${one.row} ${String(one.column)} ${index}`}>
                  <td className={problemStyles.number} data-label={say(importTexts.row)}>{one.row}</td>
                  <td data-label={say(importTexts.column)}>{headerOf(one.header, one.column)}</td>
                  <td data-label={say(importTexts.value)} className={problemStyles.value} title={one.value}>{one.value}</td>
                  <td className={problemStyles.message}>{one.severity === 'warning' ? <><StateChip label={importTexts.warning} tone="warning" /> </> : null}{say(one.message)}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
      {data ? <Pager page={page} perPage={perPage} total={data.totalDocs} onPage={setPage} /> : null}
    </Panel>
  )
}

/** The bad rows as a file of the same columns, to mend and import again. */
function BadRows({ id }: { readonly id: string }) {
  const say = useText()
  return (
    <Menu label={say(importTexts.badRows)} trigger={(props) => <Button {...props} small icon="download" title={say(importTexts.badRowsHelp)}>{say(importTexts.badRows)}</Button>}>
      {(close) => (
        <>
          <MenuHeading text={say(importTexts.badRows)} help={say(importTexts.badRowsHelp)} />
          {(['xlsx', 'csv'] as const).map((format) => <MenuItem key={format} onSelect={() => { close(); downloadFrom(`/api/imports/${encodeURIComponent(id)}/bad-rows?format=${format}`) }}>{format.toUpperCase()}</MenuItem>)}
        </>
      )}
    </Menu>
  )
}
