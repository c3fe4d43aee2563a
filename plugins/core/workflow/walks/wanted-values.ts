import type { FieldDefinition } from '../../../../config/language/entity.ts'
import type { Comparison, Operand } from '../../../../config/language/references.ts'
import type { Reference } from '../../../../config/language/workflow.ts'
import { addDays } from '../../engine/dates.ts'
import { holds, isEmpty, valueOf, type Values } from '../operands.ts'
import { sampleValue, type Sampling } from './sample-value.ts'

/** A guard, and how it is to come out. */
export type Wanted = { readonly guard: Reference; readonly holds: boolean }

/** Whose values are looked for: the document's, or what is entered with an event. */
export type Side = 'field' | 'input'

type Asked = { readonly side: Side; readonly fields: readonly FieldDefinition[]; readonly values: Values; readonly sampling: Sampling }

/**
 * Values for fields that people fill in, so that the guards which look at them come out as wanted: only what must change. Comparisons,
 * required fields and "exactly one of" are understood; of others, and where no value does for all, nothing is said. Values as stored.
 */
export function wantedValues(wanted: readonly Wanted[], { side, fields, values, sampling }: Asked): Readonly<Record<string, unknown>> {
  const changes: Record<string, unknown> = {}
  const looked = (): Values => side === 'field' ? { ...values, document: { ...values.document, ...changes } } : { ...values, input: { ...values.input, ...changes } }
  const tests = wanted.flatMap(({ guard, holds: outcome }) => testsOf(guard).map((test) => ({ ...test, outcome })))
  const kept = new Set(fields.filter(({ readOnly }) => readOnly).map(({ name }) => name))
  for (const field of fields) {
    // What commands keep is theirs to change, and so is what a sum of it comes to.
    const mine = tests.filter(({ names }) => names[side].includes(field.name) && !names[side].some((name) => kept.has(name)))
    const failing = () => mine.filter(({ isMet, outcome }) => isMet(looked()) !== outcome).length
    if (mine.length === 0 || failing() === 0) continue
    const candidates = [null, sampleValue(field, sampling), ...mine.flatMap(({ against }) => around(against(looked()), sampling.today)), ...(field.options ?? []).map(({ value }) => value), ...(field.type === 'boolean' ? [true, false] : [])]
      .filter((value) => value !== undefined && fits(field, value))
    const before = { left: failing(), value: changes[field.name], isSet: field.name in changes }
    let best: { readonly left: number; readonly value: unknown } = before
    for (const value of candidates) {
      changes[field.name] = value
      const left = failing()
      if (left < best.left) best = { left, value }
    }
    if (best.left < before.left) changes[field.name] = best.value
    else if (before.isSet) changes[field.name] = before.value
    else delete changes[field.name]
  }
  return changes
}

type Test = {
  readonly names: Readonly<Record<Side, readonly string[]>>
  /** What a field is compared with. */
  readonly against: (values: Values) => unknown
  readonly isMet: (values: Values) => boolean
}

function testsOf({ type, params = {} }: Reference): readonly Test[] {
  const name = String(params.field)
  if (type === 'core.fieldRequired') return [{ names: { field: [name], input: [] }, against: () => undefined, isMet: ({ document }) => !isEmpty(document[name]) }]
  if (type === 'core.exactlyOne') {
    const names = params.fields as readonly string[]
    return [{ names: { field: names, input: [] }, against: () => undefined, isMet: ({ document }) => names.filter((one) => !isEmpty(document[one])).length === 1 }]
  }
  if (type !== 'core.compare') return []
  const { left, operator, right } = params as unknown as Comparison
  const named = (key: Side) => [left, right].flatMap((operand) => namesIn(operand, key))
  return [{
    names: { field: named('field'), input: named('input') },
    against: (values) => (namesIn(left, 'field').length + namesIn(left, 'input').length > 0 ? valueOf(right, values) : valueOf(left, values)),
    isMet: (values) => holds(valueOf(left, values), operator, valueOf(right, values)),
  }]
}

function namesIn(operand: Operand | undefined, side: Side): string[] {
  if (typeof operand !== 'object' || operand === null) return []
  if (side === 'field' && 'sum' in operand) return operand.sum.map((name) => name.replace(/^-/, ''))
  const name = (operand as Readonly<Record<string, unknown>>)[side]
  return typeof name === 'string' ? [name] : []
}

/** The value itself, and what is less and greater. */
function around(value: unknown, today: string): unknown[] {
  if (typeof value === 'number') return [value, value - 1, value + 1, -value]
  if (typeof value === 'boolean') return [value, !value]
  if (typeof value !== 'string') return []
  if (/^\d{4}-\d{2}-\d{2}$/.test(value)) return [value, addDays(value, -1), addDays(value, 40), addDays(today, 40)]
  return [value, `${value} 2`]
}

const texts: ReadonlySet<string> = new Set(['text', 'longText'])

/** What a person could enter there. */
function fits(field: FieldDefinition, value: unknown): boolean {
  if (value === null) return !field.required
  if (field.type === 'select') return (field.options ?? []).some((option) => option.value === value)
  if (field.type === 'relation') return false
  if (field.type === 'date') return typeof value === 'string' && /^\d{4}-\d{2}-\d{2}$/.test(value)
  if (texts.has(field.type)) return typeof value === 'string'
  if (field.type === 'boolean') return typeof value === 'boolean'
  if (typeof value !== 'number') return typeof value === typeof sampleValue(field, { today: '2026-01-01', exponent: 2, count: 1 })
  return Number.isSafeInteger(value) && (field.min === undefined || field.min > 0 || value >= 0)
}
