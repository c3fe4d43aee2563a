import type { FieldType } from '../../../config/language/entity.ts'
import type { Text } from '../../../config/language/text.ts'

/**
 * Digits after the point of each decimal field type: a stored integer is the value times 10^scale.
 * `money` is absent because its scale is the exponent of its currency; see `scaleOf`.
 */
export const scales = { quantity: 6, unitPrice: 6, percent: 6, rate: 8 } as const satisfies Partial<Record<FieldType, number>>

export type DecimalType = keyof typeof scales | 'money'

export type DecimalCode =
  | 'decimal.malformed' | 'decimal.fractionalNumber' | 'decimal.tooManyDigits' | 'decimal.tooLarge'

export type ParsedDecimal =
  | { readonly ok: true; readonly value: number }
  | { readonly ok: false; readonly code: DecimalCode; readonly message: Text }

/** A result that does not fit a safe integer. Amounts are refused rather than silently rounded. */
export class DecimalOverflowError extends RangeError {
  override readonly name = 'DecimalOverflowError'
}

/** Digits after the point of a decimal field; `exponent` is the one of the currency (2 for CNY, 0 for JPY). */
export function scaleOf(type: DecimalType, exponent: number): number {
  return type === 'money' ? exponent : scales[type]
}

/**
 * Reads a decimal the way it is spoken ("-12.50") into the stored integer at 10^-scale, exactly.
 * Spaces around and zeros at the end are harmless and accepted; exponents, thousands separators, a bare point,
 * digits that would be lost and values beyond Number.MAX_SAFE_INTEGER are refused. A JavaScript number is
 * accepted only when it is a safe integer, since a fraction has already gone through floating point.
 */
export function parseDecimal(input: string | number, scale: number): ParsedDecimal {
  if (typeof input === 'number') {
    if (!Number.isFinite(input)) return refuse('decimal.malformed')
    if (!Number.isInteger(input)) return refuse('decimal.fractionalNumber')
    if (!Number.isSafeInteger(input)) return refuse('decimal.tooLarge')
    return fit(BigInt(input) * powerOfTen(scale))
  }
  const match = decimalPattern.exec(input.trim())
  if (!match) return refuse('decimal.malformed')
  const [, sign, whole = '', written = ''] = match
  if (whole.length + written.length > maxWritten) return refuse('decimal.tooLarge')
  const fraction = withoutTrailingZeros(written)
  if (fraction.length > scale) return refuse('decimal.tooManyDigits', scale)
  const magnitude = BigInt(whole + fraction.padEnd(scale, '0'))
  return fit(sign === '-' ? -magnitude : magnitude)
}

/**
 * Writes a stored integer at 10^-scale as the shortest decimal text, with at least `minDigits` digits after the
 * point (money shows its exponent: `formatDecimal(1250, 2, { minDigits: 2 })` is "12.50").
 * Throws DecimalOverflowError when `value` is not a safe integer.
 */
export function formatDecimal(value: number, scale: number, options: { readonly minDigits?: number } = {}): string {
  const digits = Math.abs(requireSafe(value)).toString().padStart(scale + 1, '0')
  const whole = digits.slice(0, digits.length - scale)
  const fraction = withoutTrailingZeros(digits.slice(digits.length - scale)).padEnd(options.minDigits ?? 0, '0')
  return `${value < 0 ? '-' : ''}${whole}${fraction ? `.${fraction}` : ''}`
}

/**
 * a × b ÷ divisor on safe integers, rounded once, half away from zero (commercial rounding, DIN 1333).
 * Throws DecimalOverflowError when an operand or the result is not a safe integer, RangeError on division by zero.
 */
export function mulDiv(a: number, b: number, divisor: number): number {
  return toSafe(divideRounded(toBig(a) * toBig(b), toBig(divisor)))
}

/** numerator ÷ divisor of any size, rounded half away from zero. Throws RangeError on division by zero. */
export function divideRounded(numerator: bigint, divisor: bigint): bigint {
  if (divisor === 0n) throw new RangeError('Division by zero')
  const negative = numerator < 0n !== divisor < 0n
  const top = magnitudeOf(numerator)
  const bottom = magnitudeOf(divisor)
  const rounded = (2n * top + bottom) / (2n * bottom)
  return negative ? -rounded : rounded
}

/** Amount of a line: quantity (10^-6) × unit price (10^-6 of the currency) → minor units, rounded once. */
export function extendAmount(line: { readonly quantity: number; readonly unitPrice: number; readonly exponent: number }): number {
  const divisor = powerOfTen(scales.quantity + scales.unitPrice)
  return toSafe(divideRounded(toBig(line.quantity) * toBig(line.unitPrice) * powerOfTen(line.exponent), divisor))
}

/** Exact sum of safe integers; throws DecimalOverflowError instead of losing digits. */
export function sumExact(values: readonly number[]): number {
  return toSafe(values.reduce((sum, value) => sum + toBig(value), 0n))
}

/**
 * Splits `total` in proportion to non-negative weights so that the parts sum exactly to it: largest remainder
 * (Hamilton), ties to the earlier weight. Each part lies within one unit of its exact share and never has the
 * opposite sign of the total. Throws RangeError when a non-zero total meets no positive weight.
 */
export function allocate(total: number, weights: readonly number[]): number[] {
  if (weights.some((weight) => weight < 0)) throw new RangeError('Weights must not be negative')
  const weightSum = weights.reduce((sum, weight) => sum + toBig(weight), 0n)
  const magnitude = magnitudeOf(toBig(total))
  if (weightSum === 0n) {
    if (magnitude > 0n) throw new RangeError('A total cannot be split over no weight')
    return weights.map(() => 0)
  }
  const shares = weights.map((weight, index) => {
    const exact = magnitude * toBig(weight)
    return { index, floor: exact / weightSum, remainder: exact % weightSum }
  })
  const missing = Number(magnitude - shares.reduce((sum, share) => sum + share.floor, 0n))
  const byRemainder = [...shares].sort((a, b) => compareBig(b.remainder, a.remainder) || a.index - b.index)
  const favoured = new Set(byRemainder.slice(0, missing).map((share) => share.index))
  return shares.map(({ index, floor }) => {
    const part = toSafe(favoured.has(index) ? floor + 1n : floor)
    return total < 0 && part !== 0 ? -part : part
  })
}

/** The integer as a number; throws DecimalOverflowError beyond Number.MAX_SAFE_INTEGER. */
export function toSafe(value: bigint): number {
  if (magnitudeOf(value) > maxSafe) throw new DecimalOverflowError(`${value} is beyond the largest safe integer`)
  return Number(value)
}

/** The safe integer as a BigInt; throws DecimalOverflowError for anything else. */
export function toBig(value: number): bigint {
  return BigInt(requireSafe(value))
}

export function powerOfTen(exponent: number): bigint {
  return 10n ** BigInt(exponent)
}

const decimalPattern = /^(-)?(\d+)(?:\.(\d+))?$/
const maxSafe = BigInt(Number.MAX_SAFE_INTEGER)
/** Far more digits than any value we hold; keeps hostile input from costing time. */
const maxWritten = 64

function requireSafe(value: number): number {
  if (!Number.isSafeInteger(value)) throw new DecimalOverflowError(`${value} is not a safe integer`)
  return value
}

function fit(value: bigint): ParsedDecimal {
  return magnitudeOf(value) > maxSafe ? refuse('decimal.tooLarge') : { ok: true, value: Number(value) }
}

function magnitudeOf(value: bigint): bigint {
  return value < 0n ? -value : value
}

function compareBig(a: bigint, b: bigint): number {
  return a < b ? -1 : a > b ? 1 : 0
}

function withoutTrailingZeros(digits: string): string {
  let end = digits.length
  while (end > 0 && digits[end - 1] === '0') end -= 1
  return digits.slice(0, end)
}

function refuse(code: DecimalCode, scale = 0): ParsedDecimal {
  return { ok: false, code, message: messages[code](scale) }
}

const messages = {
  'decimal.malformed': () => ({
    en: 'Not a plain decimal number. Write it like 1234.5, without separators or exponents.',
    zh: '不是有效的数字。请按 1234.5 的格式填写，不要使用千分位或科学计数法。',
  }),
  'decimal.fractionalNumber': () => ({
    en: 'A number with decimals must be sent as text, like "12.5", so that no digit is lost.',
    zh: '带小数的数值请以文本形式传入，例如 "12.5"，以免丢失精度。',
  }),
  'decimal.tooManyDigits': (scale: number) => ({
    en: scale === 0 ? 'No decimals are allowed here. Enter a whole number.' : `At most ${scale} decimals are allowed. Round the value first.`,
    zh: scale === 0 ? '此处不允许小数，请填写整数。' : `最多允许 ${scale} 位小数，请先四舍五入。`,
  }),
  'decimal.tooLarge': () => ({
    en: 'The number is too large to be kept exactly. Enter a smaller one.',
    zh: '数值过大，无法精确保存，请填写较小的数值。',
  }),
} satisfies Record<DecimalCode, (scale: number) => Text>
