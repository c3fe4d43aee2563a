import type { Where } from 'payload'
import type { PurchaseOrderLines, PurchaseOrders } from '../../../config/generated/entities.ts'
import type { CommandContext } from '../../core/commands/context.ts'
import { sumExact } from '../../core/engine/decimal.ts'
import { totalLines } from '../../core/pricing/totals.ts'
import { stateOf } from '../../core/workflow/pinned.ts'
import { billingStatus, deliveryStatus, isGivenUp, paymentStatus } from '../engine/order-status.ts'

/** Folds lines, bills and prepayments of a purchase order into its statuses, then offers to settle it, or to open it again. */
export async function refreshPurchaseOrder(context: CommandContext, id: string): Promise<void> {
  const order = await context.store.require('purchase-orders', id)
  const lines = await context.store.find('purchase-order-lines', { where: { purchaseOrder: { equals: id } }, sort: 'position' })
  const statuses = await foldPurchaseOrder(context, { order, lines })
  await context.store.update('purchase-orders', id, statuses)
  await context.offer('purchase-orders', id, order.paymentStatus === 'complete' && stateOf(order) === 'closed' ? 'reopen' : 'settle')
}

/** The statuses of an order as its lines, posted bills and posted prepayments stand. */
export async function foldPurchaseOrder(
  context: CommandContext, { order, lines }: { readonly order: PurchaseOrders; readonly lines: readonly PurchaseOrderLines[] },
): Promise<Pick<PurchaseOrders, 'receiptStatus' | 'billingStatus' | 'paymentStatus'>> {
  // What is posted has its journal entry, also while the step that posts it still runs.
  const posted: Where = { and: [{ purchaseOrder: { equals: order.id } }, { journalEntry: { exists: true } }] }
  const [bills] = await context.store.sum('supplier-bills', { where: posted, fields: ['grandTotal', 'openAmount'] })
  const [payments] = await context.store.sum('payments', { where: posted, fields: ['unallocatedAmount'] })
  const billed = Number(bills?.grandTotal ?? 0)
  const paid = sumExact([billed, -Number(bills?.openAmount ?? 0), Number(payments?.unallocatedAmount ?? 0)])
  const taxCodes = await context.store.byIds('tax-codes', lines.map(({ taxCode }) => taxCode))
  const kept = lines.map((line) => ({ ...line, quantity: line.quantity - (line.cancelledQuantity ?? 0) }))
  const { grandTotal } = totalLines({ lines: kept, taxCodes, exponent: await context.exponent() })
  const figures = lines.map((line) => ({
    ordered: line.quantity, cancelled: line.cancelledQuantity ?? 0, reserved: 0, returned: 0, credited: 0,
    delivered: (line.receivedQuantity ?? 0) - (line.rejectedQuantity ?? 0), invoiced: line.billedQuantity ?? 0,
  }))
  const billing = billingStatus(figures)
  // Once all is billed, the order costs what the bills ask for, differences in price included.
  const total = billing === 'complete' ? billed : Math.max(grandTotal, billed)
  return { receiptStatus: deliveryStatus(figures), billingStatus: billing, paymentStatus: paymentStatus({ total, invoiced: billed, paid, isGivenUp: isGivenUp(figures) }) }
}
