import type { FieldDefinition } from '../../../config/language/entity.ts'
import type { Language } from '../../../config/language/text.ts'
import { isDecimal } from '../commands/defaults.ts'
import { formatDecimal, scaleOf } from '../engine/decimal.ts'

const locales = { en: 'en-GB', zh: 'zh-CN' } as const
/** More than any scale has: what is written is exact, never rounded for show. */
const mostDigits = 20

export type FormatOptions = { readonly language: Language; readonly exponent: number }

/** A stored value as people read it: 1250 of money is "12.50", "2026-11-21" is "21 Nov 2026". Empty: "". */
export function formatValue(field: FieldDefinition, value: unknown, { language, exponent }: FormatOptions): string {
  if (value === null || value === undefined || value === '') return ''
  if (isDecimal(field) && typeof value === 'number') {
    const isPrice = field.type === 'money' || field.type === 'unitPrice'
    const text = formatScaled(value, { scale: scaleOf(field.type, exponent), language, minDigits: isPrice ? exponent : 0 })
    return field.type === 'percent' ? `${text}%` : text
  }
  switch (field.type) {
    case 'date': case 'dateTime': return formatDate(String(value).slice(0, 10), language)
    case 'select': return field.options?.find((option) => option.value === value)?.label[language] ?? String(value)
    case 'boolean': return yesNo[value === true ? 'yes' : 'no'][language]
    case 'integer': return formatScaled(Number(value), { scale: 0, language, minDigits: 0 })
    default: return String(value)
  }
}

/** A scaled integer with the language's separators, exact: Intl takes the decimal text, so nothing becomes a float. */
export function formatScaled(value: number, { scale, language, minDigits }: { scale: number; language: Language; minDigits: number }): string {
  const text = formatDecimal(value, scale) as `${number}`
  return new Intl.NumberFormat(locales[language], { minimumFractionDigits: minDigits, maximumFractionDigits: mostDigits }).format(text)
}

/** "21 Nov 2026", "2026年11月21日": no reader takes the month for the day. */
export function formatDate(date: string, language: Language): string {
  const month = language === 'zh' ? 'long' : 'short'
  return new Intl.DateTimeFormat(locales[language], { year: 'numeric', month, day: 'numeric', timeZone: 'UTC' }).format(new Date(`${date}T00:00:00Z`))
}

const yesNo = { yes: { en: 'Yes', zh: '是' }, no: { en: 'No', zh: '否' } } as const
