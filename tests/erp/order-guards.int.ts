import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { systemActor } from '../../plugins/core/access/actor.ts'
import { runCommand } from '../../plugins/core/commands/run-command.ts'
import { addDays } from '../../plugins/core/engine/dates.ts'
import { ProblemError } from '../../plugins/core/errors.ts'
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
  expect(await faultsOfBooks(booted.payload)).toEqual([])
})

const helmet = (quantity: string, more: object = {}) => ({ part: world.parts.helmet, quantity, ...more })
const edit = (entity: string, id: string, data: object, lines?: readonly object[]) =>
  runCommand(booted.payload, systemActor, { action: 'edit', entity, id, data, ...(lines ? { lines } : {}) })
const lineOf = async (order: string) => String((await steps.linesOf(order))[0]?.id)
const draftsOf = async (order: string) => (await steps.from('deliveries', 'salesOrder', order)).filter(({ workflow }) => (workflow as { state: string }).state === 'draft')

/** Delivered, invoiced and paid in full. @returns the order and the payment */
async function closedOrder(): Promise<{ order: string; payment: string; invoice: string }> {
  const order = await steps.confirmed(world.customers.shop, [helmet('2')])
  await steps.deliver(order)
  await steps.drain()
  const [invoice] = await steps.from('invoices', 'salesOrder', order)
  await steps.send('invoices', String(invoice?.id), 'post')
  const payment = await steps.pay(String(invoice?.id), '180.80')
  expect(await steps.state('sales-orders', order)).toBe('closed')
  return { order, payment, invoice: String(invoice?.id) }
}

describe('a new document', () => {
  const missing = async (entity: string, data: object, lines: readonly object[]) => {
    const problem = await steps.create(entity, data, lines).then(() => undefined, (error: unknown) => (error instanceof ProblemError ? error.problem : undefined))
    return (problem?.findings ?? []).map(({ path }) => path)
  }

  it('asks for what people must enter, not for what its source brings', async () => {
    expect(await missing('deliveries', {}, [{}])).toEqual(['salesOrder', 'lines.0.salesOrderLine', 'lines.0.quantity'])
    expect(await missing('receipts', {}, [{}])).toEqual(['purchaseOrder', 'lines.0.purchaseOrderLine', 'lines.0.receivedQuantity'])
    expect(await missing('sales-returns', {}, [{}])).toEqual(['delivery', 'lines.0.deliveryLine', 'lines.0.quantity'])
    expect(await missing('credit-notes', {}, [{}])).toEqual(['invoice', 'lines.0.invoiceLine', 'lines.0.quantity'])
    const order = await steps.confirmed(world.customers.shop, [helmet('1')])
    expect(await missing('deliveries', { salesOrder: order }, [{ salesOrderLine: await lineOf(order), quantity: '1' }])).toEqual([])
    const [draft] = await draftsOf(order)
    expect(draft).toMatchObject({ site: world.site })
  })
})

describe('delivery drafts of one order', () => {
  it('together ask for no more than is open', async () => {
    const order = await steps.confirmed(world.customers.shop, [helmet('5')])
    const line = await lineOf(order)
    await steps.send('sales-orders', order, 'deliver', { lines: [{ line, quantity: '3' }] })
    const refusal = await refusalOf(steps.send('sales-orders', order, 'deliver', { lines: [{ line, quantity: '3' }] }))
    expect(refusal).toMatch(/Order line 1 \(HELMET\): 3 are asked for, 2 are open; 3 are on the drafts DN?L?-/)
    await steps.send('sales-orders', order, 'deliver', { lines: [{ line, quantity: '2' }] })
    const drafts = await draftsOf(order)
    expect(drafts).toHaveLength(2)
    for (const { id } of drafts) await steps.send('deliveries', id, 'post')
    expect(await steps.get('sales-orders', order)).toMatchObject({ deliveryStatus: 'complete' })
  })

  it('also when they are written or corrected by hand', async () => {
    const order = await steps.confirmed(world.customers.shop, [helmet('4')])
    const line = await lineOf(order)
    const location = world.locations.get('A-01')
    const draft = await steps.create('deliveries', { salesOrder: order }, [{ salesOrderLine: line, quantity: '3', location }])
    expect(await refusalOf(steps.create('deliveries', { salesOrder: order }, [{ salesOrderLine: line, quantity: '2', location }]))).toContain('1 are open')
    const [row] = await steps.from('delivery-lines', 'delivery', draft)
    expect(await refusalOf(edit('deliveries', draft, {}, [{ id: row?.id, quantity: '5' }]))).toContain('5 are asked for, 4 are open.')
    await edit('deliveries', draft, {}, [{ id: row?.id, quantity: '4' }])
    await steps.send('sales-orders', order, 'change', { reason: 'Fewer', lines: [{ line, quantity: '2' }] })
    // The change overtook the draft: it can still be brought down step by step.
    await edit('deliveries', draft, {}, [{ id: row?.id, quantity: '3' }])
    await edit('deliveries', draft, {}, [{ id: row?.id, quantity: '2' }])
    await steps.send('deliveries', draft, 'post')
  })
})

describe('a registered payment', () => {
  it('is above zero, not in the future, and in an open period', async () => {
    const invoice = await steps.create('invoices', { customer: world.customers.shop }, [helmet('1')])
    await steps.send('invoices', invoice, 'post')
    const pay = (input: object) => refusalOf(steps.send('invoices', invoice, 'pay', { input }))
    expect(await pay({ amount: '0' })).toContain('amount is zero')
    expect(await pay({ paymentDate: addDays(world.today, 1) })).toContain('in the future')
    expect(await pay({ paymentDate: '2001-01-01' })).toContain('no accounting period')
    const periods = await steps.store.find('periods', { sort: 'fromDate' })
    await steps.send('periods', String(periods[0]?.id), 'close')
    expect(await pay({ paymentDate: String(periods[0]?.fromDate) })).toContain('is closed')
    await steps.send('periods', String(periods[0]?.id), 'reopen', { reason: 'Test' })
    expect(await steps.store.count('payments', { customer: { equals: world.customers.shop } })).toBe(0)
    expect(await pay({ amount: '10' })).toBe('not refused')
  })
})

describe('a rejection of goods', () => {
  it('says why, on the step and on the receipt', async () => {
    const order = await steps.create('purchase-orders', { supplier: world.suppliers.safety, site: world.site }, [helmet('5', { unitPrice: '40' })])
    await steps.send('purchase-orders', order, 'submit')
    await steps.send('purchase-orders', order, 'approve')
    const [line] = await steps.from('purchase-order-lines', 'purchaseOrder', order)
    const receive = (row: object) => steps.send('purchase-orders', order, 'receive', { lines: [{ line: line?.id, received: '5', ...row }] })
    expect(await refusalOf(receive({ rejected: '1' }))).toContain('rejected without a reason')
    expect(await refusalOf(receive({ rejected: '1', rejectionReason: '  ' }))).toContain('rejected without a reason')
    await receive({ rejected: '1', rejectionReason: 'Broken' })
    const [receipt] = await steps.from('receipts', 'purchaseOrder', order)
    const [row] = await steps.from('receipt-lines', 'receipt', String(receipt?.id))
    expect(await refusalOf(edit('receipts', String(receipt?.id), {}, [{ id: row?.id, rejectionReason: '' }]))).toContain('rejected without a reason')
    await edit('receipts', String(receipt?.id), {}, [{ id: row?.id, rejectedQuantity: '0', rejectionReason: '' }])
    await steps.send('receipts', String(receipt?.id), 'post')
  })
})

describe('a deduction on an invoice', () => {
  it('goes no further than the deposit it takes back', async () => {
    const order = await steps.confirmed(world.customers.shop, [helmet('10')], { paymentTerm: world.paymentTerms.get('DEP30') })
    await steps.send('sales-orders', order, 'requestDeposit')
    const [deposit] = await steps.from('invoices', 'salesOrder', order)
    await steps.send('invoices', String(deposit?.id), 'post')
    await steps.pay(String(deposit?.id), '271.20')
    await steps.deliver(order)
    await steps.drain()
    const [, final] = await steps.from('invoices', 'salesOrder', order)
    const lines = await steps.store.find('invoice-lines', { where: { invoice: { equals: String(final?.id) } }, sort: 'position' })
    const more = lines.map(({ id, lineKind }) => ({ id, ...(lineKind === 'deduction' ? { unitPrice: '300' } : {}) }))
    expect(await refusalOf(edit('invoices', String(final?.id), {}, more))).toContain('240.00 net')
    expect(await refusalOf(edit('invoices', String(final?.id), { salesOrder: null }))).toContain('deducts a deposit that this order does not have')
    // What came into the books past the edit is refused at posting too.
    const deduction = lines.find(({ lineKind }) => lineKind === 'deduction')
    await steps.store.update('invoice-lines', String(deduction?.id), { netAmount: -24_001 })
    expect(await refusalOf(steps.send('invoices', String(final?.id), 'post'))).toContain('240.00 net')
    await steps.store.update('invoice-lines', String(deduction?.id), { netAmount: -24_000 })
    await steps.send('invoices', String(final?.id), 'post')
  })
})

describe('a draft order that was prepaid', () => {
  it('keeps its customer until the payment is reversed', async () => {
    const order = await steps.order(world.customers.shop, [helmet('1')])
    const payment = await steps.create('payments', { direction: 'incoming', customer: world.customers.shop, salesOrder: order, amount: '50', paymentDate: world.today })
    await steps.send('payments', payment, 'post')
    expect(await refusalOf(edit('sales-orders', order, { customer: world.customers.club }))).toContain('was booked for this order')
    await edit('sales-orders', order, { note: 'Other fields change' })
    await steps.send('payments', payment, 'reverse', { reason: 'Wrong customer' })
    await edit('sales-orders', order, { customer: world.customers.club })
  })

  it('keeps its supplier too', async () => {
    const order = await steps.create('purchase-orders', { supplier: world.suppliers.safety, site: world.site }, [helmet('5', { unitPrice: '40' })])
    const payment = await steps.create('payments', { direction: 'outgoing', supplier: world.suppliers.safety, purchaseOrder: order, amount: '50', paymentDate: world.today })
    await steps.send('payments', payment, 'post')
    expect(await refusalOf(edit('purchase-orders', order, { supplier: world.suppliers.frames }))).toContain('its supplier stays')
  })
})

describe('a closed order', () => {
  it('opens again when its payment is reversed, and closes when it is paid again', async () => {
    const { order, payment, invoice } = await closedOrder()
    await steps.send('payments', payment, 'reverse', { reason: 'Cheque bounced' })
    expect(await steps.get('sales-orders', order)).toMatchObject({ paymentStatus: 'none', paidAmount: 0 })
    expect(await steps.state('sales-orders', order)).toBe('confirmed')
    const events = await steps.store.find('events', { where: { and: [{ documentId: { equals: order } }, { type: { equals: 'sales-orders.reopened' } }] } })
    expect(events).toHaveLength(1)
    await steps.pay(invoice, '180.80')
    expect(await steps.state('sales-orders', order)).toBe('closed')
  })

  it('opens again when its invoice is credited and the goods stay, so that they are invoiced anew', async () => {
    const { order, invoice } = await closedOrder()
    await steps.send('invoices', invoice, 'credit', { reason: 'Wrong price' })
    const [note] = await steps.from('credit-notes', 'invoice', invoice)
    await steps.send('credit-notes', String(note?.id), 'post')
    expect(await steps.state('sales-orders', order)).toBe('confirmed')
    await steps.send('sales-orders', order, 'invoice')
    expect(await steps.from('invoices', 'salesOrder', order)).toHaveLength(2)
  })

  it('on the buying side too', async () => {
    const order = await steps.create('purchase-orders', { supplier: world.suppliers.safety, site: world.site }, [helmet('2', { unitPrice: '40' })])
    for (const event of ['submit', 'approve', 'receive']) await steps.send('purchase-orders', order, event)
    const [receipt] = await steps.from('receipts', 'purchaseOrder', order)
    await steps.send('receipts', String(receipt?.id), 'post')
    await steps.send('purchase-orders', order, 'bill', { input: { supplierReference: 'OG-1', billDate: world.today } })
    const [bill] = await steps.from('supplier-bills', 'purchaseOrder', order)
    await steps.send('supplier-bills', String(bill?.id), 'post')
    await steps.send('supplier-bills', String(bill?.id), 'pay')
    const [allocation] = await steps.from('payment-allocations', 'supplierBill', String(bill?.id))
    await steps.send('payments', String(allocation?.payment), 'post')
    await steps.drain()
    expect(await steps.state('purchase-orders', order)).toBe('closed')
    await steps.send('payments', String(allocation?.payment), 'reverse', { reason: 'Sent twice' })
    expect(await steps.state('purchase-orders', order)).toBe('approved')
    expect(await steps.get('purchase-orders', order)).toMatchObject({ paymentStatus: 'none' })
  })

  it('closed short before it was paid stays closed', async () => {
    const order = await steps.confirmed(world.customers.shop, [helmet('3')])
    const line = await lineOf(order)
    await steps.deliver(order, [{ line, quantity: '1' }])
    await steps.drain()
    const [invoice] = await steps.from('invoices', 'salesOrder', order)
    await steps.send('invoices', String(invoice?.id), 'post')
    await steps.send('sales-orders', order, 'close', { reason: 'Season is over' })
    await steps.pay(String(invoice?.id), '40.00')
    expect(await steps.get('sales-orders', order)).toMatchObject({ paymentStatus: 'partial' })
    expect(await steps.state('sales-orders', order)).toBe('closed')
  })
})

describe('a cancelled order', () => {
  it('waits for no money, and one that was prepaid says so until it is returned', async () => {
    const order = await steps.confirmed(world.customers.shop, [helmet('3')])
    await steps.send('sales-orders', order, 'cancel', { reason: 'Changed his mind' })
    expect(await steps.get('sales-orders', order)).toMatchObject({ paymentStatus: 'none', paidAmount: 0 })
    const prepaid = await steps.confirmed(world.customers.shop, [helmet('3')])
    const payment = await steps.create('payments', { direction: 'incoming', customer: world.customers.shop, salesOrder: prepaid, amount: '100', paymentDate: world.today })
    await steps.send('payments', payment, 'post')
    await steps.send('sales-orders', prepaid, 'cancel', { reason: 'Changed his mind' })
    expect(await steps.get('sales-orders', prepaid)).toMatchObject({ paymentStatus: 'prepaid', paidAmount: 10_000 })
    await steps.send('payments', payment, 'reverse', { reason: 'Money back' })
    expect(await steps.get('sales-orders', prepaid)).toMatchObject({ paymentStatus: 'none', paidAmount: 0 })
  })
})
