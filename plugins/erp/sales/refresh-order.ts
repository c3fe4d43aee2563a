import type { CreditNotes, Invoices, SalesOrderLines, SalesOrders } from '../../../config/generated/entities.ts'
import type { CommandContext } from '../../core/commands/context.ts'
import { sumExact } from '../../core/engine/decimal.ts'
import { totalLines } from '../../core/pricing/totals.ts'
import { stateOf } from '../../core/workflow/pinned.ts'
import { orderStatus, type OrderLineFigures } from '../engine/order-status.ts'
import { marginOf } from './order-costs.ts'

/**
 * A document whose own step runs: it is not stored yet, so its row takes the place of the stored one and counts as posted.
 */
export type RunningDocument =
  | { readonly entity: 'invoices'; readonly document: Invoices }
  | { readonly entity: 'credit-notes'; readonly document: CreditNotes }

/**
 * Folds lines, invoices and payments of a sales order into its three statuses, its paid amount, its open credit and its margin, and offers `settle` (a closed
 * order whose payment was taken back, or whose invoice was credited while its goods stay: `reopen`). Call
 * it after whatever changed them, in the same command. `running`: the invoice or credit note whose posting calls.
 */
export async function refreshSalesOrder(context: CommandContext, id: string, running?: RunningDocument): Promise<void> {
  const order = await context.store.require('sales-orders', id)
  const lines = await context.store.find('sales-order-lines', { where: { salesOrder: { equals: id } } })
  await context.store.update('sales-orders', id, await foldSalesOrder(context, { order, lines, ...(running ? { running } : {}) }))
  const mayReopen = order.paymentStatus === 'complete' || lines.map(figuresOf).some((line) => line.delivered - line.returned > line.invoiced - line.credited)
  await context.offer('sales-orders', id, stateOf(order) === 'closed' && mayReopen ? 'reopen' : 'settle')
}

/** The folded figures of an order, from its lines as they are given. */
export async function foldSalesOrder(
  context: CommandContext,
  { order, lines, running }: { readonly order: SalesOrders; readonly lines: readonly SalesOrderLines[]; readonly running?: RunningDocument },
): Promise<Pick<SalesOrders, 'deliveryStatus' | 'billingStatus' | 'paymentStatus' | 'paidAmount' | 'openCreditAmount' | 'marginAmount' | 'marginBasis'>> {
  const figures = lines.map(figuresOf)
  const { invoiced, paid, isOpen, openCreditAmount } = await moneyOf(context, { order: order.id, ...(running ? { running } : {}) })
  const status = orderStatus({ lines: figures, amounts: { total: await grossOf(context, lines), invoiced, paid } })
  // Once all is invoiced, what was invoiced is the total: partial invoices may round to another cent than the order.
  const total = status.billingStatus === 'complete' ? invoiced : undefined
  const { paymentStatus, ...progress } = total === undefined ? status : orderStatus({ lines: figures, amounts: { total, invoiced, paid } })
  // Money that is not allocated to an open invoice yet does not pay it: the order is complete, and closes, once it is.
  return { ...progress, ...(await marginOf(context, { order, lines })), paymentStatus: paymentStatus === 'complete' && isOpen ? 'partial' : paymentStatus, paidAmount: paid, openCreditAmount }
}

/** Figures of a line for the pure engine; what is reserved is in the line's unit. */
export function figuresOf(line: SalesOrderLines): OrderLineFigures {
  return {
    ordered: line.quantity, cancelled: line.cancelledQuantity ?? 0, reserved: line.reservedQuantity ?? 0,
    delivered: line.deliveredQuantity ?? 0, returned: line.returnedQuantity ?? 0,
    invoiced: line.invoicedQuantity ?? 0, credited: line.creditedQuantity ?? 0,
  }
}

/** Gross value of what the customer keeps: ordered less given up less returned. */
async function grossOf(context: CommandContext, lines: readonly SalesOrderLines[]): Promise<number> {
  const kept = lines.map((line) => ({
    ...line, quantity: Math.max(0, line.quantity - (line.cancelledQuantity ?? 0) - (line.returnedQuantity ?? 0)),
  }))
  const taxCodes = await context.store.byIds('tax-codes', kept.map(({ taxCode }) => taxCode))
  return totalLines({ lines: kept, taxCodes, exponent: await context.exponent() }).grandTotal
}

/**
 * Invoiced (less credited) and paid (less refunded), gross: what invoices have settled and what prepayments hold, less what
 * credit notes gave back. A credit used on another order's invoice is money that moved there.
 */
async function moneyOf(
  context: CommandContext, { order, running }: { readonly order: string; readonly running?: RunningDocument },
): Promise<{ readonly invoiced: number; readonly paid: number; readonly isOpen: boolean; readonly openCreditAmount: number }> {
  const { store } = context
  const invoices = overlay(await store.find('invoices', { where: { salesOrder: { equals: order } } }), running?.entity === 'invoices' ? running.document : undefined)
  const posted = invoices.filter((invoice) => invoice.id === running?.document.id || isPosted(invoice))
  const ids = posted.map(({ id }) => id)
  const notes = ids.length === 0 ? [] : await store.find('credit-notes', { where: { invoice: { in: ids } } })
  const credits = overlay(notes, running?.entity === 'credit-notes' && ids.includes(running.document.invoice) ? running.document : undefined)
    .filter((note) => note.id === running?.document.id || isPosted(note))
  const prepayments = await store.find('payments', {
    // A payment whose posting calls is still a draft; it has its journal entry already.
    where: { and: [{ salesOrder: { equals: order } }, { direction: { equals: 'incoming' } }, { journalEntry: { exists: true } }, { unallocatedAmount: { greater_than: 0 } }] },
  })
  const settled = (document: Invoices | CreditNotes) => (document.grandTotal ?? 0) - (document.openAmount ?? 0)
  const gross = (documents: readonly (Invoices | CreditNotes)[]) => sumExact(documents.map(({ grandTotal }) => grandTotal ?? 0))
  return {
    invoiced: gross(posted) - gross(credits),
    openCreditAmount: sumExact(credits.map(({ openAmount }) => openAmount ?? 0)),
    isOpen: posted.some(({ openAmount }) => (openAmount ?? 0) > 0),
    paid: sumExact(posted.map(settled)) - sumExact(credits.map(settled)) + sumExact(prepayments.map(({ unallocatedAmount }) => unallocatedAmount ?? 0)),
  }
}

const isPosted = (document: Invoices | CreditNotes): boolean => ['posted', 'settled'].includes(stateOf(document) ?? '')

function overlay<Document extends { readonly id: string }>(stored: readonly Document[], running: Document | undefined): Document[] {
  return running ? [...stored.filter(({ id }) => id !== running.id), running] : [...stored]
}
