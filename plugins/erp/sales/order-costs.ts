import type { SalesOrderLines, SalesOrders } from '../../../config/generated/entities.ts'
import type { CommandContext } from '../../core/commands/context.ts'
import { extendAmount, mulDiv, sumExact } from '../../core/engine/decimal.ts'
import { averageCost, emptyCost } from '../engine/cost.ts'
import { loadStockValues } from '../ledger/stock-values.ts'

/** Unit cost of each line (average, else standard cost) and the order's margin, at this moment. Writes them in place. */
export async function computeMargin(
  context: CommandContext, { order, lines }: { readonly order: SalesOrders; readonly lines: readonly SalesOrderLines[] },
): Promise<void> {
  const exponent = await context.exponent()
  const parts = await context.store.byIds('parts', lines.map(({ part }) => part))
  const values = await loadStockValues(context.store, { company: order.company, parts: [...parts.keys()] })
  for (const line of lines) {
    const part = parts.get(line.part)
    const perStockUnit = averageCost(values.get(line.part) ?? emptyCost, exponent) ?? part?.standardCost ?? 0
    line.unitCost = mulDiv(perStockUnit, line.unitNumerator ?? 1, line.unitDenominator ?? 1)
  }
  const cost = sumExact(lines.map((line) => extendAmount({ quantity: line.quantity, unitPrice: line.unitCost ?? 0, exponent })))
  order.marginAmount = (order.netTotal ?? 0) - cost
}
