import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { convert, isExactConversion, ratioBetween } from '../../../plugins/core/engine/units.ts'

const ratio = fc.record({ numerator: fc.integer({ min: 1, max: 10_000 }), denominator: fc.integer({ min: 1, max: 10_000 }) })

describe('unit conversion', () => {
  it('is rational: three thirds of a roll are one roll', () => {
    expect(convert({ quantity: 3_000_000, numerator: 1, denominator: 3 })).toBe(1_000_000)
    expect(convert({ quantity: 1_000_000, numerator: 1, denominator: 3 })).toBe(333_333)
    expect(convert({ quantity: 2_000_000, numerator: 1, denominator: 3 })).toBe(666_667)
  })

  // International yard and pound agreement of 1959: 1 lb = 0.45359237 kg exactly.
  it('converts pounds to kilograms', () => {
    expect(convert({ quantity: 10_000_000, numerator: 45_359_237, denominator: 100_000_000 })).toBe(4_535_924)
  })

  it('knows when nothing is lost', () => {
    expect(isExactConversion({ quantity: 3_000_000, numerator: 1, denominator: 3 })).toBe(true)
    expect(isExactConversion({ quantity: 1_000_000, numerator: 1, denominator: 3 })).toBe(false)
  })

  it('combines two ratios in lowest terms', () => {
    expect(ratioBetween({ from: { numerator: 12, denominator: 1 }, to: { numerator: 2, denominator: 1 } })).toEqual({ numerator: 6, denominator: 1 })
  })

  it('refuses ratios that are not positive integers', () => {
    expect(() => convert({ quantity: 1, numerator: 0, denominator: 1 })).toThrow(RangeError)
    expect(() => convert({ quantity: 1, numerator: 1, denominator: -1 })).toThrow(RangeError)
    expect(() => convert({ quantity: 1, numerator: 1.5, denominator: 1 })).toThrow(RangeError)
  })

  it('comes back to the same quantity whenever the way there was exact', () => {
    fc.assert(fc.property(fc.integer({ min: 0, max: 10 ** 9 }), ratio, ratio, (quantity, from, to) => {
      const there = ratioBetween({ from, to })
      const whole = quantity * there.denominator
      fc.pre(Number.isSafeInteger(whole * there.numerator))
      expect(isExactConversion({ quantity: whole, ...there })).toBe(true)
      expect(convert({ quantity: convert({ quantity: whole, ...there }), ...ratioBetween({ from: to, to: from }) })).toBe(whole)
    }))
  })
})
