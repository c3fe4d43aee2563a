import type { FieldDefinition } from '../../../../config/language/entity.ts'
import { quantity, text } from '../../../../config/language/fields.ts'
import { readCsv, type CsvRow } from '../../../core/import/csv.ts'
import type { ImportRun, RowProblem } from '../../../core/import/importer.ts'
import { readCells } from '../../../core/import/row-values.ts'

export const inventoryFile = 'ProductInventory.csv'
const columns = ['ProductId', 'LocationId', 'Quantity'] as const

export type InventoryRow = { readonly row: CsvRow; readonly product: string; readonly location: string; readonly quantity: number; readonly problems: readonly RowProblem[] }

const label = (name: string) => ({ en: name, zh: name })
const fields: readonly FieldDefinition[] = [
  text('ProductId', label('ProductId'), { required: true }), text('LocationId', label('LocationId'), { required: true }),
  quantity('Quantity', label('Quantity'), { required: true, min: 0 }),
]

/** The counted stock, row by row; rows that cannot be read come with what is wrong with them. Shelves and bins of a location are one. */
export async function* readInventory(run: Pick<ImportRun, 'folder'>, report: (problem: RowProblem) => void): AsyncGenerator<InventoryRow> {
  for await (const row of readCsv({ folder: run.folder, file: inventoryFile, columns, report })) {
    const { values, problems } = readCells(row, { file: inventoryFile, fields, exponent: 2 })
    yield { row, product: row.values.ProductId ?? '', location: row.values.LocationId ?? '', quantity: Number(values.Quantity), problems }
  }
}

/** Where the goods of a part are put when they come: its first location in the file; for parts it does not have, the file's first. */
export async function firstLocations(run: Pick<ImportRun, 'folder'>): Promise<(product: string) => string> {
  const first = new Map<string, string>()
  // What is wrong with a row is said when it is counted.
  for await (const { product, location } of readInventory(run, () => {})) if (!first.has(product)) first.set(product, location)
  const [fallback = ''] = first.values()
  return (product) => first.get(product) ?? fallback
}
