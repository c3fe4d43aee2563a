import type { EntityDefinition, FieldDefinition } from '../../../config/language/entity.ts'
import type { Json } from '../../../config/language/text.ts'
import { startsToday } from '../commands/defaults.ts'
import { allFields, workflowFields } from './system-fields.ts'

type Schema = { [key: string]: Json }

/**
 * One JSON Schema of all entities as they are stored (decimals as scaled integers, relations as ids), from which
 * json-schema-to-typescript makes the types of `config/generated/entities.ts`.
 */
export function rowSchemas(entities: readonly EntityDefinition[]): Schema {
  return {
    title: 'Entities', type: 'object', additionalProperties: false,
    description: 'Stored documents by entity: decimals as scaled integers, dates as texts, relations as ids.',
    required: entities.map(({ slug }) => slug),
    properties: Object.fromEntries(entities.map(({ slug }) => [slug, { $ref: `#/definitions/${typeName(slug)}` }])),
    definitions: Object.fromEntries(entities.map((entity) => [typeName(entity.slug), rowSchema(entity)])),
  }
}

export const typeName = (slug: string) => slug.split('-').map((word) => word.charAt(0).toUpperCase() + word.slice(1)).join('')

function rowSchema(entity: EntityDefinition): Schema {
  const always = (field: FieldDefinition) => isAlwaysThere(field) || !entity.fields.includes(field)
  const properties: Schema = { id: { type: 'string' } }
  for (const field of allFields(entity)) properties[field.name] = fieldSchema(field, always(field))
  if (entity.workflow) properties.workflow = workflowSchema()
  const required = ['id', ...allFields(entity).filter(always).map(({ name }) => name), ...(entity.workflow ? ['workflow'] : [])]
  return {
    type: 'object', additionalProperties: false, required, description: entity.label.en,
    properties: { ...properties, createdAt: { type: 'string' }, updatedAt: { type: 'string' } },
  }
}

const alwaysOfWorkflow = ['state', 'definitionHash', 'since']

const workflowSchema = (): Schema => ({
  type: 'object', additionalProperties: false, required: [...alwaysOfWorkflow],
  properties: Object.fromEntries(workflowFields.map((field) => [field.name, field.type === 'json' ? { tsType: 'unknown' } : fieldSchema(field, alwaysOfWorkflow.includes(field.name))])),
})

/** Required fields, counters with a default and the platform's own are there in every stored row. */
const isAlwaysThere = (field: FieldDefinition) => Boolean(field.required) || (field.default !== undefined && !startsToday(field))

function fieldSchema(field: FieldDefinition, always: boolean): Schema {
  const description = field.help?.en ?? field.label.en
  if (field.type === 'json' || field.type === 'richText') return { description, tsType: 'unknown' }
  if (field.type === 'table') return { description, type: ['array', 'null'], items: { type: 'object', additionalProperties: false, properties: Object.fromEntries((field.columns ?? []).map((column) => [column.name, fieldSchema(column, false)])) } } as Schema
  const type = jsonType(field)
  const options: Schema = field.type === 'select' && field.options
    ? { enum: [...field.options.map(({ value }) => value), ...(always ? [] : [null])] }
    : { type: always ? type : [type, 'null'] }
  return { ...(field.many ? { type: 'array', items: { type } } : options), description }
}

function jsonType(field: FieldDefinition): string {
  switch (field.type) {
    case 'integer': case 'duration': case 'rating': case 'quantity': case 'unitPrice': case 'money': case 'percent': case 'rate': return 'integer'
    case 'boolean': return 'boolean'
    default: return 'string'
  }
}
