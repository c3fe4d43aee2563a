import type { Payload } from 'payload'

/** True when a row is one row of one table on SQLite: then many are written at once. */
export function isFlat(payload: Pick<Payload, 'collections'>, collection: string): boolean {
  return (payload.collections[collection]?.config.flattenedFields ?? []).every((field) => {
    if (field.type === 'group') return field.name === 'workflow'
    return flatTypes.has(field.type) && !('hasMany' in field && field.hasMany) && !('relationTo' in field && Array.isArray(field.relationTo))
  })
}

const flatTypes: ReadonlySet<string> = new Set(['text', 'number', 'checkbox', 'date', 'select', 'json', 'textarea', 'email', 'relationship', 'join'])
