import type { EntityDefinition, FieldDefinition } from '../../../config/language/entity.ts'
import type { Text } from '../../../config/language/text.ts'
import { decodeInput } from '../commands/input.ts'
import type { CsvRow } from './csv.ts'
import type { RowProblem } from './importer.ts'

export type Reading = { readonly values: Record<string, unknown>; readonly problems: readonly RowProblem[] }

/**
 * Reads the cells of a row that `fields` name (name = column) with the platform's own rules for input: decimals to scaled
 * integers, dates, lengths, limits. Everything that is wrong comes at once. Absent cells of required fields are wrong.
 */
export function readCells(row: CsvRow, { file, fields, exponent }: { readonly file: string; readonly fields: readonly FieldDefinition[]; readonly exponent: number }): Reading {
  const spoken = Object.fromEntries(fields.map((field) => [field.name, spokenCell(field, row.values[field.name] ?? '')]))
  const { values, findings } = decodeInput(fields, spoken, { exponent, label: rowLabel })
  const missing = fields.filter((field) => field.required && (row.values[field.name] ?? '') === '')
  return {
    values,
    problems: [
      ...findings.map(({ path, message }) => problemOf({ file, row, column: path, message })),
      ...missing.map(({ name }) => problemOf({ file, row, column: name, message: isMissing(name) })),
    ],
  }
}

/** What the platform takes for a field of this type: whole numbers are numbers there, all other figures texts. */
export function spokenCell(field: Pick<FieldDefinition, 'type'>, cell: string): unknown {
  if (field.type === 'integer' && /^[+-]?\d{1,15}$/.test(cell)) return Number(cell)
  return cell
}

export function problemOf(
  { file, row, column, message, severity = 'error' }: { readonly file: string; readonly row: CsvRow; readonly column: string; readonly message: Text; readonly severity?: 'error' | 'warning' },
): RowProblem {
  return { file, row: row.row, column, value: (row.values[column] ?? '').slice(0, 200), severity, message }
}

export const isMissing = (name: string): Text => ({ en: `${name} is empty. Fill it in.`, zh: `${name} 为空，请填写。` })

export const unknownReference = ({ label, value }: { readonly label: EntityDefinition['label']; readonly value: string }): Text => ({
  en: `There is no ${label.en.toLowerCase()} "${value}" among the rows that were imported. Correct the value, or the row it names.`,
  zh: `已导入的数据中没有${label.zh}“${value}”。请更正该值，或更正它所引用的行。`,
})

const rowLabel = { en: 'Row', zh: '行' }
