/** A bucket holds what may be sent at once and fills again evenly over a minute. */
type Bucket = { tokens: number; at: number }

export type RateLimit = {
  /** @returns seconds until the next one is allowed; 0 when this one is. */
  readonly take: (key: string, now?: number) => number
  readonly perMinute: number
}

/** So many keys are remembered; those that were seen longest ago are forgotten, as they are full again by then. */
const mostKeys = 20_000
const minute = 60_000

/** Token buckets, one a key; `perMinute` 0 turns the limit off. */
export function rateLimit(perMinute: number): RateLimit {
  const buckets = new Map<string, Bucket>()
  return {
    perMinute,
    take(key, now = performance.now()) {
      if (perMinute === 0) return 0
      const known = buckets.get(key)
      const tokens = known ? Math.min(perMinute, known.tokens + ((now - known.at) * perMinute) / minute) : perMinute
      const isAllowed = tokens >= 1
      // Taken out and put back at the end: the first ones of the map are those not seen for longest.
      buckets.delete(key)
      buckets.set(key, { tokens: isAllowed ? tokens - 1 : tokens, at: now })
      if (buckets.size > mostKeys) for (const oldest of buckets.keys()) { buckets.delete(oldest); break }
      return isAllowed ? 0 : ((1 - tokens) * minute) / perMinute / 1000
    },
  }
}
