import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { calculateLine, pickPrice } from '../../../plugins/core/engine/pricing.ts'

const unit = 1_000_000
const rows = [
  { part: 'bike', minQuantity: 0, price: 1000 * unit },
  { part: 'bike', minQuantity: 10 * unit, price: 900 * unit },
  { part: 'bike', minQuantity: 0, price: 950 * unit, validFrom: '2026-06-01', validTo: '2026-06-18' },
  { part: 'bell', minQuantity: 5 * unit, price: 8 * unit },
]

describe('pickPrice', () => {
  it.each([
    ['the standing price', 'bike', 1, '2026-05-31', 1000],
    ['the campaign on its first day', 'bike', 1, '2026-06-01', 950],
    ['the campaign on its last day', 'bike', 9, '2026-06-18', 950],
    ['the standing price after the campaign', 'bike', 1, '2026-06-19', 1000],
    ['the quantity break at its limit', 'bike', 10, '2026-06-10', 900],
  ])('takes %s', (_, part, quantity, date, price) => {
    expect(pickPrice({ rows, part, quantity: quantity * unit, date })?.price).toBe(price * unit)
  })

  it('knows when no row applies', () => {
    expect(pickPrice({ rows, part: 'bell', quantity: 4 * unit, date: '2026-01-01' })).toBeUndefined()
    expect(pickPrice({ rows, part: 'saddle', quantity: unit, date: '2026-01-01' })).toBeUndefined()
  })

  it('does not depend on the order of the rows', () => {
    fc.assert(fc.property(fc.shuffledSubarray(rows, { minLength: rows.length }), fc.integer({ min: 1, max: 20 }), (shuffled, quantity) => {
      const wanted = { part: 'bike', quantity: quantity * unit, date: '2026-06-10' }
      expect(pickPrice({ rows: shuffled, ...wanted })).toEqual(pickPrice({ rows, ...wanted }))
    }))
  })
})

describe('calculateLine', () => {
  it('rounds once after the discount', () => {
    // 3 × 0.335 × 90 % = 0.9045 → 0.90; rounding 1.005 to 1.01 first would have given 0.909 → 0.91.
    expect(calculateLine({ quantity: 3 * unit, unitPrice: 335_000, discountPercent: 10 * unit, exponent: 2 }))
      .toEqual({ listAmount: 101, discount: 11, amount: 90 })
    expect(calculateLine({ quantity: 2 * unit, unitPrice: 1000 * unit, exponent: 2 })).toEqual({ listAmount: 200_000, discount: 0, amount: 200_000 })
    expect(calculateLine({ quantity: unit, unitPrice: unit, discountPercent: 100 * unit, exponent: 2 }).amount).toBe(0)
  })

  it('refuses discounts outside 0 to 100 %', () => {
    expect(() => calculateLine({ quantity: unit, unitPrice: unit, discountPercent: -1, exponent: 2 })).toThrow(RangeError)
    expect(() => calculateLine({ quantity: unit, unitPrice: unit, discountPercent: 100 * unit + 1, exponent: 2 })).toThrow(RangeError)
  })

  it('adds up: amount + discount = list amount', () => {
    const figure = fc.integer({ min: 0, max: 10 ** 10 })
    fc.assert(fc.property(figure, figure, fc.integer({ min: 0, max: 100 * unit }), fc.integer({ min: 0, max: 3 }), (quantity, unitPrice, discountPercent, exponent) => {
      const { listAmount, discount, amount } = calculateLine({ quantity, unitPrice, discountPercent, exponent })
      expect(amount + discount).toBe(listAmount)
      expect(amount).toBeLessThanOrEqual(listAmount)
      expect(amount).toBeGreaterThanOrEqual(0)
    }))
  })
})
