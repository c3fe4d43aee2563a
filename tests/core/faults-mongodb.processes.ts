import { setTimeout as pause } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { faultClerks, signIn, type FaultClerks } from '../support/faults/fault-clerks.ts'
import { startTcpProxy, type TcpProxy } from '../support/faults/tcp-proxy.ts'
import { faultEnv, isFull, proveAll, told, untilIdle, untilReady } from '../support/faults/under-faults.ts'
import { faultKinds, makeFaultWorld, type FaultWorld } from '../support/faults/world.ts'
import { freePort } from '../support/free-port.ts'
import { startFront, type RunningFront } from '../support/running-front.ts'

const rounds = isFull ? 6 : 1
const commitsCut = isFull ? 7 : 3
const someCommands = isFull ? 10 : 4

/* What a network does to the connections between the platform and MongoDB, under load; afterwards the same proofs as after kills. */
describe.runIf(faultKinds.includes('mongodb'))('the connection to MongoDB', () => {
  let world: FaultWorld
  let proxy: TcpProxy
  let front: RunningFront
  let headers: Record<string, string>
  let clerks: FaultClerks
  const journal: FaultClerks['journal'][number][] = []
  beforeAll(async () => {
    world = await makeFaultWorld('mongodb')
    const url = new URL(world.database.url)
    proxy = await startTcpProxy({ host: url.hostname, port: Number(url.port || 27017) })
    url.hostname = '127.0.0.1'
    url.port = String(proxy.port)
    // Else the driver asks the server for its own address, and goes past the proxy.
    url.searchParams.set('directConnection', 'true')
    front = await startFront({ ...faultEnv(world), DATABASE_URL: url.href, BACKUP_EVERY: 'off' }, { dataDir: world.dataDir, port: await freePort() })
    headers = await signIn(front.url)
  })
  afterAll(async () => {
    await front?.stop()
    await proxy?.stop()
    await world?.remove()
  })

  /** Under load, during which `harm` happens; then everything goes on. */
  const under = async (name: string, harm: () => Promise<void>) => {
    clerks = faultClerks(front.url, { headers, world, clerks: 4 })
    await clerks.until(someCommands, 120_000)
    await harm()
    await untilReady(front.url)
    await clerks.until(someCommands, 120_000)
    await clerks.stop()
    console.log(`${name}: ${clerks.done()} acknowledged, ${clerks.journal.filter(({ outcome }) => outcome === 'unknown').length} unknown; answers: ${told(clerks.answers)}`)
    expect(clerks.faults).toEqual([])
    journal.push(...clerks.journal)
  }

  it('is cut', { timeout: 240_000 }, () => under('cut', async () => {
    for (let round = 0; round < rounds; round++) {
      proxy.cut()
      await clerks.until(4, 120_000)
    }
  }))

  it.each(['answer', 'before'] as const)('is cut in the middle of commits: %s', { timeout: 240_000 }, (when) => under(`commits cut (${when})`, async () => {
    for (let round = 0; round < rounds; round++) {
      const before = proxy.hits()[when]
      // The driver sends a commit again by itself: some are cut twice.
      proxy.cutAt('commitTransaction', when, commitsCut)
      await expect.poll(() => proxy.hits()[when], { timeout: 60_000, interval: 50 }).toBe(before + commitsCut)
      await clerks.until(3, 120_000)
    }
  }))

  it('is slow', { timeout: 240_000 }, () => under('slow', async () => {
    proxy.delay(40)
    await clerks.until(isFull ? 30 : 3, 180_000)
    proxy.delay(0)
  }))

  it('is refused for seconds: whoever asks is told that nothing was changed', { timeout: 240_000 }, () => under('refused', async () => {
    proxy.refuse(true)
    const status = async (method: string, path: string, body?: object) => {
      const answer = await fetch(`${front.url}${path}`, { method, headers, ...(body && { body: JSON.stringify(body) }) })
      return [answer.status, answer.headers.get('retry-after') !== null, await answer.text()]
    }
    const away = [503, true, expect.stringContaining('"databaseAway"') as string]
    expect(await Promise.all([status('GET', '/api/parts?limit=1&depth=0'), status('POST', '/api/units', { code: 'away', name: 'Away', decimals: 0 })])).toEqual([away, away])
    expect((await fetch(`${front.url}/health/ready`)).status).toBe(503)
    await pause(isFull ? 25_000 : 1_000)
    proxy.refuse(false)
  }))

  it('has cost no acknowledged command, applied none by halves and none twice', { timeout: 240_000 }, async () => {
    await untilIdle(front.url)
    expect(await front.stop()).toBe(0)
    await proveAll(world, journal)
  })
})
