import type { EntityDefinition } from '../../../config/language/entity.ts'

/**
 * The field by which people and files name a record: a required unique one (part number, code), the number of documents, the
 * code of what is unique with its parent only (sites, locations), the email of users; `id` where there is none of these.
 */
export function keyFieldOf(entity: Pick<EntityDefinition, 'slug' | 'titleField' | 'fields' | 'numbering'>): string {
  if (entity.slug === 'users') return 'email'
  const unique = entity.fields.filter((field) => field.unique && field.required && field.type === 'text').map(({ name }) => name)
  const [first] = unique
  if (first !== undefined) return unique.includes(entity.titleField) ? entity.titleField : first
  if (entity.numbering) return 'number'
  return entity.fields.some(({ name, required }) => name === 'code' && required) ? 'code' : 'id'
}

/** Whether a value of that field can belong to one record only. */
export function isUniqueKey(entity: Pick<EntityDefinition, 'slug' | 'fields' | 'numbering'>, name: string): boolean {
  if (name === 'id' || entity.slug === 'users') return true
  return entity.fields.some((field) => field.name === name && field.unique) || (name === 'number' && entity.numbering !== undefined)
}
