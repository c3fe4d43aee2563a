import type { Where } from 'payload'
import { can } from '../access/can.ts'
import { ownedBy } from '../access/own-rows.ts'
import type { CommandContext } from '../commands/context.ts'
import type { Row } from '../data/store.ts'
import { entityOf, externalKey } from './import-fields.ts'

export type LookupQuestion = { readonly entity: string; readonly by: string; readonly texts: readonly string[] }
/** The id of the one record that is named so, or how it is not one. */
export type LookupAnswer = { readonly id: string } | 'none' | 'several'
/** Asks for many at once: one query an entity, key and 500 texts. What was found before is not asked for again. */
export type Lookup = (context: CommandContext, question: LookupQuestion) => Promise<(text: string) => LookupAnswer>

const textsPerQuery = 500
const mostRemembered = 50_000

export function openLookup(): Lookup {
  const found = new Map<string, Map<string, LookupAnswer>>()
  return async (context, { entity, by, texts }) => {
    const place = `${entity} ${by}`
    const known = found.get(place) ?? new Map<string, LookupAnswer>()
    found.set(place, known)
    if (known.size > mostRemembered) known.clear()
    const missing = [...new Set(texts)].filter((text) => text !== '' && !known.has(text))
    for (let from = 0; from < missing.length; from += textsPerQuery) {
      const slice = missing.slice(from, from + textsPerQuery)
      for (const [text, ids] of await idsBy(context, { entity, by, texts: slice })) known.set(text, ids.length === 1 ? { id: ids[0] ?? '' } : 'several')
      // Also where a file names some records by their id, because they have no key.
      const rest = by === 'id' ? [] : slice.filter((text) => !known.has(text) && idShape.test(text))
      if (rest.length > 0) for (const [text] of await idsBy(context, { entity, by: 'id', texts: rest })) known.set(text, { id: text })
    }
    return (text) => known.get(text) ?? 'none'
  }
}

const idShape = /^[A-Za-z0-9][A-Za-z0-9_-]{0,63}$/

/** Ids by what names them, of what the actor may read. By id one may name what one may not read, as at every other door. */
async function idsBy(context: CommandContext, { entity: slug, by, texts }: LookupQuestion): Promise<Map<string, string[]>> {
  const { store, actor, platform } = context
  const entity = entityOf(platform, slug)
  const result = new Map<string, string[]>()
  const add = (text: unknown, id: string) => {
    if (typeof text === 'string') result.set(text, [...(result.get(text) ?? []), id])
  }
  if (!entity) return result
  if (by === 'id') {
    for (const id of (await store.byIds<string>(slug, texts)).keys()) add(id, id)
    return result
  }
  const { allowed, own } = can(actor, 'read', entity)
  if (!allowed) return result
  const mine: Where[] = own ? [ownedBy(entity, actor.id)] : []
  if (by === externalKey) {
    const keys = await store.find('external-keys', { where: { and: [{ entity: { equals: slug } }, { externalId: { in: [...texts] } }] } })
    const readable = new Set((await store.find<string>(slug, { where: { and: [{ id: { in: keys.map(({ documentId }) => documentId) } }, ...mine] } })).map((row) => (row as Row).id))
    for (const { externalId, documentId } of keys) if (readable.has(documentId)) add(externalId, documentId)
    return result
  }
  for (const row of await store.find<string>(slug, { where: { and: [{ [by]: { in: [...texts] } }, ...mine] } })) add((row as Row)[by], (row as Row).id)
  return result
}
