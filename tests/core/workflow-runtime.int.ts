import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { integer, text } from '../../config/language/fields.ts'
import { compare, field, setField } from '../../config/language/references.ts'
import type { RevisionInputs, WorkflowLayer } from '../../config/language/revision.ts'
import type { Reference, StateDefinition, TransitionDefinition, WorkflowDefinition } from '../../config/language/workflow.ts'
import { builtPlugins } from '../../config/plugins.ts'
import { shippedRoles } from '../../config/roles.ts'
import { systemActor, type Actor } from '../../plugins/core/access/actor.ts'
import { runCommand } from '../../plugins/core/commands/run-command.ts'
import { openStore } from '../../plugins/core/data/open-store.ts'
import type { Row } from '../../plugins/core/data/store.ts'
import { ProblemError } from '../../plugins/core/errors.ts'
import { drainWork } from '../../plugins/core/events/runner.ts'
import { createPlatform, platformOf } from '../../plugins/core/platform/platform.ts'
import { statesReplay } from '../../plugins/core/verify/check-states.ts'
import { stateOf } from '../../plugins/core/workflow/pinned.ts'
import { timerHandler } from '../../plugins/core/workflow/timers.ts'
import { stateText } from '../../workflows/engine/configuration.ts'
import type { CompiledWorkflow } from '../../workflows/engine/compile.ts'
import type { Verdicts } from '../../workflows/engine/machine.ts'
import type { WorkflowSnapshot } from '../../workflows/engine/place.ts'
import { replay } from '../../workflows/engine/replay.ts'
import { startWorkflow, transition, type TransitionResult } from '../../workflows/engine/transition.ts'
import { verifyWorkflow } from '../../workflows/engine/verify/verify-workflow.ts'
import type { Booted } from '../support/boot-payload.ts'
import { personWith } from '../support/erp-world.ts'
import { bootPlatform } from '../support/test-platform.ts'
import { anyDefinition, eventNames } from './workflow-engine/random-workflow.ts'

/*
 * Random sound definitions and random sequences of events: where a document stands after real commands is where the pure engine says, and
 * where its history leads. WALK_SEED repeats a run; TEST_BUDGET=full takes more of it.
 */
const seed = Number(process.env.WALK_SEED ?? Math.floor(Math.random() * 1_000_000_000))
const isFull = process.env.TEST_BUDGET === 'full'
const definitionsWanted = isFull ? 400 : 24
const opsEach = isFull ? 25 : 12

const letter = (index: number) => String.fromCharCode(65 + index)
const named = (name: string) => ({ en: name, zh: name })
const refusal = named('Not so')
/** In place of the guards and actions of the generator: comparisons of two fields, and what sets these. Some exclude each other. */
const guards: Readonly<Record<string, Reference>> = {
  g0: compare({ left: field('size'), operator: '<', right: 5, refusal }), g1: compare({ left: field('size'), operator: '>=', right: 5, refusal }),
  g2: compare({ left: field('word'), operator: '=', right: 'x', refusal }), g3: compare({ left: field('word'), operator: 'filled', refusal }),
}
const actions: Readonly<Record<string, Reference>> = { a0: setField('size', 1), a1: setField('size', 9), a2: setField('word', 'x'), a3: setField('word', null) }
const holds: Readonly<Record<string, (document: Fields) => boolean>> = { g0: ({ size }) => size !== null && size < 5, g1: ({ size }) => size !== null && size >= 5, g2: ({ word }) => word === 'x', g3: ({ word }) => word !== null }
type Fields = { readonly size: number | null; readonly word: string | null }
const roles: Readonly<Record<string, string>> = { clerk: 'buyer', boss: 'salesManager', system: 'system' }

const { registry } = createPlatform(builtPlugins, shippedRoles)

/** The generator's definition in the platform's own words. */
function spoken(definition: WorkflowDefinition, entity: string): WorkflowDefinition {
  const named = <Known extends Readonly<Record<string, Reference>>>(list: readonly Reference[] = [], known: Known) => list.flatMap(({ type }) => known[type] ?? [])
  const arrow = (one: TransitionDefinition): TransitionDefinition => ({ ...one, guards: named(one.guards, guards), actions: named(one.actions, actions) })
  const state = ({ on, after, onDone, states, ...one }: StateDefinition): StateDefinition => ({
    ...one, ...(on && { on: Object.fromEntries(Object.entries(on).map(([event, list]) => [event, [list].flat().map(arrow)])) }),
    ...(after && { after: Object.fromEntries(Object.values(after).map((event) => ['PT1H', event])) }),
    ...(onDone && { onDone: { ...onDone, actions: named(onDone.actions, actions) } }), ...(states && { states: Object.fromEntries(Object.entries(states).map(([name, inner]) => [name, state(inner)])) }),
  })
  return plain({
    ...definition, slug: entity, entity, states: Object.fromEntries(Object.entries(definition.states).map(([name, one]) => [name, { ...state(one), ...(one.type === 'final' ? {} : { editable: true, resting: true }) }])),
    events: Object.fromEntries(Object.entries(definition.events).map(([name, event]) => [name, { ...event, ...(event.roles && { roles: event.roles.map((role) => roles[role] ?? role) }) }])),
  })
}

/** As a file holds it: what is undefined is not there. */
const plain = (definition: WorkflowDefinition) => JSON.parse(JSON.stringify(definition)) as WorkflowDefinition

const parts = ['"after"', '"onDone"', '"parallel"', '"core.compare"', '.back"']

/** What the generator draws is seldom sound: states that nothing leads to get an arrow from the first, and what is never taken goes. */
function mended(drawn: WorkflowDefinition): WorkflowDefinition | undefined {
  const definition = structuredClone(drawn) as unknown as { events: Record<string, unknown>; initial: string; states: Record<string, Record<string, unknown>> }
  for (let round = 0; round < 4; round++) {
    const { findings, blocked, configurations } = verifyWorkflow(definition, registry)
    if (!blocked) return configurations > 2 ? definition as unknown as WorkflowDefinition : undefined
    for (const { code, path, certainty } of findings) {
      if (certainty !== 'certain') continue
      const [, holder = '', event = '', index] = /^(.*)\.on\.(\w+)(?:\[(\d+)\])?$/.exec(path) ?? []
      if (code === 'workflow.unreachable') {
        const name = `r${Object.keys(definition.events).length}`
        const first = definition.states[definition.initial]
        definition.events[name] = { label: named(name) }
        if (first) first.on = { ...(first.on as object | undefined), [name]: { target: path.replace(/^states\./, '').replaceAll('.states.', '.') } }
      } else if (event) {
        const on = (holder.split('.').reduce<unknown>((at, key) => (at as Record<string, unknown> | undefined)?.[key], definition) as { on?: Record<string, unknown[]> } | undefined)?.on
        if (on?.[event]) on[event] = index === undefined ? [] : on[event].filter((_, at) => at !== Number(index))
        if (on?.[event]?.length === 0) delete on[event]
      } else return undefined
    }
  }
  return undefined
}

/** Sound: nothing certain is wrong with it. Of twice as many those that have most in them. */
function soundDefinitions(count: number): WorkflowDefinition[] {
  const found: { readonly sound: WorkflowDefinition; readonly riches: number }[] = []
  for (let round = 0; found.length < count * 2 && round < count; round++) {
    for (const drawn of fc.sample(anyDefinition, { seed: seed + round, numRuns: 20 })) {
      const sound = mended(spoken(drawn, 'own-w'))
      if (sound) found.push({ sound, riches: parts.filter((part) => JSON.stringify(sound).includes(part)).length })
    }
  }
  return found.toSorted((a, b) => b.riches - a.riches).slice(0, count).map(({ sound }, index) => ({ ...sound, slug: `own-w${index}`, entity: `own-w${index}` }))
}

type Model = { document: Fields; snapshot: WorkflowSnapshot; readonly steps: { event: string; guards: Verdicts; state: string }[]; timers: { key: string; event: string }[]; version: number; done: boolean; cancelled: number }
type Op = { readonly kind: 'send' | 'edit' | 'time' | 'both'; readonly event: string; readonly other: string; /** Three of four times an event that is known where the document stands. */ readonly pick: number; readonly by: 'owner' | 'clerk' | 'system'; readonly size: number | null; readonly word: string | null }

const anyOp: fc.Arbitrary<Op> = fc.record({
  kind: fc.constantFrom('send', 'send', 'send', 'send', 'edit', 'time', 'both'), event: fc.constantFrom(...eventNames), other: fc.constantFrom(...eventNames), pick: fc.nat(39),
  by: fc.constantFrom('owner', 'owner', 'clerk', 'system'), size: fc.constantFrom(null, 1, 9), word: fc.constantFrom(null, 'x', 'y'),
})

const people: Readonly<Record<Op['by'], Actor>> = { owner: personWith('owner'), clerk: personWith('buyer'), system: systemActor }
let booted: Booted
let clock = Date.now()
const definitions = soundDefinitions(definitionsWanted)

beforeAll(async () => {
  console.log(`WALK_SEED=${seed}: ${definitions.length} sound definitions`)
  const slugs = definitions.map(({ entity }) => entity)
  const inputs: RevisionInputs = {
    entities: Object.fromEntries(slugs.map((slug, index) => [slug, { label: named(`Thing ${index}`), labels: named(`Things ${index}`), prefix: `T${letter(Math.floor(index / 26))}${letter(index % 26)}` }])),
    fields: Object.fromEntries(slugs.map((slug) => [slug, [integer('size', named('Size')), text('word', named('Word'))]])),
    workflows: Object.fromEntries(definitions.map((definition) => [definition.entity, definition as unknown as WorkflowLayer])),
  }
  booted = await bootPlatform([], { publishes: true, inputs })
  await runCommand(booted.payload, systemActor, { action: 'create', entity: 'companies', data: { code: 'F', name: 'Firm', country: 'DE', currency: 'EUR', timeZone: 'Europe/Berlin' } })
}, 240_000)
afterAll(() => booted?.stop())

describe('random sound definitions under random events', () => {
  it('stand where the pure engine and their histories say', async () => {
    expect(definitions.length).toBe(definitionsWanted)
    const ops = fc.sample(fc.array(anyOp, { minLength: opsEach, maxLength: opsEach }), { seed, numRuns: definitions.length })
    const seen = { taken: 0, refused: 0, timers: 0, cancelled: 0, raced: 0, remembering: 0 }
    for (const [index, { entity }] of definitions.entries()) await live(entity, ops[index] ?? [], seen)
    console.log(`WALK_SEED=${seed}:`, JSON.stringify(seen))
    expect(seen.taken).toBeGreaterThan(definitions.length)
    for (const count of [seen.refused, seen.timers, seen.cancelled, seen.raced, seen.remembering]) expect(count).toBeGreaterThan(0)
    const { ok, failures, counted } = await statesReplay(openStore(booted.payload), platformOf(booted.payload))
    expect([ok, failures, counted]).toEqual([true, [], definitions.length])
  }, isFull ? 1_800_000 : 120_000)

  it('hold what the proof is told to look for: timers, joins, regions, ways back to what was left', () => {
    const all = JSON.stringify(definitions)
    for (const part of parts) expect(all).toContain(part)
  })
})

async function live(entity: string, ops: readonly Op[], seen: Record<'taken' | 'refused' | 'timers' | 'cancelled' | 'raced' | 'remembering', number>): Promise<void> {
  const { payload } = booted
  const store = openStore(payload)
  const compiled = platformOf(payload).workflows.get(entity)
  if (!compiled) throw new Error(`${entity} has no workflow.`)
  const { id } = await runCommand(payload, systemActor, { action: 'create', entity, data: { name: entity, size: 3, word: 'y' } })
  const begun = startWorkflow(compiled)
  const model: Model = { document: { size: 3, word: 'y' }, snapshot: begun.snapshot, steps: [], timers: begun.timers.start.map(({ key, event }) => ({ key, event })), version: 1, done: begun.done, cancelled: 0 }
  const send = async (event: string, by: Op['by']): Promise<boolean> => {
    try {
      await runCommand(payload, people[by], { action: 'send', entity, id: String(id), event, reason: 'Why not' }, { now: new Date(clock).toISOString() })
      return true
    } catch (error) {
      if (!(error instanceof ProblemError) || error.problem.status >= 500) throw error
      return false
    }
  }
  for (const drawn of ops) {
    const before = model.steps.length
    const known = [...(compiled.configuration(stateText(model.snapshot.value))?.candidates.keys() ?? [])]
    const op = drawn.pick % 4 === 0 ? drawn : { ...drawn, event: known[drawn.pick % known.length] ?? drawn.event, other: known[(drawn.pick + 1) % known.length] ?? drawn.other }
    if (op.kind === 'send') {
      const expected = asked(compiled, model, { event: op.event, by: op.by }).ok
      expect(await send(op.event, op.by), `${entity}: ${op.event} by ${op.by}`).toBe(expected)
      seen[expected ? 'taken' : 'refused'] += 1
    } else if (op.kind === 'both') {
      const results = await Promise.all([send(op.event, op.by), send(op.other, op.by)])
      await follow(compiled, { entity, id: String(id), model })
      expect(model.steps.length - before).toBe(results.filter(Boolean).length)
      seen.raced += 1
    } else if (op.kind === 'edit') {
      if (model.done) continue
      await runCommand(payload, systemActor, { action: 'edit', entity, id: String(id), data: { size: op.size, word: op.word } })
    } else {
      clock += 2 * 3_600_000
      await drainWork(payload, new Date(clock))
      await follow(compiled, { entity, id: String(id), model })
      seen.timers += model.steps.length - before
    }
    await follow(compiled, { entity, id: String(id), model })
    await standsAsSaid(entity, String(id), model)
  }
  seen.cancelled += model.cancelled
  if (model.snapshot.memory) seen.remembering += 1
  const history = replay(compiled, { steps: model.steps })
  expect(history).not.toHaveProperty('divergence')
  expect(history.memory).toEqual(model.snapshot.memory)
  expect([history.state, stateOf((await store.require<string>(entity, String(id))) as Row)]).toEqual([stateText(model.snapshot.value), stateText(model.snapshot.value)])
  // Timers of this one are not to fire while others live.
  await store.remove('work-items', { entity: { equals: entity } })
}

async function standsAsSaid(entity: string, id: string, model: Model): Promise<void> {
  const store = openStore(booted.payload)
  const row = (await store.require<string>(entity, id)) as Row
  expect({ size: row.size ?? null, word: row.word ?? null }).toEqual(model.document)
  expect((row.workflow as { snapshot: WorkflowSnapshot }).snapshot).toEqual(model.snapshot)
  const pending = await store.find('work-items', { where: { and: [{ handler: { equals: timerHandler } }, { documentId: { equals: id } }, { status: { equals: 'pending' } }] } })
  const keys = pending.map(({ data }) => (data as { key: string }).key)
  expect([...new Set(keys)]).toEqual(keys)
  // One that was due and refused may have been given up: it is a dead letter.
  expect(model.timers.map(({ key }) => key)).toEqual(expect.arrayContaining(keys))
}

const asked = (compiled: CompiledWorkflow, { snapshot, document }: Model, { event, by }: { readonly event: string; readonly by: Op['by'] }): TransitionResult =>
  transition(compiled, { snapshot, event, document, facts: { 'core.company': null, 'core.today': null, 'core.labels': null }, roles: people[by].roles, reason: 'Why not' })

/** Takes what the history has more through the pure engine, which must come to the same outcomes of guards and the same state. */
async function follow(compiled: CompiledWorkflow, { entity, id, model }: { readonly entity: string; readonly id: string; readonly model: Model }): Promise<void> {
  const rows = await openStore(booted.payload).find('history', { where: { and: [{ entity: { equals: entity } }, { documentId: { equals: id } }, { documentVersion: { greater_than: model.version } }] }, sort: 'documentVersion' })
  for (const row of rows) {
    model.version = row.documentVersion
    if (!row.event) {
      const changes = (row.changes ?? {}) as Readonly<Record<string, readonly [unknown, unknown]>>
      const changed = (name: 'size' | 'word') => (name in changes ? changes[name]?.[1] ?? null : model.document[name])
      model.document = { size: changed('size') as number | null, word: changed('word') as string | null }
      continue
    }
    const step = asked(compiled, model, { event: row.event, by: 'system' })
    if (!step.ok) throw new Error(`${entity}: the engine refuses ${row.event}, which happened.`)
    expect([step.state, step.guards]).toEqual([row.stateAfter, row.guards ?? {}])
    for (const { guard, outcome } of outcomesOf(step.guards)) expect(holds[guard]?.(model.document), guard).toBe(outcome)
    for (const { type, params } of step.actions) if (type === 'core.setField') model.document = { ...model.document, [String(params?.field)]: params?.value ?? null }
    model.cancelled += model.timers.filter(({ key }) => step.timers.cancel.includes(key)).length
    model.timers = [...model.timers.filter(({ key }) => !step.timers.cancel.includes(key)), ...step.timers.start.map(({ key, event }) => ({ key, event }))]
    model.steps.push({ event: row.event, guards: step.guards, state: step.state })
    Object.assign(model, { snapshot: step.snapshot, done: step.done })
  }
}

/** Which of the comparisons were asked, by their parameters. */
function outcomesOf(verdicts: Verdicts): { readonly guard: string; readonly outcome: boolean }[] {
  return Object.entries(verdicts).flatMap(([key, outcome]) => {
    const found = Object.entries(guards).find(([, { params }]) => {
      const { left, operator, right } = params as { left: { field: string }; operator: string; right?: unknown }
      return key.includes(`"field":"${left.field}"`) && key.includes(`"operator":"${operator}"`) && (right === undefined || key.includes(JSON.stringify(right)))
    })
    return found ? [{ guard: found[0], outcome }] : []
  })
}
