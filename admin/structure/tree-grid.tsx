'use client'

import { useEffect, useId, useMemo, useRef, useState, type KeyboardEvent, type ReactNode } from 'react'
import { useRouter } from 'next/navigation'
import type { Text } from '../../config/language/text.ts'
import { Button } from '../kit/button.tsx'
import { Icon } from '../kit/icon.tsx'
import { useKit, useText } from '../kit/kit-context.tsx'
import { useShortcuts } from '../kit/keyboard.ts'
import { structureTexts } from '../locales/structure-texts.ts'
import { afterKey, parentsOf, shownRows, type TreeRow } from './tree-rows.ts'
import styles from './structure.module.css'

export type GridRow = TreeRow & { readonly part: string }
export type GridColumn<Row> = { readonly label: Text; readonly value: (row: Row) => ReactNode; readonly numeric?: boolean; /** Left out where there is little room. */ readonly wide?: boolean }

const rowHeight = 32
/** Rows drawn above and below what is seen. */
const around = 12

/**
 * Rows of a tree (or a plain list, when nothing hangs on anything) of which only those in sight are drawn: 10,000 scroll as ten do. The
 * grid is one stop of the keyboard; arrows move in it.
 */
export function TreeGrid<Row extends GridRow>({ rows, columns, label }: { readonly rows: readonly Row[]; readonly columns: readonly GridColumn<Row>[]; readonly label: string }) {
  const say = useText()
  const { language } = useKit()
  const router = useRouter()
  const id = useId()
  const box = useRef<HTMLDivElement>(null)
  const search = useRef<HTMLInputElement>(null)
  const parents = useMemo(() => parentsOf(rows), [rows])
  const isTree = parents.size > 0
  const [closed, setClosed] = useState<ReadonlySet<number>>(new Set())
  const [words, setWords] = useState('')
  const [at, setAt] = useState(0)
  const [seen, setSeen] = useState({ top: 0, height: 640 })
  const { places, hits } = useMemo(() => shownRows(rows, { closed, words }), [rows, closed, words])
  useEffect(() => {
    const look = () => { if (box.current) setSeen({ top: box.current.scrollTop, height: box.current.clientHeight }) }
    look()
    const sizes = new ResizeObserver(look)
    if (box.current) sizes.observe(box.current)
    return () => sizes.disconnect()
  }, [])
  useShortcuts({ '/': (event) => { event.preventDefault(); search.current?.focus() } })
  const first = Math.max(0, Math.floor(seen.top / rowHeight) - around)
  const last = Math.min(places.length, Math.ceil((seen.top + seen.height) / rowHeight) + around)
  const toggle = (place: number, isOpen: boolean) => setClosed((old) => {
    const next = new Set(old)
    if (isOpen) next.delete(place)
    else next.add(place)
    return next
  })
  const standOn = (place: number) => {
    setAt(place)
    const index = places.indexOf(place)
    const view = box.current
    if (!view || index < 0) return
    // Below the head, which stays in sight.
    if (index * rowHeight < view.scrollTop) view.scrollTop = index * rowHeight
    else if ((index + 2) * rowHeight > view.scrollTop + view.clientHeight) view.scrollTop = (index + 2) * rowHeight - view.clientHeight
  }
  const keys = (event: KeyboardEvent) => {
    const row = rows[at]
    if (event.key === 'Enter' && row) return router.push(`/admin/collections/parts/${encodeURIComponent(row.part)}`)
    const next = afterKey(event.key, { rows, shown: places, at, closed, parents })
    if (!next) return undefined
    event.preventDefault()
    if (next.open !== undefined) toggle(next.open, true)
    if (next.close !== undefined) toggle(next.close, false)
    return standOn(next.at)
  }
  return (
    <div className={styles.grid}>
      <div className={styles.tools}>
        <label className={styles.search}>
          <Icon name="search" />
          <input ref={search} type="search" value={words} aria-label={say(structureTexts.search)} placeholder={say(structureTexts.search)} onChange={(event) => setWords(event.target.value)} />
        </label>
        <span className={styles.count} role="status">{words.trim() ? say(structureTexts.found, { count: hits.size }) : say(structureTexts.rows, { count: rows.length })}</span>
        {isTree ? <Button small look="ghost" onClick={() => setClosed(new Set())}>{say(structureTexts.expand)}</Button> : null}
        {isTree ? <Button small look="ghost" onClick={() => setClosed(new Set([...parents].filter((place) => place > 0)))}>{say(structureTexts.collapse)}</Button> : null}
      </div>
      <div
        ref={box} className={styles.box} role={isTree ? 'treegrid' : 'grid'} aria-label={label} aria-rowcount={places.length + 1} tabIndex={0} aria-activedescendant={`${id}-${at}`}
        title={say(structureTexts.keys)} onKeyDown={keys} onScroll={(event) => setSeen({ top: event.currentTarget.scrollTop, height: event.currentTarget.clientHeight })}
      >
        <div role="row" className={styles.head}>
          <span role="columnheader" className={styles.name}>{say(structureTexts.part)}</span>
          {columns.map((column) => <span key={column.label.en} role="columnheader" data-numeric={column.numeric} data-wide={column.wide}>{say(column.label)}</span>)}
        </div>
        <div role="rowgroup" style={{ height: places.length * rowHeight }} className={styles.rows}>
          {places.slice(first, last).map((place, index) => {
            const row = rows[place]
            if (!row) return null
            const isOpen = !closed.has(place) || words.trim() !== ''
            return (
              <div
                key={place} id={`${id}-${place}`} role="row" className={styles.row} style={{ top: (first + index) * rowHeight }} data-at={place === at} data-hit={hits.has(place)} aria-rowindex={first + index + 2}
                {...(isTree ? { 'aria-level': row.level + 1, ...(parents.has(place) ? { 'aria-expanded': isOpen } : {}) } : {})} onClick={() => setAt(place)}
              >
                <span role="gridcell" className={styles.name} style={isTree ? { paddingInlineStart: 8 + Math.min(row.level, 8) * 18 } : {}}>
                  {isTree && parents.has(place) ? (
                    <button type="button" tabIndex={-1} className={styles.toggle} aria-label={say(structureTexts.toggle, { what: row.partNumber })} onClick={() => toggle(place, !isOpen)}><Icon name={isOpen ? 'down' : 'right'} size={14} /></button>
                  ) : isTree ? <i className={styles.toggle} /> : null}
                  <a href={`/admin/collections/parts/${encodeURIComponent(row.part)}`} tabIndex={-1}>{row.partNumber}</a>
                  <small>{language === 'zh' ? row.nameZh : row.name}</small>
                </span>
                {columns.map((column) => <span key={column.label.en} role="gridcell" data-numeric={column.numeric} data-wide={column.wide}>{column.value(row)}</span>)}
              </div>
            )
          })}
        </div>
      </div>
    </div>
  )
}
