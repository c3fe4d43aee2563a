import { isWhole } from '../../../config/expression/rule-values.ts'
import type { EntityDefinition, FieldDefinition } from '../../../config/language/entity.ts'
import type { Json } from '../../../config/language/text.ts'
import { hashOf } from '../../../workflows/engine/canonical.ts'
import { isDecimal } from '../commands/defaults.ts'
import { typeName } from '../entities/row-schema.ts'
import { allFields } from '../entities/system-fields.ts'

type Schema = { [key: string]: Json }

/** The entities that a client reads and writes: what people may meet. */
export const clientEntities = (entities: Iterable<EntityDefinition>): readonly EntityDefinition[] =>
  [...entities].filter(({ kind, retired }) => !retired && (kind === 'master' || kind === 'document' || kind === 'line'))

/** Of everything that a client is made for: equal hashes, equal shapes. Labels and help are not part of it. */
export function clientHash(entities: Iterable<EntityDefinition>): string {
  return hashOf(clientEntities(entities).map((entity) => [entity.slug, entity.kind, entity.lines?.entity ?? null, shown(entity).map(({ name, type, to, many, readOnly, required, options, columns }) =>
    [name, type, to ?? null, many ?? false, readOnly ?? false, required ?? false, options?.map(({ value }) => value) ?? null, ...(columns ? [columns.map((column) => [column.name, column.type, column.options?.map(({ value }) => value) ?? null])] : [])])]))
}

/** One JSON Schema of what is read (`Parts`) and written (`PartsInput`), as REST speaks it: decimals as texts, relations as ids. */
export function clientSchemas(entities: Iterable<EntityDefinition>): Schema {
  const own = clientEntities(entities)
  const written = own.filter(({ kind }) => kind !== 'line')
  return {
    title: 'Shapes', type: 'object', additionalProperties: false, required: own.map(({ slug }) => slug),
    description: 'What is read, by entity, with `depth=0`.',
    properties: Object.fromEntries(own.map(({ slug }) => [slug, ref(typeName(slug))])),
    definitions: {
      ...Object.fromEntries(own.map((entity) => [typeName(entity.slug), readSchema(entity)])),
      ...Object.fromEntries(written.map((entity) => [`${typeName(entity.slug)}Input`, inputSchema(entity, own)])),
    },
  }
}

const ref = (name: string): Schema => ({ $ref: `#/definitions/${name}` })
const shown = (entity: EntityDefinition) => allFields(entity).filter(({ hidden }) => !hidden)

function readSchema(entity: EntityDefinition): Schema {
  return {
    type: 'object', additionalProperties: false, description: entity.label.en, required: ['id', ...shown(entity).map(({ name }) => name)],
    properties: {
      id: { type: 'string' }, ...Object.fromEntries(shown(entity).map((field) => [field.name, fieldSchema(field, !field.required)])),
      ...(entity.workflow ? { workflow: { type: 'object', additionalProperties: true, required: ['state'], properties: { state: { type: 'string' } } } } : {}),
      createdAt: { type: 'string' }, updatedAt: { type: 'string' },
    },
  }
}

function inputSchema(entity: EntityDefinition, all: readonly EntityDefinition[]): Schema {
  const lines = all.find(({ slug }) => slug === entity.lines?.entity)
  return {
    type: 'object', additionalProperties: false, description: `What is entered into ${entity.labels.en.toLowerCase()}; for a change, any part of it.`,
    properties: {
      ...Object.fromEntries(writable(entity).map((field) => [field.name, fieldSchema(field, true)])),
      ...(lines ? { lines: { type: 'array', items: { type: 'object', additionalProperties: false, properties: { id: { type: 'string' }, ...Object.fromEntries(writable(lines).map((field) => [field.name, fieldSchema(field, true)])) } } } } : {}),
    },
  }
}

const writable = (entity: EntityDefinition) => shown(entity).filter(({ readOnly, name }) => !readOnly && name !== entity.parent?.field)

function fieldSchema(field: FieldDefinition, mayBeEmpty: boolean): Schema {
  const description = field.help ? `${field.label.en}. ${field.help.en}` : field.label.en
  if (field.type === 'json') return { description, tsType: 'unknown' }
  // What is written may be plain words, too.
  if (field.type === 'richText') return { description, tsType: `{ type: 'doc', content: unknown[] }${mayBeEmpty ? ' | string | null' : ''}` }
  if (field.type === 'table') return { description, type: mayBeEmpty ? ['array', 'null'] : 'array', items: { type: 'object', additionalProperties: false, properties: Object.fromEntries((field.columns ?? []).map((column) => [column.name, fieldSchema(column, true)])) } }
  if (field.many) return { description, type: 'array', items: field.options ? { enum: field.options.map(({ value }) => value) } : { type: 'string' } }
  if (field.type === 'select' && field.options) return { description, enum: [...field.options.map(({ value }) => value), ...(mayBeEmpty ? [null] : [])] }
  const type = isDecimal(field) ? 'string' : isWhole(field) ? 'integer' : field.type === 'boolean' ? 'boolean' : 'string'
  return { description, type: mayBeEmpty ? [type, 'null'] : type }
}
