import { newId } from '../commands/context.ts'
import type { Row, Store } from '../data/store.ts'

/** Ids are asked for in slices that every database takes in one statement. */
const idsPerQuery = 500

/** Ids of our documents by the ids of the other system, for those that were imported. */
export async function documentsOf(
  store: Store, { source, entity, externalIds }: { readonly source: string; readonly entity: string; readonly externalIds: Iterable<string> },
): Promise<Map<string, string>> {
  const wanted = [...new Set(externalIds)]
  const found = new Map<string, string>()
  for (let from = 0; from < wanted.length; from += idsPerQuery) {
    const rows = await store.find('external-keys', {
      where: { and: [{ source: { equals: source } }, { entity: { equals: entity } }, { externalId: { in: wanted.slice(from, from + idsPerQuery) } }] },
    })
    for (const { externalId, documentId } of rows) found.set(externalId, documentId)
  }
  return found
}

/** The id of one document that must have been imported. */
export async function documentOf(store: Store, key: { readonly source: string; readonly entity: string; readonly externalId: string }): Promise<string | undefined> {
  return (await documentsOf(store, { ...key, externalIds: [key.externalId] })).get(key.externalId)
}

export const keyRow = (key: { readonly source: string; readonly entity: string; readonly externalId: string; readonly documentId: string }): Row => ({ id: newId(), ...key })
