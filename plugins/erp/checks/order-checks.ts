import type { Where } from 'payload'
import type { CreditNotes, Invoices, PurchaseOrderLines, PurchaseOrders, SalesOrderLines, SalesOrders, TaxCodes } from '../../../config/generated/entities.ts'
import type { Check, CheckResult } from '../../core/platform/plugin.ts'
import type { Store } from '../../core/data/store.ts'
import { currencyExponent } from '../../core/engine/currency.ts'
import { sumExact } from '../../core/engine/decimal.ts'
import { totalLines, type DocumentTax } from '../../core/pricing/totals.ts'
import { openResult } from '../../core/verify/check-result.ts'
import { inPages } from '../../core/verify/pages.ts'
import { billingStatus, deliveryStatus, isGivenUp, paymentStatus, type OrderLineFigures, type PaymentStatus } from '../engine/order-status.ts'
import { booked, groupedBy, pageSize, sumBy, type Sum } from './sums.ts'

/** What an order says of itself is what its lines and the documents that came of it say. Orders that nobody confirmed yet say nothing. */
export const orderChecks: readonly Check[] = [
  {
    name: 'erp.salesStatuses',
    label: { en: 'Statuses and amounts paid of sales orders follow from their lines, invoices and payments', zh: '销售订单的发货、开票、收款状态及已收金额与单据一致' },
    run: checkSales,
  },
  {
    name: 'erp.purchaseStatuses',
    label: { en: 'Statuses of purchase orders follow from their lines, bills and payments', zh: '采购订单的收货、收票、付款状态与单据一致' },
    run: checkPurchases,
  },
]

async function checkSales(store: Store): Promise<CheckResult> {
  const { fail, count, result } = openResult()
  const taxes = await taxesOf(store)
  for await (const page of inPages(store.stream('sales-orders', { 'workflow.state': { in: ['confirmed', 'closed'] } }), pageSize)) {
    const ids = page.map(({ id }) => id)
    const lines = groupedBy(await store.find('sales-order-lines', { where: { salesOrder: { in: ids } } }), 'salesOrder')
    const invoices = groupedBy(await store.find('invoices', { where: { and: [{ salesOrder: { in: ids } }, booked] } }), 'salesOrder')
    const invoiceIds = [...invoices.values()].flat().map(({ id }) => id)
    const notes = groupedBy(await store.find('credit-notes', { where: { and: [{ invoice: { in: invoiceIds } }, booked] } }), 'invoice')
    const prepaid = await sumBy(store, 'payments', {
      where: { and: [{ salesOrder: { in: ids } }, { direction: { equals: 'incoming' } }, { journalEntry: { exists: true } }, { unallocatedAmount: { greater_than: 0 } }] },
      by: 'salesOrder', field: 'unallocatedAmount',
    })
    for (const order of page) {
      count()
      const own = lines.get(order.id) ?? []
      const posted = invoices.get(order.id) ?? []
      const credits = posted.flatMap(({ id }) => notes.get(id) ?? [])
      const [invoiced, paid] = [gross(posted) - gross(credits), settled(posted) - settled(credits) + (prepaid.get(order.id) ?? 0)]
      if ((order.paidAmount ?? 0) !== paid) fail(`${order.number}: paid ${order.paidAmount ?? 0}, invoices and prepayments say ${paid}.`)
      const figures = own.map(salesFigures)
      const billing = billingStatus(figures)
      const isOpen = posted.some(({ openAmount }) => (openAmount ?? 0) > 0)
      const payment = totalsOf(order, { lines: own.map((line) => kept(line, line.returnedQuantity ?? 0)), taxes }).map((total) => {
        const status = paymentStatus({ total: billing === 'complete' ? invoiced : total, invoiced, paid, isGivenUp: isGivenUp(figures) })
        return status === 'complete' && isOpen ? 'partial' : status
      })
      tell(fail, order, { deliveryStatus: [deliveryStatus(figures)], billingStatus: [billing], paymentStatus: untouched(order, { invoiced, paid, payment }) })
    }
  }
  return result()
}

async function checkPurchases(store: Store): Promise<CheckResult> {
  const { fail, count, result } = openResult()
  const taxes = await taxesOf(store)
  for await (const page of inPages(store.stream('purchase-orders', { 'workflow.state': { in: ['approved', 'closed'] } }), pageSize)) {
    const ids = page.map(({ id }) => id)
    const posted: Where = { and: [{ purchaseOrder: { in: ids } }, { journalEntry: { exists: true } }] }
    const lines = groupedBy(await store.find('purchase-order-lines', { where: { purchaseOrder: { in: ids } } }), 'purchaseOrder')
    const rows: Sum[] = await store.sum('supplier-bills', { where: posted, groupBy: ['purchaseOrder'], fields: ['grandTotal', 'openAmount'] })
    const bills = new Map(rows.map((row) => [String(row.purchaseOrder), { billed: Number(row.grandTotal), open: Number(row.openAmount) }]))
    const prepaid = await sumBy(store, 'payments', { where: posted, by: 'purchaseOrder', field: 'unallocatedAmount' })
    for (const order of page) {
      count()
      const own = lines.get(order.id) ?? []
      const { billed: invoiced, open } = bills.get(order.id) ?? { billed: 0, open: 0 }
      const paid = invoiced - open + (prepaid.get(order.id) ?? 0)
      const figures = own.map(purchaseFigures)
      const billing = billingStatus(figures)
      const payment = totalsOf(order, { lines: own.map((line) => kept(line, 0)), taxes }).map((total) =>
        paymentStatus({ total: billing === 'complete' ? invoiced : Math.max(total, invoiced), invoiced, paid, isGivenUp: isGivenUp(figures) }))
      tell(fail, order, { receiptStatus: [deliveryStatus(figures)], billingStatus: [billing], paymentStatus: untouched(order, { invoiced, paid, payment }) })
    }
  }
  return result()
}

type Order = SalesOrders | PurchaseOrders

function tell(fail: (sentence: string) => void, order: Order, expected: Readonly<Record<string, readonly string[]>>): void {
  for (const [field, possible] of Object.entries(expected)) {
    const stands = String((order as unknown as Readonly<Record<string, unknown>>)[field] ?? 'none')
    if (!possible.includes(stands)) fail(`${order.number}: ${field} is ${stands}, its documents say ${[...new Set(possible)].join(' or ')}.`)
  }
}

/** An order that costs nothing is paid as soon as something is folded; until then it stands at `none`. */
function untouched(order: Order, { invoiced, paid, payment }: { readonly invoiced: number; readonly paid: number; readonly payment: readonly PaymentStatus[] }): readonly PaymentStatus[] {
  return (order.grandTotal ?? 0) === 0 && invoiced === 0 && paid === 0 ? [...payment, 'none'] : payment
}

type Taxes = { readonly codes: ReadonlyMap<string, TaxCodes>; readonly exponents: ReadonlyMap<string, number> }
type Line = SalesOrderLines | PurchaseOrderLines

async function taxesOf(store: Store): Promise<Taxes> {
  const codes = new Map((await store.find('tax-codes')).map((code) => [code.id, code]))
  return { codes, exponents: new Map((await store.find('companies')).map(({ id, currency }) => [id, currencyExponent(currency)])) }
}

/** What is kept costs, at today's rates and at those the order carries: a rate may have changed since its last fold. */
function totalsOf(order: Order, { lines, taxes }: { readonly lines: readonly Line[]; readonly taxes: Taxes }): number[] {
  const exponent = taxes.exponents.get(order.company) ?? 2
  const carried = new Map(((order.taxLines ?? []) as unknown as readonly DocumentTax[]).flatMap(({ taxCode, rate }) => {
    const code = taxes.codes.get(taxCode)
    return code ? [[taxCode, { ...code, rate }] as const] : []
  }))
  return [taxes.codes, new Map([...taxes.codes, ...carried])].map((taxCodes) => totalLines({ lines: structuredClone([...lines]), taxCodes, exponent }).grandTotal)
}

const kept = <Kept extends Line>(line: Kept, returned: number): Kept => ({ ...line, quantity: Math.max(0, line.quantity - (line.cancelledQuantity ?? 0) - returned) })
const gross = (documents: readonly (Invoices | CreditNotes)[]): number => sumExact(documents.map(({ grandTotal }) => grandTotal ?? 0))
const settled = (documents: readonly (Invoices | CreditNotes)[]): number => sumExact(documents.map(({ grandTotal, openAmount }) => (grandTotal ?? 0) - (openAmount ?? 0)))

const salesFigures = (line: SalesOrderLines): OrderLineFigures => ({
  ordered: line.quantity, cancelled: line.cancelledQuantity ?? 0, reserved: line.reservedQuantity ?? 0, delivered: line.deliveredQuantity ?? 0,
  returned: line.returnedQuantity ?? 0, invoiced: line.invoicedQuantity ?? 0, credited: line.creditedQuantity ?? 0,
})
const purchaseFigures = (line: PurchaseOrderLines): OrderLineFigures => ({
  ordered: line.quantity, cancelled: line.cancelledQuantity ?? 0, reserved: 0, returned: 0, credited: 0,
  delivered: (line.receivedQuantity ?? 0) - (line.rejectedQuantity ?? 0), invoiced: line.billedQuantity ?? 0,
})
