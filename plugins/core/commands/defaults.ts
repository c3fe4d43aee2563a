import type { FieldDefinition } from '../../../config/language/entity.ts'
import { parseDecimal, scaleOf, type DecimalType } from '../engine/decimal.ts'

/** Default values of the fields, as stored. `exponent`: digits of the currency's minor unit; `today`: for a form; commands leave out the dates that start with it. */
export function defaultsOf(fields: readonly FieldDefinition[], exponent: number, today?: string): Record<string, unknown> {
  const result: Record<string, unknown> = {}
  for (const field of fields) {
    if (field.default === undefined) continue
    if (!startsToday(field)) result[field.name] = storedDefault(field, exponent)
    else if (today) result[field.name] = today
  }
  return result
}

/** A form shows today; what comes without a date gets it where it counts: a quote when it is sent. */
export const startsToday = ({ type, default: usual }: FieldDefinition) => type === 'date' && usual === 'today'

export const decimalTypes: ReadonlySet<string> = new Set(['money', 'quantity', 'unitPrice', 'percent', 'rate'])

export const isDecimal = (field: FieldDefinition): field is FieldDefinition & { type: DecimalType } => decimalTypes.has(field.type)

function storedDefault(field: FieldDefinition, exponent: number): unknown {
  if (!isDecimal(field) || field.default === null) return field.default
  const parsed = parseDecimal(String(field.default), scaleOf(field.type, exponent))
  if (!parsed.ok) throw new Error(`The default of ${field.name} is not a decimal: ${parsed.message.en}`)
  return parsed.value
}
