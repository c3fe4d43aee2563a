import type { ColumnDefinition, FieldDefinition, FieldType, Option, Tone } from './entity.ts'
import type { Text } from './text.ts'

/**
 * Constructors of fields, so that an entity definition reads like a table. Each returns plain JSON data; what is not
 * given stays absent (never `undefined`, which JSON would drop and a hash would see). `default`, `min` and `max` are
 * given as people speak them: a deposit of at most 100 %, a limit of "5000" in the company's currency.
 */
export type FieldExtra = Omit<Partial<FieldDefinition>, 'name' | 'type' | 'label' | 'options' | 'to'>

export const required = { required: true } as const satisfies FieldExtra
export const indexed = { index: true } as const satisfies FieldExtra
/** What people type to find a record: required, unique, searched. */
export const key = { required: true, unique: true, index: true, maxLength: 64 } as const satisfies FieldExtra
/** Set by commands only. */
export const readOnly = { readOnly: true } as const satisfies FieldExtra
/** A figure that starts at zero and is kept by commands. */
export const counter = { readOnly: true, default: '0' } as const satisfies FieldExtra
/** A number that may not be negative. */
export const notNegative = { min: 0 } as const satisfies FieldExtra

export const text = plain('text')
export const longText = plain('longText')
export const email = plain('email')
export const phone = plain('phone')
export const url = plain('url')
export const integer = plain('integer')
export const quantity = plain('quantity')
export const unitPrice = plain('unitPrice')
export const money = plain('money')
export const percent = plain('percent')
export const rate = plain('rate')
export const boolean = plain('boolean')
export const date = plain('date')
export const dateTime = plain('dateTime')
export const json = plain('json')
export const time = plain('time')
/** Whole minutes. */
export const duration = plain('duration')
/** Whole stars, from 1 to `max` (5). */
export const rating = plain('rating')
/** The next number of a series of its own, where nobody gives one. */
export const sequence = plain('sequence')

/** A file that people upload: of any type that uploads take, or a picture. */
export const file = plain('file')
export const image = plain('image')

/** A text with headings, lists, quotes and links. */
export const richText = plain('richText')
/** Whether its values have an order that means something. */
export const hasOrder = ({ type }: Pick<FieldDefinition, 'type'>): boolean => type !== 'relation' && type !== 'json' && type !== 'table' && type !== 'richText'

/** What someone has drawn or typed to sign; who and when is written by the server. */
export const signature = plain('signature')
/** What a table of rows cannot carry: files, which are uploaded, and signatures, which are given and not copied. */
export const isOutsideFiles = ({ type }: Pick<FieldDefinition, 'type'>): boolean => type === 'file' || type === 'image' || type === 'signature'

/** A place on earth. */
export const geolocation = plain('geolocation')

/** A text of the form itself, among its fields. */
export const sectionText = plain('sectionText')
export const isSectionText = ({ type }: Pick<FieldDefinition, 'type'>): boolean => type === 'sectionText'

/** A reference to one document (`many: true`: several) of the entity `to`. */
export const relation = (name: string, label: Text, extra: FieldExtra & { readonly to: string }): FieldDefinition =>
  ({ name, type: 'relation', label, index: true, ...extra })

/** A list of rows that belong to the document alone. */
export const table = (
  name: string, label: Text, extra: FieldExtra & { readonly columns: readonly ColumnDefinition[] },
): FieldDefinition => ({ name, type: 'table', label, ...extra })

/** One value of a closed list. */
export const select = (
  name: string, label: Text, extra: FieldExtra & { readonly options: readonly Option[] },
): FieldDefinition => ({ name, type: 'select', label, ...extra })

export const option = (value: string, label: Text, tone?: Tone): Option =>
  tone === undefined ? { value, label } : { value, label, tone }

function plain(type: FieldType) {
  return (name: string, label: Text, extra: FieldExtra = {}): FieldDefinition => ({ name, type, label, ...extra })
}
