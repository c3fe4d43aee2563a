import type { Where } from 'payload'
import type { FieldDefinition } from '../../../config/language/entity.ts'

type Values = Readonly<Record<string, unknown>>

/** What must hold of a record to be chosen in this field of a row, as field and value of the record. */
export const conditionsOf = ({ filter = [] }: FieldDefinition, row: Values): readonly (readonly [string, unknown])[] =>
  filter.flatMap(({ field, equals, same }) => {
    const value = same === undefined ? equals : row[same]
    return value === undefined || value === null || value === '' ? [] : [[field, value] as const]
  })

/** A box that nobody has touched is stored as no value by one database and as false by the other. */
export const isWithin = (conditions: readonly (readonly [string, unknown])[], target: Values): boolean =>
  conditions.every(([name, value]) => (value === false ? target[name] !== true : target[name] === value))

export const whereOfConditions = (conditions: readonly (readonly [string, unknown])[]): Where[] =>
  conditions.map(([name, value]) => ({ [name]: value === false ? { not_equals: true } : { equals: value } }))
