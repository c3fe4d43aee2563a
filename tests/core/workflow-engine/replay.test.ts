import { expect, test } from 'vitest'
import { compileWorkflow } from '../../../workflows/engine/compile.ts'
import { replay } from '../../../workflows/engine/replay.ts'
import { production, productionRegistry } from './production.ts'
import { registry, salesOrder } from './sales-order.ts'

const compiled = compileWorkflow(salesOrder, registry)
const refused = { hasLines: true, creditOk: false, 'totalAtMost({"amount":100000})': true }

test('a history leads to its state by the outcomes of its time, without facts', () => {
  const steps = [{ event: 'submit', guards: refused, state: 'review' }, { event: 'reject', guards: {} }, { event: 'submit', guards: { ...refused, creditOk: true } }]
  expect(replay(compiled, { steps })).toEqual({
    state: 'confirmed',
    transitions: ['states.draft.on.submit[1]', 'states.review.on.reject', 'states.draft.on.submit[0]'],
  })
})

test('a history may begin elsewhere', () => {
  expect(replay(compiled, { steps: [{ event: 'close', guards: {} }], from: 'confirmed' }).state).toBe('closed')
})

test.each([
  ['an event that does not lead out of the state', [{ event: 'approve', guards: { hasLines: true } }], 0, '“Approve” does not lead out of “Draft”'],
  ['an event nobody defined', [{ event: 'xstate.done.state.workflow', guards: {} }], 0, 'does not lead out of'],
  ['a missing guard outcome', [{ event: 'submit', guards: {} }], 0, 'with the recorded guard outcomes'],
  ['another state than recorded', [{ event: 'submit', guards: refused, state: 'review' }, { event: 'cancel', guards: {}, state: 'closed' }], 1, 'leads to “Cancelled”, the history says “Closed”'],
])('%s is a divergence at its step', (_, steps, step, message) => {
  const result = replay(compiled, { steps })
  expect(result.divergence).toMatchObject({ step, event: steps[step]?.event, message: { en: expect.stringContaining(message) } })
  expect(result.state).toBe(step === 0 ? 'draft' : 'review')
})

test('a start that does not exist is a divergence', () => {
  expect(replay(compiled, { steps: [{ event: 'close', guards: {} }], from: 'gone' })).toMatchObject({ state: 'gone', divergence: { step: 0 } })
})

test.each(['xstate.done.state.workflow.running', '*'])('a recorded event %j of XState itself leads nowhere', (event) => {
  const from = 'running.qc.open|running.work.waiting'
  expect(replay(compileWorkflow(production, productionRegistry), { steps: [{ event, guards: {} }], from })).toMatchObject({ state: from, divergence: { step: 0 } })
})
