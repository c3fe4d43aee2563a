import { expect, it } from 'vitest'
import { parts } from '../../collections/core/parts.ts'
import { assertEnumValueName } from 'graphql'
import { customers } from '../../collections/core/customers.ts'
import type { FieldDefinition } from '../../config/language/entity.ts'
import type { RevisionInputs } from '../../config/language/revision.ts'
import { wordsOfGraphql } from '../../config/language/reserved-names.ts'
import { apiNameFindings } from '../../plugins/core/platform/api-names.ts'
import { revisionFindings } from '../../plugins/core/platform/revision-findings.ts'

const label = { en: 'Colour', zh: '颜色' }
const findingsOf = (field: object) => revisionFindings({ fields: { parts: [{ name: 'colour', type: 'text', label, ...field }] } }, [parts]).map(({ code }) => code)

it('takes a field with a name of its own', () => {
  expect(findingsOf({})).toEqual([])
  expect(findingsOf({ type: 'select', options: [{ value: 'red', label }] })).toEqual([])
})

it.each(['toString', 'tostring', 'constructor', 'hasOwnProperty', 'valueOf', 'isPrototypeOf', 'toLocaleString', 'id', 'createdAt', 'partNumber', 'PARTNUMBER', 'workflowState'])('refuses the name %s', (name) => {
  expect(findingsOf({ name })).toEqual([/^[a-z]/.test(name) ? 'nameTaken' : 'malformed'])
})

it('refuses an option whose value every object has', () => {
  expect(findingsOf({ type: 'select', options: [{ value: 'constructor', label }] })).toEqual(['optionReserved'])
})

it('refuses more indexed fields than every database keeps', () => {
  const codesOf = (count: number) => revisionFindings({ fields: { parts: Array.from({ length: count }, (_, index) => ({ name: `one${index}`, type: 'text', label, unique: true })) } }, [parts]).map(({ code }) => code)
  expect(codesOf(30)).toEqual([])
  expect(codesOf(31)).toEqual(['tooManyIndexes'])
})

it('takes decimals as limits and as what is given', () => {
  expect(findingsOf({ type: 'quantity', min: 0.5, max: 99.5, default: 0.5 })).toEqual([])
  expect(findingsOf({ type: 'quantity', min: 1e300 })).toEqual(['malformed'])
})

it('refuses new names that REST and GraphQL cannot tell from their own, at their place; what is published stays', () => {
  const choice = (...values: string[]) => ({ name: 'grade', type: 'select', label, options: values.map((value) => ({ value, label })) })
  const inputs = (...fields: object[]): RevisionInputs => ({ fields: { parts: fields as FieldDefinition[] } })
  const found = (wanted: RevisionInputs, published = inputs()) => apiNameFindings(wanted, published).map(({ path, code }) => `${path}:${code}`)
  for (const name of ['where', 'and', 'or', 'reason', 'expectedVersion']) expect(found(inputs({ name, type: 'text', label }))).toEqual(['fields.parts.0.name:nameReserved'])
  for (const value of wordsOfGraphql) {
    expect(found(inputs(choice('a', value)))).toEqual(['fields.parts.0.options:nameReserved'])
    expect(() => assertEnumValueName(value)).toThrow()
  }
  for (const value of ['type', 'query', 'on', 'fragment', 'enum', 'input', 'typename']) expect([found(inputs(choice(value))), assertEnumValueName(value)]).toEqual([[], value])
  expect(found(inputs(choice('a', 'true')), inputs(choice('true')))).toEqual([])
  const own = (...slugs: string[]): RevisionInputs => ({ fields: {}, entities: Object.fromEntries(slugs.map((slug) => [slug, { label, labels: label, prefix: 'A' }])) })
  expect([found(own('own-machines', 'own-machine-inputs')), found(own('own-machines', 'own-tools'))]).toEqual([['entities.own-machine-inputs:nameReserved'], []])
})

it('refuses rules that would take long at every change, together', () => {
  const rules = (count: number) => Object.fromEntries(customers.fields.slice(0, 20).map(({ name }) => [name, { checks: Array.from({ length: count }, () => ({ holds: `${'true && '.repeat(100)}true`, message: label })) }]))
  const found = (count: number) => revisionFindings({ fields: {}, forms: { customers: { rules: rules(count) } } }, [customers]).filter(({ code }) => code !== 'misplaced').map(({ path, code }) => `${path}:${code}`)
  expect([found(1), found(5)]).toEqual([[], ['forms.customers.rules:rulesTooLong']])
})
