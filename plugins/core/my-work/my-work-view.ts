import type { Endpoint, PayloadRequest } from 'payload'
import type { Text } from '../../../config/language/text.ts'
import { actorOfRequest } from '../access/collection-hooks.ts'
import type { WaitingRow } from '../approvals/waiting.ts'
import { openStore } from '../data/open-store.ts'
import type { Row } from '../data/store.ts'
import { dateIn } from '../engine/dates.ts'
import { groupBy } from '../engine/group-by.ts'
import { workRows, type WorkRow } from '../home/work.ts'
import { platformOf } from '../platform/platform.ts'
import { firmView } from '../views/firm-view.ts'
import { titleOf } from '../views/titles.ts'
import { findWork, type Urgency, type Waiting, type WorkQuestion } from './find-work.ts'

export type MyWorkRow = WorkRow & {
  readonly entity: string
  readonly entityLabel: Text
  readonly reasons: readonly Text[]
  /** A day or a moment. */
  readonly due: string | null
  readonly since: string | null
  readonly urgency: Urgency
  readonly approval: Pick<WaitingRow, 'approval' | 'hash' | 'submitter'> | null
}
export type MyWorkView = {
  readonly rows: readonly MyWorkRow[]
  /** Of what is asked for. */
  readonly total: number
  readonly page: number
  readonly pages: number
  /** There is more than is looked at of some source: what is listed is the most urgent of it. */
  readonly isCut: boolean
  /** Of all that waits, by entity; the most first. */
  readonly entities: readonly { readonly slug: string; readonly labels: Text; readonly count: number; readonly overdue: number }[]
  readonly overdue: number
  readonly today: string
  readonly at: string
}

const rowsPerPage = 50
/** More words than anyone types. */
const longestWords = 200

/** GET /my-work?entity=…&q=…&page=…: all that waits for who asks. */
export const myWorkEndpoints: Endpoint[] = [
  { method: 'get', path: '/my-work', handler: async (req) => Response.json(await myWorkView(req, new URL(req.url ?? '/', 'http://localhost').searchParams)) },
]

export async function myWorkView(req: PayloadRequest, params: URLSearchParams): Promise<MyWorkView> {
  const { question, exponent } = await openWork(req)
  const { payload, actor, language, today, at } = question
  const platform = platformOf(payload)
  const store = openStore(payload)
  const { waiting, isCut } = await findWork(question)
  const entity = params.get('entity')
  const words = (params.get('q') ?? '').slice(0, longestWords).trim().toLowerCase().split(/\s+/).filter(Boolean)
  const ofEntity = entity ? waiting.filter((one) => one.entity === entity) : waiting
  const asked = words.length > 0 ? await withWords(ofEntity) : ofEntity
  const pages = Math.max(1, Math.ceil(asked.length / rowsPerPage))
  const page = Math.min(pages, Math.max(1, Math.floor(Number(params.get('page')) || 1)))
  const shown = asked.slice((page - 1) * rowsPerPage, page * rowsPerPage)
  const counted = groupBy(waiting, (one) => one.entity)
  return {
    rows: await described(shown), total: asked.length, page, pages, isCut, today, at, overdue: asked.filter(({ urgency }) => urgency === 'overdue').length,
    entities: [...counted].flatMap(([slug, own]) => {
      const labels = platform.entities.get(slug)?.labels
      return labels ? [{ slug, labels, count: own.length, overdue: own.filter(({ urgency }) => urgency === 'overdue').length }] : []
    }).toSorted((a, b) => b.count - a.count),
  }

  /** One query for each entity, however many documents. */
  async function loaded(some: readonly Waiting[]): Promise<ReadonlyMap<string, ReadonlyMap<string, Row>>> {
    return new Map(await Promise.all([...groupBy(some, (one) => one.entity)].map(async ([slug, own]) => [slug, (await store.byIds<string>(slug, own.map(({ id }) => id))) as ReadonlyMap<string, Row>] as const)))
  }

  async function withWords(some: readonly Waiting[]): Promise<Waiting[]> {
    const rows = await loaded(some)
    return some.filter((one) => {
      const row = rows.get(one.entity)?.get(one.id)
      const title = row && titleOf({ platform, actor, language }, one.entity, row)
      const text = `${title?.title ?? ''} ${title?.hint ?? ''} ${platform.entities.get(one.entity)?.label[language] ?? ''} ${one.reasons.map((reason) => reason[language]).join(' ')}`.toLowerCase()
      return words.every((word) => text.includes(word))
    })
  }

  async function described(some: readonly Waiting[]): Promise<MyWorkRow[]> {
    const documents = await loaded(some)
    const lines = new Map((await Promise.all([...groupBy(some, (one) => one.entity)].map(async ([slug, own]) => {
      const definition = platform.entities.get(slug)
      const rows = own.flatMap(({ id }) => documents.get(slug)?.get(id) ?? [])
      const byId = new Map(own.map((one) => [one.id, one]))
      const found = definition ? await workRows({ payload, actor, language, exponent }, { entity: definition, rows, dateField: ({ id }) => byId.get(id)?.dateField, reasonOf: () => null, eventOf: ({ id }) => (byId.get(id)?.approval ? null : byId.get(id)?.event ?? null) }) : []
      return found.map((line) => [`${slug} ${line.id}`, line] as const)
    }))).flat())
    return some.flatMap((one): MyWorkRow[] => {
      const line = lines.get(`${one.entity} ${one.id}`)
      const definition = platform.entities.get(one.entity)
      if (!line || !definition) return []
      const { entity: slug, reasons, due, since, urgency, approval } = one
      return [{ ...line, entity: slug, entityLabel: definition.label, reasons, due, since, urgency, approval: approval && { approval: approval.approval, hash: approval.hash, submitter: approval.submitter } }]
    })
  }
}

/** How many documents wait for this person, by entity; under `*` all of them, under `approvals` those whose approval is asked for. */
export async function waitingView(req: PayloadRequest): Promise<Readonly<Record<string, number>>> {
  const { waiting } = await findWork((await openWork(req)).question)
  return { ...Object.fromEntries([...groupBy(waiting, ({ entity }) => entity)].map(([slug, own]) => [slug, own.length])), '*': waiting.length, approvals: waiting.filter(({ approval }) => approval).length }
}

async function openWork(req: PayloadRequest): Promise<{ readonly question: WorkQuestion; readonly exponent: number }> {
  const { payload } = req
  const { timeZone, exponent } = await firmView(openStore(payload))
  const at = new Date().toISOString()
  return { exponent, question: { payload, actor: await actorOfRequest(req), language: req.i18n.language === 'zh' ? 'zh' : 'en', today: dateIn({ zone: timeZone, at }), at } }
}
