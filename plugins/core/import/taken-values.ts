import type { EntityDefinition } from '../../../config/language/entity.ts'
import type { Row, Store } from '../data/store.ts'

/** Fields that, together, no two documents share. */
export function uniqueKeys(entity: EntityDefinition): (readonly string[])[] {
  return [
    ...entity.fields.filter(({ unique }) => unique).map(({ name }) => [name]),
    ...(entity.indexes ?? []).filter(({ unique }) => unique).map(({ fields }) => fields),
  ]
}

export const keyOf = (fields: readonly string[], row: Readonly<Record<string, unknown>>): string | undefined =>
  fields.some((field) => row[field] === null || row[field] === undefined || row[field] === '') ? undefined : JSON.stringify(fields.map((field) => row[field]))

/** Stored documents that hold a unique value of one of `rows`: by the key's fields, then by `keyOf`. One query a key. */
export async function documentsHolding(
  store: Store, { entity, rows }: { readonly entity: EntityDefinition; readonly rows: readonly Row[] },
): Promise<(fields: readonly string[], row: Row) => string | undefined> {
  const held = new Map<string, Map<string, string>>()
  for (const fields of uniqueKeys(entity)) {
    const [first = ''] = fields
    const values = [...new Set(rows.map((row) => row[first]).filter((value) => value !== null && value !== undefined && value !== ''))]
    const stored = values.length > 0 ? await store.find<string>(entity.slug, { where: { [first]: { in: values } } }) : []
    held.set(fields.join(), new Map(stored.map((row) => [keyOf(fields, row) ?? '', row.id])))
  }
  return (fields, row) => {
    const key = keyOf(fields, row)
    return key === undefined ? undefined : held.get(fields.join())?.get(key)
  }
}
