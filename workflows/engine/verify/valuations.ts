import type { Reference } from '../../../config/language/workflow.ts'
import type { Verdicts } from '../machine.ts'
import { guardKey, type Condition, type Registry } from '../registry.ts'
import { casesOf } from './conditions.ts'

/** More than so many outcomes of the guards of one event are not listed. */
const valuationLimit = 1024

/**
 * Every way in which guards may turn out together. A guard is free to hold or not, unless it says of itself by a `condition`
 * what it looks at: then outcomes that no value brings about are left out. `undefined`: too many to list.
 */
export function valuationsOf(guards: readonly Reference[], registry: Registry): readonly Verdicts[] | undefined {
  const keys = new Map(guards.map((guard) => [guardKey(guard), guard]))
  const subjects = new Map<string, { readonly keys: string[]; readonly conditions: Condition[] }>()
  for (const [key, guard] of keys) {
    const condition = conditionOf(guard, registry)
    const subject = condition === undefined || 'constant' in condition ? `guard ${key}` : `value ${condition.subject}`
    const known = subjects.get(subject) ?? { keys: [], conditions: [] }
    subjects.set(subject, known)
    known.keys.push(key)
    known.conditions.push(condition ?? free)
  }
  let valuations: Record<string, boolean>[] = [{}]
  for (const { keys: own, conditions } of subjects.values()) {
    const cases = casesOf(conditions) ?? everyRow(own.length)
    if (!cases || valuations.length * cases.length > valuationLimit) return undefined
    valuations = valuations.flatMap((before) => cases.map((row) => ({ ...before, ...Object.fromEntries(own.map((key, index) => [key, row[index] ?? false])) })))
  }
  return valuations
}

export function holdsIn(valuation: Verdicts, guardKeys: readonly string[]): boolean {
  return guardKeys.every((key) => valuation[key] === true)
}

const free: Condition = { subject: '', of: ['yes', 'no'], in: ['yes'] }

function conditionOf({ type, params = {} }: Reference, registry: Registry): Condition | undefined {
  return registry.guards.get(type)?.condition?.(params)
}

function everyRow(length: number): boolean[][] | undefined {
  if (2 ** length > valuationLimit) return undefined
  return Array.from({ length: 2 ** length }, (_, row) => Array.from({ length }, (_unused, index) => (row >> index) % 2 === 0))
}
