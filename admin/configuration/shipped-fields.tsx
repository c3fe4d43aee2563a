'use client'

import type { FieldDefinition } from '../../config/language/entity.ts'
import type { Text } from '../../config/language/text.ts'
import type { EntityFieldsView } from '../../plugins/core/configuration/configuration-view.ts'
import type { FormDraft } from '../../plugins/core/configuration/draft-shape.ts'
import { Button } from '../kit/button.tsx'
import { useText } from '../kit/kit-context.tsx'
import { Panel } from '../kit/surfaces.tsx'
import { configurationTexts, fieldTypeTexts } from '../locales/configuration-texts.ts'
import { ruleTexts } from '../locales/rule-texts.ts'
import { RuleCount } from './rule-count.tsx'
import styles from './configuration.module.css'

type Props = {
  readonly view: EntityFieldsView
  readonly form: FormDraft
  readonly findings: ReadonlyMap<string, ReadonlyMap<string, Text>>
  readonly onEdit: (field: FieldDefinition) => void
}

/** What comes with the platform: a firm may lay rules over it. */
export function ShippedFields({ view, form, findings, onEdit }: Props) {
  const say = useText()
  const isRuled = ({ name }: FieldDefinition) => form.rules[name] !== undefined
  return (
    <Panel title={say(configurationTexts.shippedFields)}>
      <details open={view.shipped.some(isRuled) || undefined}>
        <summary>{say(configurationTexts.shippedText, { count: view.shipped.length })}</summary>
        <ul className={styles.shippedFields}>
          {view.shipped.map((field) => (
            <li key={field.name}>
              <span>{say(field.label)} <span className={styles.faint}>{say(fieldTypeTexts[field.type] ?? { en: field.type, zh: field.type })} · <code>{field.name}</code></span></span>
              <RuleCount rules={form.rules[field.name]} findings={findings.get(field.name)} />
              {view.mayEdit && field.type !== 'json' ? <Button small look="ghost" aria-label={say(ruleTexts.rulesOf, { field: say(field.label) })} onClick={() => onEdit(field)}>{say(ruleTexts.rules)}</Button> : null}
            </li>
          ))}
        </ul>
      </details>
    </Panel>
  )
}
