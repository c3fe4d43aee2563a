import type { Payload } from 'payload'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { systemActor } from '../../plugins/core/access/actor.ts'
import { runCommand } from '../../plugins/core/commands/run-command.ts'
import { openStore } from '../../plugins/core/data/open-store.ts'
import type { Booted } from '../support/boot-payload.ts'
import { requests } from '../support/requests.ts'
import { signIn, type Answer, type Person } from '../support/rest.ts'
import { foundTestCompany } from '../support/shop.ts'
import { bootPlatform } from '../support/test-platform.ts'

let booted: Booted
let payload: Payload
/** Asks; their manager; owners of costs; finance. */
let clerk: Person, boss: Person, tools: Person, travel: Person, fin: Person

beforeAll(async () => {
  booted = await bootPlatform([requests])
  payload = booted.payload
  await foundTestCompany(payload)
  const role = (slug: string, actions: readonly string[], basedOn?: string) => runCommand(payload, systemActor, { action: 'create', entity: 'roles', data: { slug, name: slug, ...(basedOn && { basedOn }), permissions: [{ entity: 'requests', actions }] } })
  await role('asks', ['read', 'create', 'edit', 'send'])
  await role('sees', ['read'])
  await role('counts', ['read'], 'accountant')
  await signIn(booted, ['owner'], 'Olga')
  clerk = await signIn(booted, ['asks'], 'Carl')
  boss = await signIn(booted, ['sees'], 'Bea')
  tools = await signIn(booted, ['sees'], 'Tom')
  travel = await signIn(booted, ['sees'], 'Tia')
  fin = await signIn(booted, ['counts'], 'Fay')
  await payload.update({ collection: 'users', id: clerk.id, data: { manager: boss.id } as never })
}, 60_000)
afterAll(() => booted?.stop())

const ok = (answer: Answer, status = 200) => {
  if (answer.status !== status) throw new Error(`${answer.status}: ${answer.text}`)
  return answer.body as Record<string, unknown>
}
/** A request that is submitted. @returns its id */
async function asked(data: Record<string, unknown> = {}, by = clerk): Promise<string> {
  const lines = [{ what: 'Drill', cost: '300', costOwner: tools.id }, { what: 'Train', cost: '200', costOwner: travel.id }]
  const { id } = ok(await by.door('/requests', { method: 'POST', body: { purpose: 'fair', amount: '500', lines, ...data } }), 201)
  ok(await by.door(`/requests/${String(id)}/events/submit`, { method: 'POST', body: {} }))
  return String(id)
}
const approvalsOf = (id: string) => openStore(payload).find('approvals', { where: { documentId: { equals: id } }, sort: 'at' })
const present = async (id: string) => (await approvalsOf(id)).at(-1)
const tasksOf = (id: string) => openStore(payload).find('approval-tasks', { where: { and: [{ documentId: { equals: id } }, { status: { equals: 'waiting' } }] }, sort: 'seat' })
const waitingFor = async (id: string) => (await tasksOf(id)).map(({ assignee }) => assignee)
const stateOf = async (id: string) => ((await openStore(payload).require<string>('requests', id)) as { workflow?: { state?: string } }).workflow?.state
const decisionsOf = async (id: string) => openStore(payload).find('approval-decisions', { where: { documentId: { equals: id } }, sort: 'at' })
async function decide(person: Person, id: string, decision: string, more: Record<string, unknown> = {}): Promise<{ readonly status: number; readonly text: string; readonly body: unknown }> {
  const approval = await present(id)
  const { body, ...answer } = await person.door('/approvals/decide', { method: 'POST', body: { decisions: [{ approval: approval?.id, decision, ...more }] } })
  const [first] = (body as { results: { ok: boolean; problem?: { status: number; message: string } }[] } | undefined)?.results ?? []
  return first?.ok === false ? { status: first.problem?.status ?? 0, text: JSON.stringify(first), body: first } : { ...answer, body: first }
}
const says = async (person: Person, id: string, decision = 'approve', more = {}) => {
  const answer = await decide(person, id, decision, more)
  if (answer.status !== 200) throw new Error(answer.text)
}

describe('an approval', () => {
  it('goes from the line manager over the owner of each cost to its outcome, with what was approved kept', async () => {
    const id = await asked()
    expect(await waitingFor(id)).toEqual([`user:${boss.id}`])
    await says(boss, id, 'approve', { comment: 'Good.' })
    expect(await waitingFor(id)).toEqual([`user:${tools.id}`, `user:${travel.id}`])
    await says(travel, id)
    expect(await stateOf(id)).toBe('review')
    await says(tools, id)
    expect([await stateOf(id), (await present(id))?.status, await waitingFor(id)]).toEqual(['granted', 'approved', []])
    expect((await decisionsOf(id)).map(({ byName, decision, door, comment }) => [byName, decision, door, comment])).toEqual([['Bea', 'approve', 'panel', 'Good.'], ['Tia', 'approve', 'panel', null], ['Tom', 'approve', 'panel', null]])
    expect((await present(id))?.snapshot).toMatchObject({ document: { purpose: 'fair', amount: 50_000 }, lines: [{ what: 'Drill' }, { what: 'Train' }] })
    const [last] = await openStore(payload).find('history', { where: { documentId: { equals: id } }, sort: '-documentVersion', limit: 1 })
    expect([last?.event, last?.actorName, last?.stateAfter]).toEqual(['approve', 'Tom', 'granted'])
  })

  it('asks finance from the amount on that the matrix says, and passes over a step whose expression does not hold', async () => {
    const [large, small] = [await asked({ amount: '10000', purpose: 'small' }), await asked({ amount: '9999.99', purpose: 'small' })]
    await says(boss, large)
    await says(boss, small)
    expect([await waitingFor(large), await stateOf(large), await stateOf(small)]).toEqual([['role:accountant'], 'review', 'granted'])
    await says(fin, large)
    expect(await stateOf(large)).toBe('granted')
  })
})
