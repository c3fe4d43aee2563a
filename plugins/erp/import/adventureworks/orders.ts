import { currencyExponent } from '../../../core/engine/currency.ts'
import { newId, type CommandContext } from '../../../core/commands/context.ts'
import type { Row } from '../../../core/data/store.ts'
import { documentOf, documentsOf, keyRow } from '../../../core/import/external-keys.ts'
import type { ImportRun, ImportStep, RowProblem } from '../../../core/import/importer.ts'
import { insertDocuments } from '../../../core/import/insert-documents.ts'
import { problemOf, unknownReference } from '../../../core/import/row-values.ts'
import { inPages } from '../../../core/verify/pages.ts'
import { averageCost } from '../../engine/cost.ts'
import { accountsByRole } from '../../ledger/accounts.ts'
import { changeBalances } from '../../ledger/stock-balances.ts'
import { stockPlace } from '../../ledger/stock-key.ts'
import { moveValues } from '../../ledger/stock-values.ts'
import { firstLocations } from './inventory-rows.ts'
import { ensurePeriods, isOpen, type PeriodOf } from './historic-periods.ts'
import { storeEntries } from './historic-entries.ts'
import { supplierPartId } from './masters.ts'
import { buildOrder, receiptDateOf, type HistoricOrder, type OrderReferences } from './order-documents.ts'
import { headerFile, lineFile, readOrders, type SourceOrder } from './order-rows.ts'
import { loadCompany } from './set-up.ts'
import { fixtures, source } from './source.ts'

/** Large enough that balances are written seldom, small enough for a transaction of a second or two. */
const ordersPerBatch = 250

/** Purchase orders with lines, receipts, bills, stock and journal, as posted history. */
export const purchaseOrders: ImportStep = {
  name: 'purchase-orders', label: { en: 'Purchase orders with receipts and bills', zh: '采购订单及其收货与账单' },
  async run(run, tally) {
    const { counts } = tally
    const report = (problem: RowProblem) => {
      if (problem.severity === 'error') counts.bad++
      run.report(problem)
    }
    const locationOf = await firstLocations(run)
    for await (const page of inPages(readOrders(run, report), ordersPerBatch)) {
      const orders = page.flatMap(({ order }) => order ?? [])
      counts.read += page.length
      const { applied, known, problems } = await run.transact((context) => applyOrders(context, { run, orders, locationOf }))
      counts.applied += applied
      counts.known += known.size
      // What was said about an order when it was brought in is not said again.
      for (const { id, problems: own } of page) if (!known.has(id)) own.forEach(report)
      problems.forEach(report)
      tally.moved()
    }
  },
}

type Batch = { readonly run: ImportRun; readonly orders: readonly SourceOrder[]; readonly locationOf: (product: string) => string }

async function applyOrders(context: CommandContext, { orders, locationOf }: Batch): Promise<{ applied: number; known: ReadonlySet<number>; problems: RowProblem[] }> {
  const keys = await documentsOf(context.store, { source, entity: 'purchase-orders', externalIds: orders.map(({ id }) => String(id)) })
  const known = new Set(orders.map(({ id }) => id).filter((id) => keys.has(String(id))))
  const fresh = orders.filter(({ id }) => !known.has(id))
  if (fresh.length === 0) return { applied: 0, known, problems: [] }
  const { company, site } = await loadCompany(context)
  const referencesOf = await loadReferences(context, { orders: fresh, locationOf, company, site })
  const found = fresh.map((order) => ({ order, ...referencesOf(order) }))
  const problems = found.flatMap(({ missing }) => missing)
  const complete = found.flatMap(({ order, refs }) => (refs ? [{ order, refs }] : []))
  const periodOf = await ensurePeriods(context, { company, dates: complete.map(({ order }) => receiptDateOf(order)) })
  const built = complete.flatMap(({ order, refs }): HistoricOrder[] => {
    const period = periodOf(receiptDateOf(order))
    if (isOpen(period)) return [buildOrder({ source: order, refs })]
    problems.push(problemOf({ file: headerFile, row: order.row, column: 'ShipDate', message: closedPeriod(period.name) }))
    return []
  })
  await storeOrders(context, { built, company, periodOf })
  return { applied: built.length, known, problems }
}

async function storeOrders(context: CommandContext, { built, company, periodOf }: { readonly built: readonly HistoricOrder[]; readonly company: OrderReferences['company']; readonly periodOf: PeriodOf }): Promise<void> {
  const exponent = currencyExponent(company.currency)
  await storeEntries(context, { company, exponent, periodOf, entries: built.flatMap(({ entries }) => entries) })
  await insertDocuments(context, { entity: 'purchase-orders', exponent, documents: built.map(({ order }) => order) })
  await insertDocuments(context, { entity: 'receipts', exponent, documents: built.flatMap(({ receipt }) => receipt ?? []) })
  await insertDocuments(context, { entity: 'supplier-bills', exponent, documents: built.flatMap(({ bill }) => bill ?? []) })

  const movements = built.flatMap((order) => order.movements)
  await changeBalances(context, { company, changes: movements.map(({ part, location, quantity }) => ({ place: stockPlace({ part, location }), onHand: quantity, reserved: 0 })) })
  await moveValues(context, {
    company: company.id, exponent, standardCost: () => 0, mayGoNegative: false,
    movements: movements.map(({ part, quantity, value }) => ({ part, quantity, cost: { value } })),
  })
  await context.store.insertMany('stock-entries', movements.map((movement) => ({
    id: newId(), version: 1, company: company.id, ...stockPlace(movement), quantity: movement.quantity, value: movement.value,
    unitCost: averageCost(movement, exponent) ?? 0, date: movement.date, sourceEntity: movement.source.entity, sourceId: movement.source.id,
    sourceNumber: movement.source.number, sourceLineId: movement.sourceLine, traceId: movement.traceId,
  })))
  await context.store.insertMany('document-links', built.flatMap((order) => linksOf(order, context.now)))
  await context.store.insertMany('external-keys', built.map(({ source: { id }, order }) => keyRow({ source, entity: 'purchase-orders', externalId: String(id), documentId: order.values.id })))
}

/** Order → receipt and bill, and each of them → its journal entry. */
function linksOf({ order, receipt, bill, entries }: HistoricOrder, now: string): Row[] {
  const link = (fromEntity: string, fromId: string, toEntity: string, toId: string): Row => ({ id: newId(), fromEntity, fromId, toEntity, toId, traceId: String(order.values.traceId), at: now })
  return [
    ...(receipt ? [link('purchase-orders', order.values.id, 'receipts', receipt.values.id)] : []),
    ...(bill ? [link('purchase-orders', order.values.id, 'supplier-bills', bill.values.id)] : []),
    ...entries.map((entry) => link(entry.source.entity, entry.source.id, 'journal-entries', entry.id)),
  ]
}

type Found = { readonly missing: readonly RowProblem[]; readonly refs?: OrderReferences }

/** Everything the orders of a batch refer to, in a bounded number of queries. */
async function loadReferences(
  context: CommandContext,
  { orders, locationOf, company, site }: Omit<Batch, 'run'> & { readonly company: OrderReferences['company']; readonly site: string },
): Promise<(order: SourceOrder) => Found> {
  const { store } = context
  const lines = orders.flatMap((order) => order.lines.map((line) => ({ vendor: order.vendor, product: line.product })))
  const keys = (entity: string, externalIds: readonly string[]) => documentsOf(store, { source, entity, externalIds })
  const suppliers = await keys('suppliers', orders.map(({ vendor }) => vendor))
  const partIds = await keys('parts', lines.map(({ product }) => product))
  const locations = await keys('locations', lines.map(({ product }) => locationOf(product)))
  const offerIds = await keys('supplier-parts', lines.map(({ product, vendor }) => supplierPartId(product, vendor)))
  const parts = await store.byIds('parts', partIds.values())
  const offers = await store.byIds('supplier-parts', offerIds.values())
  const paymentTerm = await store.require('payment-terms', (await documentOf(store, { source, entity: 'payment-terms', externalId: fixtures.paymentTerm })) ?? '')
  const taxCode = await store.require('tax-codes', (await documentOf(store, { source, entity: 'tax-codes', externalId: fixtures.purchaseTax })) ?? '')
  const freightAccount = (await accountsByRole(store, ['freightExpense'])).get('freightExpense')?.id ?? ''
  return (order) => {
    const missing: RowProblem[] = []
    const unknown = (file: string, { row, column, entity }: { readonly row: SourceOrder['row']; readonly column: string; readonly entity: string }) =>
      missing.push(problemOf({ file, row, column, message: unknownReference({ label: context.entity(entity).label, value: row.values[column] ?? '' }) }))
    const supplier = suppliers.get(order.vendor)
    if (!supplier) unknown(headerFile, { row: order.row, column: 'VendorId', entity: 'suppliers' })
    const refsOfLines = order.lines.flatMap((line) => {
      const part = parts.get(partIds.get(line.product) ?? '')
      const location = locations.get(locationOf(line.product))
      if (!part) unknown(lineFile, { row: line.row, column: 'ProductId', entity: 'parts' })
      else if (!location) missing.push(problemOf({ file: lineFile, row: line.row, column: 'ProductId', message: noLocation }))
      const unit = offers.get(offerIds.get(supplierPartId(line.product, order.vendor)) ?? '')?.unit ?? part?.unit
      return part && location && unit ? [{ part, unit, location }] : []
    })
    if (missing.length > 0 || !supplier) return { missing }
    return {
      missing,
      refs: {
        company, site, exponent: currencyExponent(company.currency), taxCode, freightAccount, supplier, lines: refsOfLines,
        paymentTerm: { id: paymentTerm.id, netDays: paymentTerm.netDays },
      },
    }
  }
}

const closedPeriod = (name: string) => ({
  en: `Period ${name} is closed, and the stock count that ends the history is posted: the order is left out. Import into a fresh database, or enter what still matters of it by hand.`,
  zh: `会计期间 ${name} 已结账，且历史数据的盘点已过账，该订单未导入。请导入到新数据库，或手工录入仍需要的内容。`,
})
const noLocation = {
  en: 'The location of the part in ProductInventory.csv was not imported, so the goods have no place. Correct Location.csv or ProductInventory.csv.',
  zh: '该物料在 ProductInventory.csv 中的库位未导入，无法入库。请更正 Location.csv 或 ProductInventory.csv。',
}
