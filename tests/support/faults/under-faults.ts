import { execFile } from 'node:child_process'
import path from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { promisify } from 'node:util'
import { createClient } from '@libsql/client'
import { MongoClient } from 'mongodb'
import { expect } from 'vitest'
import { root } from '../../../config/root.ts'
import { closeDatabase } from '../../../plugins/core/data/close-database.ts'
import { withoutSettings } from '../without-settings.ts'
import type { Entry } from './fault-clerks.ts'
import { faultsAgainst } from './proofs.ts'
import type { FaultWorld } from './world.ts'

export const isFull = process.env.TEST_BUDGET === 'full'

/** Settings that fronts of these tests share with commands. */
export const faultEnv = (world: FaultWorld): Record<string, string> => ({ ...world.env, TRELLIS_MODE: 'production', TRELLIS_SECRET: 'a secret of the tests, long enough for all', LOG_LEVEL: 'silent' })

/** A command of the built command line, on the world's database. */
export async function runCli(world: FaultWorld, args: readonly string[], env: Readonly<Record<string, string>> = {}): Promise<{ status: number; output: string }> {
  try {
    const { stdout, stderr } = await promisify(execFile)(process.execPath, [path.join(root, 'build/cli.mjs'), ...args], {
      cwd: root, env: { ...withoutSettings(process.env), NODE_ENV: 'production', ...faultEnv(world), ...env }, timeout: 120_000, maxBuffer: 16 * 1_048_576,
    })
    return { status: 0, output: stdout + stderr }
  } catch (error) {
    const { code, stdout, stderr } = error as { code?: number; stdout?: string; stderr?: string }
    return { status: typeof code === 'number' ? code : -1, output: `${stdout ?? ''}${stderr ?? ''}` }
  }
}

/** Answers requests again, and its database answers it. */
export async function untilReady(url: string, milliseconds = 60_000): Promise<void> {
  await expect.poll(() => fetch(`${url}/health/ready`).then(({ status }) => status, () => 0), { timeout: milliseconds, interval: 50 }).toBe(200)
}

/** Nothing is left to be done: whatever later work there was is handled, by the platform itself. */
export async function untilIdle(url: string): Promise<void> {
  const left = async () => {
    const text = await fetch(`${url}/metrics`).then((answer) => answer.text(), () => '')
    const states = [...text.matchAll(/^trellis_work_items\{state="(\w+)"\} (\d+)$/gm)]
    return states.length === 0 ? 'no metrics' : states.filter(([, , count]) => count !== '0').map(([line]) => line).join()
  }
  await expect.poll(left, { timeout: 90_000, interval: 200 }).toBe('')
}

/** `verify` holds (all invariants, status 0), and the clerks' journal agrees with the database. The platform is stopped. */
export async function proveAll(world: FaultWorld, journal: readonly Entry[]): Promise<void> {
  const verified = await runCli(world, ['verify'])
  expect([verified.status, verified.output]).toEqual([0, expect.stringMatching(/invariants hold|All \d+/)])
  const payload = await world.open()
  try {
    expect((await faultsAgainst(payload, journal)).slice(0, 20)).toEqual([])
  } finally {
    await closeDatabase(payload)
  }
}

/** Whether a piece of later work is being done at this moment; asked past the platform. */
export async function watchRunner({ database }: FaultWorld): Promise<{ readonly isWorking: () => Promise<boolean>; readonly close: () => Promise<void> }> {
  if (database.kind === 'sqlite') {
    const client = createClient({ url: database.url })
    return {
      isWorking: async () => (await client.execute({ sql: "SELECT 1 FROM work_items WHERE status = 'pending' AND lease_until > ? LIMIT 1", args: [new Date().toISOString()] })).rows.length > 0,
      close: () => Promise.resolve(client.close()),
    }
  }
  const client = await new MongoClient(database.url).connect()
  return {
    isWorking: async () => (await client.db().collection('work-items').findOne({ status: 'pending', leaseUntil: { $gt: new Date() } })) !== null,
    close: () => client.close(),
  }
}

/** Waits for a runner's work, or not for ever. @returns whether it was seen */
export async function untilRunnerWorks(world: FaultWorld, milliseconds = 4_000): Promise<boolean> {
  const runner = await watchRunner(world)
  try {
    for (const deadline = Date.now() + milliseconds; Date.now() < deadline; await pause(1)) if (await runner.isWorking()) return true
    return false
  } finally {
    await runner.close()
  }
}

/** How often each answer was given: for the report of a run. */
export const told = (answers: ReadonlyMap<string, number>): string => [...answers].sort().map(([kind, count]) => `${count} × ${kind}`).join(', ')
