import type { Finding } from '../../config/language/refusal.ts'
import type { FieldDefinition, Option } from '../../config/language/entity.ts'
import type { FormDefinition } from '../../config/language/form.ts'
import type { Text } from '../../config/language/text.ts'
import { fromSpoken, kindOf, toSpoken, type RuleValue } from '../../config/expression/rule-values.ts'
import { compileForm, type FormProgram } from '../../plugins/core/forms/compile-form.ts'
import { runForm, type FieldState } from '../../plugins/core/forms/run-form.ts'
import type { DocumentView } from '../../plugins/core/views/document-view.ts'
import { fromForm, toForm, type FormValue, type FormValues } from '../kit/field-values.ts'
import { documentTexts } from '../locales/document-texts.ts'
import { withTexts } from './form-sections.ts'
import { isWritable, type DocumentForm } from './form-values.ts'

export type FormPrograms = { readonly head: FormProgram | null; readonly lines: FormProgram | null }

/** What the rules say of one row, as its inputs show it. Plain data: equal answers are equal texts. */
export type RuledRow = {
  readonly states: Readonly<Record<string, FieldState>>
  /** What the rules have made of fields: computed ones, and what is given where nothing was entered. */
  readonly values: Readonly<Record<string, FormValue>>
  readonly findings: readonly Finding[]
}

export type Asker = { readonly today: string; readonly timeZone: string; readonly roles: readonly string[]; readonly exponent: number }

export function programsOf({ entity }: Pick<DocumentView, 'entity'>): FormPrograms {
  const compile = (fields: readonly FieldDefinition[], form: FormDefinition | undefined, head?: readonly FieldDefinition[]) => (form ? compileForm(fields, form, head).program : null)
  const lines = entity.lines ? compile(entity.lines.fields, entity.lines.form, entity.fields) : null
  // Lines that ask for their head need its values, whether it has rules or not.
  return { lines, head: compile(withTexts(entity), entity.form ?? (lines && lines.head.length > 0 ? { rules: {} } : undefined)) }
}

/** `taken`: what is taken over from records that were just chosen; `head`: of a line, what its document says. */
type Row = { readonly head?: Readonly<Record<string, RuleValue>>; readonly taken?: Readonly<Record<string, unknown>>; readonly values: FormValues; readonly before: Readonly<Record<string, unknown>> | null; readonly workflowState: string }

/** The rules over one row as someone has typed it. */
export const ruleRow = (program: FormProgram, row: Row, asker: Asker): RuledRow => askRow(program, row, asker).ruled

function askRow(program: FormProgram, { values, before, workflowState, head, taken = {} }: Row, asker: Asker): { readonly ruled: RuledRow; readonly values: Readonly<Record<string, RuleValue>> } {
  const visible = program.fields.filter((field) => kindOf(field) !== undefined)
  const typed = (field: FieldDefinition) => (isWritable(field) ? fromForm(field, values[field.name]) : field.name in taken ? taken[field.name] : before?.[field.name])
  const answer = runForm(program, {
    values: Object.fromEntries(visible.map((field) => [field.name, fromSpoken(field, typed(field))])),
    before: before && Object.fromEntries(visible.map((field) => [field.name, fromSpoken(field, before[field.name])])),
    isEntered: () => true, today: asker.today, timeZone: asker.timeZone, workflowState, userRoles: asker.roles, exponent: asker.exponent, ...(head && { head }),
  })
  const ruled = program.steps.flatMap(({ field }) => {
    const value = answer.values[field.name]
    return value === undefined ? [] : [[field.name, toForm(field, toSpoken(field, value, asker.exponent))] as const]
  })
  return { ruled: { states: answer.states, findings: answer.findings, values: Object.fromEntries(ruled) }, values: answer.values }
}

/** The rules over what someone has typed: what the server will say when it is sent. */
export function ruledForm({ head, lines }: FormPrograms, view: DocumentView, { taken, ...form }: DocumentForm & Pick<Row, 'taken'>, asker: Asker): { readonly head: RuledRow | null; readonly lines: ReadonlyMap<string, RuledRow> } {
  const workflowState = view.state?.name.split('.')[0] ?? ''
  const stored = new Map(view.lines.map((line) => [line.id, line]))
  const before = (id: string | null) => (id === null ? undefined : stored.get(id)) ?? null
  const above = head && askRow(head, { values: form.fields, before: view.document, workflowState, ...(taken && { taken }) }, asker)
  return {
    head: above && above.ruled,
    lines: new Map(lines ? form.lines.map((row) => [row.key, ruleRow(lines, { values: row.values, before: before(row.id), workflowState, ...(above && { head: above.values }) }, asker)]) : []),
  }
}

/** All findings, at the paths that the server uses. `sent`: keys of the rows in the order they are sent. */
export function findingsOfRules({ head, lines }: ReturnType<typeof ruledForm>, sent: readonly string[]): readonly Finding[] {
  return [
    ...(head?.findings ?? []),
    ...sent.flatMap((key, index) => (lines.get(key)?.findings ?? []).map((finding) => ({ ...finding, path: `lines.${index}.${finding.path}` }))),
  ]
}

/** A field as the rules leave it to someone now; null: it is not shown. */
export function ruledField(field: FieldDefinition, row: RuledRow | null | undefined): FieldDefinition | null {
  const state = row?.states[field.name]
  if (!state) return field
  if (!state.isVisible) return null
  const { options } = state
  return {
    ...field, required: field.required || state.isRequired, readOnly: field.readOnly || state.isReadOnly || state.isComputed,
    ...(options && field.options ? { options: offered(field.options, options, row.values[field.name]) } : {}),
  }
}

/** The options that may be chosen, and what stands there though it may not be any more, which says so. */
const offered = (options: readonly Option[], keys: readonly string[], value: FormValue | undefined): readonly Option[] => {
  const held: readonly unknown[] = Array.isArray(value) ? value : [value]
  return options.flatMap((option) => (keys.includes(option.value) ? [option] : held.includes(option.value) ? [{ ...option, label: noLongerOffered(option.label) }] : []))
}
const noLongerOffered = ({ en, zh }: Text): Text => ({ en: documentTexts.noLongerOffered.en.replace('{value}', en), zh: documentTexts.noLongerOffered.zh.replace('{value}', zh) })

/** An empty input says what a rule will give. */
export function givenField(field: FieldDefinition, given: FormValue | undefined, value: FormValue): FieldDefinition {
  if (value !== '' || typeof given !== 'string' || given === '') return field
  const { en, zh } = field.options?.find((option) => option.value === given)?.label ?? { en: given, zh: given }
  return { ...field, help: { en: documentTexts.givenWhenEmpty.en.replace('{value}', en), zh: documentTexts.givenWhenEmpty.zh.replace('{value}', zh) } }
}
