import { newId, type CommandContext } from '../../../core/commands/context.ts'
import type { Row } from '../../../core/data/store.ts'
import { documentOf, documentsOf, keyRow } from '../../../core/import/external-keys.ts'
import type { ImportRun, ImportStep, RowProblem } from '../../../core/import/importer.ts'
import { insertDocuments, type ImportedDocument } from '../../../core/import/insert-documents.ts'
import { problemOf, unknownReference } from '../../../core/import/row-values.ts'
import { inPages } from '../../../core/verify/pages.ts'
import { bomFile, readBills, type SourceBill, type SourceComponent } from './bill-rows.ts'

const billsPerBatch = 100
const piece = 1_000_000

/** One released version an assembly, whose lines have the dates of their rows. An assembly is brought in whole or not at all. */
export const bills: ImportStep = {
  name: 'bom-versions', label: { en: 'Bills of material', zh: '物料清单' },
  async run(run, tally) {
    const { counts } = tally
    const alone = (problem: RowProblem) => {
      counts.read++
      counts.bad++
      run.report(problem)
    }
    for await (const page of inPages(readBills(run, alone), billsPerBatch)) {
      const { applied, known, problems } = await run.transact((context) => applyBills(context, { run, page }))
      const rowsOf = (some: readonly SourceBill[]) => some.reduce((sum, { rows }) => sum + rows.length, 0)
      counts.read += rowsOf(page)
      counts.applied += rowsOf(applied)
      counts.known += rowsOf(known)
      counts.bad += rowsOf(page) - rowsOf(applied) - rowsOf(known)
      problems.forEach((problem) => run.report(problem))
      tally.moved()
    }
  },
}

type Outcome = { readonly applied: readonly SourceBill[]; readonly known: readonly SourceBill[]; readonly problems: readonly RowProblem[] }

async function applyBills(context: CommandContext, { run: { source }, page }: { readonly run: ImportRun; readonly page: readonly SourceBill[] }): Promise<Outcome> {
  const { store } = context
  const keys = await documentsOf(store, { source, entity: 'bom-versions', externalIds: page.map(({ assembly }) => assembly) })
  const fresh = page.filter(({ assembly }) => !keys.has(assembly))
  const parts = await documentsOf(store, { source, entity: 'parts', externalIds: fresh.flatMap(({ assembly, lines }) => [assembly, ...lines.map(({ component }) => component)]) })
  const units = await documentsOf(store, { source, entity: 'units', externalIds: fresh.flatMap(({ lines }) => lines.map(({ unit }) => unit)) })
  const company = await documentOf(store, { source, entity: 'companies', externalId: 'company' })
  const names = await store.byIds('parts', parts.values())
  const read = fresh.map((bill) => ({ bill, problems: [...bill.problems, ...missing(context, bill, { parts, units })] }))
  const applied = read.filter(({ problems }) => problems.length === 0).map(({ bill }) => bill)
  const documents = applied.map((bill): ImportedDocument => ({
    state: 'released', since: `${bill.validFrom}T00:00:00.000Z`,
    values: {
      id: newId(), number: `BOM-AW-${bill.assembly.padStart(5, '0')}`, company: company ?? null, part: parts.get(bill.assembly) ?? '', revision: '1',
      validFrom: bill.validFrom, validTo: bill.validTo, outputQuantity: piece,
    },
    lines: bill.lines.map((line): Row => ({
      id: newId(), part: parts.get(line.component), description: names.get(parts.get(line.component) ?? '')?.name, quantity: line.quantity, unit: units.get(line.unit),
      unitNumerator: 1, unitDenominator: 1, scrapPercent: 0, validFrom: line.validFrom, validTo: line.validTo,
    })),
  }))
  await insertDocuments(context, { entity: 'bom-versions', documents, exponent: await context.exponent() })
  await store.insertMany('external-keys', documents.map(({ values }, index) => keyRow({ source, entity: 'bom-versions', externalId: applied[index]?.assembly ?? '', documentId: values.id })))
  return { applied, known: page.filter(({ assembly }) => keys.has(assembly)), problems: read.flatMap(({ problems }) => problems) }
}

type Known = { readonly parts: ReadonlyMap<string, string>; readonly units: ReadonlyMap<string, string> }

/** Rows that name a product or a unit that was not brought in. */
function missing(context: CommandContext, { assembly, rows, lines }: SourceBill, { parts, units }: Known): RowProblem[] {
  const unknown = (row: SourceComponent['row'], column: string, entity: string) =>
    problemOf({ file: bomFile, row, column, message: unknownReference({ label: context.entity(entity).label, value: row.values[column] ?? '' }) })
  const [first] = rows
  return [
    ...(first && !parts.has(assembly) ? [unknown(first, first.values.ProductAssemblyId ? 'ProductAssemblyId' : 'ComponentId', 'parts')] : []),
    ...lines.flatMap(({ row, component, unit }) => [
      ...(parts.has(component) ? [] : [unknown(row, 'ComponentId', 'parts')]), ...(units.has(unit) ? [] : [unknown(row, 'UnitMeasureCode', 'units')]),
    ]),
  ]
}
