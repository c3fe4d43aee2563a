import { isWhole } from '../../config/expression/rule-values.ts'
import type { FieldType } from '../../config/language/entity.ts'
import { wordsOfGraphql } from '../../config/language/reserved-names.ts'
import type { Text } from '../../config/language/text.ts'
import type { FieldDraft } from '../../plugins/core/configuration/draft-shape.ts'

/** Settings that make sense for a type; those of another one go when the type of a new field is changed. */
export type FieldSetting = 'options' | 'to' | 'many' | 'unique' | 'index' | 'min' | 'max' | 'maxLength' | 'default' | 'unit' | 'mask' | 'scan' | 'prefix' | 'filter' | 'quickCreate' | 'columns' | 'minRows' | 'maxRows' | 'content' | 'warning'

const numbers: readonly FieldSetting[] = ['min', 'max', 'default', 'index']
const texts: readonly FieldSetting[] = ['maxLength', 'default', 'unique', 'index']
const settings: Readonly<Partial<Record<FieldType, readonly FieldSetting[]>>> = {
  text: [...texts, 'mask', 'scan'], email: texts, phone: texts, url: texts, longText: ['maxLength', 'default'],
  integer: [...numbers, 'unique', 'unit'], quantity: [...numbers, 'unit'], duration: numbers, rating: ['max', 'index'], time: ['index'], sequence: ['prefix'], json: [], unitPrice: numbers, money: numbers, percent: numbers, rate: numbers,
  date: ['index'], dateTime: ['index'], boolean: ['default', 'index'], select: ['options', 'many', 'default', 'index'], relation: ['to', 'many', 'filter', 'quickCreate'], table: ['columns', 'minRows', 'maxRows'], file: [], image: [], geolocation: [], signature: [], richText: [], sectionText: ['content', 'warning'],
}
const all: readonly FieldSetting[] = ['options', 'to', 'many', 'unique', 'index', 'min', 'max', 'maxLength', 'default', 'unit', 'mask', 'scan', 'prefix', 'filter', 'quickCreate', 'columns', 'minRows', 'maxRows', 'content', 'warning']

/** `isTaken`: its value is taken over from another record, so nothing is said about what may be entered. */
export const settingsOf = (type: unknown, isTaken = false): readonly FieldSetting[] => (isTaken ? ['index'] : settings[type as FieldType] ?? [])

/** The field as one whose value is taken over from a record it refers to. */
export const asLookup = ({ name, label, help, advanced }: FieldDraft): FieldDraft => ({ name, label, help, advanced, type: 'text', lookup: {} })

/** The field as one of another type: without what only the former one had. */
export function ofType(field: FieldDraft, type: FieldType): FieldDraft {
  const kept = new Set<string>(settingsOf(type))
  // A default of one type is rarely one of another.
  const dropped = new Set<string>(['lookup', ...(type === 'sectionText' ? ['help', 'advanced', 'signedIn'] : type === 'signature' || type === 'sequence' ? ['signedIn'] : []), ...all.filter((name) => !kept.has(name)), 'default'])
  return { ...Object.fromEntries(Object.entries(field).filter(([name]) => !dropped.has(name))), type, ...(type === 'select' && !field.options ? { options: [{}] } : {}), ...(type === 'table' && !field.columns ? { columns: [{ type: 'text' }] } : {}) }
}

/** A key of an English label: "Shelf colour (RAL)" → "shelfColourRal"; free of those that are taken. */
export function keyOf(label: string, taken: ReadonlySet<string>, fallback: string): string {
  const words = label.normalize('NFKD').replace(/[̀-ͯ]/g, '').split(/[^A-Za-z0-9]+/).filter(Boolean)
  const joined = words.map((word, index) => (index === 0 ? word.toLowerCase() : word.charAt(0).toUpperCase() + word.slice(1).toLowerCase())).join('').slice(0, 40)
  const base = /^[a-z]/.test(joined) ? joined : fallback + joined.charAt(0).toUpperCase() + joined.slice(1)
  const isFree = (key: string) => !taken.has(key.toLowerCase())
  for (let number = 1; ; number++) {
    const key = number === 1 && base !== fallback ? base : `${base}${number}`
    if (isFree(key)) return key
  }
}

/** Without properties that hold nothing: a cleared input is as if it had never been filled. What inputs hold as text becomes numbers. */
export function tidy(field: FieldDraft): FieldDraft {
  const isNumber = (name: string) => ['min', 'max', 'maxLength', 'minRows', 'maxRows'].includes(name) || (name === 'default' && isWhole({ type: field.type as FieldType }))
  return Object.fromEntries(Object.entries(field).flatMap(([name, value]) => {
    const text = name === 'label' || name === 'help' || name === 'content' ? tidyText(value) : isNumber(name) ? numberOf(value) : value
    return text === undefined || text === '' || text === false || (Array.isArray(text) && text.length === 0) ? [] : [[name, text]]
  }))
}

const numberOf = (value: unknown): number | undefined => (String(value ?? '').trim() === '' || Number.isNaN(Number(value)) ? undefined : Number(value))

/** One language alone stands for both, until someone writes the other. */
function tidyText(value: unknown): unknown {
  const { en = '', zh = '' } = (value ?? {}) as { en?: string; zh?: string }
  return en.trim() || zh.trim() ? { en: en.trim() || zh.trim(), zh: zh.trim() || en.trim() } : undefined
}

export type OptionDraft = { readonly value?: string; readonly label?: Partial<Text>; readonly tone?: string }
export const optionsOf = (options: unknown): readonly OptionDraft[] => (Array.isArray(options) ? (options as readonly OptionDraft[]) : [])

/** Options that were named get the keys they lack; those left empty go. */
export function keyedOptions(options: unknown): readonly OptionDraft[] {
  const taken = new Set<string>([...wordsOfGraphql, ...optionsOf(options).flatMap(({ value }) => (value ? [value.toLowerCase()] : []))])
  return optionsOf(options).flatMap((option) => {
    const label = tidyText(option.label) as Text | undefined
    if (!label) return option.value ? [option] : []
    const value = option.value ?? keyOf(label.en, taken, 'option')
    taken.add(value.toLowerCase())
    return [{ ...option, value, label }]
  })
}
