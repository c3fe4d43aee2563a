'use client'

import { DndContext, MouseSensor, useDraggable, useDroppable, useSensor, useSensors, type DragEndEvent } from '@dnd-kit/core'
import Link from 'next/link'
import { useId, useState, type KeyboardEvent, type MouseEventHandler } from 'react'
import { addDays, addMonths, todayIn } from '../../plugins/core/engine/dates.ts'
import type { ListRow } from '../../plugins/core/views/list-view.ts'
import { Button, IconButton } from '../kit/button.tsx'
import { formatDateText } from '../kit/format.ts'
import { useKit, useText } from '../kit/kit-context.tsx'
import { ErrorBanner } from '../kit/surfaces.tsx'
import { kitTexts } from '../locales/texts.ts'
import { calendarTexts } from '../locales/view-texts.ts'
import { spanOf } from './calendar-days.ts'
import { cardTitle, hrefOf } from './card.tsx'
import { useCalendar, type Entry } from './use-calendar.ts'
import type { OpenList } from './use-list.ts'
import styles from './calendar-board.module.css'

type OpenCalendar = ReturnType<typeof useCalendar>

/** A month or a week of documents; those with a day of their own are dragged to another. */
export function CalendarBoard({ open }: { readonly open: OpenList }) {
  const say = useText()
  const { language, firm } = useKit()
  const id = useId()
  const today = todayIn(firm.timeZone)
  const [at, setAt] = useState(today)
  const scale = open.shown.scale ?? 'month'
  const days = spanOf(at, scale)
  const calendar = useCalendar(open, days)
  const sensors = useSensors(useSensor(MouseSensor, { activationConstraint: { distance: 6 } }))
  const drop = ({ active, over }: DragEndEvent) => {
    const [row = '', from = ''] = String(active.id).split('@')
    const found = calendar.entries.find((entry) => entry.row.id === row)
    if (found && over) void calendar.move(found.row, from, String(over.id))
  }
  const go = (by: number) => setAt(scale === 'month' ? addMonths(`${at.slice(0, 7)}-01`, by) : addDays(at, 7 * by))
  const heading = scale === 'month'
    ? say(kitTexts.month, { month: say(kitTexts.months).split(' ')[Number(at.slice(5, 7)) - 1] ?? '', year: at.slice(0, 4) })
    : say(calendarTexts.weekOf, { day: formatDateText(days[0] ?? at, language) })
  const isEmpty = calendar.isRead && calendar.entries.length === 0
  return (
    <div className={styles.calendar}>
      <header className={styles.head}>
        <IconButton small icon="left" label={say(calendarTexts.earlier)} onClick={() => go(-1)} />
        <h2 aria-live="polite">{heading}</h2>
        <IconButton small icon="right" label={say(calendarTexts.later)} onClick={() => go(1)} />
        <Button small look="ghost" onClick={() => setAt(today)}>{say(kitTexts.today)}</Button>
      </header>
      {calendar.problem ? <ErrorBanner problem={calendar.problem} /> : null}
      {calendar.total > calendar.shownRows ? <p className={styles.note}>{say(calendarTexts.cut, { shown: calendar.shownRows, total: calendar.total })}</p> : null}
      <DndContext id={id} sensors={sensors} onDragEnd={drop}>
        <div className={styles.weekdays} aria-hidden="true">{say(kitTexts.weekdays).split(' ').map((day) => <span key={day}>{day}</span>)}</div>
        <ol className={styles.days} data-scale={scale}>
          {days.map((day) => <Day key={day} day={day} isOther={scale === 'month' && day.slice(0, 7) !== at.slice(0, 7)} isToday={day === today} scale={scale} calendar={calendar} slug={open.view.entity.slug} />)}
        </ol>
      </DndContext>
      {isEmpty ? <p className={styles.note}>{say(calendarTexts.none)}</p> : null}
      {calendar.isMovable ? <p className={styles.hint}>{say(calendarTexts.hint)}</p> : null}
    </div>
  )
}

type DayProps = { readonly day: string; readonly isOther: boolean; readonly isToday: boolean; readonly scale: 'month' | 'week'; readonly calendar: OpenCalendar; readonly slug: string }

const mostInCell = 4

function Day({ day, isOther, isToday, scale, calendar, slug }: DayProps) {
  const say = useText()
  const { language } = useKit()
  const { setNodeRef, isOver } = useDroppable({ id: day })
  const [isWhole, setWhole] = useState(false)
  const entries = calendar.entries.filter(({ from, to }) => from <= day && day <= to)
  const shown = isWhole || scale === 'week' ? entries : entries.slice(0, mostInCell)
  return (
    <li ref={setNodeRef} className={styles.day} data-other={isOther || undefined} data-over={isOver || undefined} data-filled={entries.length > 0 || undefined} aria-current={isToday ? 'date' : undefined}>
      <span className={styles.number}><span aria-hidden="true">{Number(day.slice(8))}</span><time dateTime={day}>{formatDateText(day, language)}</time></span>
      <ul>{shown.map((entry) => <Chip key={entry.row.id} entry={entry} day={day} calendar={calendar} slug={slug} />)}</ul>
      {shown.length < entries.length ? <button type="button" className={styles.more} onClick={() => setWhole(true)}>{say(calendarTexts.more, { count: entries.length - shown.length })}</button> : null}
    </li>
  )
}

const steps: Readonly<Record<string, number>> = { ArrowLeft: -1, ArrowRight: 1, ArrowUp: -7, ArrowDown: 7 }

function Chip({ entry: { row, from }, day, calendar, slug }: { readonly entry: Entry; readonly day: string; readonly calendar: OpenCalendar; readonly slug: string }) {
  const { card, titles, states, isMovable, move, moving } = calendar
  const { listeners, setNodeRef, transform, isDragging } = useDraggable({ id: `${row.id}@${day}`, disabled: !isMovable })
  const state = states[String(row.state ?? '')]
  const byKey = (event: KeyboardEvent) => {
    const by = event.altKey && isMovable ? steps[event.key] : undefined
    if (by === undefined) return
    event.preventDefault()
    void move(row, day, addDays(day, by))
  }
  return (
    <li
      ref={setNodeRef} {...(isMovable ? { onMouseDown: listeners?.onMouseDown as MouseEventHandler } : {})} className={styles.chip} data-tone={state?.tone} data-goes-on={from < day || undefined} data-dragging={isDragging || undefined} data-moving={moving === row.id || undefined}
      style={transform ? { transform: `translate3d(${transform.x}px, ${transform.y}px, 0)` } : undefined}
    >
      <Link href={hrefOf(slug, row.id)} prefetch={false} draggable={false} onKeyDown={byKey} title={summary(row, calendar)}>{cardTitle(row, card.title, titles)}</Link>
    </li>
  )
}

/** What the card would say, where there is room for its name only. */
const summary = (row: ListRow, { card, titles }: OpenCalendar) => [cardTitle(row, card.title, titles), ...card.lines.flatMap((field) => {
  const value = row[field.name]
  if (typeof value !== 'string' || value === '') return []
  return [field.type === 'relation' ? titles[field.to ?? '']?.[value]?.title ?? '' : value]
})].filter(Boolean).join(' · ')
