'use client'

import type { FieldDefinition } from '../../../config/language/entity.ts'
import type { Json, Text } from '../../../config/language/text.ts'
import { useText } from '../../kit/kit-context.tsx'
import { designerTexts } from '../../locales/designer-texts.ts'
import { isRecord } from './draft.ts'
import { Choice, KeptText } from './kept-inputs.tsx'
import styles from './designer.module.css'

type Kind = 'value' | 'field' | 'input' | 'company' | 'reason' | 'today' | 'sum' | 'json'
const kindTexts: Readonly<Record<Kind, Text>> = {
  value: designerTexts.aValue, field: designerTexts.aField, input: designerTexts.anInput, company: designerTexts.ofCompany,
  reason: designerTexts.theReason, today: designerTexts.today, sum: designerTexts.theSum, json: designerTexts.asJson,
}
const starts: Readonly<Record<Exclude<Kind, 'json'>, Json | undefined>> = { value: undefined, field: { field: '' }, input: { input: '' }, company: { company: '' }, reason: { reason: true }, today: { today: true }, sum: { sum: [] } }

/** What is compared or set: a value, a field, what was filled in … as `config/language/references.ts` writes it. */
export function OperandInput({ label, value, fields, onChange }: { readonly label: string; readonly value: Json | undefined; readonly fields: readonly FieldDefinition[]; readonly onChange: (value: Json | undefined) => void }) {
  const say = useText()
  const kind = kindOf(value)
  const kinds = (Object.keys(kindTexts) as Kind[]).filter((one) => one !== 'json' || kind === 'json')
  const of = isRecord(value) ? value : {}
  return (
    <div className={styles.operand}>
      <span className={styles.label}>{label}</span>
      <div className={styles.operandInputs}>
        <Choice hideLabel label={`${label}: ${say(designerTexts.value)}`} value={kind} options={kinds.map((one) => ({ value: one, label: say(kindTexts[one]) }))} onChoose={(next) => onChange(starts[next as Exclude<Kind, 'json'>])} />
        {kind === 'field' ? <Choice hideLabel label={label} value={String(of.field)} options={[{ value: '', label: say(designerTexts.choose) }, ...fields.map((one) => ({ value: one.name, label: say(one.label) }))]} onChoose={(field) => onChange({ field })} /> : null}
        {kind === 'input' || kind === 'company' ? <KeptText label={label} value={String(of[kind])} onKeep={(text) => onChange({ [kind]: text })} /> : null}
        {kind === 'sum' ? <KeptText label={label} placeholder={say(designerTexts.sumHelp)} value={[of.sum].flat().join(', ')} onKeep={(text) => onChange({ sum: text.split(/[,，]/).map((one) => one.trim()).filter(Boolean) })} /> : null}
        {kind === 'value' ? <KeptText label={label} value={value === undefined ? '' : typeof value === 'string' ? value : JSON.stringify(value)} onKeep={(text) => onChange(literalOf(text))} /> : null}
        {kind === 'json' ? <KeptText label={label} value={JSON.stringify(value)} onKeep={(text) => onChange(parsed(text))} /> : null}
      </div>
    </div>
  )
}

function kindOf(value: Json | undefined): Kind {
  if (!isRecord(value)) return Array.isArray(value) ? 'json' : 'value'
  const [name, ...others] = Object.keys(value)
  return others.length === 0 && name !== undefined && name !== 'value' && name !== 'json' && Object.hasOwn(kindTexts, name) ? name as Kind : 'json'
}

/** Numbers and yes or no are themselves; everything else is a text, and nothing is no value. */
function literalOf(text: string): Json | undefined {
  if (text === '') return undefined
  return /^(-?\d{1,15}(\.\d+)?|true|false)$/.test(text.trim()) ? JSON.parse(text.trim()) as Json : text
}

function parsed(text: string): Json {
  try {
    return JSON.parse(text) as Json
  } catch {
    return text
  }
}
