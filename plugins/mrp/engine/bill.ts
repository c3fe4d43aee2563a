import { product, ratio, times, type Ratio } from './ratio.ts'

/** From and to, both included, "YYYY-MM-DD"; empty is open. */
export type Period = { readonly validFrom?: string | null; readonly validTo?: string | null }

/** What goes into a part. Quantities are integers at 10⁻⁶, percentages at 10⁻⁶ of a percent. */
export type BillLine = Period & {
  readonly id: string
  readonly position: number
  readonly component: string
  readonly quantity: number
  /** 1 unit of the line is numerator ÷ denominator stock units of the component. */
  readonly unitNumerator?: number | null
  readonly unitDenominator?: number | null
  /** How much of what is drawn is expected to be lost. */
  readonly scrapPercent?: number | null
  /** Number of the routing's operation at which it goes in. */
  readonly operation?: number | null
}

/** A version of a bill of material: what so much of a part (`outputQuantity`, in its stock unit) is made of, at a site (empty: at every site) and time. */
export type Bill = Period & {
  readonly id: string
  readonly part: string
  readonly site?: string | null
  readonly outputQuantity: number
  readonly lines: readonly BillLine[]
}

/** Bills by the part they make, of which one rules each: see `billsAt`. */
export type Bills = ReadonlyMap<string, Bill>

const wholePercent = 100_000_000

/**
 * How much of the component, in its stock unit, is drawn for one stock unit of the part: quantity per ÷ (1 − scrap factor),
 * as the APICS Dictionary's "scrap factor" has it. Exact.
 * @throws RangeError for an output of nothing, or when everything is scrap.
 */
export function quantityPer({ outputQuantity }: Pick<Bill, 'outputQuantity'>, line: BillLine): Ratio {
  const inStock = ratio(product(line.quantity, line.unitNumerator ?? 1), product(line.unitDenominator ?? 1, outputQuantity))
  const scrap = line.scrapPercent ?? 0
  return scrap === 0 ? inStock : times(inStock, ratio(wholePercent, wholePercent - scrap))
}
