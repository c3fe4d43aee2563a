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
export const surelyLeftOut = (asking: Asking): readonly FieldDefinition[] => surely(asking, {
  concerns: (field) => field.minRows !== undefined || asking.rules[field.name]?.required !== undefined,
  rulesOf: whetherAsked, codes: ['required', 'tooFewRows'],
})

/** The fields that are neither asked for nor entered and whose checks refuse every record that such a page makes. */
export const surelyRefused = (asking: Asking): readonly FieldDefinition[] => surely(asking, {
  concerns: (field) => asking.rules[field.name]?.checks !== undefined,
  rulesOf: ({ required: _, readOnly: _readOnly, options: _options, ...rest }) => rest, codes: ['check'],
})

export type PossiblyLeftOut = { readonly field: FieldDefinition; readonly rule: 'required' | 'check'; /** As it is written. */ readonly source: string }

/** The rules that may refuse what is entered on such a page because of a field that it neither asks for nor enters: what is entered decides. */
export function possiblyLeftOut(asking: Asking): readonly PossiblyLeftOut[] {
  const { entity, rules, placed } = asking
  const fields = ruledFields(entity)
  const { program } = compileForm(fields, { rules })
  const entered = new Set(fields.filter(({ name, lookup }) => placed.has(name) || (lookup && placed.has(lookup.through))).map(({ name }) => name))
  const isEntered = (names: ReadonlySet<string>, own: string) => [...names].some((name) => name !== own && entered.has(name))
  // What is made of what is entered is decided by it too; each step comes after those it waits for.
  for (const { field, computed, default: usual, madeOf } of program.steps) if ((computed ?? usual) && isEntered(madeOf, field.name)) entered.add(field.name)
  const decides = (field: FieldDefinition, own: FieldRules) => compileForm(fields, { rules: { [field.name]: own } }).program.steps.some((step) => step.field.name === field.name && isEntered(step.references, field.name))
  const hidden = new Set(surely(asking, { concerns: ({ name }) => rules[name]?.visible !== undefined, rulesOf: onlyShown, codes: ['hidden'] }).map(({ name }) => name))
  return fields.filter((field) => isLeftToRules(asking, field) && !hidden.has(field.name)).flatMap((field): PossiblyLeftOut[] => {
    const { visible, required, checks = [], computed, default: usual } = rules[field.name] ?? {}
    const shown: FieldRules = visible === undefined ? {} : { visible }
    return [
      ...(required && computed === undefined && usual === undefined && decides(field, { ...shown, required }) ? [{ field, rule: 'required' as const, source: required.when }] : []),
      ...checks.filter((check) => decides(field, { checks: [check] })).slice(0, 1).map(({ holds }) => ({ field, rule: 'check' as const, source: holds })),
    ]
  })
}

type Refusing = {
  readonly concerns: (field: FieldDefinition) => boolean
  /** The rules that decide it. */
  readonly rulesOf: (rules: FieldRules) => FieldRules
  /** Codes of what is told; `hidden`: that it is not shown. */
  readonly codes: readonly string[]
}

/** Fields that stay as they are on such a page, unless rules give them something. What is shipped may be filled in by the platform: the owner, what a document is made of. */
function isLeftToRules({ entity, own, placed, given }: Asking, field: FieldDefinition): boolean {
  const staysEmpty = own.has(field.name) || (entity.kind === 'master' && field.default === undefined && !field.filledFrom && !field.givenWhenEmpty && field.type !== 'relation')
  return !field.readOnly && !placed.has(field.name) && !Object.hasOwn(given, field.name) && staysEmpty
}

function surely(asking: Asking, { concerns, rulesOf, codes }: Refusing): readonly FieldDefinition[] {
  const { entity, rules, own, placed, given } = asking
  const fields = ruledFields(entity)
  const isGiven = ({ name }: FieldDefinition) => Object.hasOwn(given, name)
  const left = new Set(fields.filter((field) => concerns(field) && isLeftToRules(asking, field)).map(({ name }) => name))
  if (left.size === 0) return []
  const bare = fields.map((field) => (left.has(field.name) && field.columns ? { ...field, columns: field.columns.map(({ rules: _, ...column }) => column) } : field))
  const { program } = compileForm(bare, { rules: Object.fromEntries(Object.entries(rules).map(([name, all]) => [name, left.has(name) ? rulesOf(all) : all])) })
  const open = new Set(fields.filter((field) => placed.has(field.name) || field.lookup || (!own.has(field.name) && !isGiven(field))).map(({ name }) => name))
  const isSure = ({ field, references, rules: all }: FieldProgram) => ![...references].some((name) => name !== field.name && open.has(name)) && !/\b(?:today|userRoles)\b/.test(JSON.stringify(all))
  // What is made of that can become anything too; each step comes after those it waits for.
  for (const step of program.steps) if ((step.computed ?? step.default ?? step.visible) && !isSure(step)) open.add(step.field.name)
  const values = Object.fromEntries(fields.filter((field) => kindOf(field) !== undefined).map((field) => [field.name, fromSpoken(field, given[field.name] ?? field.default ?? null)]))
  const { findings, states } = runForm(program, { values, before: null, isEntered: () => false, today: '2000-01-01', timeZone: 'UTC', workflowState: '', userRoles: [], exponent: 2 })
  const told = new Set(findings.filter(({ code }) => codes.includes(code)).map(({ path }) => path))
  const isTold = ({ name }: FieldDefinition) => told.has(name) || (codes.includes('hidden') && states[name]?.isVisible === false)
  return program.steps.filter((step) => left.has(step.field.name) && isTold(step.field) && isSure(step)).map(({ field }) => field)
}

const onlyShown = ({ visible }: FieldRules): FieldRules => (visible === undefined ? {} : { visible })

/** The rules that say whether a field is asked for, and what it gets by itself. */
const whetherAsked = ({ visible, whenHidden, required, computed, default: usual }: FieldRules): FieldRules => ({
  ...(visible === undefined ? {} : { visible }), ...(whenHidden && { whenHidden }), ...(required && { required }), ...(computed === undefined ? {} : { computed }), ...(usual === undefined ? {} : { default: usual }),
})
