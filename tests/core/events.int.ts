import type { Payload } from 'payload'
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest'
import { text } from '../../config/language/fields.ts'
import { systemActor } from '../../plugins/core/access/actor.ts'
import { runCommand } from '../../plugins/core/commands/run-command.ts'
import { transact } from '../../plugins/core/commands/transact.ts'
import { openStore } from '../../plugins/core/data/open-store.ts'
import { drainWork, mostAttempts, replayDeadLetter, runDueWork, startRunner } from '../../plugins/core/events/runner.ts'
import type { TrellisPlugin } from '../../plugins/core/platform/plugin.ts'
import { workState } from '../../plugins/core/operations/work-state.ts'
import type { Booted } from '../support/boot-payload.ts'
import { bootPlatform } from '../support/test-platform.ts'

/** What the handlers saw, and for which document they fail. */
const seen: { handler: string; document: string; version: number }[] = []
let poisoned: string | undefined
let poison: string | undefined

const post: TrellisPlugin = {
  slug: 'oms',
  entities: [{
    slug: 'letters', system: 'oms', kind: 'document', titleField: 'subject', listColumns: ['subject'], workflow: 'letter',
    label: { en: 'Letter', zh: '信' }, labels: { en: 'Letters', zh: '信' },
    fields: [text('subject', { en: 'Subject', zh: '主题' })],
  }],
  workflows: [{
    slug: 'letter', version: 1, entity: 'letters', label: { en: 'Letter', zh: '信' }, initial: 'open',
    events: {
      stamp: { label: { en: 'Stamp', zh: '盖章' }, past: 'stamped' },
      send: { label: { en: 'Send', zh: '寄出' }, past: 'sent' },
      expire: { label: { en: 'Expire', zh: '过期' }, past: 'expired', roles: ['system'] },
    },
    states: {
      open: { label: { en: 'Open', zh: '打开' }, after: { P2D: 'expire' }, on: { stamp: {}, send: { target: 'sent' }, expire: { target: 'expired' } } },
      sent: { label: { en: 'Sent', zh: '已寄' }, type: 'final' },
      expired: { label: { en: 'Expired', zh: '过期' }, type: 'final' },
    },
  }],
  handlers: ['post.file', 'post.weigh'].map((name) => ({
    name, on: ['letters.stamped'],
    run(_, event) {
      if (name === 'post.weigh' && event.documentId === poisoned) return Promise.reject(Object.assign(new Error('The scale is broken.'), { code: poison }))
      seen.push({ handler: name, document: event.documentId, version: event.documentVersion })
      return Promise.resolve()
    },
  })),
}

let booted: Booted
let payload: Payload
const letter = async () => String((await runCommand(payload, systemActor, { action: 'create', entity: 'letters', data: { subject: 'x' } })).id)
const send = (id: string, event: string) => runCommand(payload, systemActor, { action: 'send', entity: 'letters', id, event })
const work = (id: string, where = {}) => openStore(payload).find('work-items', { where: { documentId: { equals: id }, kind: { equals: 'event' }, ...where }, sort: 'documentVersion' })
const later = (days: number) => new Date(Date.now() + days * 86_400_000)

beforeAll(async () => {
  booted = await bootPlatform([post])
  payload = booted.payload
  await transact(payload, { actor: systemActor }, (context) =>
    context.create('companies', { values: { name: 'Test', code: 'T', currency: 'EUR', timeZone: 'Europe/Berlin', country: 'DE', language: 'en' } }))
})
beforeEach(() => { seen.length = 0; poisoned = undefined; poison = undefined })
afterAll(() => booted?.stop())

/** Runs all due work as if the back-off had passed, so often that the last try is over. */
async function wearOut() {
  for (let attempt = 0; attempt <= mostAttempts; attempt++) await runDueWork(payload, later(1))
}

describe('events', () => {
  it('reach each handler once and in order, also with several runners at work', async () => {
    const id = await letter()
    for (let times = 0; times < 5; times++) await send(id, 'stamp')
    const runners = [startRunner(payload), startRunner(payload), startRunner(payload)]
    await expect.poll(() => work(id, { status: { equals: 'done' } }).then(({ length }) => length), { timeout: 40_000 }).toBe(10)
    await Promise.all(runners.map((runner) => runner.stop()))
    for (const handler of ['post.file', 'post.weigh']) {
      expect(seen.filter((entry) => entry.handler === handler && entry.document === id).map(({ version }) => version)).toEqual([2, 3, 4, 5, 6])
    }
  })

  it('a runner that fails after its lease went to another leaves what the other did', async () => {
    const id = await letter()
    await send(id, 'stamp')
    poisoned = id
    const rollback = payload.db.rollbackTransaction.bind(payload.db)
    const spy = vi.spyOn(payload.db, 'rollbackTransaction').mockImplementation(async (transaction) => {
      await rollback(transaction)
      const [item] = await work(id, { handler: { equals: 'post.weigh' } })
      await openStore(payload).update('work-items', item?.id ?? '', { status: 'done', leaseOwner: 'another', attempts: 1 })
    })
    await runDueWork(payload)
    expect(spy).toHaveBeenCalledOnce()
    spy.mockRestore()
    expect(await work(id, { handler: { equals: 'post.weigh' } })).toMatchObject([{ status: 'done', leaseOwner: 'another', attempts: 1 }])
  })

  it('a poisoned one is tried with back-off, becomes a dead letter and parks its document for that handler only', async () => {
    const [bad, good] = [await letter(), await letter()]
    poisoned = bad
    await send(bad, 'stamp')
    await send(bad, 'stamp')
    await send(good, 'stamp')
    await runDueWork(payload)
    const [first] = await work(bad, { handler: { equals: 'post.weigh' } })
    expect(first).toMatchObject({ status: 'pending', attempts: 1, lastError: 'The scale is broken.' })
    expect(Date.parse(String(first?.dueAt))).toBeGreaterThan(Date.now())
    await wearOut()
    expect((await work(bad, { handler: { equals: 'post.weigh' } })).map(({ status }) => status)).toEqual(['dead', 'pending'])
    expect((await work(bad, { handler: { equals: 'post.file' } })).map(({ status }) => status)).toEqual(['done', 'done'])
    expect((await work(good)).map(({ status }) => status)).toEqual(['done', 'done'])

    poisoned = undefined
    expect(await replayDeadLetter(payload, String(first?.id))).toBe(true)
    await drainWork(payload)
    await wearOut()
    expect((await work(bad)).every(({ status }) => status === 'done')).toBe(true)
    expect(seen.filter(({ document, handler }) => document === bad && handler === 'post.weigh').map(({ version }) => version)).toEqual([2, 3])
  })

  it.each(['SQLITE_FULL', 'ECONNREFUSED'])('one that fails for want of room or of the database (%s) is tried soon and for as long as it takes', async (code) => {
    const id = await letter()
    poisoned = id
    poison = code
    await send(id, 'stamp')
    await runDueWork(payload)
    const [first] = await work(id, { handler: { equals: 'post.weigh' } })
    expect(first).toMatchObject({ status: 'pending', attempts: 0, lastError: 'The scale is broken.' })
    expect(Date.parse(String(first?.dueAt))).toBeLessThan(Date.now() + 6_000)
    expect((await workState(payload)).retrying).toBe(1)
    await wearOut()
    expect(await work(id, { handler: { equals: 'post.weigh' } })).toMatchObject([{ status: 'pending', attempts: 0 }])
    poisoned = undefined
    await runDueWork(payload, later(1))
    expect((await work(id)).map(({ status }) => status)).toEqual(['done', 'done'])
    expect((await workState(payload)).retrying).toBe(0)
  })

  it('work of a process that died is taken over when its lease ends, not before', async () => {
    const id = await letter()
    await send(id, 'stamp')
    const store = openStore(payload)
    for (const item of await work(id)) await store.update('work-items', item.id, { leaseOwner: 'gone', leaseUntil: new Date(Date.now() + 60_000).toISOString() })
    await runDueWork(payload)
    expect(seen).toEqual([])
    for (const item of await work(id)) await store.update('work-items', item.id, { leaseUntil: new Date(Date.now() - 1_000).toISOString() })
    await drainWork(payload)
    expect(seen.map(({ document }) => document)).toEqual([id, id])
  })
})

describe('timers', () => {
  it('fire once when they are due, and not after the state was left', async () => {
    const [left, stays] = [await letter(), await letter()]
    await send(left, 'send')
    await runDueWork(payload, later(1))
    expect((await openStore(payload).require('letters', stays)).workflow).toMatchObject({ state: 'open' })
    await runDueWork(payload, later(3))
    await runDueWork(payload, later(3))
    expect((await openStore(payload).require('letters', stays)).workflow).toMatchObject({ state: 'expired' })
    expect((await openStore(payload).require('letters', left)).workflow).toMatchObject({ state: 'sent' })
    expect(await openStore(payload).count('history', { documentId: { equals: stays } })).toBe(2)
  })
})
