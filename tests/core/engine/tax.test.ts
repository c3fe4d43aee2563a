import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { sumExact } from '../../../plugins/core/engine/decimal.ts'
import { calculateTax } from '../../../plugins/core/engine/tax.ts'

const percent = (value: number) => value * 1_000_000

describe('calculateTax', () => {
  it('rounds once per tax code, not per line', () => {
    // Three lines of 0.05 at 10 %: per line 0.005 → 0.01 each, 0.03 in all; on the sum 0.15 × 10 % = 0.015 → 0.02.
    const lines = [1, 2, 3].map(() => ({ amount: 5, taxCode: 'T10', rate: percent(10) }))
    expect(calculateTax(lines)).toEqual({
      lineNets: [5, 5, 5], taxes: [{ taxCode: 'T10', rate: percent(10), base: 15, amount: 2 }], net: 15, tax: 2, gross: 17,
    })
  })

  // China's VAT since 1 April 2019 (MOF/STA/GACC announcement 39 of 2019): 13 % goods, 9 % transport, 0 % exports.
  it('groups a document by tax code', () => {
    const result = calculateTax([
      { amount: 100_000, taxCode: 'V13', rate: percent(13) },
      { amount: 20_050, taxCode: 'V9', rate: percent(9) },
      { amount: 33_333, taxCode: 'V13', rate: percent(13) },
      { amount: 500, taxCode: 'V0', rate: 0 },
    ])
    // 1333.33 × 13 % = 173.3329 → 173.33; 200.50 × 9 % = 18.045 → 18.05 (half away from zero)
    expect(result.taxes).toEqual([
      { taxCode: 'V13', rate: percent(13), base: 133_333, amount: 17_333 },
      { taxCode: 'V9', rate: percent(9), base: 20_050, amount: 1_805 },
      { taxCode: 'V0', rate: 0, base: 500, amount: 0 },
    ])
    expect(result).toMatchObject({ net: 153_883, tax: 19_138, gross: 173_021 })
  })

  it('takes tax out of prices that include it: 113.00 at 13 % is 100.00 + 13.00', () => {
    expect(calculateTax([{ amount: 11_300, taxCode: 'V13', rate: percent(13), inclusive: true }]))
      .toMatchObject({ lineNets: [10_000], net: 10_000, tax: 1_300, gross: 11_300 })
  })

  it('handles one line object given twice, credit lines and no lines', () => {
    const line = { amount: 11_300, taxCode: 'V13', rate: percent(13), inclusive: true }
    expect(calculateTax([line, line])).toMatchObject({ lineNets: [10_000, 10_000], gross: 22_600 })
    expect(calculateTax([{ amount: -250, taxCode: 'T10', rate: percent(10) }])).toMatchObject({ tax: -25, gross: -275 })
    expect(calculateTax([])).toEqual({ lineNets: [], taxes: [], net: 0, tax: 0, gross: 0 })
  })

  it('keeps two rates of one code apart and refuses a negative rate', () => {
    expect(calculateTax([{ amount: 100, taxCode: 'V', rate: percent(16) }, { amount: 100, taxCode: 'V', rate: percent(13) }]).taxes).toHaveLength(2)
    expect(() => calculateTax([{ amount: 100, taxCode: 'V', rate: -1 }])).toThrow(RangeError)
  })

  const line = fc.record({
    amount: fc.integer({ min: -(10 ** 9), max: 10 ** 9 }),
    taxCode: fc.constantFrom('A', 'B', 'C'),
    rate: fc.integer({ min: 0, max: percent(30) }),
    inclusive: fc.boolean(),
  })

  it('sums: nets to net, bases to net, taxes to tax, net and tax to gross', () => {
    fc.assert(fc.property(fc.array(line, { maxLength: 30 }), (lines) => {
      const { lineNets, taxes, net, tax, gross } = calculateTax(lines)
      expect(sumExact(lineNets)).toBe(net)
      expect(sumExact(taxes.map((entry) => entry.base))).toBe(net)
      expect(sumExact(taxes.map((entry) => entry.amount))).toBe(tax)
      expect(net + tax).toBe(gross)
    }))
  })

  it('never changes a gross sum that the customer was told', () => {
    fc.assert(fc.property(fc.array(line, { maxLength: 30 }), (lines) => {
      const told = lines.map((entry) => ({ ...entry, inclusive: true }))
      expect(calculateTax(told).gross).toBe(sumExact(told.map((entry) => entry.amount)))
    }))
  })

  it('is within half a unit of the exact tax, for each code', () => {
    fc.assert(fc.property(fc.array(line, { minLength: 1, maxLength: 30 }), fc.integer({ min: 0, max: percent(30) }), (lines, rate) => {
      const net = lines.map((entry) => ({ amount: entry.amount, taxCode: 'A', rate }))
      const exact = BigInt(sumExact(net.map((entry) => entry.amount))) * BigInt(rate)
      const error = BigInt(calculateTax(net).tax) * 100_000_000n - exact
      expect(error >= -50_000_000n && error <= 50_000_000n).toBe(true)
    }))
  })
})
