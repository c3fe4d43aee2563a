import type { SalesOrderLines, SalesOrders } from '../../../config/generated/entities.ts'
import type { CommandContext } from '../../core/commands/context.ts'
import type { Step } from '../../core/platform/plugin.ts'
import { openReservations, releaseReservations, reserveStock } from '../ledger/reserve-stock.ts'
import { toLineUnits, toStockUnits } from '../stock/stock-units.ts'
import { typed, typedRows } from '../../core/data/typed-rows.ts'

type Order = { readonly order: SalesOrders; readonly lines: SalesOrderLines[] }

/** `erp.reserveStock`: reserves what the order's lines still need, as far as stock goes; a shortage is no refusal. */
export async function reserveOrder(context: CommandContext, step: Step): Promise<void> {
  if (step.event !== 'reserve') await claimCredit(context, typed<'sales-orders'>(step.document).customer)
  await reserveMissing(context, { order: typed<'sales-orders'>(step.document), lines: typedRows<'sales-order-lines'>(step.lines) })
}

/**
 * Writes to the customer, so that two orders that use the same credit at the same moment conflict: the second runs again and its
 * guard sees the first.
 */
export async function claimCredit({ store }: CommandContext, customer: string): Promise<void> {
  await store.update('customers', customer, {}, { creditLimit: { exists: true } })
}

/** Reserves what is neither delivered nor reserved; writes `reservedQuantity` of the lines, in place and stored. */
export async function reserveMissing(context: CommandContext, { order, lines }: Order): Promise<void> {
  const parts = await context.store.byIds('parts', lines.map(({ part }) => part))
  const held = await heldByLine(context, lines)
  await reserveStock(context, {
    company: await context.company(order.company), site: order.site,
    demands: lines.filter(({ part }) => parts.get(part)?.stocked).map((line) => ({
      order: order.id, line: line.id, part: line.part, traceId: order.traceId,
      quantity: neededOf(line) - (held.get(line.id) ?? 0),
    })),
  })
  await storeReserved(context, lines)
}

/** Gives back what is reserved beyond what a line still needs (after a delivery, a change, or giving up). */
export async function releaseSurplus(context: CommandContext, { order, lines }: Order): Promise<void> {
  const held = await heldByLine(context, lines)
  const uses = lines
    .map((line) => ({ line: line.id, quantity: (held.get(line.id) ?? 0) - neededOf(line) }))
    .filter(({ quantity }) => quantity > 0)
  if (uses.length > 0) await releaseReservations(context, { company: await context.company(order.company), uses })
  await storeReserved(context, lines)
}

/** Still to be delivered, in line units. */
export const openOf = (line: SalesOrderLines): number => Math.max(0, line.quantity - (line.cancelledQuantity ?? 0) - (line.deliveredQuantity ?? 0))

/** Still to be delivered, in stock units. */
const neededOf = (line: SalesOrderLines): number => toStockUnits(line, openOf(line))

/** Sum of the open reservations of each line, in stock units. */
async function heldByLine(context: CommandContext, lines: readonly SalesOrderLines[]): Promise<Map<string, number>> {
  const held = new Map<string, number>()
  for (const { salesOrderLine, quantity } of await openReservations(context, lines.map(({ id }) => id))) {
    held.set(salesOrderLine, (held.get(salesOrderLine) ?? 0) + quantity)
  }
  return held
}

async function storeReserved(context: CommandContext, lines: readonly SalesOrderLines[]): Promise<void> {
  const held = await heldByLine(context, lines)
  for (const line of lines) {
    const reservedQuantity = toLineUnits(line, held.get(line.id) ?? 0)
    if (reservedQuantity === (line.reservedQuantity ?? 0)) continue
    line.reservedQuantity = reservedQuantity
    await context.store.update('sales-order-lines', line.id, { reservedQuantity })
  }
}
