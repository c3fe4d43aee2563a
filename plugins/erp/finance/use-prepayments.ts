import type { Invoices, SupplierBills } from '../../../config/generated/entities.ts'
import type { CommandContext } from '../../core/commands/context.ts'
import type { EventHandler } from '../../core/platform/plugin.ts'

/** After an invoice or bill is posted, what was paid ahead for its order settles it, oldest payment first. */
export const usePrepayments: EventHandler = {
  name: 'erp.usePrepayments',
  on: ['invoices.posted', 'supplier-bills.posted'],
  async run(context, { entity, documentId }) {
    if (entity === 'invoices') await settleFrom(context, { entity, field: 'invoice', order: 'salesOrder', id: documentId })
    else await settleFrom(context, { entity: 'supplier-bills', field: 'supplierBill', order: 'purchaseOrder', id: documentId })
  },
}

type Item =
  | { readonly entity: 'invoices'; readonly field: 'invoice'; readonly order: 'salesOrder'; readonly id: string }
  | { readonly entity: 'supplier-bills'; readonly field: 'supplierBill'; readonly order: 'purchaseOrder'; readonly id: string }

async function settleFrom(context: CommandContext, { entity, field, order, id }: Item): Promise<void> {
  const item: Invoices | SupplierBills | undefined = await context.store.get(entity, id)
  if (!item) return
  let open = item.openAmount ?? 0
  const orderId = (item as { readonly [name in typeof order]?: string | null })[order]
  const payments = orderId && open > 0 ? await context.store.find('payments', {
    where: { and: [{ [order]: { equals: orderId } }, { 'workflow.state': { equals: 'posted' } }, { unallocatedAmount: { greater_than: 0 } }] },
    sort: ['paymentDate', 'id'],
  }) : []
  for (const payment of payments) {
    const amount = Math.min(open, payment.unallocatedAmount ?? 0)
    if (amount > 0) await context.send('payments', payment.id, 'allocate', { input: { [field]: id, amount } })
    open -= amount
  }
  if (open === 0) await context.offer(entity, id, 'settle')
}
