import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { FieldDefinition } from '../../config/language/entity.ts'
import { decodeInput } from '../../plugins/core/commands/input.ts'
import { convertValue, type ConversionForm } from '../../plugins/core/configuration/conversion/convert-value.ts'
import { convertibleTypes, isConversion } from '../../plugins/core/configuration/conversion/convertible.ts'
import { fieldsOfEveryType, spokenValue } from '../support/random-forms.ts'

const form: ConversionForm = { language: 'en', exponent: 2, cells: { decimalMark: '.', dateOrder: 'dmy', from1904: false, zone: 'Europe/Berlin', currency: 'EUR' } }
const convertible = fieldsOfEveryType.filter((field) => !field.lookup && field.mask === undefined && isConversion(field, { type: field.type === 'text' ? 'longText' : 'text' }))
/** What someone has entered there, as it is stored; never empty, which takes nothing over. */
const storedOf = (field: FieldDefinition) => spokenValue(field, []).map((spoken) => stored(field, spoken)).filter((value) => value !== null && value !== undefined && !(Array.isArray(value) && value.length === 0))
const decode = (field: FieldDefinition, spoken: unknown) => decodeInput([field], { [field.name]: spoken }, { exponent: 2, label: field.label })
const stored = (field: FieldDefinition, spoken: unknown) => decode(field, spoken).values[field.name]
const pairs = convertible.flatMap((from) => convertible.filter((to) => isConversion(from, to)).map((to) => ({ from, to })))
const runs = process.env.TEST_BUDGET === 'full' ? 1_000 : 10
const text: FieldDefinition = { name: 'text', type: 'longText', label: { en: 'Text', zh: '文本' } }

it('is there for every type that is one value, and for choices of several', () => {
  expect(new Set(convertible.map(({ type }) => type))).toEqual(new Set(convertibleTypes))
  expect(convertible.some(({ many }) => many)).toBe(true)
  expect(['relation', 'table', 'file', 'json', 'sequence', 'signature', 'sectionText'].filter((type) => convertibleTypes.some((one) => one === type))).toEqual([])
})

it.each(pairs)('$from.name becomes $to.name as it can be entered there, or says why not', ({ from, to }) => {
  fc.assert(fc.property(storedOf(from), (value) => {
    const converted = convertValue({ from, to }, value, form)
    if ('problem' in converted) return void expect(converted.problem).toEqual({ en: expect.stringMatching(/\w/) as string, zh: expect.stringMatching(/\S/) as string })
    expect(converted.value).not.toBeNull()
    // What it became is a value that can be told.
    expect('value' in convertValue({ from: to, to: text }, converted.value, form)).toBe(true)
  }), { numRuns: runs })
})

describe('nothing is lost by way of a text', () => {
  it.each(convertible.filter(({ type }) => !['longText', 'dateTime', 'richText', 'geolocation'].includes(type)).map((field) => ({ field })))('of $field.name', ({ field }) => {
    fc.assert(fc.property(storedOf(field), (value) => {
      const written = convertValue({ from: field, to: text }, value, form)
      expect(convertValue({ from: text, to: field }, 'value' in written ? written.value : '', form)).toEqual({ value })
    }), { numRuns: runs * 3 })
  })
})

it.each([
  ['text', 'time', '8:30', '08:30'], ['text', 'time', 'noon', null], ['text', 'duration', '1h 30m', 90], ['text', 'duration', '1小时30分', 90], ['duration', 'integer', 90, 90], ['duration', 'time', 90, '01:30'], ['integer', 'duration', 90, 90], ['time', 'duration', '08:30', 510],
  ['dateTime', 'time', '2026-11-22T08:15:00.000Z', '09:15'], ['text', 'rating', '4', 4], ['text', 'rating', '6', null], ['rating', 'quantity', 4, 4_000_000], ['text', 'colours', 'x, Z', ['x', 'z']], ['text', 'colours', 'X；y', ['x', 'y']], ['text', 'colours', 'x, red', null],
  ['place', 'text', 'geo:47.3769,8.5417;u=12', '47.3769, 8.5417'], ['text', 'place', '47.3769, 8.5417', 'geo:47.3769,8.5417'], ['text', 'place', 'by the river', null], ['text', 'minutes', 'Agreed.', { type: 'doc', content: [{ type: 'paragraph', content: [{ type: 'text', text: 'Agreed.' }] }] }],
  ['minutes', 'text', { type: 'doc', content: [{ type: 'heading', attrs: { level: 2 }, content: [{ type: 'text', text: 'Agreed', marks: [{ type: 'bold' }] }] }, { type: 'paragraph', content: [{ type: 'text', text: 'all of it' }] }] }, 'Agreed\nall of it'],
  ['grade', 'text', 'b', 'B'], ['colours', 'text', ['x', 'z'], 'X, Z'], ['colours', 'select', ['x'], 'x'], ['colours', 'select', ['x', 'y'], null], ['select', 'colours', 'y', ['y']],
] as const)('%s → %s: %s is %s', (from, to, value, expected) => {
  const of = (name: string): FieldDefinition => name === 'text' ? text : name === 'select' ? { ...fieldOf('colours'), name, many: false } : fieldOf(name)
  const converted = convertValue({ from: of(from), to: of(to) }, value, form)
  expect('value' in converted ? converted.value : null).toEqual(expected)
})

const fieldOf = (name: string): FieldDefinition => fieldsOfEveryType.find((field) => field.name === name || field.type === name) ?? expect.fail(name)
