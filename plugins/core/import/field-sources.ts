import type { Text } from '../../../config/language/text.ts'
import type { CsvRow } from './csv.ts'

/** Where a field of ours comes from: told in columns of the file and spoken values. */
export type FieldSource =
  | { readonly kind: 'cell'; readonly column: string; readonly speak: (cell: string, row: CsvRow) => unknown }
  | { readonly kind: 'reference'; readonly column: string; readonly to: string; readonly externalId: (row: CsvRow) => string }

/** The cell as it stands. */
export const from = (column: string): FieldSource => ({ kind: 'cell', column, speak: (cell) => cell })

/** One value for each text that the cell may be; another one is unreadable. */
export const choice = (column: string, values: Readonly<Record<string, unknown>>): FieldSource =>
  ({ kind: 'cell', column, speak: (cell) => (Object.hasOwn(values, cell) ? values[cell] : oneOf(column, Object.keys(values))) })

const oneOf = (column: string, values: readonly string[]): Unreadable => ({
  unreadable: { en: `${column} must be one of ${values.join(', ')}. Correct it.`, zh: `${column} 必须是以下之一：${values.join('、')}，请更正。` },
})

/** Made of the row by a rule, which may answer `unreadable`; `column` is the one to show when the result is refused. */
export const made = (column: string, speak: (row: CsvRow) => unknown): FieldSource => ({ kind: 'cell', column, speak: (_, row) => speak(row) })

/** What a rule answers when it can make nothing of the cell. */
export type Unreadable = { readonly unreadable: Text }

export const isUnreadable = (value: unknown): value is Unreadable => typeof value === 'object' && value !== null && 'unreadable' in value

export const constant = (value: unknown): FieldSource => ({ kind: 'cell', column: '', speak: () => value })

/** The document that was imported under this id; an empty cell refers to nothing. */
export const reference = (column: string, to: string, externalId: (cell: string, row: CsvRow) => string = (cell) => cell): FieldSource =>
  ({ kind: 'reference', column, to, externalId: (row) => (row.values[column] ? externalId(row.values[column], row) : '') })

/** Always the same document. */
export const fixed = (to: string, externalId: string): FieldSource => ({ kind: 'reference', column: '', to, externalId: () => externalId })
