import { date, quantity, text } from '../../../../config/language/fields.ts'
import type { Text } from '../../../../config/language/text.ts'
import { readCsv, type CsvRow } from '../../../core/import/csv.ts'
import type { ImportRun, RowProblem } from '../../../core/import/importer.ts'
import { problemOf, readCells } from '../../../core/import/row-values.ts'
import { sortedRows, type KeyedRow } from '../../../core/import/sorted-rows.ts'
import { findCycle } from '../../engine/levels.ts'

export const bomFile = 'BillOfMaterials.csv'

const label = { en: '', zh: '' }
/** Columns by name; `ProductAssemblyId` is empty for what goes into nothing, and its dates are those of the whole bill. */
const rowFields = [
  text('ProductAssemblyId', label), text('ComponentId', label, { required: true }), date('StartDate', label, { required: true }), date('EndDate', label),
  text('UnitMeasureCode', label, { required: true }), quantity('PerAssemblyQty', label, { required: true, min: 0 }),
]

export type SourceComponent = { readonly row: CsvRow; readonly component: string; readonly unit: string; readonly quantity: number; readonly validFrom: string; readonly validTo: string | null }

/** All rows of an assembly; with problems it is not brought in. */
export type SourceBill = {
  readonly assembly: string
  readonly rows: readonly CsvRow[]
  readonly lines: readonly SourceComponent[]
  readonly validFrom: string
  readonly validTo: string | null
  readonly problems: readonly RowProblem[]
}

type Report = (problem: RowProblem) => void

/** The bills by assembly, whatever the order of the rows, with bounded memory; `report`: rows that belong to none. */
export async function* readBills(run: Pick<ImportRun, 'folder'>, report: Report): AsyncGenerator<SourceBill> {
  const ways = await waysRound(run)
  const columns = rowFields.map(({ name }) => name)
  const keyed = withKeys(readCsv({ folder: run.folder, file: bomFile, columns, report }), report)
  let open: { readonly key: number; readonly rows: CsvRow[] } | undefined
  for await (const { key, row } of sortedRows(keyed)) {
    if (open && open.key !== key) yield toBill(String(open.key), open.rows, ways)
    if (open?.key === key) open.rows.push(row)
    else open = { key, rows: [row] }
  }
  if (open) yield toBill(String(open.key), open.rows, ways)
}

const assemblyOf = ({ values }: CsvRow): string => values.ProductAssemblyId || values.ComponentId || ''

async function* withKeys(rows: AsyncIterable<CsvRow>, report: Report): AsyncGenerator<KeyedRow> {
  for await (const row of rows) {
    const id = assemblyOf(row)
    if (/^[1-9]\d{0,8}$/.test(id)) yield { key: Number(id), row }
    else report(problemOf({ file: bomFile, row, column: row.values.ProductAssemblyId ? 'ProductAssemblyId' : 'ComponentId', message: noId }))
  }
}

/** Assemblies that would go into themselves, each with the whole way. Whole numbers of all rows are held, nothing else. */
async function waysRound({ folder }: Pick<ImportRun, 'folder'>): Promise<ReadonlyMap<string, readonly string[]>> {
  const children = new Map<string, string[]>()
  for await (const { values } of readCsv({ folder, file: bomFile, columns: [], report: () => { /* Told when the rows are read. */ } })) {
    const { ProductAssemblyId: assembly, ComponentId: component } = values
    if (!assembly || !component) continue
    const known = children.get(assembly)
    if (known) known.push(component)
    else children.set(assembly, [component])
  }
  const ways = new Map<string, readonly string[]>()
  const next = () => findCycle(children.keys(), (part) => children.get(part) ?? [])
  for (let path = next(); path; path = next()) {
    for (const part of path) {
      ways.set(part, path)
      children.delete(part)
    }
  }
  return ways
}

function toBill(assembly: string, rows: readonly CsvRow[], ways: ReadonlyMap<string, readonly string[]>): SourceBill {
  const lines: SourceComponent[] = []
  const problems: RowProblem[] = []
  const periods: { readonly validFrom: string; readonly validTo: string | null }[] = []
  for (const row of rows) {
    const { values, problems: own } = readCells(row, { file: bomFile, fields: rowFields, exponent: 2 })
    problems.push(...own)
    if (own.length > 0) continue
    const period = { validFrom: String(values.StartDate), validTo: values.EndDate ? String(values.EndDate) : null }
    const message = period.validTo && period.validTo < period.validFrom ? endsBefore : Number(values.PerAssemblyQty) > 0 ? undefined : notPositive
    if (message) problems.push(problemOf({ file: bomFile, row, column: message === endsBefore ? 'EndDate' : 'PerAssemblyQty', message }))
    periods.push(period)
    if (values.ProductAssemblyId) lines.push({ row, component: String(values.ComponentId), unit: String(values.UnitMeasureCode), quantity: Number(values.PerAssemblyQty), ...period })
  }
  const [first] = rows
  const way = ways.get(assembly)
  if (first && way) problems.push(problemOf({ file: bomFile, row: first, column: 'ComponentId', message: goesRound(way) }))
  if (first && lines.length === 0 && problems.length === 0) problems.push(problemOf({ file: bomFile, row: first, column: 'ComponentId', message: noComponents }))
  return {
    assembly, rows, lines, problems, validFrom: periods.map(({ validFrom }) => validFrom).sort()[0] ?? '',
    validTo: periods.some(({ validTo }) => validTo === null) ? null : periods.map(({ validTo }) => validTo ?? '').sort().at(-1) ?? null,
  }
}

const noId: Text = { en: 'A row needs the number of a product: whole and above zero. Correct it.', zh: '该行须有产品编号（正整数），请更正。' }
const endsBefore: Text = { en: 'EndDate lies before StartDate. Correct one of them.', zh: 'EndDate 早于 StartDate，请更正。' }
const notPositive: Text = { en: 'PerAssemblyQty must be above zero. Correct it.', zh: 'PerAssemblyQty 须大于零，请更正。' }
const noComponents: Text = { en: 'Nothing goes into this product. Add the rows of its components, or remove this one.', zh: '该产品没有子件行。请补上子件行，或删除此行。' }
const goesRound = (path: readonly string[]): Text => ({
  en: `The product would go into itself: ${path.join(' → ')}. Take one of these rows out.`, zh: `产品结构出现循环：${path.join(' → ')}。请删除其中一行。`,
})
