import type { Language } from '../../../config/language/text.ts'
import { formatDecimal, parseDecimal } from './decimal.ts'
import type { ParsedDecimal } from './decimal.ts'

/**
 * Minor-unit exponents by ISO 4217 (list one). A table of our own, because `Intl.NumberFormat` follows CLDR's
 * habits instead (ISK, IQD, LBP …) and changes between browsers, while stored amounts must mean the same everywhere.
 */
const codesByExponent: readonly { readonly exponent: number; readonly codes: string }[] = [
  { exponent: 0, codes: 'BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX VND VUV XAF XOF XPF' },
  {
    exponent: 2,
    codes:
      'AED AFN ALL AMD ANG AOA ARS AUD AWG AZN BAM BBD BDT BGN BMD BND BOB BRL BSD BTN BWP BYN BZD CAD CDF CHF CNY COP CRC CUP '
      + 'CVE CZK DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS GIP GMD GTQ GYD HKD HNL HTG HUF IDR ILS INR IRR JMD KES '
      + 'KGS KHR KPW KYD KZT LAK LBP LKR LRD LSL MAD MDL MGA MKD MMK MNT MOP MRU MUR MVR MWK MXN MYR MZN NAD NGN NIO NOK '
      + 'NPR NZD PAB PEN PGK PHP PKR PLN QAR RON RSD RUB SAR SBD SCR SDG SEK SGD SHP SLE SOS SRD SSP STN SVC SYP SZL THB '
      + 'TJS TMT TOP TRY TTD TWD TZS UAH USD UYU UZS VES WST XCD YER ZAR ZMW',
  },
  { exponent: 3, codes: 'BHD IQD JOD KWD LYD OMR TND' },
]

const exponents: ReadonlyMap<string, number> = new Map(
  codesByExponent.flatMap(({ exponent, codes }) => codes.split(' ').map((code) => [code, exponent] as const)),
)

/** All currencies the platform knows, in alphabetical order. */
export const currencyCodes: readonly string[] = [...exponents.keys()].sort()

/** Digits of the minor unit: 2 for CNY, 0 for JPY, 3 for KWD. Undefined for a code that ISO 4217 does not list. */
export function findCurrencyExponent(code: string): number | undefined {
  return exponents.get(code)
}

/** As `findCurrencyExponent`; throws RangeError for an unknown currency, which validation should have stopped. */
export function currencyExponent(code: string): number {
  const exponent = exponents.get(code)
  if (exponent === undefined) throw new RangeError(`${code} is not a currency of ISO 4217`)
  return exponent
}

/** "12.50" → 1250 for CNY. Refusals as `parseDecimal`; throws RangeError for an unknown currency. */
export function parseMoney(input: string | number, currency: string): ParsedDecimal {
  return parseDecimal(input, currencyExponent(currency))
}

/** 1250 → "12.50" for CNY, "1250" for JPY: the decimal text the interfaces speak, with all digits of the currency. */
export function formatMoney(amount: number, currency: string): string {
  const exponent = currencyExponent(currency)
  return formatDecimal(amount, exponent, { minDigits: exponent })
}

/** The currency's name for people, from the browser's or Node's own language data: "Chinese Yuan", "人民币". */
export function currencyName(code: string, language: Language): string {
  return new Intl.DisplayNames([language === 'zh' ? 'zh-Hans' : 'en'], { type: 'currency' }).of(code) ?? code
}
