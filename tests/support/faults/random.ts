/** Random choices that come again with the same seed (mulberry32). */
export type Random = {
  /** A whole number from 0 to below `limit`. */
  readonly below: (limit: number) => number
  readonly oneOf: <Value>(values: readonly Value[]) => Value
}

export function randomOf(seed: number): Random {
  let state = seed >>> 0
  const next = () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
  const below = (limit: number) => Math.floor(next() * limit)
  return { below, oneOf: (values) => values[below(values.length)] as (typeof values)[number] }
}

/** FAULT_SEED, or another one each time; printed, so that the same choices can be made again. */
export function faultSeed(): number {
  const seed = Number(process.env.FAULT_SEED ?? Math.floor(Math.random() * 1_000_000_000))
  console.log(`FAULT_SEED=${seed}`)
  return seed
}
