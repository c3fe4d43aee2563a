import { fromSpoken, kindOf } from '../../../config/expression/rule-values.ts'
import type { EntityDefinition, FieldDefinition } from '../../../config/language/entity.ts'
import type { FieldRules } from '../../../config/language/form.ts'
import { compileForm, ruledFields, type FieldProgram } from '../forms/compile-form.ts'
import { runForm } from '../forms/run-form.ts'

type Asking = {
  readonly entity: EntityDefinition
  readonly rules: Readonly<Record<string, FieldRules>>
  /** Names of the fields that the firm has added. */
  readonly own: ReadonlySet<string>
  /** Names that the page asks for. */
  readonly placed: ReadonlySet<string>
  /** What the page enters by itself, as it is spoken. */
  readonly given: Readonly<Record<string, unknown>>
}

/**
 * The fields that a rule requires, or that must have rows, in every record that such a page makes, whatever is entered there, while it
 * neither asks for them nor enters them. Where that depends on what is entered, on the day or on the person, nothing is told.
 */
export function surelyLeftOut({ entity, rules, own, placed, given }: Asking): readonly FieldDefinition[] {
  const fields = ruledFields(entity)
  const isGiven = ({ name }: FieldDefinition) => Object.hasOwn(given, name)
  // What is shipped may be filled in by the platform: the owner, what a document is made of.
  const staysEmpty = (field: FieldDefinition) => own.has(field.name) || (entity.kind === 'master' && field.default === undefined && !field.filledFrom && !field.givenWhenEmpty && field.type !== 'relation')
  const left = new Set(fields.filter((field) => (field.minRows !== undefined || rules[field.name]?.required) && !field.readOnly && !placed.has(field.name) && !isGiven(field) && staysEmpty(field)).map(({ name }) => name))
  if (left.size === 0) return []
  const bare = fields.map((field) => (left.has(field.name) && field.columns ? { ...field, columns: field.columns.map(({ rules: _, ...column }) => column) } : field))
  const { program } = compileForm(bare, { rules: Object.fromEntries(Object.entries(rules).map(([name, all]) => [name, left.has(name) ? whetherAsked(all) : all])) })
  const open = new Set(fields.filter((field) => placed.has(field.name) || field.lookup || (!own.has(field.name) && !isGiven(field))).map(({ name }) => name))
  const isSure = ({ field, references, rules: all }: FieldProgram) => ![...references].some((name) => name !== field.name && open.has(name)) && !/\b(?:today|userRoles)\b/.test(JSON.stringify(all))
  // What is made of that can become anything too; each step comes after those it waits for.
  for (const step of program.steps) if ((step.computed ?? step.default ?? step.visible) && !isSure(step)) open.add(step.field.name)
  const values = Object.fromEntries(fields.filter((field) => kindOf(field) !== undefined).map((field) => [field.name, fromSpoken(field, given[field.name] ?? field.default ?? null)]))
  const { findings } = runForm(program, { values, before: null, isEntered: () => false, today: '2000-01-01', timeZone: 'UTC', workflowState: '', userRoles: [], exponent: 2 })
  const asked = new Set(findings.filter(({ code }) => code === 'required' || code === 'tooFewRows').map(({ path }) => path))
  return program.steps.filter((step) => left.has(step.field.name) && asked.has(step.field.name) && isSure(step)).map(({ field }) => field)
}

/** The rules that say whether a field is asked for, and what it gets by itself. */
const whetherAsked = ({ visible, whenHidden, required, computed, default: usual }: FieldRules): FieldRules => ({
  ...(visible === undefined ? {} : { visible }), ...(whenHidden && { whenHidden }), ...(required && { required }), ...(computed === undefined ? {} : { computed }), ...(usual === undefined ? {} : { default: usual }),
})
