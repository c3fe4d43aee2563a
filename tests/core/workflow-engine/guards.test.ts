import { expect, test, vi } from 'vitest'
import { compileWorkflow } from '../../../workflows/engine/compile.ts'
import { createRegistry } from '../../../workflows/engine/registry.ts'
import { transition } from '../../../workflows/engine/transition.ts'
import { registry, salesOrder } from './sales-order.ts'

const compiled = compileWorkflow(salesOrder, registry)
const manager = { roles: ['salesManager'] }
const good = { document: { total: 500 }, facts: { lineCount: 2, creditLimit: 10_000, openAmount: 0 }, ...manager }

test('the first candidate whose guards hold is taken, its actions come in order', () => {
  const result = transition(compiled, { state: 'draft', event: 'submit', ...good })
  expect(result).toMatchObject({
    ok: true,
    state: 'confirmed',
    done: false,
    actions: [{ type: 'reserveStock' }, { type: 'notify', params: { role: 'warehouse' } }],
    transitions: ['states.draft.on.submit[0]'],
    guards: { hasLines: true, creditOk: true, 'totalAtMost({"amount":100000})': true },
  })
})

test('a later candidate is taken when an earlier one does not hold, and the outcomes tell why', () => {
  const result = transition(compiled, { state: 'draft', event: 'submit', ...good, facts: { ...good.facts, openAmount: 9_900 } })
  expect(result).toMatchObject({ ok: true, state: 'review', actions: [], guards: { creditOk: false, hasLines: true }, transitions: ['states.draft.on.submit[1]'] })
})

test('when no candidate holds, the reasons of the nearest are told, not those of all', () => {
  const result = transition(compiled, { state: 'draft', event: 'submit', ...good, facts: { lineCount: 0, creditLimit: 0, openAmount: 1 } })
  expect(result).toEqual({
    ok: false,
    refusals: [{ code: 'order.no-lines', message: { en: 'The order has no lines. Add at least one.', zh: '订单没有明细行，请至少添加一行。' } }],
  })
})

test('all guards of a candidate are asked, so that every reason is seen at once', () => {
  const on = { submit: salesOrder.states.draft.on.submit.slice(0, 1) }
  const single = compileWorkflow({ ...salesOrder, states: { ...salesOrder.states, draft: { ...salesOrder.states.draft, on } } }, registry)
  const result = transition(single, { state: 'draft', event: 'submit', document: { total: 200_000 }, facts: { lineCount: 0, creditLimit: 0, openAmount: 0 }, ...manager })
  expect(!result.ok && result.refusals.map(({ code }) => code)).toEqual(['order.no-lines', 'order.credit-exceeded', 'order.total-too-high'])
})

test('a guard shared by candidates is asked once and gets its parameters, the input and the roles', () => {
  const check = vi.fn((): true => true)
  const label = { en: 'L', zh: '标' }
  const spied = createRegistry({ guards: [{ type: 'asked', label, facts: ['x'], params: [{ name: 'least', type: 'integer', label }], check }] })
  const guards = [{ type: 'asked', params: { least: 3 } }]
  const workflow = compileWorkflow({ slug: 's', version: 1, entity: 'e', label, initial: 'a', events: { go: { label } }, states: { a: { label, on: { go: [{ guards }, { guards }] } } } }, spied)
  transition(workflow, { state: 'a', event: 'go', document: { id: '1' }, input: { note: 'n' }, facts: { x: 1 }, roles: ['r'] })
  expect(check.mock.calls).toEqual([[{ document: { id: '1' }, input: { note: 'n' }, facts: { x: 1 }, roles: ['r'], params: { least: 3 } }]])
})

test('facts that were not loaded are a fault of the caller, never a refusal', () => {
  expect(() => transition(compiled, { state: 'draft', event: 'submit', ...good, facts: { lineCount: 1 } })).toThrow('The guard "creditOk" needs facts that were not loaded: creditLimit, openAmount.')
})
