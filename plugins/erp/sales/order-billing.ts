import type { InvoiceLines, Invoices } from '../../../config/generated/entities.ts'
import { mulDiv, sumExact } from '../../core/engine/decimal.ts'
import type { Row, Store } from '../../core/data/store.ts'
import type { FactLoader } from '../../core/platform/plugin.ts'
import { stateOf } from '../../core/workflow/pinned.ts'
import { textOf } from '../stock/lines-of.ts'

/** Net amount of an invoice line less what was credited of it; minor units, below zero on deductions. */
export const keptNet = (line: InvoiceLines): number => mulDiv(line.netAmount ?? 0, line.quantity - (line.creditedQuantity ?? 0), line.quantity)

/** Invoices of an order, oldest first, drafts included, with the lines of all of them. */
export type OrderInvoices = { readonly invoices: readonly Invoices[]; readonly lines: readonly InvoiceLines[] }

export async function invoicesOfOrders(store: Store, orders: readonly string[]): Promise<OrderInvoices> {
  if (orders.length === 0) return { invoices: [], lines: [] }
  const invoices = await store.find('invoices', { where: { salesOrder: { in: [...orders] } }, sort: 'id' })
  const lines = invoices.length === 0 ? [] : await store.find('invoice-lines', { where: { invoice: { in: invoices.map(({ id }) => id) } }, sort: 'position' })
  return { invoices, lines }
}

/** What is billed of an order besides one of its invoices; net, minor units. */
export type OrderBilling = {
  readonly orderNet: number
  /** On posted invoices, deposits included and deductions taken off, less credits. */
  readonly billed: number
  readonly deposits: readonly FreeDeposit[]
}
/** Part of a posted deposit invoice, in one tax code, that no other invoice deducts. */
export type FreeDeposit = { readonly invoice: string; readonly number: string; readonly taxCode: string; readonly isPaid: boolean; readonly free: number }

export const orderBillingFacts: readonly FactLoader[] = [{
  name: 'erp.orderBilling',
  load: async (store, { entity, documents }) => (entity === 'invoices' ? loadOrderBilling(store, documents) : new Map()),
}]

/** By invoice: what is billed of its order without the invoice itself. An invoice without an order has none. */
export async function loadOrderBilling(store: Store, documents: readonly Row[]): Promise<Map<string, OrderBilling>> {
  const orders = await store.byIds('sales-orders', documents.map((document) => textOf(document, 'salesOrder')))
  const { invoices, lines } = await invoicesOfOrders(store, [...orders.keys()])
  return new Map(documents.flatMap((document) => {
    const order = orders.get(textOf(document, 'salesOrder') ?? '')
    if (!order) return []
    const others = invoices.filter(({ id, salesOrder }) => id !== document.id && salesOrder === order.id)
    return [[document.id, { orderNet: order.netTotal ?? 0, ...billingOf({ invoices: others, lines }) }] as const]
  }))
}

export const isPostedInvoice = (invoice: Invoices): boolean => ['posted', 'settled'].includes(stateOf(invoice) ?? '')

/** Lines that deduct a deposit invoice and are not credited, drafts included. */
export const deductionsOf = (lines: readonly InvoiceLines[], deposit: string): InvoiceLines[] =>
  lines.filter((line) => line.lineKind === 'deduction' && line.depositInvoice === deposit && keptNet(line) !== 0)

function billingOf({ invoices, lines }: OrderInvoices): Pick<OrderBilling, 'billed' | 'deposits'> {
  const known = new Set(invoices.map(({ id }) => id))
  const own = lines.filter(({ invoice }) => known.has(invoice))
  const posted = invoices.filter(isPostedInvoice)
  const ids = new Set(posted.map(({ id }) => id))
  const deposits = posted.filter(({ invoiceKind }) => invoiceKind === 'deposit').flatMap((deposit) => {
    const parts = own.filter(({ invoice, lineKind }) => invoice === deposit.id && lineKind === 'deposit')
    return [...new Set(parts.map(codeOf))].map((taxCode) => {
      const used = deductionsOf(own, deposit.id).filter((line) => codeOf(line) === taxCode)
      const free = sumExact([...parts.filter((line) => codeOf(line) === taxCode), ...used].map(keptNet))
      return { invoice: deposit.id, number: deposit.number ?? '', taxCode, isPaid: stateOf(deposit) === 'settled', free }
    })
  })
  return { billed: sumExact(own.filter(({ invoice }) => ids.has(invoice)).map(keptNet)), deposits: deposits.filter(({ free }) => free > 0) }
}

export const codeOf = ({ taxCode }: Pick<InvoiceLines, 'taxCode'>): string => taxCode ?? ''
