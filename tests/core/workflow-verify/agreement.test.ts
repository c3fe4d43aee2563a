import fc from 'fast-check'
import { expect, test } from 'vitest'
import { checkDefinition } from '../../../workflows/engine/check-definition.ts'
import { compileWorkflow, type CompiledWorkflow } from '../../../workflows/engine/compile.ts'
import { resolveTarget } from '../../../workflows/engine/nodes.ts'
import { transitionPaths } from '../../../workflows/engine/paths.ts'
import { replay } from '../../../workflows/engine/replay.ts'
import { placeKey } from '../../../workflows/engine/memory.ts'
import { startWorkflow, transition } from '../../../workflows/engine/transition.ts'
import { chartOf } from '../../../workflows/engine/verify/chart.ts'
import { explore } from '../../../workflows/engine/verify/explore.ts'
import { textOf, type Remembered } from '../../../workflows/engine/verify/step.ts'
import { verifyWorkflow } from '../../../workflows/engine/verify/verify-workflow.ts'
import { anyDefinition, eventNames, randomRegistry } from '../workflow-engine/random-workflow.ts'

const full = process.env.TEST_BUDGET === 'full'

const anyDefined = anyDefinition
  .filter((definition) => checkDefinition(definition, randomRegistry).every(({ severity }) => severity === 'warning'))

test('the search reaches the states and takes the arrows that the engine does, no more and no less', () => {
  let remembering = 0
  fc.assert(fc.property(anyDefined, (definition) => {
    const compiled = compileWorkflow(definition, randomRegistry)
    const { states, places, unreachable } = transitionPaths(compiled)
    const chart = chartOf(compiled)
    const explored = explore(chart, randomRegistry, 50_000)
    expect(explored.complete).toBe(true)
    expect([...new Set(explored.reached.map(({ state }) => state))].sort()).toEqual([...states].sort())
    // The same memories, too.
    expect(explored.reached).toHaveLength(places.length)
    expect(explored.reached.map(({ state, memory }) => placeKey({ state, memory: textsOf(memory) })).sort()).toEqual(places.map(placeKey).sort())
    if (places.length > states.length) remembering += 1
    expect(unreachable.filter((key) => explored.taken.has(key))).toEqual([])
  }), { numRuns: full ? 400 : 50 })
  expect(remembering).toBeGreaterThan(5)
})

test('every outcome of guards, sent through the engine: what is called unreachable is not reached, and no trap is left', () => {
  fc.assert(fc.property(anyDefined, (definition) => {
    const compiled = compileWorkflow(definition, randomRegistry)
    const { findings } = verifyWorkflow(compiled.definition, randomRegistry)
    const engine = everywhere(compiled)
    const targets = [...engine.values()].flatMap(({ taken }) => taken.flatMap((key) => targetOf(compiled, key)))
    const active = new Set([...[...engine.values()].map(({ state }) => state), ...targets].flatMap((state) => state.split('|').flatMap((path) => path.split('.').map((_, depth, names) => names.slice(0, depth + 1).join('.')))))
    for (const { code, path, example } of findings) {
      if (code === 'workflow.unreachable') expect(active).not.toContain(path.replace(/^states\./, '').replaceAll('.states.', '.'))
      if (['workflow.never-taken', 'workflow.join-never-done', 'workflow.guards-contradict'].includes(code)) expect([...engine.values()].flatMap(({ taken }) => taken)).not.toContain(path)
      if (!['workflow.trap', 'workflow.deadlock', 'workflow.stuck', 'workflow.no-way-to-end'].includes(code)) continue
      if (findings.some((one) => one.code === 'workflow.no-end')) continue
      const { state, memory } = replay(compiled, { steps: example ?? [] })
      expect(reachableFrom(engine, placeKey({ state, memory })).filter((place) => engine.get(place)?.isDone)).toEqual([])
    }
  }), { numRuns: full ? 300 : 40 })
})

test('conversely, where the engine cannot come to an end any more, something certain is said', () => {
  let traps = 0
  fc.assert(fc.property(anyDefined, (definition) => {
    const compiled = compileWorkflow(definition, randomRegistry)
    fc.pre(Object.values(compiled.definition.states).some(({ type }) => type === 'final'))
    const engine = everywhere(compiled)
    const trapped = [...engine.keys()].some((from) => !reachableFrom(engine, from).some((place) => engine.get(place)?.isDone))
    const { findings } = verifyWorkflow(compiled.definition, randomRegistry)
    expect(findings.some(({ code, certainty }) => certainty === 'certain' && ['workflow.trap', 'workflow.deadlock', 'workflow.stuck', 'workflow.no-way-to-end'].includes(code))).toBe(trapped)
    if (trapped) traps += 1
  }), { numRuns: full ? 300 : 40 })
  expect(traps).toBeGreaterThan(5)
})

test('every counter-example is a history that the engine replays, to the place it claims', () => {
  let examples = 0
  fc.assert(fc.property(anyDefined, (definition) => {
    const compiled = compileWorkflow(definition, randomRegistry)
    for (const { example } of verifyWorkflow(compiled.definition, randomRegistry).findings) {
      if (!example) continue
      examples += 1
      const result = replay(compiled, { steps: example })
      expect(result.divergence).toBeUndefined()
      expect(result.state).toBe(example.at(-1)?.to ?? compiled.initial.configuration.state)
      example.forEach(({ from }, index) => expect(from).toBe(example[index - 1]?.to ?? compiled.initial.configuration.state))
    }
  }), { numRuns: full ? 400 : 50 })
  expect(examples).toBeGreaterThan(150)
})

test('what is certain when the bound cuts the search off is certain without it', () => {
  fc.assert(fc.property(anyDefined, fc.integer({ min: 1, max: 40 }), (definition, limit) => {
    const [cut, full] = [{ limit }, {}].map((options) => verifyWorkflow(definition, randomRegistry, options))
    if (cut?.complete) expect(cut).toEqual(full)
    if (cut?.blocked) expect(full?.blocked).toBe(true)
  }), { numRuns: full ? 1_000 : 120 })
})

const textsOf = (memory: Remembered) => (memory.size === 0 ? undefined : Object.fromEntries([...memory].map(([history, left]) => [history.path, textOf(left)])))

/** An arrow that was taken entered its target, even if a join left it at once. */
function targetOf({ nodes }: CompiledWorkflow, key: string): string[] {
  return [...nodes.values()].flatMap((node) => node.candidates.filter((one) => one.key === key).flatMap(({ target }) => (target === undefined ? [] : resolveTarget(nodes, node, target)?.path ?? [])))
}

type Place = { readonly state: string; readonly isDone: boolean; readonly next: ReadonlySet<string>; readonly taken: readonly string[] }

/** All that the engine can do: from each state, with each memory, each event with all sixteen outcomes of the four guards, through `transition`. */
function everywhere(compiled: CompiledWorkflow): Map<string, Place> {
  const places = new Map<string, Place>()
  const { state: initial, snapshot: begun, done: isOver } = startWorkflow(compiled)
  const queue = [{ state: initial, snapshot: begun, done: isOver }]
  const first = compiled.initial.effects.transitions
  for (const { state, snapshot, done } of queue) {
    const key = placeKey({ state, memory: snapshot.memory })
    if (places.has(key)) continue
    const next = new Set<string>()
    const taken = new Set<string>(first)
    for (const event of eventNames) {
      for (let row = 0; row < 16; row += 1) {
        const facts = Object.fromEntries([0, 1, 2, 3].map((n) => [`f${n}`, (row >> n) % 2 === 1]))
        const result = transition(compiled, { snapshot, event, document: {}, facts, roles: ['owner', 'system', 'clerk', 'boss'], reason: 'r' })
        if (!result.ok) continue
        next.add(placeKey({ state: result.state, memory: result.snapshot.memory }))
        queue.push(result)
        for (const arrow of result.transitions) taken.add(arrow)
      }
    }
    places.set(key, { state, isDone: done, next, taken: [...taken] })
  }
  return places
}

function reachableFrom(places: ReadonlyMap<string, Place>, from: string): string[] {
  const seen = new Set([from])
  for (const state of seen) for (const next of places.get(state)?.next ?? []) seen.add(next)
  return [...seen]
}
