import { expect, it } from 'vitest'
import type { Aql } from '../../../plugins/qms/engine/sampling-tables.ts'
import { planSample } from '../../../plugins/qms/engine/sampling.ts'
import { afterLot, initialState, resume, type SwitchingState } from '../../../plugins/qms/engine/switching.ts'

/** Lots one after the other: the number of nonconforming units in each, at 1,000 units, level II. Codes J, n = 80. */
function run(found: readonly number[], { mayReduce = false, aql = '1.0' as Aql, from = initialState } = {}): SwitchingState[] {
  const states: SwitchingState[] = []
  let state = from
  for (const nonconforming of found) {
    const plan = planSample({ lotSize: 1000, level: 'II', aql, severity: state.severity === 'discontinued' ? 'tightened' : state.severity })
    state = afterLot(state, { aql, plan, nonconforming, accepted: nonconforming < plan.rejectionNumber }, { mayReduce })
    states.push(state)
  }
  return states
}
const names = (states: readonly SwitchingState[]) => states.map(({ severity }) => severity[0]).join('')
const scores = (states: readonly SwitchingState[]) => states.map(({ score }) => score)

// At AQL 1.0: normal 2/3, tightened 1/2, reduced 1/3 (n = 32). What follows each lot, worked by hand; 3 is not accepted.
it.each([
  ['two of two', [3, 3], 'nt'],
  ['two of five: the first and the fifth', [3, 0, 0, 0, 3], 'nnnnt'],
  ['not two of six', [3, 0, 0, 0, 0, 3], 'nnnnnn'],
  ['the second of the last five counts with the third', [3, 0, 0, 0, 0, 3, 0, 0, 0, 3], 'nnnnnnnnnt'],
  ['five accepted in a row lead back to normal', [3, 3, 0, 1, 0, 1, 0], 'ntttttn'],
  ['a lot of two is not accepted on tightened: the row begins anew', [3, 3, 0, 0, 0, 0, 2, 0, 0, 0, 0, 0], 'nttttttttttn'],
  ['back on normal, lots from before do not count', [3, 3, 0, 0, 0, 0, 0, 3, 0, 0, 0, 0], 'ntttttnnnnnn'],
  ['five not accepted on tightened, in all, discontinue it', [3, 3, 2, 0, 2, 0, 2, 0, 0, 2, 2], 'ntttttttttd'],
  ['the two that led there do not count among the five', [3, 3, 2, 2, 2, 2], 'nttttt'],
  ['what is inspected nevertheless changes nothing', [3, 3, 2, 2, 2, 2, 2, 0, 0, 0, 0, 0], 'ntttttdddddd'],
])('%s', (_, found, expected) => {
  expect(names(run(found))).toBe(expected)
})

it('goes on as tightened once the supplier has acted, with five lots before it is discontinued again', () => {
  const stopped = run([3, 3, 2, 2, 2, 2, 2]).at(-1) ?? initialState
  expect(stopped.severity).toBe('discontinued')
  expect(names(run([2, 2, 2, 2, 2], { from: resume(stopped) }))).toBe('ttttd')
  expect(resume(initialState)).toBe(initialState)
})

it('gives three points where a lot would pass at the next tighter AQL, else none: Ac 2, at 0.65 it is 1', () => {
  expect(scores(run([0, 1, 2, 1, 1, 3, 0]))).toEqual([3, 6, 0, 3, 6, 0, 3])
})

it('gives two points for each lot accepted by a plan with Ac 0 or 1: n = 80, AQL 0.65', () => {
  expect(scores(run([0, 1, 1, 2, 0], { aql: '0.65' }))).toEqual([2, 4, 6, 0, 2])
})

it('reduces at thirty points: after ten lots by threes, after fifteen by twos, and only where it may', () => {
  expect(names(run(Array(11).fill(1), { mayReduce: true }))).toBe('nnnnnnnnnrr')
  // Reduced, J, AQL 0.65: 0/2; the sixteenth lot lies in its gap.
  expect(names(run(Array(16).fill(1), { mayReduce: true, aql: '0.65' }))).toBe('nnnnnnnnnnnnnnrn')
  expect(names(run(Array(12).fill(0)))).toBe('nnnnnnnnnnnn')
})

it('comes back to normal from reduced: by a lot not accepted, by one in the gap, or when it may not be reduced any more', () => {
  const reduced = run(Array(10).fill(0), { mayReduce: true }).at(-1) ?? initialState
  expect(reduced.severity).toBe('reduced')
  // Reduced, J, AQL 1.0: 1/3; two lie between.
  const next = (found: number, mayReduce = true) => run([found], { mayReduce, from: reduced }).at(-1)
  expect([next(0), next(1), next(2), next(3), next(0, false)].map((state) => state?.severity)).toEqual(['reduced', 'reduced', 'normal', 'normal', 'normal'])
  expect(next(2)).toEqual(initialState)
})
