/** What is looked at of each unit. Figures at 10^-6 of the characteristic's unit; an empty limit is none. */
export type Characteristic = {
  readonly key: string
  readonly kind: 'measured' | 'attribute'
  readonly lowerLimit?: number | null
  readonly upperLimit?: number | null
  /** A single nonconforming unit rejects the lot, whatever the sampling plan allows. */
  readonly critical?: boolean | null
}

/** What was found: a figure of a measured characteristic, right or wrong of one that is only looked at. */
export type Reading = { readonly characteristic: string; readonly measured?: number | null; readonly conforms?: boolean | null }

/** Whether the reading meets the characteristic; undefined: nothing was found yet. Limits belong to what is allowed. */
export function isConforming({ kind, lowerLimit, upperLimit }: Characteristic, reading: Reading | undefined): boolean | undefined {
  if (kind === 'attribute') return reading?.conforms ?? undefined
  const measured = reading?.measured ?? undefined
  if (measured === undefined) return undefined
  return measured >= (lowerLimit ?? -Infinity) && measured <= (upperLimit ?? Infinity)
}

/** One unit of the sample, or several that are alike. */
export type UnitResult = {
  readonly units: number
  /** Every characteristic has its reading. */
  readonly complete: boolean
  readonly nonconformities: number
  readonly critical: boolean
}

export function judgeUnit(characteristics: readonly Characteristic[], readings: readonly Reading[], units = 1): UnitResult {
  const byKey = new Map(readings.map((reading) => [reading.characteristic, reading]))
  const results = characteristics.map((characteristic) => ({ characteristic, conforms: isConforming(characteristic, byKey.get(characteristic.key)) }))
  const wrong = results.filter(({ conforms }) => conforms === false)
  return {
    units,
    complete: results.every(({ conforms }) => conforms !== undefined),
    nonconformities: wrong.length,
    critical: wrong.some(({ characteristic }) => characteristic.critical === true),
  }
}

/** `units`: percent nonconforming; `nonconformities`: nonconformities per 100 units, of which one unit may have several. */
export type CountBy = 'units' | 'nonconformities'

export type SampleResult = {
  readonly inspected: number
  /** Counted as the plan counts. */
  readonly nonconforming: number
  readonly critical: number
}

/** What the units of a sample come to. A unit counts as inspected once every characteristic has its reading. */
export function sumSample(results: readonly UnitResult[], countBy: CountBy): SampleResult {
  const sum = (of: (result: UnitResult) => number) => results.reduce((total, result) => total + result.units * of(result), 0)
  return {
    inspected: sum(({ complete }) => Number(complete)),
    nonconforming: sum(({ nonconformities }) => (countBy === 'units' ? Math.min(1, nonconformities) : nonconformities)),
    critical: sum(({ critical }) => Number(critical)),
  }
}
