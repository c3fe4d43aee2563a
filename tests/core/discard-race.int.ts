import type { Payload } from 'payload'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { systemActor } from '../../plugins/core/access/actor.ts'
import type { CommandContext } from '../../plugins/core/commands/context.ts'
import { discardDocument } from '../../plugins/core/commands/discard.ts'
import { transact } from '../../plugins/core/commands/transact.ts'
import { openStore } from '../../plugins/core/data/open-store.ts'
import type { ProblemError } from '../../plugins/core/errors.ts'
import { platformOf } from '../../plugins/core/platform/platform.ts'
import { relationsLead } from '../../plugins/core/verify/check-relations.ts'
import type { Booted } from '../support/boot-payload.ts'
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

type Work = (context: CommandContext) => Promise<unknown>

/** Both have done their work before either commits; where there is one writer, the second waits for the first. */
async function overlapping(first: Work, second: Work): Promise<(string | undefined)[]> {
  const [done, gate] = [signal(), signal()]
  const held = act(async (context) => {
    await first(context)
    done.give()
    await gate.given
  })
  await Promise.race([done.given, held])
  const other = act(second)
  await Promise.race([other.catch(() => {}), pause(400)])
  gate.give()
  return (await Promise.allSettled([held, other])).map(codeOf)
}

function signal(): { readonly given: Promise<void>; readonly give: () => void } {
  let give = () => {}
  const given = new Promise<void>((resolve) => { give = resolve })
  return { given, give }
}

const pause = (milliseconds: number) => new Promise((resolve) => setTimeout(resolve, milliseconds))

function codeOf(result: PromiseSettledResult<unknown>): string | undefined {
  if (result.status === 'fulfilled') return undefined
  const { problem } = result.reason as ProblemError
  return problem.refusals?.[0]?.code ?? problem.findings?.[0]?.code ?? problem.code
}

describe('of two at the same moment, one that refers to a document and one that discards it, one commits', () => {
  it('when the reference is ready first', async () => {
    const id = await shelf()
    const results = await overlapping(refer(id), discard(id))
    expect([[undefined, 'inUse'], ['unknownReference', undefined]]).toContainEqual(results)
  })

  it('when the discard is ready first', async () => {
    const id = await shelf()
    const results = await overlapping(discard(id), refer(id))
    expect([[undefined, 'unknownReference'], ['inUse', undefined]]).toContainEqual(results)
  })

  it('when a document that exists comes to refer to it', async () => {
    const [old, id] = [await shelf(), await shelf()]
    const ticket = await act(refer(old))
    const results = await overlapping((context) => context.edit('tickets', ticket, { values: { shelf: id } }), discard(id))
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
