/**
 * One cell as the file has it. CSV has texts; XLSX also numbers, truth values, dates ("2026-11-22", "2026-11-22T08:30:00",
 * without a zone), percents (19 for 19 %), amounts with the sign or code of a currency, errors ("#N/A") and formulas whose value is not in the file. Empty: null or ''.
 */
export type Cell = string | number | boolean | null | { readonly date: string } | { readonly percent: number } | MoneyCell | { readonly error: string } | { readonly formula: true }

export type MoneyCell = { readonly amount: number; readonly currency: string }

export type ImportRow = {
  /** As a spreadsheet shows it: the first row of the file is 1. */
  readonly row: number
  readonly cells: readonly Cell[]
  /** Quotes that do not close: the cells are only what one may show. */
  readonly broken?: true
}

export const isEmptyCell = (cell: Cell | undefined): boolean => cell === undefined || cell === null || (typeof cell === 'string' && cell.trim() === '')

/** What a person reads in the cell. */
export function textOfCell(cell: Cell | undefined): string {
  if (cell === undefined || cell === null) return ''
  if (typeof cell === 'string') return cell
  if (typeof cell === 'number') return plainNumber(cell)
  if (typeof cell === 'boolean') return cell ? 'TRUE' : 'FALSE'
  if ('date' in cell) return cell.date.replace('T', ' ')
  if ('formula' in cell) return ''
  if ('amount' in cell) return `${cell.amount < 0 ? '-' : ''}${cell.currency}${/\p{Sc}$/u.test(cell.currency) ? '' : ' '}${plainNumber(Math.abs(cell.amount))}`
  return 'percent' in cell ? `${plainNumber(cell.percent)}%` : cell.error
}

/**
 * A number without exponent, by the 15 digits that spreadsheets keep: 0.1 + 0.2 is 0.3 there. Integers are as they are.
 */
export function plainNumber(value: number): string {
  if (Number.isSafeInteger(value)) return String(value)
  const [mantissa = '0', exponent = '0'] = value.toExponential(14).split('e')
  const negative = mantissa.startsWith('-')
  const digits = mantissa.replace(/[-.]/g, '').replace(/0+$/, '') || '0'
  const point = Number(exponent) + 1
  const text = point <= 0 ? `0.${'0'.repeat(-point)}${digits}` : point >= digits.length ? digits.padEnd(point, '0') : `${digits.slice(0, point)}.${digits.slice(point)}`
  return negative ? `-${text}` : text
}
