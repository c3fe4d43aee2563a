import type { Finding } from '../../../config/language/refusal.ts'
import type { Text } from '../../../config/language/text.ts'
import { findCurrencyExponent } from '../engine/currency.ts'
import { isTimeZone } from '../engine/zones.ts'
import { failInput } from '../errors.ts'
import type { EntityBehaviour } from '../platform/plugin.ts'

type Values = Readonly<Record<string, unknown>>

/** Amounts are counted in the company's currency and days in its time zone, so both must be known. */
export const companyRules: EntityBehaviour = {
  prepare(_context, { document }) {
    const findings = companyFindings(document)
    if (findings.length > 0) failInput(findings)
    return Promise.resolve()
  },
}

/** What is wrong with the currency and the time zone of a company; what is missing is told elsewhere. `path`: before the field. */
export function companyFindings({ currency, timeZone }: Values, path = ''): Finding[] {
  return [
    ...(typeof currency === 'string' && findCurrencyExponent(currency) === undefined ? [finding(`${path}currency`, unknownCurrency(currency))] : []),
    ...(typeof timeZone === 'string' && !isTimeZone(timeZone) ? [finding(`${path}timeZone`, unknownZone(timeZone))] : []),
  ]
}

const finding = (path: string, message: Text): Finding => ({ code: 'invalidCompany', path, severity: 'error', message })

const unknownCurrency = (code: string): Text => ({
  en: `“${code}” is not a currency of ISO 4217. Enter its code in capitals, for example EUR.`,
  zh: `“${code}”不是 ISO 4217 币种，请填写大写代码，例如 CNY。`,
})
const unknownZone = (zone: string): Text => ({
  en: `“${zone}” is not a time zone. Enter its IANA name, for example Europe/Berlin.`,
  zh: `“${zone}”不是有效时区，请填写 IANA 名称，例如 Asia/Shanghai。`,
})
