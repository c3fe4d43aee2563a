import { expect, test } from 'vitest'
import { compileWorkflow } from '../../../workflows/engine/compile.ts'
import { describeState } from '../../../workflows/engine/describe.ts'
import { startWorkflow, transition } from '../../../workflows/engine/transition.ts'
import { production, productionRegistry } from './production.ts'
import { registry, salesOrder } from './sales-order.ts'

const compiled = compileWorkflow(production, productionRegistry)

function walk(state: string, ...events: string[]) {
  return events.reduce((steps, event) => {
    const result = transition(compiled, { state: steps.at(-1)?.state ?? state, event, document: {}, facts: { samples: 1 }, roles: ['system', 'planner'] })
    if (!result.ok) throw new Error(`${event}: ${result.refusals[0]?.message.en}`)
    return [...steps, result]
  }, [] as Extract<ReturnType<typeof transition>, { ok: true }>[])
}
const statesOf = (state: string, ...events: string[]) => walk(state, ...events).map((step) => step.state)

test('a new document stands in the initial state', () => {
  expect(startWorkflow(compiled)).toMatchObject({ state: 'planned', done: false, actions: [], timers: { start: [], cancel: [] } })
})

test('regions run side by side, their text is sorted, inner states carry the whole path', () => {
  expect(statesOf('planned', 'release', 'start', 'accept')).toEqual([
    'running.qc.open|running.work.waiting',
    'running.qc.open|running.work.busy.active',
    'running.qc.passed|running.work.busy.active',
  ])
})

test.each([['accept', 'finish'], ['finish', 'accept']])('a join waits for every region (%s, then %s)', (first, second) => {
  const [, afterFirst, afterSecond] = walk('planned', 'release', 'start', first, second).slice(1)
  expect(afterFirst?.state).toMatch(/^running\./)
  expect(afterSecond).toMatchObject({ state: 'finished', actions: [{ type: 'receiveGoods' }], done: false })
  expect(afterSecond?.transitions.at(-1)).toBe('states.running.onDone')
})

test('an inner state answers before those around it', () => {
  expect(statesOf('planned', 'release', 'interrupt')).toEqual(['running.qc.open|running.work.waiting', 'planned'])
  expect(statesOf('planned', 'release', 'start', 'interrupt', 'resume').slice(2)).toEqual([
    'running.qc.open|running.work.busy.paused',
    'running.qc.open|running.work.busy.active',
  ])
})

test('a final state at the top ends the life', () => {
  expect(walk('finished', 'archive')[0]).toMatchObject({ state: 'archived', done: true })
  expect(describeState(compiled, 'archived')?.done).toBe(true)
  expect(describeState(compiled, 'finished')?.done).toBe(false)
})

test('without a target the state stays and the actions still run', () => {
  const order = compileWorkflow(salesOrder, registry)
  expect(transition(order, { state: 'confirmed', event: 'change', document: {}, facts: {}, roles: [] })).toMatchObject({
    ok: true, state: 'confirmed', actions: [{ type: 'recordChange' }, { type: 'reserveStock' }], timers: { start: [], cancel: [] },
  })
})

test('a target is looked up next to the state, then further out; with a dot inside', () => {
  const label = { en: 'L', zh: '标' }
  const definition = {
    slug: 'scopes', version: 1, entity: 'e', label, initial: 'outer',
    events: { near: { label }, far: { label }, deep: { label }, inner: { label } },
    states: {
      outer: {
        label, initial: 'one', on: { inner: { target: '.shared' }, deep: { target: 'other.leaf' } },
        states: { one: { label, on: { near: { target: 'shared' }, far: { target: 'top' } } }, shared: { label } },
      },
      shared: { label },
      top: { label },
      other: { label, initial: 'first', states: { first: { label }, leaf: { label } } },
    },
  }
  const scoped = compileWorkflow(definition, registry)
  const target = (event: string) => {
    const result = transition(scoped, { state: 'outer.one', event, document: {}, facts: {}, roles: [] })
    return result.ok && result.state
  }
  expect(['near', 'far', 'deep', 'inner'].map(target)).toEqual(['outer.shared', 'top', 'other.leaf', 'outer.shared'])
})

test('a state is described as people see it: the inner state decides, all regions must agree', () => {
  expect(describeState(compiled, 'running.qc.open|running.work.busy.paused')).toEqual({
    label: { en: 'Running / Inspection / Open + Running / Work / Busy / Paused', zh: '生产中 / 检验 / 待检，生产中 / 加工 / 加工中 / 暂停' },
    tone: 'warning', editable: false, discardable: false, done: false,
  })
  expect(describeState(compiled, 'running.qc.passed|running.work.waiting')).toMatchObject({ tone: 'waiting', editable: true, discardable: false })
  expect(describeState(compileWorkflow(salesOrder, registry), 'draft')).toMatchObject({ editable: true, discardable: true, tone: 'neutral' })
  expect(describeState(compiled, 'nowhere')).toBeUndefined()
})
