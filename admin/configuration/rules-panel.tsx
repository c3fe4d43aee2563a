'use client'

import { useState } from 'react'
import type { FieldDefinition } from '../../config/language/entity.ts'
import type { FieldRules } from '../../config/language/form.ts'
import type { Text } from '../../config/language/text.ts'
import { Button } from '../kit/button.tsx'
import { useText } from '../kit/kit-context.tsx'
import { SidePanel } from '../kit/side-panel.tsx'
import { configurationTexts } from '../locales/configuration-texts.ts'
import { ruleTexts } from '../locales/rule-texts.ts'
import { kitTexts } from '../locales/texts.ts'
import { RulesEditor } from './rules-editor.tsx'
import { tidyRules } from './tidy-rules.ts'
import { UsesDetails } from './uses.tsx'
import type { RoleChoice } from './rule-words.ts'
import styles from './configuration.module.css'

type Props = { readonly slug: string; readonly field: FieldDefinition; readonly rules: FieldRules; readonly fields: readonly FieldDefinition[]; /** Of lines: the fields of their document. */ readonly head: readonly FieldDefinition[] | undefined; readonly roles: readonly RoleChoice[]; readonly findings: ReadonlyMap<string, Text>; readonly onDone: (rules: FieldRules) => void; readonly onClose: () => void }

/** The rules of a shipped field: a firm may ask for more of it, not give it values. */
export function RulesPanel({ slug, field, rules: initial, fields, head, roles, findings, onDone, onClose }: Props) {
  const say = useText()
  const [rules, setRules] = useState(initial)
  return (
    <SidePanel
      wide title={say(ruleTexts.rulesOf, { field: say(field.label) })} onClose={onClose} onSubmit={() => onDone(tidyRules(rules))}
      foot={<><Button onClick={onClose}>{say(kitTexts.cancel)}</Button><Button type="submit" look="primary">{say(configurationTexts.done)}</Button></>}
    >
      <p className={styles.note}>{say(ruleTexts.rulesText)}</p>
      <UsesDetails slug={slug} field={field.name} />
      <RulesEditor rules={rules} isOwn={false} isChoice={field.type === 'select'} isYesNo={field.type === 'boolean'} isKept={field.readOnly === true} fields={fields} head={head} roles={roles} findings={findings} onChange={setRules} />
    </SidePanel>
  )
}
