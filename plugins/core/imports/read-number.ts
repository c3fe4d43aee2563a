import type { Text } from '../../../config/language/text.ts'
import { plainNumber, type Cell } from './cell.ts'
import type { DecimalMark } from './detect-dialect.ts'

export type ReadText = { readonly text: string } | { readonly problem: Text }

/**
 * A figure as the platform takes it ("-1234.5"), of what people write: signs before, behind or as brackets, thousands in
 * groups of three (or four, 1,2345,6789), the decimal mark that the file uses, a currency or percent sign, full-width digits.
 * A group that is none ("12,5" where the comma separates thousands) is refused: it may mean something else.
 */
export function readNumber(cell: Cell, mark: DecimalMark): ReadText {
  if (typeof cell === 'number') return { text: plainNumber(cell) }
  if (typeof cell === 'object' && cell !== null && 'percent' in cell) return { text: plainNumber(cell.percent) }
  if (typeof cell !== 'string') return { problem: noNumber[mark] }
  let text = cell.normalize('NFKC').replace(/[\s\u2009\u202f'’]/g, '').replace(/[\u2212\u2012\u2013]/g, '-')
  text = text.replace(/^([-+(]?)(?:[$€£¥￥]|[A-Z]{3}(?=[\d.,-]))/, '$1').replace(/(?:[$€£¥￥元]|%|[A-Z]{3})([-)]?)$/, '$1')
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
