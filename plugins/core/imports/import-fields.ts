import type { EntityDefinition, FieldDefinition } from '../../../config/language/entity.ts'
import { isOutsideFiles } from '../../../config/language/fields.ts'
import type { Text } from '../../../config/language/text.ts'
import type { Actor } from '../access/actor.ts'
import { can, hiddenFields } from '../access/can.ts'
import { isUniqueKey, keyFieldOf } from '../entities/key-field.ts'
import { allFields } from '../entities/system-fields.ts'
import type { Platform } from '../platform/platform.ts'
import { usersEntity } from '../users/users-entity.ts'

/** A field that a column can fill. */
export type ImportField = {
  /** `name`, `customer`, `lines.part` */
  readonly path: string
  readonly group: 'document' | 'lines'
  readonly label: Text
  readonly definition: FieldDefinition
  /** By its value a row finds its document. */
  readonly isKey: boolean
  readonly relation?: { readonly entity: string; readonly label: Text; readonly keys: readonly RelationKey[] }
}
export type RelationKey = { readonly field: string; readonly label: Text }

/** The id by which the other system or an earlier import knows a record. */
export const externalKey = '$external'

const id: FieldDefinition = { name: 'id', type: 'text', label: { en: 'Id', zh: 'ID' }, maxLength: 64, advanced: true }

/** Everything that the actor may fill by a file, in the order of the forms: the document's, then its lines'. */
export function importFields(platform: Platform, actor: Actor, entity: EntityDefinition): ImportField[] {
  const hidden = hiddenFields(actor, entity)
  const usable = (field: FieldDefinition) => !field.readOnly && !field.hidden && !hidden.has(field.name) && !isOutsideFiles(field)
  const withRelation = (definition: FieldDefinition) => (definition.type === 'relation' ? { relation: relationOf(platform, actor, definition) } : {})
  const number = entity.numbering ? allFields(entity).find(({ name }) => name === 'number') : undefined
  const own = [...(number ? [number] : []), ...allFields(entity).filter((field) => usable(field) && field !== number)]
  const lineEntity = entity.lines && platform.entities.get(entity.lines.entity)
  const ofLines = lineEntity ? allFields(lineEntity).filter((field) => usable(field) && field.name !== entity.lines?.parentField) : []
  const key = (name: string) => name === 'id' || name === keyFieldOf(entity) || isUniqueKey(entity, name) || (name === entity.titleField && own.some((field) => field.name === name && field.type === 'text'))
  return [
    ...[...own, id].map((definition): ImportField => ({ path: definition.name, group: 'document', label: definition.label, definition, isKey: key(definition.name), ...withRelation(definition) })),
    ...ofLines.map((definition): ImportField => ({ path: `lines.${definition.name}`, group: 'lines', label: definition.label, definition, isKey: false, ...withRelation(definition) })),
  ]
}

export const entityOf = (platform: Platform, slug: string): EntityDefinition | undefined => (slug === usersEntity.slug ? usersEntity : platform.entities.get(slug))

/** What a file may name a record of the target by, the usual one first. One who may not read the target gives ids. */
function relationOf(platform: Platform, actor: Actor, { to = '' }: FieldDefinition): NonNullable<ImportField['relation']> {
  const target = entityOf(platform, to)
  const idKey = { field: 'id', label: id.label }
  if (!target || !can(actor, 'read', target).allowed) return { entity: to, label: target?.label ?? { en: to, zh: to }, keys: [idKey] }
  if (target === usersEntity) return { entity: to, label: target.label, keys: [{ field: 'email', label: { en: 'Email', zh: '邮箱' } }, { field: 'name', label: { en: 'Name', zh: '姓名' } }, idKey] }
  const hidden = hiddenFields(actor, target)
  const fields = allFields(target).filter(({ name, type, hidden: secret }) => !secret && !hidden.has(name) && (type === 'text' || type === 'email'))
  const wanted = [keyFieldOf(target), ...fields.filter(({ unique }) => unique).map(({ name }) => name), 'number', target.titleField, 'name', 'nameZh']
  const names = [...new Set(wanted)].filter((name) => fields.some((field) => field.name === name))
  return {
    entity: to, label: target.label,
    keys: [
      ...names.map((name) => ({ field: name, label: fields.find((field) => field.name === name)?.label ?? { en: name, zh: name } })),
      { field: externalKey, label: { en: 'Id in the other system', zh: '外部系统编号' } }, idKey,
    ],
  }
}
