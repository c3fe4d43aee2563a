import type { MongooseAdapter } from '@payloadcms/db-mongodb'
import { existsSync } from 'node:fs'
import { stat, statfs } from 'node:fs/promises'
import { hostname } from 'node:os'
import type { Endpoint, Payload, PayloadRequest } from 'payload'
import type { BackgroundJobs } from '../../../config/generated/entities.ts'
import type { Text } from '../../../config/language/text.ts'
import { can, requireRight } from '../access/can.ts'
import { actorOfRequest } from '../access/collection-hooks.ts'
import { listBackups, type BackupOnDisk } from '../backup/keep-backups.ts'
import { ownVersion } from '../backup/make-backup.ts'
import { openStore } from '../data/open-store.ts'
import { fail } from '../errors.ts'
import { addJob } from '../jobs/run-jobs.ts'
import { platformOf } from '../platform/platform.ts'
import { revisionOf } from '../platform/publish-revision.ts'
import { surroundingsOf } from './surroundings.ts'
import { workState, type WorkState } from './work-state.ts'

/** Sizes in bytes, times UTC ISO, durations as their names say. */
export type SystemHealth = {
  readonly at: string
  /** What a person should look at, worst first; empty: all is well. */
  readonly concerns: readonly { readonly level: 'bad' | 'warning'; readonly message: Text }[]
  readonly version: string
  readonly revision: number
  readonly node: string
  readonly host: string
  readonly upSeconds: number
  readonly database: { readonly kind: 'sqlite' | 'mongodb'; readonly bytes: number | null; readonly answeredMilliseconds: number }
  readonly memory: { readonly used: number; readonly heap: number }
  readonly disk: { readonly folder: string; readonly free: number; readonly total: number } | null
  readonly work: WorkState
  readonly verification: { readonly open: boolean; readonly last: LastVerification | null }
  readonly backups: {
    readonly folder: string | null
    readonly everyHours: number | null
    readonly keepHourly: number | null
    readonly keepDaily: number | null
    readonly keepWeekly: number | null
    readonly open: boolean
    /** Since then no backup has been complete. */
    readonly failed: { readonly at: string; readonly error: string } | null
    /** Those this host finds in its folder, newest first. */
    readonly found: readonly BackupOnDisk[]
  }
  readonly mayAct: boolean
}
export type LastVerification = {
  readonly at: string
  readonly ok: boolean
  /** Why it could not be carried out; then there are no checks. */
  readonly error: string | null
  readonly checks: readonly {
    readonly name: string
    readonly label: Text
    readonly ok: boolean
    readonly counted: number
    readonly failures: readonly string[]
    /** Why it was not finished; then it has proved nothing. */
    readonly unfinished?: Text
  }[]
}

/** The state of the system for its owner: GET /system-health; POST /system-health/verify and /system-health/backup begin one. */
export const systemHealthEndpoints: Endpoint[] = [
  { method: 'get', path: '/system-health', handler: async (req) => Response.json(await systemHealth(req)) },
  { method: 'post', path: '/system-health/verify', handler: (req) => begin(req, 'verify') },
  { method: 'post', path: '/system-health/backup', handler: (req) => begin(req, 'backup') },
]

const shownBackups = 12
const lowDiskShare = 0.1
const lagSeconds = 120

export async function systemHealth(req: PayloadRequest): Promise<SystemHealth> {
  const actor = await actorOfRequest(req)
  requireRight(actor, 'read', jobsEntity(req))
  const { payload } = req
  const { database, dataDir, operations } = surroundingsOf(payload)
  const [work, measured, disk, verification, backups] = await Promise.all([
    workState(payload), measureDatabase(payload), diskOf(dataDir), lastVerification(payload), backupState(payload),
  ])
  const { heapUsed, rss } = process.memoryUsage()
  const state = {
    at: new Date().toISOString(), version: ownVersion(), revision: revisionOf(payload).number, node: process.versions.node, host: hostname(),
    upSeconds: Math.round(process.uptime()), database: { kind: database.kind, ...measured }, memory: { used: rss, heap: heapUsed }, disk, work, verification,
    backups: {
      folder: operations?.backup.folder ?? null, everyHours: operations?.backup.everyMilliseconds ? operations.backup.everyMilliseconds / 3_600_000 : null,
      keepHourly: operations?.backup.keepHourly ?? null, keepDaily: operations?.backup.keepDaily ?? null, keepWeekly: operations?.backup.keepWeekly ?? null, ...backups,
    },
    mayAct: can(actor, 'edit', jobsEntity(req)).allowed,
  }
  return { ...state, concerns: concernsOf(state) }
}

/** May this person see it? For the navigation. */
export async function maySeeSystemHealth(req: PayloadRequest): Promise<boolean> {
  return can(await actorOfRequest(req), 'read', jobsEntity(req)).allowed
}

/** Begins a job unless one of its kind is under way. */
async function begin(req: PayloadRequest, kind: 'verify' | 'backup'): Promise<Response> {
  const actor = await actorOfRequest(req)
  requireRight(actor, 'edit', jobsEntity(req))
  return Response.json({ job: await addJob(req.payload, { kind, actor: actor.id }) }, { status: 202 })
}

const jobsEntity = (req: PayloadRequest) => platformOf(req.payload).entities.get('background-jobs') ?? fail('unknownEntity', { entity: 'background-jobs' })

const lastOf = async (payload: Payload, kind: string, status: readonly string[]): Promise<BackgroundJobs | undefined> =>
  (await openStore(payload).find('background-jobs', { where: { and: [{ kind: { equals: kind } }, { status: { in: [...status] } }] }, sort: '-dueAt', limit: 1 }))[0]

async function lastVerification(payload: Payload): Promise<SystemHealth['verification']> {
  const [open, ended] = await Promise.all([lastOf(payload, 'verify', ['waiting', 'running']), lastOf(payload, 'verify', ['done', 'failed'])])
  if (!ended) return { open: Boolean(open), last: null }
  const result = ended.result as unknown as Pick<LastVerification, 'at' | 'ok' | 'checks'> | null
  return {
    open: Boolean(open),
    last: { at: result?.at ?? ended.endedAt ?? ended.dueAt, ok: ended.status === 'done' && result?.ok === true, error: ended.error ?? null, checks: result?.checks ?? [] },
  }
}

async function backupState(payload: Payload): Promise<Pick<SystemHealth['backups'], 'open' | 'failed' | 'found'>> {
  const folder = surroundingsOf(payload).operations?.backup.folder
  const [open, ended, found] = await Promise.all([lastOf(payload, 'backup', ['waiting', 'running']), lastOf(payload, 'backup', ['done', 'failed']), folder ? listBackups(folder) : []])
  const failed = ended?.status === 'failed' ? { at: ended.endedAt ?? ended.dueAt, error: ended.error ?? '' } : null
  return { open: Boolean(open), failed, found: found.slice(0, shownBackups) }
}

async function measureDatabase(payload: Payload): Promise<{ bytes: number | null; answeredMilliseconds: number }> {
  const began = performance.now()
  await openStore(payload).findOnly('revisions', ['number'], { limit: 1 })
  const answeredMilliseconds = Math.round(performance.now() - began)
  const { database } = surroundingsOf(payload)
  if (database.kind === 'sqlite') {
    const sizes = await Promise.all(['', '-wal'].map((end) => stat(`${database.file}${end}`).then(({ size }) => size, () => 0)))
    return { bytes: sizes.reduce((sum, size) => sum + size, 0), answeredMilliseconds }
  }
  const stats = await (payload.db as unknown as MongooseAdapter).connection.db?.stats().catch(() => undefined)
  return { bytes: stats ? Number(stats.storageSize) + Number(stats.indexSize) : null, answeredMilliseconds }
}

async function diskOf(folder: string): Promise<SystemHealth['disk']> {
  if (!existsSync(folder)) return null
  const { bavail, blocks, bsize } = await statfs(folder)
  return { folder, free: bavail * bsize, total: blocks * bsize }
}

function concernsOf({ work, disk, verification, backups, at }: Omit<SystemHealth, 'concerns'>): SystemHealth['concerns'] {
  const bad: Text[] = []
  const warning: Text[] = []
  const { last } = verification
  const isUnfinished = last?.error !== null || last.checks.every(({ ok, unfinished }) => ok || unfinished)
  if (last && !last.ok) bad.push(isUnfinished
    ? { en: 'The last proof of the books was not finished, so nothing is known. See why below, and run it again.', zh: '最近一次账务核对未完成，结果不明。请查看下方原因后重新核对。' }
    : { en: 'The last proof of the books found something that does not agree. Look at it below.', zh: '最近一次账务核对发现不一致，请查看下方明细。' })
  if (backups.failed) bad.push({ en: `The last backup failed: ${backups.failed.error}`, zh: `最近一次备份失败：${backups.failed.error}` })
  if (work.lagSeconds > lagSeconds) bad.push({ en: `Work has been waiting for ${Math.round(work.lagSeconds / 60)} minutes: the runner stands still or cannot keep up. See the log of the server.`, zh: `待处理事项已等待 ${Math.round(work.lagSeconds / 60)} 分钟：执行器停止或处理不及，请查看服务器日志。` })
  if (disk && disk.free < disk.total * lowDiskShare) bad.push({ en: 'Less than a tenth of the disk is free: make room before it is full.', zh: '磁盘可用空间不足一成，请在写满之前清理。' })
  if (work.dead > 0) warning.push({ en: `${work.dead} dead letters wait for a decision.`, zh: `有 ${work.dead} 个失败事件待处理。` })
  if (!backups.failed && backups.everyHours !== null) {
    const age = backups.found[0] ? (Date.parse(at) - Date.parse(backups.found[0].createdAt)) / 3_600_000 : null
    if (age !== null && age > 2 * backups.everyHours) warning.push({ en: `The last backup is ${Math.round(age)} hours old.`, zh: `最近一次备份是 ${Math.round(age)} 小时前。` })
  }
  if (backups.everyHours === null) warning.push({ en: 'No backups are made by themselves: set BACKUP_EVERY.', zh: '未启用自动备份：请设置 BACKUP_EVERY。' })
  return [...bad.map((message) => ({ level: 'bad' as const, message })), ...warning.map((message) => ({ level: 'warning' as const, message }))]
}
