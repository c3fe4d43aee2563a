import type { Payload } from 'payload'
import type { EntityDefinition } from '../../../config/language/entity.ts'
import type { Text } from '../../../config/language/text.ts'
import { systemActor, type Actor } from '../access/actor.ts'
import { can, requireRight } from '../access/can.ts'
import { transact } from '../commands/transact.ts'
import { openStore } from '../data/open-store.ts'
import type { Row } from '../data/store.ts'
import { fail, ProblemError } from '../errors.ts'
import { nudgeRunner } from '../events/nudge.ts'
import { unfinished, type JobKind } from '../jobs/job-kind.ts'
import { addJob } from '../jobs/run-jobs.ts'
import { isComputing } from '../forms/compile-form.ts'
import { platformOf, type Platform } from '../platform/platform.ts'
import { isExtensible } from '../platform/revision-findings.ts'
import { recompute, recomputed } from './recompute.ts'

/** How far it is, and what came of it. Every record that was changed has it in its history. */
export type Recomputation = {
  readonly total: number
  readonly done: number
  readonly changed: number
  /** Records whose rules give what their field cannot hold, or that could not be stored, at most `mostProblems`; `failed` counts all. */
  readonly failed: number
  readonly problems: readonly { readonly id: string; readonly title: string; readonly message: Text }[]
  /** Id of the last record that was seen to. */
  readonly after: string
}
export type RecomputationView = { readonly status: 'none' | 'waiting' | 'running' | 'done' | 'failed'; readonly at: string | null; readonly told: Recomputation | null; readonly mayStart: boolean }

const kind = 'recompute'
const batch = 200
const mostProblems = 500
/** After so long others of the queue have their turn; it goes on where it stood. */
const turnMilliseconds = 5_000
const nothing: Recomputation = { total: 0, done: 0, changed: 0, failed: 0, problems: [], after: '' }

/** Records that were there before a formula was published: computed as if each had been changed. */
export const recomputeJob: JobKind = {
  name: kind, label: { en: 'Compute anew', zh: '重新计算' },
  async run({ payload, input, signal, told, tell }) {
    const began = Date.now()
    const entity = computedOf(platformOf(payload), String((input as { entity?: unknown }).entity))
    if (!entity) return nothing
    const store = openStore(payload)
    let now: Recomputation = { ...nothing, total: await store.count(entity.slug, {}), ...(told as Recomputation | null) }
    for (;;) {
      signal.throwIfAborted()
      const rows = await store.find(entity.slug, { where: { id: { greater_than: now.after } }, sort: 'id', limit: batch }) as Row[]
      if (rows.length === 0) return now
      now = await seeTo(payload, entity, { rows, now })
      await tell(now)
      nudgeRunner(payload)
      if (Date.now() - began > turnMilliseconds) return unfinished
    }
  },
}

async function seeTo(payload: Payload, entity: EntityDefinition, { rows, now }: { readonly rows: readonly Row[]; readonly now: Recomputation }): Promise<Recomputation> {
  // Most records stand as they should: these are found together, without being locked.
  const differ = await transact(payload, { actor: systemActor }, async (context) => {
    const found: string[] = []
    for (const row of rows) {
      const { head, lines } = await recomputed(context, entity, row)
      if ([head, ...lines].some(({ isChanged, findings }) => isChanged || findings.length > 0)) found.push(row.id)
    }
    return found
  })
  let { changed, failed, problems } = now
  const note = (id: string, title: string, message: Text) => {
    failed += 1
    if (problems.length < mostProblems) problems = [...problems, { id, title, message }]
  }
  for (const id of differ) {
    try {
      const { isChanged, findings: [wrong], title } = await transact(payload, { actor: systemActor }, (context) => recompute(context, entity, id))
      if (isChanged) changed += 1
      if (wrong) note(id, title, wrong.message)
    } catch (error) {
      if (!(error instanceof ProblemError) || error.problem.status >= 500) throw error
      note(id, String(rows.find((row) => row.id === id)?.[entity.titleField] ?? id), error.problem.findings?.[0]?.message ?? error.problem.message)
    }
  }
  return { ...now, changed, failed, problems, done: now.done + rows.length, after: rows.at(-1)?.id ?? now.after }
}

/** What holds the values of a form, where its rules compute any: lines belong to their document. */
function computedOf({ entities, forms }: Platform, slug: string): EntityDefinition | undefined {
  const entity = entities.get(slug)
  if (!entity || !isExtensible(entity)) return undefined
  return forms.get(slug)?.steps.some(isComputing) ? entities.get(entity.parent?.entity ?? slug) : undefined
}

/** @throws ProblemError 403 for whoever may not edit all records of the form; 404 where nothing is computed */
export async function startRecomputation(payload: Payload, actor: Actor, slug: string): Promise<RecomputationView> {
  const platform = platformOf(payload)
  const form = platform.entities.get(slug)
  const entity = computedOf(platform, slug) ?? (form && isExtensible(form) ? fail('nothingComputed', { entity: form.labels }) : fail('unknownEntity', { entity: slug.slice(0, 60) }))
  requireRight(actor, 'edit', entity)
  if (can(actor, 'edit', entity).own) fail('forbidden', { action: recomputeJob.label, entity: entity.labels })
  await addJob(payload, { kind, actor: actor.id, subject: entity.slug, input: { entity: slug } })
  return recomputationView(payload, actor, slug)
}

/** How the last one of a form goes, or went. */
export async function recomputationView(payload: Payload, actor: Actor, slug: string): Promise<RecomputationView> {
  const entity = computedOf(platformOf(payload), slug)
  if (!entity) return { status: 'none', at: null, told: null, mayStart: false }
  const [job] = await openStore(payload).find('background-jobs', { where: { and: [{ kind: { equals: kind } }, { subject: { equals: entity.slug } }] }, sort: '-dueAt', limit: 1 })
  const { allowed, own } = can(actor, 'edit', entity)
  const maySee = can(actor, 'read', entity)
  const told = (job?.result ?? null) as Recomputation | null
  const isSeen = maySee.allowed && !maySee.own
  return { status: job?.status ?? 'none', at: job?.endedAt ?? job?.startedAt ?? null, told: !told || isSeen ? told : { ...told, problems: [] }, mayStart: allowed && !own }
}
