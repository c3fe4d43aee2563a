import fc from 'fast-check'
import { DateTime } from 'luxon'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { boolean, date, dateTime, money, option, quantity, relation, select, text } from '../../config/language/fields.ts'
import type { RevisionInputs } from '../../config/language/revision.ts'
import { forgetRoles, systemActor } from '../../plugins/core/access/actor.ts'
import { runCommand } from '../../plugins/core/commands/run-command.ts'
import { openStore } from '../../plugins/core/data/open-store.ts'
import { bucketStart } from '../../plugins/core/engine/buckets.ts'
import { formatDecimal } from '../../plugins/core/engine/decimal.ts'
import type { SavedViewList } from '../../plugins/core/saved-views/saved-views.ts'
import type { BoardView } from '../../plugins/core/views/board-view.ts'
import type { CalendarView } from '../../plugins/core/views/calendar-view.ts'
import type { ChartResult } from '../../plugins/core/views/chart-result.ts'
import type { ListView } from '../../plugins/core/views/list-view.ts'
import type { Booted } from '../support/boot-payload.ts'
import { signIn, type Answer, type Person } from '../support/rest.ts'
import { bootPlatform } from '../support/test-platform.ts'

const named = (en: string, zh = en) => ({ en, zh })
const zone = 'Europe/Berlin'
const grades = ['a', 'b', 'c'] as const
const inputs: RevisionInputs = {
  entities: { 'own-machines': { label: named('Machine'), labels: named('Machines'), prefix: 'EQ' } },
  fields: {
    'own-machines': [
      select('grade', named('Grade'), { options: grades.map((grade) => option(grade, named(grade.toUpperCase()))) }), boolean('rented', named('Rented')), money('price', named('Price')), quantity('weight', named('Weight')),
      date('boughtOn', named('Bought on')), date('soldOn', named('Sold on')), dateTime('servicedAt', named('Serviced at')), text('hall', named('Hall')),
      relation('supplier', named('Supplier'), { to: 'suppliers' }), relation('users', named('Users'), { to: 'suppliers', many: true }), { ...text('old', named('Old')), retired: true },
    ],
  },
}

let booted: Booted
let owner: Person
let clerk: Person
let other: Person
const machines = '/views/saved/own-machines'

beforeAll(async () => {
  booted = await bootPlatform([], { inputs })
  await runCommand(booted.payload, systemActor, { action: 'create', entity: 'companies', data: { code: 'F', name: 'Firm', country: 'DE', currency: 'EUR', timeZone: zone } })
  const store = openStore(booted.payload)
  // Two who read machines: one without the price, the other its own only.
  const role = async (slug: string, permissions: object[]) => { const found = await store.findOne('roles', { slug: { equals: slug } }); await store.update('roles', found?.id ?? '', { permissions }) }
  await role('buyer', [{ entity: 'own-machines', actions: ['read', 'edit'], hiddenFields: ['price'] }])
  await role('storekeeper', [{ entity: 'opportunities', actions: ['read'], own: true }])
  forgetRoles(booted.payload)
  ;[owner, clerk, other] = [await signIn(booted, ['owner']), await signIn(booted, ['buyer']), await signIn(booted, ['storekeeper'])]
})
afterAll(() => booted?.stop())

const read = async <Body>(person: Person, path: string): Promise<Body> => {
  const answer = await person.door(path)
  expect(answer.status, `${path}: ${answer.text.slice(0, 300)}`).toBe(200)
  return answer.body as Body
}
const save = async (person: Person, view: object, more: object = {}, path = machines): Promise<string> => {
  const answer = await person.door(path, { method: 'POST', body: { name: 'View', view, ...more } })
  expect(answer.status, answer.text.slice(0, 400)).toBe(201)
  return (answer.body as { id: string }).id
}
const viewsOf = (person: Person, path = machines) => read<SavedViewList>(person, path)
const placesOf = ({ status, body }: Answer) => [status, ...((body as { errors?: { data: { findings?: { path: string }[] } }[] }).errors?.[0]?.data.findings ?? []).map(({ path }) => path)]

describe('views that people keep', () => {
  beforeEach(async () => { await openStore(booted.payload).remove('saved-views', { id: { exists: true } }) })

  it('are their own until who may configure shares them, with all or with roles', async () => {
    const mine = await save(clerk, { kind: 'kanban', groupBy: 'grade' })
    expect((await viewsOf(clerk)).views).toMatchObject([{ id: mine, mine: true, sharing: 'private', view: { kind: 'kanban', groupBy: 'grade' } }])
    expect((await viewsOf(owner)).views).toEqual([])
    const at = `${machines}/${mine}`
    for (const method of ['PATCH', 'DELETE']) expect((await owner.door(at, { method, ...(method === 'PATCH' ? { body: { name: 'x' } } : {}) })).status).toBe(404)
    expect((await clerk.door(at, { method: 'PATCH', body: { sharing: 'everyone' } })).status).toBe(403)
    expect((await clerk.door(machines, { method: 'POST', body: { name: 'x', view: { kind: 'table' }, sharing: 'everyone' } })).status).toBe(403)
    const shared = await save(owner, { kind: 'table' }, { sharing: 'roles', roles: ['salesRep'] })
    expect((await viewsOf(clerk)).views).toHaveLength(1)
    expect((await owner.door(`${machines}/${shared}`, { method: 'PATCH', body: { roles: ['buyer'], standard: true } })).status).toBe(200)
    expect(await viewsOf(clerk)).toMatchObject({ first: shared, mayShare: false, roles: [], views: [{ id: shared, mine: false }, { id: mine }] })
    expect((await clerk.door(`${machines}/${shared}`, { method: 'PATCH', body: { name: 'x' } })).status).toBe(403)
    expect((await other.door(machines)).status).toBe(403)
  })

  it('begin with what the person has chosen, else with what is shared for all; a deleted one is chosen no more', async () => {
    const [all, mine] = [await save(owner, { kind: 'table' }, { sharing: 'everyone', standard: true }), await save(clerk, { kind: 'gallery' })]
    const first = async () => (await viewsOf(clerk)).first
    const choose = (view: unknown) => clerk.door('/views/first/own-machines', { method: 'PUT', body: { view } })
    expect(await first()).toBe(all)
    expect((await choose(mine)).status).toBe(200)
    expect(await first()).toBe(mine)
    await choose('')
    expect(await first()).toBe('')
    expect((await choose('nothing')).status).toBe(404)
    expect((await choose(3)).status).toBe(422)
    await choose(mine)
    await clerk.door(`${machines}/${mine}`, { method: 'DELETE' })
    expect(await first()).toBe(all)
  })

  it('are refused with the place and the reason when they are none', async () => {
    const tried = async (view: unknown, more: object = {}, person = owner) => placesOf(await person.door(machines, { method: 'POST', body: { name: 'x', view, ...more } }))
    for (const name of ['two\nlines', 'bell\u0007', 'broken\ud800']) expect(await tried({ kind: 'table' }, { name, nameZh: name })).toEqual([422, 'name', 'nameZh'])
    expect(await tried({ kind: 'pivot' })).toEqual([422, 'view.kind'])
    expect(await tried({ kind: 'table', colour: 'red' })).toEqual([422, 'view.colour'])
    expect(await tried({ kind: 'table', fields: ['number', 'nothing', 'old'] })).toEqual([422, 'view.fields.1', 'view.fields.2'])
    expect(await tried({ kind: 'table', groupBy: 'grade' })).toEqual([422, 'view.groupBy'])
    expect(await tried({ kind: 'table', filters: [{ field: 'grade', operator: 'contains', value: 'a' }] })).toEqual([422, 'view.filters.0.operator'])
    expect(await tried({ kind: 'table', filters: [{ field: 'boughtOn', operator: 'gte', value: 'soon' }] })).toEqual([422, 'view.filters.0.value'])
    expect(await tried({ kind: 'table', filters: [{ field: 'price', operator: 'gte', value: '1.234' }] })).toEqual([422, 'view.filters.0.value'])
    expect(await tried({ kind: 'kanban' })).toEqual([422, 'view.groupBy'])
    expect(await tried({ kind: 'kanban', groupBy: 'hall', measure: 'grade' })).toEqual([422, 'view.groupBy', 'view.measure'])
    expect(await tried({ kind: 'calendar', from: 'price' })).toEqual([422, 'view.from'])
    expect(await tried({ kind: 'chart', groupBy: 'grade', aggregate: 'sum' })).toEqual([422, 'view.measure'])
    expect(await tried({ kind: 'table', sort: 'constructor', state: 'draft' })).toEqual([422, 'view.state', 'view.sort'])
    expect(await tried({ kind: 'table' }, { sharing: 'roles' })).toEqual([422, 'roles'])
    expect(await tried({ kind: 'table' }, { standard: true })).toEqual([422, 'standard'])
    expect(await tried({ kind: 'table', fields: ['price'] }, {}, clerk)).toEqual([422, 'view.fields.0'])
  })

  it('come back from their file byte by byte, and not into another list', async () => {
    const view = { kind: 'table', fields: ['name', 'number'], widths: { name: 220 }, filters: [{ field: 'grade', operator: 'in', value: 'a,b' }], sort: '-boughtOn', search: '铣床' }
    const id = await save(owner, view, { name: 'Fräsen / 铣', nameZh: '铣床' })
    const file = await owner.door(`${machines}/${id}/file`)
    expect(file.headers.get('content-disposition')).toContain('own-machines.Fr%C3%A4sen-%E9%93%A3.view.json')
    const again = await owner.door(machines, { method: 'POST', body: JSON.parse(file.text) as unknown })
    expect(again.status).toBe(201)
    expect((await owner.door(`${machines}/${(again.body as { id: string }).id}/file`)).text).toBe(file.text)
    expect(placesOf(await owner.door('/views/saved/parts', { method: 'POST', body: JSON.parse(file.text) as unknown }))).toEqual([422, 'entity'])
    expect((await clerk.door(`${machines}/${id}/file`)).status).toBe(404)
  })

  it('tell what a reader does not meet, and never the value of a filter on it', async () => {
    const id = await save(owner, { kind: 'kanban', groupBy: 'grade', measure: 'price', fields: ['name', 'price'], filters: [{ field: 'price', operator: 'gte', value: '4711' }, { field: 'hall', operator: 'is', value: 'N' }] }, { sharing: 'everyone' })
    await openStore(booted.payload).update('saved-views', id, { definition: { kind: 'kanban', groupBy: 'grade', measure: 'price', fields: ['name', 'old', 'price'], filters: [{ field: 'price', operator: 'gte', value: '4711' }, { field: 'hall', operator: 'is', value: 'N' }] } })
    const answer = await clerk.door(machines)
    expect((answer.body as SavedViewList).views).toMatchObject([{ view: { kind: 'kanban', groupBy: 'grade', fields: ['name'], filters: [{ field: 'hall', operator: 'is', value: 'N' }] }, hidden: 1, gone: [{ en: 'Old' }] }])
    expect(answer.text).not.toContain('4711')
    expect((await viewsOf(owner)).views).toMatchObject([{ hidden: 0, gone: [{ en: 'Old' }], view: { fields: ['name', 'price'] } }])
    for (const door of ['boards', 'charts']) expect((await clerk.door(`/views/${door}/own-machines?groupBy=grade&measure=price&aggregate=sum`)).status).toBe(403)
  })

  it('are not lost to someone who has changed them meanwhile', async () => {
    const id = await save(owner, { kind: 'table' })
    const rename = (name: string) => owner.door(`${machines}/${id}`, { method: 'PATCH', body: { name, expectedVersion: 1 } })
    expect((await rename('one')).status).toBe(200)
    expect((await rename('two')).status).toBe(409)
  })
})

type Machine = { name: string; grade?: string; rented?: boolean; price?: number; weight?: number; boughtOn?: string; soldOn?: string; servicedAt?: string; hall?: string }
const days = fc.date({ min: new Date('2024-01-01'), max: new Date('2026-12-31'), noInvalidDate: true }).map((moment) => moment.toISOString())
const machine: fc.Arbitrary<Machine> = fc.record({
  name: fc.constant('M'), grade: fc.constantFrom(...grades), rented: fc.boolean(), price: fc.integer({ min: -1_000_000_000, max: 1_000_000_000 }), weight: fc.integer({ min: 0, max: 1_000_000_000 }),
  boughtOn: days.map((iso) => iso.slice(0, 10)), servicedAt: days, hall: fc.constantFrom('N', 'S', '北'),
}, { requiredKeys: ['name'] })

const store = () => openStore(booted.payload)
let made = 0
async function fill(rows: readonly Machine[]) {
  await store().remove('own-machines', { id: { exists: true } })
  await store().insertMany('own-machines', rows.map((row) => ({ id: `m${made++}`, version: 1, number: `EQ-${made}`, ...row })) as never)
}
const naive = (rows: readonly Machine[], keyOf: (row: Machine) => string) => {
  const groups = new Map<string, Machine[]>()
  for (const row of rows) groups.set(keyOf(row), [...(groups.get(keyOf(row)) ?? []), row])
  return groups
}
const sum = (rows: readonly Machine[], field: 'price' | 'weight') => rows.reduce((total, row) => total + BigInt(row[field] ?? 0), 0n)

describe('boards and charts', () => {
  it('count and add up as one would by hand, in every group, exactly', async () => {
    await fc.assert(fc.asyncProperty(fc.array(machine, { maxLength: 60 }), async (rows) => {
      await fill(rows)
      const board = await read<BoardView>(owner, '/views/boards/own-machines?groupBy=grade&measure=price')
      const byGrade = naive(rows, ({ grade }) => grade ?? '')
      for (const { key, count, sum: told, rows: cards } of board.columns) {
        const group = byGrade.get(key) ?? []
        expect([key, count, told, cards.length]).toEqual([key, group.length, formatDecimal(Number(sum(group, 'price')), 2, { minDigits: 2 }), Math.min(20, group.length)])
      }
      expect(board.total).toBe(rows.length)
      for (const bucket of ['month', 'week', 'quarter'] as const) {
        for (const [by, dayOf] of [['boughtOn', ({ boughtOn }: Machine) => boughtOn], ['servicedAt', ({ servicedAt }: Machine) => servicedAt && (DateTime.fromISO(servicedAt, { zone }).toISODate() ?? '')]] as const) {
          const chart = await read<ChartResult>(owner, `/views/charts/own-machines?groupBy=${by}&bucket=${bucket}&aggregate=sum&measure=weight`)
          const expected = naive(rows, (row) => { const day = dayOf(row); return day && chart.bucket ? bucketStart(day, chart.bucket) : '' })
          for (const { key, count, value } of chart.groups) expect([by, bucket, key, count, value]).toEqual([by, bucket, key, expected.get(key)?.length ?? 0, formatDecimal(Number(sum(expected.get(key) ?? [], 'weight')), 6)])
          expect(chart.groups.reduce((all, { count }) => all + count, 0)).toBe(rows.length)
        }
      }
      const halls = await read<ChartResult>(owner, '/views/charts/own-machines?groupBy=hall')
      expect(new Map(halls.groups.map(({ key, value }) => [key, value]))).toEqual(new Map([...naive(rows, ({ hall }) => hall ?? '')].map(([key, group]) => [key, String(group.length)])))
    }), { numRuns: 8 })
  }, 120_000)

  it('average what is filled, round once, and tell what stands in no group of its own', async () => {
    await fill([{ name: 'x', grade: 'a', price: 100 }, { name: 'x', grade: 'a', price: 101 }, { name: 'x', grade: 'a' }, { name: 'x', grade: 'b', price: -1 }, { name: 'x', grade: 'b', price: -2 }, ...Array.from({ length: 40 }, (_, index) => ({ name: 'x', grade: 'c', hall: `hall ${index}` }))])
    const average = await read<ChartResult>(owner, '/views/charts/own-machines?groupBy=grade&aggregate=avg&measure=price')
    expect(average.groups.map(({ key, count, value }) => [key, count, value])).toEqual([['a', 2, '1.01'], ['b', 2, '-0.02']])
    const halls = await read<ChartResult>(owner, '/views/charts/own-machines?groupBy=hall')
    expect(halls).toMatchObject({ others: { count: 11 }, total: { count: 45 } })
    await fill([{ name: 'x', grade: 'a', price: Number.MAX_SAFE_INTEGER }, { name: 'x', grade: 'a', price: Number.MAX_SAFE_INTEGER }])
    expect(placesOf(await owner.door('/views/boards/own-machines?groupBy=grade&measure=price'))).toEqual([400, 'measure'])
  })

  it('filter by fields of several values, by page and by column', async () => {
    await fill(Array.from({ length: 25 }, (_, index) => ({ name: `M${index}`, grade: 'a', rented: index < 2 })))
    const supplier = (await runCommand(booted.payload, systemActor, { action: 'create', entity: 'suppliers', data: { number: 'S-1', name: 'One' } })).id ?? ''
    const [first] = (await read<ListView>(owner, '/views/lists/own-machines')).rows
    await owner.door(`/own-machines/${first?.id ?? ''}`, { method: 'PATCH', body: { users: [supplier] } })
    expect((await read<BoardView>(owner, `/views/boards/own-machines?groupBy=grade&f=users:in:${supplier}`)).columns.map(({ key, count }) => [key, count])).toEqual([['a', 1], ['b', 0], ['c', 0]])
    const next = await read<BoardView>(owner, '/views/boards/own-machines?groupBy=grade&column=a&page=2')
    expect(next.columns.map(({ key, rows }) => [key, rows.length])).toEqual([['a', 5]])
    expect((await read<BoardView>(owner, '/views/boards/own-machines?groupBy=rented')).columns.map(({ key, count }) => [key, count])).toEqual([['true', 2], ['false', 23]])
  })

  it.each([
    ['boards', '', 'groupBy'], ['boards', 'groupBy=hall', 'groupBy'], ['boards', 'groupBy=nothing', 'groupBy'], ['boards', 'groupBy=grade&measure=grade', 'measure'], ['boards', 'groupBy=old', 'groupBy'],
    ['charts', 'groupBy=grade&aggregate=median', 'aggregate'], ['charts', 'groupBy=grade&aggregate=sum', 'measure'], ['charts', 'groupBy=boughtOn&bucket=hour', 'bucket'], ['charts', 'groupBy=number', 'groupBy'],
    ['calendars', 'from=boughtOn&first=2026-01-01', 'last'], ['calendars', 'from=boughtOn&first=2026-01-01&last=2027-01-01', 'last'], ['calendars', 'first=2026-01-01&last=2026-01-31', 'from'], ['calendars', 'from=price&first=x&last=y', 'from'],
    ['lists', 'groupBy=grade', 'groupBy'],
  ])('%s refuse %s with its place', async (door, query, place) => {
    expect(placesOf(await owner.door(`/views/${door}/own-machines?${query}`))).toEqual([400, place])
  })
})

describe('a calendar', () => {
  it('has what stands between two days, in the zone of the company, and what reaches into them', async () => {
    await fill([
      { name: 'before', boughtOn: '2026-02-27' }, { name: 'first', boughtOn: '2026-03-01' }, { name: 'last', boughtOn: '2026-03-31', soldOn: '2026-04-20' }, { name: 'reaches', boughtOn: '2026-01-01', soldOn: '2026-03-01' }, { name: 'none' },
      { name: 'night', servicedAt: '2026-02-28T23:30:00.000Z' }, { name: 'eve', servicedAt: '2026-03-31T21:59:59.000Z' }, { name: 'too late', servicedAt: '2026-03-31T22:00:00.000Z' },
    ])
    const named = async (query: string) => (await read<CalendarView>(owner, `/views/calendars/own-machines?first=2026-03-01&last=2026-03-31&columns=name&${query}`)).rows.map(({ name }) => name)
    expect(await named('from=boughtOn')).toEqual(['first', 'last'])
    expect(await named('from=boughtOn&to=soldOn')).toEqual(['reaches', 'first', 'last'])
    expect(await named('from=servicedAt')).toEqual(['night', 'eve'])
  })
})

describe('a board of states', () => {
  it('knows which steps lead from column to column, and shows and adds up only what one may see', async () => {
    const customer = (await runCommand(booted.payload, systemActor, { action: 'create', entity: 'customers', data: { number: 'C-1', name: 'Shop' } })).id ?? ''
    const create = async (name: string, amount: string, by: string) => (await runCommand(booted.payload, systemActor, { action: 'create', entity: 'opportunities', data: { name, amount, customer, owner: by, nextActivityDate: '2030-01-01', requirement: 'Bicycles' } })).id ?? ''
    const [mine] = [await create('Mine', '10.10', other.id), await create('Theirs', '5', owner.id)]
    const board = (person: Person) => read<BoardView>(person, '/views/boards/opportunities?groupBy=state&measure=amount')
    const figures = ({ columns }: BoardView) => columns.filter(({ count }) => count > 0).map(({ key, count, sum: told, rows }) => [key, count, told, rows.length])
    expect(figures(await board(owner))).toEqual([['new', 2, '15.10', 2]])
    expect(figures(await board(other))).toEqual([['new', 1, '10.10', 1]])
    expect((await read<ChartResult>(other, '/views/charts/opportunities?groupBy=state&aggregate=sum&measure=amount')).total).toEqual({ count: 1, value: '10.10' })
    const { moves } = await board(owner)
    expect(moves.new?.qualified).toEqual(['qualify'])
    expect(moves.proposed?.won).toEqual(['win'])
    expect(moves.new?.won).toBeUndefined()
    expect(moves.new?.new).toBeUndefined()
    const step = (person: Person, event: string) => person.door(`/opportunities/${mine}/events/${event}`, { method: 'POST', body: {} })
    expect((await step(other, 'qualify')).status).toBe(403)
    const refused = await step(owner, 'win')
    expect([refused.status, (refused.body as { errors: { data: { refusals: unknown[] } }[] }).errors[0]?.data.refusals.length]).toEqual([409, 1])
    expect((await step(owner, 'qualify')).status).toBe(200)
    expect(figures(await board(owner))).toEqual([['new', 1, '5.00', 1], ['qualified', 1, '10.10', 1]])
  })
})
