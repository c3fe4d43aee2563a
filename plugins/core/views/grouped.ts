import type { Where } from 'payload'
import type { EntityDefinition } from '../../../config/language/entity.ts'
import { can } from '../access/can.ts'
import { ownedBy } from '../access/own-rows.ts'
import { storedWhere } from '../access/shape-query.ts'
import type { SumQuery } from '../data/store.ts'
import type { PayloadRequest } from 'payload'
import type { Reader } from './titles.ts'

/** Who asks about which documents; `base`: conditions as people say them. */
export type Asked = { readonly req: PayloadRequest; readonly reader: Reader; readonly definition: EntityDefinition; readonly base: readonly Where[] }

/** The documents that a question is about, as it is stored: those that the reader may see, and no others. */
export async function seenWhere({ req, reader, definition, base }: Asked): Promise<Where> {
  const asked = await storedWhere(req, definition, { and: [...base] })
  const own = can(reader.actor, 'read', definition).own ? [ownedBy(definition, reader.actor.id)] : []
  return { and: [asked, ...own] }
}

/** Sums and counts by group over what the reader may see, in one query of the database. */
export async function groupedSums(asked: Asked, query: Omit<SumQuery, 'where'>): Promise<Record<string, unknown>[]> {
  return asked.reader.store.sum(asked.definition.slug, { ...query, where: await seenWhere(asked) })
}
