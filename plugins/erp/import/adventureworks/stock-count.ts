import type { Companies } from '../../../../config/generated/entities.ts'
import type { Text } from '../../../../config/language/text.ts'
import { newId, type CommandContext } from '../../../core/commands/context.ts'
import type { Row } from '../../../core/data/store.ts'
import { currencyExponent } from '../../../core/engine/currency.ts'
import { endOfMonth } from '../../../core/engine/dates.ts'
import { sumExact } from '../../../core/engine/decimal.ts'
import { documentOf, documentsOf, keyRow } from '../../../core/import/external-keys.ts'
import type { ImportRun, ImportStep, RowProblem } from '../../../core/import/importer.ts'
import { insertDocuments } from '../../../core/import/insert-documents.ts'
import { problemOf, unknownReference } from '../../../core/import/row-values.ts'
import { failRefused } from '../../../core/errors.ts'
import { averageCost, countStock, type CostState } from '../../engine/cost.ts'
import { postStockCount } from '../../engine/posting-stock.ts'
import { changeBalances } from '../../ledger/stock-balances.ts'
import { stockPlace } from '../../ledger/stock-key.ts'
import { loadStockValues, moveValues } from '../../ledger/stock-values.ts'
import { storeEntries } from './historic-entries.ts'
import { ensurePeriods, isOpen } from './historic-periods.ts'
import { inventoryFile, readInventory, type InventoryRow } from './inventory-rows.ts'
import { loadCompany } from './set-up.ts'
import { fixtures, source } from './source.ts'

/**
 * After the history one dated count brings stock to what the inventory file says. What was sold and used up in those years is
 * not in the data, so the difference goes to inventory adjustments, and the journal entry says so.
 */
export const stockCount: ImportStep = {
  name: 'stock-counts', label: { en: 'Stock count to the inventory file', zh: '按库存文件盘点' },
  async run(run, tally) {
    const rows: InventoryRow[] = []
    const problems: RowProblem[] = []
    for await (const row of readInventory(run, (problem) => problems.push(problem))) rows.push(row)
    const outcome = await run.transact((context) => post(context, { run, rows }))
    if (!outcome.known) problems.push(...outcome.problems)
    Object.assign(tally.counts, {
      read: rows.length, applied: outcome.counted, known: outcome.known ? rows.length : 0, bad: problems.filter(({ severity }) => severity === 'error').length,
    })
    problems.forEach(run.report)
  },
}

type CountLine = { readonly part: string; readonly location: string; readonly counted: number; readonly book: number }
type ValuedLine = CountLine & { readonly quantity: number; readonly value: number }
type Outcome = { readonly known: boolean; readonly counted: number; readonly problems: readonly RowProblem[] }

async function post(context: CommandContext, { run, rows }: { readonly run: ImportRun; readonly rows: readonly InventoryRow[] }): Promise<Outcome> {
  const { store } = context
  if (await documentOf(store, { source, entity: 'stock-counts', externalId: fixtures.stockCount })) return { known: true, counted: 0, problems: [] }
  const { company, site } = await loadCompany(context)
  const { lines, counted, problems } = await countLines(context, { run, rows, company, site })
  const date = await countDate(context, company)
  const periodOf = await ensurePeriods(context, { company, dates: [date] })
  if (!isOpen(periodOf(date))) failRefused([{ code: 'import.closedPeriod', message: closedPeriod(periodOf(date).name) }])

  const exponent = currencyExponent(company.currency)
  const parts = await store.byIds('parts', lines.map(({ part }) => part))
  const states = await loadStockValues(store, { company: company.id, parts: [...parts.keys()] })
  const valued = [...parts.values()].flatMap((part) => valueLines(lines.filter((line) => line.part === part.id), {
    state: states.get(part.id) ?? { quantity: 0, value: 0 }, unitCost: part.standardCost ?? 0, exponent,
  }))
  await postLines(context, { company, site, date, valued, exponent, periodOf })
  return { known: false, counted, problems }
}

async function countLines(
  context: CommandContext, { rows, company, site }: { readonly run: ImportRun; readonly rows: readonly InventoryRow[]; readonly company: Companies; readonly site: string },
): Promise<{ readonly lines: CountLine[]; readonly counted: number; readonly problems: RowProblem[] }> {
  const { store } = context
  const parts = await documentsOf(store, { source, entity: 'parts', externalIds: rows.map(({ product }) => product) })
  const locations = await documentsOf(store, { source, entity: 'locations', externalIds: rows.map(({ location }) => location) })
  const sums = new Map<string, { part: string; location: string; counted: number }>()
  const problems: RowProblem[] = []
  let counted = 0
  for (const { row, product, location: place, quantity } of rows) {
    const [part, location] = [parts.get(product), locations.get(place)]
    if (!part) problems.push(problemOf({ file: inventoryFile, row, column: 'ProductId', message: unknownReference({ label: context.entity('parts').label, value: product }) }))
    if (!location) problems.push(problemOf({ file: inventoryFile, row, column: 'LocationId', message: unknownReference({ label: context.entity('locations').label, value: place }) }))
    if (!part || !location) continue
    counted++
    const key = `${part} ${location}`
    sums.set(key, { part, location, counted: sumExact([sums.get(key)?.counted ?? 0, quantity]) })
  }
  // What the history brought to the site and the file does not name is not there any more.
  const places = await store.find('locations', { where: { site: { equals: site } } })
  const balances = await store.find('stock-balances', { where: { and: [{ company: { equals: company.id } }, { location: { in: places.map(({ id }) => id) } }] } })
  const named = new Set(parts.values())
  for (const { part, location } of balances) if (!named.has(part) && !sums.has(`${part} ${location}`)) sums.set(`${part} ${location}`, { part, location, counted: 0 })
  const book = new Map(balances.map(({ part, location, onHand }) => [`${part} ${location}`, onHand]))
  return { counted, problems, lines: [...sums].map(([key, line]) => ({ ...line, book: book.get(key) ?? 0 })) }
}

/**
 * Value of each difference of a part at its moving average (its standard cost, if it was never received). Gains come first, and
 * each line gets what the running total grows by, so that the lines add up to the part's difference to the last cent.
 */
function valueLines(lines: readonly CountLine[], { state, unitCost, exponent }: { readonly state: CostState; readonly unitCost: number; readonly exponent: number }): ValuedLine[] {
  let quantity = 0
  let value = 0
  return lines.toSorted((a, b) => b.counted - b.book - (a.counted - a.book)).map((line) => {
    quantity += line.counted - line.book
    const total = countStock({ state, counted: state.quantity + quantity, unitCost, exponent }).valueDelta
    const own = total - value
    value = total
    return { ...line, quantity: line.counted - line.book, value: own }
  })
}

/** The end of the month in which the last goods of the history came. */
async function countDate(context: CommandContext, company: Companies): Promise<string> {
  const [last] = await context.store.find('receipts', {
    where: { and: [{ company: { equals: company.id } }, { number: { greater_than: 'GR-AW-' } }, { number: { less_than: 'GR-AW.' } }] }, sort: '-receiptDate', limit: 1,
  })
  return last?.receiptDate ? endOfMonth(last.receiptDate) : context.today()
}

type Posting = {
  readonly company: Companies; readonly site: string; readonly date: string; readonly valued: readonly ValuedLine[]; readonly exponent: number
  readonly periodOf: Awaited<ReturnType<typeof ensurePeriods>>
}

async function postLines(context: CommandContext, { company, site, date, valued, exponent, periodOf }: Posting): Promise<void> {
  const { store } = context
  const count = { entity: 'stock-counts', id: newId(), number: 'SC-AW-00001' }
  const traceId = newId()
  const moved = valued.filter(({ quantity, value }) => quantity !== 0 || value !== 0)
  const difference = sumExact(valued.map(({ value }) => value))
  const entry = difference === 0 ? undefined : {
    id: newId(), date, kind: 'stock' as const, source: count, traceId, lines: postStockCount({ valueDelta: difference }), memo: memo[company.language],
  }
  await storeEntries(context, { company, exponent, periodOf, entries: entry ? [entry] : [] })
  const lines = valued.map(({ part, location, counted, book, quantity, value }): Row => ({
    id: newId(), part, location, lot: '', stockStatus: 'usable', countedQuantity: counted, bookQuantity: book, differenceQuantity: quantity, differenceValue: value,
  }))
  await insertDocuments(context, {
    entity: 'stock-counts', exponent,
    documents: [{
      state: 'posted', since: `${date}T00:00:00.000Z`, lines,
      values: {
        id: count.id, number: count.number, company: company.id, traceId, countKind: 'count', site, countDate: date, note: memo[company.language],
        valueDifference: difference, journalEntry: entry?.id ?? null,
      },
    }],
  })
  await changeBalances(context, { company, changes: moved.map(({ part, location, quantity }) => ({ place: stockPlace({ part, location }), onHand: quantity, reserved: 0 })) })
  await moveValues(context, {
    company: company.id, exponent, standardCost: () => 0, mayGoNegative: false,
    movements: moved.map(({ part, quantity, value }) => ({ part, quantity, cost: { value } })),
  })
  const lineOf = new Map(valued.map((line, index) => [line, lines[index]?.id]))
  await store.insertMany('stock-entries', moved.map((line) => ({
    id: newId(), version: 1, company: company.id, ...stockPlace(line), quantity: line.quantity, value: line.value, unitCost: averageCost(line, exponent) ?? 0,
    date, sourceEntity: count.entity, sourceId: count.id, sourceNumber: count.number, sourceLineId: lineOf.get(line) ?? null, traceId,
  })))
  if (entry) await context.link(count, { entity: 'journal-entries', id: entry.id }, traceId)
  await store.insertMany('external-keys', [keyRow({ source, entity: 'stock-counts', externalId: fixtures.stockCount, documentId: count.id })])
}

const memo: Text = {
  en: 'Count to the AdventureWorks inventory file. What was made, sold and used up in these years is not in the data: the difference to the goods received stands here.',
  zh: '按 AdventureWorks 库存文件盘点。这些年的生产、销售与领用不在数据中，与收货的差额在此登记。',
}

const closedPeriod = (name: string): Text => ({
  en: `The stock count that ends the history belongs into period ${name}, which is closed. Ask the owner to open it again, then run the import again.`,
  zh: `历史数据的盘点应记入会计期间 ${name}，但该期间已结账。请由企业主反结账后重新导入。`,
})
