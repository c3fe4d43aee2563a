import type { EntityDefinition } from '../../../config/language/entity.ts'
import type { Row, Store } from './store.ts'

/** Fields that, together, no two documents share. */
export function uniqueKeys(entity: EntityDefinition): readonly (readonly string[])[] {
  const known = keys.get(entity)
  if (known) return known
  const found = [
    ...entity.fields.filter(({ unique }) => unique).map(({ name }) => [name]),
    ...(entity.indexes ?? []).filter(({ unique }) => unique).map(({ fields }) => fields),
  ]
  keys.set(entity, found)
  return found
}

const keys = new WeakMap<EntityDefinition, readonly (readonly string[])[]>()

export const keyOf = (fields: readonly string[], row: Readonly<Record<string, unknown>>): string | undefined =>
  fields.some((field) => row[field] === null || row[field] === undefined || row[field] === '') ? undefined : JSON.stringify(fields.map((field) => row[field]))

/** Values are asked for in slices that every database takes in one statement. */
const valuesPerQuery = 500

/** Ids of the stored documents that hold a unique value of one of `rows`: by the key's fields, of a row. One query a key and 500 rows. */
export async function documentsHolding(
  store: Store, { entity, rows }: { readonly entity: EntityDefinition; readonly rows: readonly Row[] },
): Promise<(fields: readonly string[], row: Row) => readonly string[]> {
  const held = new Map<string, Map<string, string[]>>()
  for (const fields of uniqueKeys(entity)) {
    const asked = rows.filter((row) => keyOf(fields, row) !== undefined)
    const by = new Map<string, string[]>()
    for (let from = 0; from < asked.length; from += valuesPerQuery) {
      const slice = asked.slice(from, from + valuesPerQuery)
      const among = (field: string) => ({ [field]: { in: [...new Set(slice.map((row) => row[field]))] } })
      for (const row of await store.find<string>(entity.slug, { where: { and: fields.map(among) } })) {
        const key = keyOf(fields, row) ?? ''
        by.set(key, [...(by.get(key) ?? []), row.id])
      }
    }
    held.set(fields.join(), by)
  }
  return (fields, row) => held.get(fields.join())?.get(keyOf(fields, row) ?? '') ?? []
}
