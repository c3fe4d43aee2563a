import { checkExpression, type CheckedExpression } from '../../../config/expression/check-expression.ts'
import { environmentOf, gives, variableOf, zoneVariable } from '../../../config/expression/environment.ts'
import { Day, fromStored, isVeiled, kindOf, veiled, type RuleKind, type RuleValue } from '../../../config/expression/rule-values.ts'
import type { FieldDefinition } from '../../../config/language/entity.ts'
import type { Text } from '../../../config/language/text.ts'

type Fields = readonly FieldDefinition[]
type Compiled = CheckedExpression | { readonly problem: Text }

const read = new WeakMap<Fields, Map<string, Compiled>>()
const mostKept = 500

/** An expression about the fields of a document, in the language of forms; read once. */
export function expressionOf(fields: Fields, source: string): Compiled {
  const known = read.get(fields) ?? new Map<string, Compiled>()
  read.set(fields, known)
  const found = known.get(source) ?? checkExpression(environmentOf(fields), source)
  if (known.size < mostKept) known.set(source, found)
  return found
}

/** What is wrong with an expression that has to give a value of this kind; undefined where nothing is. */
export function expressionProblem(fields: Fields, source: string, kind: RuleKind): Text | undefined {
  const checked = expressionOf(fields, source)
  if ('problem' in checked) return checked.problem
  return gives(checked.type, kind) ? undefined : { en: `This gives ${checked.type}, where ${kind} is needed.`, zh: `表达式结果类型为 ${checked.type}，此处需要 ${kind}。` }
}

export type Surrounding = {
  readonly exponent: number
  /** "YYYY-MM-DD" */
  readonly today: string
  readonly timeZone: string
  readonly state: string
  readonly roles: readonly string[]
}

/** What the expression gives for a stored document; undefined where it cannot be computed. */
export function evaluateFor(fields: Fields, source: string, document: Readonly<Record<string, unknown>>, { exponent, today, timeZone, state, roles }: Surrounding): RuleValue | undefined {
  const checked = expressionOf(fields, source)
  if ('problem' in checked) return undefined
  const values: Record<string, unknown> = { option: '', isNew: false, today: new Day(today), [zoneVariable]: timeZone, workflowState: state.split('.')[0] ?? '', userRoles: [...roles] }
  for (const field of fields) {
    if (kindOf(field) === undefined) continue
    const value = fromStored(field, document[field.name], exponent)
    values[variableOf(field.name)] = isVeiled(field) ? veiled(field, value) : value
  }
  return checked.run(values)
}

