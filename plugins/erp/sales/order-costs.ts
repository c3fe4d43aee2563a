import type { SalesOrderLines, SalesOrders } from '../../../config/generated/entities.ts'
import type { CommandContext } from '../../core/commands/context.ts'
import { divideRounded, extendAmount, mulDiv, powerOfTen, scales, sumExact, toBig, toSafe } from '../../core/engine/decimal.ts'
import { calculateLine } from '../../core/engine/pricing.ts'
import type { UnitRatio } from '../../core/engine/units.ts'
import { emptyCost, type CostState } from '../engine/cost.ts'
import { loadStockValues } from '../ledger/stock-values.ts'

/** Planned unit cost of each line (average, else standard cost), and the expected margin, at this moment. Writes them in place. */
export async function planMargin(
  context: CommandContext, { order, lines }: { readonly order: SalesOrders; readonly lines: readonly SalesOrderLines[] },
): Promise<void> {
  const exponent = await context.exponent()
  const costOf = await loadPlannedCosts(context, { company: order.company, lines })
  for (const line of lines) line.unitCost = costOf(line)
  const cost = sumExact(lines.map((line) => extendAmount({ quantity: line.quantity, unitPrice: line.unitCost ?? 0, exponent })))
  order.marginAmount = (order.netTotal ?? 0) - cost
}

/**
 * Margin of an order as it stands: the net value of what the customer keeps and was not credited for good, less what it cost.
 * Delivered stock costs what its goods issues booked less what returns took back, so it agrees with the ledger; the open rest,
 * and services, which no goods issue values, cost the plan of their line (where there was none, today's cost).
 */
export async function marginOf(
  context: CommandContext, { order, lines }: { readonly order: SalesOrders; readonly lines: readonly SalesOrderLines[] },
): Promise<Pick<SalesOrders, 'marginAmount' | 'marginBasis'>> {
  const exponent = await context.exponent()
  const [parts, costOf, booked] = [
    await context.store.byIds('parts', lines.map(({ part }) => part)), await loadPlannedCosts(context, { company: order.company, lines }), await bookedCosts(context, lines),
  ]
  const net = sumExact(lines.map(({ unitPrice, discountPercent, ...line }) =>
    calculateLine({ quantity: soldOf(line), unitPrice: unitPrice ?? 0, discountPercent: discountPercent ?? 0, exponent }).amount))
  const planned = sumExact(lines.map((line) => {
    const quantity = parts.get(line.part)?.stocked ? openOf(line) : openOf(line) + keptOf(line)
    return extendAmount({ quantity, unitPrice: line.unitCost || costOf(line), exponent })
  }))
  const [isDelivered, isOpen] = [lines.some(({ deliveredQuantity }) => (deliveredQuantity ?? 0) > 0), lines.some((line) => openOf(line) > 0)]
  return { marginAmount: net - booked - planned, marginBasis: isDelivered ? (isOpen ? 'partly' : 'actual') : 'expected' }
}

type Quantities = Pick<SalesOrderLines, 'quantity' | 'cancelledQuantity' | 'deliveredQuantity' | 'returnedQuantity' | 'invoicedQuantity' | 'creditedQuantity'>

const openOf = (line: Quantities): number => Math.max(0, line.quantity - (line.cancelledQuantity ?? 0) - (line.deliveredQuantity ?? 0))
const keptOf = (line: Quantities): number => Math.max(0, (line.deliveredQuantity ?? 0) - (line.returnedQuantity ?? 0))

/** Open and kept, without what the customer keeps but was credited for (more than came back) and is not invoiced again. */
function soldOf(line: Quantities): number {
  const credited = Math.max(0, (line.creditedQuantity ?? 0) - (line.returnedQuantity ?? 0))
  const unbilled = Math.max(0, keptOf(line) - (line.invoicedQuantity ?? 0) + (line.creditedQuantity ?? 0))
  return openOf(line) + keptOf(line) - Math.min(credited, unbilled)
}

/** What the goods issues of these lines booked, less what returns took back; minor units. Drafts have no cost. */
async function bookedCosts({ store }: CommandContext, lines: readonly SalesOrderLines[]): Promise<number> {
  const issued = await store.find('delivery-lines', { where: { salesOrderLine: { in: lines.map(({ id }) => id) } } })
  const returned = issued.length === 0 ? [] : await store.find('sales-return-lines', { where: { deliveryLine: { in: issued.map(({ id }) => id) } } })
  const total = (rows: readonly { readonly costAmount?: number | null }[]) => sumExact(rows.map(({ costAmount }) => costAmount ?? 0))
  return total(issued) - total(returned)
}

/** Cost (10^-6) of one unit of a line at this moment: average, else standard. */
async function loadPlannedCosts(
  context: CommandContext, { company, lines }: { readonly company: string; readonly lines: readonly SalesOrderLines[] },
): Promise<(line: SalesOrderLines) => number> {
  const exponent = await context.exponent()
  const parts = await context.store.byIds('parts', lines.map(({ part }) => part))
  const values = await loadStockValues(context.store, { company, parts: [...parts.keys()] })
  return ({ part, unitNumerator, unitDenominator }) => {
    const ratio = { numerator: unitNumerator ?? 1, denominator: unitDenominator ?? 1 }
    return averagePerUnit(values.get(part) ?? emptyCost, { ...ratio, exponent }) ?? mulDiv(parts.get(part)?.standardCost ?? 0, ratio.numerator, ratio.denominator)
  }
}

/** Average cost (10^-6) of a unit of numerator ÷ denominator stock units, rounded once; undefined when nothing is held. */
function averagePerUnit(
  { quantity, value }: CostState, { numerator, denominator, exponent }: UnitRatio & { readonly exponent: number },
): number | undefined {
  if (quantity === 0) return undefined
  const scaled = toBig(value) * toBig(numerator) * powerOfTen(scales.quantity + scales.unitPrice - exponent)
  return toSafe(divideRounded(scaled, toBig(quantity) * toBig(denominator)))
}
