import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { OptionHit, SearchHit } from '../../plugins/core/api/search.ts'
import type { DocumentView } from '../../plugins/core/views/document-view.ts'
import type { ListView } from '../../plugins/core/views/list-view.ts'
import { forgetRoles, systemActor } from '../../plugins/core/access/actor.ts'
import { transact } from '../../plugins/core/commands/transact.ts'
import { openStore } from '../../plugins/core/data/open-store.ts'
import { seedErpWorld, type ErpWorld } from '../support/erp-world.ts'
import type { Booted } from '../support/boot-payload.ts'
import { signIn, type Person } from '../support/rest.ts'
import { bootPlatform } from '../support/test-platform.ts'

let booted: Booted
let world: ErpWorld
let owner: Person
let limited: Person
let order: string

const read = async <Answer>(person: Person, path: string): Promise<Answer> => {
  const answer = await person.door(path)
  expect(answer.status, `${path}: ${answer.text.slice(0, 200)}`).toBe(200)
  return answer.body as Answer
}

beforeAll(async () => {
  booted = await bootPlatform()
  world = await seedErpWorld(booted.payload)
  await transact(booted.payload, { actor: systemActor }, async (context) => {
    // A firm that lets its viewers read contacts, but neither the customers they belong to nor anything else.
    const viewer = await context.store.findOne('roles', { slug: { equals: 'viewer' } })
    await context.store.update('roles', viewer?.id ?? '', { permissions: [{ entity: 'contacts', actions: ['read'] }] })
    await context.create('contacts', { values: { name: 'Ann Example', customer: world.customers.shop, status: 'active' } })
  })
  owner = await signIn(booted, ['owner'])
  limited = await signIn(booted, ['viewer'])
  const created = await owner.door('/sales-orders', {
    method: 'POST', body: { customer: world.customers.shop, site: world.site, requestedDate: '2026-12-01', lines: [{ part: world.parts.helmet, quantity: '4', unitPrice: '10' }, { part: world.parts.helmet, quantity: '3', unitPrice: '1' }] },
  })
  expect(created.status, created.text).toBe(201)
  order = (created.body as { id: string }).id
})
afterAll(() => booted?.stop())

describe('the view of a list', () => {
  it('has rows as spoken, titles of what they refer to and documents by state', async () => {
    const view = await read<ListView>(owner, '/views/lists/sales-orders?sort=-number')
    expect(view.rows[0]).toMatchObject({ id: order, state: 'draft', grandTotal: expect.stringMatching(/^\d+\.\d\d$/) as string })
    expect(view.titles.customers?.[world.customers.shop]?.title).toBeTruthy()
    expect(view.counts.draft).toBe(view.total)
  })

  it('counts by state what the filters leave, in decimals as they are said, and only what one may see', async () => {
    const counted = async (person: Person, query: string) => (await read<ListView>(person, `/views/lists/sales-orders?${query}`)).counts
    const { grandTotal } = (await owner.door(`/sales-orders/${order}`)).body as { grandTotal: string }
    expect(await counted(owner, `f=grandTotal:gte:${grandTotal}`)).toMatchObject({ draft: 1, confirmed: 0 })
    expect(await counted(owner, `f=grandTotal:gte:${Number(grandTotal) + 0.01}`)).toMatchObject({ draft: 0 })
    expect(await counted(owner, 'state=confirmed')).toMatchObject({ draft: 1 })
    const store = openStore(booted.payload)
    const role = await store.findOne('roles', { slug: { equals: 'storekeeper' } })
    await store.update('roles', role?.id ?? '', { permissions: [{ entity: 'sales-orders', actions: ['read'], own: true }] })
    forgetRoles(booted.payload)
    const other = await signIn(booted, ['storekeeper'])
    expect(await counted(other, '')).toMatchObject({ draft: 0 })
    await store.update('sales-orders', order, { owner: other.id })
    expect(await counted(other, '')).toMatchObject({ draft: 1 })
    await store.update('sales-orders', order, { owner: owner.id })
  })

  it('finds an order by the words of its customer', async () => {
    const { name } = (await owner.door(`/customers/${world.customers.shop}`)).body as { name: string }
    expect((await read<ListView>(owner, `/views/lists/sales-orders?q=${encodeURIComponent(name)}`)).rows.map(({ id }) => id)).toContain(order)
    expect((await read<ListView>(owner, '/views/lists/sales-orders?q=nothing-is-called-so')).total).toBe(0)
  })

  it('does not tell by its hits what one may not read', async () => {
    const { name } = (await owner.door(`/customers/${world.customers.shop}`)).body as { name: string }
    expect((await read<ListView>(owner, `/views/lists/contacts?q=${encodeURIComponent(name)}`)).total).toBe(1)
    expect((await read<ListView>(limited, '/views/lists/contacts?q=Ann')).total).toBe(1)
    expect((await read<ListView>(limited, `/views/lists/contacts?q=${encodeURIComponent(name)}`)).total).toBe(0)
  })
})

describe('names in two languages', () => {
  const inChinese = { headers: { 'Accept-Language': 'zh' } }

  it('are shown in the reader’s, in lists and on lines; what was written by hand stays', async () => {
    const list = async (language: object) => ((await owner.door('/views/lists/parts?sort=partNumber', language)).body as ListView).rows.map(({ name }) => name)
    expect(await list({})).toEqual(['Assembly', 'Bicycle', 'Helmet'])
    expect(await list(inChinese)).toEqual(['组装服务', '自行车', '头盔'])

    const lines = [{ part: world.parts.helmet, quantity: '1', unitPrice: '10', description: '头盔' }, { part: world.parts.helmet, quantity: '1', unitPrice: '10', description: 'Helmet, red' }]
    const { body } = await owner.door('/sales-orders', { method: 'POST', body: { customer: world.customers.shop, site: world.site, requestedDate: '2026-12-01', lines } })
    const path = `/views/documents/sales-orders/${(body as { id: string }).id}`
    const described = async (language: object) => ((await owner.door(path, language)).body as DocumentView).lines.map(({ description }) => description)
    expect(await described({})).toEqual(['Helmet', 'Helmet, red'])
    expect(await described(inChinese)).toEqual(['头盔', 'Helmet, red'])
    // Stored in the language of the customer's papers, whoever saves it.
    const stored = await openStore(booted.payload).find('sales-order-lines', { where: { salesOrder: { equals: (body as { id: string }).id } }, sort: 'position' })
    expect(stored.map(({ description }) => description)).toEqual(['Helmet', 'Helmet, red'])
  })
})

describe('the view of a document', () => {
  it('has lines, rights, steps with their refusals and what each line still has open', async () => {
    const view = await read<DocumentView>(owner, `/views/documents/sales-orders/${order}`)
    expect(view.lines.map(({ quantity }) => quantity)).toEqual(['4', '3'])
    expect(view).toMatchObject({ editable: true, discardable: true, state: { name: 'draft' } })
    expect(view.events.map(({ event }) => event)).toContain('submit')
    expect(view.history).toMatchObject([{ action: 'create', to: { name: 'draft' } }])
  })

  it('suggests for a delivery what is open, and for a change what is', async () => {
    for (const event of ['submit', 'approve']) {
      const sent = await owner.door(`/sales-orders/${order}/events/${event}`, { method: 'POST', body: {} })
      expect(sent.status, sent.text).toBe(200)
    }
    const { events, lines, editable } = await read<DocumentView>(owner, `/views/documents/sales-orders/${order}`)
    const [first, second] = lines
    const suggested = (name: string) => events.find(({ event }) => event === name)?.suggestions
    expect(suggested('deliver')).toEqual({ mode: 'open', values: { [first?.id ?? '']: { quantity: '4' }, [second?.id ?? '']: { quantity: '3' } } })
    expect(suggested('change')).toMatchObject({ mode: 'change', values: { [first?.id ?? '']: { quantity: '4', unitPrice: '10' } } })
    expect(editable).toBe(false)
  })

  it('starts a new one with its defaults, the only site and its writer', async () => {
    const { initial } = await read<DocumentView>(owner, `/views/documents/sales-orders?customer=${world.customers.shop}&grandTotal=9`)
    expect(initial).toMatchObject({ customer: world.customers.shop, owner: owner.id })
    expect(initial).not.toHaveProperty('grandTotal')
  })
})

describe('search', () => {
  it('finds by number, the exact one first, within the rights', async () => {
    const { number } = (await owner.door(`/sales-orders/${order}`)).body as { number: string }
    expect((await read<SearchHit[]>(owner, `/search?q=${number}`))[0]).toMatchObject({ entity: 'sales-orders', id: order, title: number })
    expect(await read<SearchHit[]>(limited, `/search?q=${number}`)).toEqual([])
  })

  it('offers references that may be chosen, and none that may not be read', async () => {
    expect((await read<OptionHit[]>(owner, '/options/customers?q=')).map(({ id }) => id)).toContain(world.customers.shop)
    expect(await read<OptionHit[]>(limited, '/options/customers?q=')).toEqual([])
  })
})
