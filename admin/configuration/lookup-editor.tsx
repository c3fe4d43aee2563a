'use client'

import type { FieldDefinition } from '../../config/language/entity.ts'
import { required, select } from '../../config/language/fields.ts'
import type { Text } from '../../config/language/text.ts'
import type { EntityFieldsView } from '../../plugins/core/configuration/configuration-view.ts'
import type { FieldDraft } from '../../plugins/core/configuration/draft-shape.ts'
import { lookupTypeOf } from '../../plugins/core/platform/lookup-findings.ts'
import { useApi } from '../kit/api.ts'
import { LabelledField } from '../kit/field-input.tsx'
import { useText } from '../kit/kit-context.tsx'
import { configurationTexts } from '../locales/configuration-texts.ts'
import styles from './configuration.module.css'

type Props = { readonly draft: FieldDraft; readonly others: readonly FieldDefinition[]; readonly findings: ReadonlyMap<string, Text>; readonly onChange: (changes: FieldDraft) => void }

/** Which reference is followed, and what is taken over from the record it leads to; the type follows from that. */
export function LookupEditor({ draft, others, findings, onChange }: Props) {
  const say = useText()
  const { through = '', of = '' } = (draft.lookup ?? {}) as { through?: string; of?: string }
  const references = others.filter(({ type, many }) => type === 'relation' && !many)
  const to = references.find(({ name }) => name === through)?.to
  const { data: answer } = useApi<EntityFieldsView>(to === undefined ? null : `/api/configuration/fields/${to}`)
  const sources = [...(answer?.shipped ?? []), ...(answer?.published ?? [])].filter((field) => lookupTypeOf(field) !== undefined)
  const choice = (name: 'through' | 'of', fields: readonly FieldDefinition[], change: (value: string) => void) => {
    const finding = findings.get(`lookup.${name}`)
    return <LabelledField field={select(name, name === 'through' ? configurationTexts.lookupThrough : configurationTexts.lookupOf, { ...required, options: fields.map((field) => ({ value: field.name, label: field.label })) })} value={name === 'through' ? through : of} onChange={(next) => change(String(next))} {...(finding ? { error: say(finding) } : {})} />
  }
  return (
    <div className={styles.two}>
      {choice('through', references, (next) => onChange({ lookup: { through: next } }))}
      {choice('of', sources, (next) => {
        const source = sources.find(({ name }) => name === next)
        onChange({ lookup: { through, of: next }, type: (source && lookupTypeOf(source)) ?? 'text', ...(source?.unit ? { unit: source.unit } : {}) })
      })}
    </div>
  )
}
