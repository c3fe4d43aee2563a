import type { Text } from '../../../config/language/text.ts'
import { plainNumber, type Cell } from './cell.ts'
import type { DecimalMark } from './detect-dialect.ts'

export type ReadText = { readonly text: string } | { readonly problem: Text }

/**
 * A figure as the platform takes it ("-1234.5"), of what people write: signs before, behind or as brackets, thousands in
 * groups of three (or four, 1,2345,6789), the decimal mark that the file uses, full-width digits, and the signs that the field takes.
 * What may mean something else is refused: a group that is none ("12,5" where the comma separates thousands), another currency,
 * percent where there is none.
 */
export function readNumber(cell: Cell, mark: DecimalMark, { isPercent = false, currency }: Signs = {}): ReadText {
  if (typeof cell === 'number') return { text: plainNumber(cell) }
  if (typeof cell === 'object' && cell !== null && 'percent' in cell) return isPercent ? { text: plainNumber(cell.percent) } : { problem: noPercent }
  if (typeof cell === 'object' && cell !== null && 'amount' in cell) {
    const problem = refusedSign(cell.currency, { isPercent, ...(currency !== undefined && { currency }) })
    return problem ? { problem } : { text: plainNumber(cell.amount) }
  }
  if (typeof cell !== 'string') return { problem: noNumber[mark] }
  let text = cell.normalize('NFKC').replace(/[\s\u2009\u202f'’]/g, '').replace(/[\u2212\u2012\u2013]/g, '-')
  const signs: string[] = []
  const taken = (_: string, before: string, sign: string, after: string): string => {
    signs.push(sign)
    return before + after
  }
  text = text.replace(/^([-+(]?)([\p{sc=Latin}\p{sc=Cyrillic}]{0,3}\p{Sc}|[\p{sc=Latin}\p{sc=Cyrillic}]{1,4}\.?)(?=[\d.,-])()/u, taken).replace(/^(.*?)([$€£¥元%]|[A-Z]{3})([-)]?)$/, taken)
  for (const sign of signs) {
    const problem = refusedSign(sign, { isPercent, ...(currency !== undefined && { currency }) })
    if (problem) return { problem }
  }
  const bracketed = /^\((.+)\)$/.exec(text)
  if (bracketed) text = `-${bracketed[1]}`
  const trailing = /^([\d.,]+)-$/.exec(text)
  if (trailing) text = `-${trailing[1]}`
  text = text.replace(/^\+/, '')
  const scientific = /^-?\d+(?:[.,]\d+)?e[+-]?\d{1,3}$/i.test(text) ? Number(text.replace(',', '.')) : Number.NaN
  if (Number.isFinite(scientific)) return { text: plainNumber(scientific) }
  const [, sign = '', whole, behind, alone] = shapes[mark].exec(text) ?? []
  const fraction = behind ?? alone
  if (whole !== undefined && (whole !== '' || fraction)) return { text: `${sign}${whole.replace(/[.,]/g, '') || '0'}${fraction === undefined || fraction === '' ? '' : `.${fraction}`}` }
  return { problem: shapes[mark === '.' ? ',' : '.'].test(text) ? otherMark[mark] : noNumber[mark] }
}

/** What a field takes beside a figure: a percent sign, or the sign or code of the currency that its amounts are in. */
export type Signs = { readonly isPercent?: boolean; readonly currency?: string }

/** Why a field does not take a sign or code beside its figures; undefined when it does. */
function refusedSign(sign: string, { isPercent, currency }: Signs): Text | undefined {
  if (sign === '%') return isPercent ? undefined : noPercent
  if (currency === undefined) return noMoney(sign)
  return writes(sign, currency) ? undefined : otherCurrency(sign, currency)
}

/** Whether a sign or code can stand for the currency: several are written with "$" and "¥". */
function writes(sign: string, currency: string): boolean {
  if (sign === currency || alsoWritten[currency]?.includes(sign)) return true
  return (['symbol', 'narrowSymbol'] as const).some((currencyDisplay) =>
    new Intl.NumberFormat('en', { style: 'currency', currency, currencyDisplay }).formatToParts(0).some(({ type, value }) => type === 'currency' && value === sign))
}

/** What Intl does not know, and spreadsheets write. */
const alsoWritten: Readonly<Record<string, readonly string[]>> = { CNY: ['元', 'RMB'], TWD: ['元'], USD: ['US$'], CHF: ['Fr.', 'SFr.'], RUB: ['р.'] }

const noPercent: Text = { en: 'A percent sign stands here, and this is no percentage. Write the figure without it.', zh: '此处带有百分号，而该字段不是百分比，请填写不带百分号的数值。' }
const noMoney = (sign: string): Text => ({ en: `“${sign}” stands beside the figure, and this is no amount of money. Write the figure alone.`, zh: `数值旁带有“${sign}”，而该字段不是金额，请只填写数值。` })
const otherCurrency = (sign: string, currency: string): Text => ({
  en: `“${sign}” is not ${currency}, the currency of the firm. Convert the amount and write it without a sign.`,
  zh: `“${sign}”不是企业的本位币 ${currency}，请换算金额后填写，不带货币符号。`,
})

const shapes = {
  '.': /^(-?)(\d{1,3}(?:,\d{3})+|\d{1,4}(?:,\d{4})+|\d*)(?:(?<=\d)\.(\d*)|\.(\d+))?$/,
  ',': /^(-?)(\d{1,3}(?:\.\d{3})+|\d*)(?:(?<=\d),(\d*)|,(\d+))?$/,
} as const satisfies Record<DecimalMark, RegExp>

const noNumber = {
  '.': { en: 'This is not a number. Write it like 1234.5.', zh: '不是有效的数字，请按 1234.5 的格式填写。' },
  ',': { en: 'This is not a number. Write it like 1234,5, as the rest of the file.', zh: '不是有效的数字，请与文件其余部分一致，按 1234,5 的格式填写。' },
} as const satisfies Record<DecimalMark, Text>
const otherMark = {
  '.': {
    en: 'The comma stands where no thousands are separated. If the file writes decimals with a comma, choose that in its options.',
    zh: '逗号不在千分位上。如果文件以逗号作小数点，请在选项中选择。',
  },
  ',': {
    en: 'The point stands where no thousands are separated. If the file writes decimals with a point, choose that in its options.',
    zh: '小数点不在千分位上。如果文件以“.”作小数点，请在选项中选择。',
  },
} as const satisfies Record<DecimalMark, Text>
