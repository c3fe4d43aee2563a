import { describe, expect, it } from 'vitest'
import {
  currencyCodes, currencyExponent, currencyName, findCurrencyExponent, formatMoney, parseMoney,
} from '../../../plugins/core/engine/currency.ts'

describe('currencies', () => {
  // Source: ISO 4217 list one. IQD is where Intl (CLDR: 0) would have been wrong.
  it.each([
    ['CNY', 2], ['USD', 2], ['EUR', 2], ['GBP', 2], ['HKD', 2], ['TWD', 2], ['HUF', 2], ['JPY', 0], ['KRW', 0], ['VND', 0], ['KWD', 3], ['IQD', 3],
  ])('%s has %i digits', (code, exponent) => {
    expect(currencyExponent(code)).toBe(exponent)
  })

  it('refuses what ISO 4217 does not list', () => {
    expect(findCurrencyExponent('RMB')).toBeUndefined()
    expect(findCurrencyExponent('cny')).toBeUndefined()
    expect(() => currencyExponent('RMB')).toThrow(RangeError)
  })

  it('lists each code once, three letters each', () => {
    expect(new Set(currencyCodes).size).toBe(currencyCodes.length)
    expect(currencyCodes.filter((code) => !/^[A-Z]{3}$/.test(code))).toEqual([])
  })

  it('speaks amounts with the digits of the currency', () => {
    expect(formatMoney(1250, 'CNY')).toBe('12.50')
    expect(formatMoney(1250, 'JPY')).toBe('1250')
    expect(formatMoney(1250, 'KWD')).toBe('1.250')
    expect(parseMoney('12.50', 'CNY')).toEqual({ ok: true, value: 1250 })
    expect(parseMoney('12.50', 'JPY')).toMatchObject({ ok: false, code: 'decimal.tooManyDigits' })
  })

  it('names currencies in both languages', () => {
    expect(currencyName('CNY', 'en')).toBe('Chinese Yuan')
    expect(currencyName('CNY', 'zh')).toBe('人民币')
  })
})
