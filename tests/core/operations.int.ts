import { rm, writeFile } from 'node:fs/promises'
import path from 'node:path'
import type { Payload } from 'payload'
import { afterAll, beforeAll, expect, it, vi } from 'vitest'
import { buildTrellisConfig } from '../../config/payload.config.ts'
import { builtPlugins } from '../../config/plugins.ts'
import { systemActor } from '../../plugins/core/access/actor.ts'
import { listBackups } from '../../plugins/core/backup/keep-backups.ts'
import { runCommand } from '../../plugins/core/commands/run-command.ts'
import { transact } from '../../plugins/core/commands/transact.ts'
import { openStore } from '../../plugins/core/data/open-store.ts'
import type { JobKind } from '../../plugins/core/jobs/job-kind.ts'
import { addJob, planJobs, runDueJobs } from '../../plugins/core/jobs/run-jobs.ts'
import { metricsOf } from '../../plugins/core/operations/metrics-of.ts'
import { requestContext, type RequestContext } from '../../plugins/core/operations/request-context.ts'
import { installPlatform } from '../../plugins/core/platform/install.ts'
import { platformOf } from '../../plugins/core/platform/platform.ts'
import { databaseOf, makePlace } from '../support/backup-places.ts'
import { bootPayload, type Booted } from '../support/boot-payload.ts'

let booted: Booted
let payload: Payload
let place: Awaited<ReturnType<typeof makePlace>>
let backups: string
const day = 86_400_000
const jobs = (kind: string) => openStore(payload).find('background-jobs', { where: { kind: { equals: kind } }, sort: 'dueAt' })

beforeAll(async () => {
  place = await makePlace()
  backups = path.join(place.folder, 'backups')
  booted = await bootPayload((database) => buildTrellisConfig({
    settings: {
      mode: 'production', publicUrl: 'http://localhost:3000', logLevel: 'silent', dataDir: place.folder, secret: 'a secret of the tests, long enough for all', database: databaseOf(database),
      operations: { backup: { folder: backups, everyMilliseconds: day, keepHourly: 24, keepDaily: 7, keepWeekly: 4 }, logFormat: 'json', slowQueryMilliseconds: 0 },
    },
    plugins: builtPlugins,
  }))
  payload = booted.payload
  await installPlatform(payload)
  await transact(payload, { actor: systemActor }, (context) =>
    context.create('companies', { values: { name: 'Test', code: 'T', currency: 'EUR', timeZone: 'Europe/Berlin', country: 'DE', language: 'en' } }))
})
afterAll(async () => {
  await booted?.stop()
  await place?.remove()
})

it('a backup is made once a period, whoever plans it, and is found in its folder', async () => {
  const now = new Date()
  await Promise.all([planJobs(payload, now), planJobs(payload, now), planJobs(payload, now)])
  expect(await jobs('backup')).toHaveLength(1)
  await Promise.all([runDueJobs(payload), runDueJobs(payload)])
  const [job] = await jobs('backup')
  expect(job).toMatchObject({ status: 'done', attempts: 1, actor: 'system' })
  expect(await listBackups(backups)).toMatchObject([{ by: 'schedule' }])
  await planJobs(payload, new Date(now.getTime() + day))
  const [, next] = await jobs('backup')
  // Not before it is due.
  expect(await runDueJobs(payload)).toBe(0)
  await openStore(payload).remove('background-jobs', { id: { equals: next?.id } })
})

it('one that fails says why', async () => {
  await rm(backups, { recursive: true })
  await writeFile(backups, 'in the way')
  const id = await addJob(payload, { kind: 'backup', actor: 'olga' })
  await runDueJobs(payload)
  expect(await openStore(payload).get('background-jobs', id)).toMatchObject({ status: 'failed', actor: 'olga' })
  expect((await openStore(payload).get('background-jobs', id))?.error).toMatch(/EEXIST|ENOTDIR/)
  await rm(backups)
})

it('what the log says of a job names it', async () => {
  const kinds = platformOf(payload).jobs as Map<string, JobKind>
  const contexts: (RequestContext | undefined)[] = []
  kinds.set('stumbles', { name: 'stumbles', label: { en: 'Stumbles', zh: '失败' }, run: () => { contexts.push(requestContext()); return Promise.reject(new Error('stumbled')) } })
  const logged = vi.spyOn(payload.logger, 'error').mockImplementation(() => { contexts.push(requestContext()) })
  const id = await addJob(payload, { kind: 'stumbles', actor: 'olga', subject: 'a stone' })
  await runDueJobs(payload)
  expect(logged.mock.calls).toEqual([[{ err: new Error('stumbled'), job: { kind: 'stumbles', id, subject: 'a stone' }, msg: 'The background job stumbles failed.' }]])
  logged.mockRestore()
  kinds.delete('stumbles')
  const ofWork = { requestId: `work:${id}`, traceId: expect.stringMatching(/^[0-9a-f]{32}$/) as string }
  expect(contexts).toEqual([ofWork, ofWork])
})

it('a job that another process left is taken up again when its lease is over', async () => {
  const id = await addJob(payload, { kind: 'verify', actor: 'olga' })
  expect(await addJob(payload, { kind: 'verify', actor: 'otto' })).toBe(id)
  const store = openStore(payload)
  await store.update('background-jobs', id, { status: 'running', attempts: 1, leaseOwner: 'gone', leaseUntil: new Date(Date.now() + 60_000).toISOString() })
  expect(await runDueJobs(payload)).toBe(0)
  await store.update('background-jobs', id, { leaseUntil: new Date(Date.now() - 1_000).toISOString() })
  expect(await runDueJobs(payload)).toBe(1)
  const job = await store.get('background-jobs', id)
  expect(job).toMatchObject({ status: 'done', attempts: 2, result: { ok: true } })
})

it('a job that is broken off by the end of its process is given back', async () => {
  const id = await addJob(payload, { kind: 'verify', actor: 'olga' })
  const stopping = new AbortController()
  const kind = payload.config.custom.platform as { jobs: Map<string, { run: (job: { signal: AbortSignal }) => Promise<unknown> }> }
  const own = kind.jobs.get('verify')
  if (!own) throw new Error('There is no job verify.')
  kind.jobs.set('verify', { ...own, run: ({ signal }) => new Promise((_, reject) => { signal.addEventListener('abort', () => reject(new Error('stopped'))); stopping.abort() }) })
  await runDueJobs(payload, stopping.signal)
  kind.jobs.set('verify', own)
  expect(await openStore(payload).get('background-jobs', id)).toMatchObject({ status: 'waiting', attempts: 0 })
})

it('metrics tell commands by entity, event and outcome, and never what callers made up', async () => {
  const unit = (code: string) => runCommand(payload, systemActor, { action: 'create', entity: 'units', data: { code, name: code } })
  const counted = (text: string, outcome: string) => Number(text.match(new RegExp(`trellis_commands_total\\{entity="units",event="create",outcome="${outcome}"\\} (\\d+)`))?.[1] ?? 0)
  const before = (await metricsOf(payload)).text
  await unit('PCS')
  await expect(unit('PCS')).rejects.toThrow()
  await expect(runCommand(payload, systemActor, { action: 'send', entity: 'sales-orders', id: 'x', event: 'made-up' })).rejects.toThrow()
  const { contentType, text } = await metricsOf(payload)
  expect(contentType).toContain('openmetrics')
  for (const outcome of ['ok', 'refused']) expect(counted(text, outcome) - counted(before, outcome), outcome).toBe(1)
  expect(text).toContain('event="unknown"')
  expect(text).not.toContain('made-up')
  for (const name of ['trellis_runner_lag_seconds', 'trellis_work_items{state="dead"} 0', 'trellis_database_operation_duration_seconds_bucket', 'process_resident_memory_bytes', 'trellis_info']) expect(text).toContain(name)
  expect(text.trimEnd().endsWith('# EOF')).toBe(true)
})
