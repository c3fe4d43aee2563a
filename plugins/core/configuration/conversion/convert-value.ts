import { DateTime } from 'luxon'
import type { FieldDefinition } from '../../../../config/language/entity.ts'
import { positionText, readPosition } from '../../../../config/language/position.ts'
import { plainOf, type RichText } from '../../../../config/language/rich-text.ts'
import type { Language, Text } from '../../../../config/language/text.ts'
import { isDecimal } from '../../commands/defaults.ts'
import { decodeInput } from '../../commands/input.ts'
import { formatDecimal, scaleOf } from '../../engine/decimal.ts'
import { writeDuration } from '../../engine/durations.ts'
import { guarded, joinValues } from '../../entities/cell-text.ts'
import { readCell, type CellForm, type ReadCell } from '../../imports/read-cell.ts'

/** How the firm writes: its language, clock, order of days, and digits of its currency's minor unit. */
export type ConversionForm = { readonly language: Language; readonly exponent: number; readonly cells: CellForm }

export type Converted = { readonly value: unknown } | { readonly problem: Text }

/**
 * A stored value of one field as the other one stores it: written as a person reads it, and read as an import reads it.
 * @returns the stored value, or why there is none
 */
export function convertValue({ from, to }: { readonly from: FieldDefinition; readonly to: FieldDefinition }, stored: unknown, form: ConversionForm): Converted {
  const read = readFirst(to, textsOf(from, to, stored, form), form)
  if ('problem' in read) return read
  const { values, findings } = decodeInput([{ ...to, readOnly: false }], { [to.name]: read.value }, { exponent: form.exponent, label: to.label })
  const [finding] = findings
  return finding ? { problem: finding.message } : { value: values[to.name] }
}

/** The first way of writing that can be read; else what is wrong with the likeliest. What is read with the point first may be written with a comma. */
function readFirst(to: FieldDefinition, texts: readonly string[], { cells }: ConversionForm): ReadCell {
  let first: ReadCell | undefined
  for (const text of texts) {
    for (const decimalMark of ['.', ','] as const) {
      const read = readCell(to, guarded(text), { ...cells, decimalMark })
      if ('value' in read) return read
      first ??= read
    }
  }
  return first ?? { problem: { en: 'There is nothing to take over.', zh: '没有可转换的内容。' } }
}

/** What people have written as several values, with commas, semicolons or line breaks between them. */
export const wordsOf = (text: string): readonly string[] => text.split(/[,;，；、\n]/).map((word) => word.trim()).filter(Boolean)

/** How the value may be written, the likeliest first; several values as a cell of an import holds them. */
function textsOf(from: FieldDefinition, to: FieldDefinition, stored: unknown, form: ConversionForm): readonly string[] {
  const texts = from.many ? textsOfSeveral(from, to, stored, form) : textsOfOne(from, to, stored, form)
  if (!to.many || from.many) return texts
  return [...texts.map((text) => joinValues([text])), ...(isWord(from) ? texts.map((text) => joinValues([...new Set(wordsOf(text))])) : [])]
}

/** One of several is as good as one; several are a list to people, and only to them. */
function textsOfSeveral(from: FieldDefinition, to: FieldDefinition, stored: unknown, form: ConversionForm): readonly string[] {
  const values = Array.isArray(stored) ? stored.map(String) : []
  if (values.length === 1) return textsOfOne(from, to, values[0], form)
  return [isWord(to) ? values.map((value) => textsOfOne(from, to, value, form)[0] ?? value).join(form.language === 'zh' ? '、' : ', ') : joinValues(values)]
}

function textsOfOne(from: FieldDefinition, to: FieldDefinition, stored: unknown, { language, exponent, cells }: ConversionForm): readonly string[] {
  if (isDecimal(from)) return [formatDecimal(Number(stored), scaleOf(from.type, exponent), from.type === 'money' ? { minDigits: exponent } : {})]
  switch (from.type) {
    case 'boolean': return isNumeric(to) ? [stored === true ? '1' : '0'] : isWord(to) ? [(stored === true ? yes : no)[language]] : [String(stored)]
    case 'select': {
      const option = from.options?.find(({ value }) => value === stored)
      return isWord(to) ? [option?.label[language] ?? String(stored)] : [String(stored), ...(option ? [option.label[language], option.label.en, option.label.zh] : [])]
    }
    case 'dateTime': {
      const local = DateTime.fromISO(String(stored), { zone: cells.zone })
      return to.type === 'date' ? [local.toFormat('yyyy-MM-dd')] : to.type === 'time' ? [local.toFormat('HH:mm')] : isWord(to) ? [local.toFormat('yyyy-MM-dd HH:mm')] : [String(stored)]
    }
    // A span is spoken in hours and minutes, and reckoned in minutes.
    case 'duration': return isNumeric(to) ? [String(stored)] : [writeDuration(Number(stored)), String(stored)]
    // Words without their looks; a place without how exactly it is known.
    case 'richText': return [plainOf(stored as RichText)]
    case 'geolocation': {
      const position = readPosition(String(stored))
      return [position ? positionText(position) : String(stored)]
    }
    default: return [String(stored)]
  }
}

const isNumeric = (field: FieldDefinition) => field.type === 'integer' || field.type === 'rating' || isDecimal(field)
const isWord = ({ type }: FieldDefinition) => ['text', 'longText', 'richText', 'email', 'phone', 'url'].includes(type)

const yes: Text = { en: 'Yes', zh: '是' }
const no: Text = { en: 'No', zh: '否' }
