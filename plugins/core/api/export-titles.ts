import type { PayloadRequest } from 'payload'
import type { EntityDefinition } from '../../../config/language/entity.ts'
import type { Language } from '../../../config/language/text.ts'
import { can } from '../access/can.ts'
import { actorOfRequest } from '../access/collection-hooks.ts'
import { titleOf } from '../entities/title.ts'
import { platformOf } from '../platform/platform.ts'
import { usersEntity } from '../users/users-entity.ts'
import type { ExportColumn, ExportRow, Row } from './export-columns.ts'

/** What a relation is called, by entity and id; undefined for what the user may not read. */
export type Titles = (entity: string, id: unknown) => string | undefined

/** One query an entity for all the relations of a page. */
export async function titlesOf(req: PayloadRequest, { columns, rows, language }: { columns: readonly ExportColumn[]; rows: readonly ExportRow[]; language: Language }): Promise<Titles> {
  const platform = platformOf(req.payload)
  const actor = await actorOfRequest(req)
  const wanted = new Map<string, Set<string>>()
  for (const { field, isOfLine } of columns) {
    if (field.type !== 'relation' || !field.to) continue
    const ids = wanted.get(field.to) ?? new Set()
    wanted.set(field.to, ids)
    for (const { document, line } of rows) for (const id of [(isOfLine ? line : document)?.[field.name]].flat()) if (typeof id === 'string') ids.add(id)
  }
  const titles = new Map<string, string>()
  for (const [slug, ids] of wanted) {
    const entity = slug === 'users' ? usersEntity : platform.entities.get(slug)
    if (!entity || ids.size === 0 || !can(actor, 'read', entity).allowed) continue
    for (const row of await readAll(req, entity, [...ids])) titles.set(`${slug}:${row.id}`, titleOf(entity, row, language))
  }
  return (entity, id) => titles.get(`${entity}:${String(id)}`)
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
