import { expect, test } from 'vitest'
import { availableEvents, requiredFacts } from '../../../workflows/engine/available.ts'
import { compileWorkflow } from '../../../workflows/engine/compile.ts'
import { registry, salesOrder } from './sales-order.ts'

const compiled = compileWorkflow(salesOrder, registry)
const facts = { lineCount: 0, creditLimit: 0, openAmount: 0 }

test('what people may do here, in the order of the definition, with what each asks for', () => {
  expect(availableEvents(compiled, { state: 'confirmed', document: {}, facts: {}, roles: ['salesRep'] })).toEqual([
    {
      event: 'change', label: { en: 'Change', zh: '变更' }, help: { en: 'Change quantities after confirmation', zh: '确认后修改数量' }, allowed: true, refusals: [],
      primary: false, tone: 'neutral', input: [], lineInput: salesOrder.events.change.lineInput,
    },
    { event: 'cancel', label: { en: 'Cancel', zh: '取消' }, allowed: true, refusals: [], primary: false, tone: 'bad', input: [], lineInput: [], reason: 'required' },
  ])
})

test('what is refused stands there with its reasons', () => {
  const events = availableEvents(compiled, { state: 'draft', document: { total: 1 }, facts, roles: ['salesRep'] })
  expect(events.map(({ event, allowed, refusals }) => [event, allowed, refusals.map(({ code }) => code)])).toEqual([
    ['submit', false, ['order.no-lines']],
    ['cancel', true, []],
  ])
  const review = availableEvents(compiled, { state: 'review', document: { total: 1 }, facts, roles: ['salesRep'] })
  expect(review.map(({ event, refusals }) => [event, refusals.map(({ code }) => code)])).toEqual([
    ['approve', ['workflow.role-missing']], ['reject', ['workflow.role-missing']], ['cancel', []],
  ])
})

test('at the end nothing is left', () => {
  expect(availableEvents(compiled, { state: 'closed', document: {}, facts: {}, roles: ['owner'] })).toEqual([])
})

test('a state that cannot be restored refuses everything with that reason', () => {
  const events = availableEvents(compiled, { state: 'draft', definitionHash: 'other', document: {}, facts: {}, roles: ['owner'] })
  expect(events.map(({ event }) => event)).toEqual(['submit', 'approve', 'reject', 'change', 'cancel'])
  expect(new Set(events.flatMap(({ refusals }) => refusals.map(({ code }) => code)))).toEqual(new Set(['workflow.definition-mismatch']))
})

test('the facts to load: of all events of people, or of one', () => {
  expect(requiredFacts(compiled, { state: 'draft' })).toEqual(['lineCount', 'creditLimit', 'openAmount'])
  expect(requiredFacts(compiled, { state: 'draft', event: 'cancel' })).toEqual([])
  expect(requiredFacts(compiled, { state: 'review' })).toEqual(['lineCount'])
  expect(requiredFacts(compiled, { state: 'nowhere' })).toEqual([])
})

test('the order of the buttons is that of each definition, though the hash does not know it', () => {
  const { cancel, ...others } = salesOrder.events
  const reordered = compileWorkflow({ ...salesOrder, events: { cancel, ...others } }, registry)
  expect(reordered.hash).toBe(compiled.hash)
  expect(availableEvents(reordered, { state: 'confirmed', document: {}, facts: {}, roles: [] }).map(({ event }) => event)).toEqual(['cancel', 'change'])
})
