import { isEmptyCell, textOfCell, type Cell, type ImportRow } from './cell.ts'

export const delimiters = [',', ';', '\t', '|'] as const
export type Delimiter = (typeof delimiters)[number]

/** The delimiter that cuts most lines into the same number of cells, more than one; the comma where none does. */
export function detectDelimiter(sample: string): Delimiter {
  const lines = outsideQuotes(sample).split(/\r\n?|\n/).filter((line) => line.trim() !== '').slice(0, 50)
  const scored = delimiters.map((delimiter) => {
    const counts = lines.map((line) => line.split(delimiter).length - 1)
    const most = mode(counts.filter((count) => count > 0))
    return { delimiter, score: most === undefined ? 0 : counts.filter((count) => count === most).length * 1000 + most }
  })
  const best = scored.reduce((first, each) => (each.score > first.score ? each : first))
  return best.score === 0 ? ',' : best.delimiter
}

/** Quoted values emptied, so that what stands in them does not count. */
const outsideQuotes = (sample: string): string => sample.replace(/"(?:[^"]|"")*"/g, '""')

function mode(counts: readonly number[]): number | undefined {
  const seen = new Map<number, number>()
  for (const count of counts) seen.set(count, (seen.get(count) ?? 0) + 1)
  return [...seen].sort((a, b) => b[1] - a[1] || b[0] - a[0])[0]?.[0]
}

/**
 * The row that names the columns: the first one with most names of fields, if it has several; else the first one of texts that has
 * (nearly) as many filled cells as two rows have, so that neither a title nor a stray cell decides. Row numbers begin at 1.
 */
export function detectHeaderRow(rows: readonly ImportRow[], isName: (text: string) => boolean = () => false): number {
  const first = rows.slice(0, 20)
  const filled = ({ cells }: ImportRow) => cells.filter((cell) => !isEmptyCell(cell)).length
  const names = first.map(({ cells }) => cells.slice(0, 100).filter((cell) => typeof cell === 'string' && cell.length < 100 && isName(cell)).length)
  const most = Math.max(0, ...names)
  if (most > 1) return first[names.indexOf(most)]?.row ?? 1
  const [widest = 0, second = 0] = first.map(filled).sort((a, b) => b - a)
  const width = second > 1 ? second : widest
  const header = first.find((row) => filled(row) >= Math.max(1, width * 0.7) && row.cells.every((cell) => isEmptyCell(cell) || isWord(cell)))
  return header?.row ?? first.find((row) => filled(row) > 0)?.row ?? 1
}

const isWord = (cell: Cell): boolean => typeof cell === 'string' && !/^[\d.,\s%-]+$/.test(cell.trim())

export type DateOrder = 'ymd' | 'dmy' | 'mdy'
export type DecimalMark = '.' | ','

/** The decimal mark that a figure can only have; 'either' where it may separate thousands too (1,500); none where it has no mark, or is no figure. */
export function markOf(text: string): DecimalMark | 'either' | undefined {
  const figure = text.normalize('NFKC').replace(/[\s'’]/g, '').replace(/^[-+(]?\p{Sc}?|[-)%\p{Sc}元]+$/gu, '')
  if (/^[1-9]\d{0,2}[.,]\d{3}$/.test(figure)) return 'either'
  if (/^(\d{1,3}(\.\d{3})*|\d+),\d+$|^\d{1,3}(\.\d{3}){2,}$/.test(figure)) return ','
  return /^(\d{1,3}(,\d{3})*|\d+)\.\d+$|^\d{1,3}(,\d{3}){2,}$/.test(figure) ? '.' : undefined
}

/**
 * How numbers and dates are written, by what can only be meant one way; `.` and day first where nothing says otherwise.
 * `isOrderGuessed`: there are dates, and all of them could be either.
 */
export function detectConventions(rows: readonly ImportRow[]): { readonly decimalMark: DecimalMark; readonly dateOrder: DateOrder; readonly isOrderGuessed: boolean } {
  const texts = rows.flatMap(({ cells }) => cells.map(textOfCell)).map((text) => text.trim())
  const marks = texts.map(markOf)
  const [commas, points] = [',', '.'].map((mark) => marks.filter((one) => one === mark).length) as [number, number]
  const days = texts.flatMap((text) => {
    const match = /^(\d{1,2})[./-](\d{1,2})[./-](\d{2}|\d{4})\b/.exec(text)
    return match ? [[Number(match[1]), Number(match[2])] as const] : []
  })
  const monthFirst = days.some(([, second]) => second > 12) && !days.some(([first]) => first > 12)
  const isOrderGuessed = days.length > 0 && days.every(([first, second]) => first <= 12 && second <= 12)
  return { isOrderGuessed, decimalMark: commas > points ? ',' : '.', dateOrder: days.length === 0 ? 'ymd' : monthFirst ? 'mdy' : 'dmy' }
}
