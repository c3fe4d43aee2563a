import type { Language } from '../../config/language/text.ts'

/**
 * How values are written for people. Decimals come and go as texts ("1234.5"); their digits are never turned into a
 * floating-point number.
 */

export type DecimalForm = {
  /** Digits after the point that are always shown. */
  readonly minDigits?: number
}

/** "1234567.5" → "1,234,567.5", the grouping both languages share. Texts that are no decimals come back as they are. */
export function formatDecimalText(value: string, { minDigits = 0 }: DecimalForm = {}): string {
  const match = /^(-)?0*(\d+)(?:\.(\d*))?$/.exec(value)
  if (!match) return value
  const [, sign = '', whole = '0', fraction = ''] = match
  const digits = fraction.replace(/0+$/, '').padEnd(minDigits, '0')
  const grouped = whole.replace(/\B(?=(\d{3})+$)/g, ',')
  return `${sign ? '−' : ''}${grouped}${digits ? `.${digits}` : ''}`
}

/** An amount with its currency sign: "€1,234.50", "¥1,234.50". */
export function formatMoneyText(value: string, { currency, exponent }: { currency: string; exponent: number }): string {
  const number = formatDecimalText(value, { minDigits: exponent })
  const sign = currencySign(currency)
  return number.startsWith('−') ? `−${sign}${number.slice(1)}` : `${sign}${number}`
}

export function currencySign(currency: string): string {
  if (!currency) return ''
  const known = signs.get(currency)
  if (known !== undefined) return known
  const sign = signOf(currency)
  signs.set(currency, sign)
  return sign
}

const signs = new Map<string, string>()

function signOf(currency: string): string {
  try {
    const parts = new Intl.NumberFormat('en', { style: 'currency', currency, currencyDisplay: 'narrowSymbol' }).formatToParts(0)
    const sign = parts.find(({ type }) => type === 'currency')?.value ?? currency
    return /^[A-Z]+$/.test(sign) ? `${sign} ` : sign
  } catch {
    return `${currency} `
  }
}

/**
 * What someone typed or pasted as a decimal, in the plain form that the platform takes: spaces, currency signs, full-width
 * digits and commas between groups of three are dropped. Anything else stays as typed, so that the answer can name it:
 * "1,5" is never read as 15.
 */
export function plainDecimal(typed: string): string {
  const text = typed.normalize('NFKC').replace(/[\s_'¥€$£]/g, '').replace(/^[−–]/, '-')
  const ungrouped = /^-?\d{1,3}(?:,\d{3})+(?:\.\d*)?$/.test(text) ? text.replaceAll(',', '') : text
  const match = /^(-?)(\d*)(?:\.(\d*))?$/.exec(ungrouped)
  if (!match || (!match[2] && !match[3])) return typed.trim()
  const [, sign, whole, fraction] = match
  return `${sign}${whole || '0'}${fraction ? `.${fraction}` : ''}`
}

/** "2026-11-21" → "21 Nov 2026" or "2026-11-21"; a calendar date has no time zone. */
export function formatDateText(value: string, language: Language): string {
  const match = /^(\d{4})-(\d{2})-(\d{2})/.exec(value)
  if (!match) return value
  if (language === 'zh') return match[0]
  return `${Number(match[3])} ${months[Number(match[2]) - 1] ?? match[2]} ${match[1]}`
}

const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec']

/** A moment in the firm's time zone: "21 Nov 2026, 14:05". */
export function formatMoment(iso: string, { language, timeZone }: { language: Language; timeZone: string }): string {
  const at = new Date(iso)
  if (Number.isNaN(at.getTime())) return iso
  const parts = new Intl.DateTimeFormat('en-GB', {
    timeZone, year: 'numeric', month: '2-digit', day: '2-digit', hour: '2-digit', minute: '2-digit', hour12: false,
  }).formatToParts(at)
  const part = (type: string) => parts.find((candidate) => candidate.type === type)?.value ?? ''
  return `${formatDateText(`${part('year')}-${part('month')}-${part('day')}`, language)}${language === 'zh' ? ' ' : ', '}${part('hour')}:${part('minute')}`
}

/** A length of time by its largest unit: "45 min", "3.2 h", "2.4 d". */
export function formatLength(milliseconds: number, language: Language): string {
  const [, size, en, zh] = lengths.find(([least]) => milliseconds >= least) ?? lengths[lengths.length - 1] ?? [0, 60_000, 'min', '分钟']
  if (milliseconds < 60_000) return language === 'zh' ? '不足 1 分钟' : '< 1 min'
  const number = milliseconds / size
  return `${number < 10 ? Math.round(number * 10) / 10 : Math.round(number)} ${language === 'zh' ? zh : en}`
}

/** From so many milliseconds on, in units of so many. */
const lengths = [[172_800_000, 86_400_000, 'd', '天'], [5_400_000, 3_600_000, 'h', '小时'], [0, 60_000, 'min', '分钟']] as const

/** "3 min ago", "昨天": how long before or after `now` (milliseconds) a moment lies. */
export function formatRelative(iso: string, { language, now }: { language: Language; now: number }): string {
  const exact = Math.round((new Date(iso).getTime() - now) / 1000)
  // The clocks of server and browser differ a little: what has just happened did not happen in a moment to come.
  const seconds = Math.abs(exact) < 5 || (exact > 0 && exact < 60) ? 0 : exact
  if (Number.isNaN(seconds)) return iso
  const [unit, size] = units.find(([, length]) => Math.abs(seconds) >= length) ?? units[units.length - 1] ?? (['second', 1] as const)
  return new Intl.RelativeTimeFormat(language === 'zh' ? 'zh-CN' : 'en', { numeric: 'auto', style: 'short' }).format(Math.round(seconds / size), unit)
}

const units = [
  ['year', 31_536_000], ['month', 2_592_000], ['week', 604_800], ['day', 86_400], ['hour', 3_600], ['minute', 60], ['second', 1],
] as const satisfies readonly (readonly [Intl.RelativeTimeFormatUnit, number])[]
