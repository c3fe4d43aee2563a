import type { FieldDefinition } from '../../config/language/entity.ts'
import { readDuration, writeDuration } from '../../plugins/core/engine/durations.ts'
import { plainDecimal } from './format.ts'

/** What an input holds while someone edits: texts, except boxes, references to several, and rows of a table. */
export type FormValue = string | boolean | readonly string[] | readonly FormRow[]
/** A row of a grid. `key` stays while the row does. */
export type FormRow = { readonly key: string; readonly values: FormValues }
export type FormValues = Readonly<Record<string, FormValue>>

const decimals: ReadonlySet<string> = new Set(['money', 'quantity', 'unitPrice', 'percent', 'rate'])

/** A spoken value as an input holds it; what is empty is an empty text. */
export function toForm(field: FieldDefinition, spoken: unknown): FormValue {
  if (field.many) return Array.isArray(spoken) ? spoken.map(String) : []
  if (field.type === 'boolean') return spoken === true
  if (field.type === 'table') return (Array.isArray(spoken) ? (spoken as Readonly<Record<string, unknown>>[]) : []).map((row, index) => ({ key: String(index), values: formOf(field.columns ?? [], row) }))
  if (spoken === null || spoken === undefined) return ''
  if (field.type === 'json') return JSON.stringify(spoken, null, 2)
  if (field.type === 'richText') return typeof spoken === 'string' ? spoken : JSON.stringify(spoken)
  return field.type === 'duration' && typeof spoken === 'number' ? writeDuration(spoken) : String(spoken)
}

/** What an input holds as the platform takes it. What is no number stays as typed: the platform names it and its remedy. */
export function fromForm(field: FieldDefinition, value: FormValue | undefined): unknown {
  if (field.many) return Array.isArray(value) ? value : []
  if (field.type === 'boolean') return value === true
  if (field.type === 'table') return filledRows(field, value).map(({ values }) => spokenOf(enteredColumns(field), values))
  const text = typeof value === 'string' ? value.trim() : ''
  if (text === '') return null
  if (decimals.has(field.type)) return plainDecimal(text)
  if (field.type === 'duration') return readDuration(text) ?? text
  if (field.type === 'integer' || field.type === 'rating') {
    const plain = plainDecimal(text)
    return /^-?\d{1,15}$/.test(plain) ? Number(plain) : text
  }
  if (field.type === 'json' || (field.type === 'richText' && text.startsWith('{'))) return parsedJson(text)
  return field.type === 'longText' && typeof value === 'string' ? value : text
}

/** The columns of a table that people fill in; the others are computed. */
export const enteredColumns = ({ columns = [] }: FieldDefinition): readonly FieldDefinition[] => columns.filter(({ rules }) => rules?.computed === undefined)

/** The rows of a table in which there is something: only they are sent. */
export const filledRows = (field: FieldDefinition, value: FormValue | undefined): readonly FormRow[] =>
  rowsOf(value).filter(({ values }) => enteredColumns(field).some((column) => (fromForm(column, values[column.name]) ?? false) !== false))

export const rowsOf = (value: FormValue | undefined): readonly FormRow[] => (Array.isArray(value) ? (value as readonly unknown[]).filter((row): row is FormRow => typeof row === 'object' && row !== null) : [])

/** What a field starts with, as spoken. */
export const startOf = ({ type, default: usual }: FieldDefinition, today: string): unknown => (type === 'date' && usual === 'today' ? today : usual ?? null)

export function parsedJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return text
  }
}

export const formOf = (fields: readonly FieldDefinition[], spoken: Readonly<Record<string, unknown>>): Record<string, FormValue> =>
  Object.fromEntries(fields.map((field) => [field.name, toForm(field, spoken[field.name])]))

export const spokenOf = (fields: readonly FieldDefinition[], values: FormValues): Record<string, unknown> =>
  Object.fromEntries(fields.map((field) => [field.name, fromForm(field, values[field.name])]))

/** Required fields that are empty, so that a form can say so before the server does. */
export const missingIn = (fields: readonly FieldDefinition[], values: FormValues): FieldDefinition[] => fields.filter((field) => {
  const given = fromForm(field, values[field.name])
  return field.required && field.type !== 'boolean' && (given === null || (Array.isArray(given) && given.length === 0))
})
