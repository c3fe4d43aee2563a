import type { FieldDefinition } from '../../config/language/entity.ts'
import type { Text } from '../../config/language/text.ts'
import { readGs1 } from '../../plugins/core/pages/gs1.ts'
import { wrongFields } from '../document/check-fields.ts'
import type { FormValue } from '../kit/field-values.ts'
import { readDate } from '../kit/read-date.ts'
import { pageTexts } from '../locales/page-texts.ts'

/** What a scan fills in, by field; or why it fills nothing. */
export type Scan = { readonly values: Readonly<Record<string, FormValue>> } | { readonly problem: Text }

type Question = {
  readonly text: string
  /** The field that waits for it. */
  readonly field: FieldDefinition
  readonly fields: readonly FieldDefinition[]
  readonly gs1: Readonly<Record<string, string>>
  readonly today: string
  readonly exponent: number
}

/** A GS1 code goes to the fields that the page has for its parts; anything else to the field that waits. */
export function readScan({ text, field, fields, gs1, ...asked }: Question): Scan {
  const read = Object.keys(gs1).length > 0 ? readGs1(text, asked.today) : null
  if (!read) return valueOf(field, text, asked)
  if ('problem' in read) return read
  const values: Record<string, FormValue> = {}
  for (const { identifier, text: part } of read.elements) {
    const target = fields.find(({ name }) => Object.hasOwn(gs1, identifier) && name === gs1[identifier])
    if (!target) continue
    const value = valueOf(target, part, asked)
    if ('problem' in value) return value
    Object.assign(values, value.values)
  }
  if (Object.keys(values).length > 0) return { values }
  const parts = read.elements.map(({ identifier, text: part }) => `(${identifier}) ${part}`).join(' ')
  return { problem: filled(pageTexts.noField, { parts }) }
}

function valueOf(field: FieldDefinition, text: string, { today, exponent }: Pick<Question, 'today' | 'exponent'>): Scan {
  const typed = text.trim()
  const value = spokenAs(field, typed, today)
  if (value === undefined) return { problem: filledField(pageTexts.noOption, field, typed) }
  // A reference is named by its code: whether there is such a record, the server says.
  const checked = field.type === 'relation' ? { ...field, type: 'text' as const } : field
  const [wrong] = wrongFields([checked], { values: { [field.name]: value }, rules: null, exponent }).values()
  return wrong ? { problem: wrong } : { values: { [field.name]: value } }
}

const yes = new Set(['yes', 'y', 'true', '1', '是', 'ja', 'oui'])
const no = new Set(['no', 'n', 'false', '0', '否', 'nein', 'non'])

function spokenAs(field: FieldDefinition, typed: string, today: string): FormValue | undefined {
  const wanted = typed.toLowerCase()
  switch (field.type) {
    case 'boolean': return yes.has(wanted) ? true : no.has(wanted) || wanted === '' ? false : undefined
    case 'select': return wanted === '' ? '' : field.options?.find(({ value, label }) => [value, label.en, label.zh].some((name) => name.toLowerCase() === wanted))?.value
    case 'date': return readDate(typed, { today, language: 'en' }) ?? typed
    default: return typed
  }
}

export const filled = (text: Text, values: Readonly<Record<string, string>>): Text => {
  const fill = (sentence: string) => sentence.replace(/\{(\w+)\}/g, (whole, name: string) => values[name] ?? whole)
  return { en: fill(text.en), zh: fill(text.zh) }
}

export function filledField(text: Text, { label }: FieldDefinition, typed = ''): Text {
  return { en: filled(text, { label: label.en, text: typed }).en, zh: filled(text, { label: label.zh, text: typed }).zh }
}
