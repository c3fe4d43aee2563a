import type { Deliveries, Invoices, SalesOrderLines } from '../../../config/generated/entities.ts'
import type { Store } from '../../core/data/store.ts'
import { stateOf } from '../../core/workflow/pinned.ts'

/** Part of an order line that an invoice bills; 10^-6 of the line's unit. */
export type BilledGoods = { readonly line: SalesOrderLines; readonly quantity: number }

/**
 * The deliveries that an invoice of these goods bills, oldest first: for each line those that no invoice of the order names
 * yet, then, where they do not cover the quantity (a draft was lowered by hand), the others.
 */
export async function deliveriesToBill(
  store: Store, { goods, invoices }: { readonly goods: readonly BilledGoods[]; readonly invoices: readonly Invoices[] },
): Promise<string[]> {
  const lines = await store.find('delivery-lines', { where: { salesOrderLine: { in: goods.map(({ line }) => line.id) } }, sort: 'id' })
  const deliveries = await store.byIds('deliveries', lines.map(({ delivery }) => delivery))
  const sent = lines.filter(({ delivery }) => isSent(deliveries.get(delivery)))
  const links = await store.find('document-links', {
    where: { and: [{ fromId: { in: [...deliveries.keys()] } }, { toId: { in: invoices.map(({ id }) => id) } }] },
  })
  const named = new Set(links.map(({ fromId }) => fromId))
  const inTurn = [...sent].sort((a, b) => Number(named.has(a.delivery)) - Number(named.has(b.delivery)))
  const billed = new Set<string>()
  for (const { line, quantity } of goods) {
    let left = quantity
    for (const row of inTurn) {
      const kept = row.salesOrderLine === line.id ? row.quantity - (row.returnedQuantity ?? 0) : 0
      if (left <= 0 || kept <= 0) continue
      billed.add(row.delivery)
      left -= kept
    }
  }
  return [...billed]
}

/** These invoices with those first that bill the delivery; else their order stays. */
export async function billersFirst(store: Store, { delivery, invoices }: { readonly delivery: string; readonly invoices: readonly Invoices[] }): Promise<Invoices[]> {
  const links = await store.find('document-links', { where: { and: [{ fromId: { equals: delivery } }, { toEntity: { equals: 'invoices' } }] } })
  const billers = new Set(links.map(({ toId }) => toId))
  return [...invoices].sort((a, b) => Number(billers.has(b.id)) - Number(billers.has(a.id)))
}

const isSent = (delivery: Deliveries | undefined): boolean => delivery !== undefined && !['draft', 'cancelled'].includes(stateOf(delivery) ?? 'draft')
