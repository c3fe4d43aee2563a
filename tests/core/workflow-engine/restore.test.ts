import { expect, test } from 'vitest'
import { compileWorkflow } from '../../../workflows/engine/compile.ts'
import { restore } from '../../../workflows/engine/place.ts'
import { startWorkflow, transition } from '../../../workflows/engine/transition.ts'
import { production, productionRegistry } from './production.ts'

const compiled = compileWorkflow(production, productionRegistry)
const circumstances = { document: {}, facts: { samples: 1 }, roles: ['planner'] }

test('a stored snapshot goes on where it was, as JSON', () => {
  let snapshot = startWorkflow(compiled).snapshot
  const states = ['release', 'start', 'accept', 'interrupt'].map((event) => {
    const result = transition(compiled, { snapshot: JSON.parse(JSON.stringify(snapshot)), event, ...circumstances })
    if (!result.ok) throw new Error(event)
    snapshot = result.snapshot
    return result.state
  })
  expect(states.at(-1)).toBe('running.qc.passed|running.work.busy.paused')
})

test('state text and snapshot lead to the same', () => {
  const state = 'running.qc.open|running.work.waiting'
  const byState = transition(compiled, { state, definitionHash: compiled.hash, event: 'start', ...circumstances })
  const snapshot = { definitionHash: compiled.hash, value: { running: { qc: 'open', work: 'waiting' } } }
  expect(transition(compiled, { snapshot, event: 'start', ...circumstances })).toEqual(byState)
  expect(byState.ok).toBe(true)
})

test('another definition is refused even when only its version differs', () => {
  const next = compileWorkflow({ ...production, version: 2 }, productionRegistry)
  const refusal = { code: 'workflow.definition-mismatch', message: { en: expect.stringContaining('another version'), zh: expect.stringContaining('另一个流程版本') } }
  expect(transition(next, { snapshot: startWorkflow(compiled).snapshot, event: 'release', ...circumstances })).toEqual({ ok: false, refusals: [refusal] })
  expect(transition(next, { state: 'planned', definitionHash: compiled.hash, event: 'release', ...circumstances })).toEqual({ ok: false, refusals: [refusal] })
  expect(next.hash).not.toBe(compiled.hash)
})

test.each([
  'nowhere', '', 'running', 'running.work.busy', 'running.work.waiting', 'running.work.waiting|running.qc.open',
  'running.qc.open|running.work.waiting|planned', 'planned|finished', 'running.qc.open|running.qc.passed|running.work.waiting', 'constructor', '__proto__', 'planned.x', 'workflow.planned',
])('the text "%s" names no state: regions missing, too many, out of order or unknown', (state) => {
  expect(restore(compiled, { state })).toMatchObject({ ok: false, refusal: { code: 'workflow.state-unknown' } })
})

test.each([null, undefined, 7, [], {}, { running: null }, { running: { work: 'waiting' } }, { planned: 'x' }, 'gone'])('a damaged snapshot value (%j) is a refusal, never an exception', (value) => {
  const snapshot = JSON.parse(JSON.stringify({ definitionHash: compiled.hash, value }))
  expect(restore(compiled, { snapshot })).toMatchObject({ ok: false, refusal: { code: 'workflow.state-unknown' } })
})
