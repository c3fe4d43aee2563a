import type { PayloadRequest } from 'payload'
import { revisions } from '../../../../collections/core/platform.ts'
import type { Language, Text } from '../../../../config/language/text.ts'
import { transitionKeys } from '../../../../workflows/engine/paths.ts'
import type { CompiledWorkflow } from '../../../../workflows/engine/compile.ts'
import { coverWorkflow, scriptOf } from '../../../../workflows/engine/verify/cover.ts'
import type { Actor } from '../../access/actor.ts'
import { can } from '../../access/can.ts'
import { openStore } from '../../data/open-store.ts'
import { fail } from '../../errors.ts'
import { addJob } from '../../jobs/run-jobs.ts'
import { platformOf } from '../../platform/platform.ts'
import { reportOf, walkKind, type WalkTold } from '../../workflow/walks/kept-reports.ts'
import type { WalkProgress, WalkReport } from '../../workflow/walks/walk-report.ts'
import { entityWithLife, targetOf, type Against } from './live-documents.ts'

/** An arrow that was not taken, in words. */
export type Untaken = { readonly transition: string; readonly from: Text; readonly event: Text; readonly why: Text }
export type WalkView = {
  readonly of: Against
  readonly hasDraft: boolean
  /** Null: what is drafted cannot be compiled yet. */
  readonly version: number | null
  readonly status: 'none' | 'waiting' | 'running' | 'done' | 'failed'
  readonly progress: WalkProgress | null
  /** Of this very definition; null: nobody has tried it out. */
  readonly report: (Pick<WalkReport, 'at' | 'seconds' | 'walks' | 'total' | 'taken'> & { readonly untaken: readonly Untaken[] }) | null
  readonly mayStart: boolean
}

/** How far the workflow was tried out, and what came of it. @throws ProblemError 404 for what has no workflow */
export async function walkView({ payload, query }: PayloadRequest, actor: Actor, slug: string): Promise<WalkView> {
  entityWithLife(platformOf(payload), slug)
  const { against: of, target, hasDraft } = await targetOf(payload, slug, query.of, 'of')
  const store = openStore(payload)
  const [job] = await store.find('background-jobs', { where: { and: [{ kind: { equals: walkKind } }, { subject: { equals: slug } }] }, sort: '-dueAt', limit: 1 })
  const report = target ? await reportOf(store, { hash: target.hash, entity: slug }) : null
  const told = (job?.result ?? null) as WalkTold | null
  return {
    of, hasDraft, version: target?.definition.version ?? null, status: job?.status ?? 'none', progress: told && 'progress' in told ? told.progress : null,
    report: report && target ? { at: report.at, seconds: report.seconds, walks: report.walks, total: report.total, taken: report.taken, untaken: untakenOf(target, report) } : null,
    mayStart: can(actor, 'edit', revisions).allowed && target !== undefined,
  }
}

/** Begins to try it out, unless that is under way. @throws ProblemError 404; 409 where the draft cannot be compiled yet */
export async function startWalk(req: PayloadRequest, actor: Actor, { slug, of: given }: { readonly slug: string; readonly of: unknown }): Promise<void> {
  entityWithLife(platformOf(req.payload), slug)
  const { against: of, target } = await targetOf(req.payload, slug, given, 'of')
  if (!target) fail('workflowUnfinished')
  await addJob(req.payload, { kind: walkKind, actor: actor.id, subject: slug, input: { entity: slug, of } })
}

/** The walks as sentences, for a person who tries the workflow out by hand. @throws ProblemError 404; 409 where the draft cannot be compiled yet */
export async function walkScript({ payload, query }: PayloadRequest, slug: string, language: Language): Promise<string> {
  entityWithLife(platformOf(payload), slug)
  const { target } = await targetOf(payload, slug, query.of, 'of')
  if (!target) fail('workflowUnfinished')
  const { walks, covered, missing } = coverWorkflow(target)
  const { label, version } = target.definition
  const head = { en: [`# ${label.en}, version ${version}`, `${walks.length} walks over ${covered.length} of ${covered.length + missing.length} transitions.`], zh: [`# ${label.zh}，版本 ${version}`, `共 ${walks.length} 条走查路径，覆盖 ${covered.length + missing.length} 个流转中的 ${covered.length} 个。`] }[language]
  const walkTitle = (number: number) => ({ en: `## Walk ${number}`, zh: `## 走查路径 ${number}` })[language]
  return [...head, ...walks.map((walk, index) => [walkTitle(index + 1), scriptOf(target, walk).map((step) => step[language]).join('\n')].join('\n\n'))].join('\n\n') + '\n'
}

function untakenOf(compiled: CompiledWorkflow, { transitions }: WalkReport): Untaken[] {
  const keys = new Set(transitionKeys(compiled))
  return transitions.filter(({ transition, taken }) => !taken && keys.has(transition)).map(({ transition, why }) => {
    const node = [...compiled.nodes.values()].find(({ candidates }) => candidates.some(({ key }) => key === transition))
    const name = /\.on\.([^.[\]]+)/.exec(transition)?.[1]
    const event = name === undefined ? undefined : compiled.definition.events[name]
    return { transition, from: node?.definition.label ?? noState, event: event?.label ?? together, why: why ?? noState }
  })
}

const noState: Text = { en: '–', zh: '–' }
/** Taken by itself once everything inside is done. */
const together: Text = { en: 'All inside done', zh: '内部全部完成' }
