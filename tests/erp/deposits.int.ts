import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import type { Booted } from '../support/boot-payload.ts'
import { refusalOf, stepsIn } from '../support/erp-steps.ts'
import { faultsOfBooks, seedErpWorld, type ErpWorld } from '../support/erp-world.ts'
import { bootPlatform } from '../support/test-platform.ts'

let booted: Booted
let world: ErpWorld
let steps: ReturnType<typeof stepsIn>

beforeAll(async () => {
  booted = await bootPlatform()
  world = await seedErpWorld(booted.payload)
  steps = stepsIn(world)
})
afterAll(() => booted?.stop())
afterEach(async () => {
  await steps.drain()
  expect(await steps.store.find('work-items', { where: { status: { not_in: ['done', 'cancelled'] }, kind: { equals: 'event' } } })).toEqual([])
  expect(await faultsOfBooks(booted.payload)).toEqual([])
})

const helmets = (quantity: string) => steps.confirmed(world.customers.shop, [{ part: world.parts.helmet, quantity }])
async function deposit(order: string, amount: string): Promise<string> {
  const known = new Set((await steps.from('invoices', 'salesOrder', order)).map(({ id }) => id))
  await steps.send('sales-orders', order, 'requestDeposit', { input: { amount } })
  return (await steps.from('invoices', 'salesOrder', order)).find(({ id }) => !known.has(id))?.id ?? ''
}
async function delivered(order: string): Promise<string> {
  await steps.deliver(order)
  await steps.drain()
  return finalOf(order)
}
const finalOf = async (order: string): Promise<string> => (await steps.from('invoices', 'salesOrder', order)).find(({ invoiceKind }) => invoiceKind === 'invoice')?.id ?? ''
const post = (invoice: string) => steps.send('invoices', invoice, 'post')

describe('a deposit that a final invoice deducts', () => {
  it('is credited only after that invoice', async () => {
    const order = await helmets('2')
    const asked = await deposit(order, '50.00')
    await post(asked)
    await steps.pay(asked, '56.50')
    const final = await delivered(order)
    expect(await refusalOf(steps.send('invoices', asked, 'credit', { reason: 'Wrong' }))).toContain('(draft). Credit that invoice first, or discard it')
    await post(final)
    const { number } = await steps.get('invoices', final)
    expect(await refusalOf(steps.send('invoices', asked, 'credit', { reason: 'Wrong' }))).toContain(`is deducted on invoice ${number}. Credit that invoice first`)
    await steps.send('invoices', final, 'credit', { reason: 'Wrong' })
    const [note] = await steps.from('credit-notes', 'invoice', final)
    await steps.send('credit-notes', String(note?.id), 'post')
    await steps.send('invoices', asked, 'credit', { reason: 'Wrong' })
    const [back] = await steps.from('credit-notes', 'invoice', asked)
    await steps.send('credit-notes', String(back?.id), 'post')
    expect(await steps.get('credit-notes', String(back?.id))).toMatchObject({ grandTotal: 5_650, openAmount: 5_650 })
  })

  it('is not credited by a credit note drafted before', async () => {
    const order = await helmets('1')
    const asked = await deposit(order, '50.00')
    await post(asked)
    await steps.pay(asked, '56.50')
    await steps.send('invoices', asked, 'credit', { reason: 'Early' })
    await post(await delivered(order))
    const [note] = await steps.from('credit-notes', 'invoice', asked)
    expect(await refusalOf(steps.send('credit-notes', String(note?.id), 'post'))).toContain('is deducted on invoice')
    expect(await steps.state('credit-notes', String(note?.id))).toBe('draft')
  })
})
