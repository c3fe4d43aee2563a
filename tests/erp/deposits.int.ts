import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { systemActor } from '../../plugins/core/access/actor.ts'
import { runCommand } from '../../plugins/core/commands/run-command.ts'
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

describe('deposits of an order', () => {
  it('are together at most the order, when requested and when posted', async () => {
    const order = await helmets('1')
    const first = await deposit(order, '50.00')
    expect(await refusalOf(deposit(order, '30.01'))).toContain('30.00 net is possible')
    const second = await deposit(order, '30.00')
    const [line] = await steps.from('invoice-lines', 'invoice', second)
    await runCommand(booted.payload, systemActor, { action: 'edit', entity: 'invoices', id: second, data: {}, lines: [{ id: line?.id, unitPrice: '30.01' }] })
    await post(first)
    expect(await refusalOf(post(second))).toContain('30.00 net is possible')
    await runCommand(booted.payload, systemActor, { action: 'edit', entity: 'invoices', id: second, data: {}, lines: [{ id: line?.id, unitPrice: '30' }] })
    await post(second)
    expect(await refusalOf(deposit(order, '0.01'))).toContain('covered by invoices')
  })

  it('do not come after an invoice of everything', async () => {
    const order = await helmets('1')
    const late = await deposit(order, '40.00')
    await post(await delivered(order))
    expect(await refusalOf(post(late))).toContain('covered by invoices')
    await runCommand(booted.payload, systemActor, { action: 'discard', entity: 'invoices', id: late })
  })
})

describe('the invoice of the goods', () => {
  it('waits for a deposit invoice that is not paid, and then deducts it', async () => {
    const before = await depositBalance()
    const order = await helmets('1')
    const asked = await deposit(order, '40.00')
    await post(asked)
    const { number } = await steps.get('invoices', asked)
    const early = await delivered(order)
    expect(await refusalOf(post(early))).toContain(`Deposit invoice ${number} is not paid`)
    await steps.pay(asked, '45.20')
    expect(await refusalOf(post(early))).toContain(`Deposit invoice ${number} is paid and not deducted here`)
    await runCommand(booted.payload, systemActor, { action: 'discard', entity: 'invoices', id: early })
    await steps.send('sales-orders', order, 'invoice')
    const final = await finalOf(order)
    await post(final)
    expect(await steps.get('invoices', final)).toMatchObject({ netTotal: 4_000, grandTotal: 4_520 })
    await steps.pay(final, '45.20')
    expect(await steps.state('sales-orders', order)).toBe('closed')
    expect(await depositBalance()).toBe(before)
  })

  it('is posted once the unpaid deposit invoice is credited', async () => {
    const order = await helmets('1')
    const asked = await deposit(order, '40.00')
    await post(asked)
    const final = await delivered(order)
    await steps.send('invoices', asked, 'credit', { reason: 'No deposit after all' })
    const [note] = await steps.from('credit-notes', 'invoice', asked)
    await steps.send('credit-notes', String(note?.id), 'post')
    await post(final)
    expect(await steps.get('invoices', final)).toMatchObject({ openAmount: 9_040 })
  })
})

describe('a prepayment', () => {
  const prepay = (data: object) => steps.create('payments', { direction: 'incoming', amount: '90.40', paymentDate: world.today, ...data })

  it('is of the customer of its order, entered and posted', async () => {
    const order = await steps.order(world.customers.shop, [{ part: world.parts.helmet, quantity: '1' }])
    expect(await refusalOf(prepay({ customer: world.customers.club, salesOrder: order }))).toContain('is of another customer')
    const payment = await prepay({ customer: world.customers.shop, salesOrder: order })
    await edit('sales-orders', order, { customer: world.customers.club })
    expect(await refusalOf(steps.send('payments', payment, 'post'))).toContain('is of another customer')
    expect(await steps.get('sales-orders', order)).toMatchObject({ paymentStatus: 'none' })
  })

  it('is of the supplier of its purchase order', async () => {
    const order = await steps.create('purchase-orders', { supplier: world.suppliers.frames }, [{ part: world.parts.bike, quantity: '1', unitPrice: '300' }])
    const data = { direction: 'outgoing', purchaseOrder: order }
    expect(await refusalOf(prepay({ ...data, supplier: world.suppliers.safety }))).toContain('is of another supplier')
    await prepay({ ...data, supplier: world.suppliers.frames })
  })

  it('closes its order only when the invoice is settled from it', async () => {
    const order = await helmets('1')
    await steps.send('payments', await prepay({ customer: world.customers.shop, salesOrder: order }), 'post')
    const final = await delivered(order)
    expect(await refusalOf(edit('invoices', final, { customer: world.customers.club }))).toContain('of another customer')
    await post(final)
    expect([await steps.state('invoices', final), await steps.state('sales-orders', order)]).toEqual(['posted', 'confirmed'])
    await steps.drain()
    expect([await steps.state('invoices', final), await steps.state('sales-orders', order)]).toEqual(['settled', 'closed'])
  })
})

const edit = (entity: string, id: string, data: object) => runCommand(booted.payload, systemActor, { action: 'edit', entity, id, data })

/** Debit less credit of customer deposits, minor units. */
async function depositBalance(): Promise<number> {
  const [account] = await steps.store.find('ledger-accounts', { where: { accountRole: { equals: 'customerDeposits' } } })
  const [balance] = await steps.store.sum('account-balances', { where: { account: { equals: account?.id } }, fields: ['debit', 'credit'] })
  return Number(balance?.debit ?? 0) - Number(balance?.credit ?? 0)
}
