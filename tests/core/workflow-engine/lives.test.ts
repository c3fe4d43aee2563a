import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { checkDefinition } from '../../../workflows/engine/check-definition.ts'
import { compileWorkflow } from '../../../workflows/engine/compile.ts'
import { lifeOf, type LifeRow } from '../../../workflows/engine/lives/life.ts'
import { addLength, mergeSketches, newSketch, quantile } from '../../../workflows/engine/lives/sketch.ts'
import { addLife, newTally, type Counting, type Tally } from '../../../workflows/engine/lives/tally.ts'
import { wayOf } from '../../../workflows/engine/lives/ways.ts'
import { transitionKeys } from '../../../workflows/engine/paths.ts'
import { startWorkflow, transition } from '../../../workflows/engine/transition.ts'
import { anyDefinition, anyFacts, anyRoles, eventNames, randomRegistry } from './random-workflow.ts'
import { registry, salesOrder } from './sales-order.ts'

const hour = 3_600_000
const day = 24 * hour
const begin = Date.parse('2026-03-02T08:00:00.000Z')
const iso = (at: number) => new Date(at).toISOString()

const anyCompiled = anyDefinition.filter((definition) => checkDefinition(definition, randomRegistry).every(({ severity }) => severity === 'warning')).map((definition) => compileWorkflow(definition, randomRegistry))
const anySteps = fc.array(fc.record({ event: fc.constantFrom(...eventNames), facts: anyFacts, roles: anyRoles, wait: fc.nat(90 * day) }), { maxLength: 25 })
/** What the engine lets happen, as the platform writes it down: with edits in between. */
const anyHistory = fc.tuple(anyCompiled, anySteps).map(([compiled, steps]) => {
  let at = begin
  let { state, snapshot } = startWorkflow(compiled)
  const { hash } = compiled
  const rows: LifeRow[] = [{ at: iso(at), action: 'create', after: state, hash }]
  for (const { wait, ...step } of steps) {
    at += wait
    const result = transition(compiled, { snapshot, document: {}, reason: 'r', ...step })
    if (result.ok) {
      rows.push({ at: iso(at), action: 'send', event: step.event, before: state, after: result.state, hash })
      ;({ state, snapshot } = result)
    } else rows.push({ at: iso(at), action: 'edit', before: state, after: state })
  }
  return { compiled, rows, state, last: at }
})

describe('lives of random histories that the engine has made', () => {
  it('have no deviation, and each of their moves takes arrows of its event', () => {
    fc.assert(fc.property(anyHistory, ({ compiled, rows }) => {
      const [start, ...ways] = lifeOf(rows).moves.map((move) => ({ event: move.event, way: wayOf(compiled, move) }))
      expect(start?.way).toEqual({ arrows: [] })
      const keys = transitionKeys(compiled)
      for (const { event, way } of ways) {
        const arrows = 'arrows' in way ? way.arrows : []
        expect(arrows.filter((key) => !keys.includes(key))).toEqual([])
        expect(arrows.some((key) => key.split('.on.').at(-1)?.split('[')[0] === event)).toBe(true)
      }
    }), { numRuns: 60 })
  })

  it('spend their whole age in states, one after the other, and stand where the document stands', () => {
    fc.assert(fc.property(anyHistory, fc.nat(90 * day), ({ rows, state, last }, more) => {
      const { visits } = lifeOf(rows)
      const now = last + more
      expect(visits.reduce((sum, { entered, left }) => sum + (left ?? now) - entered, 0)).toBe(now - begin)
      visits.slice(1).forEach((visit, index) => expect(visit.entered).toBe(visits[index]?.left))
      expect(visits.at(-1)).toMatchObject({ state, left: null })
      for (const name of new Set(visits.map((visit) => visit.state))) expect(visits.filter((visit) => visit.state === name).map(({ turn }) => turn)).toEqual(visits.filter((visit) => visit.state === name).map((_, index) => index + 1))
    }), { numRuns: 60 })
  })

  it('add up the same in any order and in any cut of time', () => {
    const counting: Counting = { from: 0, until: Infinity, isEnd: () => false, weekOf: (at) => String(Math.floor(at / (7 * day))) }
    const plain = (tally: Tally) => ({ ...counts(tally), time: lengthOf(tally) })
    fc.assert(fc.property(fc.array(anyHistory, { minLength: 1, maxLength: 4 }), fc.nat(400 * day), (histories, cut) => {
      const [once, backwards, early, late] = [newTally(), newTally(), newTally(), newTally()]
      const lives = histories.map(({ rows }) => lifeOf(rows))
      for (const life of lives) addLife(once, life, counting)
      for (const life of lives.toReversed()) addLife(backwards, life, counting)
      for (const life of lives) { addLife(early, life, { ...counting, until: begin + cut }); addLife(late, life, { ...counting, from: begin + cut }) }
      expect(plain(backwards)).toEqual(plain(once))
      const [a, b, all] = [plain(early), plain(late), plain(once)]
      expect({ visits: a.visits + b.visits, rework: a.rework + b.rework, moves: a.moves + b.moves, begun: a.begun + b.begun, time: a.time + b.time }).toEqual(all)
    }), { numRuns: 25 })
  })
})

const states = (tally: Tally) => Object.values(tally.versions).flatMap((version) => Object.values(version.states))
const counts = (tally: Tally) => ({
  visits: states(tally).reduce((sum, { visits }) => sum + visits, 0), rework: states(tally).reduce((sum, { rework }) => sum + rework, 0),
  moves: Object.values(tally.versions).flatMap(({ moves }) => Object.values(moves)).reduce((sum, { count }) => sum + count, 0), begun: Object.values(tally.weeks).reduce((sum, { begun }) => sum + begun, 0),
})
const lengthOf = (tally: Tally) => mergeSketches(states(tally).map(({ time }) => time)).sum

describe('a life', () => {
  const { hash } = compileWorkflow(salesOrder, registry)
  const row = (hours: number, action: string, rest: Omit<LifeRow, 'at' | 'action'> = {}): LifeRow => ({ at: iso(begin + hours * hour), action, hash, ...rest })
  const send = (hours: number, event: string, before: string, after: string) => row(hours, 'send', { event, before, after })

  it('that was sent back counts the second visit as rework', () => {
    const tally = newTally()
    const life = lifeOf([row(0, 'create', { after: 'draft' }), send(1, 'submit', 'draft', 'review'), send(4, 'reject', 'review', 'draft'), row(5, 'edit', { before: 'draft', after: 'draft' }), send(6, 'submit', 'draft', 'review'), send(10, 'approve', 'review', 'confirmed')])
    addLife(tally, life, { from: 0, until: Infinity, isEnd: (state) => state === 'confirmed', weekOf: () => '2026-03-02' })
    expect(tally.versions[hash]?.states).toMatchObject({ draft: { visits: 2, rework: 1, documents: 1, again: 1, time: { count: 2, sum: 3 * hour } }, review: { visits: 2, rework: 1, time: { count: 2, sum: 7 * hour, max: 4 * hour } }, confirmed: { visits: 1, rework: 0, time: { count: 0 } } })
    expect(tally.weeks).toEqual({ '2026-03-02': { begun: 1, ended: 1 } })
    expect(tally.whole).toMatchObject({ count: 1, sum: 10 * hour })
    expect(Object.values(tally.versions[hash]?.moves ?? {}).map(({ event, count, time }) => [event, count, time.sum / hour])).toEqual([[null, 1, 0], ['submit', 2, 3], ['reject', 1, 3], ['approve', 1, 4]])
  })

  it('tells what the definition does not have: another begin, an unknown state, a step that is not there, a move without an event', () => {
    const compiled = compileWorkflow(salesOrder, registry)
    const whys = (rows: LifeRow[]) => lifeOf(rows).moves.map((move) => { const way = wayOf(compiled, move); return 'deviation' in way ? way.deviation : null })
    expect(whys([row(0, 'import', { after: 'confirmed' })])).toEqual(['began'])
    expect(whys([row(0, 'create', { after: 'draft' }), send(1, 'submit', 'draft', 'checking')])).toEqual([null, 'state'])
    expect(whys([row(0, 'create', { after: 'draft' }), send(1, 'approve', 'draft', 'confirmed')])).toEqual([null, 'step'])
    expect(whys([row(0, 'create', { after: 'draft' }), row(1, 'migrate', { before: 'draft', after: 'review' })])).toEqual([null, 'moved'])
    expect(whys([row(0, 'create', { after: 'draft' }), row(1, 'migrate', { before: 'draft', after: 'draft' })])).toEqual([null, null])
    expect(whys([row(0, 'create', { after: 'draft' }), send(3, 'approve', 'review', 'confirmed')])).toEqual([null, 'moved', null])
  })

  it('of a record from before its workflow begins with that; what has no state says nothing', () => {
    expect(lifeOf([row(0, 'create'), row(5, 'edit'), row(9, 'edit', { after: 'draft' }), row(10, 'discard')])).toMatchObject({ moves: [{ kind: 'create', to: 'draft' }], visits: [{ state: 'draft', entered: begin + 9 * hour }] })
    expect(lifeOf([])).toEqual({ moves: [], visits: [] })
    expect(lifeOf([row(0, 'create'), send(2, 'submit', 'draft', 'review')])).toMatchObject({ moves: [{ kind: 'create', to: 'draft' }, { kind: 'event', from: 'draft', to: 'review', after: 0 }] })
  })
})

describe('lengths of time', () => {
  it('are told within one in a hundred, however they are merged, in bounded memory', () => {
    fc.assert(fc.property(fc.array(fc.oneof(fc.nat(60_000), fc.nat(day), fc.nat(3_650 * day)), { minLength: 1, maxLength: 300 }), fc.constantFrom(0, 0.5, 0.85, 1), (lengths, share) => {
      const [left, right] = [newSketch(), newSketch()]
      lengths.forEach((length, index) => addLength(index % 2 ? left : right, length))
      const exact = lengths.toSorted((a, b) => a - b)[Math.floor(share * (lengths.length - 1))] ?? 0
      const told = quantile(mergeSketches([left, right]), share) ?? -1
      expect(Math.abs(told - (exact < 1_000 ? 0 : exact))).toBeLessThanOrEqual(exact < 1_000 ? 1_000 : exact * 0.0101)
    }), { numRuns: 300 })
    const many = newSketch()
    for (let index = 0; index < 100_000; index++) addLength(many, (index * 7919) % (3_650 * day))
    expect(Object.keys(many.sizes).length).toBeLessThan(1_000)
    expect(quantile(newSketch(), 0.5)).toBeNull()
  })
})

it('the example of docs/workflows.md comes to what the page says', () => {
  const section = readFileSync('docs/workflows.md', 'utf8').split('## What really happened')[1] ?? ''
  const [rows, said] = [...section.matchAll(/```json\n([\s\S]+?)```/g)].map(([, text]) => JSON.parse(text ?? '') as unknown)
  expect(lifeOf(rows as LifeRow[]).visits.map(({ state, turn, entered, left }) => ({ state, turn, hours: left === null ? null : (left - entered) / hour }))).toEqual(said)
})
