import { compareDates, isWithin } from './dates.ts'
import { divideRounded, extendAmount, powerOfTen, scales, toBig, toSafe } from './decimal.ts'

/** A row of a price list: `minQuantity` 10^-6, `price` 10^-6 of the currency per unit; both ends of the validity count. */
export type PriceRow = {
  readonly part: string
  readonly minQuantity: number
  readonly price: number
  readonly validFrom?: string | null
  readonly validTo?: string | null
}

/**
 * The row that rules for a part, quantity and date: of those that apply, the highest quantity break, then the one that began
 * latest (a campaign over the standing price), then the lower price. Undefined when none applies.
 */
export function pickPrice<Row extends PriceRow>({ rows, part, quantity, date }: {
  readonly rows: readonly Row[]
  readonly part: string
  readonly quantity: number
  readonly date: string
}): Row | undefined {
  return rows
    .filter((row) => row.part === part && row.minQuantity <= quantity && isWithin({ date, from: row.validFrom, to: row.validTo }))
    .sort((a, b) => b.minQuantity - a.minQuantity || compareStarts(b, a) || a.price - b.price)[0]
}

export type LineAmounts = { readonly listAmount: number; readonly discount: number; readonly amount: number }

/**
 * Amounts of a line in minor units. `amount` is quantity × price × (100 % − discount), rounded once; `listAmount` is the same without
 * the discount, and `discount` their difference. Throws RangeError unless 0 ≤ discount ≤ 100 %.
 */
export function calculateLine({ quantity, unitPrice, discountPercent = 0, exponent }: {
  readonly quantity: number
  readonly unitPrice: number
  readonly discountPercent?: number
  readonly exponent: number
}): LineAmounts {
  const percent = toBig(discountPercent)
  if (percent < 0n || percent > whole) throw new RangeError('A discount lies between 0 % and 100 %')
  const listAmount = extendAmount({ quantity, unitPrice, exponent })
  const exact = toBig(quantity) * toBig(unitPrice) * powerOfTen(exponent) * (whole - percent)
  const amount = toSafe(divideRounded(exact, powerOfTen(scales.quantity + scales.unitPrice) * whole))
  return { listAmount, discount: listAmount - amount, amount }
}

const whole = 100n * powerOfTen(scales.percent)

function compareStarts(a: PriceRow, b: PriceRow): number {
  if (!a.validFrom || !b.validFrom) return Number(Boolean(a.validFrom)) - Number(Boolean(b.validFrom))
  return compareDates(a.validFrom, b.validFrom)
}
