import { mulDiv } from '../../core/engine/decimal.ts'
import { convert } from '../../core/engine/units.ts'

/** A line's unit ratio, as it was copied to the line. */
export type UnitLine = { readonly unitNumerator?: number | null; readonly unitDenominator?: number | null }

/** Line quantity (10^-6) in stock units of the part. */
export function toStockUnits(line: UnitLine, quantity: number): number {
  return convert({ quantity, ...ratioOf(line) })
}

/** Stock quantity (10^-6) in units of the line. */
export function toLineUnits(line: UnitLine, quantity: number): number {
  const { numerator, denominator } = ratioOf(line)
  return mulDiv(quantity, denominator, numerator)
}

const ratioOf = ({ unitNumerator, unitDenominator }: UnitLine) => ({ numerator: unitNumerator ?? 1, denominator: unitDenominator ?? 1 })
