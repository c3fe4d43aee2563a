import type { Comparison, Operand } from '../../../config/language/references.ts'
import { canonicalJson } from '../../../workflows/engine/canonical.ts'
import type { Condition } from '../../../workflows/engine/registry.ts'
import { holds } from './operands.ts'

/** How two values may stand to each other; those that are not both numbers or both texts are neither less nor greater. */
const relations = { less: [0, 1], equal: [0, 0], greater: [1, 0], bothEmpty: [null, null], apart: [null, 0] } as const

/** What a comparison decides, for the proof of workflows: `holds` says the same of values. */
export function conditionOfComparison({ left, operator, right }: Omit<Comparison, 'refusal'>): Condition {
  if (isLiteral(left) && isLiteral(right)) return { constant: holds(left ?? null, operator, right ?? null) }
  const subject = canonicalJson(left)
  // A sum is a number whatever is empty.
  const neverEmpty = typeof left === 'object' && left !== null && 'sum' in left
  if (operator === 'filled' || operator === 'empty') return { subject, operator, neverEmpty }
  if (isLiteral(right)) return { subject, operator, value: right ?? null, neverEmpty: neverEmpty && typeof right === 'number' }
  const names = Object.keys(relations) as (keyof typeof relations)[]
  return { subject: `${subject} ? ${canonicalJson(right)}`, of: names, in: names.filter((name) => holds(relations[name][0], operator, relations[name][1])) }
}

function isLiteral(operand: Operand | undefined): operand is string | number | boolean | null | undefined {
  return typeof operand !== 'object' || operand === null
}
