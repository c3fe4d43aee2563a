'use client'

import { useEffect, useRef, useState, type KeyboardEvent } from 'react'
import { addDays, addMonths, dayOfMonth, daysBetween } from '../../plugins/core/engine/dates.ts'
import { kitTexts } from '../locales/texts.ts'
import { Button, IconButton } from './button.tsx'
import { formatDateText } from './format.ts'
import { useKit, useText } from './kit-context.tsx'
import styles from './calendar.module.css'

/** A month to choose a day from. Arrows move by day and week, PageUp and PageDown by month, Enter chooses. */
export function Calendar({ value, today, onChoose }: { readonly value: string | null; readonly today: string; readonly onChoose: (date: string) => void }) {
  const say = useText()
  const { language } = useKit()
  const [at, setAt] = useState(value ?? today)
  const days = useRef<HTMLDivElement>(null)
  useEffect(() => days.current?.querySelector<HTMLElement>('[tabindex="0"]')?.focus({ preventScroll: true }), [at])
  const month = at.slice(0, 7)
  const move = (event: KeyboardEvent) => {
    const next = moves[event.key]?.(at)
    if (!next) return
    event.preventDefault()
    setAt(next)
  }
  return (
    <div className={styles.calendar}>
      <div className={styles.head}>
        <IconButton small icon="left" label={say(kitTexts.previousMonth)} onClick={() => setAt(addMonths(at, -1))} />
        <strong aria-live="polite">{say(kitTexts.month, { month: say(kitTexts.months).split(' ')[Number(at.slice(5, 7)) - 1] ?? '', year: at.slice(0, 4) })}</strong>
        <IconButton small icon="right" label={say(kitTexts.nextMonth)} onClick={() => setAt(addMonths(at, 1))} />
      </div>
      <div ref={days} className={styles.days} role="group" onKeyDown={move}>
        {say(kitTexts.weekdays).split(' ').map((day) => <span key={day} className={styles.weekday} aria-hidden="true">{day}</span>)}
        {daysAround(at).map((day) => (
          <button
            key={day} type="button" className={styles.day} data-autofocus={day === at || undefined} tabIndex={day === at ? 0 : -1} aria-label={formatDateText(day, language)} aria-pressed={day === value}
            aria-current={day === today ? 'date' : undefined} data-other={!day.startsWith(month) || undefined} onClick={() => onChoose(day)}
          >
            {Number(day.slice(8))}
          </button>
        ))}
      </div>
      <Button small look="ghost" onClick={() => onChoose(today)}>{say(kitTexts.today)}</Button>
    </div>
  )
}

const moves: Readonly<Record<string, (at: string) => string>> = {
  ArrowLeft: (at) => addDays(at, -1), ArrowRight: (at) => addDays(at, 1), ArrowUp: (at) => addDays(at, -7), ArrowDown: (at) => addDays(at, 7),
  PageUp: (at) => addMonths(at, -1), PageDown: (at) => addMonths(at, 1),
}

/** Six weeks from a Monday, so that the box never changes its height. 1 January 2024 was a Monday. */
function daysAround(date: string): string[] {
  const first = dayOfMonth(date, 1)
  const weekday = ((daysBetween('2024-01-01', first) % 7) + 7) % 7
  return Array.from({ length: 42 }, (_, index) => addDays(first, index - weekday))
}
