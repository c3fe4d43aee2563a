import { expect, test } from 'vitest'
import { compileWorkflow } from '../../../workflows/engine/compile.ts'
import { dueAt } from '../../../workflows/engine/delays.ts'
import { transition } from '../../../workflows/engine/transition.ts'
import { production, productionRegistry } from './production.ts'
import { registry, salesOrder } from './sales-order.ts'

const order = compileWorkflow(salesOrder, registry)
const work = compileWorkflow(production, productionRegistry)

function timers(compiled: typeof order, state: string, event: string) {
  const result = transition(compiled, { state, event, document: { total: 1 }, facts: { lineCount: 1, creditLimit: 0, openAmount: 0, samples: 1 }, roles: ['system', 'owner'], reason: 'r' })
  if (!result.ok) throw new Error(result.refusals[0]?.message.en)
  return result.timers
}
const reviewKeys = ['review:reviewTime', 'review:P7D']

test('entering a state starts its timers, leaving it cancels them', () => {
  expect(timers(order, 'draft', 'submit')).toEqual({
    start: [{ key: 'review:reviewTime', delay: 'reviewTime', event: 'escalate' }, { key: 'review:P7D', delay: 'P7D', event: 'expire' }],
    cancel: [],
  })
  expect(timers(order, 'review', 'approve')).toEqual({ start: [], cancel: reviewKeys })
  expect(timers(order, 'review', 'expire')).toEqual({ start: [], cancel: reviewKeys })
})

test('an event handled without leaving the state does not touch its timers', () => {
  expect(timers(order, 'review', 'escalate')).toEqual({ start: [], cancel: [] })
})

test('a transition to its own state starts its timers again', () => {
  const { start, cancel } = timers(work, 'running.qc.open|running.work.waiting', 'restart')
  expect(start.map(({ key }) => key)).toEqual(['running:P2D', 'running.work.waiting:PT4H'])
  expect([...cancel].sort()).toEqual(['running.work.waiting:PT4H', 'running:P2D'])
})

test('only the timers of states that are left or entered move', () => {
  expect(timers(work, 'planned', 'release').start.map(({ key }) => key)).toEqual(['running:P2D', 'running.work.waiting:PT4H'])
  expect(timers(work, 'running.qc.open|running.work.waiting', 'start')).toEqual({ start: [], cancel: ['running.work.waiting:PT4H'] })
  expect(timers(work, 'running.qc.passed|running.work.busy.active', 'finish')).toEqual({ start: [], cancel: ['running:P2D'] })
})

test('a timer started and cancelled by one event is never seen outside', () => {
  const label = { en: 'L', zh: '标' }
  const passing = compileWorkflow({
    slug: 'passing', version: 1, entity: 'e', label, initial: 'a', events: { go: { label }, tick: { label } },
    states: {
      a: { label, on: { go: { target: 'b' } } },
      b: { label, initial: 'end', after: { P1D: 'tick' }, on: { tick: {} }, onDone: { target: 'c' }, states: { end: { label, type: 'final' } } },
      c: { label },
    },
  }, registry)
  expect(transition(passing, { state: 'a', event: 'go', document: {}, facts: {}, roles: [] })).toMatchObject({ ok: true, state: 'c', timers: { start: [], cancel: [] } })
})

test('a timer is due by the calendar, or by its registered delay', () => {
  const due = (delay: string, now: string) => dueAt(order, { delay, document: { reviewHours: 36 }, now })
  expect(due('P7D', '2026-02-25T10:00:00.000Z')).toBe('2026-03-04T10:00:00.000Z')
  expect(due('P1M', '2026-01-31T10:00:00.000Z')).toBe('2026-02-28T10:00:00.000Z')
  expect(due('PT1H30M', '2026-01-31T23:00:00.000Z')).toBe('2026-02-01T00:30:00.000Z')
  expect(due('reviewTime', '2026-01-31T23:00:00.000Z')).toBe('2026-02-02T11:00:00.000Z')
  expect(() => due('soon', '2026-01-31T23:00:00.000Z')).toThrow('The delay "soon" gives no time')
  expect(() => dueAt(order, { delay: 'reviewTime', document: {}, now: '2026-01-31T23:00:00.000Z' })).toThrow('gives no time')
})
