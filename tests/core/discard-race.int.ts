import type { Payload } from 'payload'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { systemActor } from '../../plugins/core/access/actor.ts'
import type { CommandContext } from '../../plugins/core/commands/context.ts'
import { discardDocument } from '../../plugins/core/commands/discard.ts'
import { transact } from '../../plugins/core/commands/transact.ts'
import { openStore } from '../../plugins/core/data/open-store.ts'
import { platformOf } from '../../plugins/core/platform/platform.ts'
import { relationsLead } from '../../plugins/core/verify/check-relations.ts'
import type { Booted } from '../support/boot-payload.ts'
import { codeOf, overlapping } from '../support/overlapping.ts'
import { foundTestCompany, shop } from '../support/shop.ts'
import { bootPlatform } from '../support/test-platform.ts'

let booted: Booted
let payload: Payload

beforeAll(async () => {
  booted = await bootPlatform([shop])
  payload = booted.payload
  await foundTestCompany(payload)
})
afterAll(() => booted?.stop())
afterEach(async () => {
  expect(await relationsLead(openStore(payload), platformOf(payload))).toMatchObject({ ok: true })
})

/** No queue of this process stands before it: as if each came from a process of its own. */
const act = <Result>(work: (context: CommandContext) => Promise<Result>) => transact(payload, { actor: systemActor }, work)
const shelf = () => act((context) => context.create('shelves', { values: { name: `S${Math.random()}` } }))
const refer = (to: string) => (context: CommandContext) => context.create('tickets', { values: { shelf: to } })
const discard = (id: string) => (context: CommandContext) => discardDocument(context, 'shelves', id)

describe('of two at the same moment, one that refers to a document and one that discards it, one commits', () => {
  it('when the reference is ready first', async () => {
    const id = await shelf()
    const results = await overlapping(payload, refer(id), discard(id))
    expect([[undefined, 'inUse'], ['unknownReference', undefined]]).toContainEqual(results)
  })

  it('when the discard is ready first', async () => {
    const id = await shelf()
    const results = await overlapping(payload, discard(id), refer(id))
    expect([[undefined, 'unknownReference'], ['inUse', undefined]]).toContainEqual(results)
  })

  it('when a document that exists comes to refer to it', async () => {
    const [old, id] = [await shelf(), await shelf()]
    const ticket = await act(refer(old))
    const results = await overlapping(payload, (context) => context.edit('tickets', ticket, { values: { shelf: id } }), discard(id))
    expect([[undefined, 'inUse'], ['unknownReference', undefined]]).toContainEqual(results)
  })

  it('whatever many of them do', async () => {
    const shelves = await Promise.all(Array.from({ length: 8 }, shelf))
    const results = await Promise.all(shelves.map(async (id) => {
      const [discarded, ...referred] = await Promise.allSettled([act(discard(id)), act(refer(id)), act(refer(id))])
      return [codeOf(discarded), ...referred.map(codeOf)]
    }))
    for (const codes of results) expect([['inUse', undefined, undefined], [undefined, 'unknownReference', 'unknownReference']]).toContainEqual(codes)
  })
})

it('commands that refer to the same document do not stand in each other\'s way', async () => {
  const id = await shelf()
  let runs = 0
  const tickets = await Promise.all(Array.from({ length: 30 }, () => act((context) => {
    runs++
    return refer(id)(context)
  })))
  expect(new Set(tickets).size).toBe(30)
  expect(runs).toBe(30)
})
