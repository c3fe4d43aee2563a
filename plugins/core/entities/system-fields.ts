import type { EntityDefinition, FieldDefinition } from '../../../config/language/entity.ts'
import { integer, isSectionText, json, relation, text, dateTime } from '../../../config/language/fields.ts'

const version = integer('version', { en: 'Version', zh: '版本' }, { readOnly: true, advanced: true })
const traceId = text('traceId', { en: 'Trace', zh: '追溯号' }, { readOnly: true, index: true, advanced: true })
const number = text('number', { en: 'Number', zh: '编号' }, { readOnly: true, index: true })
const company = relation('company', { en: 'Company', zh: '公司' }, { to: 'companies', advanced: true })
const position = integer('position', { en: 'Line', zh: '行号' }, { readOnly: true, index: true })

/** Fields of the group `workflow`; see `plugins/core/workflow`. */
export const workflowFields: readonly FieldDefinition[] = [
  text('state', { en: 'State', zh: '状态' }, { readOnly: true, index: true }),
  json('snapshot', { en: 'Snapshot', zh: '快照' }, { readOnly: true, hidden: true }),
  text('definitionHash', { en: 'Definition', zh: '流程定义' }, { readOnly: true }),
  dateTime('since', { en: 'Since', zh: '进入时间' }, { readOnly: true }),
  // The earliest deadline that runs, and all of them by state.
  dateTime('due', { en: 'Due', zh: '时限' }, { readOnly: true, index: true }),
  json('deadlines', { en: 'Deadlines', zh: '时限明细' }, { readOnly: true, hidden: true }),
]

/** The fields that the platform itself adds to an entity, in front of its own. */
export function systemFields(entity: EntityDefinition): readonly FieldDefinition[] {
  if (entity.kind === 'record') return []
  const own = new Set(entity.fields.map(({ name }) => name))
  const added = [
    ...(entity.numbering ? [number] : []),
    ...(entity.kind === 'line' ? [position] : [version]),
    ...(entity.kind === 'document' ? [company, traceId] : []),
  ]
  return added.filter(({ name }) => !own.has(name))
}

const known = new WeakMap<EntityDefinition, readonly FieldDefinition[]>()

/** All flat fields of an entity: the platform's, then its own. Texts of its form hold nothing and are none of them. */
export function allFields(entity: EntityDefinition): readonly FieldDefinition[] {
  const fields = known.get(entity) ?? formFields(entity).filter((field) => !isSectionText(field))
  known.set(entity, fields)
  return fields
}

/** What stands in the form of an entity: its fields, and the texts among them. */
export const formFields = (entity: EntityDefinition): readonly FieldDefinition[] => [...systemFields(entity), ...entity.fields]

/** A field as people are asked for it: what is brought by another one or given by the system need not be filled in. */
export const asAsked = (field: FieldDefinition): FieldDefinition => (field.filledFrom || field.givenWhenEmpty ? { ...field, required: false } : field)
