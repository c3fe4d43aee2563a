import { expect, test } from 'vitest'
import { compileWorkflow } from '../../../workflows/engine/compile.ts'
import { transitionCoverage, transitionKeys, transitionPaths } from '../../../workflows/engine/paths.ts'
import { replay } from '../../../workflows/engine/replay.ts'
import { production, productionRegistry } from './production.ts'
import { registry, salesOrder } from './sales-order.ts'

test('every arrow gets a shortest path that a replay confirms', () => {
  for (const compiled of [compileWorkflow(salesOrder, registry), compileWorkflow(production, productionRegistry)]) {
    const { paths, unreachable, truncated } = transitionPaths(compiled)
    expect({ unreachable, truncated }).toEqual({ unreachable: [], truncated: false })
    expect(paths.map(({ transition }) => transition).sort()).toEqual(transitionKeys(compiled).sort())
    for (const { transition, steps } of paths) {
      const result = replay(compiled, { steps })
      expect(result.divergence).toBeUndefined()
      expect(result.transitions).toContain(transition)
    }
  }
})

test('the path to a join passes every region first and is as short as can be', () => {
  const { paths, states } = transitionPaths(compileWorkflow(production, productionRegistry))
  const join = paths.find(({ transition }) => transition === 'states.running.onDone')
  expect(join?.steps.map(({ event }) => event)).toEqual(['release', 'accept', 'start', 'finish'])
  expect(join?.steps[1]?.guards).toEqual({ sampleTaken: true })
  // planned, finished, archived and 2 × 4 regions, without the pair that the join leaves at once
  expect(states).toHaveLength(3 + 2 * 4 - 1)
})

test('candidates are told apart by the outcomes a test must bring about; dead ones are named', () => {
  const label = { en: 'L', zh: '标' }
  const definition = {
    slug: 'choice', version: 1, entity: 'e', label, initial: 'a', events: { go: { label } },
    states: {
      a: { label, on: { go: [{ target: 'b', guards: [{ type: 'hasLines' }] }, { target: 'c', guards: [{ type: 'creditOk' }] }, { target: 'b', guards: [{ type: 'hasLines' }, { type: 'creditOk' }] }] } },
      b: { label }, c: { label },
    },
  }
  const { paths, unreachable } = transitionPaths(compileWorkflow(definition, registry))
  expect(unreachable).toEqual(['states.a.on.go[2]'])
  expect(paths.map(({ transition, steps }) => [transition, steps[0]?.guards])).toEqual([
    ['states.a.on.go[0]', { hasLines: true, creditOk: false }],
    ['states.a.on.go[1]', { hasLines: false, creditOk: true }],
  ])
})

test('two regions that answer one event are taken together and apart', () => {
  const label = { en: 'L', zh: '标' }
  const region = (type: string) => ({ label, initial: 'x', states: { x: { label, on: { go: { target: 'y', guards: [{ type }] } } }, y: { label } } })
  const definition = {
    slug: 'pair', version: 1, entity: 'e', label, initial: 'p', events: { go: { label } },
    states: { p: { label, type: 'parallel' as const, states: { a: region('hasLines'), b: region('creditOk') } } },
  }
  const { states } = transitionPaths(compileWorkflow(definition, registry))
  expect([...states].sort()).toEqual(['p.a.x|p.b.x', 'p.a.x|p.b.y', 'p.a.y|p.b.x', 'p.a.y|p.b.y'])
})

test('the limit is met honestly', () => {
  expect(transitionPaths(compileWorkflow(production, productionRegistry), { limit: 3 })).toMatchObject({ truncated: true })
})

test('coverage names what was not taken', () => {
  const compiled = compileWorkflow(salesOrder, registry)
  const { covered, missing } = transitionCoverage(compiled, ['states.draft.on.cancel', 'states.draft.on.cancel', 'unknown'])
  expect(covered).toEqual(['states.draft.on.cancel'])
  expect(missing).toHaveLength(transitionKeys(compiled).length - 1)
})
