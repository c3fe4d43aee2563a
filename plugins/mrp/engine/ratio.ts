import { divideRounded, powerOfTen, scales, toSafe } from '../../core/engine/decimal.ts'

/** A whole number, exact: a number while it is safe, which is quick, else a BigInt. */
export type Whole = number | bigint

/** An exact fraction in lowest terms; the denominator is above zero. What is multiplied over many levels loses nothing on the way. */
export type Ratio = { readonly numerator: Whole; readonly denominator: Whole }

export const zero: Ratio = { numerator: 0, denominator: 1 }
export const one: Ratio = { numerator: 1, denominator: 1 }

/** @throws RangeError when the denominator is zero. */
export function ratio(numerator: Whole, denominator: Whole): Ratio {
  if (denominator === 1) return { numerator, denominator }
  if (denominator === 0) throw new RangeError('Division by zero')
  const divisor = greatestCommonDivisor(numerator, denominator)
  return denominator < 0
    ? { numerator: quotient(product(numerator, -1), divisor), denominator: quotient(product(denominator, -1), divisor) }
    : { numerator: quotient(numerator, divisor), denominator: quotient(denominator, divisor) }
}

export const times = (a: Ratio, b: Ratio): Ratio => ratio(product(a.numerator, b.numerator), product(a.denominator, b.denominator))

export const plus = (a: Ratio, b: Ratio): Ratio => (a.denominator === b.denominator
  ? ratio(sum(a.numerator, b.numerator), a.denominator)
  : ratio(sum(product(a.numerator, b.denominator), product(b.numerator, a.denominator)), product(a.denominator, b.denominator)))

/** What a stored decimal (an integer at 10⁻⁶) stands for. */
export const ofStored = (value: number): Ratio => ratio(requireSafe(value), million)

/** As it is stored: at 10⁻⁶, rounded once, half away from zero. Throws DecimalOverflowError when it does not fit. */
export function toStored({ numerator, denominator }: Ratio): number {
  const scaled = product(numerator, million)
  return denominator === 1 && typeof scaled === 'number' ? scaled : toSafe(divideRounded(BigInt(scaled), BigInt(denominator)))
}

export function product(a: Whole, b: Whole): Whole {
  if (typeof a === 'number' && typeof b === 'number') {
    const quick = a * b
    if (Number.isSafeInteger(quick)) return quick
  }
  return least(BigInt(a) * BigInt(b))
}

function sum(a: Whole, b: Whole): Whole {
  if (typeof a === 'number' && typeof b === 'number') {
    const quick = a + b
    if (Number.isSafeInteger(quick)) return quick
  }
  return least(BigInt(a) + BigInt(b))
}

const million = Number(powerOfTen(scales.quantity))

/** Of a divisor that leaves no rest: then the quotient of safe numbers is exact too. */
const quotient = (a: Whole, divisor: Whole): Whole => (divisor === 1 ? a
  : typeof a === 'number' && typeof divisor === 'number' ? a / divisor : least(BigInt(a) / BigInt(divisor)))

const least = (value: bigint): Whole => (value >= -largest && value <= largest ? Number(value) : value)
const largest = BigInt(Number.MAX_SAFE_INTEGER)

const requireSafe = (value: number): number => (Number.isSafeInteger(value) ? value : toSafe(BigInt(value)))

function greatestCommonDivisor(a: Whole, b: Whole): Whole {
  let [greater, less] = [a, b]
  while (typeof greater === 'bigint' || typeof less === 'bigint') {
    if (BigInt(less) === 0n) return least(magnitude(BigInt(greater)))
    ;[greater, less] = [least(BigInt(less)), least(BigInt(greater) % BigInt(less))]
  }
  while (less !== 0) [greater, less] = [less, greater % less]
  return Math.abs(greater)
}

const magnitude = (value: bigint): bigint => (value < 0n ? -value : value)
