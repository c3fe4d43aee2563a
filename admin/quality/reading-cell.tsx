'use client'

import type { ClipboardEvent, KeyboardEvent } from 'react'
import type { FormValues } from '../kit/field-values.ts'
import { useKit, useText } from '../kit/kit-context.tsx'
import { inspectionTexts as texts } from '../locales/quality-texts.ts'
import { conforms, readingOf, type Shown } from './readings.ts'
import lines from '../document/lines.module.css'
import styles from './quality.module.css'

type Props = {
  readonly shown: Shown
  readonly values: FormValues
  readonly row: number
  readonly editable: boolean
  readonly onChange: (reading: { readonly measured?: string; readonly result?: string }) => void
  readonly onKeyDown: (event: KeyboardEvent<HTMLElement>) => void
  readonly onPaste: (event: ClipboardEvent) => void
}

/** What people press for an attribute: one key, or a click that goes on to the next of the three. */
const pressed: Readonly<Record<string, string>> = { 1: 'ok', '+': 'ok', ' ': 'ok', 0: 'nok', '-': 'nok', x: 'nok', Backspace: '', Delete: '' }
const next: Readonly<Record<string, string>> = { '': 'ok', ok: 'nok', nok: '' }

/** One reading: colour, sign and words say the same. */
export function ReadingCell({ shown, values, row, editable, onChange, onKeyDown, onPaste }: Props) {
  const say = useText()
  const { language } = useKit()
  const reading = readingOf(values, shown.code)?.values
  const state = conforms(shown, values)
  const name = say(texts.cell, { name: language === 'zh' && shown.nameZh ? shown.nameZh : shown.name, row })
  const word = say(state === undefined ? texts.open : state ? texts.conforms : texts.fails)
  const cell = { className: `${lines.cell} ${styles.reading}`, 'data-label': shown.name, 'data-open': editable || undefined, 'data-state': state === undefined ? undefined : state ? 'good' : 'bad', title: word } as const
  const sign = state === undefined ? '' : state ? '✓' : '✗'
  if (!editable) return <td {...cell}><span className={styles.told}>{shown.kind === 'measured' ? `${String(reading?.measured ?? '')} ${state === false ? sign : ''}` : sign}<span className={styles.spoken}>{word}</span></span></td>
  if (shown.kind === 'measured') {
    return (
      <td {...cell}>
        <input className={styles.input} inputMode="decimal" aria-label={name} aria-invalid={state === false} value={String(reading?.measured ?? '')} onChange={(event) => onChange({ measured: event.target.value })} onKeyDown={onKeyDown} onPaste={onPaste} />
        {state === false ? <span aria-hidden="true" className={styles.sign}>✗</span> : null}
      </td>
    )
  }
  const byKey = (event: KeyboardEvent<HTMLElement>) => {
    const result = event.ctrlKey || event.metaKey || event.altKey ? undefined : pressed[event.key.toLowerCase()] ?? pressed[event.key]
    if (result === undefined) return onKeyDown(event)
    event.preventDefault()
    onChange({ result })
  }
  return (
    <td {...cell}>
      <input className={styles.input} readOnly inputMode="none" aria-label={`${name}: ${word}`} value={sign} onClick={() => onChange({ result: next[String(reading?.result ?? '')] ?? 'ok' })} onKeyDown={byKey} />
    </td>
  )
}
