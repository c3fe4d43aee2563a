import fc from 'fast-check'
import { expect, it } from 'vitest'
import { checkExpression } from '../../config/expression/check-expression.ts'
import { environmentOf } from '../../config/expression/environment.ts'
import { comparisonsOf, isComplete, readConditions, takesValue, writeConditions, type Condition } from '../../config/expression/simple-conditions.ts'
import { kindOf } from '../../config/expression/rule-values.ts'
import { boolean, date, dateTime, option, quantity, relation, select, text } from '../../config/language/fields.ts'

const named = (name: string) => ({ en: name, zh: name })
const own = [
  text('note', named('Note')), quantity('weight', named('Weight')), boolean('urgent', named('Urgent')), date('due', named('Due')), dateTime('seen', named('Seen')), relation('part', named('Part'), { to: 'parts' }),
  text('package', named('Package')), text('type', named('Type')), select('grade', named('Grade'), { options: [option('a', named('A'))] }), relation('parts', named('Parts'), { to: 'parts', many: true }),
]
const environment = environmentOf(own)
const fields = [...own, { name: 'userRoles', type: 'text', many: true, label: named('Role') } as const, { name: 'isNew', type: 'boolean', label: named('New') } as const, { name: 'workflowState', type: 'text', label: named('State') } as const]

const condition = fc.constantFrom(...fields).chain((field) => fc.constantFrom(...comparisonsOf(field)).chain((comparison): fc.Arbitrary<Condition> => {
  const value = !takesValue(comparison) ? fc.constant('')
    : kindOf(field) === 'number' ? fc.tuple(fc.integer({ min: -999, max: 999 }), fc.constantFrom('', '.5', '.25')).map(([whole, rest]) => `${whole}${rest}`)
      : kindOf(field) === 'day' ? fc.constantFrom('2026-12-01', '1999-02-28') : fc.string({ unit: 'grapheme', minLength: 1, maxLength: 8 }).filter((one) => !/[\uD800-\uDFFF]/.test(one))
  return value.map((one) => ({ field: field.name, comparison, value: one }))
}))

it('what is chosen from lists is an expression, and is read back as it was chosen', () => {
  fc.assert(fc.property(fc.array(condition, { minLength: 1, maxLength: 4 }), fc.constantFrom('and' as const, 'or' as const), (parts, join) => {
    const source = writeConditions({ join, parts }, fields)
    const checked = checkExpression(environment, source)
    expect(checked, source).toMatchObject({ type: 'bool' })
    expect(readConditions(environment, source, fields)).toEqual({ join: parts.length > 1 ? join : 'and', parts })
  }), { numRuns: 300 })
})

it('is written as people would', () => {
  const part = (field: string, comparison: Condition['comparison'], value = ''): Condition => ({ field, comparison, value })
  expect(writeConditions({ join: 'and', parts: [part('weight', 'more', '10.5'), part('note', 'contains', 'a"b'), part('due', 'past'), part('package', 'is', 'x'), part('userRoles', 'hasNot', 'buyer')] }, fields))
    .toBe('weight > 10.5 && note.contains("a\\"b") && due < today && package_ == "x" && !("buyer" in userRoles)')
  expect(writeConditions({ join: 'or', parts: [part('weight', 'more', 'x'), part('due', 'atLeast', '1.12.'), part('urgent', 'no'), part('gone', 'yes')] }, fields)).toBe('!urgent')
  expect(isComplete(part('weight', 'more'), fields)).toBe(false)
})

it.each(['weight > 1 && (urgent || due < today)', 'weight + 1 > 2', 'weight > other', 'note.size() > 1', 'urgent ? true : false', 'weight >', 'gone == "x"', 'parts.exists(p, p == "x")', 'empty(note + "x")', 'true'])('%s is more than a row of conditions', (source) => {
  expect(readConditions(environment, source, fields)).toBeNull()
})
