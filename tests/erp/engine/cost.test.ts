import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  averageCost, countStock, emptyCost, issueStock, receiveStock, revalueStock, reverseIssue, reverseReceipt,
} from '../../../plugins/erp/engine/cost.ts'
import type { CostState } from '../../../plugins/erp/engine/cost.ts'

const unit = 1_000_000

function issued(state: CostState, quantity: number) {
  const result = issueStock({ state, quantity })
  if (!result.ok) throw new Error(result.refusal.code)
  return result
}

describe('moving average, worked by hand', () => {
  /*
   * The perpetual moving-average table of any accounting textbook (IAS 2.27: weighted average recalculated as each shipment arrives):
   *
   *   step              in           out              held    value     average
   *   opening           100 @ 10.00                    100    1000.00   10.00
   *   receive           50 @ 13.00                     150    1650.00   11.00
   *   issue                          120 = 1320.00      30     330.00   11.00
   *   receive           60 @ 14.00                      90    1170.00   13.00
   *   issue                          40 = 520.00        50     650.00   13.00
   *   customer returns  20 of the first issue @ 11.00   70     870.00   12.428571
   */
  it('follows the table', () => {
    let state: CostState = receiveStock({ state: emptyCost, quantity: 100 * unit, value: 100_000 })
    state = receiveStock({ state, quantity: 50 * unit, value: 65_000 })
    expect(averageCost(state, 2)).toBe(11 * unit)
    const first = issued(state, 120 * unit)
    expect(first).toMatchObject({ value: 132_000, state: { quantity: 30 * unit, value: 33_000 } })
    state = receiveStock({ state: first.state, quantity: 60 * unit, value: 84_000 })
    expect(averageCost(state, 2)).toBe(13 * unit)
    const second = issued(state, 40 * unit)
    expect(second).toMatchObject({ value: 52_000, state: { quantity: 50 * unit, value: 65_000 } })
    const back = reverseIssue({ state: second.state, issued: { quantity: 120 * unit, value: first.value }, quantity: 20 * unit })
    expect(back).toMatchObject({ ok: true, value: 22_000, state: { quantity: 70 * unit, value: 87_000 } })
    if (back.ok) expect(averageCost(back.state, 2)).toBe(12_428_571)
  })

  it('lets the last unit take what rounding left: 10.00 over 3 units is 3.33, 3.34, 3.33', () => {
    let state: CostState = { quantity: 3 * unit, value: 1000 }
    const values = [1, 2, 3].map(() => {
      const result = issued(state, unit)
      state = result.state
      return result.value
    })
    expect(values).toEqual([333, 334, 333])
    expect(state).toEqual(emptyCost)
    expect(averageCost(state, 2)).toBeUndefined()
  })

  it('refuses to issue what is not there, naming both figures', () => {
    const result = issueStock({ state: { quantity: 1_500_000, value: 100 }, quantity: 2 * unit })
    expect(result).toMatchObject({ ok: false, refusal: { code: 'cost.notEnough' } })
    if (!result.ok) expect(result.refusal.message.en).toContain('Only 1.5 are in stock and 2 are asked for')
  })
})

describe('a late bill', () => {
  /* 10 received at 100.00, accrued 1000.00; 6 were sold at 600.00; the bill says 1050.00: of 50.00, 4/10 to stock, 6/10 to variance. */
  it('splits the difference between held and gone', () => {
    expect(revalueStock({ state: { quantity: 4 * unit, value: 40_000 }, quantity: 10 * unit, difference: 5_000 }))
      .toEqual({ state: { quantity: 4 * unit, value: 42_000 }, toInventory: 2_000, toVariance: 3_000 })
  })

  it('goes wholly to stock when all is held, wholly to variance when nothing is', () => {
    expect(revalueStock({ state: { quantity: 50 * unit, value: 500 }, quantity: 10 * unit, difference: -7 })).toMatchObject({ toInventory: -7, toVariance: 0 })
    expect(revalueStock({ state: emptyCost, quantity: 10 * unit, difference: -7 })).toEqual({ state: emptyCost, toInventory: 0, toVariance: -7 })
  })

  it('never takes more value than there is', () => {
    expect(revalueStock({ state: { quantity: 10 * unit, value: 30 }, quantity: 10 * unit, difference: -50 }))
      .toEqual({ state: { quantity: 10 * unit, value: 0 }, toInventory: -30, toVariance: -20 })
  })
})

describe('undoing and counting', () => {
  it('brings parts of a delivery back at exactly the value that went out', () => {
    const delivery = { quantity: 3 * unit, value: 1000 }
    const first = reverseIssue({ state: emptyCost, issued: delivery, quantity: unit })
    const second = reverseIssue({ state: emptyCost, issued: delivery, reversed: { quantity: unit, value: 333 }, quantity: 2 * unit })
    expect([first, second]).toMatchObject([{ value: 333 }, { value: 667 }])
    expect(reverseIssue({ state: emptyCost, issued: delivery, reversed: { quantity: unit, value: 333 }, quantity: 3 * unit }))
      .toMatchObject({ ok: false, refusal: { code: 'cost.moreThanIssued' } })
  })

  it('undoes a receipt, with the difference to the average as variance only where inventory lacks the value', () => {
    expect(reverseReceipt({ state: { quantity: 10 * unit, value: 900 }, quantity: 5 * unit, value: 500 }))
      .toEqual({ ok: true, state: { quantity: 5 * unit, value: 400 }, valueOut: 500, variance: 0 })
    expect(reverseReceipt({ state: { quantity: 5 * unit, value: 450 }, quantity: 5 * unit, value: 500 }))
      .toEqual({ ok: true, state: emptyCost, valueOut: 450, variance: 50 })
    expect(reverseReceipt({ state: { quantity: 5 * unit, value: 600 }, quantity: 5 * unit, value: 500 }))
      .toEqual({ ok: true, state: emptyCost, valueOut: 600, variance: -100 })
    expect(reverseReceipt({ state: emptyCost, quantity: unit, value: 1 })).toMatchObject({ ok: false })
  })

  it('counts up and down at the average, and from nothing at the given cost', () => {
    const state = { quantity: 10 * unit, value: 1000 }
    expect(countStock({ state, counted: 8 * unit, unitCost: 0, exponent: 2 })).toEqual({ state: { quantity: 8 * unit, value: 800 }, quantityDelta: -2 * unit, valueDelta: -200 })
    expect(countStock({ state, counted: 11 * unit, unitCost: 0, exponent: 2 })).toMatchObject({ valueDelta: 100 })
    expect(countStock({ state, counted: 0, unitCost: 5, exponent: 2 }).state).toEqual(emptyCost)
    expect(countStock({ state: emptyCost, counted: 2 * unit, unitCost: 12_500_000, exponent: 2 })).toMatchObject({ valueDelta: 2500 })
  })
})

describe('any sequence of movements', () => {
  const quantity = fc.integer({ min: 1, max: 50_000_000 })
  const value = fc.integer({ min: 0, max: 10_000_000 })
  const step = fc.oneof(
    fc.record({ kind: fc.constant('receive' as const), quantity, value }),
    fc.record({ kind: fc.constant('issue' as const), quantity }),
    fc.record({ kind: fc.constant('issueAll' as const) }),
    fc.record({ kind: fc.constant('undoReceipt' as const), quantity, value }),
    fc.record({ kind: fc.constant('revalue' as const), quantity, difference: fc.integer({ min: -10_000_000, max: 10_000_000 }) }),
    fc.record({ kind: fc.constant('count' as const), counted: fc.nat(50_000_000), unitCost: value }),
  )

  /** The new state and how much value the movement added, as the ledger would post it. */
  function apply(state: CostState, move: typeof step extends fc.Arbitrary<infer Step> ? Step : never): { state: CostState; added: number } {
    switch (move.kind) {
      case 'receive': return { state: receiveStock({ state, ...move }), added: move.value }
      case 'revalue': {
        const result = revalueStock({ state, ...move })
        expect(result.toInventory + result.toVariance).toBe(move.difference)
        return { state: result.state, added: result.toInventory }
      }
      case 'count': {
        const result = countStock({ state, exponent: 2, ...move })
        return { state: result.state, added: result.valueDelta }
      }
      case 'undoReceipt': {
        const result = reverseReceipt({ state, ...move })
        if (!result.ok) return { state, added: 0 }
        expect(result.valueOut + result.variance).toBe(move.value)
        return { state: result.state, added: -result.valueOut }
      }
      default: {
        const wanted = move.kind === 'issueAll' ? state.quantity : move.quantity
        const result = wanted === 0 ? undefined : issueStock({ state, quantity: wanted })
        return result?.ok ? { state: result.state, added: -result.value } : { state, added: 0 }
      }
    }
  }

  it('keeps the value at zero or more, at zero with the last unit, and equal to what was posted', () => {
    fc.assert(fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
      let state = emptyCost
      let posted = 0
      for (const move of steps) {
        const next = apply(state, move)
        state = next.state
        posted += next.added
        expect(state.quantity).toBeGreaterThanOrEqual(0)
        expect(state.value).toBeGreaterThanOrEqual(0)
        if (state.quantity === 0) expect(state.value).toBe(0)
        expect(state.value).toBe(posted)
      }
    }), { numRuns: 500 })
  })
})
