import type { PayloadRequest } from 'payload'
import { revisions } from '../../../../collections/core/platform.ts'
import type { EntityDefinition } from '../../../../config/language/entity.ts'
import type { Text } from '../../../../config/language/text.ts'
import type { WorkflowDefinition } from '../../../../config/language/workflow.ts'
import { checkDefinition } from '../../../../workflows/engine/check-definition.ts'
import { compileWorkflow, type CompiledWorkflow } from '../../../../workflows/engine/compile.ts'
import { describeState } from '../../../../workflows/engine/describe.ts'
import { historiesInUse, isLeaf, withAncestors } from '../../../../workflows/engine/nodes.ts'
import { fateOf, type Fate } from '../../../../workflows/engine/migrate.ts'
import { likelyState, progressOf, targetStates, type Progress, type TargetState } from '../../../../workflows/engine/targets.ts'
import type { Actor } from '../../access/actor.ts'
import { can } from '../../access/can.ts'
import { openStore } from '../../data/open-store.ts'
import type { Store } from '../../data/store.ts'
import { fail, failQuestion } from '../../errors.ts'
import { platformOf, type Platform } from '../../platform/platform.ts'
import { revisionOf } from '../../platform/publish-revision.ts'
import { composedWorkflow, publishedLayerOf } from '../../platform/workflow-layers.ts'
import { workflowByHash } from '../../workflow/pinned.ts'
import { namesOf } from '../names.ts'
import type { MigrationProgress } from './migration-job.ts'
import { replayKind, type ReplayReport } from './replay-job.ts'
import { openWorkflowDrafts, withWorkflows } from './workflow-drafts.ts'

export type Against = 'draft' | 'published'

/** How many documents stand in a state of a version, and what would become of them under another one. */
export type LiveState = {
  readonly hash: string
  readonly version: number
  readonly state: string
  readonly label: Text
  readonly count: number
  readonly fate: Fate['kind']
  /** The state that they would stand in; where they stay, the one that is likely meant. */
  readonly to: string | null
  /** Regions that have gone on: what a target may lose. */
  readonly progress: readonly Progress[]
}
export type MigrationView = {
  readonly id: string
  readonly toHash: string
  readonly status: 'running' | 'done' | 'confirmed' | 'reverting' | 'reverted' | 'failed'
  readonly told: MigrationProgress | null
  readonly by: string
  readonly at: string
}
export type LiveDocumentsView = {
  readonly entity: string
  readonly labels: Text
  readonly against: Against
  readonly hasDraft: boolean
  readonly publishedVersion: number
  /** The version that they are compared with; null: what is drafted cannot be compiled yet. */
  readonly target: { readonly hash: string; readonly version: number; readonly states: readonly TargetState[] } | null
  /** Documents that run under the target already, and those whose life is over. */
  readonly present: number
  readonly ended: number
  readonly states: readonly LiveState[]
  readonly replay: { readonly status: 'none' | 'waiting' | 'running' | 'done' | 'failed'; readonly told: ReplayReport | null }
  /** The last plan, newest first. */
  readonly migrations: readonly MigrationView[]
  readonly mayMigrate: boolean
}

/** Documents under way by version and state, in one grouped question. @throws ProblemError 404 for what has no workflow */
export async function liveDocuments({ payload, query }: PayloadRequest, actor: Actor, slug: string): Promise<LiveDocumentsView> {
  const platform = platformOf(payload)
  const store = openStore(payload)
  const entity = entityWithLife(platform, slug)
  const { against, target, hasDraft } = await targetOf(payload, slug, query.against)
  const groups = await store.sum(slug, { groupBy: ['workflow.definitionHash', 'workflow.state'], fields: [] })
  let [present, ended] = [0, 0]
  const states: LiveState[] = []
  for (const group of groups) {
    const [hash, state, count] = [group['workflow.definitionHash'], group['workflow.state'], Number(group.count)]
    if (typeof hash !== 'string' || typeof state !== 'string') continue
    if (hash === target?.hash) {
      present += count
      continue
    }
    const compiled = await workflowByHash(platform, store, hash)
    const seen = describeState(compiled, state)
    if (seen?.done) {
      ended += count
      continue
    }
    const fate: Fate = target ? fateOf(target, state) : { kind: 'staying' }
    const label = seen?.label ?? { en: state, zh: state }
    const to = fate.kind === 'staying' ? (target && likelyState(target, compiled, state)) ?? null : fate.to
    states.push({ hash, version: compiled.definition.version, state, label, count, fate: fate.kind, to, progress: target ? progressOf(target, compiled, state) : [] })
  }
  for (const hash of target ? new Set(states.map((one) => one.hash)) : []) {
    const compiled = await workflowByHash(platform, store, hash)
    if (target) states.push(...remembered(compiled, target).filter(({ state }) => !states.some((one) => one.hash === hash && one.state === state)))
  }
  states.sort((a, b) => b.version - a.version || b.count - a.count || (a.state < b.state ? -1 : 1))
  return {
    entity: slug, labels: entity.labels, against, hasDraft, publishedVersion: platform.workflows.get(slug)?.definition.version ?? 0, present, ended, states,
    target: target ? { hash: target.hash, version: target.definition.version, states: targetStates(target) } : null,
    replay: await replayOf(store, actor, { entity, hash: target?.hash }), migrations: await migrationsOf(store, slug),
    mayMigrate: can(actor, 'edit', revisions).allowed,
  }
}

/** States that documents under way may go back to and that the target does not have: nobody need stand there now, and the plan may say where they lead instead. */
function remembered(compiled: CompiledWorkflow, target: CompiledWorkflow): LiveState[] {
  const around = [...historiesInUse(compiled.nodes)].map(({ parent }) => parent)
  return [...compiled.nodes.values()].filter((node) => isLeaf(node) && withAncestors(node).some((one) => around.includes(one)) && compiled.configuration(node.path) && !target.configuration(node.path)).map(({ path }) => {
    const { en = path, zh = path } = describeState(compiled, path)?.label ?? {}
    const label = { en: `${en} (to go back to)`, zh: `${zh}（历史状态的记忆）` }
    return { hash: compiled.hash, version: compiled.definition.version, state: path, label, count: 0, fate: 'staying', to: likelyState(target, compiled, path) ?? null, progress: progressOf(target, compiled, path) }
  })
}

export function entityWithLife({ entities, workflows }: Platform, slug: string): EntityDefinition {
  const entity = entities.get(slug)
  return entity && workflows.has(slug) ? entity : fail('notFound', { entity: { en: 'workflow', zh: '流程' }, id: slug.slice(0, 60) })
}

/** The version that is meant: the draft where there is one and nothing else is asked, or what is published. `name`: of the parameter. */
export async function targetOf(payload: PayloadRequest['payload'], slug: string, asked: unknown, name = 'against'): Promise<{ readonly against: Against; readonly target: CompiledWorkflow | undefined; readonly hasDraft: boolean }> {
  if (asked !== undefined && asked !== 'draft' && asked !== 'published') failQuestion(name, { en: 'Name "draft" or "published".', zh: `${name} 须为 draft 或 published。` })
  const platform = platformOf(payload)
  const { inputs } = revisionOf(payload)
  const drafts = await openWorkflowDrafts(openStore(payload), inputs)
  const hasDraft = drafts.has(slug)
  if (asked === 'published' || !hasDraft) return { against: 'published', hasDraft, target: platform.workflows.get(slug) }
  const definition = composedWorkflow(platform.shippedWorkflows.get(slug), publishedLayerOf(withWorkflows(inputs, drafts, platform), slug) ?? {})
  const isSound = checkDefinition(definition, platform.registry).every(({ severity }) => severity !== 'error')
  return { against: 'draft', hasDraft, target: isSound ? compileWorkflow(definition as unknown as WorkflowDefinition, platform.registry) : undefined }
}

async function replayOf(store: Store, actor: Actor, { entity, hash }: { readonly entity: EntityDefinition; readonly hash: string | undefined }): Promise<LiveDocumentsView['replay']> {
  const [job] = await store.find('background-jobs', { where: { and: [{ kind: { equals: replayKind } }, { subject: { equals: entity.slug } }] }, sort: '-dueAt', limit: 1 })
  const told = (job?.result ?? null) as ReplayReport | null
  if (!job || (told && told.hash !== hash)) return { status: 'none', told: null }
  const { allowed, own } = can(actor, 'read', entity)
  return { status: job.status, told: told && !(allowed && !own) ? { ...told, divergences: told.divergences.map((one) => ({ ...one, samples: [] })) } : told }
}

const shownMigrations = 5

async function migrationsOf(store: Store, slug: string): Promise<readonly MigrationView[]> {
  const rows = await store.find('workflow-migrations', { where: { entity: { equals: slug } }, sort: '-at', limit: shownMigrations })
  const nameOf = await namesOf(store, rows.map(({ actor }) => actor))
  return rows.map(({ id, toHash, status, told, actor, at }) => ({ id, toHash, status, told: (told ?? null) as MigrationProgress | null, by: nameOf(actor), at }))
}

export type WorkflowVersion = { readonly hash: string; readonly version: number; readonly at: string; readonly current: boolean; readonly documents: number }

/** Every definition that ever ruled documents of this entity, newest first, with how many run under it now. */
export async function workflowVersions({ payload }: PayloadRequest, slug: string): Promise<readonly WorkflowVersion[]> {
  const platform = platformOf(payload)
  const store = openStore(payload)
  entityWithLife(platform, slug)
  const current = platform.workflows.get(slug)
  const [rows, groups] = await Promise.all([store.find('definitions', { where: { slug: { equals: current?.definition.slug ?? slug } }, sort: ['-at', 'id'] }), store.sum(slug, { groupBy: ['workflow.definitionHash'], fields: [] })])
  const counts = new Map(groups.map((group) => [group['workflow.definitionHash'], Number(group.count)]))
  return rows.filter(({ body }) => (body as WorkflowDefinition).entity === slug).map(({ hash, body, at }) => ({
    hash, version: (body as WorkflowDefinition).version, at, current: hash === current?.hash, documents: counts.get(hash) ?? 0,
  }))
}

/** @throws ProblemError 404 for a definition that never ruled documents of this entity */
export async function workflowVersion({ payload }: PayloadRequest, slug: string, hash: string): Promise<WorkflowDefinition> {
  entityWithLife(platformOf(payload), slug)
  const stored = await openStore(payload).findOne('definitions', { hash: { equals: hash } })
  const definition = stored?.body as WorkflowDefinition | undefined
  return definition?.entity === slug ? definition : fail('notFound', { entity: { en: 'workflow definition', zh: '流程定义' }, id: hash.slice(0, 60) })
}
