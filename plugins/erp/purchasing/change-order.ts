import type { CommandContext } from '../../core/commands/context.ts'
import type { Step } from '../../core/platform/plugin.ts'
import { totalLines } from '../../core/pricing/totals.ts'
import { typed, typedRows } from '../../core/data/typed-rows.ts'
import { trimPegs } from './peg-demand.ts'
import { foldPurchaseOrder } from './refresh-order.ts'

const changeable = ['quantity', 'unitPrice', 'promisedDate'] as const

/** `erp.changeOrder` on a purchase order: new quantities, prices and dates of its lines, then totals and statuses. */
export async function changePurchaseOrder(context: CommandContext, step: Step): Promise<void> {
  const order = typed<'purchase-orders'>(step.document)
  const lines = typedRows<'purchase-order-lines'>(step.lines)
  for (const row of step.lineInput) {
    const line = lines.find(({ id }) => id === row.line)
    if (!line) continue
    for (const field of changeable) if ((row[field] ?? null) !== null) Object.assign(line, { [field]: row[field] })
  }
  const taxCodes = await context.store.byIds('tax-codes', lines.map(({ taxCode }) => taxCode))
  Object.assign(order, totalLines({ lines, taxCodes, exponent: await context.exponent() }))
  for (const { id, quantity, unitPrice, promisedDate, netAmount } of lines) {
    await context.store.update('purchase-order-lines', id, { quantity, unitPrice, promisedDate, netAmount })
  }
  await trimPegs(context, 'purchase-orders', order.id)
  Object.assign(order, await foldPurchaseOrder(context, { order, lines }))
}

/** `erp.giveUpOpen` on a purchase order: what has not arrived is no longer expected. */
export async function giveUpPurchaseOrder(context: CommandContext, step: Step): Promise<void> {
  const order = typed<'purchase-orders'>(step.document)
  const lines = typedRows<'purchase-order-lines'>(step.lines)
  for (const line of lines) {
    line.cancelledQuantity = Math.max(0, line.quantity - (line.receivedQuantity ?? 0) + (line.rejectedQuantity ?? 0))
    await context.store.update('purchase-order-lines', line.id, { cancelledQuantity: line.cancelledQuantity })
  }
  await trimPegs(context, 'purchase-orders', order.id)
  Object.assign(order, await foldPurchaseOrder(context, { order, lines }))
}
