'use client'

import Link from 'next/link'
import type { DeadLetter } from '../../plugins/core/api/dead-letters.ts'
import { Button } from '../kit/button.tsx'
import { useText } from '../kit/kit-context.tsx'
import { Moment } from '../kit/values.tsx'
import { deadLetterTexts } from '../locales/operations-texts.ts'
import styles from './operations.module.css'

type Props = {
  readonly letters: readonly DeadLetter[]
  /** Absent: they are only shown. */
  readonly selected?: ReadonlySet<string>
  readonly onSelect?: (selected: ReadonlySet<string>) => void
  readonly busy?: boolean
  readonly onReplay?: (id: string) => void
  readonly onCancel?: (id: string) => void
}

export function LetterTable({ letters, selected, onSelect, busy = false, onReplay, onCancel }: Props) {
  const say = useText()
  const toggle = (ids: readonly string[], on: boolean) => {
    const next = new Set(selected)
    for (const id of ids) if (on) next.add(id); else next.delete(id)
    onSelect?.(next)
  }
  const columns = [deadLetterTexts.document, deadLetterTexts.event, deadLetterTexts.handler, deadLetterTexts.error] as const
  return (
    <div className={styles.tableBox} tabIndex={0} role="region" aria-label={say(deadLetterTexts.title)}>
      <table className={styles.table}>
        <thead>
          <tr>
            {selected ? <th scope="col"><input type="checkbox" aria-label={say(deadLetterTexts.selectAll)} checked={letters.length > 0 && letters.every(({ id }) => selected.has(id))} onChange={(event) => toggle(letters.map(({ id }) => id), event.target.checked)} /></th> : null}
            {columns.map((text) => <th key={text.en} scope="col">{say(text)}</th>)}
            <th scope="col" className={styles.right}>{say(deadLetterTexts.attempts)}</th>
            <th scope="col">{say(deadLetterTexts.since)}</th>
            {onReplay ? <th scope="col" aria-label={say(deadLetterTexts.replay)} /> : <th scope="col">{say(deadLetterTexts.next)}</th>}
          </tr>
        </thead>
        <tbody>
          {letters.map((letter) => (
            <tr key={letter.id}>
              {selected ? <td><input type="checkbox" aria-label={say(deadLetterTexts.select, { what: letter.documentTitle ?? letter.documentId })} checked={selected.has(letter.id)} onChange={(event) => toggle([letter.id], event.target.checked)} /></td> : null}
              <td>
                <span className={styles.faint}>{say(letter.entityLabel)}</span><br />
                {letter.documentTitle === null ? <span className={styles.faint}>{say(deadLetterTexts.gone)}</span> : <Link href={`/admin/collections/${letter.entity}/${encodeURIComponent(letter.documentId)}`} prefetch={false}>{letter.documentTitle}</Link>}
              </td>
              <td><code>{letter.event}</code></td>
              <td><code>{letter.handler}</code></td>
              <td className={styles.error}>{letter.error ?? '—'}{letter.waiting > 0 ? <><br /><span className={styles.faint}>{say(deadLetterTexts.waitingBehind, { count: letter.waiting })}</span></> : null}</td>
              <td className={styles.right}>{letter.attempts}</td>
              <td><Moment value={letter.since} /></td>
              {onReplay ? (
                <td className={styles.actions}>
                  <Button small icon="play" disabled={busy} onClick={() => onReplay(letter.id)}>{say(deadLetterTexts.replay)}</Button>
                  <Button small look="ghost" danger disabled={busy} onClick={() => onCancel?.(letter.id)}>{say(deadLetterTexts.cancel)}</Button>
                </td>
              ) : <td><Moment value={letter.dueAt} /></td>}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}
