import type { Parts, Prices } from '../../../config/generated/entities.ts'
import type { Store } from '../data/store.ts'
import { isWithin } from '../engine/dates.ts'
import { mulDiv } from '../engine/decimal.ts'
import { pickPrice } from '../engine/pricing.ts'
import { convert, type UnitRatio } from '../engine/units.ts'

export type PriceQuestion = {
  readonly part: Parts
  readonly unit: string
  /** Of `unit` in stock units. */
  readonly ratio: UnitRatio
  /** 10^-6 of `unit`. */
  readonly quantity: number
}

/**
 * Sales prices (10^-6 of the currency per asked unit) of a price list on a date, in two queries for all lines: the list's row in
 * the asked unit, else its row in the stock unit, else the part's list price; undefined when there is none at all.
 */
export async function loadSalesPrices(
  store: Store, { priceList, date, parts }: { readonly priceList: string | null | undefined; readonly date: string; readonly parts: readonly string[] },
): Promise<(question: PriceQuestion) => number | undefined> {
  const list = priceList ? await store.get('price-lists', priceList) : undefined
  const valid = list?.status === 'active' && isWithin({ date, from: list.validFrom, to: list.validTo })
  const rows = valid && parts.length > 0
    ? await store.find('prices', { where: { and: [{ priceList: { equals: list.id } }, { part: { in: [...parts] } }] } })
    : []
  return ({ part, unit, ratio, quantity }) => {
    const asked = pick({ rows, part, unit, quantity, date })
    if (asked) return asked.price
    const inStock = pick({ rows, part, unit: part.unit, quantity: convert({ quantity, ...ratio }), date })
    const perStockUnit = inStock?.price ?? part.listPrice ?? undefined
    return perStockUnit === undefined ? undefined : mulDiv(perStockUnit, ratio.numerator, ratio.denominator)
  }
}

function pick({ rows, part, unit, quantity, date }: {
  readonly rows: readonly Prices[]
  readonly part: Parts
  readonly unit: string
  readonly quantity: number
  readonly date: string
}) {
  return pickPrice({
    rows: rows.filter((row) => row.unit === unit).map((row) => ({ ...row, minQuantity: row.minimumQuantity })), part: part.id, quantity, date,
  })
}
