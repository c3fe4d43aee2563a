import { readFileSync } from 'node:fs'
import type { Payload } from 'payload'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { approvalOf } from '../../plugins/core/approvals/approval-row.ts'
import { openSeats } from '../../plugins/core/approvals/engine/chain.ts'
import { newLink } from '../../plugins/core/approvals/new-link.ts'
import type { WaitingView } from '../../plugins/core/approvals/waiting.ts'
import type { HomeView } from '../../plugins/core/home/home-view.ts'
import type { DocumentView } from '../../plugins/core/views/document-view.ts'
import { systemActor } from '../../plugins/core/access/actor.ts'
import { runCommand } from '../../plugins/core/commands/run-command.ts'
import { openStore } from '../../plugins/core/data/open-store.ts'
import { drainWork, startRunner } from '../../plugins/core/events/runner.ts'
import { platformOf } from '../../plugins/core/platform/platform.ts'
import { coreChecks } from '../../plugins/core/verify/core-checks.ts'
import { compileWorkflow, type CompiledWorkflow } from '../../workflows/engine/compile.ts'
import type { Booted } from '../support/boot-payload.ts'
import { askGraphql } from '../support/graphql.ts'
import { requests, requestWorkflow } from '../support/requests.ts'
import { openDoor, signIn, type Answer, type Person } from '../support/rest.ts'
import { foundTestCompany } from '../support/shop.ts'
import { bootPlatform } from '../support/test-platform.ts'

let booted: Booted
let payload: Payload
/** Asks; their manager; owners of costs; finance, twice; the owner of the firm. */
let clerk: Person, boss: Person, tools: Person, travel: Person, fin: Person, fin2: Person, owner: Person

beforeAll(async () => {
  booted = await bootPlatform([requests])
  payload = booted.payload
  await foundTestCompany(payload)
  const role = (slug: string, actions: readonly string[], basedOn?: string) => runCommand(payload, systemActor, { action: 'create', entity: 'roles', data: { slug, name: slug, ...(basedOn && { basedOn }), permissions: [{ entity: 'requests', actions }] } })
  await role('asks', ['read', 'create', 'edit', 'send'])
  await role('sees', ['read'])
  await role('counts', ['read'], 'accountant')
  owner = await signIn(booted, ['owner'], 'Olga')
  clerk = await signIn(booted, ['asks'], 'Carl')
  boss = await signIn(booted, ['sees'], 'Bea')
  tools = await signIn(booted, ['sees'], 'Tom')
  travel = await signIn(booted, ['sees'], 'Tia')
  fin = await signIn(booted, ['counts'], 'Fay')
  fin2 = await signIn(booted, ['counts'], 'Finn')
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
/** A request of the clerk, submitted at that moment. */
async function askedAt(now: string): Promise<string> {
  const { id } = ok(await clerk.door('/requests', { method: 'POST', body: { purpose: 'small', amount: '500' } }), 201)
  await runCommand(payload, { ...systemActor, id: clerk.id, name: 'Carl' }, { action: 'send', entity: 'requests', id: String(id), event: 'submit' }, { now })
  return String(id)
}
const approvalsOf = (id: string) => openStore(payload).find('approvals', { where: { documentId: { equals: id } }, sort: 'at' })
const present = async (id: string) => (await approvalsOf(id)).at(-1)
const tasksOf = (id: string) => openStore(payload).find('approval-tasks', { where: { and: [{ documentId: { equals: id } }, { status: { equals: 'waiting' } }] }, sort: 'seat' })
const waitingFor = async (id: string) => (await tasksOf(id)).map(({ assignee }) => assignee)
const stateOf = async (id: string) => ((await openStore(payload).require<string>('requests', id)) as { workflow?: { state?: string } }).workflow?.state
const decisionsOf = async (id: string) => openStore(payload).find('approval-decisions', { where: { documentId: { equals: id } }, sort: ['at', 'id'] })
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

const failure = (answer: Answer | { status: number; text: string }) => [answer.status, /approval\.[a-z-]+/.exec(answer.text)?.[0]]

describe('who may decide', () => {
  it('refuses everyone who is not asked, and who asked for it, even as the approver', async () => {
    const id = await asked()
    expect(failure(await decide(tools, id, 'approve'))).toEqual([409, 'approval.not-asked'])
    expect(failure(await decide(clerk, id, 'approve'))).toEqual([409, 'approval.not-asked'])
    const own = await asked({ lines: [{ what: 'Chair', cost: '90', costOwner: clerk.id }] })
    await says(boss, own)
    expect(await waitingFor(own)).toEqual(['role:owner'])
    expect(failure(await clerk.door(`/requests/${id}/events/approve`, { method: 'POST', body: {} }))[0]).toBe(409)
  })

  it('falls to the owner where nobody is found, who decides on their own request only when there is no other', async () => {
    const id = await asked({ lines: [] }, owner)
    expect([await waitingFor(id), (await decisionsOf(id)).map(({ decision, target }) => [decision, target])]).toEqual([['role:owner'], [['instead', 'role:owner']]])
    await says(owner, id)
    expect(await waitingFor(id)).toEqual(['role:owner'])
    const second = await signIn(booted, ['owner'], 'Otto')
    expect(failure(await decide(owner, id, 'approve'))).toEqual([409, 'approval.own-document'])
    await says(second, id)
    expect(await stateOf(id)).toBe('granted')
    await payload.update({ collection: 'users', id: second.id, data: { blocked: true } as never })
  })

  it('who has asked does not come to decide by a deadline that asks anew, nor by the decision of another', async () => {
    await runCommand(payload, systemActor, { action: 'create', entity: 'roles', data: { slug: 'claims', name: 'Claims', permissions: [{ entity: 'claims', actions: ['read', 'create', 'edit', 'send'] }] } })
    const asks = await signIn(booted, ['claims', 'salesManager'], 'Dora')
    const decides = await signIn(booted, ['claims', 'salesManager'], 'Dan')
    const { id: claim } = ok(await asks.door('/claims', { method: 'POST', body: { purpose: 'trip' } }), 201)
    const id = String(claim)
    await runCommand(payload, { ...systemActor, id: asks.id, name: 'Dora' }, { action: 'send', entity: 'claims', id, event: 'submit' }, { now: new Date(Date.now() - 25 * 3_600_000).toISOString() })
    await drainWork(payload)
    expect((await approvalsOf(id)).map(({ status, submitterName }) => [status, submitterName])).toEqual([['closed', 'Dora'], ['waiting', 'Dora']])
    expect(failure(await decide(asks, id, 'approve'))).toEqual([409, 'approval.own-document'])
    await says(decides, id)
    expect((await present(id))?.state).toBe('second')
    expect(failure(await decide(asks, id, 'approve'))).toEqual([409, 'approval.own-document'])
    await says(decides, id)
    // The last person who did something is the approver now.
    await drainWork(payload, new Date(Date.now() + 25 * 3_600_000))
    expect((await present(id))?.state).toBe('third')
    expect(failure(await decide(asks, id, 'approve'))).toEqual([409, 'approval.own-document'])
    await says(decides, id)
    expect((await openStore(payload).get<string>('claims', id) as { workflow?: { state?: string } } | undefined)?.workflow?.state).toBe('paid')
  })

  it('of two at the same moment exactly one decides, and the other is told who did', async () => {
    const id = await asked({ amount: '20000', purpose: 'small' })
    await says(boss, id)
    const answers = await Promise.all([decide(fin, id, 'approve'), decide(fin2, id, 'reject', { comment: 'Too much.' })])
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 409])
    const won = answers[0]?.status === 200
    expect([failure(answers[won ? 1 : 0] as Answer)[1], await stateOf(id), (await present(id))?.status]).toEqual(['approval.over', won ? 'granted' : 'refused', won ? 'approved' : 'rejected'])
    expect(answers[won ? 1 : 0]?.text).toContain(won ? 'Fay' : 'Finn')
    expect((await decisionsOf(id)).filter(({ step }) => step === 'finance')).toHaveLength(1)
  })

  it('refuses a program, whatever it may do, and a rejection without a word', async () => {
    const id = await asked()
    const { key } = ok(await owner.door('/keys', { method: 'POST', body: { name: 'bot', roles: ['sees'], days: 5 } }), 201) as { key: string }
    const answer = await openDoor(booted)('/approvals/decide', { method: 'POST', body: { decisions: [{ approval: (await present(id))?.id, decision: 'approve' }] }, headers: { Authorization: `users API-Key ${key}` } })
    expect(answer.text).toContain('approval.person-only')
    expect(failure(await decide(boss, id, 'reject'))).toEqual([409, 'approval.comment-missing'])
  })

  it('does not decide what was changed after it was seen', async () => {
    const id = await asked()
    expect(failure(await decide(boss, id, 'approve', { hash: 'another' }))).toEqual([409, 'approval.changed'])
    await says(boss, id, 'approve', { hash: (await present(id))?.hash })
  })
})

describe('on its way', () => {
  it('is rejected, with the reason in the history of the document', async () => {
    const id = await asked()
    await says(boss, id, 'reject', { comment: 'Not this year.' })
    const [last] = await openStore(payload).find('history', { where: { documentId: { equals: id } }, sort: '-documentVersion', limit: 1 })
    expect([await stateOf(id), last?.reason, last?.actorName, await waitingFor(id)]).toEqual(['refused', 'Not this year.', 'Bea', []])
  })

  it('goes back to an earlier step, and to who asked', async () => {
    const id = await asked()
    await says(boss, id)
    expect(failure(await decide(tools, id, 'return', { comment: 'x', to: 'finance' }))).toEqual([409, 'approval.no-such-step'])
    await says(tools, id, 'return', { to: 'manager', comment: 'Which fair?' })
    expect(await waitingFor(id)).toEqual([`user:${boss.id}`])
    await says(boss, id, 'return', { comment: 'Say which fair.' })
    expect([await stateOf(id), (await present(id))?.status]).toEqual(['draft', 'returned'])
    ok(await clerk.door(`/requests/${id}/events/submit`, { method: 'POST', body: {} }))
    expect([(await approvalsOf(id)).length, await waitingFor(id)]).toEqual([2, [`user:${boss.id}`]])
  })

  it('is voted on by a share of those who were asked, who may send it back to where it then goes on anew', async () => {
    const third = await signIn(booted, ['counts'], 'Fritz')
    const toBoard = async (id: string) => {
      await says(tools, id)
      await says(travel, id)
      await says(fin, id)
    }
    const [id, lost] = [await asked({ amount: '50000' }), await asked({ amount: '50000' })]
    for (const one of [id, lost]) {
      await says(boss, one)
      await toBoard(one)
      expect((await waitingFor(one)).toSorted()).toEqual([fin, fin2, third].map((person) => `user:${person.id}`).toSorted())
    }
    await says(fin, id)
    expect(failure(await decide(fin, id, 'approve'))).toEqual([409, 'approval.not-asked'])
    expect(failure(await decide(fin2, id, 'return', { comment: 'x', to: 'manager' }))).toEqual([409, 'approval.no-such-step'])
    await says(fin2, id, 'return', { to: 'costs', comment: 'Cheaper?' })
    expect(await waitingFor(id)).toEqual([`user:${tools.id}`, `user:${travel.id}`])
    await toBoard(id)
    // The vote before counts no more: one of three is too few, two are 60 percent.
    await says(third, id)
    expect([await stateOf(id), (await waitingFor(id)).length]).toEqual(['review', 2])
    await says(fin2, id)
    expect([await stateOf(id), await waitingFor(id)]).toEqual(['granted', []])
    await says(fin, lost, 'reject', { comment: 'No.' })
    expect(await stateOf(lost)).toBe('review')
    await says(third, lost, 'reject', { comment: 'No.' })
    expect([await stateOf(lost), (await present(lost))?.status]).toEqual(['refused', 'rejected'])
    await payload.update({ collection: 'users', id: third.id, data: { blocked: true } as never })
  })

  it('is passed on, and others are asked before and after', async () => {
    const id = await asked({ purpose: 'small' })
    await says(boss, id, 'delegate', { to: tools.id })
    expect(await waitingFor(id)).toEqual([`user:${tools.id}`])
    expect(failure(await decide(boss, id, 'approve'))).toEqual([409, 'approval.not-asked'])
    await says(tools, id, 'addBefore', { to: travel.id })
    expect(await waitingFor(id)).toEqual([`user:${travel.id}`])
    await says(travel, id)
    expect(await waitingFor(id)).toEqual([`user:${tools.id}`])
    await says(tools, id, 'addAfter', { to: fin.id })
    await says(tools, id)
    expect(await waitingFor(id)).toEqual([`user:${fin.id}`])
    await says(fin, id)
    expect(await stateOf(id)).toBe('granted')
    expect(failure(await decide(boss, id, 'delegate', { to: tools.id }))).toEqual([409, 'approval.over'])
  })

  it('is withdrawn by who asked and by nobody else, and ends where the document goes another way', async () => {
    const [id, other] = [await asked(), await asked()]
    expect(failure(await decide(boss, id, 'withdraw'))).toEqual([409, 'approval.not-yours'])
    await says(clerk, id, 'withdraw')
    expect([await stateOf(id), (await present(id))?.status]).toEqual(['draft', 'withdrawn'])
    ok(await clerk.door(`/requests/${other}/events/cancel`, { method: 'POST', body: {} }))
    expect([(await present(other))?.status, await waitingFor(other)]).toEqual(['closed', []])
    expect(await openStore(payload).count('work-items', { and: [{ documentId: { equals: other } }, { handler: { equals: 'core.approval' } }, { status: { equals: 'pending' } }] })).toBe(0)
  })
})

describe('what is changed later', () => {
  const edit = async (id: string, data: Record<string, unknown>) => ok(await clerk.door(`/requests/${id}`, { method: 'PATCH', body: data }))

  it('voids what was decided while it waits, unless the approval does not watch it', async () => {
    const id = await asked()
    await says(boss, id)
    const { hash } = (await present(id)) ?? {}
    await edit(id, { note: 'by train' })
    expect(await waitingFor(id)).toEqual([`user:${tools.id}`, `user:${travel.id}`])
    await edit(id, { amount: '700' })
    expect([await waitingFor(id), (await present(id))?.hash === hash, (await decisionsOf(id)).map(({ decision }) => decision)]).toEqual([[`user:${boss.id}`], false, ['approve', 'reopen']])
    expect((await present(id))?.snapshot).toMatchObject({ document: { amount: 70_000 } })
  })

  it('reopens what was approved, and the history says why', async () => {
    const id = await asked({ purpose: 'small' })
    await says(boss, id)
    expect(await stateOf(id)).toBe('granted')
    await edit(id, { note: 'just a word' })
    expect(await stateOf(id)).toBe('granted')
    await edit(id, { lines: [{ what: 'Drill', cost: '301', costOwner: tools.id }] })
    expect([await stateOf(id), (await approvalsOf(id)).map(({ status }) => status), await waitingFor(id)]).toEqual(['review', ['reopened', 'waiting'], [`user:${boss.id}`]])
    const [last] = await openStore(payload).find('history', { where: { documentId: { equals: id } }, sort: '-documentVersion', limit: 1 })
    expect([last?.event, last?.reason]).toEqual(['reopen', 'What was approved has been changed.'])
  })
})

describe('time and people', () => {
  const later = (hours: number) => new Date(Date.now() + hours * 3_600_000)

  it('reminds once and escalates once, also when the clock jumps over both', async () => {
    const id = await asked()
    await drainWork(payload, later(25))
    await drainWork(payload, later(26))
    expect((await decisionsOf(id)).map(({ decision }) => decision)).toEqual(['remind'])
    await drainWork(payload, later(24 * 30))
    await drainWork(payload, later(24 * 31))
    expect([(await decisionsOf(id)).map(({ decision }) => decision), await waitingFor(id)]).toEqual([['remind', 'escalate'], [`user:${boss.id}`, 'role:owner']])
    await says(owner, id)
    expect(await waitingFor(id)).toEqual([`user:${tools.id}`, `user:${travel.id}`])
    const jumped = await asked()
    await drainWork(payload, later(24 * 365))
    expect((await decisionsOf(jumped)).map(({ decision }) => decision)).toEqual(['remind', 'escalate'])
  })

  it('reminds and escalates in working time where the firm has a calendar', async () => {
    const shifts = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday'].map((day) => ({ day, from: '08:00', to: '17:00' }))
    const [company] = await openStore(payload).find('companies', { limit: 1 })
    const calendar = await runCommand(payload, systemActor, { action: 'create', entity: 'working-calendars', data: { code: 'office', name: 'Office', timeZone: 'Europe/Berlin', shifts } })
    await runCommand(payload, systemActor, { action: 'edit', entity: 'companies', id: String(company?.id), data: { workingCalendar: calendar.id } })
    // Friday, 15:00 in Berlin.
    const id = await askedAt('2026-11-06T14:00:00.000Z')
    await runCommand(payload, systemActor, { action: 'edit', entity: 'companies', id: String(company?.id), data: { workingCalendar: null } })
    const plain = await askedAt('2026-11-06T14:00:00.000Z')
    const timesOf = async (request: string) => (await openStore(payload).find('work-items', { where: { and: [{ documentId: { equals: request } }, { handler: { equals: 'core.approval' } }] }, sort: 'dueAt' })).map(({ dueAt }) => dueAt)
    expect([await timesOf(id), (await present(id))?.due]).toEqual([['2026-11-09T14:00:00.000Z', '2026-11-10T14:00:00.000Z'], '2026-11-10T14:00:00.000Z'])
    expect(await timesOf(plain)).toEqual(['2026-11-07T14:00:00.000Z', '2026-11-08T14:00:00.000Z'])
  })

  it('reminds once, however many runners there are and whichever of them ends in the middle', async () => {
    const id = await askedAt(later(-25).toISOString())
    const store = openStore(payload)
    const items = () => store.find('work-items', { where: { and: [{ documentId: { equals: id } }, { handler: { equals: 'core.approval' } }] }, sort: 'dueAt' })
    // One has taken it up and died: its lease has run out.
    for (const { id: item } of await items()) await store.update('work-items', item, { leaseOwner: 'gone', leaseUntil: new Date(Date.now() - 1_000).toISOString() })
    const runners = [startRunner(payload), startRunner(payload), startRunner(payload)]
    await expect.poll(async () => (await items())[0]?.status, { timeout: 20_000 }).toBe('done')
    await Promise.all(runners.map((runner) => runner.stop()))
    expect((await decisionsOf(id)).map(({ decision }) => decision)).toEqual(['remind'])
    expect((await store.find('notifications', { where: { and: [{ user: { equals: boss.id } }, { documentId: { equals: id } }] }, sort: ['at', 'id'] })).map(({ textEn }) => textEn)).toEqual([expect.stringContaining('asks for your approval'), expect.stringContaining('waits')])
    expect((await items()).map(({ status }) => status)).toEqual(['done', 'pending'])
  })

  it('does neither once it is decided', async () => {
    const id = await asked({ purpose: 'small' })
    await says(boss, id)
    await drainWork(payload, later(24 * 30))
    expect((await decisionsOf(id)).map(({ decision }) => decision)).toEqual(['approve'])
  })

  it('falls to others when an approver is blocked or deleted, and says so', async () => {
    const [gone, leaving] = [await signIn(booted, ['sees'], 'Gus'), await signIn(booted, ['sees'], 'Lea')]
    const lines = [{ what: 'A', cost: '1', costOwner: gone.id }, { what: 'B', cost: '1', costOwner: leaving.id }]
    const id = await asked({ lines })
    await says(boss, id)
    ok(await owner.door(`/users/${leaving.id}`, { method: 'PATCH', body: { blocked: true } }))
    await drainWork(payload)
    expect(await waitingFor(id)).toEqual([`user:${gone.id}`, 'role:owner'])
    expect((await decisionsOf(id)).at(-1)).toMatchObject({ decision: 'instead', target: 'role:owner', door: 'platform' })
    // Named in a line, an account can only be blocked; one that an approval alone names may go.
    await says(gone, id, 'delegate', { to: tools.id })
    const guest = await signIn(booted, ['sees'], 'Gil')
    await says(tools, id, 'delegate', { to: guest.id })
    ok(await owner.door(`/users/${guest.id}`, { method: 'DELETE' }))
    await drainWork(payload)
    expect(await waitingFor(id)).toEqual(['role:owner'])
    await says(owner, id)
    expect(await stateOf(id)).toBe('granted')
  })

  it('lets the substitute decide for whom they stand in, in that time only', async () => {
    const id = await asked({ purpose: 'small' })
    const day = (days: number) => new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10)
    const put = (body: Record<string, unknown>) => boss.door('/approvals/substitute', { method: 'PUT', body })
    ok(await put({ substitute: tools.id, from: day(3), until: day(9) }))
    expect(failure(await decide(tools, id, 'approve'))).toEqual([409, 'approval.not-asked'])
    expect(ok(await put({ substitute: tools.id, from: day(-3), until: day(3) }))).toMatchObject({ name: 'Tom' })
    await says(tools, id)
    expect((await decisionsOf(id)).at(-1)).toMatchObject({ byName: 'Tom', forUser: boss.id, forName: 'Bea' })
    expect((await put({ substitute: boss.id })).status).toBe(422)
    expect((await put({ substitute: tools.id, from: 'soon' })).status).toBe(422)
    expect((await put({ substitute: tools.id, from: day(2), until: day(1) })).status).toBe(422)
    ok(await put({ substitute: null }))
  })

  it('goes on as it began when the workflow is published anew, or without an approval', async () => {
    const id = await asked()
    const { workflows } = platformOf(payload) as unknown as { workflows: Map<string, CompiledWorkflow> }
    const current = workflows.get('requests') as CompiledWorkflow
    const { approval: _, ...review } = requestWorkflow.states.review
    workflows.set('requests', compileWorkflow({ ...requestWorkflow, version: 2, states: { ...requestWorkflow.states, review } }, current.registry))
    try {
      await says(boss, id)
      await says(tools, id)
      await says(travel, id)
      expect([await stateOf(id), (await present(id))?.status]).toEqual(['granted', 'approved'])
    } finally {
      workflows.set('requests', current)
    }
  })
})

describe('what waits for someone', () => {
  const waiting = async (person: Person) => (ok(await person.door('/approvals/waiting')) as unknown as WaitingView).rows

  it('stands in one list with amount, who asks and what it is for, and goes when it is decided', async () => {
    const id = await asked({ purpose: 'small', amount: '1234.50' })
    const row = (await waiting(boss)).find(({ documentId }) => documentId === id)
    expect(row).toMatchObject({ entity: 'requests', amount: '1234.50', submitter: 'Carl', step: { en: 'Line manager', zh: '直属上级' }, behalf: null, returns: { toSubmitter: true, steps: [] }, title: { title: expect.stringMatching(/^REQ-/) as string } })
    expect((await waiting(tools)).filter(({ documentId }) => documentId === id)).toEqual([])
    const home = ok(await boss.door('/home')) as unknown as HomeView
    expect(home.approvals.rows.length).toBeLessThanOrEqual(5)
    expect((ok(await boss.door('/views/waiting')) as { approvals: number }).approvals).toBe((await waiting(boss)).length)
    await says(boss, id)
    expect((await waiting(boss)).filter(({ documentId }) => documentId === id)).toEqual([])
    expect((ok(await boss.door('/approvals/colleagues')) as { colleagues: { name: string }[] }).colleagues.map(({ name }) => name)).toEqual(expect.arrayContaining(['Tom', 'Tia']))
  })

  it('stands at home once: a work list that it is on too leaves it to the list of approvals', async () => {
    const id = await asked({ purpose: 'small' })
    const homeOf = async (person: Person) => ok(await person.door('/home')) as unknown as HomeView
    const inReview = await openStore(payload).count('requests', { 'workflow.state': { equals: 'review' } })
    const [mine, others] = [await homeOf(boss), await homeOf(tools)]
    const listed = ({ work }: HomeView) => work.find(({ name }) => name === 'oms.requestsInReview')
    expect([listed(mine)?.total ?? 0, mine.approvals.total]).toEqual([inReview - mine.approvals.total, (await waiting(boss)).length])
    expect(listed(mine)?.rows.map((row) => row.id) ?? []).not.toContain(id)
    expect(listed(others)?.total).toBe(inReview - others.approvals.total)
    expect(mine.approvals.total).toBeGreaterThan(others.approvals.total)
  })

  it('is decided many at once, and every row says what became of it', async () => {
    const [first, second, third] = [await asked({ purpose: 'small' }), await asked({ purpose: 'small' }), await asked({ purpose: 'small' })]
    await says(boss, second)
    const approvals = await Promise.all([first, second, third].map(present))
    const answer = ok(await boss.door('/approvals/decide', { method: 'POST', body: { decisions: [...approvals.map((one) => ({ approval: one?.id, decision: 'approve' })), { approval: 'none', decision: 'approve' }] } })) as { results: { ok: boolean }[] }
    expect(answer.results.map((one) => one.ok)).toEqual([true, false, true, false])
    expect([await stateOf(first), await stateOf(third)]).toEqual(['granted', 'granted'])
  })

  it('stands beside the document: who has decided, who is asked, what one may do', async () => {
    const id = await asked()
    await says(boss, id, 'approve', { comment: 'Fine.' })
    const [view] = (ok(await tools.door(`/views/documents/requests/${id}`)) as unknown as DocumentView).approvals
    expect(view).toMatchObject({ status: { name: 'waiting' }, submitter: 'Carl', mine: { behalf: null, returns: { toSubmitter: true, steps: [{ name: 'manager' }] } }, mayWithdraw: false })
    expect(view?.steps.map(({ status, seats }) => [status, seats.map(({ who, vote, isOpen }) => [who.en, vote, isOpen])])).toEqual([['approved', [['Bea', 'approve', false]]], ['waiting', [['Tom', null, true], ['Tia', null, true]]], ['coming', []], ['coming', []]])
    expect(view?.decisions).toMatchObject([{ who: 'Bea', what: { label: { en: 'Approved' } }, comment: 'Fine.', byLink: false }])
    const [own] = (ok(await clerk.door(`/views/documents/requests/${id}`)) as unknown as DocumentView).approvals
    expect([own?.mine, own?.mayWithdraw]).toEqual([null, true])
  })

  it.each([
    [{}], [{ decisions: [] }], [{ decisions: 'all' }], [{ decisions: [null] }], [{ decisions: [{ approval: {}, decision: 'approve' }] }], [{ decisions: [{ approval: 'x', decision: 'constructor' }] }],
    [{ decisions: [{ approval: 'x', decision: 'reject', comment: 'x'.repeat(5_000) }] }], [{ decisions: [{ approval: 'x', decision: 'delegate', to: { $ne: null } }] }],
    [{ decisions: Array.from({ length: 101 }, () => ({ approval: 'x', decision: 'approve' })) }], [{ decisions: [{ approval: '\u0000', decision: 'approve' }] }],
  ])('answers %j with what is wrong', async (body) => {
    expect((await boss.door('/approvals/decide', { method: 'POST', body })).status).toBe(400)
  })

  it('is for who is signed in, and the rows themselves for who may read them', async () => {
    const anyone = openDoor(booted)
    expect([(await anyone('/approvals/waiting')).status, (await anyone('/approvals/decide', { method: 'POST', body: {} })).status, (await anyone('/approvals/substitute')).status]).toEqual([401, 401, 401])
    for (const entity of ['approvals', 'approval-tasks', 'approval-decisions']) expect((await boss.door(`/${entity}`)).status, entity).toBe(403)
    const { docs } = ok(await owner.door('/approvals?limit=1')) as { docs: Record<string, unknown>[] }
    expect(docs[0]).not.toHaveProperty('snapshot')
    for (const method of ['POST', 'PATCH', 'DELETE']) expect((await owner.door(`/approvals${method === 'POST' ? '' : '/x'}`, { method, body: {} })).status, method).toBeGreaterThanOrEqual(400)
  })
})

describe('over GraphQL', () => {
  const [waitingQuery = '', decideMutation = ''] = [...readFileSync('docs/workflows.md', 'utf8').matchAll(/```graphql\n([\s\S]*?)```/g)].map(([, source]) => source)
  const ask = (person: Person, roles: string[], source: string, variables: Record<string, string> = {}) => askGraphql(payload, { id: person.id, email: person.email, roles }, source, variables)
  const told = ({ errors }: Awaited<ReturnType<typeof ask>>) => (errors?.[0]?.originalError as { problem?: { code: string; refusals?: { code: string }[] } } | undefined)?.problem

  it('is found and decided as the documentation says, with the same refusals for the same people', async () => {
    const id = await asked({ purpose: 'small', amount: '1234.50' })
    const { waitingApprovals } = (await ask(boss, ['sees'], waitingQuery)).data as unknown as { waitingApprovals: { approval: string; hash: string; documentId: string }[] }
    const row = waitingApprovals.find(({ documentId }) => documentId === id)
    expect(row).toMatchObject({ entity: 'requests', title: expect.stringMatching(/^REQ-/) as string, amount: '1234.50', step: { en: 'Line manager' }, submitter: 'Carl' })
    expect((await ask(tools, ['sees'], waitingQuery)).data).toMatchObject({ waitingApprovals: expect.not.arrayContaining([expect.objectContaining({ documentId: id })]) as unknown })
    const given = { approval: row?.approval ?? '', hash: row?.hash ?? '' }
    expect(told(await ask(tools, ['sees'], decideMutation, given))?.refusals).toMatchObject([{ code: 'approval.not-asked' }])
    expect(told(await ask(boss, ['sees'], decideMutation, { ...given, hash: 'another' }))?.refusals).toMatchObject([{ code: 'approval.changed' }])
    expect(told(await ask(boss, ['sees'], `mutation { decideApproval(approval: "${given.approval}", decision: "constructor") { status } }`))).toMatchObject({ status: 400 })
    expect(await stateOf(id)).toBe('review')
    expect(await ask(boss, ['sees'], decideMutation, given)).toMatchObject({ data: { decideApproval: { status: 'approved', state: 'granted' } } })
    expect(told(await ask(boss, ['sees'], decideMutation, given))?.refusals).toMatchObject([{ code: 'approval.over' }])
    expect((await askGraphql(payload, null, waitingQuery)).errors).toHaveLength(1)
    expect((await askGraphql(payload, null, decideMutation, given)).errors).toHaveLength(1)
  })
})

describe('a link in an email', () => {
  const anyone = () => openDoor(booted)
  async function linkTo(id: string, person: Person, now?: number): Promise<string> {
    const approval = approvalOf(await present(id))
    const seat = openSeats(approval.chain).find(({ assignee }) => assignee === `user:${person.id}` || assignee.startsWith('role:'))
    return newLink(payload.secret, { approval: approval.id, seat: seat?.id ?? '', user: person.id, hash: approval.hash }, now)
  }
  const get = (link: string) => anyone()(`/a/${encodeURIComponent(link)}`)
  const post = (link: string, body: unknown) => anyone()(`/a/${encodeURIComponent(link)}`, { method: 'POST', body })
  const codeOf = ({ body }: Answer) => (body as { errors?: { data?: { code?: string } }[] }).errors?.[0]?.data?.code

  it('shows what is approved without deciding, decides once, and is kept by nobody', async () => {
    const id = await asked({ purpose: 'small' })
    const link = await linkTo(id, boss)
    for (let times = 0; times < 3; times++) {
      const answer = await get(link)
      expect(ok(answer)).toMatchObject({ approver: 'Bea', submitter: 'Carl', amount: '500.00', content: { fields: expect.arrayContaining([expect.objectContaining({ value: 'small' })]) as unknown, lines: { count: 2, rows: [{ what: 'Drill', cost: '300.00' }, { what: 'Train' }] } } })
      expect(answer.headers.get('cache-control')).toBe('no-store')
    }
    expect(await stateOf(id)).toBe('review')
    const answers = await Promise.all([post(link, { decision: 'approve', comment: 'By phone.' }), post(link, { decision: 'approve' })])
    expect(answers.map(({ status }) => status).sort((a, b) => a - b)[0]).toBe(200)
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(1)
    expect([await stateOf(id), codeOf(await post(link, { decision: 'approve' })), codeOf(await get(link))]).toEqual(['granted', 'approvalLinkUsed', 'approvalLinkUsed'])
    expect((await decisionsOf(id)).map(({ door, byName }) => [door, byName])).toEqual([['link', 'Bea']])
  })

  it('is good for one person at one seat, on this content, for a while', async () => {
    const id = await asked({ purpose: 'small' })
    const link = await linkTo(id, boss)
    const parts = link.split('.')
    const changed = (at: number, value: string) => parts.map((part, index) => (index === at ? value : part)).join('.')
    const forged = ['', '.', '.....', 'x'.repeat(500), changed(2, tools.id), changed(1, '9'), changed(4, 'zzzzzzzzz'), changed(5, ''), changed(5, parts[5]?.replace(/^./, (one) => (one === 'A' ? 'B' : 'A')) ?? ''), `${link}.x`, '../../x', '%00', '{"$ne":1}']
    for (const one of forged.slice(1)) {
      expect([one, codeOf(await get(one)) ?? 'none'], one).toEqual([one, expect.stringMatching(/approvalLinkUnknown|noSuchAddress|malformed/)])
      expect((await post(one, { decision: 'approve' })).status, one).toBeGreaterThanOrEqual(400)
    }
    expect(codeOf(await get(await linkTo(id, boss, Date.now() - 8 * 86_400_000)))).toBe('approvalLinkExpired')
    ok(await clerk.door(`/requests/${id}`, { method: 'PATCH', body: { amount: '9000' } }))
    expect([codeOf(await get(link)), codeOf(await post(link, { decision: 'approve' })), await stateOf(id)]).toEqual(['approvalLinkChanged', 'approvalLinkChanged', 'review'])
    const passed = await linkTo(id, boss)
    await says(boss, id, 'delegate', { to: tools.id })
    expect(codeOf(await post(passed, { decision: 'approve' }))).toBe('approvalLinkUsed')
    const stranger = await linkTo(id, travel)
    expect([(await post(stranger, { decision: 'approve' })).status, await stateOf(id)]).toEqual([410, 'review'])
  })

  it('decides nothing for who was blocked, and passes nothing on', async () => {
    const leaver = await signIn(booted, ['sees'], 'Lou')
    const id = await asked({ purpose: 'small' })
    await says(boss, id, 'delegate', { to: leaver.id })
    const link = await linkTo(id, leaver)
    for (const body of [{ decision: 'delegate', to: tools.id }, { decision: 'withdraw' }, { decision: 'nonsense' }, {}, { decision: 'reject', comment: {} }]) expect((await post(link, body)).status).toBeGreaterThanOrEqual(400)
    expect(codeOf(await post(link, { decision: 'reject' }))).toBe('refused')
    await payload.update({ collection: 'users', id: leaver.id, data: { blocked: true } as never })
    expect([codeOf(await get(link)), codeOf(await post(link, { decision: 'approve' })), await stateOf(id)]).toEqual(['approvalLinkUsed', 'approvalLinkUsed', 'review'])
  })
})

describe('who is asked', () => {
  const mailsTo = async (person: Person, about: string) => (await openStore(payload).find('emails', { where: { and: [{ to: { equals: person.email } }, { documentId: { equals: about } }] }, sort: ['at', 'id'] })).map(({ subject, text }) => ({ subject, text }))
  const told = async (person: Person, about: string) => (await openStore(payload).find('notifications', { where: { and: [{ user: { equals: person.id } }, { documentId: { equals: about } }] }, sort: ['at', 'id'] })).map(({ textEn, textZh }) => [textEn, textZh])

  it('is told in the panel and by an email with a link of their own, in their language, and the one who asks of the outcome', async () => {
    const { surroundings } = payload.config.custom as { surroundings: { mail?: unknown } }
    surroundings.mail = { url: 'smtp://127.0.0.1:1', from: 'trellis@firm.example' }
    try {
      await payload.update({ collection: 'users', id: fin2.id, data: { language: 'zh' } as never })
      const id = await asked({ purpose: 'small', amount: '12000' })
      const number = String(((await openStore(payload).require<string>('requests', id)) as { number?: string }).number)
      expect(await told(boss, id)).toEqual([[`Carl asks for your approval: Request ${number} (Line manager)`, `Carl 提请您审批：申请 ${number}（直属上级）`]])
      const [mail] = await mailsTo(boss, id)
      expect(mail?.text).toContain('Amount: 12000.00')
      const link = /http:\/\/localhost:3000\/a\/(\S+)/.exec(mail?.text ?? '')?.[1] ?? ''
      expect((await openDoor(booted)(`/a/${link}`, { method: 'POST', body: { decision: 'approve' } })).status).toBe(200)
      const [zh] = await mailsTo(fin2, id)
      expect(zh?.subject).toBe(`Carl 提请您审批：申请 ${number}（财务）`)
      expect([(await told(fin, id)).length, (await told(fin2, id)).length, (await told(tools, id)).length]).toEqual([1, 1, 0])
      await says(fin, id, 'reject', { comment: 'Too much.' })
      expect((await told(clerk, id)).map(([en]) => en)).toEqual([`Rejected by Fay: Request ${number}`])
      // What is in an email decides: it leaves the server as that email only.
      const { docs } = ok(await owner.door(`/emails?where[documentId][equals]=${id}`)) as { docs: object[] }
      expect(docs.length).toBeGreaterThan(0)
      expect(JSON.stringify(docs)).not.toContain('/a/')
    } finally {
      delete surroundings.mail
    }
  })
})

it('leaves books that hold: states replay, histories are whole, approvals ask those who are to decide', async () => {
  const store = openStore(payload)
  for (const { name, run } of coreChecks(platformOf(payload), { now: new Date().toISOString() })) expect([name, (await run(store)).failures]).toEqual([name, []])
  const [task] = await store.find('approval-tasks', { where: { status: { equals: 'waiting' } }, limit: 1 })
  await store.update('approval-tasks', String(task?.id), { status: 'closed' })
  const [check] = coreChecks(platformOf(payload), { now: '' }).filter(({ name }) => name === 'core.approvals')
  expect((await check?.run(store))?.failures).toHaveLength(1)
})
