import type { Check } from '../../core/platform/plugin.ts'
import { openResult } from '../../core/verify/check-result.ts'
import { inPages } from '../../core/verify/pages.ts'
import { stateOf } from '../../core/workflow/pinned.ts'
import { toLineUnits, toStockUnits } from '../stock/stock-units.ts'
import { groupedBy, pageSize, type Sum } from './sums.ts'

const open = { reservationState: { equals: 'open' } }

/** What an order line says is reserved for it, and the reservations that hold it, in both directions. */
export const reservationChecks: readonly Check[] = [{
  name: 'erp.reservedLines',
  label: { en: 'What order lines have reserved is the sum of their open reservations, and never more than they need', zh: '订单行预留量等于其未完成预留合计且不超过未发数量' },
  async run(store) {
    const { fail, count, result } = openResult()
    let seen = 0
    for await (const page of inPages(store.stream('sales-order-lines'), pageSize)) {
      const orders = await store.byIds('sales-orders', page.map(({ salesOrder }) => salesOrder))
      const rows: Sum[] = await store.sum('reservations', {
        where: { and: [{ salesOrderLine: { in: page.map(({ id }) => id) } }, open] }, groupBy: ['salesOrderLine', 'salesOrder', 'part', 'company'], fields: ['quantity'],
      })
      const held = groupedBy(rows, 'salesOrderLine')
      for (const line of page) {
        count()
        const own = held.get(line.id) ?? []
        const order = orders.get(line.salesOrder)
        const name = `${order?.number ?? line.salesOrder}, line ${line.position}`
        const quantity = own.reduce((sum, row) => sum + Number(row.quantity), 0)
        seen += own.reduce((sum, row) => sum + Number(row.count), 0)
        const reserved = toLineUnits(line, quantity)
        if ((line.reservedQuantity ?? 0) !== reserved) fail(`${name}: reserved ${line.reservedQuantity ?? 0}, its open reservations add up to ${reserved}.`)
        if (own.length === 0) continue
        if (own.some((row) => row.salesOrder !== line.salesOrder || row.part !== line.part || row.company !== order?.company)) fail(`${name}: a reservation names another order, part or company than the line.`)
        const needed = toStockUnits(line, Math.max(0, line.quantity - (line.cancelledQuantity ?? 0) - (line.deliveredQuantity ?? 0)))
        if (quantity > needed) fail(`${name}: ${quantity} are reserved, ${needed} are still to be delivered.`)
        if (order && stateOf(order) !== 'confirmed') fail(`${name}: goods are reserved, the order is ${stateOf(order)}.`)
      }
    }
    const all = await store.count('reservations', open)
    if (seen !== all) fail(`${all - seen} open reservations name an order line that does not exist.`)
    const empty = await store.count('reservations', { and: [open, { quantity: { less_than_equal: 0 } }] })
    if (empty > 0) fail(`${empty} open reservations hold nothing.`)
    return result()
  },
}]
