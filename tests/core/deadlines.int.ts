import type { Payload } from 'payload'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { relation, text } from '../../config/language/fields.ts'
import { systemActor } from '../../plugins/core/access/actor.ts'
import { runCommand } from '../../plugins/core/commands/run-command.ts'
import { transact } from '../../plugins/core/commands/transact.ts'
import { openStore } from '../../plugins/core/data/open-store.ts'
import { drainDeliveries, runDueDeliveries } from '../../plugins/core/deliveries/run-deliveries.ts'
import { sendEmail } from '../../plugins/core/email/send-email.ts'
import { sendHeldEmails } from '../../plugins/core/email/send-held.ts'
import { drainWork, mostAttempts, replayDeadLetter, runDueWork, startRunner } from '../../plugins/core/events/runner.ts'
import { runDueJobs } from '../../plugins/core/jobs/run-jobs.ts'
import type { NotificationsView } from '../../plugins/core/notifications/notification-endpoints.ts'
import type { TrellisPlugin } from '../../plugins/core/platform/plugin.ts'
import { workflowOf } from '../../plugins/core/workflow/pinned.ts'
import type { Booted } from '../support/boot-payload.ts'
import { isResetLink } from '../../plugins/core/users/password-reset.ts'
import { startMailServer, type MailServer } from '../support/mail-server.ts'
import { openDoor, signIn, type Person } from '../support/rest.ts'
import { bootPlatform } from '../support/test-platform.ts'

const claims: TrellisPlugin = {
  slug: 'qms',
  entities: [{
    slug: 'claims', system: 'qms', kind: 'document', titleField: 'subject', listColumns: ['subject'], workflow: 'claim', numbering: { prefix: 'CL' },
    label: { en: 'Claim', zh: '投诉' }, labels: { en: 'Claims', zh: '投诉' },
    fields: [text('subject', { en: 'Subject', zh: '主题' }), relation('handler', { en: 'Handler', zh: '负责人' }, { to: 'users' })],
  }],
  workflows: [{
    slug: 'claim', version: 1, entity: 'claims', label: { en: 'Claim', zh: '投诉' }, initial: 'new',
    events: {
      take: { label: { en: 'Take', zh: '受理' }, past: 'taken' },
      wait: { label: { en: 'Wait', zh: '搁置' }, past: 'parked' },
      close: { label: { en: 'Close', zh: '关闭' }, past: 'closed' },
      raise: { label: { en: 'Raise', zh: '升级' }, past: 'raised', roles: ['system'] },
    },
    states: {
      new: {
        label: { en: 'New', zh: '新建' },
        sla: { within: 'PT8H', calendar: 'firm', warn: 'PT2H', escalate: [{ role: 'salesManager' }, { field: 'handler' }], event: 'raise' },
        on: { take: { target: 'taken' }, raise: { target: 'raised' } },
      },
      taken: {
        label: { en: 'Taken', zh: '处理中' }, type: 'parallel', onDone: { target: 'closed' },
        states: {
          answer: {
            label: { en: 'Answer', zh: '答复' }, initial: 'open',
            states: { open: { label: { en: 'Open', zh: '待答复' }, sla: { within: 'P2D', calendar: 'answers', escalate: [{ role: 'salesRep' }] }, on: { close: { target: 'done' } } }, done: { label: { en: 'Done', zh: '完成' }, type: 'final' } },
          },
          goods: {
            label: { en: 'Goods', zh: '实物' }, initial: 'open',
            states: { open: { label: { en: 'Open', zh: '待处理' }, sla: { within: 'P1D', escalate: [{ role: 'salesRep' }] }, on: { wait: { target: 'open' }, close: { target: 'done' } } }, done: { label: { en: 'Done', zh: '完成' }, type: 'final' } },
          },
        },
      },
      raised: { label: { en: 'Raised', zh: '已升级' }, on: { take: { target: 'taken' } } },
      closed: { label: { en: 'Closed', zh: '已关闭' }, type: 'final' },
    },
  }],
}

let booted: Booted
let payload: Payload
let mail: MailServer
let manager: Person
let handler: Person
let rep: Person
let calendar: string

/** Friday 6 November 2026, 15:00 in Berlin: two hours are left of the day. */
const friday = '2026-11-06T14:00:00.000Z'
const office = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday'].flatMap((day) => [{ day, from: '08:00', to: '12:00' }, { day, from: '13:00', to: '17:00' }])
const at = (time: string) => new Date(time)
const claim = async (now = friday, data = {}) => String((await runCommand(payload, systemActor, { action: 'create', entity: 'claims', data: { subject: 'Scratched', handler: handler.id, ...data } }, { now })).id)
const send = (id: string, event: string, now: string) => runCommand(payload, systemActor, { action: 'send', entity: 'claims', id, event }, { now })
const standing = async (id: string) => workflowOf(await openStore(payload).require('claims', id))
const inbox = async (person: Person) => (await person.door('/inbox')).body as NotificationsView
const toldOf = async (person: Person, id: string) => (await inbox(person)).notifications.filter(({ documentId }) => documentId === id).map((one) => one.text.en)

beforeAll(async () => {
  mail = await startMailServer()
  booted = await bootPlatform([claims], { outside: { mail: { url: mail.url, from: 'Trellis <trellis@firm.example>' } } })
  payload = booted.payload
  calendar = await transact(payload, { actor: systemActor }, async (context) => {
    const company = await context.create('companies', { values: { name: 'Test', code: 'T', currency: 'EUR', timeZone: 'Europe/Berlin', country: 'DE', language: 'en' } })
    const days = [{ date: '2026-11-10', name: 'Works meeting', from: '13:00', to: '17:00' }]
    const id = await context.create('working-calendars', { values: { code: 'office', name: 'Office', timeZone: 'Europe/Berlin', shifts: office, exceptions: days } })
    await context.edit('companies', company, { values: { workingCalendar: id } })
    return id
  })
  // The first account of a firm is its owner's.
  await signIn(booted, ['owner'], 'boss')
  manager = await signIn(booted, ['salesManager'])
  handler = await signIn(booted, ['storekeeper'])
  rep = await signIn(booted, ['salesRep'])
})
beforeEach(() => { mail.refusal = undefined })
afterAll(async () => {
  await booted?.stop()
  await mail?.stop()
})

describe('a deadline of a state', () => {
  it('is counted on the working calendar, warns, tells and sends its event, each once, whatever the clock does', async () => {
    const id = await claim()
    // Two hours of Friday, and six of Monday with its break.
    expect(await standing(id)).toMatchObject({ state: 'new', due: '2026-11-09T14:00:00.000Z' })
    await drainWork(payload, at('2026-11-09T10:59:00.000Z'))
    expect(await toldOf(manager, id)).toEqual([])
    await drainWork(payload, at('2026-11-09T12:00:00.000Z'))
    expect(await toldOf(manager, id)).toEqual([expect.stringMatching(/^Claim CL-\S+ is due soon: it is to leave "New" by 2026-11-09 15:00\.$/)])
    // The clock is set back, and on again far ahead.
    await drainWork(payload, at('2026-11-07T12:00:00.000Z'))
    await drainWork(payload, at('2027-06-01T12:00:00.000Z'))
    await drainWork(payload, at('2026-11-09T14:00:00.000Z'))
    await drainWork(payload, at('2027-06-01T12:00:00.000Z'))
    expect(await standing(id)).toMatchObject({ state: 'raised', due: null, deadlines: null })
    for (const person of [manager, handler]) expect(await toldOf(person, id)).toEqual([expect.stringContaining('is overdue'), expect.stringContaining('is due soon')])
    expect(await toldOf(rep, id)).toEqual([])
    const types = (await openStore(payload).find('events', { where: { documentId: { equals: id } }, sort: 'id' })).map(({ type }) => type)
    expect(types).toEqual(['claims.created', 'claims.overdue', 'claims.raised'])
  })

  it('is told once, however many runners there are and whichever of them ends in the middle', async () => {
    const id = await claim('2026-11-02T14:00:00.000Z')
    const store = openStore(payload)
    const mine = (handlerName = 'core.deadline') => store.find('work-items', { where: { and: [{ documentId: { equals: id } }, { handler: { equals: handlerName } }] } })
    // One has taken it up and died: its lease has run out.
    for (const { id: item } of await mine()) await store.update('work-items', item, { leaseOwner: 'gone', leaseUntil: new Date(Date.now() - 1_000).toISOString() })
    const runners = [startRunner(payload), startRunner(payload), startRunner(payload)]
    await expect.poll(async () => (await standing(id))?.state, { timeout: 20_000 }).toBe('raised')
    await Promise.all(runners.map((runner) => runner.stop()))
    expect(await store.count('events', { and: [{ documentId: { equals: id } }, { type: { equals: 'claims.overdue' } }] })).toBe(1)
    expect((await toldOf(manager, id)).filter((one) => one.includes('overdue'))).toHaveLength(1)
    expect((await mine()).every(({ status }) => status === 'done')).toBe(true)
  })

  it('ends when its state is left, and begins anew when it is entered again', async () => {
    const id = await claim()
    await send(id, 'take', '2026-11-06T15:00:00.000Z')
    await drainWork(payload, at('2026-11-07T14:59:00.000Z'))
    expect(await toldOf(manager, id)).toEqual([])
    // The earliest of both regions.
    expect(await standing(id)).toMatchObject({ due: '2026-11-07T15:00:00.000Z' })
    await send(id, 'wait', '2026-11-07T14:59:00.000Z')
    expect(await standing(id)).toMatchObject({ due: '2026-11-08T14:59:00.000Z' })
    await drainWork(payload, at('2026-11-08T15:00:00.000Z'))
    expect((await toldOf(rep, id)).sort()).toEqual([expect.stringContaining('by 2026-11-08 15:59'), expect.stringContaining('by 2026-11-08 16:00')])
    await send(id, 'close', '2026-11-08T15:30:00.000Z')
    expect(await standing(id)).toMatchObject({ state: 'closed', due: null })
    await drainWork(payload, at('2027-06-01T12:00:00.000Z'))
    expect(await toldOf(rep, id)).toHaveLength(2)
  })

  it('stays as it was when its calendar changes, until someone asks for it to be recounted', async () => {
    const [id, late] = [await claim('2026-11-09T14:00:00.000Z'), await claim('2026-11-02T14:00:00.000Z')]
    // Tuesday is worked in the afternoon only, by the calendar's exception.
    expect(await standing(id)).toMatchObject({ due: '2026-11-11T09:00:00.000Z' })
    const { version } = await openStore(payload).require('working-calendars', calendar) as { version?: number }
    await runCommand(payload, systemActor, { action: 'edit', entity: 'working-calendars', id: calendar, data: { exceptions: null }, expectedVersion: Number(version) })
    expect(await standing(id)).toMatchObject({ due: '2026-11-11T09:00:00.000Z' })
    expect(await standing(await claim('2026-11-09T14:00:00.000Z'))).toMatchObject({ due: '2026-11-10T14:00:00.000Z' })
    const before = await standing(late)
    await runCommand(payload, systemActor, { action: 'operate', entity: 'working-calendars', operation: 'recountDeadlines', input: { calendar } }, { now: '2026-11-09T15:00:00.000Z' })
    await runDueJobs(payload, undefined, 'core.recountDeadlines')
    // Deadlines of the past are not moved: the job runs in the present.
    expect(await standing(late)).toEqual(before)
    const future = await claim('2099-11-09T14:00:00.000Z')
    const due = (await standing(future))?.due
    await runCommand(payload, systemActor, { action: 'edit', entity: 'working-calendars', id: calendar, data: { exceptions: [{ date: '2099-11-10' }] } })
    await runCommand(payload, systemActor, { action: 'operate', entity: 'working-calendars', operation: 'recountDeadlines', input: { calendar } })
    await runDueJobs(payload, undefined, 'core.recountDeadlines')
    expect(due).toBe('2099-11-10T14:00:00.000Z')
    expect((await standing(future))?.due).toBe('2099-11-11T14:00:00.000Z')
    const open = await openStore(payload).find('work-items', { where: { and: [{ documentId: { equals: future } }, { handler: { equals: 'core.deadline' } }, { status: { equals: 'pending' } }] }, sort: 'dueAt' })
    expect(open.map(({ dueAt }) => dueAt)).toEqual(['2099-11-11T11:00:00.000Z', '2099-11-11T14:00:00.000Z'])
  })

  it('is shown on the document, and lists are filtered and sorted by it', async () => {
    const id = await claim('2026-11-06T14:00:00.000Z')
    const owner = await signIn(booted, ['owner'], 'due reader')
    const { body } = await owner.door(`/claims?where[and][0][workflow.due][less_than]=2026-11-10T00:00:00Z&where[and][1][id][equals]=${id}&sort=workflow.due&depth=0`)
    expect((body as { docs: { id: string; workflow: object }[] }).docs).toMatchObject([{ id, workflow: { state: 'new', due: '2026-11-09T14:00:00.000Z' } }])
    expect(JSON.stringify(body)).not.toContain('deadlines')
    expect((await owner.door('/claims?where[workflow.due][less_than]=soon')).status).toBe(400)
  })

  it('of a state inside another is found by the outer one: counted on its tab, and listed there', async () => {
    const owner = await signIn(booted, ['owner'], 'tab reader')
    const id = await claim('2026-11-06T14:00:00.000Z')
    await send(id, 'take', '2026-11-06T14:30:00.000Z')
    const list = async (question: string) => (await owner.door(`/views/lists/claims?${question}limit=200`)).body as { rows: { id: string; state: string }[]; counts: Record<string, number>; total: number; where: object }
    const all = await list('')
    expect(Object.values(all.counts).reduce((sum, count) => sum + count, 0)).toBe(all.total)
    const taken = await list('state=taken&')
    expect(taken.rows.map((row) => row.id)).toContain(id)
    expect(taken.rows.every(({ state }) => state.startsWith('taken.'))).toBe(true)
    expect([taken.total, taken.counts.taken, all.counts.taken]).toEqual([taken.rows.length, taken.rows.length, taken.rows.length])
    expect((await list(`state=taken&f=subject:is:${'nothing'}&`)).total).toBe(0)
  })

  it('stands in lists beside the state: sorted, filtered by spans of now, in kept views, calendars and files', async () => {
    const owner = await signIn(booted, ['owner'], 'due lister')
    const late = await claim('2020-01-06T10:00:00.000Z')
    const soon = await claim(new Date().toISOString())
    const list = async (question: string) => (await owner.door(`/views/lists/claims?${question}`)).body as { rows: { id: string; stateDue?: string }[]; entity: { fields: { name: string; label: object }[]; listColumns: string[] }; total: number; where: object; sort: string }
    const all = await list('sort=-stateDue&limit=200')
    expect(all.entity.listColumns[1]).toBe('stateDue')
    expect(all.entity.fields.find(({ name }) => name === 'stateDue')).toMatchObject({ label: { en: 'Due', zh: '时限' } })
    const dues = all.rows.flatMap(({ stateDue }) => stateDue ?? [])
    expect(dues.length).toBeGreaterThan(1)
    expect(dues).toEqual([...dues].sort().reverse())
    const overdue = await list('f=stateDue:span:overdue&sort=stateDue&limit=200')
    const now = new Date().toISOString()
    const ended = overdue.rows.find(({ id }) => id === late)?.stateDue?.slice(0, 10) ?? ''
    expect(ended).toMatch(/^2020-01-0[67]$/)
    expect(overdue.rows.map(({ id }) => id)).toContain(late)
    expect(overdue.rows.map(({ id }) => id)).not.toContain(soon)
    expect(overdue.rows.every(({ stateDue = '' }) => stateDue < now)).toBe(true)
    expect(overdue).toMatchObject({ total: overdue.rows.length, sort: 'workflow.due' })
    expect((await list('f=stateDue:filled:&limit=200')).total).toBe(dues.length)
    expect((await list(`f=stateDue:gte:${all.rows.find(({ id }) => id === soon)?.stateDue?.slice(0, 10)}&limit=200`)).rows.map(({ id }) => id)).toContain(soon)
    // Today and this week lie within each other.
    const [today, week] = [await list('f=stateDue:span:today&limit=200'), await list('f=stateDue:span:week&limit=200')]
    expect(week.rows.map(({ id }) => id)).toEqual(expect.arrayContaining(today.rows.map(({ id }) => id)))

    const refused = await Promise.all(['f=stateDue:span:soon', 'f=stateDue:contains:x', 'f=subject:span:today'].map((question) => owner.door(`/views/lists/claims?${question}`)))
    expect(refused.map(({ status }) => status)).toEqual([400, 400, 400])
    // Where there are no deadlines there is no such column.
    expect((await owner.door('/views/lists/customers?columns=stateDue')).status).toBe(400)
    expect(((await owner.door('/views/lists/customers')).body as { entity: { listColumns: string[] } }).entity.listColumns).not.toContain('stateDue')

    const view = (value: string) => owner.door('/views/saved/claims', { method: 'POST', body: { name: `Due ${value}`, view: { kind: 'table', fields: ['number', 'stateDue'], filters: [{ field: 'stateDue', operator: 'span', value }], sort: 'stateDue' } } })
    expect((await view('overdue')).status).toBeLessThan(300)
    expect((await view('some day')).status).toBe(422)
    expect(((await owner.door('/views/saved/claims')).body as { views: { name: string; gone: string[] }[] }).views.find(({ name }) => name === 'Due overdue')).toMatchObject({ gone: [], hidden: 0 })
    expect(((await owner.door(`/views/calendars/claims?from=stateDue&first=${ended}&last=${ended}`)).body as { rows: { id: string }[] }).rows.map(({ id }) => id)).toContain(late)

    const file = (await owner.door(`/claims/export?columns=number,stateDue&sort=workflow.due&where[id][equals]=${late}&headers=labels`)).text
    expect(file).toContain('Due')
    expect(file).toContain(ended)
  })
})

describe('a working calendar', () => {
  it('that a workflow names is neither deleted nor given another code, and the workflow is told', async () => {
    const named = await transact(payload, { actor: systemActor }, (context) => context.create('working-calendars', { values: { code: 'answers', name: 'Answers', timeZone: 'UTC', shifts: office } }))
    const other = await transact(payload, { actor: systemActor }, (context) => context.create('working-calendars', { values: { code: 'spare', name: 'Spare', timeZone: 'UTC', shifts: office } }))
    const owner = await signIn(booted, ['owner'], 'keeper of calendars')
    const refused = [await owner.door(`/working-calendars/${named}`, { method: 'DELETE' }), await owner.door(`/working-calendars/${named}`, { method: 'PATCH', body: { code: 'replies' } })]
    expect(refused.map(({ status }) => status)).toEqual([409, 409])
    for (const { text: told } of refused) expect(told).toContain('Claim')
    expect((await owner.door(`/working-calendars/${named}`, { method: 'PATCH', body: { name: 'Replies' } })).status).toBe(200)
    expect([(await owner.door(`/working-calendars/${other}`, { method: 'PATCH', body: { code: 'free' } })).status, (await owner.door(`/working-calendars/${other}`, { method: 'DELETE' })).status]).toEqual([200, 200])
  })

  it.each([
    [{ timeZone: 'Mars/Base' }, 'timeZone'],
    [{ shifts: [] }, 'shifts'],
    [{ shifts: [{ day: 'someday', from: '08:00', to: '12:00' }] }, 'shifts.0.day'],
    [{ exceptions: [{ date: '2026-12-24', from: '08:00' }] }, 'exceptions.0.to'],
    [{ exceptions: [{ date: '2026-12-26', until: '2026-12-24' }] }, 'exceptions.0.until'],
    [{ exceptions: [{ date: '2026-01-01', until: '2028-01-01' }] }, 'exceptions.0.until'],
  ])('is refused with its place: %j', async (wrong, path) => {
    const owner = await signIn(booted, ['owner'], `planner ${crypto.randomUUID()}`)
    const { status, body } = await owner.door('/working-calendars', { method: 'POST', body: { code: crypto.randomUUID(), name: 'x', timeZone: 'UTC', shifts: office, ...wrong } })
    expect(status).toBe(422)
    expect(JSON.stringify(body)).toContain(`"path":"${path}"`)
  })
})

describe('notifications', () => {
  it('are of the person alone, are counted and read', async () => {
    const id = await claim()
    await drainWork(payload, at('2027-06-01T12:00:00.000Z'))
    const before = await inbox(manager)
    const mine = before.notifications.filter(({ documentId }) => documentId === id)
    expect(mine.every(({ read }) => !read)).toBe(true)
    expect((await rep.door('/inbox/read', { method: 'POST', body: { ids: mine.map((one) => one.id) } })).status).toBe(200)
    expect((await inbox(manager)).unread).toBe(before.unread)
    expect((await manager.door('/inbox/read', { method: 'POST', body: { ids: [mine[0]?.id] } })).body).toEqual({ unread: before.unread - 1 })
    expect((await manager.door('/inbox/read', { method: 'POST', body: {} })).body).toEqual({ unread: 0 })
    expect((await manager.door('/inbox/count')).body).toEqual({ unread: 0 })
    expect((await handler.door('/inbox/count')).body).not.toEqual({ unread: 0 })
    expect((await manager.door('/inbox?limit=10&where[user][equals]=x')).status).toBe(200)
  })

  it('are refused to who is nobody, and for what is no question, without a fault', async () => {
    const anyone = openDoor(booted)
    for (const path of ['/inbox', '/inbox/count']) expect((await anyone(path)).status).toBe(401)
    const hostile: [string, string, unknown][] = [
      ['POST', '/inbox/read', { ids: 'all' }], ['POST', '/inbox/read', { ids: [{ $ne: 1 }] }], ['POST', '/inbox/read', []],
      ['PUT', '/inbox/choice', { byEmail: 'no' }], ['PUT', '/inbox/choice', {}],
    ]
    for (const [method, path, body] of hostile) expect((await manager.door(path, { method, body })).status, `${path} ${JSON.stringify(body)}`).toBeGreaterThanOrEqual(400)
    for (const page of ['0', '-1', 'x', '1e9', '99999999']) expect((await manager.door(`/inbox?page=${page}`)).status).toBe(422)
    expect((await manager.door('/inbox/read', { method: 'POST', raw: '{' })).status).toBe(400)
  })
})

describe('a forgotten password', () => {
  const anyone = () => openDoor(booted)
  const forgot = (email: string) => anyone()('/users/forgot-password', { method: 'POST', body: { email } })
  const mailTo = (to: string) => mail.received.filter((one) => one.to.includes(to))
  const reset = async (token: string | undefined, password = 'another long password') => (await anyone()('/users/reset-password', { method: 'POST', body: { token, password } })).status

  it('is set anew by a link that leaves by the outbox, in the language of its person, and works once', async () => {
    const person = await signIn(booted, ['salesRep'], 'forgetful')
    await payload.update({ collection: 'users', id: person.id, data: { language: 'zh' } as never })
    // Emails of what went before are out of the way.
    await drainDeliveries(payload)
    const [known, unknown] = [await forgot(person.email.toUpperCase()), await forgot('nobody@firm.example')]
    expect([known.status, known.text]).toEqual([unknown.status, unknown.text])
    mail.refusal = 'Busy'
    await runDueDeliveries(payload)
    expect(mailTo(person.email)).toEqual([])
    const [waiting] = await openStore(payload).find('work-items', { where: { and: [{ handler: { equals: 'core.passwordReset' } }, { documentId: { equals: person.id } }] } })
    expect(waiting).toMatchObject({ status: 'pending', attempts: 1, lastError: expect.stringContaining('Busy') as unknown })
    mail.refusal = undefined
    await drainDeliveries(payload, new Date(Date.now() + 60_000))
    const [{ text: told } = { text: '' }, ...more] = mailTo(person.email)
    expect([more, mailTo('nobody@firm.example')]).toEqual([[], []])
    expect(told).toContain('重置')
    const token = /\/admin\/reset\/([0-9a-f]{40})/.exec(told)?.[1]
    // Nobody who reads emails or work items finds the link there.
    for (const entity of ['emails', 'work-items'] as const) expect(JSON.stringify(await openStore(payload).find(entity))).not.toContain(token)
    // The page of the link knows at once whether it still is of use.
    const isOfUse = () => isResetLink(openStore(payload), String(token))
    expect([await isOfUse(), await isResetLink(openStore(payload), 'guess'), await isResetLink(openStore(payload), '')]).toEqual([true, false, false])
    // A password that would not do elsewhere does not here, and the link stays of use.
    expect([await reset(token, 'short'), await reset(token), await reset(token)]).toEqual([422, 200, 403])
    expect(await isOfUse()).toBe(false)
  })

  it('of an account that is blocked, or a link that was used meanwhile, writes to nobody', async () => {
    const [blocked, done] = [await signIn(booted, ['salesRep'], 'blocked'), await signIn(booted, ['salesRep'], 'done')]
    await payload.update({ collection: 'users', id: blocked.id, data: { blocked: true } as never })
    for (const { email } of [blocked, done]) expect((await forgot(email)).status).toBe(200)
    await openStore(payload).update('users' as never, done.id, { resetPasswordToken: null } as never)
    await drainDeliveries(payload)
    expect([mailTo(blocked.email), mailTo(done.email)]).toEqual([[], []])
    expect(await openStore(payload).count('work-items', { and: [{ handler: { equals: 'core.passwordReset' } }, { status: { not_equals: 'done' } }] })).toBe(0)
  })
})

describe('email', () => {
  const post = (to: string, subject = 'Hello') => transact(payload, { actor: systemActor }, (context) => sendEmail(context, { to, subject, text: 'Some words.' }))
  const mailTo = (to: string) => mail.received.filter((one) => one.to.includes(to))
  const stored = (to: string) => openStore(payload).find('emails', { where: { to: { equals: to } } })

  it('that was kept without a mail server leaves once there is one, and once', async () => {
    const id = crypto.randomUUID()
    await openStore(payload).insert('emails', { id, at: friday, to: 'patient@firm.example', subject: 'Kept', text: 'Some words.', status: 'notSent' })
    const runner = startRunner(payload)
    try {
      await expect.poll(async () => (await openStore(payload).require('emails', id)).status, { timeout: 10_000 }).toBe('sent')
    } finally {
      await runner.stop()
    }
    expect([await sendHeldEmails(payload), mailTo('patient@firm.example').length]).toEqual([0, 1])
  })

  it('goes to who was told, unless they do not want it', async () => {
    expect((await handler.door('/inbox/choice', { method: 'PUT', body: { byEmail: false } })).body).toEqual({ byEmail: false })
    await drainDeliveries(payload, at('2027-06-01T12:00:00.000Z'))
    mail.received.length = 0
    await claim()
    await drainWork(payload, at('2027-06-01T12:00:00.000Z'))
    await drainDeliveries(payload, at('2027-06-01T12:00:00.000Z'))
    const told = mailTo(manager.email).find((one) => one.text.includes('is overdue'))
    expect(told?.text).toContain('http://localhost:3000/admin/collections/claims/')
    expect(told?.content).toMatch(/^Message-ID: <[\w-]+@trellis>$/m)
    expect(mailTo(handler.email)).toEqual([])
    expect(await stored(manager.email)).toEqual(expect.arrayContaining([expect.objectContaining({ status: 'sent' })]))
  })

  it('waits while the mail server refuses, becomes a dead letter, and is sent when someone replays it', async () => {
    mail.refusal = 'The disk of the mail server is full.'
    await post('late@firm.example')
    await runDueDeliveries(payload)
    const [row] = await stored('late@firm.example')
    const item = async () => (await openStore(payload).find('work-items', { where: { documentId: { equals: row?.id } } }))[0]
    expect(await item()).toMatchObject({ status: 'pending', attempts: 1, lastError: expect.stringContaining('disk of the mail server is full') as string })
    for (let attempt = 0; attempt <= mostAttempts; attempt++) await runDueDeliveries(payload, new Date(Date.now() + 86_400_000))
    expect(await item()).toMatchObject({ status: 'dead', attempts: mostAttempts })
    expect(row).toMatchObject({ status: 'waiting' })
    mail.refusal = undefined
    await replayDeadLetter(payload, String((await item())?.id))
    await drainDeliveries(payload)
    expect(mailTo('late@firm.example')).toHaveLength(1)
    expect(await stored('late@firm.example')).toMatchObject([{ status: 'sent' }])
  })

  it('that cannot reach its server at all is no fault of the database: it is counted as a try', async () => {
    const { port } = new URL(mail.url)
    await mail.stop()
    await post('away@firm.example')
    await runDueDeliveries(payload)
    const [row] = await stored('away@firm.example')
    expect(await openStore(payload).find('work-items', { where: { documentId: { equals: row?.id } } })).toMatchObject([{ attempts: 1, lastError: expect.stringContaining(port) as string }])
    mail = await startMailServer()
  })

  it('cannot be made to carry another header, and leaves nothing when its command is rolled back', async () => {
    const attempt = transact(payload, { actor: systemActor }, async (context) => {
      await sendEmail(context, { to: 'never@firm.example', subject: 'x', text: 'y' })
      throw new Error('rolled back')
    })
    await expect(attempt).rejects.toThrow('rolled back')
    expect(await stored('never@firm.example')).toEqual([])
    await post('lines@firm.example', 'One\r\nBcc: others@firm.example')
    expect(await stored('lines@firm.example')).toMatchObject([{ subject: 'One Bcc: others@firm.example' }])
  })

  it('does not hold up what the platform does itself', async () => {
    await post('slow@firm.example')
    expect(await runDueWork(payload)).toBe(0)
  })
})
