import { writeFileSync } from 'node:fs'
import path from 'node:path'
import { pathToFileURL } from 'node:url'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { root } from '../../config/root.ts'
import { closeDatabase } from '../../plugins/core/data/close-database.ts'
import { openStore } from '../../plugins/core/data/open-store.ts'
import { stateOf } from '../../plugins/core/workflow/pinned.ts'
import { faultClerks, signIn, type FaultClerks } from '../support/faults/fault-clerks.ts'
import { faultEnv, proveAll, told, untilIdle, untilReady } from '../support/faults/under-faults.ts'
import { faultKinds, makeFaultWorld, type FaultWorld } from '../support/faults/world.ts'
import { freePort } from '../support/free-port.ts'
import { startFront, type RunningFront } from '../support/running-front.ts'

const hour = 3_600_000
const day = 24 * hour

/* The clock of the machine is moved while people work: two days forward, and to two hours before the true time. */
describe.each(faultKinds)('a clock that jumps, on %s', (kind) => {
  let world: FaultWorld
  let front: RunningFront
  let clock: string
  const journal: FaultClerks['journal'][number][] = []
  beforeAll(async () => {
    world = await makeFaultWorld(kind)
    clock = path.join(world.dataDir, 'clock')
    const preload = pathToFileURL(path.join(root, 'tests/support/faults/shift-clock.mjs')).href
    front = await startFront({ ...faultEnv(world), BACKUP_EVERY: 'off', CLOCK_FILE: clock, NODE_OPTIONS: `--import ${preload}` }, { dataDir: world.dataDir, port: await freePort() })
  })
  afterAll(async () => {
    await front?.stop()
    await world?.remove()
  })

  const setClock = (milliseconds: number) => writeFileSync(clock, String(milliseconds))
  const work = async (commands: number, meanwhile?: () => Promise<void>) => {
    const clerks = faultClerks(front.url, { headers: await signIn(front.url), world, clerks: 3 })
    await clerks.until(commands, 120_000)
    if (meanwhile) {
      await meanwhile()
      await clerks.until(commands, 120_000)
    }
    await clerks.stop()
    console.log(`${kind}: ${clerks.done()} acknowledged; answers: ${told(clerks.answers)}`)
    journal.push(...clerks.journal)
    return clerks
  }
  const send = async (method: string, address: string, headers: Record<string, string>, body?: object) => {
    const answer = await fetch(`${front.url}/api/${address}`, { method, headers: { 'content-type': 'application/json', ...headers }, ...(body && { body: JSON.stringify(body) }) })
    return { status: answer.status, body: (await answer.json()) as { id: string; key?: string; errors?: readonly { name: string }[] } }
  }

  it('fires timers once, ends sessions and keys in time, leaves no lease and no work behind', { timeout: 240_000 }, async () => {
    const headers = await signIn(front.url)
    const tomorrow = new Date(Date.now() + day).toISOString().slice(0, 10)
    const { body: { id: quote } } = await send('POST', 'quotes', headers, { customer: world.customer, validUntil: tomorrow, lines: [{ part: world.part, quantity: '1' }] })
    expect((await send('POST', `quotes/${quote}/events/send`, headers, {})).status).toBe(200)
    for (const [index, event] of ['create', 'send'].entries()) journal.push({ entity: 'quotes', id: quote, event, key: undefined, outcome: 'done', version: index + 1, tries: 1 })
    const { status, body: { key } } = await send('POST', 'keys', headers, { name: 'Till', roles: ['salesRep'], readOnly: true, days: 1 })
    expect([status, typeof key]).toEqual([201, 'string'])
    const byKey = { authorization: `users API-Key ${key}` }
    const asked = async (given: Record<string, string>) => (await send('GET', 'units?limit=1&depth=0', given)).status
    expect([await asked(headers), await asked(byKey)]).toEqual([200, 200])

    await work(8, async () => {
      setClock(2 * day)
      await expect.poll(() => asked(headers), { timeout: 20_000 }).toBe(401)
      expect((await send('GET', 'units?limit=1&depth=0', byKey)).body.errors?.[0]?.name).toBe('keyExpired')
    })
    const { pid } = await front.status()
    await work(8, async () => {
      setClock(-2 * hour)
      // What it has leased is held until two days from now, by its clock of before.
      process.kill(Number(pid), 'SIGKILL')
      await expect.poll(async () => (await front.status()).pid, { timeout: 60_000 }).not.toBe(pid)
      await untilReady(front.url)
    })
    // The key is of its time again; a session that was over was taken off its account when its person signed in again.
    expect([await asked(await signIn(front.url)), await asked(byKey)]).toEqual([200, 200])
    await work(6, () => Promise.resolve(setClock(0)))
    await untilIdle(front.url)
    expect(await front.stop()).toBe(0)
    await proveAll(world, journal)
    const payload = await world.open()
    try {
      const store = openStore(payload)
      expect(stateOf(await store.require<string>('quotes', quote))).toBe('expired')
      expect(await store.count('history', { and: [{ documentId: { equals: quote } }, { event: { equals: 'expire' } }] })).toBe(1)
      const late = new Date(Date.now() + 120_000).toISOString()
      expect(await store.find('work-items', { where: { and: [{ status: { equals: 'pending' } }, { leaseUntil: { greater_than: late } }] } })).toEqual([])
    } finally {
      await closeDatabase(payload)
    }
  })
})
