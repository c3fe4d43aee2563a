import type { PayloadRequest, Where } from 'payload'
import type { EntityDefinition } from '../../../config/language/entity.ts'
import type { Text } from '../../../config/language/text.ts'
import { actorOfRequest } from '../access/collection-hooks.ts'
import { can, hiddenFields } from '../access/can.ts'
import { usersEntity } from '../users/users-entity.ts'
import { openStore } from '../data/open-store.ts'
import type { Row } from '../data/store.ts'
import { fail, failQuestion } from '../errors.ts'
import { conditionsOf, whereOfConditions } from '../forms/relation-filter.ts'
import { platformOf } from '../platform/platform.ts'
import { searchWhere } from '../views/list-query.ts'
import { stateView, type StateView } from '../views/entity-view.ts'
import { titleOf, type Reader, type Title } from '../views/titles.ts'
import { stateOf } from '../workflow/pinned.ts'

export type SearchHit = { readonly entity: string; readonly label: Text; readonly id: string; readonly title: string; readonly hint: string | null; readonly state: StateView | null }
export type OptionHit = { readonly id: string } & Title

const perEntity = 5
const mostOptions = 20

/** Documents of all entities whose number or name has the words, for the command palette: one query an entity. */
export async function search(req: PayloadRequest, q: string): Promise<SearchHit[]> {
  const reader = await readerOf(req)
  if (q.trim().length < 2) return []
  const entities = [...reader.platform.entities.values()].filter(({ kind }) => kind === 'document' || kind === 'master')
  const hits = await Promise.all(entities.map(async (entity) => {
    const rows = await find(reader, entity, q, { limit: perEntity, filter: [] })
    return rows.map((row): SearchHit => {
      const { title, hint } = titleOf(reader, entity.slug, row)
      return { entity: entity.slug, label: entity.label, id: row.id, title, hint: hint ?? null, state: stateView(reader.platform, entity.slug, stateOf(row)) }
    })
  }))
  const wanted = q.trim().toLowerCase()
  const rank = ({ title }: SearchHit) => (title.toLowerCase() === wanted ? 0 : title.toLowerCase().startsWith(wanted) ? 1 : 2)
  return hits.flat().sort((a, b) => rank(a) - rank(b))
}

/** What a reference field offers while someone types. Masters that are blocked or inactive are not offered. */
export async function searchOptions(req: PayloadRequest, slug: string, q: string, place: OptionPlace = {}): Promise<OptionHit[]> {
  const reader = await readerOf(req)
  if (slug === 'users') return userOptions(reader, q)
  const entity = reader.platform.entities.get(slug) ?? fail('unknownEntity', { entity: slug })
  const rows = await find(reader, entity, q, { limit: mostOptions, filter: filterAt(reader, slug, place) })
  return rows.map((row) => ({ id: row.id, ...titleOf(reader, slug, row) }))
}

/** Where a reference is chosen: `of`, the field as "entity.field"; `given`, what stands beside it, by field. */
export type OptionPlace = { readonly of?: string | undefined; readonly given?: Readonly<Record<string, string>> }

/** What the filter of a field leaves of the records it may refer to. The filter is the firm's: whoever chooses says only where, and what stands beside it. */
function filterAt({ platform }: Reader, slug: string, { of, given = {} }: OptionPlace): Where[] {
  if (of === undefined) return []
  const [entity = '', name = ''] = of.split('.')
  const field = platform.entities.get(entity)?.fields.find((one) => one.name === name && one.to === slug)
  if (!field) failQuestion('of', { en: `"${of.slice(0, 120)}" is no field that refers to ${slug}. Write it like purchase-orders.supplier.`, zh: `“${of.slice(0, 120)}”不是引用 ${slug} 的字段，请写成 purchase-orders.supplier 的形式。` })
  return whereOfConditions(conditionsOf(field, given))
}

async function find(reader: Reader, entity: EntityDefinition, q: string, { limit, filter }: { readonly limit: number; readonly filter: readonly Where[] }): Promise<Row[]> {
  const { allowed, own } = can(reader.actor, 'read', entity)
  if (!allowed) return []
  const hidden = hiddenFields(reader.actor, entity)
  const fields = (entity.searchFields ?? [entity.titleField]).filter((name) => !hidden.has(name) && entityHas(entity, name))
  if (fields.length === 0 && q.trim()) return []
  const parts: Where[] = [
    ...searchWhere(q, fields), ...filter,
    ...(own ? [{ owner: { equals: reader.actor.id } }] : []),
    ...(entity.kind === 'master' && entity.fields.some(({ name }) => name === 'status') && limit === mostOptions ? [{ status: { equals: 'active' } }] : []),
  ]
  return (await reader.store.find(entity.slug, { where: parts.length > 0 ? { and: parts } : {}, limit, sort: entity.defaultSort ?? '-createdAt' })) as Row[]
}

const entityHas = (entity: EntityDefinition, name: string) => name === 'number' || entity.fields.some((field) => field.name === name)

/** Colleagues by name, for who may read users; others can choose themselves. */
async function userOptions(reader: Reader, q: string): Promise<OptionHit[]> {
  const parts: Where[] = [
    ...searchWhere(q, ['name', 'email']),
    ...(can(reader.actor, 'read', usersEntity).allowed ? [] : [{ id: { equals: reader.actor.id } }]),
  ]
  const rows = (await reader.store.find('users', { where: parts.length > 0 ? { and: parts } : {}, limit: mostOptions, sort: 'name' })) as unknown as Row[]
  return rows.map((row) => ({ id: row.id, ...titleOf(reader, 'users', row) }))
}

async function readerOf(req: PayloadRequest): Promise<Reader> {
  return {
    platform: platformOf(req.payload), store: openStore(req.payload), actor: await actorOfRequest(req),
    language: req.i18n.language === 'zh' ? 'zh' : 'en',
  }
}
