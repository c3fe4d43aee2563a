import fc from 'fast-check'
import { expect, it } from 'vitest'
import type { WorkflowDefinition } from '../../../config/language/workflow.ts'
import { checkDefinition } from '../../../workflows/engine/check-definition.ts'
import { compileWorkflow } from '../../../workflows/engine/compile.ts'
import { fateOf, moveEffects, presentIn, replayUnder } from '../../../workflows/engine/migrate.ts'
import { createRegistry } from '../../../workflows/engine/registry.ts'
import { startWorkflow, transition } from '../../../workflows/engine/transition.ts'
import { anyDefinition, anyFacts, eventNames, randomRegistry } from './random-workflow.ts'

const named = (en: string) => ({ en, zh: en })
const registry = createRegistry({})
const events = { go: { label: named('Go') }, stop: { label: named('Stop') } }
const before = compileWorkflow({
  slug: 'w', version: 1, entity: 'w', label: named('W'), initial: 'draft', events,
  states: {
    draft: { label: named('Draft'), after: { P1D: 'stop', P2D: 'go' }, on: { go: { target: 'checking' }, stop: {} } },
    checking: { label: named('Checking'), on: { go: { target: 'done' } } }, done: { label: named('Done'), type: 'final' },
  },
} satisfies WorkflowDefinition, registry)
const after = compileWorkflow({
  slug: 'w', version: 2, entity: 'w', label: named('W'), initial: 'draft', events,
  states: {
    draft: { label: named('Draft'), after: { P1D: 'stop', P3D: 'go' }, on: { go: { target: 'review' }, stop: {} } },
    review: {
      label: named('Checking'), type: 'parallel', onDone: { target: 'done' },
      states: {
        a: { label: named('A'), initial: 'open', states: { open: { label: named('Open'), on: { go: { target: 'closed' } } }, closed: { label: named('Closed'), type: 'final' } } },
        b: { label: named('B'), initial: 'open', states: { open: { label: named('Open'), on: { stop: { target: 'closed' } } }, closed: { label: named('Closed'), type: 'final' } } },
      },
    },
    done: { label: named('Done'), type: 'final' },
  },
} satisfies WorkflowDefinition, registry)

it('a state that both versions have is safe, another goes where the map says, and stays without one', () => {
  expect(fateOf(after, 'draft')).toEqual({ kind: 'safe', to: 'draft' })
  expect(fateOf(after, 'checking')).toEqual({ kind: 'staying' })
  expect(fateOf(after, 'checking', { checking: 'review.a.open|review.b.open' })).toEqual({ kind: 'mappable', to: 'review.a.open|review.b.open' })
  expect(fateOf(after, 'checking', { checking: 'review.a.open' })).toEqual({ kind: 'staying' })
  expect(fateOf(after, 'draft', { draft: 'done' })).toEqual({ kind: 'mappable', to: 'done' })
  expect(fateOf(after, 'constructor')).toEqual({ kind: 'staying' })
})

it('ends timers that are gone and begins new ones; what both have goes on', () => {
  const { timers } = moveEffects({ from: { compiled: before, state: 'draft' }, to: { compiled: after, state: 'draft' } })
  expect([timers.cancel, timers.start.map(({ key }) => key)]).toEqual([['draft:P2D'], ['draft:P3D']])
  expect(moveEffects({ from: { compiled: before, state: 'draft' }, to: { compiled: after, state: 'done' } }).timers).toEqual({ cancel: ['draft:P1D', 'draft:P2D'], start: [] })
})

it('replays a history under the other version up to the first event that goes another way', () => {
  const steps = [{ event: 'go', guards: {}, state: 'checking' }, { event: 'go', guards: {}, state: 'done' }]
  expect(replayUnder(after, { begin: 'draft', steps }).divergence).toMatchObject({ step: 0, event: 'go' })
  expect(replayUnder(after, { begin: 'draft', steps }, { checking: 'review.a.open|review.b.open' })).toMatchObject({ state: 'review.a.open|review.b.open', divergence: { step: 1, event: 'go' } })
  expect(replayUnder(before, { begin: 'draft', steps })).toMatchObject({ state: 'done' })
})

it('under its own version every state is safe, nothing begins or ends, and every history goes the same way', () => {
  const compiled = anyDefinition.filter((definition) => checkDefinition(definition, randomRegistry).every(({ severity }) => severity === 'warning')).map((definition) => compileWorkflow(definition, randomRegistry))
  fc.assert(fc.property(compiled, fc.array(fc.record({ event: fc.constantFrom(...eventNames), facts: anyFacts }), { maxLength: 15 }), (workflow, tries) => {
    let { snapshot, state } = startWorkflow(workflow)
    const steps: { event: string; guards: Readonly<Record<string, boolean>>; state: string }[] = []
    for (const { event, facts } of tries) {
      expect(fateOf(workflow, state)).toEqual({ kind: 'safe', to: state })
      expect(moveEffects({ from: { compiled: workflow, state }, to: { compiled: workflow, state } })).toEqual({ timers: { cancel: [], start: [] }, deadlines: { cancel: [], start: [] } })
      const result = transition(workflow, { snapshot, event, facts, document: {}, roles: ['owner', 'system'], reason: 'because' })
      if (!result.ok || result.transitions.length === 0) continue
      ;({ snapshot, state } = result)
      steps.push({ event, guards: result.guards, state })
    }
    expect(replayUnder(workflow, { begin: workflow.initial.configuration.state, steps })).toMatchObject({ state })
  }))
})

it('knows every timer that runs in a state: those that its steps have started and not ended', () => {
  const compiled = anyDefinition.filter((definition) => checkDefinition(definition, randomRegistry).every(({ severity }) => severity === 'warning')).map((definition) => compileWorkflow(definition, randomRegistry))
  fc.assert(fc.property(compiled, fc.array(fc.record({ event: fc.constantFrom(...eventNames), facts: anyFacts }), { maxLength: 15 }), (workflow, tries) => {
    let { snapshot, state, timers } = startWorkflow(workflow)
    const running = new Set(timers.start.map(({ key }) => key))
    for (const { event, facts } of tries) {
      const result = transition(workflow, { snapshot, event, facts, document: {}, roles: ['owner', 'system'], reason: 'because' })
      if (!result.ok) continue
      ;({ snapshot, state, timers } = result)
      for (const key of timers.cancel) running.delete(key)
      for (const { key } of timers.start) running.add(key)
    }
    expect(new Set(presentIn(workflow, state).timers.map(({ key }) => key))).toEqual(running)
  }))
})
