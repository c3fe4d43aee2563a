import type { SalesOrderLines } from '../../../config/generated/entities.ts'
import { newId, type CommandContext } from '../../core/commands/context.ts'
import { sumExact } from '../../core/engine/decimal.ts'
import { toStockUnits } from '../stock/stock-units.ts'

/**
 * Pegs a purchase order line (`quantity` at 10^-6 of the stock unit) to the sales order lines that wait for the part, earliest
 * requested date first, each for what is neither delivered, reserved nor pegged yet. Supply without demand has no peg.
 */
export async function pegToDemand(context: CommandContext, { order, line, part, company, quantity }: {
  readonly order: string
  readonly line: string
  readonly part: string
  readonly company: string
  readonly quantity: number
}): Promise<void> {
  const { store } = context
  const supply = await store.require('purchase-orders', order)
  const orders = new Map((await store.find('sales-orders', {
    where: { company: { equals: company }, 'workflow.state': { equals: 'confirmed' }, deliveryStatus: { not_equals: 'complete' } },
  })).map((demand) => [demand.id, demand]))
  const waiting = (await linesOf(context, { part, orders: [...orders.keys()] })).toSorted((a, b) => (dueKey(a) < dueKey(b) ? -1 : 1))
  const pegged = waiting.length === 0 ? [] : await store.sum('pegs', {
    where: { demandLine: { in: waiting.map(({ id }) => id) } }, groupBy: ['demandLine'], fields: ['quantity'],
  })
  const before = new Map(pegged.map((row) => [String(row.demandLine), Number(row.quantity)]))
  let left = quantity
  for (const demandLine of waiting) {
    const open = sumExact([
      demandLine.quantity, -(demandLine.deliveredQuantity ?? 0), -(demandLine.reservedQuantity ?? 0), -(demandLine.cancelledQuantity ?? 0),
    ])
    const missing = Math.min(left, toStockUnits(demandLine, Math.max(0, open)) - (before.get(demandLine.id) ?? 0))
    if (missing <= 0) continue
    left -= missing
    // Written, so that a change of the line, or another peg to it, at the same moment runs again and counts this one.
    await store.update('sales-order-lines', demandLine.id, { quantity: { $inc: 0 } })
    await store.insert('pegs', {
      id: newId(), supplyEntity: 'purchase-orders', supplyId: order, supplyLine: line, supplyTraceId: supply.traceId,
      demandEntity: 'sales-orders', demandId: demandLine.salesOrder, demandLine: demandLine.id,
      demandTraceId: orders.get(demandLine.salesOrder)?.traceId ?? supply.traceId, part, quantity: missing, at: context.now,
    })
  }
}

const slice = 500
const dueKey = ({ requestedDate, id }: SalesOrderLines) => `${requestedDate ?? ''} ${id}`

async function linesOf({ store }: CommandContext, { part, orders }: { readonly part: string; readonly orders: readonly string[] }): Promise<SalesOrderLines[]> {
  const lines: SalesOrderLines[] = []
  for (let from = 0; from < orders.length; from += slice) {
    lines.push(...(await store.find('sales-order-lines', { where: { part: { equals: part }, salesOrder: { in: orders.slice(from, from + slice) } } })))
  }
  return lines
}

const sides = {
  'purchase-orders': { document: 'supplyId', line: 'supplyLine', lines: 'purchase-order-lines', parent: 'purchaseOrder' },
  'sales-orders': { document: 'demandId', line: 'demandLine', lines: 'sales-order-lines', parent: 'salesOrder' },
} as const

/**
 * Takes back pegs beyond what the lines of an order, as they are stored, still bring (or ask for), the newest first: after a
 * change, a cancellation. What is pegged to a line never exceeds it, on either side.
 */
export async function trimPegs({ store }: CommandContext, entity: keyof typeof sides, order: string): Promise<void> {
  const { document, line: lineField, lines: lineEntity, parent } = sides[entity]
  const pegs = await store.find('pegs', { where: { [document]: { equals: order } }, sort: 'id' })
  if (pegs.length === 0) return
  const lines = await store.find(lineEntity, { where: { [parent]: { equals: order } } })
  const left = new Map(lines.map((line) => [line.id, toStockUnits(line, line.quantity - (line.cancelledQuantity ?? 0))]))
  for (const peg of pegs) {
    const line = peg[lineField] ?? ''
    const kept = Math.min(peg.quantity, left.get(line) ?? 0)
    left.set(line, (left.get(line) ?? 0) - kept)
    if (kept === 0) await store.remove('pegs', { id: { equals: peg.id } })
    else if (kept < peg.quantity) await store.update('pegs', peg.id, { quantity: kept })
  }
}
