'use client'

import { useRouter } from 'next/navigation'
import { memo, useCallback, useEffect, useMemo, useRef, useState, type Dispatch, type KeyboardEvent, type MouseEvent, type PointerEvent, type SetStateAction } from 'react'
import Link from 'next/link'
import { hasOrder } from '../../config/language/fields.ts'
import type { FieldDefinition } from '../../config/language/entity.ts'
import type { StateView } from '../../plugins/core/views/entity-view.ts'
import type { ListQuery } from '../../plugins/core/views/list-query.ts'
import type { ListRow, ListView } from '../../plugins/core/views/list-view.ts'
import type { Titles } from '../../plugins/core/views/titles.ts'
import { Icon } from '../kit/icon.tsx'
import { useKit, useText } from '../kit/kit-context.tsx'
import { useShortcuts } from '../kit/keyboard.ts'
import { FieldValue, StateChip, isNumeric } from '../kit/values.tsx'
import { listTexts } from '../locales/list-texts.ts'
import { dueField } from '../../plugins/core/views/due-field.ts'
import { hrefOf } from './card.tsx'
import { DueValue } from './due-value.tsx'
import styles from './list-table.module.css'

type Column = { readonly field: FieldDefinition } | { readonly field: null }

type ListTableProps = {
  readonly view: ListView
  readonly query: ListQuery
  readonly loading: boolean
  readonly selected: ReadonlySet<string>
  readonly onSelect: Dispatch<SetStateAction<ReadonlySet<string>>>
  readonly onSort: (sort: string) => void
  /** Pixels by column; absent ones are as wide as what they hold. */
  readonly widths: Readonly<Record<string, number>>
  readonly onColumns: (columns: readonly string[]) => void
  readonly onWidths: (widths: Readonly<Record<string, number>>) => void
}

/** Dense rows with a frozen first column. j and k move, Enter opens, x selects. */
export function ListTable({ view, query, loading, selected, widths, onSelect, onSort, onColumns, onWidths }: ListTableProps) {
  const say = useText()
  const router = useRouter()
  const { entity, rows } = view
  const columns = useMemo(() => columnsOf(view, query), [view, query])
  const [cursor, setCursor] = useState(-1)
  const body = useRef<HTMLTableSectionElement>(null)
  const isSelectable = entity.rights.discard || entity.rights.send
  useEffect(() => setCursor(-1), [rows])
  // The newest browsers answer with a promise, which an effect must not return.
  useEffect(() => { void body.current?.querySelector('[data-cursor="true"]')?.scrollIntoView({ block: 'nearest' }) }, [cursor])
  const toggle = useCallback((id: string) => onSelect((old) => {
    const next = new Set(old)
    if (!next.delete(id)) next.add(id)
    return next
  }), [onSelect])
  const current = rows[cursor]
  useShortcuts({
    j: () => setCursor((at) => Math.min(rows.length - 1, at + 1)),
    k: () => setCursor((at) => Math.max(0, at - 1)),
    x: () => { if (current && isSelectable) toggle(current.id) },
    Enter: () => { if (current && !(document.activeElement instanceof HTMLAnchorElement || document.activeElement instanceof HTMLButtonElement)) router.push(hrefOf(entity.slug, current.id)) },
  })
  const move = (name: string, by: -1 | 1) => {
    const names = query.columns.length > 0 ? query.columns : entity.listColumns
    const from = names.indexOf(name)
    const to = from + by
    // The first one names the row: it stays.
    if (from < 1 || to < 1 || to >= names.length) return
    onColumns(names.toSpliced(from, 1).toSpliced(to, 0, name))
  }
  const widen = (name: string, width: number) => onWidths({ ...widths, [name]: Math.round(Math.min(widest, Math.max(narrowest, width))) })
  const all = rows.length > 0 && rows.every(({ id }) => selected.has(id))
  return (
    <div className={styles.scroll} data-loading={loading} role="region" aria-label={say(entity.labels)} tabIndex={0}>
      <table className={styles.table} aria-busy={loading}>
        <thead>
          <tr>
            {isSelectable ? <th className={styles.check}><input type="checkbox" aria-label={say(listTexts.selectAll)} checked={all} onChange={() => onSelect(all ? new Set() : new Set(rows.map(({ id }) => id)))} /></th> : null}
            {columns.map((column, index) => <HeadCell key={column.field?.name ?? 'state'} column={column} first={index === 0} offset={isSelectable} sort={query.sort || entity.defaultSort} width={widths[column.field?.name ?? 'state']} onSort={onSort} onMove={move} onWidth={widen} />)}
          </tr>
        </thead>
        <tbody ref={body}>
          {rows.map((row, index) => (
            <Row
              key={row.id} row={row} slug={entity.slug} columns={columns} widths={widths} titles={view.titles} states={view.states} at={view.at} isSelectable={isSelectable}
              isSelected={selected.has(row.id)} isCursor={index === cursor} onToggle={toggle} onOpen={(href) => router.push(href)}
            />
          ))}
        </tbody>
      </table>
    </div>
  )
}

type HeadProps = {
  readonly column: Column
  readonly first: boolean
  readonly offset: boolean
  readonly sort: string
  readonly width: number | undefined
  readonly onSort: (sort: string) => void
  readonly onMove: (name: string, by: -1 | 1) => void
  readonly onWidth: (name: string, width: number) => void
}

/** Sorts by a click; Alt and an arrow moves the column, with Shift too it changes its width, as the edge does by drag. */
function HeadCell({ column, first, offset, sort, width, onSort, onMove, onWidth }: HeadProps) {
  const say = useText()
  const { firm } = useKit()
  const cell = useRef<HTMLTableCellElement>(null)
  const { field } = column
  const name = field?.name ?? 'state'
  const label = say(field?.label ?? listTexts.states)
  const unit = field && (field.type === 'money' || field.type === 'unitPrice') ? firm.currency : field?.type === 'percent' ? '%' : ''
  const isSorted = sort.replace(/^-/, '') === name
  const isSortable = !field || hasOrder(field)
  const text = <>{label}{unit ? <span className={styles.unit}>{unit}</span> : null}</>
  const arrange = (event: KeyboardEvent) => {
    const by = event.altKey ? ({ ArrowLeft: -1, ArrowRight: 1 } as const)[event.key] : undefined
    if (!by) return
    event.preventDefault()
    if (event.shiftKey) onWidth(name, (cell.current?.offsetWidth ?? narrowest) + by * 16)
    else onMove(name, by)
  }
  return (
    <th
      ref={cell} scope="col" className={`${first ? styles.frozen : ''} ${first && offset ? styles.afterCheck : ''} ${kindOf(field)}`} style={widthOf(width)}
      aria-sort={isSorted ? (sort.startsWith('-') ? 'descending' : 'ascending') : undefined}
    >
      {isSortable ? (
        <button type="button" className={styles.sort} title={say(listTexts.sortBy, { what: label })} onKeyDown={arrange} onClick={() => onSort(isSorted && !sort.startsWith('-') ? `-${name}` : name)}>
          {text}{isSorted ? <Icon name={sort.startsWith('-') ? 'down' : 'up'} size={12} /> : null}
        </button>
      ) : <button type="button" className={styles.sort} data-unsorted="true" onKeyDown={arrange}>{text}</button>}
      <span className={styles.edge} aria-hidden="true" onPointerDown={(event) => dragEdge(event, cell.current, (to) => onWidth(name, to))} />
    </th>
  )
}

const narrowest = 56
const widest = 800

/** The edge follows the pointer; the width is kept when it is let go. */
function dragEdge(event: PointerEvent<HTMLSpanElement>, cell: HTMLTableCellElement | null, onEnd: (width: number) => void) {
  if (!cell) return
  event.preventDefault()
  event.stopPropagation()
  const edge = event.currentTarget
  const start = { x: event.clientX, width: cell.offsetWidth }
  const at = (now: globalThis.PointerEvent) => Math.max(narrowest, start.width + now.clientX - start.x)
  const follow = (now: globalThis.PointerEvent) => { cell.style.width = cell.style.minWidth = cell.style.maxWidth = `${at(now)}px` }
  edge.setPointerCapture(event.pointerId)
  edge.addEventListener('pointermove', follow)
  const end = (now: globalThis.PointerEvent) => {
    edge.removeEventListener('pointermove', follow)
    edge.removeEventListener('pointerup', end)
    onEnd(at(now))
  }
  edge.addEventListener('pointerup', end)
}

type RowProps = {
  readonly row: ListRow
  readonly slug: string
  readonly columns: readonly Column[]
  readonly widths: Readonly<Record<string, number>>
  readonly titles: Titles
  readonly states: Readonly<Record<string, StateView>>
  /** When the list was read. */
  readonly at: string
  readonly isSelectable: boolean
  readonly isSelected: boolean
  readonly isCursor: boolean
  readonly onToggle: (id: string) => void
  readonly onOpen: (href: string) => void
}

const Row = memo(function Row({ row, slug, columns, widths, titles, states, at, isSelectable, isSelected, isCursor, onToggle, onOpen }: RowProps) {
  const say = useText()
  const href = hrefOf(slug, row.id)
  const name = String(row[columns[0]?.field?.name ?? ''] ?? row.id)
  const open = (event: MouseEvent) => {
    // Links, boxes and marked text keep their own meaning.
    if ((event.target as HTMLElement).closest('a, input, label, button') || window.getSelection()?.toString()) return
    if (event.metaKey || event.ctrlKey) window.open(href, '_blank', 'noopener')
    else onOpen(href)
  }
  return (
    <tr data-selected={isSelected} data-cursor={isCursor} onClick={open}>
      {isSelectable ? <td className={styles.check}><input type="checkbox" aria-label={say(listTexts.select, { what: name })} checked={isSelected} onChange={() => onToggle(row.id)} /></td> : null}
      {columns.map(({ field }, index) => {
        const state = field ? undefined : states[String(row.state ?? '')]
        const value = field?.name === dueField.name ? <DueValue due={row.stateDue} at={at} /> : field ? <FieldValue field={field} value={row[field.name]} titles={titles} dense={index > 0 || field.type !== 'relation'} /> : state ? <StateChip label={state.label} tone={state.tone} /> : null
        const isFirst = index === 0
        return (
          <td key={field?.name ?? 'state'} style={widthOf(widths[field?.name ?? 'state'])} data-empty={(field && (row[field.name] === null || row[field.name] === undefined || row[field.name] === '')) || undefined} data-label={say(field?.label ?? listTexts.states)} title={titleOf(field, row, titles)} className={`${isFirst ? styles.frozen : ''} ${isFirst && isSelectable ? styles.afterCheck : ''} ${field ? '' : styles.state} ${kindOf(field)}`}>
            {isFirst && field?.type !== 'relation' ? <Link href={href} prefetch={false} className={styles.name}>{value}</Link> : value}
          </td>
        )
      })}
    </tr>
  )
}, (before, after) => before.row === after.row && before.columns === after.columns && before.widths === after.widths && before.titles === after.titles && before.isSelected === after.isSelected && before.isCursor === after.isCursor && before.onToggle === after.onToggle)

/** The state stands second: after what the row is called. */
function columnsOf({ entity }: ListView, query: ListQuery): Column[] {
  const known = new Map(entity.fields.map((field) => [field.name, field]))
  const chosen = (query.columns.length > 0 ? query.columns : entity.listColumns).flatMap((name): Column[] => {
    const field = known.get(name)
    return field ? [{ field }] : []
  })
  if (entity.states.length === 0) return chosen
  return [...chosen.slice(0, 1), { field: null }, ...chosen.slice(1)]
}

const widthOf = (width: number | undefined) => (width ? { width, minWidth: width, maxWidth: width } : undefined)

const kindOf = (field: FieldDefinition | null) => (!field ? '' : isNumeric(field) ? styles.right : isWordy(field) ? styles.words : '')

const isWordy = ({ type, name }: FieldDefinition) => name !== 'number' && (type === 'relation' || type === 'text' || type === 'longText' || type === 'email' || type === 'url')

/** What a narrow column cuts is read in full on hover; so is the name behind a code. */
function titleOf(field: FieldDefinition | null, row: ListRow, titles: Titles): string | undefined {
  const value = field ? row[field.name] : null
  if (!field || typeof value !== 'string' || !isWordy(field)) return undefined
  if (field.type !== 'relation') return value
  const title = titles[field.to ?? '']?.[value]
  return title && !title.redacted ? [title.title, title.hint].filter(Boolean).join(' · ') : undefined
}
