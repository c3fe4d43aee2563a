import { execFile, fork } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { promisify } from 'node:util'
import { root } from '../../config/root.ts'
import { withoutSettings } from '../support/without-settings.ts'
import type { Run } from './area.ts'
import { signIn, type Session } from './http.ts'
import { below, told } from './measures.ts'
import { onEmptyDatabase, type DatabaseKind } from './places.ts'
import { median } from './rounds.ts'
import { owner, startServer, type RunningServer } from './servers.ts'
import { fullWorkflows, quickWorkflows, workflowsWithDocuments } from './workflow-volume.ts'

const milliseconds = 300

/** What people look at while very many documents are under way, and how fast these are moved to another version. */
export async function measureLiveWorkflows(run: Run, kind: DatabaseKind): Promise<void> {
  const volume = run.quick ? quickWorkflows : fullWorkflows
  const documents = volume.leads + volume.others * (workflowsWithDocuments.length - 1)
  await onEmptyDatabase(kind, async (databaseUrl) => {
    run.tell(`Making ${documents.toLocaleString('en')} live documents in ${workflowsWithDocuments.length} workflows on ${kind} …`)
    await program('workflow-volume.mjs', { DATABASE_URL: databaseUrl, BENCH_VOLUME: JSON.stringify(volume) })
    const server = await startServer({ program: 'front.mjs', databaseUrl })
    const session = await signIn(server.url, owner)
    try {
      await measureViews(run, session, `${documents.toLocaleString('en')} live documents, ${kind}`)
      await measureMigration(run, { server, session, leads: volume.leads, kind })
    } finally {
      session.close()
      await server.stop()
    }
  })
}

const views = [
  { name: 'board of leads', path: '/api/views/boards/leads?groupBy=state' },
  { name: 'board of sales orders', path: '/api/views/boards/sales-orders?groupBy=state' },
  { name: 'list of one state', path: '/admin/collections/leads?state=new' },
  { name: 'work list', path: '/api/my-work' },
] as const

async function measureViews({ quick, add }: Run, session: Session, rows: string): Promise<void> {
  const times = new Map<string, number[]>(views.map(({ path: way }) => [way, []]))
  for (let round = 0; round <= (quick ? 2 : 7); round++) {
    for (const { path: way } of views) {
      const began = performance.now()
      await session.ask('GET', way)
      // The first time code is loaded.
      if (round > 0) times.get(way)?.push(performance.now() - began)
    }
  }
  for (const { name, path: way } of views) add(below({ area: 'workflows', name: `${name}, ${rows}`, unit: 'ms', value: median(times.get(way) ?? []), limit: milliseconds }))
}

type Migrating = { readonly server: RunningServer; readonly session: Session; readonly leads: number; readonly kind: DatabaseKind }
type Live = { readonly target: { readonly hash: string } | null; readonly migrations: readonly { readonly status: string; readonly told: { readonly done?: number } | null }[] }

async function measureMigration({ add }: Run, { server, session, leads, kind }: Migrating): Promise<void> {
  await server.publish(0, { fields: {}, workflows: { leads: { label: { en: 'Enquiry' }, version: 2 } } })
  const look = async () => JSON.parse(await session.ask('GET', '/api/configuration/workflows/leads/documents?against=published')) as Live
  const { target } = await look()
  const began = performance.now()
  await session.ask('POST', '/api/configuration/workflows/leads/migrations', { to: target?.hash, map: {} })
  let status = 'running'
  for (; status === 'running'; await pause(500)) status = (await look()).migrations[0]?.status ?? 'gone'
  if (status !== 'done') throw new Error(`The migration ended as "${status}".`)
  const seconds = (performance.now() - began) / 1000
  add(told({ area: 'workflows', name: `migration of ${leads.toLocaleString('en')} documents, ${kind}`, unit: 'documents/s', value: leads / seconds }))
}

/** Timers that are due at once while the application is killed, five times in full. @throws when one is lost or has effect twice */
export async function measureTimers({ quick, add, tell }: Run): Promise<void> {
  const [count, kills] = quick ? [40, 2] : [1_000, 5]
  const folder = mkdtempSync(path.join(tmpdir(), 'trellis-bench-timers-'))
  try {
    tell(`Making ${count} timers that are due at once …`)
    const { stdout } = await promisify(execFile)(process.execPath, [path.join(root, 'build/bench/timers.mjs'), folder, String(count), String(kills)], { cwd: root, env: { ...withoutSettings(process.env), NODE_ENV: 'production' }, maxBuffer: 2 ** 24 })
    const { seconds, killed } = JSON.parse(stdout.trim().split('\n').at(-1) ?? '') as { seconds: number; killed: number }
    add(told({ area: 'workflows', name: `${count} timers due at once, the application killed ${killed} times, none lost, none twice`, unit: 's', value: seconds }))
  } finally {
    rmSync(folder, { recursive: true, force: true, maxRetries: 3 })
  }
}

async function program(name: string, env: Readonly<Record<string, string>>): Promise<void> {
  const child = fork(path.join(root, 'build/bench', name), { cwd: root, execArgv: [], env: { ...withoutSettings(process.env), NODE_ENV: 'production', TRELLIS_MODE: 'production', TRELLIS_SECRET: 'a secret of the bench, long enough for all', ...env } })
  const [code] = (await once(child, 'exit')) as [number | null]
  if (code !== 0) throw new Error(`The data could not be made: ${name} ended with status ${code}.`)
}
