import type { Finding } from '../../config/language/refusal.ts'
import type { FieldDefinition } from '../../config/language/entity.ts'
import type { FormDefinition } from '../../config/language/form.ts'
import { fromSpoken, kindOf, toSpoken } from '../../config/expression/rule-values.ts'
import { compileForm, type FormProgram } from '../../plugins/core/forms/compile-form.ts'
import { runForm, type FieldState } from '../../plugins/core/forms/run-form.ts'
import type { DocumentView } from '../../plugins/core/views/document-view.ts'
import { fromForm, toForm, type FormValue, type FormValues } from '../kit/field-values.ts'
import { isWritable, type DocumentForm } from './form-values.ts'

export type FormPrograms = { readonly head: FormProgram | null; readonly lines: FormProgram | null }

/** What the rules say of one row, as its inputs show it. Plain data: equal answers are equal texts. */
export type RuledRow = {
  readonly states: Readonly<Record<string, FieldState>>
  /** What the rules have made of fields: computed ones, and what is given where nothing was entered. */
  readonly values: Readonly<Record<string, FormValue>>
  readonly findings: readonly Finding[]
}

export type Asker = { readonly today: string; readonly roles: readonly string[]; readonly exponent: number }

export function programsOf({ entity }: Pick<DocumentView, 'entity'>): FormPrograms {
  const compile = (fields: readonly FieldDefinition[], form: FormDefinition | undefined) => (form ? compileForm(fields, form).program : null)
  return { head: compile(entity.fields, entity.form), lines: entity.lines ? compile(entity.lines.fields, entity.lines.form) : null }
}

/** The rules over what someone has typed: what the server will say when it is sent. */
export function ruledForm(programs: FormPrograms, view: DocumentView, form: DocumentForm, asker: Asker): { readonly head: RuledRow | null; readonly lines: ReadonlyMap<string, RuledRow> } {
  const workflowState = view.state?.name.split('.')[0] ?? ''
  const stored = new Map(view.lines.map((line) => [line.id, line]))
  const run = (program: FormProgram, values: FormValues, before: Readonly<Record<string, unknown>> | null): RuledRow => {
    const visible = program.fields.filter((field) => kindOf(field) !== undefined)
    const typed = (field: FieldDefinition) => (isWritable(field) ? fromForm(field, values[field.name]) : before?.[field.name])
    const answer = runForm(program, {
      values: Object.fromEntries(visible.map((field) => [field.name, fromSpoken(field, typed(field))])),
      before: before && Object.fromEntries(visible.map((field) => [field.name, fromSpoken(field, before[field.name])])),
      isEntered: () => true, today: asker.today, workflowState, userRoles: asker.roles,
    })
    const ruled = program.steps.flatMap(({ field }) => {
      const value = answer.values[field.name]
      return value === undefined ? [] : [[field.name, toForm(field, toSpoken(field, value, asker.exponent))] as const]
    })
    return { states: answer.states, findings: answer.findings, values: Object.fromEntries(ruled) }
  }
  return {
    head: programs.head && run(programs.head, form.fields, view.document),
    lines: new Map(programs.lines ? form.lines.map((row) => [row.key, run(programs.lines as FormProgram, row.values, (row.id === null ? undefined : stored.get(row.id)) ?? null)]) : []),
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
    ...(options && field.options ? { options: field.options.filter(({ value }) => options.includes(value)) } : {}),
  }
}
