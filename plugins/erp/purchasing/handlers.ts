import type { CommandContext } from '../../core/commands/context.ts'
import type { EventHandler } from '../../core/platform/plugin.ts'
import { proposeForShortage } from './propose-reorders.ts'

export const purchasingHandlers: readonly EventHandler[] = [
  proposeForShortage,
  {
    name: 'erp.recheckBills',
    on: ['receipts.posted', 'purchase-orders.changed'],
    async run(context, { entity, documentId }) {
      const order = entity === 'purchase-orders' ? documentId : (await context.store.get('receipts', documentId))?.purchaseOrder
      if (order) await recheckBlockedBills(context, order)
    },
  },
  {
    // A change may lower the order to what has been received, billed and paid; the step itself cannot settle its own document.
    name: 'erp.settlePurchaseOrder',
    on: ['purchase-orders.changed'],
    async run(context, { documentId }) {
      await context.offer('purchase-orders', documentId, 'settle')
    },
  },
]

/** A bill that waited for these goods posts by itself now, if nothing else is wrong with it. */
async function recheckBlockedBills(context: CommandContext, order: string): Promise<void> {
  const bills = await context.store.find('supplier-bills', { where: { purchaseOrder: { equals: order }, 'workflow.state': { equals: 'blocked' } }, sort: 'id' })
  for (const { id } of bills) await context.offer('supplier-bills', id, 'recheck')
}
