import type { Payload } from 'payload'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { systemActor } from '../../plugins/core/access/actor.ts'
import { runCommand } from '../../plugins/core/commands/run-command.ts'
import { transact } from '../../plugins/core/commands/transact.ts'
import { openStore } from '../../plugins/core/data/open-store.ts'
import type { ProblemError } from '../../plugins/core/errors.ts'
import { drainWork, forgetOldKeys } from '../../plugins/core/events/runner.ts'
import type { Booted } from '../support/boot-payload.ts'
import { foundTestCompany, shop } from '../support/shop.ts'
import { bootPlatform } from '../support/test-platform.ts'

let booted: Booted
let payload: Payload
const send = (id: string, event: string) => runCommand(payload, systemActor, { action: 'send', entity: 'tickets', id, event })

async function shelf(stock: string): Promise<string> {
  const { id } = await runCommand(payload, systemActor, { action: 'create', entity: 'shelves', data: { name: `S${Math.random()}`, stock } })
  return String(id)
}
async function ticket(on: string): Promise<string> {
  const { id } = await runCommand(payload, systemActor, { action: 'create', entity: 'tickets', data: { shelf: on } })
  return String(id)
}
const stockOf = async (id: string) => Number((await openStore(payload).require('shelves', id)).stock) / 1_000_000

beforeAll(async () => {
  booted = await bootPlatform([shop])
  payload = booted.payload
  await foundTestCompany(payload)
})
afterAll(() => booted?.stop())

it('a series that many begin in one moment gives each a number of its own, gapless or not', async () => {
  for (let round = 0; round < 10; round++) {
    for (const gapless of [false, true]) {
      const numbers = await Promise.all(Array.from({ length: 12 }, () => transact(payload, { actor: systemActor }, ({ store }) => store.nextNumber(`X${round}${gapless}`, { gapless }))))
      expect(numbers.sort((a, b) => a - b)).toEqual(Array.from({ length: 12 }, (_, index) => index + 1))
    }
  }
})

describe('commands', () => {
  it('50 that each take 1 of a stock of 10: exactly 10 succeed and 40 are refused with a reason', async () => {
    const on = await shelf('10')
    const tickets = await Promise.all(Array.from({ length: 50 }, () => ticket(on)))
    const results = await Promise.allSettled(tickets.map((id) => send(id, 'take')))
    const refused = results.filter(({ status }) => status === 'rejected') as PromiseRejectedResult[]
    expect(results.length - refused.length).toBe(10)
    expect(refused.map(({ reason }) => (reason as ProblemError).message)).toEqual(Array(40).fill('The shelf is empty.'))
    expect(await stockOf(on)).toBe(0)
  })

  it('200 on one document: none lost, none applied twice', async () => {
    const id = await ticket(await shelf('1000'))
    const results = await Promise.allSettled(Array.from({ length: 200 }, () => send(id, 'take')))
    const succeeded = results.filter(({ status }) => status === 'fulfilled').length
    const document = await openStore(payload).require('tickets', id)
    expect(succeeded).toBeGreaterThan(100)
    expect(document.taken).toBe(succeeded)
    expect(document.version).toBe(succeeded + 1)
    expect(await stockOf(String(document.shelf))).toBe(1000 - succeeded)
    expect(await openStore(payload).count('history', { documentId: { equals: id } })).toBe(succeeded + 1)
    for (const result of results) if (result.status === 'rejected') expect((result.reason as ProblemError).problem.code).toBe('busy')
  })

  it('one that throws half-way leaves nothing', async () => {
    const on = await shelf('5')
    const id = await ticket(on)
    await expect(send(id, 'breakDown')).rejects.toThrow('half-way')
    expect(await stockOf(on)).toBe(5)
    expect(await openStore(payload).count('history', { documentId: { equals: id } })).toBe(1)
    expect((await openStore(payload).require('tickets', id)).version).toBe(1)
  })

  it('the same idempotency key is applied once and answered twice; another request under it is refused', async () => {
    const on = await shelf('5')
    const id = await ticket(on)
    const command = { action: 'send', entity: 'tickets', id, event: 'take' } as const
    const answers = await Promise.all(Array.from({ length: 5 }, () => runCommand(payload, systemActor, command, { idempotencyKey: `k-${id}` })))
    expect(new Set(answers.map(({ version }) => version))).toEqual(new Set([2]))
    expect(await stockOf(on)).toBe(4)
    await expect(runCommand(payload, systemActor, { ...command, event: 'close' }, { idempotencyKey: `k-${id}` })).rejects.toThrow('another request')
  })

  it('creating with one idempotency key at the same moment makes one document and gives everyone the same answer', async () => {
    for (let round = 0; round < 5; round++) {
      const name = `Once ${round}`
      const command = { action: 'create', entity: 'shelves', data: { name } } as const
      const answers = await Promise.all([1, 2, 3].map(() => runCommand(payload, systemActor, command, { idempotencyKey: `once-${round}` })))
      expect(new Set(answers.map((answer) => JSON.stringify({ id: answer.id, version: answer.version }))).size).toBe(1)
      expect(await openStore(payload).count('shelves', { name: { equals: name } })).toBe(1)
    }
  })

  it.each([
    ['name', 'taken', (round: number) => ({ name: `Same ${round}` })],
    ['id', 'idTaken', (round: number) => ({ id: `same-${round}`, name: `S${Math.random()}` })],
  ])('creating with one %s at the same moment: one succeeds, the others are told', async (path, code, dataOf) => {
    for (let round = 0; round < 5; round++) {
      const results = await Promise.allSettled([1, 2, 3].map(() => runCommand(payload, systemActor, { action: 'create', entity: 'shelves', data: dataOf(round) })))
      const refused = results.flatMap((result) => (result.status === 'rejected' ? [(result.reason as ProblemError).problem] : []))
      expect(refused.map((problem) => [problem.status, problem.findings?.map((finding) => [finding.path, finding.code])]))
        .toEqual(Array(2).fill([422, [[path, code]]]))
    }
  })

  it('a unique value that no check finds before is told after a few tries', async () => {
    const name = `Raw ${Math.random()}`
    const insert = () => transact(payload, { actor: systemActor }, ({ store }) => store.insert('shelves', { id: crypto.randomUUID(), name, version: 1 }))
    await insert()
    const refused = { problem: { status: 422, findings: [{ code: 'taken', path: 'name', message: { en: expect.stringContaining('the same name'), zh: expect.stringContaining('名称相同') } }] } }
    await expect(insert()).rejects.toMatchObject(refused)
    await expect(transact(payload, { actor: systemActor }, ({ store }) => store.insertMany('shelves', [{ id: crypto.randomUUID(), name, version: 1 }]))).rejects.toMatchObject(refused)
  })

  it('an idempotency key is forgotten after 30 days, not before', async () => {
    const id = await ticket(await shelf('5'))
    await runCommand(payload, systemActor, { action: 'send', entity: 'tickets', id, event: 'take' }, { idempotencyKey: `old-${id}` })
    const known = () => openStore(payload).count('idempotency-keys', { key: { equals: `system:old-${id}` } })
    await forgetOldKeys(payload, new Date(Date.now() + 29 * 86_400_000))
    expect(await known()).toBe(1)
    await forgetOldKeys(payload, new Date(Date.now() + 31 * 86_400_000))
    expect(await known()).toBe(0)
  })

  it('a handler runs once for an event, after it', async () => {
    const id = await ticket(await shelf('1'))
    await send(id, 'close')
    await drainWork(payload)
    await drainWork(payload)
    expect((await openStore(payload).require('tickets', id)).seen).toBe(true)
    expect(await openStore(payload).count('work-items', { documentId: { equals: id }, status: { equals: 'done' } })).toBe(1)
  })

  it("Payload's own writes are refused, whoever asks", async () => {
    const id = await ticket(await shelf('1'))
    const writes = [
      () => payload.update({ collection: 'tickets', id, data: { taken: 7 } }),
      () => payload.delete({ collection: 'tickets', id }),
      () => payload.create({ collection: 'tickets', data: { id: 'x' } }),
      () => payload.duplicate({ collection: 'tickets', id }),
    ]
    for (const write of writes) await expect(write()).rejects.toThrow()
    expect((await openStore(payload).require('tickets', id)).taken).toBe(0)
  })
})
