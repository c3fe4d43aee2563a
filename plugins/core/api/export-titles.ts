import type { PayloadRequest } from 'payload'
import type { EntityDefinition } from '../../../config/language/entity.ts'
import type { Language } from '../../../config/language/text.ts'
import { can } from '../access/can.ts'
import { actorOfRequest } from '../access/collection-hooks.ts'
import { openStore } from '../data/open-store.ts'
import { isUniqueKey, keyFieldOf } from '../entities/key-field.ts'
import { titleOf } from '../entities/title.ts'
import { platformOf } from '../platform/platform.ts'
import { usersEntity } from '../users/users-entity.ts'
import type { ExportColumn, ExportRow, Row } from './export-columns.ts'

/** What a relation is called, by entity and id; undefined for what the user may not read. */
export type Titles = (entity: string, id: unknown) => string | undefined

type Relations = { readonly columns: readonly ExportColumn[]; readonly rows: readonly ExportRow[] }

/** One query an entity for all the relations of a page. */
export async function titlesOf(req: PayloadRequest, { language, ...relations }: Relations & { readonly language: Language }): Promise<Titles> {
  const titles = new Map<string, string>()
  for (const { entity, ids } of await referredTo(req, relations)) {
    for (const row of await readAll(req, entity, [...ids])) titles.set(`${entity.slug}:${row.id}`, titleOf(entity, row, language))
  }
  return (entity, id) => titles.get(`${entity}:${String(id)}`)
}

/** The keys by which an import finds what the relations of a page lead to; undefined where only the id is unmistakable. */
export async function keysOf(req: PayloadRequest, relations: Relations): Promise<Titles> {
  const keys = new Map<string, string>()
  for (const { entity, ids } of await referredTo(req, relations)) {
    const field = keyFieldOf(entity)
    if (field === 'id') continue
    const found = (await readAll(req, entity, [...ids])).flatMap((row) => (typeof row[field] === 'string' && row[field] !== '' ? [{ id: row.id, key: row[field] }] : []))
    const shared = isUniqueKey(entity, field) ? new Set<string>() : await sharedValues(req, { entity, field, values: found.map(({ key }) => key) })
    for (const { id, key } of found) if (!shared.has(key)) keys.set(`${entity.slug}:${id}`, key)
  }
  return (entity, id) => keys.get(`${entity}:${String(id)}`)
}

/** The entities that relations lead to and the user may read, with the ids. */
async function referredTo(req: PayloadRequest, { columns, rows }: Relations): Promise<{ entity: EntityDefinition; ids: ReadonlySet<string> }[]> {
  const platform = platformOf(req.payload)
  const actor = await actorOfRequest(req)
  const wanted = new Map<string, Set<string>>()
  for (const { field, isOfLine } of columns) {
    if (field.type !== 'relation' || !field.to) continue
    const ids = wanted.get(field.to) ?? new Set()
    wanted.set(field.to, ids)
    for (const { document, line } of rows) for (const id of [(isOfLine ? line : document)?.[field.name]].flat()) if (typeof id === 'string') ids.add(id)
  }
  return [...wanted].flatMap(([slug, ids]) => {
    const entity = slug === 'users' ? usersEntity : platform.entities.get(slug)
    return entity && ids.size > 0 && can(actor, 'read', entity).allowed ? [{ entity, ids }] : []
  })
}

const idsPerQuery = 500

async function readAll(req: PayloadRequest, entity: EntityDefinition, ids: readonly string[]): Promise<Row[]> {
  const rows: Row[] = []
  for (let from = 0; from < ids.length; from += idsPerQuery) {
    const { docs } = await req.payload.find({
      collection: entity.slug as never, where: { id: { in: ids.slice(from, from + idsPerQuery) } },
      pagination: false, depth: 0, joins: false, overrideAccess: false, req,
    })
    rows.push(...(docs as unknown as Row[]))
  }
  return rows
}

/** Values that several records have, whoever may read them: an import sees all. */
async function sharedValues(req: PayloadRequest, { entity, field, values }: { entity: EntityDefinition; field: string; values: readonly string[] }): Promise<Set<string>> {
  const seen = new Set<string>()
  const shared = new Set<string>()
  const store = openStore(req.payload)
  for (let from = 0; from < values.length; from += idsPerQuery) {
    const found = await store.find(entity.slug, { where: { [field]: { in: [...new Set(values.slice(from, from + idsPerQuery))] } } })
    for (const row of found as Readonly<Record<string, unknown>>[]) {
      const value = String(row[field])
      if (seen.has(value)) shared.add(value)
      seen.add(value)
    }
  }
  return shared
}
