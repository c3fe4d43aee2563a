import type { SalesOrderLines, SalesOrders } from '../../../config/generated/entities.ts'
import type { CommandContext } from '../../core/commands/context.ts'
import { divideRounded, extendAmount, mulDiv, powerOfTen, scales, sumExact, toBig, toSafe } from '../../core/engine/decimal.ts'
import type { UnitRatio } from '../../core/engine/units.ts'
import { emptyCost, type CostState } from '../engine/cost.ts'
import { loadStockValues } from '../ledger/stock-values.ts'

/** Unit cost of each line (average, else standard cost) and the order's margin, at this moment. Writes them in place. */
export async function computeMargin(
  context: CommandContext, { order, lines }: { readonly order: SalesOrders; readonly lines: readonly SalesOrderLines[] },
): Promise<void> {
  const exponent = await context.exponent()
  const parts = await context.store.byIds('parts', lines.map(({ part }) => part))
  const values = await loadStockValues(context.store, { company: order.company, parts: [...parts.keys()] })
  for (const line of lines) {
    const ratio = { numerator: line.unitNumerator ?? 1, denominator: line.unitDenominator ?? 1 }
    const standard = parts.get(line.part)?.standardCost ?? 0
    line.unitCost = averagePerUnit(values.get(line.part) ?? emptyCost, { ...ratio, exponent }) ?? mulDiv(standard, ratio.numerator, ratio.denominator)
  }
  const cost = sumExact(lines.map((line) => extendAmount({ quantity: line.quantity, unitPrice: line.unitCost ?? 0, exponent })))
  order.marginAmount = (order.netTotal ?? 0) - cost
}

/** Average cost (10^-6) of a unit of numerator ÷ denominator stock units, rounded once; undefined when nothing is held. */
function averagePerUnit(
  { quantity, value }: CostState, { numerator, denominator, exponent }: UnitRatio & { readonly exponent: number },
): number | undefined {
  if (quantity === 0) return undefined
  const scaled = toBig(value) * toBig(numerator) * powerOfTen(scales.quantity + scales.unitPrice - exponent)
  return toSafe(divideRounded(scaled, toBig(quantity) * toBig(denominator)))
}
