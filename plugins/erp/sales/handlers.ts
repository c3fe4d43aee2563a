import type { QuoteLines, Quotes } from '../../../config/generated/entities.ts'
import type { CommandContext } from '../../core/commands/context.ts'
import type { EventHandler } from '../../core/platform/plugin.ts'
import { stateOf } from '../../core/workflow/pinned.ts'
import { invoiceableOf } from './create-invoice.ts'

/** What sales does by itself when something has happened. Each may run twice without a second effect. */
export const salesHandlers: readonly EventHandler[] = [
  {
    // Contract 1: one accepted quote makes one order draft, never two.
    name: 'erp.orderOfQuote', on: ['quotes.accepted'],
    async run(context, { documentId }) {
      const known = await context.store.findOne('sales-orders', { quote: { equals: documentId } })
      const quote = known ? undefined : await context.store.get('quotes', documentId)
      if (quote) await createOrder(context, quote)
    },
  },
  {
    // Contract 16: what was delivered waits on the accountant's list as an invoice draft.
    name: 'erp.invoiceOfDelivery', on: ['deliveries.posted'],
    async run(context, { documentId }) {
      const delivery = await context.store.get('deliveries', documentId)
      const order = delivery && (await context.store.get('sales-orders', delivery.salesOrder))
      if (!order || stateOf(order) !== 'confirmed') return
      const lines = await context.store.find('sales-order-lines', { where: { salesOrder: { equals: order.id } } })
      if ((await invoiceableOf(context, { order, lines })).goods.length > 0) await context.offer('sales-orders', order.id, 'invoice')
    },
  },
  {
    // Contract 8: goods that arrived go to the orders that wait for them, earliest requested date first.
    name: 'erp.reserveArrived', on: ['receipts.posted', 'sales-returns.received', 'stock-counts.posted'],
    async run(context, { entity, documentId }) {
      const lines = context.entity(entity).lines
      if (!lines) return
      const arrived = await context.store.find<string>(lines.entity, { where: { [lines.parentField]: { equals: documentId } } })
      for (const order of await waitingOrders(context, arrived.flatMap(({ part }) => (typeof part === 'string' ? [part] : [])))) {
        await context.offer('sales-orders', order, 'reserve')
      }
    },
  },
  {
    // A document cannot send itself an event in its own step: what a step has settled is closed after it.
    name: 'erp.settle', on: ['sales-orders.changed', 'sales-returns.received', 'credit-notes.posted', 'credit-notes.applied'],
    async run(context, { entity, documentId }) {
      if (await context.store.get(entity, documentId)) await context.offer(entity, documentId, 'settle')
    },
  },
]

async function createOrder(context: CommandContext, quote: Quotes): Promise<void> {
  const lines = await context.store.find('quote-lines', { where: { quote: { equals: quote.id } }, sort: 'position' })
  await context.create('sales-orders', {
    values: {
      company: quote.company, customer: quote.customer, contact: quote.contact ?? null, quote: quote.id, priceList: quote.priceList ?? null,
      paymentTerm: quote.paymentTerm ?? null, requestedDate: quote.requestedDate ?? null, owner: quote.owner ?? null, note: quote.note ?? null,
    },
    lines: lines.map(orderLine),
    sources: [{ entity: 'quotes', id: quote.id }],
  })
}

/** As it was offered and accepted: quantity, price, discount and tax code stay. */
function orderLine({ part, description, quantity, unit, unitPrice, discountPercent, taxCode, requestedDate }: QuoteLines) {
  return {
    part, description: description ?? null, quantity, unit: unit ?? null, unitPrice: unitPrice ?? null, discountPercent: discountPercent ?? 0,
    taxCode: taxCode ?? null, requestedDate: requestedDate ?? null,
  }
}

/** Confirmed orders with undelivered lines of these parts that are not reserved in full. */
async function waitingOrders({ store }: CommandContext, parts: readonly string[]): Promise<string[]> {
  if (parts.length === 0) return []
  const orders = await store.find('sales-orders', {
    where: { and: [{ 'workflow.state': { equals: 'confirmed' } }, { deliveryStatus: { not_equals: 'complete' } }] }, sort: ['requestedDate', 'id'],
  })
  if (orders.length === 0) return []
  const lines = await store.find('sales-order-lines', {
    where: { and: [{ salesOrder: { in: orders.map(({ id }) => id) } }, { part: { in: [...new Set(parts)] } }] },
  })
  const waiting = new Set(lines
    .filter((line) => line.quantity - (line.cancelledQuantity ?? 0) - (line.deliveredQuantity ?? 0) > (line.reservedQuantity ?? 0))
    .map(({ salesOrder }) => salesOrder))
  return orders.map(({ id }) => id).filter((id) => waiting.has(id))
}
