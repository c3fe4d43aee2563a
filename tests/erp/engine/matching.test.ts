import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { matchBill } from '../../../plugins/erp/engine/matching.ts'

const unit = 1_000_000
const order = { id: 'p1', ordered: 100 * unit, received: 80 * unit, billed: 30 * unit, unitPrice: 10 * unit }
const line = { id: 'b1', quantity: 50 * unit, unitPrice: 10 * unit, order }
const match = (overrides: object, tolerance = {}) => matchBill({ lines: [{ ...line, ...overrides }], tolerance, exponent: 2 })
const codes = (result: ReturnType<typeof matchBill>) => result.reasons.map((reason) => reason.code)

describe('three-way match', () => {
  it('passes what was received, not yet billed, at the agreed price', () => {
    expect(match({})).toEqual({
      status: 'ok', reasons: [],
      lines: [{ id: 'b1', status: 'ok', quantityDifference: 0, priceDifference: 0, amountDifference: 0, reasons: [] }],
    })
  })

  it('blocks one unit more than received, with both figures and the place', () => {
    const result = match({ quantity: 51 * unit })
    expect(codes(result)).toEqual(['matching.overReceived'])
    expect(result.lines[0]?.quantityDifference).toBe(unit)
    expect(result.reasons[0]).toMatchObject({ path: 'lines.0.quantity' })
    expect(result.reasons[0]?.message.en).toContain('Billed 81 in all, but only 80 received')
    expect(result.reasons[0]?.message.zh).toContain('累计开票 81，实际收货 80')
  })

  it('blocks the smallest quantity beyond what was received', () => {
    expect(codes(match({ quantity: 50 * unit + 1 }))).toEqual(['matching.overReceived'])
  })

  it('counts several bill lines of one order line together', () => {
    const result = matchBill({ lines: [{ ...line, quantity: 30 * unit }, { ...line, id: 'b2', quantity: 30 * unit }], tolerance: {}, exponent: 2 })
    expect(result.lines.map(({ status }) => status)).toEqual(['ok', 'blocked'])
    expect(result.reasons[0]?.path).toBe('lines.1.quantity')
  })

  it('blocks more than ordered beyond the tolerance, received or not', () => {
    const over = { ...order, received: 120 * unit }
    expect(codes(match({ order: over, quantity: 75 * unit }))).toEqual(['matching.overOrdered'])
    expect(codes(match({ order: over, quantity: 75 * unit }, { quantityPercent: 5 * unit }))).toEqual([])
    expect(codes(match({ order: over, quantity: 76 * unit }, { quantityPercent: 5 * unit }))).toEqual(['matching.overOrdered'])
  })

  it.each([
    ['exact price when no limit is set', {}, 10_000_001, true],
    ['at the percent limit', { pricePercent: 2 * unit }, 10_200_000, false],
    ['over the percent limit', { pricePercent: 2 * unit }, 10_200_001, true],
    ['under the percent limit, too cheap', { pricePercent: 2 * unit }, 9_799_999, true],
    // 50 × 0.10 = 5.00
    ['at the amount limit', { priceAmount: 500 }, 10_100_000, false],
    ['over the amount limit', { priceAmount: 499 }, 10_100_000, true],
    ['within percent but over amount', { pricePercent: 2 * unit, priceAmount: 499 }, 10_100_000, true],
  ])('%s', (_, tolerance, unitPrice, isBlocked) => {
    expect(codes(match({ unitPrice }, tolerance))).toEqual(isBlocked ? ['matching.priceOff'] : [])
  })

  it('gives the differences in price and amount', () => {
    expect(match({ unitPrice: 10_100_000 }, { pricePercent: 2 * unit }).lines[0]).toMatchObject({ priceDifference: 100_000, amountDifference: 500 })
  })

  it('blocks lines without order or quantity, and tells every reason at once', () => {
    expect(codes(matchBill({ lines: [{ id: 'b1', quantity: unit, unitPrice: unit }], tolerance: {}, exponent: 2 }))).toEqual(['matching.noOrderLine'])
    expect(codes(match({ quantity: 0 }))).toEqual(['matching.noQuantity'])
    expect(codes(match({ quantity: 90 * unit, unitPrice: unit }))).toEqual(['matching.overReceived', 'matching.overOrdered', 'matching.priceOff'])
  })

  it('never passes more than received in all', () => {
    const quantities = fc.array(fc.integer({ min: 1, max: 60 * unit }), { minLength: 1, maxLength: 6 })
    fc.assert(fc.property(quantities, (list) => {
      const result = matchBill({ lines: list.map((quantity, index) => ({ ...line, id: `b${index}`, quantity })), tolerance: { quantityPercent: 100 * unit }, exponent: 2 })
      const total = list.reduce((sum, quantity) => sum + quantity, order.billed)
      expect(result.status).toBe(total <= order.received ? 'ok' : 'blocked')
    }))
  })
})
