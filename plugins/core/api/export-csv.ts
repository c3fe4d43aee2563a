import Papa from 'papaparse'
import { isDecimal } from '../commands/defaults.ts'
import type { Cell, CellWriter } from './export-cells.ts'
import type { ExportColumn, ExportRow, Purpose } from './export-columns.ts'

/** Without it, spreadsheets take UTF-8 for the code page of the machine. */
const byteOrderMark = '\uFEFF'

/** The file as texts, a page at a time: UTF-8 with a byte order mark, lines ended by CRLF (RFC 4180). */
export async function* csvFile({ columns, head, pages, purpose }: {
  readonly columns: readonly ExportColumn[]; readonly head: readonly string[]; readonly pages: AsyncIterable<ExportPage>; readonly purpose: Purpose
}): AsyncGenerator<string, undefined> {
  // An import's texts are guarded in a way that it takes back.
  const written = (cell: Cell | null) => (cell === null ? '' : cell.kind === 'text' && purpose === 'people' ? withoutFormula(cell.text) : cell.text)
  yield byteOrderMark + write([head], columns)
  for await (const { rows, cell } of pages) yield write(rows.map((row) => columns.map((column) => written(cell(column, row)))), columns)
}

export type ExportPage = { readonly rows: readonly ExportRow[]; readonly cell: CellWriter }

/**
 * A text that a spreadsheet would run as a formula, made a text again by an apostrophe in front (OWASP, "CSV
 * Injection"): what begins with = + - @, their full-width forms, tab or line break. Numbers, dates and options are the
 * platform's own words and stay as they are, so that "-12.50" is still a number.
 */
export function withoutFormula(text: string): string {
  return /^[=+\-@＝＋－＠\t\r\n]/.test(text) ? `'${text}` : text
}

const numeric = new Set(['integer', 'date', 'dateTime'])

/** Texts stand in quotes: a semicolon inside one does not begin a new cell where semicolons separate. */
function write(rows: readonly (readonly string[])[], columns: readonly ExportColumn[]): string {
  if (rows.length === 0) return ''
  const quotes = columns.map(({ field }) => !isDecimal(field) && !numeric.has(field.type))
  return `${Papa.unparse(rows as string[][], { header: false, newline: '\r\n', quotes })}\r\n`
}
