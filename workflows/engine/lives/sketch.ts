/**
 * Any number of lengths of time in bounded memory: how many there are of each size, sizes being 2 % apart. What it says of
 * quantiles is within 1 % of a length that is among them. After DDSketch (Masson, Rim, Lee: "DDSketch", VLDB 2019). Plain JSON.
 */
export type Sketch = {
  count: number
  sum: number
  max: number
  /** Lengths below a second. */
  none: number
  sizes: Record<string, number>
}

const accuracy = 0.01
const growth = (1 + accuracy) / (1 - accuracy)
const logGrowth = Math.log(growth)
const least = 1_000

export const newSketch = (): Sketch => ({ count: 0, sum: 0, max: 0, none: 0, sizes: {} })

export function addLength(sketch: Sketch, milliseconds: number): void {
  sketch.count++
  sketch.sum += milliseconds
  sketch.max = Math.max(sketch.max, milliseconds)
  if (milliseconds < least) sketch.none++
  else {
    const size = Math.ceil(Math.log(milliseconds) / logGrowth)
    sketch.sizes[size] = (sketch.sizes[size] ?? 0) + 1
  }
}

export function mergeSketches(sketches: Iterable<Sketch>): Sketch {
  const all = newSketch()
  for (const { count, sum, max, none, sizes } of sketches) {
    all.count += count
    all.sum += sum
    all.max = Math.max(all.max, max)
    all.none += none
    for (const [size, number] of Object.entries(sizes)) all.sizes[size] = (all.sizes[size] ?? 0) + number
  }
  return all
}

/** The length below which a share of them lies (0.5: the median), in milliseconds; null where there are none. */
export function quantile({ count, none, max, sizes }: Sketch, share: number): number | null {
  if (count === 0) return null
  const rank = share * (count - 1)
  let passed = none
  if (rank < passed) return 0
  for (const [size, number] of Object.entries(sizes).toSorted(([a], [b]) => Number(a) - Number(b))) {
    passed += number
    if (rank < passed) return Math.min(max, (2 * growth ** Number(size)) / (growth + 1))
  }
  return max
}
