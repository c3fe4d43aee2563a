import type { Payload } from 'payload'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { systemActor } from '../../plugins/core/access/actor.ts'
import { newId } from '../../plugins/core/commands/context.ts'
import { runCommand } from '../../plugins/core/commands/run-command.ts'
import { openStore } from '../../plugins/core/data/open-store.ts'
import { runDueJobs } from '../../plugins/core/jobs/run-jobs.ts'
import { countLives, type LivesQuestion } from '../../plugins/core/process/count-lives.ts'
import { beginCount, countsOf } from '../../plugins/core/process/process-job.ts'
import { platformOf } from '../../plugins/core/platform/platform.ts'
import type { MyWorkView } from '../../plugins/core/my-work/my-work-view.ts'
import type { ProcessDocuments } from '../../plugins/core/process/process-documents.ts'
import type { ProcessView } from '../../plugins/core/process/process-view.ts'
import type { BoardView } from '../../plugins/core/views/board-view.ts'
import { hashOf } from '../../workflows/engine/canonical.ts'
import type { Booted } from '../support/boot-payload.ts'
import { openDoor, signIn, type Person } from '../support/rest.ts'
import { foundTestCompany } from '../support/shop.ts'
import { bootPlatform } from '../support/test-platform.ts'
import { ticketWorkflow, tickets } from '../support/tickets.ts'

let booted: Booted
let payload: Payload
/** Reads all; reads own ones; reads none. */
let boss: Person, clerk: Person, stranger: Person
const hour = 3_600_000
const now = Date.now()
const ago = (hours: number) => new Date(now - hours * hour).toISOString()
/** What ruled before: it had a state that is gone. */
const former = { ...ticketWorkflow, version: 7, label: { en: 'Old ticket', zh: '旧工单' } }
const ids: Record<string, string> = {}

type Step = readonly [hoursAgo: number, action: string, event: string | null, before: string | null, after: string, hash?: string]

/** A ticket with a history as the platform writes it, at given times. */
async function ticket(name: string, steps: readonly Step[], owner?: string): Promise<void> {
  const id = newId()
  const hash = platformOf(payload).workflows.get('tickets')?.hash ?? ''
  const last = steps.at(-1)
  const store = openStore(payload)
  await store.insert<string>('tickets', { id, subject: name, owner: owner ?? null, workflow: { state: last?.[4], definitionHash: last?.[5] ?? hash, since: ago(last?.[0] ?? 0) } } as never)
  await store.insertMany('history', steps.map(([hours, action, event, stateBefore, stateAfter, own], index) => ({
    id: newId(), entity: 'tickets', documentId: id, documentVersion: index + 1, at: ago(hours), actor: 'u', actorName: 'Ann', action, event, stateBefore, stateAfter, definitionHash: own ?? hash,
  })))
  ids[name] = id
}

beforeAll(async () => {
  booted = await bootPlatform([tickets])
  payload = booted.payload
  await foundTestCompany(payload)
  const role = (slug: string, permissions: readonly object[]) => runCommand(payload, systemActor, { action: 'create', entity: 'roles', data: { slug, name: slug, permissions } })
  await role('sees', [{ entity: 'tickets', actions: ['read'] }])
  await role('ownOnly', [{ entity: 'tickets', actions: ['read'], own: true }])
  // The first account owns the firm.
  await signIn(booted, ['owner'])
  boss = await signIn(booted, ['sees'], 'Bea')
  clerk = await signIn(booted, ['ownOnly'], 'Carl')
  stranger = await signIn(booted, ['viewer'], 'Sue')
  await openStore(payload).insert('definitions', { id: newId(), hash: hashOf(former), kind: 'workflow', slug: 'ticket', body: former as never, at: ago(9_000) })
  await ticket('smooth', [[10, 'create', null, null, 'draft'], [8, 'send', 'submit', 'draft', 'review'], [7, 'edit', null, 'review', 'review'], [4, 'send', 'approve', 'review', 'work'], [1, 'send', 'finish', 'work', 'done']], clerk.id)
  await ticket('back', [[20, 'create', null, null, 'draft'], [18, 'send', 'submit', 'draft', 'review'], [16, 'send', 'reject', 'review', 'draft'], [10, 'send', 'submit', 'draft', 'review']])
  await ticket('imported', [[30, 'import', null, null, 'work'], [6, 'send', 'finish', 'work', 'done']])
  await ticket('former', [[3_000, 'create', null, null, 'draft', hashOf(former)], [5, 'send', 'submit', 'draft', 'checking', hashOf(former)], [3, 'migrate', null, 'checking', 'review']])
})
afterAll(() => booted?.stop())

const ok = async <View>(person: Person, path: string): Promise<View> => {
  const answer = await person.door(path)
  expect(answer.status, answer.text.slice(0, 300)).toBe(200)
  return answer.body as View
}
const view = (person: Person, query = '') => ok<ProcessView>(person, `/workflows/tickets/process${query}`)
const documents = (person: Person, query: string) => ok<ProcessDocuments>(person, `/workflows/tickets/process/documents?${query}`)

describe('what has really happened', () => {
  it('is times, visits and rework by state, ends by week', async () => {
    const { states, whole, weeks, documents: count, rows, at, counting } = await view(boss)
    expect({ count, rows, counting }).toEqual({ count: 4, rows: 14, counting: null })
    expect(Math.abs(Date.parse(at ?? '') - Date.now())).toBeLessThan(60_000)
    const of = (name: string) => states.find(({ state }) => state.name === name)
    expect(of('review')).toMatchObject({ visits: 4, rework: 1, documents: 3, again: 1, ended: 2, known: true, state: { label: { en: 'Review' } } })
    expect((of('review')?.median ?? 0) / hour).toBeCloseTo(2, 1)
    expect((of('review')?.longest ?? 0) / hour).toBeCloseTo(4, 6)
    expect(of('draft')).toMatchObject({ visits: 3, rework: 1, again: 1 })
    expect(of('checking')).toMatchObject({ visits: 1, known: false })
    expect(states.map(({ state }) => state.name)).toEqual(['draft', 'done', 'review', 'work', 'checking'])
    expect(whole.count).toBe(2)
    expect(weeks.reduce((sum, week) => sum + week.ended, 0)).toBe(2)
    expect(weeks.reduce((sum, week) => sum + week.begun, 0)).toBe(3)
  })

  it('lies over the arrows that are drawn, and tells what these do not have', async () => {
    const { ways, picture } = await view(boss)
    const drawn = ways.filter(({ event, deviation }) => event !== null && deviation === null).map(({ event, count, arrows }) => [event, count, arrows.every((id) => picture.arrows.some((arrow) => arrow.id === id && arrow.event === event))])
    expect(drawn.toSorted()).toEqual([['approve', 1, true], ['finish', 2, true], ['reject', 1, true], ['submit', 3, true]])
    const deviations = ways.filter(({ deviation }) => deviation).map(({ deviation, from, to, label, count, versions }) => [deviation, from?.name ?? null, to.name, label.en, count, versions])
    expect(deviations.toSorted((a, b) => (String(a) < String(b) ? -1 : 1))).toEqual([
      ['began', null, 'work', 'Imported', 1, [1]], ['moved', 'checking', 'review', 'Moved to another version', 1, [1]], ['state', 'draft', 'checking', 'Submit', 1, [7]],
    ])
  })

  it('may be asked of one version, and of a span', async () => {
    const all = await view(boss, '?period=all')
    expect(all.weeks.reduce((sum, week) => sum + week.begun, 0)).toBe(4)
    expect(all.versions).toHaveLength(2)
    const old = await view(boss, `?period=all&version=${hashOf(former)}`)
    expect(old.states.map(({ state }) => state.name)).toEqual(['draft', 'checking'])
    expect((await boss.door('/workflows/tickets/process?period=ever')).status).toBe(400)
  })

  it('leads from each number to its documents', async () => {
    const titles = async (person: Person, query: string) => (await documents(person, query)).rows.map(({ title, state }) => [title.title, state?.name])
    expect(await titles(boss, 'to=review&from=draft&event=submit')).toEqual([['smooth', 'done'], ['back', 'review'], ['back', 'review']])
    expect(await titles(boss, 'to=work&from=&event=')).toEqual([['imported', 'done']])
    expect(await titles(boss, 'to=review&again=true')).toEqual([['back', 'review']])
    expect(await titles(boss, 'to=review&from=checking&event=')).toEqual([['former', 'review']])
    expect((await boss.door('/workflows/tickets/process/documents')).status).toBe(400)
  })

  it('counts nothing for who may not read it, and own documents alone for who sees these', async () => {
    const own = await view(clerk)
    expect([own.documents, own.states.find(({ state }) => state.name === 'review')?.visits]).toEqual([1, 1])
    expect((await documents(clerk, 'to=review')).rows.map(({ title }) => title.title)).toEqual(['smooth'])
    expect((await stranger.door('/workflows/tickets/process')).status).toBe(403)
    expect((await stranger.door('/workflows/tickets/process/documents?to=review')).status).toBe(403)
    expect((await boss.door('/workflows/nothing/process')).status).toBe(404)
  })
})

describe('very many histories', () => {
  const question: LivesQuestion = { entity: 'tickets', from: new Date(0).toISOString(), owner: null }

  it('are counted by a job, broken off and gone on with, to the same result; it is kept', async () => {
    const whole = await countLives(payload, question, { batches: 10 })
    const subject = 'tickets all all'
    await beginCount(payload, { question, subject, actor: boss.id })
    const { open } = await countsOf(payload, subject)
    expect(open).toMatchObject({ subject, status: 'waiting' })
    expect(await runDueJobs(payload, undefined, 'countLives')).toBe(1)
    const { done, open: none } = await countsOf(payload, subject)
    expect(none).toBeUndefined()
    expect(done?.result).toEqual(whole)
    expect(whole).toMatchObject({ looked: 4, rows: 14, isDone: true })
    const first = await countLives(payload, question, { batches: 0 })
    expect(first).toMatchObject({ looked: 0, isDone: false })
    expect(await countLives(payload, question, { before: first, batches: 10 })).toEqual(whole)
  })
})

describe('all that waits for a person', () => {
  let manager: Person, helper: Person
  const work = (person: Person, query = '') => ok<MyWorkView>(person, `/my-work${query}`)
  const lines = ({ rows }: MyWorkView) => rows.map(({ title, urgency, reasons, event }) => [title.title, urgency, reasons.map(({ en }) => en).join(' '), event && [event.event, event.allowed]])
  const create = async (data: Record<string, unknown>, ...events: readonly string[]) => {
    const { id } = await runCommand(payload, systemActor, { action: 'create', entity: 'tickets', data })
    for (const event of events) await runCommand(payload, systemActor, { action: 'send', entity: 'tickets', id: String(id), event })
    return String(id)
  }

  beforeAll(async () => {
    const role = (slug: string, basedOn: string, own = false) => runCommand(payload, systemActor, { action: 'create', entity: 'roles', data: { slug, name: slug, basedOn, permissions: [{ entity: 'tickets', actions: ['read', 'edit', 'send'], ...(own && { own }) }] } })
    await role('manages', 'salesManager')
    await role('helps', 'buyer')
    manager = await signIn(booted, ['manages'], 'Max')
    helper = await signIn(booted, ['helps'], 'Hal')
    for (const name of Object.keys(ids)) await openStore(payload).remove('tickets', { id: { equals: ids[name] } })
    await create({ subject: 'Two hours left' }, 'submit')
    const late = await create({ subject: 'Overdue' }, 'submit')
    const row = await openStore(payload).require<string>('tickets', late) as unknown as { workflow: object }
    await openStore(payload).update<string>('tickets', late, { workflow: { ...row.workflow, since: ago(50), due: ago(48) } } as never)
    await create({ subject: 'Begun', owner: helper.id })
    await create({ subject: 'Helping', helper: helper.id, dueDate: '2999-01-01' }, 'submit', 'approve')
    await create({ subject: 'Late', helper: helper.id, dueDate: '2020-01-01' }, 'submit', 'approve')
    await create({ subject: 'Over', helper: helper.id }, 'submit', 'approve', 'finish')
    await create({ owner: manager.id }, 'submit')
  })

  it('is one list, the most urgent first, each once with its reasons and its button', async () => {
    const forHelper = await work(helper)
    expect(lines(forHelper)).toEqual([
      ['Late', 'overdue', 'Past its date. Yours: Helper', ['finish', true]], ['Helping', 'other', 'Yours: Helper', ['finish', true]], ['Begun', 'other', 'A draft of yours.', ['submit', true]],
    ])
    expect(forHelper).toMatchObject({ total: 3, overdue: 1, isCut: false, entities: [{ slug: 'tickets', count: 3, overdue: 1 }] })
  })

  it('has what comes to its end and whose next step is theirs, with the sentence where that is refused', async () => {
    const view = await work(manager)
    expect(lines(view)).toEqual([
      ['Overdue', 'overdue', 'The next step is yours.', ['approve', true]], ['Two hours left', expect.any(String), 'The next step is yours.', ['approve', true]],
      ['Review', expect.any(String), 'The next step is yours. Yours: Owner', ['approve', false]],
    ])
    expect(view.rows[2]?.event?.refusals[0]?.message.en).toMatch(/Subject/)
    expect(lines(await work(boss))).toEqual([])
    expect((await work(stranger)).total).toBe(0)
  })

  it('is searched, narrowed to an entity, paged and counted in the navigation', async () => {
    expect(lines(await work(helper, '?q=help%20ING')).map(([title]) => title)).toEqual(['Helping'])
    expect((await work(helper, '?q=nothing')).total).toBe(0)
    expect((await work(helper, '?entity=quotes')).total).toBe(0)
    expect((await work(helper, '?entity=tickets&page=99')).page).toBe(1)
    expect(await ok<object>(helper, '/views/waiting')).toEqual({ tickets: 3, '*': 3, approvals: 0 })
    expect(await ok<object>(stranger, '/views/waiting')).toEqual({ '*': 0, approvals: 0 })
    expect((await openDoor(booted)('/my-work')).status).toBe(401)
  })

  it('is done by its button, and gone', async () => {
    const { rows: [first] } = await work(helper)
    const answer = await helper.door(`/tickets/${first?.id}/events/${first?.event?.event}`, { method: 'POST', body: { expectedVersion: first?.version } })
    expect(answer.status, answer.text).toBe(200)
    expect((await work(helper)).rows.map(({ title }) => title.title)).toEqual(['Helping', 'Begun'])
  })

  it('stands on the board by the way from the start, with how long it waits where', async () => {
    const { columns, who, titles } = await ok<BoardView>(manager, '/views/boards/tickets?groupBy=state')
    expect(columns.map(({ key, count }) => [key, count])).toEqual([['draft', 1], ['review', 3], ['work', 1], ['done', 2]])
    expect(columns[1]?.ages).toEqual({ medianDays: 0, oldestDays: expect.any(Number), overdue: 1 })
    expect(columns[1]?.ages?.oldestDays).toBeGreaterThanOrEqual(2)
    expect(columns[3]?.ages).toBeNull()
    const late = columns[1]?.rows.find(({ subject }) => subject === 'Overdue')
    expect([late?.stateSince, late?.stateDue]).toEqual([ago(50), ago(48)])
    expect([who, titles.users?.[helper.id]?.title]).toEqual(['owner', 'Hal'])
    expect((await ok<BoardView>(manager, '/views/boards/tickets?groupBy=kind')).columns.every(({ ages }) => ages === null)).toBe(true)
  })
})
