import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  allocate, DecimalOverflowError, divideRounded, extendAmount, formatDecimal, mulDiv, parseDecimal, scaleOf, sumExact,
} from '../../../plugins/core/engine/decimal.ts'

const safeInteger = fc.integer({ min: Number.MIN_SAFE_INTEGER, max: Number.MAX_SAFE_INTEGER })
const scale = fc.integer({ min: 0, max: 8 })

describe('parseDecimal', () => {
  it.each([
    ['12.50', 2, 1250], ['12.5', 2, 1250], ['-0.01', 2, -1], ['0', 6, 0], ['-0', 2, 0], [' 7 ', 0, 7], ['007', 0, 7],
    ['39.2900', 2, 3929], ['100.00', 0, 100], ['0.000001', 6, 1], ['90071992547409.91', 2, Number.MAX_SAFE_INTEGER],
    [12, 2, 1200], [-3, 6, -3_000_000],
  ])('reads %j at scale %i as %i', (input, digits, value) => {
    expect(parseDecimal(input, digits)).toEqual({ ok: true, value })
  })

  it.each([
    ['1e5', 2, 'decimal.malformed'], ['1,5', 2, 'decimal.malformed'], ['1.234,5', 2, 'decimal.malformed'], ['', 2, 'decimal.malformed'],
    ['.5', 2, 'decimal.malformed'], ['5.', 2, 'decimal.malformed'], ['NaN', 2, 'decimal.malformed'], ['Infinity', 2, 'decimal.malformed'],
    ['0x10', 2, 'decimal.malformed'], ['+1', 2, 'decimal.malformed'], ['--1', 2, 'decimal.malformed'], ['１２', 2, 'decimal.malformed'],
    ['1 000', 2, 'decimal.malformed'], [NaN, 2, 'decimal.malformed'], [Infinity, 2, 'decimal.malformed'],
    [0.1, 2, 'decimal.fractionalNumber'], ['1.234', 2, 'decimal.tooManyDigits'], ['1.5', 0, 'decimal.tooManyDigits'],
    ['90071992547409.92', 2, 'decimal.tooLarge'], [Number.MAX_SAFE_INTEGER, 2, 'decimal.tooLarge'], [2 ** 53, 0, 'decimal.tooLarge'],
    ['9'.repeat(100_000), 2, 'decimal.tooLarge'],
  ])('refuses %j at scale %i with %s', (input, digits, code) => {
    expect(parseDecimal(input, digits)).toMatchObject({ ok: false, code })
  })

  it('reads back whatever formatDecimal writes', () => {
    fc.assert(fc.property(safeInteger, scale, fc.integer({ min: 0, max: 8 }), (value, digits, minDigits) => {
      expect(parseDecimal(formatDecimal(value, digits, { minDigits }), digits)).toEqual({ ok: true, value })
    }))
  })
})

describe('formatDecimal', () => {
  it.each([
    [1250, 2, 2, '12.50'], [1250, 2, 0, '12.5'], [1200, 2, 0, '12'], [-5, 2, 2, '-0.05'], [0, 6, 0, '0'], [500, 0, 0, '500'],
    [1_500_000, 6, 2, '1.50'], [1, 8, 0, '0.00000001'],
  ])('writes %i at scale %i with at least %i digits as %s', (value, digits, minDigits, text) => {
    expect(formatDecimal(value, digits, { minDigits })).toBe(text)
  })

  it('refuses a number that is not a safe integer', () => {
    expect(() => formatDecimal(1.5, 2)).toThrow(DecimalOverflowError)
  })
})

describe('mulDiv', () => {
  it.each([[5, 1, 2, 3], [-5, 1, 2, -3], [5, 1, -2, -3], [7, 1, 3, 2], [1, 1, 3, 0], [25, 1, 10, 3], [24, 1, 10, 2]])(
    '%i × %i ÷ %i rounds half away from zero to %i', (a, b, divisor, result) => {
      expect(mulDiv(a, b, divisor)).toBe(result)
    })

  it('keeps the full product of large operands', () => {
    expect(mulDiv(Number.MAX_SAFE_INTEGER, 1_000_000, 1_000_000)).toBe(Number.MAX_SAFE_INTEGER)
  })

  it('refuses overflow, fractions and division by zero', () => {
    expect(() => mulDiv(Number.MAX_SAFE_INTEGER, 2, 1)).toThrow(DecimalOverflowError)
    expect(() => mulDiv(0.5, 2, 1)).toThrow(DecimalOverflowError)
    expect(() => mulDiv(1, 1, 0)).toThrow(RangeError)
  })

  it('is never further than half a unit from the exact quotient', () => {
    fc.assert(fc.property(fc.bigInt({ min: -(10n ** 30n), max: 10n ** 30n }), fc.bigInt({ min: 1n, max: 10n ** 12n }), (top, divisor) => {
      const error = divideRounded(top, divisor) * divisor - top
      expect(2n * (error < 0n ? -error : error) <= divisor).toBe(true)
      expect(divideRounded(-top, divisor)).toBe(-divideRounded(top, divisor))
    }))
  })
})

describe('extendAmount', () => {
  it.each([
    // 3 × 19.99 = 59.97
    [3_000_000, 19_990_000, 2, 5997],
    // 0.333333 × 10.00 = 3.33333, so 3.33
    [333_333, 10_000_000, 2, 333],
    // 1.5 × 0.003333 = 0.0049995, so 0.00 (a price finer than a cent)
    [1_500_000, 3_333, 2, 0],
    // 1000 × 0.003335 = 3.335, half away from zero: 3.34
    [1_000_000_000, 3_335, 2, 334],
    // 2 × 150 yen has no decimals
    [2_000_000, 150_000_000, 0, 300],
    // a return of 3 × 19.99
    [-3_000_000, 19_990_000, 2, -5997],
  ])('%i × %i at exponent %i is %i', (quantity, unitPrice, exponent, amount) => {
    expect(extendAmount({ quantity, unitPrice, exponent })).toBe(amount)
  })

  it('refuses an amount that does not fit', () => {
    expect(() => extendAmount({ quantity: 9e15, unitPrice: 9e15, exponent: 2 })).toThrow(DecimalOverflowError)
  })
})

describe('allocate', () => {
  it('gives the leftover to the largest remainders, ties to the earlier', () => {
    expect(allocate(100, [1, 1, 1])).toEqual([34, 33, 33])
    expect(allocate(-100, [1, 1, 1])).toEqual([-34, -33, -33])
    // Exact shares 1.43, 2.86, 5.71: the two leftover units go to .86 and .71.
    expect(allocate(10, [1, 2, 4])).toEqual([1, 3, 6])
    expect(allocate(5, [0, 1])).toEqual([0, 5])
  })

  it('refuses to split something over nothing', () => {
    expect(() => allocate(5, [0, 0])).toThrow(RangeError)
    expect(() => allocate(5, [])).toThrow(RangeError)
    expect(() => allocate(5, [2, -1])).toThrow(RangeError)
    expect(allocate(0, [0, 0])).toEqual([0, 0])
  })

  it('sums to the total, each part within one unit of its share', () => {
    const weights = fc.array(fc.integer({ min: 0, max: 2 ** 40 }), { minLength: 1, maxLength: 20 }).filter((list) => list.some((weight) => weight > 0))
    fc.assert(fc.property(safeInteger, weights, (total, list) => {
      const parts = allocate(total, list)
      expect(sumExact(parts)).toBe(total)
      const weightSum = list.reduce((sum, weight) => sum + BigInt(weight), 0n)
      parts.forEach((part, index) => {
        const gap = BigInt(part) * weightSum - BigInt(total) * BigInt(list[index] ?? 0)
        expect((gap < 0n ? -gap : gap) < weightSum).toBe(true)
      })
    }))
  })
})

it('scales money by its currency and the rest by their type', () => {
  expect([scaleOf('money', 0), scaleOf('money', 2), scaleOf('rate', 2), scaleOf('percent', 2)]).toEqual([0, 2, 8, 6])
})
