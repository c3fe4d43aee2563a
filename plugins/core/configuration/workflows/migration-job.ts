import type { Payload } from 'payload'
import type { WorkflowMigrations } from '../../../../config/generated/entities.ts'
import type { Json, Text } from '../../../../config/language/text.ts'
import type { StateMap } from '../../../../workflows/engine/migrate.ts'
import { systemActor } from '../../access/actor.ts'
import { transact } from '../../commands/transact.ts'
import { openStore } from '../../data/open-store.ts'
import type { Row, Store } from '../../data/store.ts'
import { nudgeRunner } from '../../events/nudge.ts'
import { unfinished, type JobKind, type RunningJob } from '../../jobs/job-kind.ts'
import { workflowByHash, workflowOf, type StoredWorkflow } from '../../workflow/pinned.ts'
import { moveDocuments, sortDocuments, type Move } from './move-documents.ts'

/** How far a plan is. Every document that it has moved has it in its history. */
export type MigrationProgress = {
  readonly total: number
  /** Documents that were looked at. */
  readonly done: number
  readonly moved: number
  /** They go on under the version they run under: the plan has no state for them, or, taken back, they have taken a step since. */
  readonly staying: number
  readonly after: string
}

export const migrateKind = 'migrateWorkflow'
export const revertKind = 'revertMigration'
const batch = 200
/** After so long others of the queue have their turn; it goes on where it stood. */
const turnMilliseconds = 5_000
const mostTries = 5
const nothingYet: MigrationProgress = { total: 0, done: 0, moved: 0, staying: 0, after: '' }

type Page = { readonly payload: Payload; readonly migration: WorkflowMigrations; readonly rows: readonly Row[] }
type Counted = { readonly moved: number; readonly staying: number; readonly missed: readonly string[] }

/** Takes documents to another version of their workflow, some a transaction. Broken off, it goes on behind the last of them. */
export const migrateJob: JobKind = {
  name: migrateKind, label: { en: 'Migrate documents to another workflow version', zh: '将单据迁移到流程新版本' },
  run: (job) => inTurns(job, { ends: 'done', where: ({ toHash }) => ({ 'workflow.definitionHash': { not_equals: toHash } }), work: migratePage }),
  gaveUp: (payload, input) => failed(payload, input),
}

/** Takes them back to where they stood, but for those that have gone on since. */
export const revertJob: JobKind = {
  name: revertKind, label: { en: 'Take a migration back', zh: '撤回流程迁移' },
  run: (job) => inTurns(job, { ends: 'reverted', where: ({ toHash }) => ({ 'workflow.definitionHash': { equals: toHash } }), work: revertPage }),
  gaveUp: (payload, input) => failed(payload, input),
}

type Work = {
  readonly ends: WorkflowMigrations['status']
  readonly where: (migration: WorkflowMigrations) => Record<string, { readonly equals?: string; readonly not_equals?: string }>
  readonly work: (page: Page) => Promise<Counted>
}

async function inTurns({ payload, input, signal }: RunningJob, { ends, where, work }: Work): Promise<Json | typeof unfinished> {
  const began = Date.now()
  const store = openStore(payload)
  const migration = await store.get('workflow-migrations', String((input as { migration?: unknown }).migration))
  if (!migration) return {}
  // Kept with the plan, where people see it, also when another process takes the job up.
  let now: MigrationProgress = (migration.told as MigrationProgress | null | undefined) ?? { ...nothingYet, total: await store.count(migration.entity, where(migration)) }
  for (;;) {
    signal.throwIfAborted()
    const rows = await store.find<string>(migration.entity, { where: { and: [{ id: { greater_than: now.after } }, where(migration)] }, sort: 'id', limit: batch }) as Row[]
    if (rows.length === 0) {
      await store.update('workflow-migrations', migration.id, { status: ends, told: now, endedAt: new Date().toISOString() })
      return now
    }
    const counted = await again(store, { payload, migration, rows }, work)
    now = { ...now, done: now.done + rows.length, moved: now.moved + counted.moved, staying: now.staying + counted.staying, after: rows.at(-1)?.id ?? now.after }
    await store.update('workflow-migrations', migration.id, { told: now })
    nudgeRunner(payload)
    if (Date.now() - began > turnMilliseconds) return unfinished
  }
}

/** What someone has changed at that moment is read and tried again. */
async function again(store: Store, page: Page, work: Work['work']): Promise<Counted> {
  let counted = await work(page)
  for (let tries = 1; counted.missed.length > 0 && tries < mostTries; tries += 1) {
    const rows = [...(await store.byIds<string>(page.migration.entity, counted.missed)).values()] as Row[]
    const more = await work({ ...page, rows })
    counted = { moved: counted.moved + more.moved, staying: counted.staying + more.staying, missed: more.missed }
  }
  return { ...counted, staying: counted.staying + counted.missed.length }
}

const migratePage = ({ payload, migration, rows }: Page): Promise<Counted> => transact(payload, { actor: systemActor, cause: migration.id }, async (context) => {
  const target = await workflowByHash(context.platform, context.store, migration.toHash)
  const { moves, staying } = await sortDocuments(context, { rows, target, map: migration.map as StateMap })
  const { version } = target.definition
  const missed = await moveDocuments(context, { entity: migration.entity, moves, reason: { en: `Moved to version ${version} of the workflow`, zh: `迁移到流程版本 ${version}` } })
  return { moved: moves.length - missed.length, staying, missed }
})

const revertPage = ({ payload, migration, rows }: Page): Promise<Counted> => transact(payload, { actor: systemActor, cause: migration.id }, async (context) => {
  const { platform, store } = context
  const { entity, id, toHash } = migration
  const steps = await store.findOnly('history', ['documentId', 'documentVersion', 'action', 'definitionHash', 'cause', 'changes'], {
    where: { and: [{ entity: { equals: entity } }, { documentId: { in: rows.map((row) => row.id) } }, { action: { in: ['migrate', 'send'] } }] }, sort: 'documentVersion',
  })
  const last = new Map(steps.map((step) => [step.documentId, step]))
  const moves: Move[] = []
  let staying = 0
  for (const row of rows) {
    if (!steps.some(({ documentId, cause }) => documentId === row.id && cause === id)) continue
    const step = last.get(row.id)
    const before = (step?.changes as { readonly workflow?: readonly [StoredWorkflow, StoredWorkflow] } | null | undefined)?.workflow?.[0]
    // Whatever it did under the new version cannot be taken back by moving it.
    if (step?.action !== 'migrate' || step.cause !== id || step.definitionHash !== toHash || !before || workflowOf(row)?.definitionHash !== toHash) staying += 1
    else moves.push({ row, from: await workflowByHash(platform, store, toHash), to: await workflowByHash(platform, store, before.definitionHash), workflow: before })
  }
  const missed = await moveDocuments(context, { entity, moves, reason: takenBack })
  return { moved: moves.length - missed.length, staying, missed }
})

async function failed(payload: Payload, input: Json): Promise<void> {
  await openStore(payload).update('workflow-migrations', String((input as { migration?: unknown }).migration), { status: 'failed', endedAt: new Date().toISOString() })
}

const takenBack: Text = { en: 'Migration taken back', zh: '撤回流程迁移' }
