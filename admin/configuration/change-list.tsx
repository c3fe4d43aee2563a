'use client'

import type { Text } from '../../config/language/text.ts'
import type { FieldChange } from '../../plugins/core/configuration/field-changes.ts'
import { useText } from '../kit/kit-context.tsx'
import { configurationTexts } from '../locales/configuration-texts.ts'
import styles from './configuration.module.css'

const kinds: Record<FieldChange['kind'], Text> = {
  added: configurationTexts.added, changed: configurationTexts.changed, retired: configurationTexts.retired, restored: configurationTexts.restored,
}

/** What differs between two versions, one line a form. */
export function ChangeList({ changes, labelOf }: { readonly changes: readonly FieldChange[]; readonly labelOf: (entity: string) => Text }) {
  const say = useText()
  const entities = [...new Set(changes.map(({ entity }) => entity))]
  return (
    <ul className={styles.changes}>
      {entities.map((entity) => (
        <li key={entity}>
          <strong>{say(labelOf(entity))}</strong>
          {changes.filter((change) => change.entity === entity).map(({ field, label, kind, details }) => (
            <span key={field} className={styles.change} data-kind={kind} title={details.map(({ property }) => property).join(', ')}>{say(kinds[kind])}: {say(label)}</span>
          ))}
        </li>
      ))}
    </ul>
  )
}
