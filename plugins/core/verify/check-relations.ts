import type { FieldDefinition } from '../../../config/language/entity.ts'
import type { Store } from '../data/store.ts'
import { allFields } from '../entities/system-fields.ts'
import type { Platform } from '../platform/platform.ts'
import type { CheckResult } from '../platform/plugin.ts'
import { openResult } from './check-result.ts'

/** Fits a statement of every database. */
const idsPerQuery = 1_000

/**
 * Every id in a relation field names a stored row. The cheap form: the database lists the different ids of a field once,
 * and answers which of them exist; no document is read.
 */
export async function relationsLead(store: Store, platform: Platform): Promise<CheckResult> {
  const { fail, count, result } = openResult()
  for (const entity of platform.entities.values()) {
    for (const field of allFields(entity).filter(isOne)) {
      const used = await idsIn(store, entity.slug, field.name)
      count(used.length)
      for (const id of await missing(store, field.to ?? '', used)) fail(`${entity.slug}.${field.name} names ${field.to} ${id}, which does not exist.`)
    }
  }
  return result()
}

const isOne = (field: FieldDefinition) => field.type === 'relation' && !field.many && field.to !== undefined

async function idsIn(store: Store, entity: string, field: string): Promise<string[]> {
  const groups = await store.sum(entity, { where: { [field]: { exists: true } }, groupBy: [field], fields: [] })
  return groups.map((group) => group[field]).filter((id): id is string => typeof id === 'string' && id !== '')
}

async function missing(store: Store, entity: string, ids: readonly string[]): Promise<string[]> {
  const gone: string[] = []
  for (let from = 0; from < ids.length; from += idsPerQuery) {
    const slice = ids.slice(from, from + idsPerQuery)
    const found = new Set((await store.sum(entity, { where: { id: { in: slice } }, groupBy: ['id'], fields: [] })).map(({ id }) => id))
    gone.push(...slice.filter((id) => !found.has(id)))
  }
  return gone
}
