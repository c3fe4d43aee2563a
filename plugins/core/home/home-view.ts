import type { Endpoint, PayloadRequest } from 'payload'
import type { Text } from '../../../config/language/text.ts'
import type { Actor } from '../access/actor.ts'
import { actorOfRequest } from '../access/collection-hooks.ts'
import { can, hiddenFields } from '../access/can.ts'
import { waitingFor, type WaitingView } from '../approvals/waiting.ts'
import { openStore } from '../data/open-store.ts'
import { dateIn } from '../engine/dates.ts'
import { formatDecimal } from '../engine/decimal.ts'
import { groupBy } from '../engine/group-by.ts'
import { platformOf, type Platform } from '../platform/platform.ts'
import { firmView } from '../views/firm-view.ts'
import type { Chart, Figure, FigureResult, FigureSource, Measure } from './home-parts.ts'
import { workFor, type WorkListView } from './work.ts'

/** A measure as people read it: money as a decimal text, the rest as whole numbers. */
export type SpokenMeasure = { readonly kind: Measure['kind']; readonly value: string }
export type FigureView = Pick<Figure, 'name' | 'label' | 'meaning'> & Pick<FigureResult, 'tone' | 'verdict'> & {
  readonly measure: SpokenMeasure
  readonly sources: readonly (Pick<FigureSource, 'label' | 'entity' | 'query'> & SpokenMeasure)[]
}
export type ChartView = Pick<Chart, 'name' | 'label' | 'meaning' | 'kind' | 'series'> & {
  readonly rows: readonly { readonly from: string; readonly label?: Text; readonly values: readonly string[] }[]
}
export type StepView = { readonly name: string; readonly label: Text; readonly help: Text; readonly href: string; readonly done: boolean }
export type HomeView = {
  readonly today: string
  readonly at: string
  readonly approvals: WaitingView
  readonly work: readonly WorkListView[]
  readonly figures: readonly FigureView[]
  readonly charts: readonly ChartView[]
  /** Empty once all is done, and for who cannot do them. */
  readonly steps: readonly StepView[]
}

export const homeEndpoints: Endpoint[] = [
  { method: 'get', path: '/home', handler: async (req) => Response.json(await homeView(req)) },
]

const approvalsAtHome = 5

/** The start page of one person: what waits, how the firm stands, what is still to be set up. */
export async function homeView(req: PayloadRequest): Promise<HomeView> {
  const actor = await actorOfRequest(req)
  const platform = platformOf(req.payload)
  const store = openStore(req.payload)
  const { timeZone, exponent } = await firmView(store)
  const at = new Date().toISOString()
  const today = dateIn({ zone: timeZone, at })
  const language = req.i18n.language === 'zh' ? 'zh' : 'en'
  const spoken = ({ kind, value }: Measure): SpokenMeasure => ({ kind, value: kind === 'money' ? formatDecimal(value, exponent, { minDigits: exponent }) : String(value) })
  const approvals = await waitingFor(req.payload, { actor, language })
  const [work, figures, charts, steps] = await Promise.all([
    workFor({ payload: req.payload, actor, language, today, exponent }, groupBy(approvals.rows, (row) => row.entity)),
    Promise.all(platform.figures.filter(({ reads }) => readsAll(platform, actor, reads)).map(async ({ name, label, meaning, ...figure }): Promise<FigureView> => {
      const { tone, verdict, measure, sources } = await figure.load(store, { today })
      return { name, label, meaning, tone, verdict, measure: spoken(measure), sources: sources.filter(({ entity }) => entity === undefined || readsAll(platform, actor, [entity])).map(({ kind, value, ...source }) => ({ ...source, ...spoken({ kind, value }) })) }
    })),
    Promise.all(platform.charts.filter(({ reads }) => readsAll(platform, actor, reads)).map(async ({ name, label, meaning, kind, series, ...chart }): Promise<ChartView> => {
      const rows = await chart.load(store, { today })
      return { name, label, meaning, kind, series, rows: rows.map(({ values, ...row }) => ({ ...row, values: values.map((value) => spoken({ kind, value }).value) })) }
    })),
    stepsFor(req, platform, actor),
  ])
  return { today, at, approvals: { ...approvals, rows: approvals.rows.slice(0, approvalsAtHome) }, work, figures, charts, steps }
}

/** `entity` or `entity.field`. A figure adds up all documents, so who sees only own ones does not see it. */
function readsAll(platform: Platform, actor: Actor, paths: readonly string[]): boolean {
  return paths.every((path) => {
    const [slug = '', field] = path.split('.')
    const entity = platform.entities.get(slug)
    if (!entity) return false
    const { allowed, own } = can(actor, 'read', entity)
    return allowed && !own && (field === undefined || !hiddenFields(actor, entity).has(field))
  })
}

async function stepsFor({ payload }: PayloadRequest, platform: Platform, actor: Actor): Promise<StepView[]> {
  if (!actor.roles.includes('owner')) return []
  const store = openStore(payload)
  const steps = await Promise.all(platform.firstSteps.map(async ({ name, label, help, entity, where, atLeast = 1, at }): Promise<StepView> => ({
    name, label, help, href: at ?? `/admin/collections/${entity}`, done: (await store.count(entity, where)) >= atLeast,
  })))
  return steps.every(({ done }) => done) ? [] : steps
}
