import { setTimeout as pause } from 'node:timers/promises'
import { readdirSync } from 'node:fs'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { checkFiles, readManifest } from '../../plugins/core/backup/manifest.ts'
import { faultClerks, signIn } from '../support/faults/fault-clerks.ts'
import { faultSeed, randomOf } from '../support/faults/random.ts'
import { faultEnv, isFull, proveAll, runCli, told, untilIdle, untilReady, untilRunnerWorks } from '../support/faults/under-faults.ts'
import { faultKinds, makeFaultWorld, type FaultWorld } from '../support/faults/world.ts'
import { freePort } from '../support/free-port.ts'
import { startFront, type RunningFront } from '../support/running-front.ts'

/*
 * SIGKILL at random moments under load. There are two processes: the front, and the application, in which the runner of later work
 * and of background jobs lives (ADR 0005): it is killed while a piece of work is leased. `all` is a loss of power.
 * TEST_BUDGET=full kills 20 times a database, else each kind once.
 */
const victims = ['application', 'runner', 'front', 'all'] as const
const kills = isFull ? 20 : 3
const clerksAtWork = 4

/** A server keeps what a killed process was reading for a minute, and removes nothing meanwhile: the other database is tried first. */
const removals: Promise<void>[] = []
afterAll(async () => { await Promise.all(removals) })

describe.each([...faultKinds].reverse())('killed under load on %s', (kind) => {
  let world: FaultWorld
  let front: RunningFront
  let port: number
  const seed = faultSeed()
  beforeAll(async () => {
    ;[world, port] = await Promise.all([makeFaultWorld(kind), freePort()])
    front = await start()
  })
  afterAll(async () => {
    await front?.stop()
    removals.push(world?.remove())
  })
  const start = () => startFront({ ...faultEnv(world), BACKUP_EVERY: '1h' }, { dataDir: world.dataDir, port })

  it(`${kills} times, each acknowledged command is there once and the rest wholly or not at all`, { timeout: 60_000 + kills * 60_000 }, async () => {
    const random = randomOf(seed)
    const clerks = faultClerks(front.url, { headers: await signIn(front.url), world, clerks: clerksAtWork })
    const killed: Record<string, number> = {}
    await clerks.until(25)
    for (let kill = 0; kill < kills; kill++) {
      const victim = isFull ? random.oneOf(victims) : (['runner', 'front', random.oneOf(['application', 'all'] as const)] as const)[kill] ?? 'all'
      const { pid } = await front.status()
      await pause(random.below(400))
      const wasWorking = victim === 'runner' && (await untilRunnerWorks(world))
      killed[wasWorking ? 'application while its runner works' : victim === 'runner' ? 'application' : victim] = (killed[wasWorking ? 'application while its runner works' : victim === 'runner' ? 'application' : victim] ?? 0) + 1
      if (victim === 'front' || victim === 'all') {
        if (victim === 'all') process.kill(Number(pid), 'SIGKILL')
        await front.kill()
        // As a service manager does.
        front = await start()
      } else {
        process.kill(Number(pid), 'SIGKILL')
        await expect.poll(async () => (await front.status()).pid, { timeout: 60_000, interval: 50 }).not.toBe(pid)
      }
      await untilReady(front.url)
      await clerks.until(20)
    }
    await clerks.stop()
    await untilIdle(front.url)
    console.log(`${kind}, seed ${seed}: killed ${JSON.stringify(killed)}; ${clerks.done()} commands acknowledged, ${clerks.journal.filter(({ outcome }) => outcome === 'unknown').length} unknown; answers: ${told(clerks.answers)}`)
    expect(clerks.faults).toEqual([])
    expect(clerks.journal.filter(({ tries, outcome }) => tries > 1 && outcome === 'done').length).toBeGreaterThan(0)
    expect((await runCli(world, ['backup'])).status).toBe(0)
    expect(await front.stop()).toBe(0)
    await proveAll(world, clerks.journal)
    for (const name of readdirSync(path.join(world.dataDir, 'backups'))) {
      if (name.endsWith('.partial')) continue
      const folder = path.join(world.dataDir, 'backups', name)
      await checkFiles(folder, await readManifest(folder))
    }
  })
})
