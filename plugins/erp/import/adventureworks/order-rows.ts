import type { FieldDefinition } from '../../../../config/language/entity.ts'
import { date, integer, option, quantity, select, text, unitPrice } from '../../../../config/language/fields.ts'
import type { Text } from '../../../../config/language/text.ts'
import { extendAmount, mulDiv, sumExact } from '../../../core/engine/decimal.ts'
import { readCsv, type CsvRow } from '../../../core/import/csv.ts'
import type { ImportRun, RowProblem } from '../../../core/import/importer.ts'
import { problemOf, readCells } from '../../../core/import/row-values.ts'
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
 * The orders with their lines, in the order of the files. Both files are read once, side by side, so they must be sorted
 * by PurchaseOrderId, as they are published; a row out of place is reported, and so is a line without an order.
 */
export async function* readOrders(run: Pick<ImportRun, 'folder'>, report: (problem: RowProblem) => void): AsyncGenerator<ReadOrder> {
  const headers = ascending(readCsv({ folder: run.folder, file: headerFile, columns: headerFields.map(({ name }) => name), report }), headerFile, true)
  const lines = ascending(readCsv({ folder: run.folder, file: lineFile, columns: lineFields.map(({ name }) => name), report }), lineFile, false)
  let line = await lines.next()
  const orphan = (row: CsvRow) => report(problemOf({ file: lineFile, row, column: 'PurchaseOrderId', message: withoutOrder }))
  for await (const header of headers) {
    if ('problem' in header) {
      report(header.problem)
      continue
    }
    const own: CsvRow[] = []
    const problems: RowProblem[] = []
    for (; !line.done && ('problem' in line.value || line.value.id <= header.id); line = await lines.next()) {
      if ('problem' in line.value) report(line.value.problem)
      else if (line.value.id === header.id) own.push(line.value.row)
      else orphan(line.value.row)
    }
    const order = readOrder(header.row, own, problems)
    yield { id: header.id, problems, ...(order ? { order } : {}) }
  }
  for (; !line.done; line = await lines.next()) {
    if ('problem' in line.value) report(line.value.problem)
    else orphan(line.value.row)
  }
}

type Placed = { readonly id: number; readonly row: CsvRow } | { readonly problem: RowProblem }

async function* ascending(rows: AsyncGenerator<CsvRow>, file: string, strict: boolean): AsyncGenerator<Placed> {
  let last = 0
  for await (const row of rows) {
    const cell = row.values.PurchaseOrderId ?? ''
    const id = /^\d{1,9}$/.test(cell) ? Number(cell) : 0
    const inPlace = id > 0 && (strict ? id > last : id >= last)
    if (inPlace) last = id
    yield inPlace ? { id, row } : { problem: problemOf({ file, row, column: 'PurchaseOrderId', message: id > 0 ? outOfPlace : noId }) }
  }
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
const outOfPlace: Text = { en: 'The row is out of place, or its order stands in the file twice. Sort the file by PurchaseOrderId, each order once.', zh: '该行顺序不对或订单重复。请按 PurchaseOrderId 排序，每张订单只出现一次。' }
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
