'use client'

import { useCallback, useRef, useState, type KeyboardEvent, type Ref } from 'react'
import { addDays, isDate, todayIn } from '../../plugins/core/engine/dates.ts'
import { kitTexts } from '../locales/texts.ts'
import { Calendar } from './calendar.tsx'
import type { InputProps } from './field-input.tsx'
import { Popover } from './floating.tsx'
import { formatDateText } from './format.ts'
import { Icon } from './icon.tsx'
import { useKit, useText } from './kit-context.tsx'
import { readDate } from './read-date.ts'
import styles from './fields.module.css'

/** A calendar date as the panel writes it, typed in any plain way: "15", "3 dec", "+7", "2026-12-03"; Alt+↓ opens a calendar. */
export function DateInput({ field, value, onChange, onBlur, onKeyDown, id, invalid, describedBy, label, bare, placeholder, ref }: InputProps) {
  const say = useText()
  const { language, firm } = useKit()
  const anchor = useRef<HTMLDivElement>(null)
  const [typed, setTyped] = useState<string | null>(null)
  const [open, setOpen] = useState(false)
  const close = useCallback(() => setOpen(false), [])
  const date = typeof value === 'string' ? value : ''
  const choose = (next: string) => { setTyped(null); onChange(next) }
  const type = (text: string) => {
    setTyped(text)
    onChange(readDate(text, { today: todayIn(firm.timeZone), language }) ?? text)
  }
  const keys = (event: KeyboardEvent<HTMLInputElement>) => {
    const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0
    if (step !== 0 && (event.altKey || !bare)) {
      event.preventDefault()
      if (event.altKey) setOpen(true)
      else choose(isDate(date) ? addDays(date, step) : todayIn(firm.timeZone))
      return
    }
    onKeyDown?.(event)
  }
  return (
    <div ref={anchor} className={styles.combo}>
      <input
        ref={ref as Ref<HTMLInputElement>} id={id} name={field.name} autoComplete="off" spellCheck={false} aria-label={label} aria-invalid={invalid || undefined}
        aria-describedby={describedBy} aria-required={field.required || undefined} aria-keyshortcuts="Alt+ArrowDown" className={`${styles.input} ${bare ? styles.bare : ''}`}
        placeholder={placeholder ?? (bare ? '' : say(kitTexts.datePlaceholder))} value={typed ?? formatDateText(date, language)}
        onFocus={(event) => event.target.select()} onChange={(event) => type(event.target.value)} onKeyDown={keys}
        onBlur={() => { setTyped(null); onBlur?.() }}
      />
      <button type="button" tabIndex={-1} className={styles.comboClear} aria-label={`${say(kitTexts.openCalendar)}: ${label ?? say(field.label)}`} aria-haspopup="dialog" aria-expanded={open} onClick={() => setOpen(!open)}><Icon name="calendar" size={14} /></button>
      {open ? (
        <Popover anchor={anchor} onClose={close} side="end" label={label ?? say(field.label)}>
          <Calendar value={isDate(date) ? date : null} today={todayIn(firm.timeZone)} onChoose={(next) => { choose(next); close(); anchor.current?.querySelector('input')?.focus() }} />
        </Popover>
      ) : null}
    </div>
  )
}
