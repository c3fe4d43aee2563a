import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { date, money, text } from '../../config/language/fields.ts'
import { systemActor } from '../../plugins/core/access/actor.ts'
import { runCommand } from '../../plugins/core/commands/run-command.ts'
import { transact } from '../../plugins/core/commands/transact.ts'
import { openStore } from '../../plugins/core/data/open-store.ts'
import type { HomeView } from '../../plugins/core/home/home-view.ts'
import type { WorkflowPicture } from '../../plugins/core/api/workflows.ts'
import type { TrellisPlugin } from '../../plugins/core/platform/plugin.ts'
import type { Booted } from '../support/boot-payload.ts'
import { signIn, type Person } from '../support/rest.ts'
import { bootPlatform } from '../support/test-platform.ts'

/** Errands that a buyer runs and a salesManager approves, with a figure, a chart and a first step about them. */
const errands: TrellisPlugin = {
  slug: 'oms',
  entities: [{
    slug: 'errands', system: 'oms', kind: 'document', titleField: 'subject', listColumns: ['subject'], workflow: 'errand',
    label: { en: 'Errand', zh: '差事' }, labels: { en: 'Errands', zh: '差事' },
    fields: [text('subject', { en: 'Subject', zh: '主题' }), date('dueDate', { en: 'Due', zh: '到期' }), money('amount', { en: 'Amount', zh: '金额' })],
  }],
  workflows: [{
    slug: 'errand', version: 1, entity: 'errands', label: { en: 'Errand', zh: '差事' }, initial: 'open',
    events: {
      approve: { label: { en: 'Approve', zh: '批准' }, past: 'approved', roles: ['salesManager'], primary: true },
      insist: { label: { en: 'Approve anyway', zh: '特批' }, past: 'approved', roles: ['owner'] },
      expire: { label: { en: 'Expire', zh: '过期' }, past: 'expired', roles: ['system'] },
    },
    states: {
      open: { label: { en: 'Open', zh: '打开' }, tone: 'waiting', after: { P9D: 'expire' }, on: { approve: { target: 'done', guards: [{ type: 'core.fieldRequired', params: { field: 'subject' } }] }, insist: { target: 'done' }, expire: { target: 'done' } } },
      done: { label: { en: 'Done', zh: '完成' }, tone: 'good', type: 'final' },
    },
  }],
  work: [
    {
      name: 'errands.open', entity: 'errands', roles: ['buyer', 'salesManager'], event: 'approve', label: { en: 'Open errands', zh: '待办差事' }, reason: { en: 'Nobody did it yet.', zh: '尚未办理。' },
      where: () => ({ 'workflow.state': { equals: 'open' } }),
    },
    {
      name: 'errands.late', entity: 'errands', roles: ['buyer'], urgent: true, label: { en: 'Late errands', zh: '逾期差事' }, reason: { en: 'Past its date.', zh: '已逾期。' },
      where: ({ today }) => ({ 'workflow.state': { equals: 'open' }, dueDate: { less_than: today } }),
    },
  ],
  figures: [{
    name: 'errands.count', label: { en: 'Errands', zh: '差事' }, meaning: { en: 'All of them.', zh: '全部。' }, reads: ['errands.amount'],
    async load(store) {
      const [sum] = await store.sum('errands', { fields: ['amount'] })
      return { tone: 'good', verdict: { en: 'Fine', zh: '正常' }, measure: { kind: 'money', value: Number(sum?.amount) }, sources: [{ label: { en: 'Bills', zh: '账单' }, kind: 'count', value: 1, entity: 'roles' }] }
    },
  }],
  charts: [{
    name: 'errands.chart', label: { en: 'Errands', zh: '差事' }, meaning: { en: 'x', zh: 'x' }, reads: ['errands'], kind: 'count', series: [{ label: { en: 'n', zh: 'n' }, tone: 'good' }],
    load: () => Promise.resolve([{ from: '2026-01-05', values: [3] }]),
  }],
  firstSteps: [{ name: 'errands.first', entity: 'errands', label: { en: 'First errand', zh: '第一件' }, help: { en: 'Write one.', zh: '写一件。' } }],
}

let booted: Booted
let owner: Person
let buyer: Person
let manager: Person
const ids: string[] = []

const home = async (person: Person, headers: Record<string, string> = {}) => {
  const answer = await person.door('/home', { headers })
  expect(answer.status, answer.text.slice(0, 300)).toBe(200)
  return answer.body as HomeView
}

beforeAll(async () => {
  booted = await bootPlatform([errands])
  owner = await signIn(booted, ['owner'])
  const none = await home(owner)
  expect(none.steps.map(({ name, done }) => [name, done])).toEqual(expect.arrayContaining([['core.company', false], ['errands.first', false]]))
  await transact(booted.payload, { actor: systemActor }, (context) =>
    context.create('companies', { values: { name: 'Test', code: 'T', currency: 'EUR', timeZone: 'Europe/Berlin', country: 'DE', language: 'en' } }))
  for (const row of await openStore(booted.payload).find('roles', { where: { slug: { in: ['buyer', 'salesManager'] } } })) {
    const permissions = [...(row.permissions as object[]), { entity: 'errands', actions: ['read', 'send'], ...(row.slug === 'buyer' ? {} : { hiddenFields: ['amount'] }) }]
    await runCommand(booted.payload, systemActor, { action: 'edit', entity: 'roles', id: row.id, data: { permissions } })
  }
  buyer = await signIn(booted, ['buyer'])
  manager = await signIn(booted, ['salesManager'])
  for (const data of [{ subject: 'Fetch bolts', dueDate: '2020-01-02', amount: '12.50' }, { subject: 'Fetch nuts', dueDate: '2020-01-01', amount: '2.50' }, { dueDate: '2999-01-01' }]) {
    ids.push(String((await runCommand(booted.payload, systemActor, { action: 'create', entity: 'errands', data })).id))
  }
})
afterAll(() => booted?.stop())

describe('home', () => {
  it('shows what waits for the role, the urgent first, the oldest first, with its reason', async () => {
    const { work } = await home(buyer)
    expect(work.map(({ name, total, mine }) => [name, total, mine])).toEqual([['errands.late', 2, true], ['errands.open', 3, true]])
    expect(work[0]?.rows.map(({ title, amount, date: due }) => [title.title, amount, due?.value])).toEqual([['Fetch nuts', '2.50', '2020-01-01'], ['Fetch bolts', '12.50', '2020-01-02']])
    expect(work[0]?.rows[0]?.event).toBeNull()
    expect(work[1]?.rows.map(({ title }) => title.title)).toEqual(['Fetch nuts', 'Fetch bolts', 'Open'])
  })

  it('gives the one button, or the sentence why not', async () => {
    const forBuyer = (await home(buyer)).work[1]?.rows.map(({ event }) => [event?.event, event?.allowed])
    expect(forBuyer).toEqual(Array(3).fill(['approve', false]))
    const rows = (await home(manager)).work[0]?.rows ?? []
    expect(rows.map(({ id, event }) => [id, event?.allowed])).toEqual([[ids[1], true], [ids[0], true], [ids[2], false]])
    expect(rows[2]?.event?.refusals[0]?.message.en).toMatch(/Subject/)
  })

  it('offers another way to the same end where the usual one is refused', async () => {
    const rows = (await home(owner)).work.find(({ name }) => name === 'errands.open')?.rows
    expect(rows?.map(({ event }) => event?.event)).toEqual(['approve', 'approve', 'insist'])
  })

  it('shows an owner the lists of others too, and nobody a field, a figure or a source they may not read', async () => {
    expect((await home(owner)).work.map(({ mine }) => mine)).toEqual([false, false])
    const [forOwner, forBuyer, forManager] = [await home(owner), await home(buyer), await home(manager)]
    expect(forOwner.figures.find(({ name }) => name === 'errands.count')).toMatchObject({ measure: { kind: 'money', value: '15.00' }, sources: [{ entity: 'roles', value: '1' }] })
    expect(forBuyer.figures.find(({ name }) => name === 'errands.count')?.sources).toEqual([])
    expect(forManager.figures.some(({ name }) => name === 'errands.count')).toBe(false)
    expect(forManager.work[0]?.rows.map(({ amount }) => amount)).toEqual([null, null, null])
    expect(forManager.charts.map(({ name, rows }) => [name, rows])).toContainEqual(['errands.chart', [{ from: '2026-01-05', values: ['3'] }]])
  })

  it('leads a new firm by the hand until all steps are done, the owner only', async () => {
    const { steps } = await home(owner)
    expect(steps.find(({ name }) => name === 'core.company')?.done).toBe(true)
    expect(steps.find(({ name }) => name === 'core.parts')).toMatchObject({ done: false, href: '/admin/collections/parts' })
    expect((await home(buyer)).steps).toEqual([])
  })
})

describe('the picture of a workflow', () => {
  it('has states, arrows, roles, guards and timers in words, for who may read the entity', async () => {
    const answer = await buyer.door('/workflows/errands')
    const picture = answer.body as WorkflowPicture
    expect(picture.nodes.map(({ id, initial, kind }) => [id, initial, kind])).toEqual([['open', true, 'atomic'], ['done', false, 'final']])
    expect(picture.arrows.map(({ event, from, to, automatic, delay }) => [event, from, to, automatic, delay])).toEqual([['approve', 'open', 'done', false, null], ['insist', 'open', 'done', false, null], ['expire', 'open', 'done', true, 'P9D']])
    expect(picture.arrows[0]?.roles).toEqual([{ en: 'Sales manager', zh: '销售经理' }])
    expect(picture.arrows[0]?.guards[0]?.en).toMatch(/: Subject$/)
    expect((await buyer.door(`/workflows/errands?hash=${picture.hash}`)).body).toMatchObject({ current: true })
    expect((await buyer.door('/workflows/errands?hash=unknown')).status).toBe(404)
    expect((await buyer.door('/workflows/parts')).status).toBe(404)
    const outsider = await signIn(booted, ['viewer'])
    expect((await outsider.door('/workflows/errands')).status).toBe(403)
  })
})
