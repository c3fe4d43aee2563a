import type { DeliveryLines, SalesOrderLines } from '../../../config/generated/entities.ts'
import type { CommandContext } from '../../core/commands/context.ts'
import { sumExact } from '../../core/engine/decimal.ts'
import type { ActionHandler } from '../../core/platform/plugin.ts'
import { postDelivery as deliveryEntry } from '../engine/posting-sales.ts'
import { postEntry } from '../ledger/post-entry.ts'
import { postStock, type StockMovement } from '../ledger/post-stock.ts'
import { consumeReservations, type ReservationUse } from '../ledger/reserve-stock.ts'
import { loadBalances } from '../ledger/stock-balances.ts'
import { placeKey, stockPlace } from '../ledger/stock-key.ts'
import { toStockUnits } from '../stock/stock-units.ts'
import { typed, typedRows } from '../../core/data/typed-rows.ts'
import { refreshSalesOrder } from './refresh-order.ts'
import { releaseSurplus } from './reserve-order.ts'

/** Goods issue: stock out at average cost, cost of goods sold, and the order's counters, in one step. */
export const postDelivery: ActionHandler = {
  type: 'erp.postDelivery', label: { en: 'Post the goods issue', zh: '发货过账' },
  async run(context, step) {
    const delivery = typed<'deliveries'>(step.document)
    const lines = typedRows<'delivery-lines'>(step.lines)
    const company = await context.company(delivery.company)
    const date = delivery.deliveryDate ?? (await context.today())
    const source = { entity: 'deliveries', id: delivery.id, number: delivery.number }
    const order = await context.store.require('sales-orders', delivery.salesOrder)
    const orderLines = await context.store.find('sales-order-lines', { where: { salesOrder: { equals: order.id } }, sort: 'position' })

    const parts = await context.store.byIds('parts', lines.map(({ part }) => part))
    const stocked = lines.filter(({ part }) => parts.get(part)?.stocked)
    const movements = await issues(context, { company: company.id, lines: stocked, orderLines })
    const values = await postStock(context, { company, date, source, movements, traceId: delivery.traceId })
    for (const [index, line] of stocked.entries()) {
      line.costAmount = 0 - (values[index] ?? 0)
      await context.store.update('delivery-lines', line.id, { costAmount: line.costAmount })
    }
    delivery.costTotal = sumExact(stocked.map(({ costAmount }) => costAmount ?? 0))
    delivery.journalEntry = await postEntry(context, {
      company, date, kind: 'stock', source, traceId: delivery.traceId, lines: deliveryEntry({ value: delivery.costTotal }),
      memo: { en: `Delivery ${delivery.number}`, zh: `发货 ${delivery.number}` },
    }) ?? null

    await countDelivered(context, { lines, orderLines })
    await releaseSurplus(context, { order, lines: orderLines })
    await refreshSalesOrder(context, order.id)
  },
}

/**
 * The movements out, with what each may take from reservations: the line's own, then, where the rest is not free, those of the
 * order's other lines of the part at the same place.
 */
async function issues(
  context: CommandContext,
  { company, lines, orderLines }: { readonly company: string; readonly lines: readonly DeliveryLines[]; readonly orderLines: readonly SalesOrderLines[] },
): Promise<StockMovement[]> {
  const wanted = lines.map((line) => ({
    line, quantity: toStockUnits(line, line.quantity), place: stockPlace({ part: line.part, location: line.location ?? '', lot: line.lot ?? '' }),
  }))
  const own = await consumeReservations(context, {
    uses: wanted.map(({ line, quantity, place }) => ({ line: line.salesOrderLine, quantity, location: place.location, lot: place.lot })),
  })
  const balances = await loadBalances(context.store, { company, places: wanted.map(({ place }) => place) })
  const free = new Map([...balances].map(([key, row]) => [key, row.available ?? 0]))
  const movements: StockMovement[] = []
  for (const [index, { line, quantity, place }] of wanted.entries()) {
    const reserved = own[index] ?? 0
    const fromFree = Math.min(quantity - reserved, Math.max(0, free.get(placeKey(place)) ?? 0))
    free.set(placeKey(place), (free.get(placeKey(place)) ?? 0) - fromFree)
    const borrowed = await borrow(context, { line, place, quantity: quantity - reserved - fromFree, orderLines })
    movements.push({ ...place, quantity: -quantity, cost: 'average', reserved: reserved + borrowed, sourceLine: line.id })
  }
  return movements
}

async function borrow(
  context: CommandContext,
  { line, place, quantity, orderLines }: {
    readonly line: DeliveryLines
    readonly place: { readonly location: string; readonly lot: string }
    readonly quantity: number
    readonly orderLines: readonly SalesOrderLines[]
  },
): Promise<number> {
  let left = quantity
  for (const other of orderLines) {
    if (left <= 0) break
    if (other.part !== line.part || other.id === line.salesOrderLine) continue
    const use: ReservationUse = { line: other.id, quantity: left, location: place.location, lot: place.lot }
    const [taken = 0] = await consumeReservations(context, { uses: [use] })
    left -= taken
  }
  return quantity - Math.max(0, left)
}

async function countDelivered(
  { store }: CommandContext, { lines, orderLines }: { readonly lines: readonly DeliveryLines[]; readonly orderLines: readonly SalesOrderLines[] },
): Promise<void> {
  for (const orderLine of orderLines) {
    const quantity = sumExact(lines.filter(({ salesOrderLine }) => salesOrderLine === orderLine.id).map((line) => line.quantity))
    if (quantity === 0) continue
    orderLine.deliveredQuantity = (orderLine.deliveredQuantity ?? 0) + quantity
    await store.update('sales-order-lines', orderLine.id, { deliveredQuantity: { $inc: quantity } })
  }
}
