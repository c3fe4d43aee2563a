import { daysBetween } from '../../core/engine/dates.ts'
import { sumExact } from '../../core/engine/decimal.ts'

/** Days overdue, both ends included; `from` null is everything not yet due, `to` null has no upper end. */
export type AgingBucket = { readonly from: number | null; readonly to: number | null; readonly amount: number }

export type Aging = { readonly buckets: readonly AgingBucket[]; readonly overdue: number; readonly total: number }

/** The usual limits of an aged-receivables list, in days overdue. */
export const defaultAgingLimits: readonly number[] = [30, 60, 90]

/**
 * Open amounts (minor units, credits negative) by days overdue on `asOf`: not due, 1–30, 31–60, 61–90, more. An item due on the day itself
 * is not overdue. Limits are rising positive integers.
 */
export function ageItems({ items, asOf, limits = defaultAgingLimits }: {
  readonly items: readonly { readonly dueDate: string; readonly open: number }[]
  readonly asOf: string
  readonly limits?: readonly number[]
}): Aging {
  if (limits.some((limit, index) => !Number.isInteger(limit) || limit <= (limits[index - 1] ?? 0))) throw new RangeError('Aging limits rise from 1')
  const aged = items.map((item) => ({ days: daysBetween(item.dueDate, asOf), open: item.open }))
  const ranges = [
    { from: null, to: 0 },
    ...limits.map((limit, index) => ({ from: (limits[index - 1] ?? 0) + 1, to: limit })),
    { from: (limits.at(-1) ?? 0) + 1, to: null },
  ]
  const buckets = ranges.map(({ from, to }) => ({
    from, to,
    amount: sumExact(aged.filter(({ days }) => (from === null || days >= from) && (to === null || days <= to)).map(({ open }) => open)),
  }))
  const total = sumExact(buckets.map((bucket) => bucket.amount))
  return { buckets, overdue: total - (buckets[0]?.amount ?? 0), total }
}

/** The same for each party, in the order the parties first appear. */
export function ageByParty({ items, asOf, limits }: {
  readonly items: readonly { readonly party: string; readonly dueDate: string; readonly open: number }[]
  readonly asOf: string
  readonly limits?: readonly number[]
}): readonly ({ readonly party: string } & Aging)[] {
  const groups = new Map<string, { readonly dueDate: string; readonly open: number }[]>()
  for (const item of items) {
    const group = groups.get(item.party)
    if (group) group.push(item)
    else groups.set(item.party, [item])
  }
  return [...groups].map(([party, own]) => ({ party, ...ageItems({ items: own, asOf, ...(limits && { limits }) }) }))
}
