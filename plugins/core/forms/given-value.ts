import { emptyOf, fromSpoken, isEmptyValue, toSpoken, type RuleValue } from '../../../config/expression/rule-values.ts'
import type { FieldDefinition } from '../../../config/language/entity.ts'
import type { Text } from '../../../config/language/text.ts'
import { decodeInput, longest } from '../commands/input.ts'

/** What a rule gives a field: as the field keeps it, or empty with the reason why it cannot. */
export type GivenValue = { readonly value: RuleValue; readonly problem?: Text }

/** Characters that rules may make of others, in one field and in one row: texts that are joined again and again grow without end. */
const longestGiven = 20_000
const longestTogether = 100_000

/** How many characters the rules of one row may still make. */
export type Room = { left: number }
export const roomOfRow = (): Room => ({ left: longestTogether })

/**
 * A value that a rule gives, rounded once to what the field keeps, and judged as if someone had entered it. What depends on it sees what is kept.
 * `exponent`: digits of the currency's minor unit.
 */
export function givenValue(field: FieldDefinition, value: RuleValue | undefined, { exponent, room }: { readonly exponent: number; readonly room: Room }): GivenValue {
  const empty = emptyOf(field)
  if (value === undefined || isEmptyValue(value)) return { value: empty }
  const length = typeof value === 'string' ? value.length : Array.isArray(value) ? value.reduce((sum: number, one: unknown) => sum + String(one).length, 0) : 0
  const most = Math.min(longestOf(field), room.left)
  if (length > most) return { value: empty, problem: tooLong(field, most) }
  room.left -= length
  const spoken = toSpoken(field, value, exponent)
  if (spoken === null) return { value: empty, problem: { en: `${field.label.en} cannot hold a number as large.`, zh: `“${field.label.zh}”无法存储如此大的数值。` } }
  const [wrong] = decodeInput([{ ...field, readOnly: false }], { [field.name]: spoken }, { exponent, label: field.label }).findings
  return wrong ? { value: empty, problem: wrong.message } : { value: fromSpoken(field, spoken) }
}

const longestOf = ({ type, many, maxLength }: FieldDefinition) => Math.min(maxLength ?? (type === 'longText' || many ? longestGiven : longest.text), longestGiven)
const tooLong = ({ label }: FieldDefinition, most: number): Text => ({ en: `${label.en} would be longer than ${most} characters.`, zh: `“${label.zh}”将超过 ${most} 个字符。` })
