import type { Payload } from 'payload'
import { afterAll, beforeAll, expect, it } from 'vitest'
import type { Booted } from '../support/boot-payload.ts'
import { runCommand } from '../../plugins/core/commands/run-command.ts'
import { bootCrm, manager, problemOf, salesDesk, seedCrmWorld, type CrmWorld } from './crm-world.ts'

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

async function qualifiedLead(values: object = {}): Promise<string> {
  const id = await desk.create('leads', { organisation: 'Tour Club', personName: 'Bo Chen', phone: '+86 21 5555', requirement: 'Helmets', ...values })
  await desk.send('leads', id, 'contact')
  await desk.send('leads', id, 'qualify')
  return id
}

it('into an existing opportunity: no new customer, the contact joins, the lead continues in its trace', async () => {
  const deal = await desk.create('opportunities', { name: 'Helmets', customer: world.customer })
  const customers = await desk.store.count('customers')
  const lead = await qualifiedLead()
  await desk.send('leads', lead, 'convert', { input: { opportunity: deal } })
  const opportunity = await desk.store.require('opportunities', deal)
  expect(await desk.store.require('leads', lead)).toMatchObject({ opportunity: deal, customer: world.customer, traceId: opportunity.traceId })
  expect(opportunity).toMatchObject({ lead, requirement: 'Helmets' })
  expect(await desk.store.count('customers')).toBe(customers)
  expect(await desk.store.require('contacts', String(opportunity.contact))).toMatchObject({ name: 'Bo Chen', customer: world.customer })

  const second = await qualifiedLead({ organisation: 'Tour Club West', requirement: 'More helmets' })
  await desk.send('leads', second, 'convert', { input: { opportunity: deal } })
  expect(await desk.store.require('opportunities', deal)).toMatchObject({ lead, requirement: 'Helmets', contact: opportunity.contact })
  expect(await desk.store.count('contacts', { customer: { equals: world.customer } })).toBe(1)
})

it('into a new opportunity of an existing customer', async () => {
  const lead = await qualifiedLead({ organisation: 'Corner shop, second branch' })
  await desk.send('leads', lead, 'convert', { input: { customer: world.customer, closeDate: '2027-01-31' } })
  const { opportunity } = await desk.store.require('leads', lead)
  expect(await desk.store.require('opportunities', String(opportunity))).toMatchObject({ customer: world.customer, name: 'Corner shop, second branch', closeDate: '2027-01-31' })
})

it('new customers get numbers that are free', async () => {
  await desk.create('customers', { number: 'C-00002', name: 'Numbered by hand' })
  const numbers = []
  for (const organisation of ['One', 'Two', 'Three']) {
    const lead = await qualifiedLead({ organisation })
    await desk.send('leads', lead, 'convert')
    const { customer } = await desk.store.require('leads', lead)
    numbers.push((await desk.store.require('customers', String(customer))).number)
  }
  expect(new Set(numbers).size).toBe(3)
  expect(numbers).not.toContain('C-00002')
})

it('what cannot be is refused with the rule and the remedy, in both languages', async () => {
  const lost = await desk.create('opportunities', { name: 'Lost', customer: world.customer })
  await desk.send('opportunities', lost, 'lose', { input: { lossReason: 'price' } })
  const lead = await qualifiedLead()
  const closed = await problemOf(desk.send('leads', lead, 'convert', { input: { opportunity: lost } }))
  expect(closed.message.en).toMatch(/is already won or lost\. Choose an open one, or leave it empty for a new one\./)
  expect(closed.message.zh).toMatch(/已赢单或输单，请选择进行中的商机/)
  expect(await desk.stateOf('leads', lead)).toBe('qualified')

  const other = await desk.create('customers', { number: 'X-1', name: 'Other' })
  const open = await desk.create('opportunities', { name: 'Open', customer: world.customer })
  const mixed = await problemOf(desk.send('leads', lead, 'convert', { input: { opportunity: open, customer: other } }))
  expect(mixed.refusals).toMatchObject([{ code: 'otherCustomer', path: 'customer' }])
  expect((await problemOf(desk.send('leads', lead, 'convert', { input: { opportunity: 'nowhere' } }))).status).toBe(404)
  expect((await problemOf(desk.send('leads', lead, 'convert', { input: { customer: 'nobody' } }))).status).toBe(404)

  const silent = await qualifiedLead({ personName: null, phone: null })
  expect((await problemOf(desk.send('leads', silent, 'convert'))).message).toEqual({
    en: 'Nobody can be reached yet. Enter a person, an email or a phone number.', zh: '尚无联系方式，请填写联系人、邮箱或电话。',
  })
})

it('the forecast weighs open opportunities by probability and leaves closed ones out', async () => {
  const before = await forecast()
  const id = await desk.create('opportunities', { name: 'Big', customer: world.customer, amount: '1000', probability: '40', closeDate: '2027-03-15' })
  const during = await forecast()
  expect(during.weighted - before.weighted).toBeCloseTo(400)
  expect(during.message.zh).toContain('2027-03 400.00')
  await desk.send('opportunities', id, 'lose', { input: { lossReason: 'price' } })
  expect((await forecast()).message.en).toBe(before.message.en)
  const nothing = await forecast('2020-01-01')
  expect(nothing.message.en).toContain('0 open, 0.00 CNY')
})

async function forecast(at?: string) {
  const { message } = await runCommand(payload, manager, { action: 'operate', entity: 'opportunities', operation: 'forecast', input: at ? { at } : {} })
  const weighted = Number(/weighted by probability ([\d.]+)\./.exec(message?.en ?? '')?.[1])
  return { message: message ?? { en: '', zh: '' }, weighted }
}
