import { divideRounded, powerOfTen, scales, sumExact, toBig, toSafe } from './decimal.ts'

/** `amount` is minor units: net, or gross where `inclusive`. `rate` is a percent at 10^-6 (13 % = 13000000). */
export type TaxedLine = {
  readonly amount: number
  readonly taxCode: string
  readonly rate: number
  readonly inclusive?: boolean
}

/** Tax of one code (and rate, should one code stand with two): base and amount in minor units. */
export type TaxLine = { readonly taxCode: string; readonly rate: number; readonly base: number; readonly amount: number }

export type TaxResult = {
  /** Net amount of each given line, in order; sums to `net`. */
  readonly lineNets: readonly number[]
  readonly taxes: readonly TaxLine[]
  readonly net: number
  readonly tax: number
  readonly gross: number
}

/**
 * Tax of a document. The tax of a code is rounded once, half away from zero, over the sum of its lines, never per line, so that a
 * hundred small lines carry no rounding dust. Prices that include tax keep their gross sum; their tax is gross × rate ÷ (100 % + rate).
 * Always: net + tax = gross, and net = sum of bases. Throws RangeError on a negative rate.
 */
export function calculateTax(lines: readonly TaxedLine[]): TaxResult {
  const groups = new Map<string, number[]>()
  for (const [index, { taxCode, rate }] of lines.entries()) {
    const key = `${taxCode} ${rate}`
    const group = groups.get(key)
    if (group) group.push(index)
    else groups.set(key, [index])
  }
  const lineNets = lines.map((line) => line.amount)
  const taxes = [...groups.values()].map((indexes) => calculateGroup({ lines, indexes, lineNets }))
  const net = sumExact(lineNets)
  const tax = sumExact(taxes.map((line) => line.amount))
  return { lineNets, taxes, net, tax, gross: sumExact([net, tax]) }
}

/** A percent of 100 at its scale. */
const whole = 100n * powerOfTen(scales.percent)

/** Writes the net of inclusive lines into `lineNets`. */
function calculateGroup({ lines, indexes, lineNets }: {
  readonly lines: readonly TaxedLine[]
  readonly indexes: readonly number[]
  readonly lineNets: number[]
}): TaxLine {
  const { taxCode, rate } = lines[indexes[0] ?? 0] ?? { taxCode: '', rate: 0 }
  if (rate < 0) throw new RangeError(`The tax code ${taxCode} has a negative rate`)
  const percent = toBig(rate)
  let exclusive = 0n
  let inclusive = 0n
  let includedTax = 0n
  for (const index of indexes) {
    const line = lines[index]
    if (!line) continue
    if (!line.inclusive) {
      exclusive += toBig(line.amount)
      continue
    }
    inclusive += toBig(line.amount)
    // Rounding the running sum keeps the line nets exact in total: the last line's share closes it.
    const upToHere = divideRounded(inclusive * percent, whole + percent)
    lineNets[index] = toSafe(toBig(line.amount) - (upToHere - includedTax))
    includedTax = upToHere
  }
  const amount = divideRounded(percent * (exclusive * (whole + percent) + inclusive * whole), whole * (whole + percent))
  return { taxCode, rate, base: toSafe(exclusive + inclusive - includedTax), amount: toSafe(amount) }
}
