import type { Environment } from '@marcbachmann/cel-js'
import type { Text } from '../language/text.ts'
import { problemOf } from './expression-problem.ts'
import { readExpression } from './read-expression.ts'
import { Day, Decimal, Moment, type RuleValue } from './rule-values.ts'

export type CheckedExpression = {
  /** Fields that it asks for. */
  readonly references: ReadonlySet<string>
  /** Fields of the head that it asks for. */
  readonly headReferences: ReadonlySet<string>
  /** CEL type of what it gives. */
  readonly type: string
  /** `values` by `variableOf`, those of the head by `headVariableOf`. @returns undefined where it cannot be computed, as with a place that a list does not have */
  readonly run: (values: Readonly<Record<string, unknown>>) => RuleValue | undefined
}

/** Longer than any rule that people read. */
export const longestExpression = 1_000

/** Reads an expression once; every evaluation of it is total and takes bounded time. `head`: names of the fields of the head, of a line or a row of a table. */
export function checkExpression(environment: Environment, source: string, head?: ReadonlySet<string>): CheckedExpression | { readonly problem: Text } {
  if (source.trim() === '') return { problem: { en: 'Write an expression, like quantity > 10.', zh: '请填写表达式，例如 quantity > 10。' } }
  if (source.length > longestExpression) return { problem: { en: `An expression has at most ${longestExpression} characters. Split it into several rules.`, zh: `表达式不得超过 ${longestExpression} 个字符，请拆分为多条规则。` } }
  try {
    const read = readExpression(environment.parse(source).ast, source, head)
    if ('problem' in read) return read
    const parsed = environment.parse(read.source)
    const { valid, type, error } = parsed.check()
    if (!valid || type === undefined) return { problem: problemOf(error, source) }
    return {
      references: read.references, headReferences: read.headReferences, type: String(type),
      run: (values) => {
        try {
          return toRuleValue(parsed(values))
        } catch {
          // Types were checked: what is left are places that a list does not have.
          return undefined
        }
      },
    }
  } catch (error) {
    return { problem: problemOf(error, source) }
  }
}

function toRuleValue(value: unknown): RuleValue | undefined {
  if (typeof value === 'string' || typeof value === 'boolean' || value instanceof Decimal || value instanceof Day || value instanceof Moment) return value
  return Array.isArray(value) ? value.map(String) : undefined
}
