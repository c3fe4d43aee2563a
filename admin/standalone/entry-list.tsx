'use client'

import { Button } from '../kit/button.tsx'
import { Icon, type IconName } from '../kit/icon.tsx'
import { useText } from '../kit/kit-context.tsx'
import { Moment } from '../kit/values.tsx'
import { pageTexts } from '../locales/page-texts.ts'
import type { EntryState, ShownEntry } from './use-entries.ts'
import styles from './shop-floor.module.css'

const signs: Record<EntryState, IconName> = { waiting: 'clock', sending: 'upload', stored: 'check', refused: 'alert' }

/** What was entered last, with where each entry is and what the server says of it. */
export function EntryList({ entries, onAgain, onRemove }: { readonly entries: readonly ShownEntry[]; readonly onAgain: (key: string) => void; readonly onRemove: (key: string) => void }) {
  const say = useText()
  if (entries.length === 0) return <p className={styles.hint}>{say(pageTexts.noEntries)}</p>
  return (
    <ul className={styles.entries}>
      {entries.map(({ key, told, at, state, note, number }) => (
        <li key={key} data-state={state}>
          <Icon name={signs[state]} size={20} />
          <div>
            <strong>{told}</strong>
            <span>{say(pageTexts[state])}{number ? ` · ${number}` : ''} · <Moment value={at} /></span>
            {state === 'refused' && note ? <p>{say(note)}</p> : null}
            {state === 'refused' ? <span className={styles.choices}><Button small onClick={() => onAgain(key)}>{say(pageTexts.tryAgain)}</Button><Button small danger onClick={() => onRemove(key)}>{say(pageTexts.remove)}</Button></span> : null}
          </div>
        </li>
      ))}
    </ul>
  )
}
