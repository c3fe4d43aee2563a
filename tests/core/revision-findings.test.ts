import { expect, it } from 'vitest'
import { parts } from '../../collections/core/parts.ts'
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
