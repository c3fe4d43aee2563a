import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { StateDefinition, WorkflowDefinition } from '../../../config/language/workflow.ts'
import { availableEvents, requiredFacts } from '../../../workflows/engine/available.ts'
import { checkDefinition } from '../../../workflows/engine/check-definition.ts'
import { compileWorkflow, type CompiledWorkflow } from '../../../workflows/engine/compile.ts'
import { transitionKeys, transitionPaths } from '../../../workflows/engine/paths.ts'
import { replay, type RecordedStep } from '../../../workflows/engine/replay.ts'
import { startWorkflow, transition, type Step } from '../../../workflows/engine/transition.ts'
import { anyDefinition, anyFacts, anyRoles, eventNames, randomRegistry } from './random-workflow.ts'

const runsOf = (full: number) => (process.env.TEST_BUDGET === 'full' ? full * 5 : Math.ceil(full / 2))

/** Left out are those with joins that may never end, which the check refuses. */
const anyCompiled: fc.Arbitrary<CompiledWorkflow> = anyDefinition
  .filter((definition) => checkDefinition(definition, randomRegistry).every(({ severity }) => severity === 'warning'))
  .map((definition) => compileWorkflow(definition, randomRegistry))

const anyStep = fc.record({ event: fc.constantFrom(...eventNames), facts: anyFacts, roles: anyRoles, reason: fc.constantFrom(undefined, 'because') })
const anySteps = fc.array(anyStep, { maxLength: 25 })
const document = {}

test('random definitions are worth testing: many compile, with joins, regions, timers and depth', () => {
  const sample = fc.sample(anyDefinition, { numRuns: 400, seed: 7 })
  const good = sample.filter((definition) => checkDefinition(definition, randomRegistry).every(({ severity }) => severity === 'warning'))
  const texts = good.map((definition) => JSON.stringify(definition))
  expect(good.length).toBeGreaterThan(100)
  for (const part of ['"onDone"', '"parallel"', '"after"', '"final"', '"shallow"', '"deep"', '.back"']) expect(texts.filter((text) => text.includes(part)).length).toBeGreaterThan(20)
})

test('whatever happens, the state is a state of the definition, and its snapshot says the same', () => {
  fc.assert(fc.property(anyCompiled, anySteps, (compiled, steps) => {
    let { state, snapshot } = startWorkflow(compiled)
    expect(isConfiguration(compiled.definition, state)).toBe(true)
    for (const step of steps) {
      const result = transition(compiled, { snapshot, document, ...step })
      if (!result.ok) continue
      expect(isConfiguration(compiled.definition, result.state)).toBe(true)
      expect(transition(compiled, { state: result.state, ...memoryIn(result), document, ...step })).toEqual(transition(compiled, { snapshot: JSON.parse(JSON.stringify(result.snapshot)), document, ...step }))
      expect(result.transitions.length).toBeGreaterThan(0)
      ;({ state, snapshot } = result)
    }
  }), { numRuns: runsOf(300) })
})

test('an event is allowed exactly when sending it succeeds; what is not listed is refused', () => {
  fc.assert(fc.property(anyCompiled, anySteps, (compiled, steps) => {
    let { snapshot } = startWorkflow(compiled)
    for (const { event, facts, roles } of steps) {
      const offered = availableEvents(compiled, { snapshot, document, facts, roles })
      for (const name of eventNames) {
        const result = transition(compiled, { snapshot, event: name, document, facts, roles, reason: 'because' })
        const offer = offered.find((item) => item.event === name)
        if (offer) expect({ allowed: offer.allowed, refusals: offer.refusals }).toEqual({ allowed: result.ok, refusals: result.ok ? [] : result.refusals })
        else expect(result.ok && compiled.definition.events[name]?.roles?.join() !== 'system').toBe(false)
      }
      const taken = transition(compiled, { snapshot, event, document, facts, roles, reason: 'because' })
      if (taken.ok) ({ snapshot } = taken)
    }
  }), { numRuns: runsOf(150) })
})

test('a refusal changes nothing and always has a reason', () => {
  fc.assert(fc.property(anyCompiled, anySteps, (compiled, steps) => {
    let { snapshot } = startWorkflow(compiled)
    for (const step of steps) {
      const before = JSON.stringify(snapshot)
      const result = transition(compiled, { snapshot, document, ...step })
      if (result.ok) ({ snapshot } = result)
      else {
        expect(JSON.stringify(snapshot)).toBe(before)
        expect(result.refusals.length).toBeGreaterThan(0)
        expect(result.refusals.every(({ message }) => message.en !== '' && message.zh !== '')).toBe(true)
      }
    }
  }), { numRuns: runsOf(150) })
})

test('replaying a history gives the live state and the same arrows', () => {
  fc.assert(fc.property(anyCompiled, anySteps, (compiled, steps) => {
    const start = startWorkflow(compiled)
    let { state, snapshot } = start
    const history: RecordedStep[] = []
    const arrows = [...start.transitions]
    for (const step of steps) {
      const result = transition(compiled, { snapshot, document, ...step })
      if (!result.ok) continue
      ;({ state, snapshot } = result)
      history.push(JSON.parse(JSON.stringify({ event: step.event, guards: result.guards, state })))
      arrows.push(...result.transitions)
    }
    expect(replay(compiled, { steps: history })).toEqual({ state, ...memoryIn({ snapshot }), transitions: arrows })
  }), { numRuns: runsOf(300) })
})

test('the running timers are those of the active states', () => {
  fc.assert(fc.property(anyCompiled, anySteps, (compiled, steps) => {
    let { state, snapshot, timers } = startWorkflow(compiled)
    const running = new Set<string>()
    const apply = () => {
      for (const key of timers.cancel) expect(running.delete(key)).toBe(true)
      for (const { key } of timers.start) {
        expect(running.has(key)).toBe(false)
        running.add(key)
      }
    }
    apply()
    for (const step of steps) {
      const result = transition(compiled, { snapshot, document, ...step })
      if (!result.ok) continue
      ;({ state, snapshot, timers } = result)
      apply()
      expect([...running].sort()).toEqual(result.done ? [] : activeTimers(compiled.definition, state))
    }
  }), { numRuns: runsOf(300) })
})

test('the facts that are named are enough', () => {
  fc.assert(fc.property(anyCompiled, anySteps, (compiled, steps) => {
    let { snapshot } = startWorkflow(compiled)
    for (const { event, facts, roles } of steps) {
      const only = (names: readonly string[]) => Object.fromEntries(Object.entries(facts).filter(([name]) => names.includes(name)))
      availableEvents(compiled, { snapshot, document, roles, facts: only(requiredFacts(compiled, { snapshot })) })
      const result = transition(compiled, { snapshot, event, document, roles, reason: 'r', facts: only(requiredFacts(compiled, { snapshot, event })) })
      if (result.ok) ({ snapshot } = result)
    }
  }), { numRuns: runsOf(100) })
})

test('the paths reach every state and every arrow that random walks reach', () => {
  fc.assert(fc.property(anyCompiled, anySteps, (compiled, steps) => {
    const { paths, states, places, unreachable, truncated } = transitionPaths(compiled)
    expect(truncated).toBe(false)
    expect([...paths.map(({ transition: key }) => key), ...unreachable].sort()).toEqual(transitionKeys(compiled).sort())
    for (const path of paths) {
      const result = replay(compiled, { steps: path.steps })
      expect(result.divergence).toBeUndefined()
      expect(result.transitions).toContain(path.transition)
    }
    let { state, snapshot } = startWorkflow(compiled)
    for (const { event, facts } of steps) {
      expect(states).toContain(state)
      expect(places).toContainEqual({ state, ...memoryIn({ snapshot }) })
      const result = transition(compiled, { snapshot, event, document, facts, roles: ['owner', 'system', 'clerk', 'boss'], reason: 'r' })
      if (!result.ok) continue
      ;({ state, snapshot } = result)
      for (const key of result.transitions) expect(unreachable).not.toContain(key)
    }
  }), { numRuns: runsOf(100) })
})

test('a flat definition does what ten lines of our own say', () => {
  fc.assert(fc.property(anyCompiled, anySteps, (compiled, steps) => {
    fc.pre(Object.values(compiled.definition.states).every((state) => !state.states))
    let { state } = startWorkflow(compiled)
    for (const { event, facts } of steps) {
      const result = transition(compiled, { state, event, document, facts, roles: ['owner', 'system', 'clerk', 'boss'], reason: 'r' })
      const candidates = [compiled.definition.states[state]?.on?.[event] ?? []].flat()
      const taken = candidates.find(({ guards = [] }) => guards.every(({ type }) => Object.entries(facts).some(([fact, holds]) => holds && fact.slice(1) === type.slice(1))))
      expect(result.ok).toBe(taken !== undefined)
      if (!result.ok || !taken) continue
      expect(result.state).toBe(taken.target ?? state)
      expect(result.actions).toEqual(taken.actions ?? [])
      ;({ state } = result)
    }
  }), { numRuns: runsOf(60) })
})

const memoryIn = ({ snapshot: { memory } }: Pick<Step, 'snapshot'>) => (memory ? { memory } : {})

/** Reads the definition only: in each state exactly one inner state, in each parallel state all regions. */
function isConfiguration({ states }: WorkflowDefinition, text: string): boolean {
  const fits = (children: Readonly<Record<string, StateDefinition>>, paths: readonly string[][], parallel: boolean): boolean => {
    const names = new Set(paths.map(([name]) => name ?? ''))
    if (parallel ? names.size !== Object.values(children).filter(({ type }) => type !== 'history').length : names.size !== 1) return false
    return [...names].every((name) => {
      const child = Object.hasOwn(children, name) ? children[name] : undefined
      const rest = paths.filter(([first]) => first === name).map((path) => path.slice(1))
      if (!child || child.type === 'history') return false
      return child.states ? fits(child.states, rest, child.type === 'parallel') : rest.length === 1 && rest[0]?.length === 0
    })
  }
  return fits(states, text.split('|').map((path) => path.split('.')), false)
}

function activeTimers({ states }: WorkflowDefinition, text: string): string[] {
  const keys = new Set<string>()
  for (const path of text.split('|')) {
    let children: Readonly<Record<string, StateDefinition>> | undefined = states
    path.split('.').forEach((name, depth, names) => {
      const state: StateDefinition | undefined = children?.[name]
      for (const delay of Object.keys(state?.after ?? {})) keys.add(`${names.slice(0, depth + 1).join('.')}:${delay}`)
      children = state?.states
    })
  }
  return [...keys].sort()
}
