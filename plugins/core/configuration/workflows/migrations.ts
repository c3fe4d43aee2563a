import type { Payload, PayloadRequest } from 'payload'
import type { Finding } from '../../../../config/language/refusal.ts'
import type { CompiledWorkflow } from '../../../../workflows/engine/compile.ts'
import { fateOf, type StateMap } from '../../../../workflows/engine/migrate.ts'
import type { Actor } from '../../access/actor.ts'
import { newId } from '../../commands/context.ts'
import { transact } from '../../commands/transact.ts'
import { openStore } from '../../data/open-store.ts'
import type { Store } from '../../data/store.ts'
import { fail, failInput } from '../../errors.ts'
import { addJob, addJobWithin, wakeJobs } from '../../jobs/run-jobs.ts'
import { platformOf } from '../../platform/platform.ts'
import { workflowByHash } from '../../workflow/pinned.ts'
import { entityWithLife, targetOf } from './live-documents.ts'
import { migrateKind, revertKind } from './migration-job.ts'
import { replayKind } from './replay-job.ts'

type Body = Readonly<Record<string, unknown>>

/** Has all histories replayed on the draft, or on what is published. @throws ProblemError 404; 409 where the draft cannot be compiled yet; 422 for a map that leads nowhere */
export async function startReplay({ payload }: PayloadRequest, actor: Actor, { slug, against, map }: { readonly slug: string } & Body): Promise<void> {
  entityWithLife(platformOf(payload), slug)
  const { target } = await targetOf(payload, slug, against)
  if (!target) fail('workflowUnfinished')
  await addJob(payload, { kind: replayKind, actor: actor.id, subject: slug, input: { entity: slug, definition: target.definition as never, map: mapOf(map, target) } })
}

/**
 * Begins to move every document under way to the version that is published. `to`: its hash, as whoever plans it has seen it.
 * @throws ProblemError 404; 409 when another version is published by now, the former plan was neither confirmed nor taken back, or nothing would move; 422 for
 * a map that leads nowhere, or from where no version knows
 */
export async function startMigration({ payload }: PayloadRequest, actor: Actor, { slug, to, map }: { readonly slug: string } & Body): Promise<{ readonly id: string }> {
  entityWithLife(platformOf(payload), slug)
  const target = platformOf(payload).workflows.get(slug)
  if (!target || to !== target.hash) fail('otherWorkflowVersion', { version: target?.definition.version ?? 0 })
  const plan = mapOf(map, target)
  await requireMoves(payload, { slug, target, plan })
  const id = newId()
  await transact(payload, { actor }, async ({ store, now }) => {
    const open = await store.findOne('workflow-migrations', { and: [{ entity: { equals: slug } }, { status: { not_in: ['confirmed', 'reverted'] } }] })
    if (open) fail('migrationOpen')
    await store.insert('workflow-migrations', { id, entity: slug, toHash: target.hash, map: plan, status: 'running', told: null, actor: actor.id, at: now })
    await addJobWithin(store, { kind: migrateKind, actor: actor.id, subject: id, input: { migration: id } }, now)
  })
  wakeJobs(payload)
  return { id }
}

/** From then on it is not taken back any more. @throws ProblemError 404; 409 while it runs, or when it is over */
export const confirmMigration = (req: PayloadRequest, actor: Actor, plan: Plan): Promise<void> => decide(req.payload, actor, { ...plan, from: ['done', 'failed'] }, async (store, now) => {
  await store.update('workflow-migrations', plan.id, { status: 'confirmed', endedAt: now })
})

/** Begins to take its documents back to where they stood. @throws ProblemError 404; 409 while it runs, or when it is over */
export const revertMigration = (req: PayloadRequest, actor: Actor, plan: Plan): Promise<void> => decide(req.payload, actor, { ...plan, from: ['done', 'failed'] }, async (store, now) => {
  await store.update('workflow-migrations', plan.id, { status: 'reverting', told: null, endedAt: null })
  await addJobWithin(store, { kind: revertKind, actor: actor.id, subject: plan.id, input: { migration: plan.id } }, now)
})

type Plan = { readonly slug: string; readonly id: string }

async function decide(payload: Payload, actor: Actor, { slug, id, from }: Plan & { readonly from: readonly string[] }, then: (store: Store, now: string) => Promise<void>): Promise<void> {
  await transact(payload, { actor }, async ({ store, now }) => {
    const found = await store.get('workflow-migrations', id)
    if (found?.entity !== slug) fail('notFound', { entity: { en: 'migration', zh: '迁移' }, id: id.slice(0, 60) })
    if (!from.includes(found.status)) fail('migrationNotOpen')
    await then(store, now)
  })
  wakeJobs(payload)
}

/** A plan that moves nobody would only stand in the way of the next one: mostly a name in it is misspelt. */
async function requireMoves(payload: Payload, { slug, target, plan }: { readonly slug: string; readonly target: CompiledWorkflow; readonly plan: StateMap }): Promise<void> {
  const store = openStore(payload)
  const groups = (await store.sum(slug, { groupBy: ['workflow.definitionHash', 'workflow.state'], fields: [] }))
    .flatMap(({ 'workflow.definitionHash': hash, 'workflow.state': state }) => (typeof hash === 'string' && typeof state === 'string' && hash !== target.hash ? [{ hash, state }] : []))
  const versions = new Map<string, CompiledWorkflow>()
  for (const { hash } of groups) if (!versions.has(hash)) versions.set(hash, await workflowByHash(platformOf(payload), store, hash))
  const unknown = Object.keys(plan).filter((from) => ![...versions.values()].some((version) => version.configuration(from)))
  if (groups.length > 0 && unknown.length > 0) failInput(unknown.slice(0, 50).map((from): Finding => ({
    code: 'noSuchState', path: `map.${from.slice(0, 60)}`, severity: 'error',
    message: { en: `No version that documents run under has a state “${from.slice(0, 60)}”. Choose one of those listed.`, zh: `在途单据所用的版本中都没有状态“${from.slice(0, 60)}”，请从列表中选择。` },
  })))
  const moves = groups.some(({ hash, state }) => fateOf(target, state, plan).kind !== 'staying' && !versions.get(hash)?.configuration(state)?.done)
  if (!moves) fail('nothingToMove')
}

const mostStates = 500

function mapOf(given: unknown, target: CompiledWorkflow): StateMap {
  if (given === undefined) return {}
  if (typeof given !== 'object' || given === null || Array.isArray(given) || Object.keys(given).length > mostStates) failInput([misshapenMap])
  const wrong = Object.entries(given).filter(([, to]) => typeof to !== 'string' || !target.configuration(to))
  if (wrong.length > 0) failInput(wrong.slice(0, 50).map(([from, to]): Finding => ({
    code: 'noSuchState', path: `map.${from.slice(0, 60)}`, severity: 'error',
    message: { en: `“${String(to).slice(0, 60)}” is no state of that version. Choose one that it has.`, zh: `该版本中没有状态“${String(to).slice(0, 60)}”，请选择已有状态。` },
  })))
  return given as StateMap
}

const misshapenMap: Finding = { code: 'misshapen', path: 'map', severity: 'error', message: { en: 'The map says for each old state the new one: {"checking": "review"}.', zh: 'map 须写明旧状态对应的新状态，例如 {"checking": "review"}。' } }
