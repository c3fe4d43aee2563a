import fc from 'fast-check'
import { expect, it } from 'vitest'
import { boolean, date, integer, money, select, option, text } from '../../config/language/fields.ts'
import { compare, exactlyOne, field, fieldRequired, input, sum, today } from '../../config/language/references.ts'
import { generalGuards } from '../../plugins/core/workflow/general-guards.ts'
import { wantedValues, type Wanted } from '../../plugins/core/workflow/walks/wanted-values.ts'

const named = (name: string) => ({ en: name, zh: name })
const refusal = named('No')
const fields = [
  integer('days', named('Days')), money('limit', named('Limit'), { min: 0 }), text('word', named('Word')), date('until', named('Until')), boolean('urgent', named('Urgent')),
  select('grade', named('Grade'), { options: [option('a', named('A')), option('b', named('B'))] }), money('open', named('Open'), { readOnly: true }),
]
const sampling = { today: '2026-06-01', exponent: 2, count: 1 }
const asked = (wanted: readonly Wanted[], document: object = {}) => wantedValues(wanted, { side: 'field', fields, values: { document: { ...document }, today: sampling.today }, sampling })

/** How the platform's own guard comes out with these values. */
const comesOut = ({ guard }: Wanted, document: object): boolean => generalGuards.find(({ type }) => type === guard.type)?.check({
  document: { ...document }, params: guard.params ?? {}, roles: [], facts: { 'core.today': sampling.today, 'core.company': null, 'core.labels': null },
}) === true

const operator = fc.constantFrom('=', '!=', '<', '<=', '>', '>=', 'filled', 'empty')
const one: fc.Arbitrary<Wanted> = fc.record({
  guard: fc.oneof(
    fc.record({ name: fc.constantFrom('days', 'limit'), operator, right: fc.integer({ min: 1, max: 5_000 }) }).map(({ name, right, ...rest }) => compare({ left: field(name), right, refusal, ...rest })),
    fc.constantFrom('<', '<=', '>', '>=', '=', 'filled').map((how) => compare({ left: field('until'), operator: how, right: today, refusal })),
    fc.constantFrom('a', 'b').map((right) => compare({ left: field('grade'), operator: '=', right, refusal })),
    fc.constantFrom('word', 'until', 'grade').map((name) => fieldRequired(name)), fc.constant(exactlyOne('word', 'grade')),
  ),
  holds: fc.boolean(),
})

it('makes any one comparison, required field or choice come out as wanted, from whatever stands there', () => {
  fc.assert(fc.property(one, fc.record({ days: fc.option(fc.integer({ min: 0, max: 5_000 })), word: fc.constantFrom(null, 'x'), until: fc.constantFrom(null, '2026-01-01', '2027-01-01'), grade: fc.constantFrom(null, 'a') }), (wanted, document) => {
    expect(comesOut(wanted, { ...document, ...asked([wanted], document) })).toBe(wanted.holds)
  }), { numRuns: 400 })
})

it('changes nothing that comes out as wanted already, and nothing that commands keep', () => {
  expect(asked([{ guard: compare({ left: field('days'), operator: '>', right: 3, refusal }), holds: true }], { days: 9 })).toEqual({})
  expect(asked([{ guard: compare({ left: field('open'), operator: '>', right: 0, refusal }), holds: true }], { open: 0 })).toEqual({})
  expect(asked([{ guard: compare({ left: sum('days', '-open'), operator: '<=', right: 0, refusal }), holds: true }], { days: 5, open: 0 })).toEqual({})
})

it('finds one value for several guards, and values of what is entered', () => {
  const [more, less] = [compare({ left: field('days'), operator: '>', right: 3, refusal }), compare({ left: field('days'), operator: '<', right: 5, refusal })]
  expect(asked([{ guard: more, holds: true }, { guard: less, holds: true }])).toEqual({ days: 4 })
  const amount = wantedValues([{ guard: compare({ left: input('amount'), operator: '<=', right: field('open'), refusal }), holds: true }], {
    side: 'input', fields: [money('amount', named('Amount'))], values: { document: { open: 50 }, input: { amount: 100 } }, sampling,
  })
  expect(Number(amount.amount)).toBeLessThanOrEqual(50)
})
