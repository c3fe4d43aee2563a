import type { Payload } from 'payload'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { boolean, integer, quantity, text } from '../../config/language/fields.ts'
import { systemActor } from '../../plugins/core/access/actor.ts'
import { runCommand } from '../../plugins/core/commands/run-command.ts'
import { transact } from '../../plugins/core/commands/transact.ts'
import { openStore } from '../../plugins/core/data/open-store.ts'
import { failRefused, type ProblemError } from '../../plugins/core/errors.ts'
import { drainWork, forgetOldKeys } from '../../plugins/core/events/runner.ts'
import type { TrellisPlugin } from '../../plugins/core/platform/plugin.ts'
import type { Booted } from '../support/boot-payload.ts'
import { bootPlatform } from '../support/test-platform.ts'

/** A shelf to take from and tickets with a life: as small a system as can be. */
const shop: TrellisPlugin = {
  slug: 'wms',
  entities: [
    {
      slug: 'shelves', system: 'wms', kind: 'master', titleField: 'name', listColumns: ['name'],
      label: { en: 'Shelf', zh: '货架' }, labels: { en: 'Shelves', zh: '货架' },
      fields: [text('name', { en: 'Name', zh: '名称' }, { required: true, unique: true }), quantity('stock', { en: 'Stock', zh: '库存' }, { default: '0' })],
    },
    {
      slug: 'tickets', system: 'wms', kind: 'document', titleField: 'number', listColumns: ['number'], numbering: { prefix: 'T' }, workflow: 'ticket',
      label: { en: 'Ticket', zh: '单' }, labels: { en: 'Tickets', zh: '单' },
      fields: [text('shelf', { en: 'Shelf', zh: '货架' }), integer('taken', { en: 'Taken', zh: '次数' }, { readOnly: true, default: 0 }), boolean('seen', { en: 'Seen', zh: '已阅' })],
    },
  ],
  workflows: [{
    slug: 'ticket', version: 1, entity: 'tickets', label: { en: 'Ticket', zh: '单' }, initial: 'open',
    events: {
      take: { label: { en: 'Take', zh: '取' }, past: 'taken' },
      breakDown: { label: { en: 'Break', zh: '坏' }, past: 'broken' },
      close: { label: { en: 'Close', zh: '关' }, past: 'closed' },
    },
    states: {
      open: {
        label: { en: 'Open', zh: '打开' }, editable: true,
        on: { take: { actions: [{ type: 'shop.take' }] }, breakDown: { actions: [{ type: 'shop.take' }, { type: 'shop.fail' }] }, close: { target: 'closed' } },
      },
      closed: { label: { en: 'Closed', zh: '关闭' }, type: 'final' },
    },
  }],
  actions: [
    {
      type: 'shop.take', label: { en: 'Take one', zh: '取一件' },
      async run({ store }, { document }) {
        const one = 1_000_000
        const taken = await store.update('shelves', String(document.shelf), { stock: { $inc: -one } }, { stock: { greater_than_equal: one } })
        if (!taken) failRefused([{ code: 'empty', message: { en: 'The shelf is empty.', zh: '货架已空。' } }])
        document.taken = Number(document.taken) + 1
      },
    },
    { type: 'shop.fail', label: { en: 'Fail', zh: '失败' }, run: () => Promise.reject(new Error('half-way')) },
  ],
  handlers: [{
    name: 'shop.see', on: ['tickets.closed'],
    async run(context, event) {
      await context.store.update('tickets', event.documentId, { seen: true })
    },
  }],
}

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
  await transact(payload, { actor: systemActor }, (context) =>
    context.create('companies', { values: { name: 'Test', code: 'T', currency: 'EUR', timeZone: 'Europe/Berlin', country: 'DE', language: 'en' } }))
})
afterAll(() => booted?.stop())

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
    await expect(insert()).rejects.toMatchObject({ problem: { status: 422, findings: [{ code: 'taken' }] } })
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
