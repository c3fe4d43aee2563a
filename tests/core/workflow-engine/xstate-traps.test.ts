import { createMachine, initialTransition, setup, transition as xstateTransition } from 'xstate'
import { adjacencyMapToArray, getAdjacencyMap } from 'xstate/graph'
import { expect, test } from 'vitest'
import { checkDefinition } from '../../../workflows/engine/check-definition.ts'
import { compileWorkflow } from '../../../workflows/engine/compile.ts'
import { transitionPaths } from '../../../workflows/engine/paths.ts'
import { transition } from '../../../workflows/engine/transition.ts'
import { production, productionRegistry } from './production.ts'
import { registry, salesOrder } from './sales-order.ts'

// Each test shows what XState does by itself, and that ours does not depend on it. One that fails after an update of
// XState tells that a precaution may have become unnecessary, or not to suffice any more.

const join = {
  initial: 'p',
  states: {
    p: { type: 'parallel' as const, onDone: 'after', states: { a: { initial: 'x', states: { x: { on: { A: 'y' } }, y: { type: 'final' as const } } }, b: { initial: 'x', states: { x: { on: { B: 'y' } }, y: { type: 'final' as const } } } } },
    after: {},
  },
}

test('the graph of XState passes a join too early; our paths do not', () => {
  const machine = createMachine(join)
  const steps = adjacencyMapToArray(getAdjacencyMap(machine, {}))
  const first = initialTransition(machine)[0]
  const early = steps.filter(({ state, nextState }) => JSON.stringify(state.value) === JSON.stringify(first.value) && nextState.value === 'after')
  expect(early.map(({ event }) => event.type)).toEqual(['xstate.done.state.(machine).p'])

  const { paths } = transitionPaths(compileWorkflow(production, productionRegistry))
  expect(paths.every(({ steps }) => steps.every(({ event }) => Object.hasOwn(production.events, event)))).toBe(true)
  const toJoin = paths.find(({ transition: key }) => key.endsWith('onDone'))
  expect(toJoin?.steps.map(({ event }) => event)).toEqual(expect.arrayContaining(['accept', 'finish']))
})

test('nobody can send the done events of XState through the engine', () => {
  const compiled = compileWorkflow(production, productionRegistry)
  const state = 'running.qc.open|running.work.waiting'
  const result = transition(compiled, { state, event: 'xstate.done.state.workflow.running', document: {}, facts: { samples: 1 }, roles: ['system'] })
  expect(result).toMatchObject({ ok: false, refusals: [{ code: 'workflow.event-unknown' }] })
})

test('an unknown guard throws only at the transition, an unknown action never; ours are found when the definition is checked', () => {
  const guarded = createMachine({ initial: 'a', states: { a: { on: { GO: { target: 'b', guard: 'nope' } } }, b: {} } })
  expect(() => xstateTransition(guarded, initialTransition(guarded)[0], { type: 'GO' })).toThrow(/nope/)
  const acting = createMachine({ initial: 'a', states: { a: { on: { GO: { target: 'b', actions: 'nope' } } }, b: {} } })
  expect(xstateTransition(acting, initialTransition(acting)[0], { type: 'GO' })[0].value).toBe('b')

  const on = { cancel: { target: 'cancelled', guards: [{ type: 'nope' }], actions: [{ type: 'nope' }] } }
  const broken = { ...salesOrder, states: { ...salesOrder.states, review: { ...salesOrder.states.review, on: { ...salesOrder.states.review.on, ...on } } } }
  expect(checkDefinition(broken, registry).map(({ path }) => path)).toEqual(['states.review.on.cancel.guards[0]', 'states.review.on.cancel.actions[0]'])
})

test('what an event carries is lost across internal events; our guards are judged before and joins have none', () => {
  const seen: unknown[] = []
  const machine = setup({ guards: { see: ({ event }) => (seen.push(event), true) } }).createMachine({
    initial: 'p',
    states: { p: { initial: 'x', onDone: { target: 'after', guard: 'see' }, states: { x: { on: { GO: { target: 'y', guard: 'see' } } }, y: { type: 'final' } } }, after: {} },
  })
  xstateTransition(machine, initialTransition(machine)[0], { type: 'GO', verdicts: { a: true } })
  expect(seen).toEqual([{ type: 'GO', verdicts: { a: true } }, { type: 'xstate.done.state.(machine).p', output: undefined }])

  const guardedJoin = { ...production, states: { ...production.states, running: { ...production.states.running, onDone: { target: 'finished', guards: [{ type: 'sampleTaken' }] } } } }
  expect(checkDefinition(guardedJoin, productionRegistry).map(({ code, path }) => [code, path])).toEqual([['workflow.unknown-key', 'states.running.onDone.guards']])
})

test('eventless steps are invisible to the graph; the language has none but joins, and these are reported', () => {
  const eventless = { ...salesOrder, states: { ...salesOrder.states, review: { ...salesOrder.states.review, always: { target: 'draft' } } } }
  expect(checkDefinition(eventless, registry).map(({ path }) => path)).toEqual(['states.review.always'])
  const result = transition(compileWorkflow(production, productionRegistry), { state: 'running.qc.passed|running.work.busy.active', event: 'finish', document: {}, facts: {}, roles: [] })
  expect(result).toMatchObject({ ok: true, state: 'finished', transitions: ['states.running.states.work.states.busy.on.finish', 'states.running.onDone'] })
})

test('a snapshot of XState goes into any machine that has the state; ours is tied to its definition', () => {
  const [first, second] = ['1', '2'].map((version) => createMachine({ version, initial: 'a', states: { a: { on: { GO: version === '1' ? 'b' : 'c' } }, b: {}, c: {} } }))
  if (!first || !second) throw new Error('two machines')
  const foreign = second.resolveState(JSON.parse(JSON.stringify(initialTransition(first)[0])))
  expect(foreign.status).toBe('active')
  expect(xstateTransition(second, foreign, { type: 'GO' })[0].value).toBe('c')

  const old = compileWorkflow(salesOrder, registry)
  const renewed = compileWorkflow({ ...salesOrder, version: 2 }, registry)
  const snapshot = { definitionHash: old.hash, value: 'draft' }
  expect(transition(renewed, { snapshot, event: 'cancel', document: {}, facts: {}, roles: [], reason: 'r' })).toMatchObject({ ok: false, refusals: [{ code: 'workflow.definition-mismatch' }] })
})

test('an event named "*" would match every event of XState; the language refuses such names', () => {
  const wild = createMachine({ initial: 'a', states: { a: { on: { '*': 'b' } }, b: {} } })
  expect(xstateTransition(wild, initialTransition(wild)[0], { type: 'anything' })[0].value).toBe('b')
  const events = { ...salesOrder.events, '*': salesOrder.events.submit }
  expect(checkDefinition({ ...salesOrder, events }, registry)).toMatchObject([{ code: 'workflow.bad-name', path: 'events.*' }])
})

test('a join that leads back to itself never ends in XState; the check finds it', () => {
  const states = { ...salesOrder.states, loop: { label: salesOrder.label, initial: 'end', states: { end: { label: salesOrder.label, type: 'final' } }, onDone: { target: 'loop' } } }
  expect(checkDefinition({ ...salesOrder, states }, registry).filter(({ severity }) => severity === 'error')).toMatchObject([{ code: 'workflow.join-loop', path: 'states.loop.onDone' }])
})
