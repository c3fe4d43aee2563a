import { divideRounded, toBig, toSafe } from './decimal.ts'

/** How many base units one unit is, exactly: a dozen is 12/1, a third of a roll is 1/3. Both positive integers. */
export type UnitRatio = { readonly numerator: number; readonly denominator: number }

/**
 * quantity × numerator ÷ denominator, all exact, rounded once half away from zero to 10^-6.
 * Throws RangeError for a ratio that is not positive, DecimalOverflowError when the result does not fit.
 */
export function convert({ quantity, numerator, denominator }: { readonly quantity: number } & UnitRatio): number {
  requireRatio({ numerator, denominator })
  return toSafe(divideRounded(toBig(quantity) * toBig(numerator), toBig(denominator)))
}

/** Whether the conversion loses nothing; a document may then be converted back to the same quantity. */
export function isExactConversion({ quantity, numerator, denominator }: { readonly quantity: number } & UnitRatio): boolean {
  requireRatio({ numerator, denominator })
  return (toBig(quantity) * toBig(numerator)) % toBig(denominator) === 0n
}

/**
 * The ratio that turns quantities of `from` into quantities of `to`, both given against the same base unit,
 * in lowest terms: box (12 pieces) → pair (2 pieces) is 6/1. Throws like `convert`.
 */
export function ratioBetween({ from, to }: { readonly from: UnitRatio; readonly to: UnitRatio }): UnitRatio {
  requireRatio(from)
  requireRatio(to)
  const numerator = toBig(from.numerator) * toBig(to.denominator)
  const denominator = toBig(from.denominator) * toBig(to.numerator)
  const divisor = greatestCommonDivisor(numerator, denominator)
  return { numerator: toSafe(numerator / divisor), denominator: toSafe(denominator / divisor) }
}

function requireRatio({ numerator, denominator }: UnitRatio): void {
  if (!Number.isSafeInteger(numerator) || !Number.isSafeInteger(denominator) || numerator <= 0 || denominator <= 0) {
    throw new RangeError(`A unit ratio needs two positive integers, not ${numerator}/${denominator}`)
  }
}

function greatestCommonDivisor(a: bigint, b: bigint): bigint {
  return b === 0n ? a : greatestCommonDivisor(b, a % b)
}
