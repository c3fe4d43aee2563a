import type { Companies } from '../../../../config/generated/entities.ts'
import type { Text } from '../../../../config/language/text.ts'
import { newId, type CommandContext } from '../../../core/commands/context.ts'
import type { Row } from '../../../core/data/store.ts'
import { currencyExponent } from '../../../core/engine/currency.ts'
import { endOfMonth } from '../../../core/engine/dates.ts'
import { sumExact } from '../../../core/engine/decimal.ts'
import { documentOf, documentsOf, keyRow } from '../../../core/import/external-keys.ts'
import type { ImportStep, RowProblem } from '../../../core/import/importer.ts'
import { insertDocuments } from '../../../core/import/insert-documents.ts'
import { problemOf, unknownReference } from '../../../core/import/row-values.ts'
import { failRefused } from '../../../core/errors.ts'
import { averageCost, countStock, emptyCost, type CostState } from '../../engine/cost.ts'
import { postStockCount } from '../../engine/posting-stock.ts'
import { changeBalances } from '../../ledger/stock-balances.ts'
import { stockPlace } from '../../ledger/stock-key.ts'
import { loadStockValues, moveValues } from '../../ledger/stock-values.ts'
import { storeEntries } from './historic-entries.ts'
import { ensurePeriods, isOpen } from './historic-periods.ts'
import { inventoryFile, readInventory, type InventoryRow } from './inventory-rows.ts'
import { headerFile, lineFile } from './order-rows.ts'
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
    const structural = problems.length
    const hasBadRows = structural > 0 || [headerFile, lineFile].some((file) => run.errorsIn(file) > 0)
    const { state, counted, problems: found } = await run.transact((context) => applyRows(context, { rows, hasBadRows }))
    const all = [...problems, ...found]
    Object.assign(tally.counts, {
      read: rows.length + structural, applied: state === 'posted' ? counted : 0, known: state === 'known' ? counted : 0, bad: new Set(all.map(({ row }) => row)).size,
    })
    all.forEach(run.report)
    if (state === 'waits') run.tell(countWaits)
  },
}

type CountLine = { readonly part: string; readonly location: string; readonly counted: number; readonly book: number }
type ValuedLine = CountLine & { readonly quantity: number; readonly value: number }
/** `waits`: nothing is counted while rows of the history are bad, so that they can still come in once they are corrected. */
type Outcome = { readonly state: 'posted' | 'known' | 'waits'; readonly counted: number; readonly problems: readonly RowProblem[] }
type PlacedRow = InventoryRow & { readonly part: string; readonly place: string }

async function applyRows(context: CommandContext, { rows, hasBadRows }: { readonly rows: readonly InventoryRow[]; readonly hasBadRows: boolean }): Promise<Outcome> {
  const { placed, problems } = await placeRows(context, rows)
  const posted = await documentOf(context.store, { source, entity: 'stock-counts', externalId: fixtures.stockCount })
  if (!posted) {
    if (hasBadRows || problems.length > 0) return { state: 'waits', counted: placed.length, problems }
    await postCount(context, placed)
    return { state: 'posted', counted: placed.length, problems }
  }
  const lines = await context.store.find('stock-count-lines', { where: { stockCount: { equals: posted } } })
  const counted = new Set(lines.map(({ part, location }) => `${part} ${location}`))
  const late = placed.filter(({ part, place }) => !counted.has(`${part} ${place}`))
  return {
    state: 'known', counted: placed.length - late.length,
    problems: [...problems, ...late.map(({ row }) => problemOf({ file: inventoryFile, row, column: 'Quantity', message: countIsPosted }))],
  }
}

type Placement = { readonly placed: PlacedRow[]; readonly problems: RowProblem[] }

/** The rows with the part and the location they name; what they name and is not there is reported. */
async function placeRows(context: CommandContext, rows: readonly InventoryRow[]): Promise<Placement> {
  const parts = await documentsOf(context.store, { source, entity: 'parts', externalIds: rows.map(({ product }) => product) })
  const places = await documentsOf(context.store, { source, entity: 'locations', externalIds: rows.map(({ location }) => location) })
  const problems: RowProblem[] = []
  const placed = rows.flatMap((row): PlacedRow[] => {
    const unknown = (column: string, entity: string, value: string) =>
      problems.push(problemOf({ file: inventoryFile, row: row.row, column, message: unknownReference({ label: context.entity(entity).label, value }) }))
    const [part, place] = [parts.get(row.product), places.get(row.location)]
    problems.push(...row.problems)
    if (!part && row.product !== '') unknown('ProductId', 'parts', row.product)
    if (!place && row.location !== '') unknown('LocationId', 'locations', row.location)
    if (part && place && row.problems.length === 0) return [{ ...row, part, place }]
    return []
  })
  return { placed, problems }
}

async function postCount(context: CommandContext, rows: readonly PlacedRow[]): Promise<void> {
  const { company, site } = await loadCompany(context)
  const lines = await countLines(context, { rows, company, site })
  const date = await countDate(context, company)
  const periodOf = await ensurePeriods(context, { company, dates: [date] })
  if (!isOpen(periodOf(date))) failRefused([{ code: 'import.closedPeriod', message: closedPeriod(periodOf(date).name) }])
  const exponent = currencyExponent(company.currency)
  const parts = await context.store.byIds('parts', lines.map(({ part }) => part))
  const states = await loadStockValues(context.store, { company: company.id, parts: [...parts.keys()] })
  const valued = [...parts.values()].flatMap((part) => valueLines(lines.filter((line) => line.part === part.id), {
    state: states.get(part.id) ?? emptyCost, unitCost: part.standardCost ?? 0, exponent,
  }))
  await storeCount(context, { company, site, date, valued, exponent, periodOf })
}

type CountedRows = { readonly rows: readonly PlacedRow[]; readonly company: Companies; readonly site: string }

async function countLines(context: CommandContext, { rows, company, site }: CountedRows): Promise<CountLine[]> {
  const sums = new Map<string, { part: string; location: string; counted: number }>()
  for (const { part, place, quantity } of rows) {
    const key = `${part} ${place}`
    sums.set(key, { part, location: place, counted: sumExact([sums.get(key)?.counted ?? 0, quantity]) })
  }
  // What the history brought to the site and the file does not name is not there any more.
  const places = await context.store.find('locations', { where: { site: { equals: site } } })
  const balances = await context.store.find('stock-balances', { where: { and: [{ company: { equals: company.id } }, { location: { in: places.map(({ id }) => id) } }] } })
  const named = new Set(rows.map(({ part }) => part))
  for (const { part, location } of balances) if (!named.has(part)) sums.set(`${part} ${location}`, { part, location, counted: 0 })
  const book = new Map(balances.map(({ part, location, onHand }) => [`${part} ${location}`, onHand]))
  return [...sums].map(([key, line]) => ({ ...line, book: book.get(key) ?? 0 }))
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

async function storeCount(context: CommandContext, { company, site, date, valued, exponent, periodOf }: Posting): Promise<void> {
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

const countWaits: Text = {
  en: 'The final stock count is not posted and the periods stay open, because orders or counted rows are bad. Correct the reported rows and run the import again: it brings them in and completes the rest.',
  zh: '订单或库存行有误，因此期末盘点未过账，会计期间未结账。请更正所报告的行后重新导入，系统将补录这些行并完成其余步骤。',
}

const countIsPosted: Text = {
  en: 'The count that ends the history is posted already, and this row was not in it. Enter it with a stock count of its own.',
  zh: '历史数据的盘点已过账，其中没有此行。请另做一张盘点单录入。',
}

const closedPeriod = (name: string): Text => ({
  en: `The stock count that ends the history belongs into period ${name}, which is closed. Ask the owner to open it again, then run the import again.`,
  zh: `历史数据的盘点应记入会计期间 ${name}，但该期间已结账。请由企业主反结账后重新导入。`,
})
