import type { Payload } from 'payload'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { text } from '../../config/language/fields.ts'
import { systemActor } from '../../plugins/core/access/actor.ts'
import type { DeadLetterView } from '../../plugins/core/api/dead-letters.ts'
import { runCommand } from '../../plugins/core/commands/run-command.ts'
import { transact } from '../../plugins/core/commands/transact.ts'
import { openStore } from '../../plugins/core/data/open-store.ts'
import { drainWork, mostAttempts, runDueWork } from '../../plugins/core/events/runner.ts'
import type { TrellisPlugin } from '../../plugins/core/platform/plugin.ts'
import type { Booted } from '../support/boot-payload.ts'
import { signIn, type Person } from '../support/rest.ts'
import { bootPlatform } from '../support/test-platform.ts'

let isBroken = true
const carried: string[] = []

const courier: TrellisPlugin = {
  slug: 'oms',
  entities: [{
    slug: 'parcels', system: 'oms', kind: 'document', titleField: 'subject', listColumns: ['subject'], workflow: 'parcel',
    label: { en: 'Parcel', zh: '包裹' }, labels: { en: 'Parcels', zh: '包裹' },
    fields: [text('subject', { en: 'Subject', zh: '主题' })],
  }],
  workflows: [{
    slug: 'parcel', version: 1, entity: 'parcels', label: { en: 'Parcel', zh: '包裹' }, initial: 'open',
    events: { send: { label: { en: 'Send', zh: '寄出' }, past: 'sent' } },
    states: { open: { label: { en: 'Open', zh: '打开' }, on: { send: {} } } },
  }],
  handlers: [{
    name: 'courier.carry', on: ['parcels.sent'],
    run(_, { documentId }) {
      if (isBroken) return Promise.reject(new Error('The van does not start.'))
      carried.push(documentId)
      return Promise.resolve()
    },
  }],
}

let booted: Booted
let payload: Payload
let owner: Person
let clerk: Person

/** A parcel whose handler fails until it is a dead letter. */
async function deadParcel(subject: string): Promise<string> {
  const id = String((await runCommand(payload, systemActor, { action: 'create', entity: 'parcels', data: { subject } })).id)
  await runCommand(payload, systemActor, { action: 'send', entity: 'parcels', id, event: 'send' })
  for (let attempt = 0; attempt <= mostAttempts; attempt++) await runDueWork(payload, new Date(Date.now() + 86_400_000))
  return id
}
const view = async () => (await owner.door('/dead-letters')).body as DeadLetterView
const letterOf = async (documentId: string) => (await view()).dead.find((letter) => letter.documentId === documentId)
const post = (body: unknown) => ({ method: 'POST', body })

beforeAll(async () => {
  booted = await bootPlatform([courier])
  payload = booted.payload
  await transact(payload, { actor: systemActor }, (context) =>
    context.create('companies', { values: { name: 'Test', code: 'T', currency: 'EUR', timeZone: 'Europe/Berlin', country: 'DE', language: 'en' } }))
  owner = await signIn(booted, ['owner'])
  clerk = await signIn(booted, ['salesManager'])
})
afterAll(() => booted?.stop())

describe('dead letters', () => {
  it('are shown with document, handler, tries and error, and replayed by who may', async () => {
    isBroken = true
    const id = await deadParcel('books')
    const letter = await letterOf(id)
    expect(letter).toMatchObject({
      status: 'dead', handler: 'courier.carry', event: 'parcels.sent', entity: 'parcels', documentTitle: 'books', attempts: mostAttempts, error: 'The van does not start.',
    })
    isBroken = false
    expect((await owner.door('/dead-letters/replay', post({ ids: [letter?.id] }))).body).toEqual({ replayed: 1 })
    await drainWork(payload)
    expect(carried).toEqual([id])
    expect(await letterOf(id)).toBeUndefined()
    const [entry] = await openStore(payload).find('history', { where: { documentId: { equals: letter?.id } } })
    expect(entry).toMatchObject({ entity: 'work-items', actor: owner.id, event: 'replay', stateBefore: 'dead', stateAfter: 'pending' })
    expect((await owner.door('/dead-letters/replay', post({ ids: [letter?.id] }))).body).toEqual({ replayed: 0 })
  })

  it('are given up with a reason only, which stays', async () => {
    isBroken = true
    const id = await deadParcel('wine')
    const letter = await letterOf(id)
    expect((await owner.door('/dead-letters/cancel', post({ ids: [letter?.id] }))).status).toBe(422)
    expect((await owner.door('/dead-letters/cancel', post({ reason: 'no ids' }))).status).toBe(422)
    expect((await owner.door('/dead-letters/cancel', post({ ids: [letter?.id], reason: 'Carried by hand.' }))).body).toEqual({ cancelled: 1 })
    expect(await letterOf(id)).toBeUndefined()
    const [entry] = await openStore(payload).find('history', { where: { documentId: { equals: letter?.id } } })
    expect(entry).toMatchObject({ event: 'cancel', reason: 'Carried by hand.', actorName: 'owner' })
    isBroken = false
    await drainWork(payload)
    expect(carried).not.toContain(id)
  })

  it('all at once, without ids', async () => {
    isBroken = true
    const ids = [await deadParcel('one'), await deadParcel('two')]
    isBroken = false
    expect((await owner.door('/dead-letters/replay', post({}))).body).toEqual({ replayed: 2 })
    await drainWork(payload)
    expect(carried).toEqual(expect.arrayContaining(ids))
  })

  it('stay closed to people without the right, by every door', async () => {
    const answers = [await clerk.door('/dead-letters'), await clerk.door('/dead-letters/replay', post({})), await clerk.door('/dead-letters/cancel', post({ ids: ['x'], reason: 'because' }))]
    expect(answers.map(({ status }) => status)).toEqual([403, 403, 403])
  })
})
