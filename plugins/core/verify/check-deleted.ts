import type { Store } from '../data/store.ts'
import type { Platform } from '../platform/platform.ts'
import type { CheckResult } from '../platform/plugin.ts'
import { openResult } from './check-result.ts'

/** Fits a statement of every database. */
const idsPerQuery = 1_000

/** A document whose history begins is there, or its history ends with its discard: nothing vanishes without a trace. */
export async function nothingVanished(store: Store, platform: Platform): Promise<CheckResult> {
  const { fail, count, result } = openResult()
  for (const { slug, kind } of platform.entities.values()) {
    if (kind !== 'master' && kind !== 'document') continue
    const began = await store.sum('history', { where: { and: [{ entity: { equals: slug } }, { documentVersion: { equals: 1 } }] }, groupBy: ['documentId'], fields: [] })
    for (let from = 0; from < began.length; from += idsPerQuery) {
      const ids = began.slice(from, from + idsPerQuery).map(({ documentId }) => String(documentId))
      count(ids.length)
      const there = new Set((await store.sum(slug, { where: { id: { in: ids } }, groupBy: ['id'], fields: [] })).map(({ id }) => id))
      const gone = ids.filter((id) => !there.has(id))
      if (gone.length === 0) continue
      const discards = await store.find('history', { where: { and: [{ documentId: { in: gone } }, { entity: { equals: slug } }, { action: { equals: 'discard' } }] } })
      const discarded = new Set(discards.map(({ documentId }) => documentId))
      for (const id of gone) if (!discarded.has(id)) fail(`${slug} ${id} is gone, and its history does not say that it was discarded.`)
    }
  }
  return result()
}
