import type { FieldDefinition } from '../../../config/language/entity.ts'
import { isDecimal } from '../commands/defaults.ts'
import { DecimalOverflowError, divideRounded, formatDecimal, scaleOf, sumExact, toBig, toSafe } from '../engine/decimal.ts'
import { failQuestion } from '../errors.ts'

/** Averages of whole numbers are told to two digits. */
const integerAverageDigits = 2

/** A sum of stored values as people read it ("1250.00"). @throws 400 when it is too large to be exact */
export const spokenSum = (field: FieldDefinition, values: readonly number[], exponent: number): string =>
  exactly(() => spoken(field, sumExact(values), exponent))

/** Sum ÷ count, rounded once, half away from zero, to what the field keeps. */
export function spokenAverage(field: FieldDefinition, { sums, count }: { readonly sums: readonly number[]; readonly count: number }, exponent: number): string | null {
  if (count === 0) return null
  return exactly(() => {
    const sum = toBig(sumExact(sums))
    return isDecimal(field) ? spoken(field, toSafe(divideRounded(sum, BigInt(count))), exponent) : formatDecimal(toSafe(divideRounded(sum * 10n ** BigInt(integerAverageDigits), BigInt(count))), integerAverageDigits)
  })
}

function spoken(field: FieldDefinition, value: number, exponent: number): string {
  return isDecimal(field) ? formatDecimal(value, scaleOf(field.type, exponent), field.type === 'money' ? { minDigits: exponent } : {}) : String(value)
}

function exactly<Result>(work: () => Result): Result {
  try {
    return work()
  } catch (error) {
    if (!(error instanceof DecimalOverflowError)) throw error
    failQuestion('measure', { en: 'The sum is too large to be kept exactly. Filter for fewer documents.', zh: '合计过大，无法精确计算，请缩小筛选范围。' })
  }
}
