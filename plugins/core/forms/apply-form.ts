import type { EntityDefinition, FieldDefinition } from '../../../config/language/entity.ts'
import type { Finding } from '../../../config/language/refusal.ts'
import { fromStored, isSameValue, kindOf, toStored, type RuleValue } from '../../../config/expression/rule-values.ts'
import { hiddenFields } from '../access/can.ts'
import type { CommandContext } from '../commands/context.ts'
import type { Row } from '../data/store.ts'
import { stateOf } from '../workflow/pinned.ts'
import { runForm } from './run-form.ts'

export type RuledRow = {
  readonly entity: EntityDefinition
  /** Stored values; what the rules compute, clear or give is set in place. */
  readonly row: Row
  /** Of a line: the document that it belongs to, after its own rules. */
  readonly head?: Row | undefined
  /** As it is stored; absent: new. */
  readonly previous?: Row | undefined
  /** Names of the fields that someone has entered; absent: the platform itself writes, which no rule refuses. */
  readonly entered?: ReadonlySet<string> | undefined
}

/** Lets the rules that the firm has published work on a row. @returns what is wrong with what was entered; paths are names of fields */
export async function applyForm(context: CommandContext, { entity, row, head, previous, entered }: RuledRow): Promise<readonly Finding[]> {
  const program = context.platform.forms.get(entity.slug)
  if (!program) return []
  const exponent = entity.slug === 'companies' ? 2 : await context.exponent()
  const values = valuesOf(program.fields, row, exponent)
  const answer = runForm(program, {
    values, before: previous ? valuesOf(program.fields, previous, exponent) : null, ...(head && { head: valuesOf(program.head, head, exponent) }), isEntered: (name) => entered?.has(name) ?? false,
    today: await todayOf(context, entity), timeZone: entity.slug === 'companies' ? 'UTC' : (await context.company()).timeZone, workflowState: stateOf(head ?? previous ?? row)?.split('.')[0] ?? '', userRoles: context.actor.roles, exponent,
  })
  for (const field of program.fields) {
    const value = answer.values[field.name]
    if (value !== undefined && !isSameValue(value, values[field.name] ?? value)) row[field.name] = toStored(field, value, exponent)
  }
  if (!entered) return []
  // Nobody is asked for what they may not see, nor for a cell of it; who changes what is to be signed signs it, or leaves it.
  const hidden = hiddenFields(context.actor, entity)
  const signs = new Set(program.fields.filter(({ name }) => entered.has(name)).map(({ signedIn }) => signedIn))
  return answer.findings.filter(({ code, path }) => !hidden.has(path.split('.')[0] ?? path) || (code === 'unsigned' && signs.has(path)))
}

function valuesOf(fields: readonly FieldDefinition[], row: Row, exponent: number): Record<string, RuleValue> {
  return Object.fromEntries(fields.filter((field) => kindOf(field) !== undefined).map((field) => [field.name, fromStored(field, row[field.name], exponent)]))
}

/** The first company of a firm has no time zone yet. */
const todayOf = (context: CommandContext, { slug }: EntityDefinition) => (slug === 'companies' ? context.now.slice(0, 10) : context.today())
