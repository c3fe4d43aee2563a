'use client'

import type { Text } from '../../config/language/text.ts'
import type { FieldChange } from '../../plugins/core/configuration/field-changes.ts'
import { useText } from '../kit/kit-context.tsx'
import { configurationTexts } from '../locales/configuration-texts.ts'
import { detailTexts } from './change-details.ts'
import styles from './configuration.module.css'

/** What happened to a field, in a word. */
export const changeKinds: Record<FieldChange['kind'], Text> = {
  added: configurationTexts.added, changed: configurationTexts.changed, retired: configurationTexts.retired, restored: configurationTexts.restored,
}

/** What differs between two versions, one line a form; what was changed of a field unfolds. */
export function ChangeList({ changes, labelOf }: { readonly changes: readonly FieldChange[]; readonly labelOf: (entity: string) => Text }) {
  const say = useText()
  const entities = [...new Set(changes.map(({ entity }) => entity))]
  return (
    <ul className={styles.changes}>
      {entities.map((entity) => (
        <li key={entity}>
          <strong>{say(labelOf(entity))}</strong>
          {changes.filter((change) => change.entity === entity).map((change) => <Change key={`${change.field}${change.details[0]?.property ?? ''}`} change={change} />)}
        </li>
      ))}
    </ul>
  )
}

function Change({ change }: { readonly change: FieldChange }) {
  const say = useText()
  const texts = detailTexts(change, say)
  const chip = <span className={styles.change} data-kind={change.kind}>{say(changeKinds[change.kind])}: {say(change.label)}</span>
  if (texts.length === 0) return chip
  return (
    <details className={styles.changed}>
      <summary>{chip}</summary>
      <ul>{texts.map((text) => <li key={text}>{text}</li>)}</ul>
    </details>
  )
}
