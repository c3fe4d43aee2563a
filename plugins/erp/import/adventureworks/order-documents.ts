import type { Companies, Parts, TaxCodes } from '../../../../config/generated/entities.ts'
import { newId } from '../../../core/commands/context.ts'
import type { Row } from '../../../core/data/store.ts'
import { formatDecimal, scales, sumExact } from '../../../core/engine/decimal.ts'
import { calculateLine } from '../../../core/engine/pricing.ts'
import type { ImportedDocument } from '../../../core/import/insert-documents.ts'
import { totalLines } from '../../../core/pricing/totals.ts'
import { billingStatus, deliveryStatus, paymentStatus } from '../../engine/order-status.ts'
import { postGoodsReceipt, postSupplierBill } from '../../engine/posting-purchasing.ts'
import { dueDate, wholePercent } from '../../engine/terms.ts'
import type { HistoricEntry } from './historic-entries.ts'
import type { SourceLine, SourceOrder } from './order-rows.ts'

/** What the rows of an order refer to, as stored. */
export type OrderReferences = {
  readonly company: Companies
  readonly site: string
  readonly exponent: number
  readonly paymentTerm: { readonly id: string; readonly netDays: number }
  readonly taxCode: TaxCodes
  readonly freightAccount: string
  readonly supplier: string
  /** In the order of the lines: what each is about, and where it goes. */
  readonly lines: readonly { readonly part: Parts; readonly unit: string; readonly location: string }[]
}

/** A receipt into stock; `value` in minor units. */
export type HistoricMovement = {
  readonly part: string; readonly location: string; readonly quantity: number; readonly value: number; readonly date: string
  readonly source: { readonly entity: string; readonly id: string; readonly number: string }; readonly sourceLine: string; readonly traceId: string
}

export type HistoricOrder = {
  readonly source: SourceOrder
  readonly date: string
  readonly order: ImportedDocument
  readonly receipt?: ImportedDocument
  readonly bill?: ImportedDocument
  readonly movements: readonly HistoricMovement[]
  readonly entries: readonly HistoricEntry[]
}

type Build = { readonly source: SourceOrder; readonly refs: OrderReferences }
type State = 'approved' | 'closed' | 'cancelled'

/** A rejected order of which something went to stock was kept after all: it is closed and billed, not cancelled. */
export function stateOf({ status, lines }: Pick<SourceOrder, 'status' | 'lines'>): State {
  if (status === '4') return 'closed'
  if (status === '3') return lines.every(({ stocked }) => stocked === 0) ? 'cancelled' : 'closed'
  return 'approved'
}

/** The day the goods came: not before they were shipped, nor before they were due. */
export function receiptDateOf({ shipDate, lines }: Pick<SourceOrder, 'shipDate' | 'lines'>): string {
  return [shipDate, ...lines.map(({ dueDate: due }) => due)].reduce((latest, day) => (day > latest ? day : latest))
}

/**
 * An order of the past as it would stand had it been worked off here: the order in its last state, one receipt, the bill of a
 * closed order, stock movements at the order's prices, and the journal entries of both. Pure but for the ids it gives.
 */
export function buildOrder(build: Build): HistoricOrder {
  const { source } = build
  const date = receiptDateOf(source)
  const since = `${date}T00:00:00.000Z`
  const state = stateOf(source)
  const traceId = newId()
  const id = newId()
  const orderLines = source.lines.map((line, index) => orderLine(line, { ...build, index, state }))
  const receipt = receiptOf({ ...build, orderLines, order: id, traceId, date, state })
  const bill = state === 'closed' && receipt.entry ? billOf({ ...build, orderLines, receiptLines: receipt.lines, order: id, traceId, date, value: receipt.value }) : undefined
  const order = orderOf({ ...build, orderLines, state, date, billed: Number(bill?.values.grandTotal ?? 0) })
  return {
    source, date,
    order: { values: { id, traceId, ...order }, lines: orderLines, state, since: state === 'approved' ? `${source.orderDate}T00:00:00.000Z` : since },
    ...(receipt.lines.length > 0 ? { receipt: { values: receipt.values, lines: receipt.lines, state: 'posted', since } } : {}),
    ...(bill ? { bill: { values: bill.values, lines: bill.lines, state: 'posted', since } } : {}),
    movements: receipt.movements,
    entries: [receipt.entry, bill?.entry].filter((entry) => entry !== undefined),
  }
}

function orderLine(line: SourceLine, { refs, index, state }: Build & { readonly index: number; readonly state: State }): Row {
  const { part, unit } = at(refs.lines, index)
  return {
    id: newId(), part: part.id, description: part.name, quantity: line.ordered, unit, unitNumerator: 1, unitDenominator: 1, unitPrice: line.unitPrice,
    discountPercent: 0, taxCode: refs.taxCode.id, netAmount: 0, requestedDate: line.dueDate, promisedDate: line.dueDate,
    receivedQuantity: line.received, rejectedQuantity: line.rejected, billedQuantity: state === 'closed' ? line.stocked : 0,
    cancelledQuantity: state === 'approved' ? 0 : line.ordered - line.stocked,
  }
}

type ReceiptBuild = Build & { readonly orderLines: readonly Row[]; readonly order: string; readonly traceId: string; readonly date: string; readonly state: State }

function receiptOf({ source, refs, orderLines, order, traceId, date, state }: ReceiptBuild) {
  const receipt = { entity: 'receipts', id: newId(), number: numberOf('GR', source.id) }
  const arrived = source.lines.map((line, index) => ({ line, of: at(orderLines, index), ...at(refs.lines, index) })).filter(({ line }) => line.received > 0)
  const lines = arrived.map(({ line, of, part, unit, location }): Row & { costAmount: number } => ({
    id: newId(), purchaseOrderLine: of.id, part: part.id, description: part.name, receivedQuantity: line.received, rejectedQuantity: line.rejected, unit,
    unitNumerator: 1, unitDenominator: 1, location, lot: '', stockStatus: 'usable', billedQuantity: state === 'closed' ? line.stocked : 0,
    costAmount: calculateLine({ quantity: line.stocked, unitPrice: line.unitPrice, exponent: refs.exponent }).amount,
  }))
  const movements = arrived.flatMap(({ line, part, location }, index): HistoricMovement[] => {
    const { id: sourceLine, costAmount: value } = at(lines, index)
    return line.stocked > 0 ? [{ part: part.id, location, quantity: line.stocked, value, date, source: receipt, sourceLine, traceId }] : []
  })
  const value = sumExact(lines.map(({ costAmount }) => costAmount))
  const entry: HistoricEntry | undefined = value > 0
    ? { id: newId(), date, kind: 'stock', source: receipt, traceId, lines: postGoodsReceipt({ supplier: refs.supplier, value }) }
    : undefined
  const values: Row = {
    id: receipt.id, number: receipt.number, company: refs.company.id, traceId, purchaseOrder: order, supplier: refs.supplier, site: refs.site,
    receiptDate: date, costTotal: value, journalEntry: entry?.id ?? null,
  }
  return { values, lines, movements, value, entry }
}

type BillBuild = Build & {
  readonly orderLines: readonly Row[]; readonly receiptLines: readonly Row[]; readonly order: string; readonly traceId: string; readonly date: string; readonly value: number
}

/** What went to stock at the order's price with its tax, and the order's freight, which bears none. */
function billOf({ source, refs, orderLines, receiptLines, order, traceId, date, value }: BillBuild) {
  const bill = { entity: 'supplier-bills', id: newId(), number: numberOf('BILL', source.id) }
  const goods = receiptLines.filter(({ billedQuantity }) => Number(billedQuantity) > 0).map((line) => {
    const of = orderLines.find(({ id }) => id === line.purchaseOrderLine)
    return {
      id: newId(), purchaseOrderLine: line.purchaseOrderLine, receiptLine: line.id, part: line.part, description: line.description, quantity: Number(line.billedQuantity),
      unit: line.unit, unitNumerator: 1, unitDenominator: 1, unitPrice: Number(of?.unitPrice ?? 0), discountPercent: 0, taxCode: refs.taxCode.id, netAmount: 0,
    }
  })
  const freight = source.freight === 0 ? [] : [{
    id: newId(), description: 'Freight', quantity: 1_000_000, unitNumerator: 1, unitDenominator: 1, unitPrice: source.freight, discountPercent: 0, taxCode: null,
    netAmount: 0, expenseLedgerAccount: refs.freightAccount,
  }]
  const lines = [...goods, ...freight]
  const totals = totalLines({ lines, taxCodes: new Map([[refs.taxCode.id, refs.taxCode]]), exponent: refs.exponent })
  const entry: HistoricEntry = {
    id: newId(), date, kind: 'purchase', source: bill, traceId,
    lines: postSupplierBill({
      supplier: refs.supplier, accrued: value, inventoryDifference: 0, priceVariance: 0,
      expenses: freight.map(({ netAmount }) => ({ net: netAmount, accountRole: 'freightExpense' as const })), taxes: totals.taxLines,
    }),
  }
  const values: Row = {
    id: bill.id, number: bill.number, company: refs.company.id, traceId, billKind: 'goods', supplier: refs.supplier, purchaseOrder: order,
    supplierReference: `AW-${source.id}`, billDate: date, paymentTerm: refs.paymentTerm.id,
    dueDate: dueDate(date, { percent: wholePercent, days: refs.paymentTerm.netDays }), ...totals, openAmount: totals.grandTotal, journalEntry: entry.id,
  }
  return { values, lines, entry }
}

/** Statuses are the folds that the platform itself would make of lines and bill. */
function orderOf({ source, refs, orderLines, state, date, billed }: Build & { readonly orderLines: Row[]; readonly state: State; readonly date: string; readonly billed: number }): Omit<Row, 'id'> {
  const taxCodes = new Map([[refs.taxCode.id, refs.taxCode]])
  const priced = orderLines as (Row & { quantity: number; cancelledQuantity: number })[]
  const totals = totalLines({ lines: priced, taxCodes, exponent: refs.exponent })
  const kept = totalLines({ lines: priced.map((line) => ({ ...line, quantity: line.quantity - line.cancelledQuantity })), taxCodes, exponent: refs.exponent })
  const figures = source.lines.map((line, index) => {
    const { cancelledQuantity, billedQuantity } = at(orderLines, index)
    return { ordered: line.ordered, cancelled: Number(cancelledQuantity), reserved: 0, returned: 0, credited: 0, delivered: line.stocked, invoiced: Number(billedQuantity) }
  })
  const billing = billingStatus(figures)
  const total = billing === 'complete' ? billed : Math.max(kept.grandTotal, billed)
  return {
    number: numberOf('PO', source.id), company: refs.company.id, supplier: refs.supplier, site: refs.site, orderDate: source.orderDate,
    requestedDate: date, promisedDate: date, paymentTerm: refs.paymentTerm.id, internalNote: noteOf(source, state), ...totals,
    receiptStatus: deliveryStatus(figures), billingStatus: billing, paymentStatus: paymentStatus({ total, invoiced: billed, paid: 0 }), orderVersion: 1,
  }
}

const statusWords = { 1: 'pending', 2: 'approved', 3: 'rejected', 4: 'complete' } as const

function noteOf({ id, status, shipDate, freight }: SourceOrder, state: State): string {
  const kept = status === '3' && state === 'closed' ? ' Part of it was kept in stock all the same.' : ''
  return `AdventureWorks purchase order ${id}, ${statusWords[status]}. Shipped ${shipDate}, freight ${formatDecimal(freight, scales.unitPrice, { minDigits: 2 })}.${kept}`
}

/** A series of the import's own: the other system's number, so that people find it again. */
const numberOf = (prefix: string, id: number) => `${prefix}-AW-${String(id).padStart(5, '0')}`

function at<Item>(items: readonly Item[], index: number): Item {
  const item = items[index]
  if (item === undefined) throw new RangeError(`There is no item ${index}`)
  return item
}
