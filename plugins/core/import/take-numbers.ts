import { RetryCommand } from '../errors.ts'
import type { Store } from '../data/store.ts'

/**
 * Takes `count` numbers of a series at once, within the transaction: gapless, as they return with it when it fails.
 * @returns the first of them; the others follow.
 */
export async function takeNumbers(store: Store, { series, count }: { readonly series: string; readonly count: number }): Promise<number> {
  const known = await store.get('number-series', series)
  if (!known) {
    await store.insert('number-series', { id: series, key: series, last: count })
    return 1
  }
  const taken = await store.update('number-series', series, { last: { $inc: count } }, { last: { equals: known.last } })
  if (!taken) throw new RetryCommand('Another command took numbers of the series.')
  return known.last + 1
}
