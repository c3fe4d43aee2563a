import type { PayloadRequest } from 'payload'
import type { Text } from '../../../config/language/text.ts'
import type { CompiledWorkflow } from '../../../workflows/engine/compile.ts'
import { mergeSketches, quantile, type Sketch } from '../../../workflows/engine/lives/sketch.ts'
import type { MoveTally, StateTally, Tally } from '../../../workflows/engine/lives/tally.ts'
import { wayOf, type Deviation } from '../../../workflows/engine/lives/ways.ts'
import { actorOfRequest } from '../access/collection-hooks.ts'
import { can, requireRight } from '../access/can.ts'
import { pictureOf, type WorkflowPicture } from '../api/workflows.ts'
import { openStore } from '../data/open-store.ts'
import { addDays, dateIn } from '../engine/dates.ts'
import { fail, failQuestion } from '../errors.ts'
import { platformOf, type Platform } from '../platform/platform.ts'
import { stateView, type StateView } from '../views/entity-view.ts'
import { firmView } from '../views/firm-view.ts'
import { formerEvent } from '../workflow/former-states.ts'
import { countLives, documentsOf, documentsPerBatch, nothingCounted, type Counted, type LivesQuestion } from './count-lives.ts'
import { beginCount, countsOf } from './process-job.ts'

/** Milliseconds. */
export type TimeView = { readonly median: number | null; readonly most: number | null; readonly longest: number | null }
export type StateFigures = TimeView & Pick<StateTally, 'visits' | 'rework' | 'documents' | 'again'> & {
  readonly state: StateView
  /** The definition of now has it. */
  readonly known: boolean
  /** Visits that ended, of which the times are. */
  readonly ended: number
}
export type WayFigures = TimeView & {
  readonly from: StateView | null
  readonly to: StateView
  readonly event: string | null
  readonly label: Text
  readonly count: number
  /** Arrows of the picture that it takes; empty for a begin and for a deviation. */
  readonly arrows: readonly string[]
  readonly deviation: Deviation | null
  /** Numbers of the versions under which it happened; null: not known. */
  readonly versions: readonly (number | null)[]
}
export type ProcessView = {
  readonly entity: { readonly slug: string; readonly labels: Text }
  readonly picture: WorkflowPicture
  readonly period: Period
  /** UTC ISO; empty: all time. */
  readonly from: string
  /** When it was counted; null: not yet. */
  readonly at: string | null
  readonly counting: { readonly looked: number; readonly total: number } | null
  readonly documents: number
  readonly rows: number
  readonly versions: readonly { readonly hash: string; readonly version: number | null; readonly moves: number }[]
  /** The one that is shown; null: all. */
  readonly version: string | null
  readonly states: readonly StateFigures[]
  readonly ways: readonly WayFigures[]
  readonly weeks: readonly { readonly week: string; readonly begun: number; readonly ended: number }[]
  readonly whole: TimeView & { readonly count: number }
}

export const periods = { month: 30, quarter: 90, year: 365, all: null } as const satisfies Record<string, number | null>
export type Period = keyof typeof periods

/** So many documents are counted while one waits; more are counted by a job, whose result is kept. */
const countedAtOnce = 2_000
const keptMilliseconds = 15 * 60_000

/** What has really happened to the documents of an entity that the reader may see, over the life that is drawn. */
export async function processView(req: PayloadRequest, slug: string, params: URLSearchParams): Promise<ProcessView> {
  const { platform, entity, current, question, period } = await openProcess(req, slug, params)
  const { counted, at, counting } = await countedLives(req, question, { period, isAsked: params.get('again') === 'true' })
  const store = openStore(req.payload)
  const { tally, rows } = counted
  const hashes = Object.keys(tally.versions)
  const stored = hashes.length === 0 ? [] : await store.find('definitions', { where: { hash: { in: hashes } } })
  const numbers = new Map([...stored.map(({ hash, body }) => [hash, Number((body as { version?: unknown }).version)] as const), [current.hash, current.definition.version] as const])
  const chosen = params.get('version') || null
  const version = chosen !== null && hashes.includes(chosen) ? chosen : null
  const shown = version === null ? hashes : [version]
  return {
    entity: { slug, labels: entity.labels }, picture: pictureOf(current, entity, current), period, from: question.from, at, counting,
    documents: tally.documents, rows, version,
    versions: hashes.map((hash) => ({ hash, version: numbers.get(hash) ?? null, moves: Object.values(tally.versions[hash]?.moves ?? {}).reduce((sum, { count }) => sum + count, 0) })).toSorted((a, b) => (b.version ?? 0) - (a.version ?? 0)),
    states: statesOf(platform, current, tally, shown), ways: waysOf(platform, current, tally, { shown, numbers }),
    weeks: Object.entries(tally.weeks).map(([week, figures]) => ({ week, ...figures })).toSorted((a, b) => (a.week < b.week ? -1 : 1)),
    whole: { count: tally.whole.count, ...timeOf([tally.whole]) },
  }
}

/** What every question about a process begins with: its entity, whether one may read it, and which documents it is about. */
export async function openProcess(req: PayloadRequest, slug: string, params: URLSearchParams) {
  const platform = platformOf(req.payload)
  const entity = platform.entities.get(slug) ?? fail('unknownEntity', { entity: slug })
  const actor = await actorOfRequest(req)
  requireRight(actor, 'read', entity)
  const current = platform.workflows.get(slug) ?? fail('notFound', { entity: { en: 'workflow', zh: '流程' }, id: slug })
  const asked = params.get('period') ?? 'quarter'
  const period = Object.hasOwn(periods, asked) ? asked as Period : failQuestion('period', { en: `period must be one of ${Object.keys(periods).join(', ')}.`, zh: `period 必须是 ${Object.keys(periods).join('、')} 之一。` })
  const days = periods[period]
  const { timeZone } = await firmView(openStore(req.payload))
  const from = days === null ? '' : `${addDays(dateIn({ zone: timeZone, at: new Date() }), -days)}T00:00:00.000Z`
  const question: LivesQuestion = { entity: slug, from: from || new Date(0).toISOString(), owner: can(actor, 'read', entity).own ? actor.id : null }
  return { platform, entity, actor, current, question, period }
}

async function countedLives(req: PayloadRequest, question: LivesQuestion, { period, isAsked }: { readonly period: Period; readonly isAsked: boolean }): Promise<{ readonly counted: Counted; readonly at: string | null; readonly counting: ProcessView['counting'] }> {
  const { payload } = req
  const store = openStore(payload)
  if ((await store.count(question.entity, documentsOf({ ...question, from: new Date(0).toISOString() }))) <= countedAtOnce) {
    // One batch more than there are, for those that are made meanwhile.
    return { counted: await countLives(payload, question, { batches: Math.ceil(countedAtOnce / documentsPerBatch) + 1 }), at: new Date().toISOString(), counting: null }
  }
  const subject = `${question.entity} ${period} ${question.owner ?? 'all'}`
  const { done, open } = await countsOf(payload, subject)
  const isOld = done === undefined || isAsked || Date.now() - Date.parse(done.endedAt ?? done.dueAt) > keptMilliseconds
  if (open === undefined && isOld) await beginCount(payload, { question, subject, actor: (await actorOfRequest(req)).id })
  const underWay = (open?.result ?? undefined) as Counted | undefined
  return {
    counted: (done?.result as Counted | null | undefined) ?? nothingCounted(), at: done?.endedAt ?? null,
    counting: open !== undefined || isOld ? { looked: underWay?.looked ?? 0, total: await store.count(question.entity, documentsOf(question)) } : null,
  }
}

const timeOf = (sketches: readonly Sketch[]): TimeView => {
  const all = mergeSketches(sketches)
  return { median: quantile(all, 0.5), most: quantile(all, 0.85), longest: all.count === 0 ? null : all.max }
}

/** The states of the definition of now in its order, then those of others. */
function statesOf(platform: Platform, current: CompiledWorkflow, tally: Tally, shown: readonly string[]): StateFigures[] {
  const found = new Map<string, StateTally[]>()
  for (const hash of shown) for (const [state, own] of Object.entries(tally.versions[hash]?.states ?? {})) found.set(state, [...(found.get(state) ?? []), own])
  const order = [...current.nodes.keys()]
  const place = (state: string) => { const at = order.indexOf(state.split('|')[0] ?? ''); return at < 0 ? order.length : at }
  return [...found].toSorted(([a], [b]) => place(a) - place(b)).flatMap(([name, parts]) => {
    const state = stateView(platform, current.definition.entity, name)
    const sum = (pick: (part: StateTally) => number) => parts.reduce((all, part) => all + pick(part), 0)
    return state ? [{
      state, known: current.configuration(name) !== undefined, visits: sum(({ visits }) => visits), rework: sum(({ rework }) => rework), documents: sum(({ documents }) => documents), again: sum(({ again }) => again),
      ended: sum(({ time }) => time.count), ...timeOf(parts.map(({ time }) => time)),
    }] : []
  })
}

type Versions = { readonly shown: readonly string[]; readonly numbers: ReadonlyMap<string, number> }

function waysOf(platform: Platform, current: CompiledWorkflow, tally: Tally, { shown, numbers }: Versions): WayFigures[] {
  const slug = current.definition.entity
  const found = new Map<string, { readonly move: MoveTally; readonly parts: MoveTally[]; readonly hashes: string[] }>()
  for (const hash of shown) {
    for (const [key, move] of Object.entries(tally.versions[hash]?.moves ?? {})) {
      const known = found.get(key) ?? { move, parts: [], hashes: [] }
      found.set(key, known)
      known.parts.push(move)
      known.hashes.push(hash)
    }
  }
  return [...found.values()].flatMap(({ move, parts, hashes }): WayFigures[] => {
    const to = stateView(platform, slug, move.to)
    const way = wayOf(current, move)
    return to ? [{
      from: stateView(platform, slug, move.from), to, event: move.event, label: labelOf(platform, current, move), count: parts.reduce((sum, { count }) => sum + count, 0), ...timeOf(parts.map(({ time }) => time)),
      arrows: 'arrows' in way ? way.arrows : [], deviation: 'deviation' in way ? way.deviation : null, versions: [...new Set(hashes.map((hash) => numbers.get(hash) ?? null))],
    }] : []
  }).toSorted((a, b) => b.count - a.count)
}

function labelOf(platform: Platform, { definition }: CompiledWorkflow, { kind, event }: MoveTally): Text {
  if (event === null) return kindLabels[kind === 'event' ? 'unexplained' : kind]
  const known = Object.hasOwn(definition.events, event) ? definition.events[event]?.label : formerEvent(platform, definition.entity, event)
  return known ?? { en: event, zh: event }
}

const kindLabels = {
  create: { en: 'Created', zh: '新建' }, import: { en: 'Imported', zh: '导入' }, migrate: { en: 'Moved to another version', zh: '迁移到其他版本' },
  unexplained: { en: 'Moved without an action', zh: '未经操作的流转' },
} as const satisfies Record<string, Text>
