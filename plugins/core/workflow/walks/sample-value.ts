import type { FieldDefinition } from '../../../../config/language/entity.ts'
import { scaleOf } from '../../engine/decimal.ts'
import { isDecimal } from '../../commands/defaults.ts'

export type Sampling = { readonly today: string; readonly exponent: number; /** Another number each time, for what must be unique. */ readonly count: number }

/** A value that a field takes, as it is stored; undefined for what has none that can be thought of (references, files, signatures). */
export function sampleValue(field: FieldDefinition, { today, exponent, count }: Sampling): unknown {
  if (field.many) {
    const one = sampleValue({ ...field, many: false }, { today, exponent, count })
    return one === undefined ? undefined : [one]
  }
  if (isDecimal(field)) return Math.round(within(field, 1) * 10 ** scaleOf(field.type, exponent))
  switch (field.type) {
    case 'text': case 'longText': return field.mask ? masked(field.mask, count) : `${field.label.en} ${count}`.slice(-(field.maxLength ?? 200))
    case 'email': return `walk-${count}@example.com`
    case 'phone': return '+41441234567'
    case 'url': return `https://example.com/${count}`
    case 'time': return '08:30'
    case 'rating': case 'duration': case 'integer': return within(field, 1)
    case 'boolean': return true
    case 'date': return today
    case 'dateTime': return `${today}T08:00:00.000Z`
    case 'select': return field.options?.[0]?.value
    case 'json': return {}
    case 'table': return [Object.fromEntries((field.columns ?? []).flatMap((column) => { const value = sampleValue(column, { today, exponent, count }); return value === undefined ? [] : [[column.name, value]] }))]
    case 'geolocation': return 'geo:47.3769,8.5417;u=12'
    default: return undefined
  }
}

/** One, or what lies nearest to it within the bounds. */
function within({ min, max }: FieldDefinition, one: number): number {
  return Math.min(Math.max(one, min ?? -Infinity), max ?? Infinity)
}

/** As a mask wants it: A a letter, 0 a digit, * either. */
function masked(mask: string, count: number): string {
  let digits = String(count)
  return [...mask].reverse().map((sign) => {
    if (sign === 'A') return 'A'
    if (sign !== '0' && sign !== '*') return sign
    const digit = digits.at(-1) ?? '0'
    digits = digits.slice(0, -1)
    return digit
  }).reverse().join('')
}
