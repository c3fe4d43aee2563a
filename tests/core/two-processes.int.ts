import type { Payload } from 'payload'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { systemActor } from '../../plugins/core/access/actor.ts'
import { runCommand, type Command } from '../../plugins/core/commands/run-command.ts'
import { openStore } from '../../plugins/core/data/open-store.ts'
import { verify } from '../../plugins/core/verify/run-checks.ts'
import type { Booted } from '../support/boot-payload.ts'
import { startShopProcess, type Outcome, type ShopProcess } from '../support/second-process.ts'
import { foundTestCompany, shop } from '../support/shop.ts'
import { bootPlatform } from '../support/test-platform.ts'

let booted: Booted
let payload: Payload
let processes: ShopProcess[] = []

beforeAll(async () => {
  booted = await bootPlatform([shop])
  payload = booted.payload
  await foundTestCompany(payload)
  processes = await Promise.all([startShopProcess(booted.database), startShopProcess(booted.database)])
})
afterAll(async () => {
  await Promise.all(processes.map(({ stop }) => stop()))
  await booted?.stop()
})

const run = async (command: Command) => String((await runCommand(payload, systemActor, command)).id)
const shelf = (stock: string) => run({ action: 'create', entity: 'shelves', data: { name: `S${Math.random()}`, stock } })
const ticket = (on: string) => run({ action: 'create', entity: 'tickets', data: { shelf: on } })
const take = (id: string): Command => ({ action: 'send', entity: 'tickets', id, event: 'take' })
const stockOf = async (id: string) => Number((await openStore(payload).require('shelves', id)).stock) / 1_000_000

/** Both processes at the same moment. */
async function together(...commands: readonly (readonly Command[])[]): Promise<(readonly Outcome[])[]> {
  return Promise.all(processes.map((one, index) => one.run(commands[index] ?? [])))
}

const succeeded = (outcomes: readonly Outcome[]) => outcomes.filter((outcome) => 'result' in outcome).length
const codes = (outcomes: readonly Outcome[]) => outcomes.flatMap((outcome) => ('code' in outcome ? [outcome.code] : []))

describe('two processes over one database', () => {
  it('50 that each take 1 of a stock of 10: exactly 10 succeed and 40 are refused with a reason', async () => {
    const on = await shelf('10')
    const tickets = await Promise.all(Array.from({ length: 50 }, () => ticket(on)))
    const outcomes = (await together(tickets.slice(0, 25).map(take), tickets.slice(25).map(take))).flat()
    expect(succeeded(outcomes)).toBe(10)
    expect(codes(outcomes)).toEqual(Array(40).fill('empty'))
    expect(await stockOf(on)).toBe(0)
    expect((await openStore(payload).find('tickets', { where: { shelf: { equals: on } } })).filter(({ taken }) => taken === 1)).toHaveLength(10)
  })

  it('commands on one document: none lost, none applied twice', async () => {
    const on = await shelf('1000')
    const id = await ticket(on)
    const outcomes = await together(Array<Command>(40).fill(take(id)), Array<Command>(40).fill(take(id)))
    // Each process has got its turn.
    for (const ofOne of outcomes) expect(succeeded(ofOne)).toBeGreaterThan(0)
    const count = succeeded(outcomes.flat())
    expect(codes(outcomes.flat()).filter((code) => code !== 'busy')).toEqual([])
    const { taken, version } = await openStore(payload).require('tickets', id)
    expect({ taken, version, left: await stockOf(on), history: await openStore(payload).count('history', { documentId: { equals: id } }) })
      .toEqual({ taken: count, version: count + 1, left: 1000 - count, history: count + 1 })
  })

  it('the same request in both is applied once', async () => {
    const name = `Once ${Math.random()}`
    const create: Command = { action: 'create', entity: 'shelves', data: { id: crypto.randomUUID(), name } }
    const outcomes = (await together([create], [create])).flat()
    expect(succeeded(outcomes)).toBe(1)
    expect(await openStore(payload).count('shelves', { name: { equals: name } })).toBe(1)
  })

  it('one discards what the other refers to: one of them succeeds', async () => {
    const shelves = await Promise.all(Array.from({ length: 15 }, () => shelf('1')))
    const [referred = [], discarded = []] = await together(
      shelves.map((id) => ({ action: 'create', entity: 'tickets', data: { shelf: id } })),
      shelves.map((id) => ({ action: 'discard', entity: 'shelves', id })),
    )
    expect(shelves.map((_, index) => [referred[index], discarded[index]].filter((outcome) => outcome && 'result' in outcome).length)).toEqual(Array(15).fill(1))
    expect(new Set(codes([...referred, ...discarded]))).toEqual(new Set([...codes(referred).map(() => 'unknownReference'), ...codes(discarded).map(() => 'inUse')]))
  })

  it('two runners do each piece of work once', async () => {
    const on = await shelf('1')
    const tickets = await Promise.all(Array.from({ length: 12 }, () => ticket(on)))
    for (const id of tickets) await run({ action: 'send', entity: 'tickets', id, event: 'close' })
    await Promise.all(processes.map(({ drain }) => drain()))
    const items = await openStore(payload).find('work-items', { where: { documentId: { in: tickets } } })
    expect(items.map(({ status, attempts }) => [status, attempts])).toEqual(Array(12).fill(['done', 1]))
  })

  it('leave a database that verifies', async () => {
    const { checks } = await verify(payload)
    expect(checks.filter(({ ok }) => !ok).map(({ name, failures }) => ({ name, failures: failures.slice(0, 5) }))).toEqual([])
  })
})
