import fc from 'fast-check'
import { expect, it } from 'vitest'
import { byDisposition, dispositions, undecided } from '../../../plugins/qms/engine/dispositions.ts'
import { isConforming, judgeUnit, sumSample, type Characteristic } from '../../../plugins/qms/engine/readings.ts'

const million = 1_000_000
const length: Characteristic = { key: 'length', kind: 'measured', lowerLimit: 9_950_000, upperLimit: 10_050_000 }
const strength: Characteristic = { key: 'strength', kind: 'measured', lowerLimit: 40 * million, critical: true }
const finish: Characteristic = { key: 'finish', kind: 'attribute' }

it('counts a limit as allowed, and one that is not there as none', () => {
  const at = (characteristic: Characteristic, measured: number | null) => isConforming(characteristic, { characteristic: characteristic.key, measured })
  expect([9_949_999, 9_950_000, 10_050_000, 10_050_001].map((measured) => at(length, measured))).toEqual([false, true, true, false])
  expect([at(strength, 39_999_999), at(strength, 900 * million), at(strength, null), isConforming(finish, { characteristic: 'finish', conforms: false })]).toEqual([false, true, undefined, false])
})

it('calls a unit complete with all of its readings, and counts units or nonconformities', () => {
  const all = [length, strength, finish]
  const good = judgeUnit(all, [{ characteristic: 'length', measured: 10 * million }, { characteristic: 'strength', measured: 41 * million }, { characteristic: 'finish', conforms: true }])
  const bad = judgeUnit(all, [{ characteristic: 'length', measured: 11 * million }, { characteristic: 'strength', measured: million }, { characteristic: 'finish', conforms: true }])
  const begun = judgeUnit(all, [{ characteristic: 'finish', conforms: false }])
  expect([good, bad, begun]).toEqual([
    { units: 1, complete: true, nonconformities: 0, critical: false }, { units: 1, complete: true, nonconformities: 2, critical: true }, { units: 1, complete: false, nonconformities: 1, critical: false },
  ])
  expect(sumSample([good, bad, begun], 'units')).toEqual({ inspected: 2, nonconforming: 2, critical: 1 })
  expect(sumSample([{ ...good, units: 78 }, { ...bad, units: 2 }], 'nonconformities')).toEqual({ inspected: 80, nonconforming: 4, critical: 2 })
  expect(sumSample([good, bad, begun], 'nonconformities')).toEqual({ inspected: 2, nonconforming: 3, critical: 1 })
})

it('sums what was decided: each way by itself, all ways together with what is left', () => {
  fc.assert(fc.property(
    fc.array(fc.record({ disposition: fc.constantFrom(...dispositions), quantity: fc.nat(1_000_000_000) }), { maxLength: 8 }), fc.nat(10_000_000_000),
    (disposed, quantity) => {
      const sums = Object.values(byDisposition(disposed)).reduce((sum, value) => sum + value, 0)
      expect(sums + undecided(quantity, disposed)).toBe(quantity)
    },
  ))
})
