import type { CollectionSlug, PayloadRequest, Where } from 'payload'
import type { EntityDefinition, FieldDefinition } from '../../../config/language/entity.ts'
import { actorOfRequest } from '../access/collection-hooks.ts'
import { can, requireRight } from '../access/can.ts'
import { ownedBy } from '../access/own-rows.ts'
import { storedWhere } from '../access/shape-query.ts'
import { openStore } from '../data/open-store.ts'
import { nameIn } from '../entities/part-name.ts'
import { inReaderLanguage } from '../entities/standard-text.ts'
import { fail } from '../errors.ts'
import { platformOf } from '../platform/platform.ts'
import { describeEntity, stateView, type EntityView, type StateView } from './entity-view.ts'
import { searchWhere, whereOf, withoutUnknown, type ListQuery } from './list-query.ts'
import { loadTitles, referencesOf, type Reader, type Titles } from './titles.ts'

export type ListRow = { readonly id: string } & Readonly<Record<string, unknown>>
export type ListView = {
  readonly entity: EntityView
  readonly query: ListQuery
  /** Spoken values of the shown columns; `state` is the workflow's state. */
  readonly rows: readonly ListRow[]
  readonly states: Readonly<Record<string, StateView>>
  readonly titles: Titles
  readonly total: number
  /** Documents by state under all other filters; empty without a workflow. */
  readonly counts: Readonly<Record<string, number>>
  /** The whole condition, for exports of the same rows. */
  readonly where: Where
  /** The order of the rows, by the paths of fields; for exports of the same rows too. */
  readonly sort: string
  /** When it was read, as UTC ISO. */
  readonly at: string
}

/** One page of an entity's list: the page, its count, one count by state and one query for each entity referred to. */
export async function listView(req: PayloadRequest, slug: string, asked: ListQuery): Promise<ListView> {
  const platform = platformOf(req.payload)
  const actor = await actorOfRequest(req)
  const definition = platform.entities.get(slug) ?? fail('unknownEntity', { entity: slug })
  requireRight(actor, 'read', definition)
  const entity = describeEntity({ platform, actor }, definition)
  const query = withoutUnknown(asked, entity)
  const language = req.i18n.language === 'zh' ? 'zh' : 'en'
  const reader: Reader = { platform, store: openStore(req.payload), actor, language }

  const columns = shownColumns(entity, query.columns)
  // Names are shown in the reader's language, as they are wherever something refers to them.
  const inChinese = language === 'zh' && entity.fields.some(({ name }) => name === 'nameZh') && !columns.some(({ name }) => name === 'nameZh')
  const search = await wordsWhere(reader, entity, query.q)
  const base: Where[] = [whereOf({ ...query, q: '', state: '' }, entity), ...search].filter((part) => Object.keys(part).length > 0)
  const where: Where = query.state ? { and: [...base, { 'workflow.state': { equals: query.state } }] } : base.length > 0 ? { and: base } : {}

  const sort = sortOf(entity, query.sort)
  const find = { collection: slug as CollectionSlug, depth: 0, overrideAccess: false, req, joins: false } as const
  const [page, counts] = await Promise.all([
    req.payload.find({
      ...find, where, limit: query.limit, page: query.page, sort,
      select: { ...Object.fromEntries(columns.map(({ name }) => [name, true])), ...(inChinese ? { nameZh: true } : {}), createdAt: true, ...(entity.states.length > 0 ? { workflow: { state: true } } : {}) } as never,
    }),
    countsByState({ req, reader, definition, entity, query, base }),
  ])
  const rows = (page.docs as unknown as Record<string, unknown>[]).map((doc) => row(inReaderLanguage(definition, language, inChinese ? { ...doc, name: nameIn(language, doc) } : doc), columns))
  const states = new Set(rows.flatMap(({ state }) => (typeof state === 'string' ? [state] : [])))
  return {
    entity, query, rows, where, sort, total: page.totalDocs, at: new Date().toISOString(),
    states: Object.fromEntries([...states].flatMap((state) => { const view = stateView(platform, slug, state); return view ? [[state, view]] : [] })),
    titles: await loadTitles(reader, referencesOf([...columns, ...filtered(entity, query)], [...rows, ...filterRows(query)])),
    counts,
  }
}

type Counting = { readonly req: PayloadRequest; readonly reader: Reader; readonly definition: EntityDefinition; readonly entity: EntityView; readonly query: ListQuery; readonly base: readonly Where[] }

/** One grouped count, however many states there are. */
async function countsByState({ req, reader, definition, entity, query, base }: Counting): Promise<Record<string, number>> {
  if (entity.states.length === 0) return {}
  const isPlain = query.filters.every(({ field }) => !entity.fields.find(({ name }) => name === field)?.many)
  if (!isPlain) return countEach({ req, definition, entity, base })
  const asked = await storedWhere(req, definition, { and: [...base] })
  const own = can(reader.actor, 'read', definition).own ? [ownedBy(definition, reader.actor.id)] : []
  const groups = await reader.store.sum(definition.slug, { where: { and: [asked, ...own] }, groupBy: ['workflow.state'], fields: [] })
  const counts = new Map(groups.map((group) => [group['workflow.state'], Number(group.count)]))
  return Object.fromEntries(entity.states.map(({ name }) => [name, counts.get(name) ?? 0]))
}

/** Several values of a field stand in a table of their own, which a grouped count does not ask. */
async function countEach({ req, definition, entity, base }: Pick<Counting, 'req' | 'definition' | 'entity' | 'base'>): Promise<Record<string, number>> {
  return Object.fromEntries(await Promise.all(entity.states.map(async ({ name }) => {
    const where = { and: [...base, { 'workflow.state': { equals: name } }] }
    const { totalDocs } = await req.payload.count({ collection: definition.slug as CollectionSlug, overrideAccess: false, req, where })
    return [name, totalDocs] as const
  })))
}

function shownColumns(entity: EntityView, chosen: readonly string[]): FieldDefinition[] {
  const names = chosen.length > 0 ? chosen : entity.listColumns
  const known = new Map(entity.fields.map((field) => [field.name, field]))
  return names.flatMap((name) => known.get(name) ?? [])
}

function row(doc: Record<string, unknown>, columns: readonly FieldDefinition[]): ListRow {
  const state = (doc.workflow as { state?: string } | undefined)?.state
  return {
    id: String(doc.id), ...(state ? { state } : {}),
    ...Object.fromEntries(columns.map(({ name }) => [name, doc[name] ?? null])),
  }
}

/** Relations sort by id, which means nothing to people: only fields with an order of their own. */
function sortOf(entity: EntityView, sort: string): string {
  const name = sort.replace(/^-/, '')
  if (name === 'state' && entity.states.length > 0) return sort.replace('state', 'workflow.state')
  const field = entity.fields.find((candidate) => candidate.name === name)
  const isSortable = name === 'createdAt' || (field && field.type !== 'relation' && field.type !== 'json')
  return isSortable ? sort : entity.defaultSort
}

/** A word may also name a partner or a part that the document refers to ("Velo" finds Velo's orders). */
async function wordsWhere(reader: Reader, entity: EntityView, q: string): Promise<Where[]> {
  const words = q.trim()
  if (!words) return []
  const own = searchWhere(words, entity.searchFields)
  const related = await Promise.all(
    entity.fields.filter(({ name, type }) => type === 'relation' && entity.listColumns.includes(name)).map(async ({ name, to = '' }) => {
      const target = reader.platform.entities.get(to)
      if (target?.kind !== 'master') return []
      // What one may not read does not answer by whether it matches either.
      const { allowed, own: onlyOwn } = can(reader.actor, 'read', target)
      const { searchFields } = describeEntity(reader, target)
      if (!allowed || searchFields.length === 0) return []
      const mine: Where[] = onlyOwn ? [{ owner: { equals: reader.actor.id } }] : []
      const found = await reader.store.find(to, { where: { and: [...searchWhere(words, searchFields), ...mine] }, limit: mostRelated })
      return found.length > 0 ? [{ [name]: { in: (found as { id: string }[]).map(({ id }) => id) } }] : []
    }),
  )
  const parts: Where[] = [...(own.length > 0 ? [{ and: own }] : []), ...related.flat()]
  return [parts.length > 0 ? { or: parts } : { id: { equals: '' } }]
}

const mostRelated = 200

/** The chips of relation filters show titles too. */
const filtered = (entity: EntityView, query: ListQuery) =>
  entity.fields.filter(({ name, type }) => type === 'relation' && query.filters.some(({ field }) => field === name))
const filterRows = (query: ListQuery) => query.filters.flatMap(({ field, value }) => value.split(',').map((id) => ({ [field]: id })))
