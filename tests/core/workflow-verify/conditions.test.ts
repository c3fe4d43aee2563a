import fc from 'fast-check'
import { expect, test } from 'vitest'
import { compare, field, fieldRequired, sum, type Operator } from '../../../config/language/references.ts'
import { generalGuards } from '../../../plugins/core/workflow/general-guards.ts'
import { createRegistry, guardKey } from '../../../workflows/engine/registry.ts'
import { valuationsOf } from '../../../workflows/engine/verify/valuations.ts'

const registry = createRegistry({ guards: generalGuards })
const refusal = { en: 'No.', zh: '否' }
const anyValue = fc.constantFrom(null, '', 0, 1, 2, 5, 'a', 'b', '2026-01-01', true, false, [], ['a'])
const anyOperator = fc.constantFrom<Operator>('=', '!=', '<', '<=', '>', '>=', 'filled', 'empty')
const anyNumber = fc.constantFrom(null, 0, 1, 2, 5)
const anyLeft = fc.constantFrom(field('x'), field('y'), sum('n', '-m'))
const anyLiteral = fc.constantFrom<string | number | boolean | null>(null, 0, 1, 2, 'a', 'b', true)
const anyGuard = fc.oneof(
  fc.record({ left: anyLeft, operator: anyOperator, right: fc.oneof(anyLiteral, fc.constant(field('z'))) }).map((comparison) => compare({ ...comparison, refusal })),
  fc.constantFrom('x', 'y').map(fieldRequired),
)

test('whatever a document says, the answers of its guards are among those thought possible', () => {
  fc.assert(fc.property(fc.array(anyGuard, { minLength: 1, maxLength: 5 }), fc.record({ x: anyValue, y: anyValue, z: anyValue, n: anyNumber, m: anyNumber }), (guards, document) => {
    const facts = { 'core.labels': null, 'core.company': null, 'core.today': '2026-01-01' }
    const verdicts = Object.fromEntries(guards.map((guard) => [guardKey(guard), registry.guards.get(guard.type)?.check({ facts, params: guard.params ?? {}, document, roles: [] }) === true]))
    expect(valuationsOf(guards, registry)).toContainEqual(verdicts)
  }), { numRuns: 3000 })
})

test('what excludes each other is known, and what leaves a gap', () => {
  const pair = (one: Operator, other: Operator, right: string | number) => valuationsOf([one, other].map((operator) => compare({ left: sum('x'), operator, right, refusal })), registry)?.map((row) => Object.values(row))
  expect(pair('<', '>=', 5)).toEqual([[false, true], [true, false]])
  expect(pair('<', '>', 5)).toContainEqual([false, false])
  expect(pair('<=', '>=', 5)).toContainEqual([true, true])
  expect(valuationsOf([compare({ left: 1, operator: '<', right: 2, refusal })], registry)?.map((row) => Object.values(row))).toEqual([[true]])
})
