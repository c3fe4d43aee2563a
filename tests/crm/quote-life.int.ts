import type { Payload } from 'payload'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Booted } from '../support/boot-payload.ts'
import { addDays, dateIn } from '../../plugins/core/engine/dates.ts'
import { drainWork, runDueWork } from '../../plugins/core/events/runner.ts'
import { transact } from '../../plugins/core/commands/transact.ts'
import { systemActor } from '../../plugins/core/access/actor.ts'
import { traceOf } from '../../plugins/core/trace/trace.ts'
import { bootCrm, million, problemOf, salesDesk, seedCrmWorld, type CrmWorld } from './crm-world.ts'

let booted: Booted
let payload: Payload
let world: CrmWorld
let desk: ReturnType<typeof salesDesk>

beforeAll(async () => {
  booted = await bootCrm()
  payload = booted.payload
  world = await seedCrmWorld(payload)
  desk = salesDesk(payload)
})
afterAll(() => booted?.stop())

const today = () => transact(payload, { actor: systemActor }, (context) => context.today())

async function opportunity(values: object = {}): Promise<string> {
  const id = await desk.create('opportunities', { name: 'Fleet', customer: world.customer, requirement: 'Twelve bicycles', amount: '6000', ...values })
  await desk.send('opportunities', id, 'qualify')
  return id
}

async function quoteOf(opportunityId: string, quantity = '10'): Promise<string> {
  await desk.send('opportunities', opportunityId, 'quote')
  const [quote] = await desk.store.find('quotes', { where: { opportunity: { equals: opportunityId } }, sort: '-createdAt', limit: 1 })
  const id = String(quote?.id)
  await desk.edit('quotes', id, {}, [{ part: world.part, quantity }])
  return id
}

describe('a deal from its lead to the accepted quote', () => {
  it('lead → opportunity → quote v1 → revised v2 → accepted, in one trace', async () => {
    const lead = await desk.create('leads', { organisation: 'Night Riders', personName: 'Ann Lee', email: 'ann@riders.example', country: 'NL' })
    expect((await problemOf(desk.send('leads', lead, 'convert'))).status).toBe(409)
    await desk.send('leads', lead, 'contact', { input: { requirement: 'Ten bicycles before spring' } })
    await desk.send('leads', lead, 'qualify')
    await desk.send('leads', lead, 'convert', { input: { name: 'Spring fleet', amount: '5000' } })

    const converted = await desk.store.require('leads', lead)
    const deal = await desk.store.require('opportunities', String(converted.opportunity))
    const customer = await desk.store.require('customers', deal.customer)
    const contact = await desk.store.require('contacts', String(deal.contact))
    expect(deal).toMatchObject({ name: 'Spring fleet', amount: 500_000, requirement: 'Ten bicycles before spring', lead, probability: 10 * million, traceId: converted.traceId })
    expect(customer).toMatchObject({ name: 'Night Riders', country: 'NL', language: 'en' })
    expect(contact).toMatchObject({ name: 'Ann Lee', customer: customer.id, mainContact: true })

    await desk.send('opportunities', deal.id, 'qualify')
    const first = await quoteOf(deal.id)
    expect(await desk.store.require('quotes', first)).toMatchObject({
      quoteVersion: 1, netTotal: 500_000, taxTotal: 65_000, grandTotal: 565_000, marginAmount: 200_000, contact: contact.id,
      priceList: world.priceList, validUntil: addDays(await today(), 30), traceId: deal.traceId,
    })
    await desk.send('quotes', first, 'send')
    expect(await desk.stateOf('opportunities', deal.id)).toBe('proposed')

    await desk.send('quotes', first, 'revise')
    expect(await desk.stateOf('quotes', first)).toBe('superseded')
    const second = String((await desk.store.findOne('quotes', { revises: { equals: first } }))?.id)
    expect(await desk.store.require('quotes', second)).toMatchObject({ quoteVersion: 2, netTotal: 500_000, traceId: deal.traceId })
    expect((await desk.store.require('quotes', second)).quoteDate ?? null).toBeNull()
    const [line] = await desk.store.find('quote-lines', { where: { quote: { equals: second } } })
    await desk.edit('quotes', second, {}, [{ id: line?.id, discountPercent: '10' }])
    expect(await desk.store.require('quotes', second)).toMatchObject({ netTotal: 450_000, grandTotal: 508_500 })
    expect(await desk.store.require('quotes', first)).toMatchObject({ netTotal: 500_000 })

    await desk.send('quotes', second, 'send')
    await desk.send('quotes', second, 'accept')
    expect(await desk.stateOf('opportunities', deal.id)).toBe('won')
    expect(await desk.store.require('opportunities', deal.id)).toMatchObject({ probability: 100 * million, atRisk: false })
    await drainWork(payload)

    const trace = await traceOf(payload, systemActor, deal.traceId)
    const traced = new Set(trace.nodes.map(({ id }) => id))
    for (const id of [lead, deal.id, first, second]) expect(traced).toContain(id)
    for (const [from, to] of [[lead, deal.id], [deal.id, first], [first, second]]) expect(trace.edges).toContainEqual(expect.objectContaining({ from, to }))
  })

  it('an accepted quote is not accepted again: one event, and a sentence in both languages', async () => {
    const quote = await quoteOf(await opportunity())
    await desk.send('quotes', quote, 'send')
    const answers = await Promise.allSettled(Array.from({ length: 5 }, () => desk.send('quotes', quote, 'accept')))
    expect(answers.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
    expect(await desk.store.count('events', { and: [{ type: { equals: 'quotes.accepted' } }, { documentId: { equals: quote } }] })).toBe(1)
    const { status, message } = await problemOf(desk.send('quotes', quote, 'accept'))
    expect(status).toBe(409)
    expect(message.en).toMatch(/[A-Za-z]{3}/)
    expect(message.zh).toMatch(/[\u4e00-\u9fff]{2}/)
  })

  it('a superseded version is never accepted', async () => {
    const quote = await quoteOf(await opportunity())
    await desk.send('quotes', quote, 'send')
    await desk.send('quotes', quote, 'revise')
    expect((await problemOf(desk.send('quotes', quote, 'accept'))).status).toBe(409)
    expect(await desk.store.count('events', { and: [{ type: { equals: 'quotes.accepted' } }, { documentId: { equals: quote } }] })).toBe(0)
  })

  it('nothing is won by hand while no quote is accepted', async () => {
    const deal = await opportunity()
    await desk.send('opportunities', deal, 'propose')
    const { refusals } = await problemOf(desk.send('opportunities', deal, 'win'))
    expect(refusals?.[0]?.message).toEqual({
      en: 'No quote of this opportunity is accepted yet. Record the customer\'s acceptance on the quote.',
      zh: '该商机尚无已接受的报价，请先在报价单上登记客户接受。',
    })
  })
})

describe('prices', () => {
  it('by quantity and unit, with name in the customer\'s language; a price by hand stays', async () => {
    const deal = await opportunity()
    const quote = await quoteOf(deal, '100')
    expect(await desk.store.require('quotes', quote)).toMatchObject({ netTotal: 4_500_000 })
    await desk.edit('quotes', quote, {}, [{ part: world.part, quantity: '2', unit: world.box }, { part: world.part, quantity: '1', unitPrice: '0' }])
    const lines = await desk.store.find('quote-lines', { where: { quote: { equals: quote } }, sort: 'position' })
    expect(lines).toMatchObject([
      { description: '自行车', unitNumerator: 12, unitPrice: 6_000 * million, netAmount: 1_200_000 },
      { unitPrice: 0, netAmount: 0 },
    ])
  })

  it('what may not be offered is refused with the first reason and how many more', async () => {
    const part = await desk.create('parts', { partNumber: `OLD-${Math.random()}`, name: 'Old', unit: world.unit, sellable: false })
    const quote = await quoteOf(await opportunity())
    const lines = [{ part: world.part, quantity: '0' }, { part, quantity: '1' }]
    await desk.edit('quotes', quote, {}, lines)
    const { message } = await problemOf(desk.send('quotes', quote, 'send'))
    expect(message).toEqual({ en: 'Line 1 (BIKE): the quantity must be above zero. 1 more line has a problem.', zh: '第 1 行（BIKE）：数量须大于零。另有 1 行存在问题。' })
    await desk.edit('quotes', quote, {}, [{ part: world.part, quantity: '1' }])
    await desk.edit('customers', world.customer, { status: 'blocked' })
    expect((await problemOf(desk.send('quotes', quote, 'send'))).message.zh).toBe('客户“Corner shop”未启用，请先启用或更换客户。')
    await desk.edit('customers', world.customer, { status: 'active' })
    await desk.send('quotes', quote, 'send')
    expect(await desk.stateOf('quotes', quote)).toBe('sent')
  })

  it('quote and opportunity have one customer', async () => {
    const deal = await opportunity()
    const other = await desk.create('customers', { number: `CU-${Math.random()}`, name: 'Other' })
    const { findings } = await problemOf(desk.create('quotes', { opportunity: deal, customer: other }))
    expect(findings).toMatchObject([{ path: 'customer', code: 'otherCustomer' }])
  })
})

describe('time', () => {
  it('a quote expires when its last day ends in the company\'s time zone, not before', async () => {
    const quote = await quoteOf(await opportunity())
    const validUntil = addDays(await today(), 5)
    await desk.edit('quotes', quote, { validUntil })
    await desk.send('quotes', quote, 'send')
    // Shanghai is eight hours ahead: the day ends at 16:00 UTC.
    await runDueWork(payload, new Date(`${validUntil}T15:59:59.000Z`))
    expect(await desk.stateOf('quotes', quote)).toBe('sent')
    await runDueWork(payload, new Date(`${validUntil}T16:00:00.000Z`))
    expect(await desk.stateOf('quotes', quote)).toBe('expired')
    expect((await problemOf(desk.send('quotes', quote, 'accept'))).status).toBe(409)
    await desk.send('quotes', quote, 'revise')
    expect(await desk.store.findOne('quotes', { revises: { equals: quote } })).toMatchObject({ quoteVersion: 2, validUntil: addDays(await today(), 30) })
  })

  it('an opportunity without a plan is at risk after two weeks; a plan calms it', async () => {
    const idle = await opportunity()
    const planned = await opportunity()
    const later = new Date(Date.now() + 14 * 86_400_000 + 60_000)
    const dueDate = addDays(await today(), 20)
    await desk.send('opportunities', planned, 'plan', { input: { activityType: 'call', subject: 'Call about sizes', dueDate } })
    expect(await desk.store.require('opportunities', planned)).toMatchObject({ nextActivityDate: dueDate })
    await drainWork(payload)
    await drainWork(payload, later)
    expect(await desk.store.require('opportunities', idle)).toMatchObject({ atRisk: true })
    expect(await desk.store.require('opportunities', planned)).toMatchObject({ atRisk: false })
    const [task] = await desk.store.find('activities', { where: { opportunity: { equals: idle } } })
    expect(task).toMatchObject({ activityType: 'task', dueDate: dateIn({ zone: 'Asia/Shanghai', at: later }), subject: 'Opportunity without a next step: call the customer' })

    await desk.send('activities', String(task?.id), 'complete', { input: { outcome: 'Called' } })
    await drainWork(payload)
    expect((await desk.store.require('opportunities', idle)).nextActivityDate ?? null).toBeNull()
    await desk.send('opportunities', idle, 'plan', { input: { activityType: 'visit', subject: 'Visit', dueDate } })
    expect(await desk.store.require('opportunities', idle)).toMatchObject({ atRisk: false, nextActivityDate: dueDate })
  })
})
