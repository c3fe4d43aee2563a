import Papa from 'papaparse'
import type { Language } from '../../../config/language/text.ts'
import { isDecimal } from '../commands/defaults.ts'
import type { ExportColumn, ExportRow, Row } from './export-columns.ts'
import type { Titles } from './export-titles.ts'

/** Without it, spreadsheets take UTF-8 for the code page of the machine. */
const byteOrderMark = '\uFEFF'

/** The first row: labels in a language, or the names that an import reads. */
export function csvHead(columns: readonly ExportColumn[], as: Language | 'names'): string {
  return byteOrderMark + write([columns.map(({ name, label }) => (as === 'names' ? name : label[as]))], columns)
}

export function csvRows({ columns, rows, titles, language }: {
  columns: readonly ExportColumn[]; rows: readonly ExportRow[]; titles: Titles; language: Language
}): string {
  return write(rows.map(({ document, line }) => columns.map((column) => cell({ column, row: column.isOfLine ? line : document, titles, language }))), columns)
}

/**
 * A text that a spreadsheet would run as a formula, made a text again by an apostrophe in front (OWASP, "CSV
 * Injection"): what begins with = + - @, their full-width forms, tab or line break. Numbers, dates and options are the
 * platform's own words and stay as they are, so that "-12.50" is still a number.
 */
export function withoutFormula(text: string): string {
  return /^[=+\-@＝＋－＠\t\r\n]/.test(text) ? `'${text}` : text
}

function cell({ column: { field, states }, row, titles, language }: { column: ExportColumn; row: Row | null; titles: Titles; language: Language }): string {
  if (states) return stateLabel(states, (row?.workflow as { state?: unknown } | undefined)?.state, language)
  const value = field.name === 'workflow.state' ? (row?.workflow as { state?: unknown } | undefined)?.state : row?.[field.name]
  if (value === null || value === undefined) return ''
  if (isDecimal(field)) return String(value)
  switch (field.type) {
    case 'integer': case 'date': case 'dateTime': return String(value)
    case 'boolean': return (value === true ? yes : no)[language]
    case 'select': return [value].flat().map((one) => field.options?.find((option) => option.value === one)?.label[language] ?? String(one)).join(', ')
    case 'relation': return withoutFormula([value].flat().map((id) => titles(field.to ?? '', id) ?? String(id)).join(', '))
    case 'json': return withoutFormula(JSON.stringify(value))
    default: return withoutFormula(String(value))
  }
}

const yes = { en: 'Yes', zh: '是' } as const
const no = { en: 'No', zh: '否' } as const

function stateLabel(states: NonNullable<ExportColumn['states']>, state: unknown, language: Language): string {
  const name = typeof state === 'string' ? state : ''
  return states[name.split('.')[0] ?? name]?.label[language] ?? name
}

const numeric = new Set(['integer', 'date', 'dateTime'])

/** Texts stand in quotes: a semicolon inside one does not begin a new cell where semicolons separate. */
function write(rows: readonly (readonly string[])[], columns: readonly ExportColumn[]): string {
  const quotes = columns.map(({ field }) => !isDecimal(field) && !numeric.has(field.type))
  return `${Papa.unparse(rows as string[][], { header: false, newline: '\r\n', quotes })}\r\n`
}
