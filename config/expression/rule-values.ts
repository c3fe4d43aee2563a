import { Decimal as AnyDecimal } from 'decimal.js'
import type { FieldDefinition } from '../language/entity.ts'
import { readPosition, writePosition } from '../language/position.ts'
import { plainOf, readRichText, type RichText } from '../language/rich-text.ts'
import { readSignature } from '../language/signature.ts'

/** Exact decimals, far beyond what any field holds; rounded half away from zero (DIN 1333). */
export const Decimal = AnyDecimal.clone({ precision: 60, rounding: AnyDecimal.ROUND_HALF_UP, toExpNeg: -40, toExpPos: 60 })
export type Decimal = AnyDecimal

/** What is no number, as what is divided by nothing, or larger than anything that is kept, is empty. */
export const exactly = (value: Decimal): Decimal => (value.isFinite() && value.e <= 60 ? value : new Decimal(Number.NaN))

/** A calendar day "2026-11-21"; without one the text is empty, and no comparison holds. */
export class Day {
  readonly text: string
  constructor(text: string) { this.text = text }
}
/** A written day that stands beside a comparison: with a day it is one, with a text it is that text. */
export class DayText {
  readonly text: string
  constructor(text: string) { this.text = text }
}
/** A moment, UTC ISO; without one the text is empty. */
export class Moment {
  readonly text: string
  constructor(text: string) { this.text = text }
}

/**
 * What an expression sees of a field. Nothing is ever missing: an empty number is NaN, of which nothing holds and which makes what
 * is computed of it empty too; other empty values are an empty text, list, day or moment.
 */
export type RuleValue = string | boolean | Decimal | Day | Moment | readonly string[] | readonly TableRow[]
export type RuleKind = 'text' | 'boolean' | 'number' | 'day' | 'moment' | 'list' | 'table'
/** A row of a table: every column has a value, which may be empty. */
export type TableRow = { readonly [column: string]: RuleValue }

/** Absent: expressions do not see it (machine data, texts of the form). */
export function kindOf({ type, many }: Pick<FieldDefinition, 'type' | 'many'>): RuleKind | undefined {
  if (many) return 'list'
  switch (type) {
    case 'integer': case 'duration': case 'rating': case 'quantity': case 'unitPrice': case 'money': case 'percent': case 'rate': return 'number'
    case 'boolean': return 'boolean'
    case 'date': return 'day'
    case 'dateTime': return 'moment'
    case 'json': case 'sectionText': return undefined
    case 'table': return 'table'
    default: return 'text'
  }
}

/** A value as people speak it: decimals as texts, also half-typed ones, which count as empty. */
export function fromSpoken(field: FieldDefinition, spoken: unknown): RuleValue {
  const text = typeof spoken === 'string' ? spoken.trim() : ''
  switch (kindOf(field)) {
    case 'number': return new Decimal(typeof spoken === 'number' ? spoken : /^-?\d{1,40}(\.\d{1,20})?$/.test(text) ? text : Number.NaN)
    case 'boolean': return spoken === true
    case 'day': return new Day(/^\d{4}-\d{2}-\d{2}$/.test(text) ? text : '')
    case 'moment': return new Moment(Number.isNaN(Date.parse(text)) ? '' : new Date(text).toISOString())
    case 'list': return Array.isArray(spoken) ? spoken.map(String) : []
    case 'table': return tableRows(field, spoken, fromSpoken)
    default: return field.type === 'geolocation' ? placeOf(text) : field.type === 'richText' ? treeOf(spoken) : text
  }
}

/** Whether a rule sees something else of a field than its value. */
export const isVeiled = ({ type }: Pick<FieldDefinition, 'type'>): boolean => type === 'signature' || type === 'richText'

/** What a rule sees of a value: of a text with headings and lists its words; of a signature, that there is one, and whether something was "changed" since. */
export function veiled(field: FieldDefinition | undefined, value: RuleValue): RuleValue {
  if (value === '' || typeof value !== 'string' || !field) return value
  if (field.type === 'richText') return plainOf(JSON.parse(value) as RichText)
  if (field.type !== 'signature') return value
  return readSignature(value)?.changedAt === undefined ? 'signed' : 'changed'
}

/** As one text of JSON; what is none counts as empty. */
function treeOf(spoken: unknown): string {
  const read = spoken === undefined || spoken === null || spoken === '' ? { value: null } : readRichText(spoken)
  return 'value' in read && read.value ? JSON.stringify(read.value) : ''
}

/** However it was typed; what is none counts as empty. */
function placeOf(text: string): string {
  const position = readPosition(text)
  return position ? writePosition(position) : ''
}

/** `exponent`: digits of the currency's minor unit. */
export function fromStored(field: FieldDefinition, stored: unknown, exponent: number): RuleValue {
  if (kindOf(field) === 'table') return tableRows(field, stored, (column, value) => fromStored(column, value, exponent))
  if (kindOf(field) !== 'number') return fromSpoken(field, stored)
  return typeof stored === 'number' ? new Decimal(stored).div(tenTo(scaleOf(field, exponent))) : new Decimal(Number.NaN)
}

/** What is stored for it; null where it is empty or too large to be kept. */
export function toStored(field: FieldDefinition, value: RuleValue, exponent: number): unknown {
  if (field.type === 'table') return isTable(value) ? value.map((row) => filledCells(field, (column) => toStored(column, cellOf(column, row), exponent))) : null
  return value instanceof Decimal ? scaled(field, value, exponent)?.toNumber() ?? null : toSpoken(field, value, exponent)
}

/** The whole number that is stored for it, rounded once; undefined where there is none that is kept exactly. */
function scaled(field: FieldDefinition, value: Decimal, exponent: number): Decimal | undefined {
  const stored = value.times(tenTo(scaleOf(field, exponent))).round()
  // Zero has a sign of its own, which nobody means.
  return stored.isFinite() && stored.abs().lte(Number.MAX_SAFE_INTEGER) ? stored.plus(0) : undefined
}

/** As people speak it, rounded to what the field keeps; null where it is empty or too large. */
export function toSpoken(field: FieldDefinition, value: RuleValue, exponent: number): unknown {
  if (isTable(value)) return value.map((row) => Object.fromEntries(columnsOf(field).map((column) => [column.name, toSpoken(column, cellOf(column, row), exponent)])))
  if (value instanceof Decimal) {
    const rounded = scaled(field, value, exponent)?.div(tenTo(scaleOf(field, exponent)))
    if (!rounded) return null
    return isWhole(field) ? rounded.toNumber() : field.type === 'money' ? rounded.toFixed(exponent) : rounded.toFixed()
  }
  if (value instanceof Day || value instanceof Moment) return value.text || null
  if (value === '') return null
  return field.type === 'richText' && typeof value === 'string' ? JSON.parse(value) as RichText : value
}

export function isEmptyValue(value: RuleValue): boolean {
  if (value instanceof Decimal) return value.isNaN()
  if (value instanceof Day || value instanceof Moment) return value.text === ''
  return value === '' || value === false || (Array.isArray(value) && value.length === 0)
}

/** Equal texts are equal values; "" where it is empty. */
export function textOfValue(value: RuleValue): string {
  if (isEmptyValue(value)) return ''
  if (value instanceof Decimal) return value.toFixed()
  if (value instanceof Day || value instanceof Moment) return value.text
  return typeof value === 'string' ? value : JSON.stringify(value)
}

export function emptyOf(field: FieldDefinition): RuleValue {
  return fromSpoken(field, undefined)
}

export function isSameValue(a: RuleValue, b: RuleValue): boolean {
  if (a instanceof Decimal && b instanceof Decimal) return a.eq(b) || (a.isNaN() && b.isNaN())
  if (a instanceof Day || a instanceof Moment) return (b instanceof Day || b instanceof Moment) && a.text === b.text
  if (isTable(a) && isTable(b)) return a.length === b.length && a.every((row, index) => Object.entries(row).every(([name, cell]) => isSameValue(cell, b[index]?.[name] ?? '')))
  return JSON.stringify(a) === JSON.stringify(b)
}

/** A row of a table as the expression language knows it. */
export const tableRow = (field: FieldDefinition, row: TableRow): TableRow => rowOf(columnsOf(field), (column) => cellOf(column, row))

/** What is stored of a row: its columns that are filled, in their order, so that equal rows are equal texts. */
export function filledCells(field: FieldDefinition, storedOf: (column: FieldDefinition) => unknown): Record<string, unknown> {
  return Object.fromEntries(columnsOf(field).flatMap((column) => {
    const stored = storedOf(column)
    return stored === null || stored === undefined || stored === false ? [] : [[column.name, stored]]
  }))
}

const rowTypes = new WeakMap<readonly FieldDefinition[], new () => object>()

/** What the rows of a table are to the expression language: a type of their own, so that what is asked of a row is checked when it is written. */
export function rowTypeOf(columns: readonly FieldDefinition[]): new () => object {
  const known = rowTypes.get(columns) ?? class Row {}
  rowTypes.set(columns, known)
  return known
}

const columnsOf = ({ columns = noColumns }: FieldDefinition): readonly FieldDefinition[] => columns
const noColumns: readonly FieldDefinition[] = []
const isTable = (value: RuleValue): value is readonly TableRow[] => Array.isArray(value) && typeof value[0] === 'object'
const cellOf = (column: FieldDefinition, row: TableRow): RuleValue => row[column.name] ?? emptyOf(column)
const rowOf = (columns: readonly FieldDefinition[], cell: (column: FieldDefinition) => RuleValue): TableRow =>
  Object.assign(new (rowTypeOf(columns))(), Object.fromEntries(columns.map((column) => [column.name, cell(column)])))

function tableRows(field: FieldDefinition, rows: unknown, read: (column: FieldDefinition, value: unknown) => RuleValue): readonly TableRow[] {
  if (!Array.isArray(rows)) return []
  return (rows as readonly unknown[]).map((row) => rowOf(columnsOf(field), (column) => read(column, typeof row === 'object' && row !== null ? (row as Record<string, unknown>)[column.name] : undefined)))
}

/** Kept and spoken as whole numbers. */
export const isWhole = ({ type }: Pick<FieldDefinition, 'type'>): boolean => type === 'integer' || type === 'duration' || type === 'rating'

const scales: Partial<Record<FieldDefinition['type'], number>> = { quantity: 6, unitPrice: 6, percent: 6, rate: 8 }
const scaleOf = ({ type }: FieldDefinition, exponent: number) => (type === 'money' ? exponent : scales[type] ?? 0)
const tenTo = (scale: number) => new Decimal(10).pow(scale)
