import { expect, test } from 'vitest'
import { verifyWorkflow } from '../../../workflows/engine/verify/verify-workflow.ts'
import { flow, ladder, regions, sketchRegistry } from './flow.ts'

test('more configurations than are looked at are never a pass, and it is said', () => {
  const proof = verifyWorkflow(regions(5), sketchRegistry, { limit: 100 })
  expect(proof).toMatchObject({ complete: false, passed: false, blocked: false, configurations: 100 })
  expect(proof.findings).toMatchObject([{ code: 'workflow.not-fully-checked', certainty: 'possible', path: 'states' }])
  expect(proof.findings[0]?.message.en).toContain('stopped after 100 configurations')
  expect(verifyWorkflow(regions(5), sketchRegistry)).toMatchObject({ complete: true, passed: true, configurations: 243 })
})

test('half of the truth is not called certain: what was not looked at may lead to an end', () => {
  for (let limit = 1; limit < 20; limit += 1) expect(verifyWorkflow(ladder(30), sketchRegistry, { limit })).toMatchObject({ blocked: false, passed: false })
})

test('what is stuck before the bound is certain all the same', () => {
  const stuck = flow({ s: 'go>d end>p', d: '', p: ['parallel done>z', { a: ['', { x: 'a>y', y: 'final' }], b: ['', { x: 'b>y', y: 'final' }] }], z: 'final' })
  expect(verifyWorkflow(stuck, sketchRegistry, { limit: 3 })).toMatchObject({ complete: false, blocked: true, findings: expect.arrayContaining([expect.objectContaining({ code: 'workflow.stuck', path: 'states.d', certainty: 'certain' })]) })
})

test('an event that many regions answer under the same guards is followed by their outcomes, not by each combination of arrows', () => {
  const region = (at: number) => [`r${at}`, ['', { x: 'go[p]>y go[q]>x go[r]>y', y: 'final' }] as const]
  const crowd = flow({ p: ['parallel done>z', Object.fromEntries(Array.from({ length: 8 }, (_, at) => region(at)))], z: 'final' })
  expect(verifyWorkflow(crowd, sketchRegistry)).toMatchObject({ complete: true })
})

test('anything at all may be given', () => {
  for (const value of [null, 1, [], {}, { states: { a: 1 } }, 'x']) expect(verifyWorkflow(value, sketchRegistry)).toMatchObject({ blocked: true, passed: false })
})
