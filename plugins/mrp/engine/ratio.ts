import { divideRounded, powerOfTen, scales, toBig, toSafe } from '../../core/engine/decimal.ts'

/** An exact fraction in lowest terms; the denominator is above zero. What is multiplied over many levels loses nothing on the way. */
export type Ratio = { readonly numerator: bigint; readonly denominator: bigint }

export const zero: Ratio = { numerator: 0n, denominator: 1n }
export const one: Ratio = { numerator: 1n, denominator: 1n }

/** @throws RangeError when the denominator is zero. */
export function ratio(numerator: bigint, denominator: bigint): Ratio {
  if (denominator === 0n) throw new RangeError('Division by zero')
  if (denominator === 1n) return { numerator, denominator }
  const divisor = greatestCommonDivisor(numerator, denominator)
  const sign = denominator < 0n ? -1n : 1n
  return { numerator: (sign * numerator) / divisor, denominator: (sign * denominator) / divisor }
}

export const times = (a: Ratio, b: Ratio): Ratio => ratio(a.numerator * b.numerator, a.denominator * b.denominator)

export const plus = (a: Ratio, b: Ratio): Ratio => (a.denominator === b.denominator
  ? ratio(a.numerator + b.numerator, a.denominator)
  : ratio(a.numerator * b.denominator + b.numerator * a.denominator, a.denominator * b.denominator))

/** What a stored decimal (an integer at 10⁻⁶) stands for. */
export const ofStored = (value: number): Ratio => ratio(toBig(value), million)

/** As it is stored: at 10⁻⁶, rounded once, half away from zero. Throws DecimalOverflowError when it does not fit. */
export const toStored = ({ numerator, denominator }: Ratio): number => toSafe(divideRounded(numerator * million, denominator))

const million = powerOfTen(scales.quantity)

function greatestCommonDivisor(a: bigint, b: bigint): bigint {
  let [greater, less] = [a < 0n ? -a : a, b < 0n ? -b : b]
  while (less !== 0n) [greater, less] = [less, greater % less]
  return greater
}
