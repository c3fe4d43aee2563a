'use client'

import { DndContext, MouseSensor, useDraggable, useDroppable, useSensor, useSensors, type DragEndEvent } from '@dnd-kit/core'
import { useId, useRef, useState, type KeyboardEvent, type MouseEventHandler } from 'react'
import type { BoardColumn } from '../../plugins/core/views/board-view.ts'
import type { ListRow } from '../../plugins/core/views/list-view.ts'
import { Button, IconButton } from '../kit/button.tsx'
import { Menu, MenuItem } from '../kit/floating.tsx'
import { useText } from '../kit/kit-context.tsx'
import { ErrorBanner, Skeleton } from '../kit/surfaces.tsx'
import { FieldValue, Moment } from '../kit/values.tsx'
import { ageTexts } from '../locales/running-texts.ts'
import { boardTexts } from '../locales/view-texts.ts'
import { BulkBar } from './bulk-bar.tsx'
import { dueField } from '../../plugins/core/views/due-field.ts'
import { Card, cardTitle } from './card.tsx'
import { DueValue } from './due-value.tsx'
import { useBoard } from './use-board.ts'
import type { OpenList } from './use-list.ts'
import page from '../kit/page.module.css'
import styles from './views.module.css'

type OpenBoard = ReturnType<typeof useBoard>
type Selection = { readonly selected: ReadonlySet<string>; readonly toggle: (id: string) => void }

/** Documents in columns: each with how many it has and their sum, cards that are dragged or sent by key. */
export function Board({ open }: { readonly open: OpenList }) {
  const say = useText()
  const id = useId()
  const board = useBoard(open)
  const { columns } = board
  const [selected, setSelected] = useState<ReadonlySet<string>>(new Set())
  const toggle = (one: string) => setSelected((old) => { const next = new Set(old); if (!next.delete(one)) next.add(one); return next })
  const [lifted, setLifted] = useState<string | null>(null)
  // A finger scrolls; it moves cards by their menu.
  const sensors = useSensors(useSensor(MouseSensor, { activationConstraint: { distance: 6 } }))
  const placeOf = (row: string) => columns.find(({ rows }) => rows.some((one) => one.id === row))
  const drop = ({ active, over }: DragEndEvent) => {
    setLifted(null)
    const from = placeOf(String(active.id))
    const to = columns.find(({ key }) => `column:${key}` === over?.id)
    const row = from?.rows.find((one) => one.id === active.id)
    if (row && from && to && from !== to) void board.move(row, from, to)
  }
  const source = lifted ? placeOf(lifted) : undefined
  return (
    <>
      {board.problem ? <div className={styles.told}><ErrorBanner problem={board.problem} /></div> : null}
      {board.loading ? <div className={styles.told}><Skeleton width="60%" /></div> : null}
      <DndContext id={id} sensors={sensors} autoScroll={{ threshold: { x: 0.15, y: 0 } }} onDragStart={({ active }) => setLifted(String(active.id))} onDragCancel={() => setLifted(null)} onDragEnd={drop}>
        <div className={styles.board} role="region" aria-label={say(open.view.entity.labels)} tabIndex={0}>
          {columns.map((column) => <Column key={column.key} column={column} board={board} selection={{ selected, toggle }} slug={open.view.entity.slug} isClosed={source !== undefined && source !== column && board.whyNot(source, column) !== undefined} />)}
        </div>
      </DndContext>
      {selected.size > 0 ? <BulkBar entity={open.view.entity} rows={columns.flatMap(({ rows }) => rows)} selected={selected} onSelect={setSelected} onDone={board.refresh} /> : null}
      {board.isMovable ? <footer className={styles.hint}>{say(boardTexts.hint)}</footer> : null}
    </>
  )
}

function Column({ column, board, selection, slug, isClosed }: { readonly column: BoardColumn; readonly board: OpenBoard; readonly selection: Selection; readonly slug: string; readonly isClosed: boolean }) {
  const say = useText()
  const { key, label, tone, count, sum, ages, rows } = column
  const { setNodeRef, isOver } = useDroppable({ id: `column:${key}` })
  return (
    <section ref={setNodeRef} className={styles.column} data-over={isOver || undefined} data-closed={isClosed || undefined} aria-label={say(boardTexts.cards, { column: say(label), count })}>
      <header className={styles.columnHead}>
        <h2>{say(label)}</h2><span className={page.count} data-tone={tone}>{count}</span>
        {board.measure && sum !== null && count > 0 ? <span className={styles.sum}><FieldValue field={board.measure} value={sum} titles={{}} /></span> : null}
      </header>
      {ages && count > 0 ? (
        <p className={styles.ages}>
          {say(ageTexts.median, { days: ages.medianDays })} · {say(ageTexts.oldest, { days: ages.oldestDays })}
          {ages.overdue > 0 ? <strong> · {say(ageTexts.overdue, { share: Math.round((ages.overdue / count) * 100) })}</strong> : null}
        </p>
      ) : null}
      <ol className={styles.cards}>
        {rows.map((row) => <Place key={row.id} row={row} column={column} board={board} selection={selection} slug={slug} />)}
        {count === 0 ? <li className={styles.nothing}>{say(boardTexts.noCards)}</li> : null}
      </ol>
      {rows.length < count ? <Button small look="ghost" onClick={() => void board.showMore(key)}>{say(boardTexts.more, { count: count - rows.length })}</Button> : null}
    </section>
  )
}

function Place({ row, column, board, selection, slug }: { readonly row: ListRow; readonly column: BoardColumn; readonly board: OpenBoard; readonly selection: Selection; readonly slug: string }) {
  const say = useText()
  const { columns, card, titles, isMovable, whyNot, move } = board
  const { listeners, setNodeRef, transform, isDragging } = useDraggable({ id: row.id, disabled: !isMovable })
  const menu = useRef<HTMLSpanElement>(null)
  const what = cardTitle(row, card.title, titles)
  const byKey = (event: KeyboardEvent) => {
    if (!isMovable) return
    const beside = { ArrowLeft: -1, ArrowRight: 1 }[event.key]
    const target = event.altKey && beside ? columns[columns.indexOf(column) + beside] : undefined
    if (target) { event.preventDefault(); void move(row, column, target) }
    if (event.key.toLowerCase() === 'm' && !event.ctrlKey && !event.metaKey) { event.preventDefault(); menu.current?.querySelector('button')?.click() }
  }
  return (
    <li
      ref={setNodeRef} {...(isMovable ? { onMouseDown: listeners?.onMouseDown as MouseEventHandler } : {})} className={styles.place} data-movable={isMovable || undefined} data-dragging={isDragging || undefined} data-moving={board.moving === row.id || undefined}
      style={transform ? { transform: `translate3d(${transform.x}px, ${transform.y}px, 0)` } : undefined}
    >
      <Card
        row={row} slug={slug} title={card.title} lines={board.field ? card.lines : card.lines.filter(({ name }) => name !== dueField.name)} titles={titles} at={board.at} onKeyDown={byKey} {...(board.field ? { state: board.states[String(row.state ?? '')] } : {})}
        mark={isMovable ? <input type="checkbox" className={styles.pick} checked={selection.selected.has(row.id)} aria-label={say(ageTexts.select, { what })} onChange={() => selection.toggle(row.id)} /> : null}
        foot={board.field ? null : <Standing row={row} board={board} />}
        action={isMovable ? (
          <span ref={menu}>
            <Menu label={say(boardTexts.move, { what })} trigger={(props) => <IconButton {...props} small icon="more" label={say(boardTexts.move, { what })} />}>
              {(close) => columns.filter((one) => one !== column && one.key !== '').map((to) => {
                const why = whyNot(column, to)
                return <MenuItem key={to.key} onSelect={() => { close(); void move(row, column, to) }} {...(why ? { why } : {})}>{say(to.label)}</MenuItem>
              })}
            </Menu>
          </span>
        ) : null}
      />
    </li>
  )
}

/** Since when it stands there, until when it may, and who has it in hand. */
function Standing({ row, board: { who, titles, at, card } }: { readonly row: ListRow; readonly board: OpenBoard }) {
  const say = useText()
  const [since, due] = [row.stateSince, row.stateDue].map((moment) => (typeof moment === 'string' ? moment : null))
  // A card that shows the field already says it once.
  const person = who && !card.lines.some(({ name }) => name === who) ? titles.users?.[String(row[who])]?.title : undefined
  if (!since && !due && !person) return null
  return (
    <p className={styles.standing}>
      {since ? <span title={say(ageTexts.inState)}><Moment value={since} /></span> : null}
      {due ? <DueValue due={due} at={at} withLabel /> : null}
      {person ? <span className={styles.person}>{person}</span> : null}
    </p>
  )
}
