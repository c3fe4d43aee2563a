import type { CollectionConfig, Field } from 'payload'
import type { EntityDefinition, FieldDefinition } from '../../../config/language/entity.ts'
import { collectionAccess, refuseWrites, speakDocument } from '../access/collection-hooks.ts'
import { shapeQuery } from '../access/shape-query.ts'
import { isDecimal } from '../commands/defaults.ts'
import { entityEndpoints } from '../api/rest.ts'
import { approvalEndpoints } from '../approvals/endpoints.ts'
import { importEndpoints } from '../imports/import-endpoints.ts'
import { allFields, workflowFields } from './system-fields.ts'

/**
 * An entity definition as a Payload collection: readable through Payload's REST, GraphQL and local API by the rights
 * of the roles, writable through commands only.
 */
export function toCollection(entity: EntityDefinition): CollectionConfig {
  const fields = allFields(entity)
  return {
    slug: entity.slug,
    labels: { singular: { ...entity.label }, plural: { ...entity.labels } },
    admin: {
      useAsTitle: fields.some(({ name, type }) => name === entity.titleField && type !== 'relation') ? entity.titleField : 'id',
      hidden: Boolean(entity.unlisted) || entity.kind === 'line' || entity.kind === 'record',
    },
    access: collectionAccess(entity),
    hooks: { beforeOperation: [refuseWrites(entity), shapeQuery(entity)], afterRead: [speakDocument(entity)] },
    endpoints: [...(entity.slug === 'imports' ? importEndpoints : entity.slug === 'approvals' ? approvalEndpoints : []), ...entityEndpoints(entity)],
    fields: [
      { name: 'id', type: 'text', required: true, admin: { hidden: true } },
      ...fields.map(toField),
      ...(entity.workflow ? [workflowGroup()] : []),
      ...(entity.lines ? [linesJoin(entity.lines)] : []),
    ],
    indexes: [...(entity.indexes ?? []), ...orderIndex(entity)].map(({ fields: names, unique }) => ({ fields: [...names], ...(unique ? { unique } : {}) })),
    ...(entity.defaultSort ? { defaultSort: entity.defaultSort } : {}),
    graphQL: { disableMutations: true },
    timestamps: true, versions: false, lockDocuments: false, disableDuplicate: true, disableBulkEdit: true,
    custom: { entity },
  }
}

/** For lists that begin with the newest day: many rows share it, and Payload then goes by the time of creation. */
function orderIndex({ defaultSort }: EntityDefinition): NonNullable<EntityDefinition['indexes']> {
  const day = /^-(.*(?:date|Date))$/.exec(defaultSort ?? '')?.[1]
  return day === undefined ? [] : [{ fields: [day, 'createdAt'] }]
}

function toField(field: FieldDefinition): Field {
  const common = {
    name: field.name,
    label: { ...field.label },
    // Commands check what is required, so that a draft may be saved half done where its definition allows it.
    required: false,
    ...(field.unique ? { unique: true } : {}),
    ...(field.index && !field.unique ? { index: true } : {}),
    ...(field.hidden ? { hidden: true } : {}),
    custom: { field },
  }
  if (isDecimal(field)) return { ...common, type: 'number' }
  switch (field.type) {
    case 'integer': case 'duration': case 'rating': return { ...common, type: 'number' }
    case 'boolean': return { ...common, type: 'checkbox' }
    case 'dateTime': return { ...common, type: 'date' }
    case 'json': case 'table': case 'richText': return { ...common, type: 'json' }
    case 'longText': return { ...common, type: 'textarea' }
    case 'select':
      return { ...common, type: 'select', options: (field.options ?? []).map(({ value, label }) => ({ value, label: { ...label } })), ...(field.many ? { hasMany: true } : {}) } as Field
    case 'relation':
      return { ...common, type: 'relationship', relationTo: field.to ?? '', index: true, ...(field.many ? { hasMany: true } : {}) } as Field
    // A calendar date has no time zone: stored as text "2026-11-21", which sorts and compares as it should.
    default: return { ...common, type: 'text' }
  }
}

const workflowGroup = (): Field => ({ name: 'workflow', type: 'group', fields: workflowFields.map(toField), label: { en: 'Workflow', zh: '流程' } })

const linesJoin = (lines: NonNullable<EntityDefinition['lines']>): Field => ({
  name: 'lines', type: 'join', collection: lines.entity, on: lines.parentField, label: { ...lines.label },
  defaultLimit: 0, defaultSort: 'position', orderable: false,
})
