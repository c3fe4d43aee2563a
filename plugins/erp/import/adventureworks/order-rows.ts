import type { FieldDefinition } from '../../../../config/language/entity.ts'
import { date, integer, option, quantity, select, text, unitPrice } from '../../../../config/language/fields.ts'
import type { Text } from '../../../../config/language/text.ts'
import { extendAmount, mulDiv, sumExact } from '../../../core/engine/decimal.ts'
import { readCsv, type CsvRow } from '../../../core/import/csv.ts'
import type { ImportRun, RowProblem } from '../../../core/import/importer.ts'
import { problemOf, readCells } from '../../../core/import/row-values.ts'
import { sortedRows, type KeyedRow } from '../../../core/import/sorted-rows.ts'
import { purchaseTaxRate } from './source.ts'

/** Amounts and prices at 10^-6 of the currency, quantities at 10^-6. */
export type SourceLine = {
  readonly row: CsvRow
  readonly product: string
  readonly dueDate: string
  readonly ordered: number
  readonly received: number
  readonly rejected: number
  readonly stocked: number
  readonly unitPrice: number
}
export type SourceOrder = {
  readonly row: CsvRow
  readonly id: number
  /** 1 pending, 2 approved, 3 rejected, 4 complete. */
  readonly status: '1' | '2' | '3' | '4'
  readonly vendor: string
  readonly orderDate: string
  readonly shipDate: string
  readonly freight: number
  readonly lines: readonly SourceLine[]
}
/** What was read of an order: itself when all its rows are good, and whatever is to be reported. */
export type ReadOrder = { readonly id: number; readonly order?: SourceOrder; readonly problems: readonly RowProblem[] }

export const headerFile = 'PurchaseOrderHeader.csv'
export const lineFile = 'PurchaseOrderDetail.csv'
/** Amounts in the files have four digits; sums of rounded ones may differ by a cent. */
const tolerance = 10_000

/**
 * The orders with their lines, by PurchaseOrderId. Neither file need be sorted: both are brought into that order first, with
 * bounded memory, so that a wrong id harms only the orders it belongs to. A line without an order is reported. Of rows that
 * name the same order the first one with the sum of its lines is the order; the others are reported.
 *
 * @param inMemory rows of a file that are held at once while it is sorted
 */
export async function* readOrders(run: Pick<ImportRun, 'folder'>, report: (problem: RowProblem) => void, inMemory?: number): AsyncGenerator<ReadOrder> {
  const sorted = (file: string, fields: readonly FieldDefinition[]) =>
    sortedRows(withIds(readCsv({ folder: run.folder, file, columns: fields.map(({ name }) => name), report }), file, report), inMemory)
  const headers = rowsByKey(sorted(headerFile, headerFields))
  const lines = rowsByKey(sorted(lineFile, lineFields))
  const orphans = (rows: readonly CsvRow[]) => rows.forEach((row) => report(problemOf({ file: lineFile, row, column: 'PurchaseOrderId', message: withoutOrder })))
  try {
    let line = await lines.next()
    for await (const { key: id, rows } of headers) {
      for (; !line.done && line.value.key < id; line = await lines.next()) orphans(line.value.rows)
      const isOwn = !line.done && line.value.key === id
      const own = isOwn && !line.done ? line.value.rows : []
      if (isOwn) line = await lines.next()
      yield { id, ...oneOrder(rows, own, report) }
    }
    for (; !line.done; line = await lines.next()) orphans(line.value.rows)
  } finally {
    await lines.return(undefined)
  }
}

async function* withIds(rows: AsyncIterable<CsvRow>, file: string, report: (problem: RowProblem) => void): AsyncGenerator<KeyedRow> {
  for await (const row of rows) {
    const cell = row.values.PurchaseOrderId ?? ''
    const key = /^\d{1,9}$/.test(cell) ? Number(cell) : 0
    if (key > 0) yield { key, row }
    else report(problemOf({ file, row, column: 'PurchaseOrderId', message: noId }))
  }
}

async function* rowsByKey(rows: AsyncIterable<KeyedRow>): AsyncGenerator<{ readonly key: number; readonly rows: readonly CsvRow[] }> {
  let current: { key: number; rows: CsvRow[] } | undefined
  for await (const { key, row } of rows) {
    if (current?.key === key) current.rows.push(row)
    else {
      if (current) yield current
      current = { key, rows: [row] }
    }
  }
  if (current) yield current
}

function oneOrder(rows: readonly CsvRow[], lines: readonly CsvRow[], report: (problem: RowProblem) => void): Pick<ReadOrder, 'order' | 'problems'> {
  const readings = rows.map((row) => {
    const problems: RowProblem[] = []
    return { row, problems, order: readOrder(row, lines, problems) }
  })
  // A row with a sum that is not the lines' is most likely another order's, with a wrong id.
  const isStranger = (problems: readonly RowProblem[]) => problems.some(({ message }) => message === notSubTotal)
  const chosen = readings.find(({ problems }) => !isStranger(problems)) ?? readings[0]
  for (const { row } of readings) if (row !== chosen?.row) report(problemOf({ file: headerFile, row, column: 'PurchaseOrderId', message: twice }))
  return { problems: chosen?.problems ?? [], ...(chosen?.order ? { order: chosen.order } : {}) }
}

function readOrder(row: CsvRow, lineRows: readonly CsvRow[], problems: RowProblem[]): SourceOrder | undefined {
  const header = readCells(row, { file: headerFile, fields: headerFields, exponent: 6 })
  const readings = lineRows.map((lineRow) => ({ row: lineRow, ...readCells(lineRow, { file: lineFile, fields: lineFields, exponent: 6 }) }))
  problems.push(...header.problems, ...readings.flatMap(({ problems: own }) => own))
  if (readings.length === 0) problems.push(problemOf({ file: headerFile, row, column: 'PurchaseOrderId', message: withoutLines }))
  if (problems.length > 0) return leftOut(row, problems)

  const head = header.values as HeaderValues
  const lines = readings.map(({ row: lineRow, values }): SourceLine & { readonly lineTotal: number } => {
    const cells = values as LineValues
    return {
      row: lineRow, product: cells.ProductId, dueDate: cells.DueDate, ordered: cells.OrderQty, received: cells.ReceivedQty,
      rejected: cells.RejectedQty, stocked: cells.StockedQty, unitPrice: cells.UnitPrice, lineTotal: cells.LineTotal,
    }
  })
  for (const line of lines) {
    const wrong = (column: string, message: Text) => problems.push(problemOf({ file: lineFile, row: line.row, column, message }))
    if (line.rejected > line.received) wrong('RejectedQty', moreRejected)
    else if (line.stocked !== line.received - line.rejected) wrong('StockedQty', notStocked)
    if (line.stocked > line.ordered) wrong('StockedQty', moreStocked)
    if (Math.abs(line.lineTotal - extendAmount({ quantity: line.ordered, unitPrice: line.unitPrice, exponent: 6 })) > tolerance) wrong('LineTotal', notTotal)
  }
  const total = sumExact(lines.map(({ lineTotal }) => lineTotal))
  const wrong = (column: string, message: Text) => problems.push(problemOf({ file: headerFile, row, column, message }))
  if (Math.abs(head.SubTotal - total) > tolerance) wrong('SubTotal', notSubTotal)
  if (Math.abs(head.TotalDue - sumExact([head.SubTotal, head.TaxAmt, head.Freight])) > tolerance) wrong('TotalDue', notTotalDue)
  if (problems.length > 0) return leftOut(row, problems)

  if (Math.abs(head.TaxAmt - mulDiv(head.SubTotal, purchaseTaxRate, 100_000_000)) > tolerance) {
    problems.push(problemOf({ file: headerFile, row, column: 'TaxAmt', message: otherTax, severity: 'warning' }))
  }
  for (const line of lines.filter(({ dueDate }) => dueDate < head.OrderDate)) {
    problems.push(problemOf({ file: lineFile, row: line.row, column: 'DueDate', message: dueBeforeOrdered(head.OrderDate), severity: 'warning' }))
  }
  const { PurchaseOrderId: id, Status: status, VendorId: vendor, OrderDate: orderDate, ShipDate: shipDate, Freight: freight } = head
  return { row, id, status, vendor, orderDate, shipDate, freight, lines }
}

/** An order is brought in whole or not at all: one bad line keeps the others out. */
function leftOut(row: CsvRow, problems: RowProblem[]): undefined {
  if (!problems.some(({ file }) => file === headerFile)) problems.push(problemOf({ file: headerFile, row, column: 'PurchaseOrderId', message: badLines }))
  return undefined
}

type HeaderValues = {
  readonly PurchaseOrderId: number; readonly Status: SourceOrder['status']; readonly VendorId: string; readonly OrderDate: string; readonly ShipDate: string
  readonly SubTotal: number; readonly TaxAmt: number; readonly Freight: number; readonly TotalDue: number
}
type LineValues = {
  readonly ProductId: string; readonly DueDate: string; readonly OrderQty: number; readonly UnitPrice: number; readonly LineTotal: number
  readonly ReceivedQty: number; readonly RejectedQty: number; readonly StockedQty: number
}

const named = (name: string): Text => ({ en: name, zh: name })
const needed = { required: true, min: 0 } as const
const amounts = (...names: readonly string[]): FieldDefinition[] => names.map((name) => unitPrice(name, named(name), needed))
const quantities = (...names: readonly string[]): FieldDefinition[] => names.map((name) => quantity(name, named(name), needed))

const headerFields: readonly FieldDefinition[] = [
  integer('PurchaseOrderId', named('PurchaseOrderId'), { required: true, min: 1 }),
  select('Status', named('Status'), { required: true, options: ['1', '2', '3', '4'].map((status) => option(status, named(status))) }),
  text('VendorId', named('VendorId'), { required: true }), date('OrderDate', named('OrderDate'), { required: true }), date('ShipDate', named('ShipDate'), { required: true }),
  ...amounts('SubTotal', 'TaxAmt', 'Freight', 'TotalDue'),
]
const lineFields: readonly FieldDefinition[] = [
  integer('PurchaseOrderId', named('PurchaseOrderId'), { required: true, min: 1 }), text('ProductId', named('ProductId'), { required: true }),
  date('DueDate', named('DueDate'), { required: true }), ...quantities('OrderQty', 'ReceivedQty', 'RejectedQty', 'StockedQty'), ...amounts('UnitPrice', 'LineTotal'),
]

const noId: Text = { en: 'PurchaseOrderId must be a whole number above 0. Correct it.', zh: 'PurchaseOrderId 必须是大于 0 的整数，请更正。' }
const twice: Text = { en: 'Another row has the same PurchaseOrderId, so this one is left out. Correct the id, or remove the row.', zh: '另有一行的 PurchaseOrderId 与本行相同，本行未导入。请更正编号，或删除多余的行。' }
const withoutOrder: Text = { en: `The line has no order in ${headerFile}. Add the order, or remove the line.`, zh: `该行在 ${headerFile} 中没有对应订单。请补上订单，或删除该行。` }
const withoutLines: Text = { en: `The order has no line in ${lineFile}. Add its lines, or remove the order.`, zh: `该订单在 ${lineFile} 中没有明细行。请补上明细，或删除该订单。` }
const badLines: Text = { en: `The order is left out, because lines of it in ${lineFile} are not in order. Correct those lines.`, zh: `因 ${lineFile} 中的明细行有误，该订单未导入。请更正这些明细行。` }
const moreRejected: Text = { en: 'More was rejected than received. Correct one of the two.', zh: '拒收数量大于到货数量，请更正。' }
const notStocked: Text = { en: 'StockedQty is not ReceivedQty less RejectedQty. Correct one of the three.', zh: 'StockedQty 不等于 ReceivedQty 减 RejectedQty，请更正。' }
const moreStocked: Text = { en: 'More went to stock than was ordered. Correct OrderQty or StockedQty.', zh: '入库数量大于订购数量，请更正 OrderQty 或 StockedQty。' }
const notTotal: Text = { en: 'LineTotal is not OrderQty times UnitPrice. Correct one of the three.', zh: 'LineTotal 不等于 OrderQty 乘以 UnitPrice，请更正。' }
const notSubTotal: Text = { en: 'SubTotal is not the sum of the lines. Correct it, or the lines.', zh: 'SubTotal 不等于各行合计，请更正。' }
const notTotalDue: Text = { en: 'TotalDue is not SubTotal plus TaxAmt plus Freight. Correct one of the four.', zh: 'TotalDue 不等于 SubTotal、TaxAmt 与 Freight 之和，请更正。' }
const otherTax: Text = { en: 'TaxAmt is not 8 % of SubTotal. The order is booked with 8 %; correct the bill by hand if the other figure is right.', zh: 'TaxAmt 不是 SubTotal 的 8%。订单按 8% 入账；若原数正确，请手工更正账单。' }
const dueBeforeOrdered = (ordered: string): Text => ({
  en: `The line was due before it was ordered (${ordered}). It is brought in as it is and received on the later of ship and due dates; check the date.`,
  zh: `要求到货日早于下单日（${ordered}）。已按原样导入，收货日取发运日与到货日中较晚者；请核对日期。`,
})
