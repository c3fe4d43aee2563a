import { describe, expect, it } from 'vitest'
import { mapOf } from '../../../admin/process/process-map.ts'
import type { WorkflowDefinition } from '../../../config/language/workflow.ts'
import { checkDefinition } from '../../../workflows/engine/check-definition.ts'
import { compileWorkflow, type CompiledWorkflow } from '../../../workflows/engine/compile.ts'
import { wayOf } from '../../../workflows/engine/lives/ways.ts'
import { memoryUnder, replayUnder } from '../../../workflows/engine/migrate.ts'
import { statechart } from '../../../workflows/engine/picture.ts'
import { replay } from '../../../workflows/engine/replay.ts'
import { startWorkflow, transition, type Step } from '../../../workflows/engine/transition.ts'
import { coverWorkflow } from '../../../workflows/engine/verify/cover.ts'
import { verifyWorkflow } from '../../../workflows/engine/verify/verify-workflow.ts'
import { flow, sketchRegistry, type Sketch } from '../workflow-verify/flow.ts'

const compiledOf = (sketch: Sketch): CompiledWorkflow => compileWorkflow(flow(sketch), sketchRegistry)

/** Sends events one after the other, by what would be stored; the states that they lead to. */
function walk(compiled: CompiledWorkflow, events: string): { readonly states: string[]; readonly last: Step } {
  let last: Step = startWorkflow(compiled)
  const states = [last.state]
  for (const event of events.split(' ').filter(Boolean)) {
    const result = transition(compiled, { snapshot: JSON.parse(JSON.stringify(last.snapshot)), event, document: {}, facts: {}, roles: ['owner', 'system'] })
    if (!result.ok) throw new Error(result.refusals[0]?.message.en)
    last = result
    states.push(result.state)
  }
  return { states, last }
}

// After the tests of the W3C for SCXML 1.0, section 3.10 (https://www.w3.org/TR/scxml/#history); the numbers are theirs.
describe('history as SCXML has it', () => {
  const s0 = { s01: ['', { s011: 'in>s012', s012: 'out>s1 aside>s2', s013: '' }], s02: ['', { s021: '', s022: '' }], shallow: 'H>s01', deep: 'H*>s02.s022' } as const
  const compiled = compiledOf({ s3: 'flat>s0.shallow far>s0.deep go>s0', s0: ['', s0], s1: 'deep>s0.deep', s2: 'shallow>s0.shallow' })

  it('387: nothing remembered, it leads to its default target, and on to where that begins', () => {
    expect(walk(compiled, 'flat').states).toEqual(['s3', 's0.s01.s011'])
    expect(walk(compiled, 'far').states).toEqual(['s3', 's0.s02.s022'])
  })

  it('388: deep leads back to the innermost state, shallow to the one directly inside, which then begins anew', () => {
    expect(walk(compiled, 'go in out deep aside shallow').states).toEqual(['s3', 's0.s01.s011', 's0.s01.s012', 's1', 's0.s01.s012', 's2', 's0.s01.s011'])
  })

  it('580: it is never a state that a document stands in', () => {
    expect(compiled.configuration('s0.shallow')).toBeUndefined()
    expect(walk(compiled, 'flat').last.snapshot).toEqual({ definitionHash: compiled.hash, value: { s0: { s01: 's011' } } })
  })

  it('remembers each time the state is left, and only then', () => {
    const work = compiledOf({ w: ['off>p', { a: 'go>b', b: 'go>c', c: '', h: 'H>a' }], p: 'back>w.h anew>w' })
    expect(walk(work, 'go off back go off back off anew off back').states).toEqual(['w.a', 'w.b', 'p', 'w.b', 'w.c', 'p', 'w.c', 'p', 'w.a', 'p', 'w.a'])
    expect(walk(work, 'go').last.snapshot).not.toHaveProperty('memory')
    expect(walk(work, 'go off').last.snapshot.memory).toEqual({ 'w.h': 'w.b' })
  })

  it('of regions side by side each goes on where it was', () => {
    const sides = compiledOf({ w: ['parallel off>p', { a: ['', { x: 'a>y', y: '' }], b: ['', { x: 'b>y', y: '' }], h: 'H*>a.y', flat: 'H>a' }], p: 'back>w.h flat>w.flat' })
    expect(walk(sides, 'b off back').states.at(-1)).toBe('w.a.x|w.b.y')
    expect(walk(sides, 'b off').last.snapshot.memory).toEqual({ 'w.flat': 'w.a|w.b', 'w.h': 'w.a.x|w.b.y' })
    expect(walk(sides, 'b off flat').states.at(-1)).toBe('w.a.x|w.b.x')
  })

  it('one inside another, and the timers of what is entered begin again', () => {
    const nested = compiledOf({ o: ['off>p', { w: ['@P1D:late late>', { a: 'go>b', b: '', h: 'H>a' }], v: 'in>w.h', deep: 'H*>v' }], p: 'back>o.deep' })
    const { states, last } = walk(nested, 'go off back')
    expect(states).toEqual(['o.w.a', 'o.w.b', 'p', 'o.w.b'])
    expect(last.timers.start.map(({ key }) => key)).toEqual(['o.w:P1D'])
  })

  it('a state that was over when it was left is over at once when it is entered again', () => {
    const over = compiledOf({ w: ['done>p', { a: 'do>f', f: 'final', h: 'H>a' }], p: 'back>w.h anew>w' })
    expect(walk(over, 'do back').states).toEqual(['w.a', 'p', 'p'])
    expect(walk(over, 'do back').last.transitions).toEqual(['states.p.on.back', 'states.w.onDone'])
  })
})

describe('what is remembered', () => {
  const sketch: Sketch = { w: ['off>p', { a: 'go>b', b: ['', { x: 'in>y', y: '' }], h: 'H>a', deep: 'H*>a' }], p: 'back>w.h deep>w.deep end>z', z: 'final' }
  const compiled = compiledOf(sketch)

  it('is the same when the history is replayed', () => {
    const events = ['go', 'in', 'off', 'deep', 'off', 'back']
    const { last } = walk(compiled, events.join(' '))
    const replayed = replay(compiled, { steps: events.map((event) => ({ event, guards: {} })) })
    expect(replayed).toMatchObject({ state: 'w.b.x', memory: { 'w.h': 'w.b', 'w.deep': 'w.b.y' } })
    expect(replayed.memory).toEqual(last.snapshot.memory)
  })

  it('is forgotten where what is stored is damaged or no longer there', () => {
    for (const memory of [{ 'w.h': 'w.nothing' }, { 'w.h': 'p' }, { 'w.h': 'w.b.x' }, { 'w.h': 'w.a|w.b' }, { 'w.deep': 'w.b' }, { p: 'w.a' }, { 'w.h': 7 }, 'w.a', null, { 'w.h': '' }, { 'constructor': 'w.a' }]) {
      expect(compiled.configuration('p', memory as never)).toMatchObject({ state: 'p' })
      expect(compiled.configuration('p', memory as never)).not.toHaveProperty('memory')
    }
    expect(transition(compiled, { state: 'p', memory: { 'w.h': 'w.gone' }, event: 'back', document: {}, facts: {}, roles: ['owner'] })).toMatchObject({ ok: true, state: 'w.a' })
  })

  it('goes along to another version: kept, mapped with the plan, or forgotten', () => {
    const { w: _, ...others } = sketch
    const renamed = compiledOf({ w: ['off>p', { a: 'go>c', c: ['', { x: 'in>v', v: '' }], h: 'H>a', deep: 'H*>a' }], ...others })
    const memory = { 'w.h': 'w.b', 'w.deep': 'w.b.y' }
    expect(memoryUnder(compiled, memory)).toEqual(memory)
    expect(memoryUnder(renamed, memory)).toBeUndefined()
    expect(memoryUnder(renamed, memory, { 'w.b.y': 'w.c.v', 'w.b.x': 'w.c.x' })).toEqual({ 'w.h': 'w.c', 'w.deep': 'w.c.v' })
    // The plan leads out of the state: there is nothing to go back to.
    expect(memoryUnder(renamed, memory, { 'w.b.y': 'p', 'w.b.x': 'p' })).toBeUndefined()
    expect(memoryUnder(compiledOf({ w: ['off>p', { a: '' }], p: 'back>w end>z', z: 'final' }), memory)).toBeUndefined()
    const steps = [{ event: 'deep', guards: {}, state: 'w.b.y' }]
    expect(replayUnder(renamed, { begin: 'p', memory, steps }, { 'w.b.y': 'w.c.v', 'w.b.x': 'w.c.x' })).toMatchObject({ state: 'w.c.v', transitions: ['states.p.on.deep'] })
    expect(replayUnder(renamed, { begin: 'p', memory, steps }, {})).toMatchObject({ divergence: { step: 0 } })
  })

  it('is found again in what happened: a step back is no deviation', () => {
    expect(wayOf(compiled, { kind: 'event', from: 'p', to: 'w.b.y', event: 'deep' })).toEqual({ arrows: ['states.p.on.deep'] })
    expect(wayOf(compiled, { kind: 'event', from: 'p', to: 'w.b.x', event: 'back' })).toEqual({ arrows: ['states.p.on.back'] })
    expect(wayOf(compiled, { kind: 'event', from: 'p', to: 'w.a', event: 'back' })).toEqual({ arrows: ['states.p.on.back'] })
    expect(wayOf(compiled, { kind: 'event', from: 'p', to: 'w.b.y', event: 'back' })).toEqual({ deviation: 'step' })
  })

  it('is walked through: every arrow, also those that need something remembered', () => {
    const onlyBack = compiledOf({ s: 'go>w', w: ['off>p', { a: 'go>b', b: 'see>c', c: 'end>z', h: 'H>a' }], p: 'back>w.h', z: 'final' })
    expect(coverWorkflow(onlyBack)).toMatchObject({ missing: [], complete: true })
    // s, z; a, b, c with nothing remembered; p with each of them; and what follows each way back: 3 + 2 + 1.
    expect(verifyWorkflow(onlyBack.definition, sketchRegistry)).toMatchObject({ passed: true, configurations: 2 + 3 + 3 + 3 + 2 + 1 })
  })
})

it('is no state on the map of what happened: there the states stand that documents came to', () => {
  const picture = statechart(flow({ w: ['off>p', { a: 'go>b', b: '', h: 'H>a' }], p: 'back>w.h' }))
  const arrows = picture.edges.map((edge) => ({ ...edge, event: edge.event ?? null, automatic: false, roles: [], guards: [], actions: [], delay: null }))
  const map = mapOf({ picture: { entity: 'sketches', slug: 'sketch', version: 1, hash: '', label: { en: 'L', zh: '标' }, current: true, nodes: picture.nodes, arrows }, states: [], ways: [] })
  expect(map.nodes.map(({ id }) => id)).toEqual(['w.a', 'w.b', 'p'])
  expect(map.edges.map(({ from, to }) => [from, to])).toEqual([['w.a', 'w.b']])
})

it('says where a history state stands wrong, and what belongs to none', () => {
  const definition = flow({ w: ['off>p', { a: '', h: 'H>a' }], p: 'back>w.h' })
  const wrong = (states: object): string[] => checkDefinition({ ...definition, states: { ...definition.states, ...states } } as WorkflowDefinition, sketchRegistry).filter(({ severity }) => severity === 'error').map(({ code, path }) => `${code} @ ${path}`)
  const { w, p } = definition.states
  expect(wrong({ p: { ...p, history: 'deep', target: 'w' } })).toEqual(['workflow.history-only @ states.p.history', 'workflow.history-only @ states.p.target'])
  expect(wrong({ w: { ...w, states: { ...w?.states, h: { ...w?.states?.h, editable: true, on: { off: {} } } } } })).toEqual(['workflow.history-continues @ states.w.states.h.on', 'workflow.history-continues @ states.w.states.h.editable'])
  expect(wrong({ w: { ...w, states: { ...w?.states, h: { ...w?.states?.h, history: 'wide' } } } })).toEqual(['workflow.wrong-value @ states.w.states.h.history'])
})
