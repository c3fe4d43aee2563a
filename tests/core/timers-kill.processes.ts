import { createClient } from '@libsql/client'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { closeDatabase } from '../../plugins/core/data/close-database.ts'
import { faultSeed, randomOf } from '../support/faults/random.ts'
import { armTimers, faultsOfTimers, killWhileDraining } from '../support/faults/timers-under-kills.ts'
import { faultEnv, isFull, runCli } from '../support/faults/under-faults.ts'
import { makeFaultWorld, type FaultWorld } from '../support/faults/world.ts'
import { freePort } from '../support/free-port.ts'
import { startFront, type RunningFront } from '../support/running-front.ts'

/* Timers that are due at once, while the application that sends their events is killed: none is lost, none has effect twice. */
const count = isFull ? 1_000 : 60
const kills = isFull ? 5 : 2

let world: FaultWorld
let front: RunningFront | undefined
let ids: readonly string[] = []

beforeAll(async () => {
  world = await makeFaultWorld('sqlite')
  const payload = await world.open()
  ids = await armTimers(payload, { count, customer: world.customer, dueAt: new Date() })
  await closeDatabase(payload)
})
afterAll(async () => {
  await front?.stop()
  await world?.remove()
})

it(`${count} at once, killed ${kills} times`, async () => {
  const seed = faultSeed()
  const client = createClient({ url: world.database.url })
  const left = async () => Number((await client.execute("SELECT count(*) AS left FROM work_items WHERE handler = 'core.timer' AND status = 'pending'")).rows[0]?.left)
  expect(await left()).toBe(count)
  front = await startFront(faultEnv(world), { dataDir: world.dataDir, port: await freePort() })
  const { status } = front
  const killed = await killWhileDraining({
    kills, random: randomOf(seed), left, victim: async () => (await status()).pid ?? undefined,
    kill: async (pid) => {
      process.kill(pid, 'SIGKILL')
      await expect.poll(async () => [pid, null, undefined].includes((await status()).pid), { timeout: 60_000, interval: 20 }).toBe(false)
    },
  })
  client.close()
  expect(killed).toBe(kills)
  await front.stop()
  front = undefined
  const payload = await world.open()
  expect(await faultsOfTimers(payload, ids)).toEqual([])
  await closeDatabase(payload)
  expect((await runCli(world, ['verify'])).status).toBe(0)
}, isFull ? 600_000 : 180_000)
