import type { FieldDefinition } from '../../config/language/entity.ts'
import type { OptionHit } from '../../plugins/core/api/search.ts'
import type { FormRow, FormValue } from '../kit/field-values.ts'
import { plainDecimal } from '../kit/format.ts'
import { parseTable } from '../kit/paste.ts'
import { findReference } from '../kit/relation-input.tsx'
import { isNumeric } from '../kit/values.tsx'

type Paste<Row extends FormRow> = {
  readonly text: string
  readonly rows: readonly Row[]
  /** Row and column of the cell that was pasted into. */
  readonly from: number
  readonly start: FieldDefinition
  readonly columns: readonly FieldDefinition[]
  readonly make: () => Row
}

export type Pasted<Row extends FormRow> = {
  readonly rows: readonly Row[]
  readonly found: readonly { readonly entity: string; readonly option: OptionHit }[]
  readonly unknown: readonly { readonly line: number; readonly field: FieldDefinition; readonly value: string }[]
}

/** Cells of a spreadsheet laid over the grid; rows are added as needed, references are found by number or name. */
export async function pastedLines<Row extends FormRow>({ text, rows, from, start, columns, make }: Paste<Row>): Promise<Pasted<Row>> {
  const table = parseTable(text)
  const first = columns.indexOf(start)
  const result = [...rows]
  const found: { entity: string; option: OptionHit }[] = []
  const unknown: { line: number; field: FieldDefinition; value: string }[] = []
  const known = new Map<string, Promise<OptionHit | undefined>>()
  for (const [offset, cells] of table.entries()) {
    const at = from + offset
    const row = result[at] ?? make()
    const values: Record<string, FormValue> = { ...row.values }
    for (const [shift, cell] of cells.entries()) {
      const field = columns[first + shift]
      if (!field) continue
      if (field.type !== 'relation' || cell === '') {
        values[field.name] = cellValue(field, cell)
        continue
      }
      const question = `${field.to ?? ''} ${cell}`
      const asked = known.get(question) ?? findReference(field.to ?? '', cell)
      known.set(question, asked)
      const option = await asked
      if (option) {
        values[field.name] = option.id
        found.push({ entity: field.to ?? '', option })
      } else unknown.push({ line: at + 1, field, value: cell })
    }
    result[at] = { ...row, values }
  }
  return { rows: result, found, unknown }
}

function cellValue(field: FieldDefinition, cell: string): FormValue {
  if (isNumeric(field)) return plainDecimal(cell.replace(/%$/, ''))
  if (field.type === 'boolean') return /^(1|x|y|yes|true|是)$/i.test(cell)
  if (field.type === 'date') return dateOf(cell)
  if (field.type !== 'select') return cell
  const wanted = cell.toLowerCase()
  return field.options?.find(({ value, label }) => [value, label.en, label.zh].some((name) => name.toLowerCase() === wanted))?.value ?? cell
}

/** Dates as spreadsheets write them with the year first; others stay as they are and are refused with the reason. */
function dateOf(cell: string): string {
  const match = /^(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?$/.exec(cell)
  return match ? `${match[1]}-${match[2]?.padStart(2, '0')}-${match[3]?.padStart(2, '0')}` : cell
}
