import type { CollectionSlug, PayloadRequest, Where } from 'payload'
import { hasOrder } from '../../../config/language/fields.ts'
import type { FieldDefinition } from '../../../config/language/entity.ts'
import { actorOfRequest } from '../access/collection-hooks.ts'
import { can, requireRight } from '../access/can.ts'
import { openStore } from '../data/open-store.ts'
import { nameIn } from '../entities/part-name.ts'
import { inReaderLanguage } from '../entities/standard-text.ts'
import { fail } from '../errors.ts'
import { platformOf } from '../platform/platform.ts'
import { isDueSpan, pathOfField } from './due-field.ts'
import { describeEntity, stateView, type EntityView, type StateView } from './entity-view.ts'
import { firmView } from './firm-view.ts'
import { groupedSums, type Asked } from './grouped.ts'
import { searchWhere, whereOf, withoutUnknown, type ListQuery } from './list-query.ts'
import { listedEntity, spansAt } from './listed-entity.ts'
import { loadTitles, referencesOf, type Reader, type Titles } from './titles.ts'

export type ListRow = { readonly id: string } & Readonly<Record<string, unknown>>
export type ListView = {
  readonly entity: EntityView
  readonly query: ListQuery
  /** Spoken values of the shown columns; `state` is the workflow's state, `stateSince` and `stateDue` since when and until when. */
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

/** What every view of an entity's documents begins with: who asks, what is there for that person, and the condition. */
export type Opened = Asked & { readonly entity: EntityView; readonly query: ListQuery; readonly language: 'en' | 'zh'; /** Of a chosen state with states inside: those that documents stand in. */ readonly within?: readonly string[] }

export async function openQuestion(req: PayloadRequest, slug: string, asked: ListQuery): Promise<Opened> {
  const platform = platformOf(req.payload)
  const actor = await actorOfRequest(req)
  const definition = platform.entities.get(slug) ?? fail('unknownEntity', { entity: slug })
  requireRight(actor, 'read', definition)
  const entity = listedEntity({ platform, actor }, definition)
  const query = withoutUnknown(asked, entity)
  const language = req.i18n.language === 'zh' ? 'zh' : 'en'
  const reader: Reader = { platform, store: openStore(req.payload), actor, language }
  const isOfNow = query.filters.some(({ operator, value }) => operator === 'span' && isDueSpan(value))
  const spans = isOfNow ? spansAt(new Date().toISOString(), (await firmView(reader.store)).timeZone) : undefined
  const base: Where[] = [whereOf({ ...query, q: '', state: '' }, entity, spans), ...await wordsWhere(reader, entity, query.q)].filter((part) => Object.keys(part).length > 0)
  const opened = { req, reader, definition, base, entity, query, language } as const
  if (!platform.workflows.get(slug)?.definition.states[query.state]?.states) return opened
  const groups = await groupedSums(opened, { groupBy: ['workflow.state'], fields: [] })
  return { ...opened, within: groups.map((group) => String(group['workflow.state'] ?? '')).filter((state) => topOf(state) === query.state) }
}

/** One page of an entity's list: the page, one count by state (of what has none, the page's own count) and one query for each entity referred to. */
export async function listView(req: PayloadRequest, slug: string, asked: ListQuery): Promise<ListView> {
  const opened = await openQuestion(req, slug, asked)
  const { reader, entity, query } = opened
  const where = whereIn(opened)
  const sort = sortOf(entity, query.sort)
  const columns = shownColumns(entity, query.columns)
  const [page, groups] = await Promise.all([
    findRows(opened, { columns, where, sort, limit: query.limit, page: query.page, counted: entity.states.length === 0 }),
    entity.states.length > 0 ? groupedSums(opened, { groupBy: ['workflow.state'], fields: [] }) : [],
  ])
  const counted = new Map<string, number>()
  for (const group of groups) {
    const state = topOf(String(group['workflow.state'] ?? ''))
    counted.set(state, (counted.get(state) ?? 0) + Number(group.count))
  }
  const total = entity.states.length === 0 ? page.total : query.state ? counted.get(query.state) ?? 0 : [...counted.values()].reduce((sum, count) => sum + count, 0)
  return {
    entity, query, rows: page.rows, where, sort, total, at: new Date().toISOString(),
    states: statesIn(reader, slug, page.rows),
    titles: await loadTitles(reader, referencesOf([...columns, ...filtered(entity, query)], [...page.rows, ...filterRows(query)])),
    counts: Object.fromEntries(entity.states.map(({ name }) => [name, counted.get(name) ?? 0])),
  }
}

/** The whole condition of a question, its state too. */
export function whereIn({ query, base, within = [] }: Opened): Where {
  const parts: Where[] = query.state ? [...base, { 'workflow.state': within.length > 0 ? { in: [...within] } : { equals: query.state } }] : [...base]
  return parts.length > 0 ? { and: parts } : {}
}

/** A state within another counts for the outer one. */
export const topOf = (state: string): string => state.split('.', 1)[0] ?? state

/** The label and colour of every state that the rows are in. */
export function statesIn({ platform }: Reader, slug: string, rows: readonly ListRow[]): Record<string, StateView> {
  const states = new Set(rows.flatMap(({ state }) => (typeof state === 'string' ? [state] : [])))
  return Object.fromEntries([...states].flatMap((state) => { const view = stateView(platform, slug, state); return view ? [[state, view]] : [] }))
}

type RowsQuery = { readonly columns: readonly FieldDefinition[]; readonly where: Where; readonly sort: string; readonly limit: number; readonly page?: number; readonly counted?: boolean }

/** Rows of the named columns as their reader may see them. `counted: false`: of a first page, without how many there are in all. */
export async function findRows({ req, definition, entity, language }: Opened, { columns, where, sort, limit, page = 1, counted = true }: RowsQuery): Promise<{ readonly rows: ListRow[]; readonly total: number }> {
  // Names are shown in the reader's language, as they are wherever something refers to them.
  const inChinese = language === 'zh' && entity.fields.some(({ name }) => name === 'nameZh') && !columns.some(({ name }) => name === 'nameZh')
  const found = await req.payload.find({
    collection: definition.slug as CollectionSlug, depth: 0, overrideAccess: false, req, joins: false, where, limit, page, sort, pagination: counted || page > 1,
    select: { ...Object.fromEntries(columns.filter(({ name }) => pathOfField(name) === name).map(({ name }) => [name, true])), ...(inChinese ? { nameZh: true } : {}), createdAt: true, ...(entity.states.length > 0 ? { workflow: { state: true, since: true, due: true } } : {}) } as never,
  })
  const rows = (found.docs as unknown as Record<string, unknown>[]).map((doc) => row(inReaderLanguage(definition, language, inChinese ? { ...doc, name: nameIn(language, doc) } : doc), columns))
  return { rows, total: found.totalDocs }
}

export function shownColumns(entity: EntityView, chosen: readonly string[]): FieldDefinition[] {
  const names = chosen.length > 0 ? chosen : entity.listColumns
  const known = new Map(entity.fields.map((field) => [field.name, field]))
  return names.flatMap((name) => known.get(name) ?? [])
}

function row(doc: Record<string, unknown>, columns: readonly FieldDefinition[]): ListRow {
  const { state, since, due } = (doc.workflow ?? {}) as { state?: string; since?: string; due?: string | null }
  return {
    id: String(doc.id), ...(state ? { state } : {}), ...(state && since ? { stateSince: since } : {}), ...(state && due ? { stateDue: due } : {}),
    ...Object.fromEntries(columns.filter(({ name }) => pathOfField(name) === name).map(({ name }) => [name, doc[name] ?? null])),
  }
}

/** Relations sort by id, which means nothing to people: only fields with an order of their own. */
export function sortOf(entity: EntityView, sort: string): string {
  const name = sort.replace(/^-/, '')
  if (name === 'state' && entity.states.length > 0) return sort.replace('state', 'workflow.state')
  const field = entity.fields.find((candidate) => candidate.name === name)
  const isSortable = name === 'createdAt' || (field && hasOrder(field))
  return isSortable ? sort.replace(name, pathOfField(name)) : entity.defaultSort
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
