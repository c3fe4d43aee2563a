import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import type { CommandContext } from '../../plugins/core/commands/context.ts'
import { runCommand } from '../../plugins/core/commands/run-command.ts'
import { transact } from '../../plugins/core/commands/transact.ts'
import { systemActor } from '../../plugins/core/access/actor.ts'
import { postOpeningStock } from '../../plugins/erp/engine/posting-stock.ts'
import { postEntry } from '../../plugins/erp/ledger/post-entry.ts'
import { postStock } from '../../plugins/erp/ledger/post-stock.ts'
import { verify } from '../../plugins/core/verify/run-checks.ts'
import type { Booted } from '../support/boot-payload.ts'
import { refusalOf, spoken, stepsIn } from '../support/erp-steps.ts'
import { faultsOfBooks, million, personWith, seedErpWorld, type ErpWorld } from '../support/erp-world.ts'
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

const bike = (quantity: string, more: object = {}) => ({ part: world.parts.bike, quantity, ...more })
const helmet = (quantity: string, more: object = {}) => ({ part: world.parts.helmet, quantity, ...more })

describe('pricing of an order', () => {
  it('takes price list, list price, tax code, term and address by itself', async () => {
    const id = await steps.order(world.customers.shop, [bike('2'), helmet('3', { discountPercent: '10' }), { part: world.parts.assembly, quantity: '1' }])
    const order = await steps.get('sales-orders', id)
    const lines = await steps.linesOf(id)
    expect(lines.map(({ unitPrice, netAmount }) => [spoken(unitPrice), netAmount])).toEqual([[500, 100_000], [80, 21_600], [50, 5_000]])
    expect(order).toMatchObject({ netTotal: 126_600, taxTotal: 16_458, grandTotal: 143_058, priceList: world.priceList, site: world.site, shipToAddress: '1 Road' })
    expect(order.taxLines).toMatchObject([{ code: 'VAT13', rate: 13 * million, base: 126_600, amount: 16_458 }])
    expect(order.paymentTerm).toBe(world.paymentTerms.get('NET30'))
    expect(order.marginAmount).toBe(126_600 - 2 * 30_000 - 3 * 4_000)
    expect(lines.map(({ description }) => description)).toEqual(['Bicycle', 'Helmet', 'Assembly'])
  })

  it('gives the price of the quantity break and keeps a price that was entered', async () => {
    const id = await steps.order(world.customers.shop, [bike('100'), bike('100', { unitPrice: '499.99' })])
    expect((await steps.linesOf(id)).map(({ unitPrice }) => spoken(unitPrice))).toEqual([450, 499.99])
  })

  it('refuses to submit what may not be sold, with the reason', async () => {
    const id = await steps.order(world.customers.shop, [bike('0')])
    expect(await refusalOf(steps.send('sales-orders', id, 'submit'))).toContain('quantity above zero')
    const empty = await steps.order(world.customers.shop, [])
    expect(await refusalOf(steps.send('sales-orders', empty, 'submit'))).toContain('no lines')
  })
})

describe('a draft', () => {
  it('whose line gets another part takes name, price and tax of that part', async () => {
    const id = await steps.order(world.customers.shop, [bike('1')])
    const [line] = await steps.linesOf(id)
    await runCommand(booted.payload, systemActor, { action: 'edit', entity: 'sales-orders', id, lines: [{ id: line?.id, part: world.parts.helmet }] })
    expect(await steps.linesOf(id)).toMatchObject([{ id: line?.id, description: 'Helmet', unitPrice: 80 * million, netAmount: 8_000 }])
    expect(await steps.get('sales-orders', id)).toMatchObject({ grandTotal: 9_040 })
  })
})

describe('from order to payment', () => {
  it('sold by the box out of two lots, the older one first', async () => {
    const tube = await transact(booted.payload, { actor: systemActor }, (context) => addTubes(context))
    const order = await steps.confirmed(world.customers.shop, [{ part: tube, quantity: '3', unit: world.units.get('BOX') }])
    const [line] = await steps.linesOf(order)
    expect(line).toMatchObject({ unitNumerator: 12, unitDenominator: 1, unitPrice: 60 * million, reservedQuantity: 3 * million, unitCost: 20 * million })
    const delivery = await steps.deliver(order)
    const lines = await steps.from('delivery-lines', 'delivery', delivery)
    expect(lines.map(({ lot, quantity, costAmount }) => [lot, spoken(quantity), costAmount])).toEqual([['2026-01', 2, 4_000], ['2026-02', 1, 2_000]])
    const left = await steps.store.find('stock-balances', { where: { part: { equals: tube } }, sort: 'lot' })
    expect(left.map(({ lot, onHand, reserved }) => [lot, spoken(onHand), reserved])).toEqual([['2026-01', 0, 0], ['2026-02', 12, 0]])
    const [value] = await steps.store.find('stock-values', { where: { part: { equals: tube } } })
    expect(value).toMatchObject({ quantity: 12 * million, value: 2_000 })
  })

  it('in part deliveries, invoices and payments, until the order closes by itself', async () => {
    const order = await steps.confirmed(world.customers.shop, [helmet('10'), { part: world.parts.assembly, quantity: '2' }])
    expect((await steps.linesOf(order)).map(({ reservedQuantity }) => spoken(reservedQuantity))).toEqual([10, 0])
    const [line] = await steps.linesOf(order)

    const first = await steps.deliver(order, [{ line: line?.id, quantity: '4' }])
    expect(await steps.get('deliveries', first)).toMatchObject({ costTotal: 16_000 })
    expect(await steps.get('sales-orders', order)).toMatchObject({ deliveryStatus: 'partial', billingStatus: 'none', paymentStatus: 'none' })
    await steps.drain()
    const [invoice] = await steps.from('invoices', 'salesOrder', order)
    expect(invoice).toMatchObject({ netTotal: 32_000, grandTotal: 36_160, openAmount: 0 })
    expect(invoice?.number ?? null).toBeNull()
    await steps.send('invoices', String(invoice?.id), 'post')
    const posted = await steps.get('invoices', String(invoice?.id))
    expect(posted.number).toMatch(/^INV-\d{4}-00001$/)
    expect(posted).toMatchObject({ openAmount: 36_160, invoiceDate: world.today })
    expect(Date.parse(String(posted.dueDate)) - Date.parse(world.today)).toBe(30 * 86_400_000)
    await steps.pay(posted.id, '100.00')
    expect(await steps.get('sales-orders', order)).toMatchObject({ billingStatus: 'partial', paymentStatus: 'partial', paidAmount: 10_000 })
    await steps.pay(posted.id, '261.60')
    expect(await steps.state('invoices', posted.id)).toBe('settled')

    await steps.deliver(order)
    await steps.drain()
    expect(await steps.get('sales-orders', order)).toMatchObject({ deliveryStatus: 'complete', billingStatus: 'partial' })
    const [, rest] = await steps.from('invoices', 'salesOrder', order)
    expect(rest).toMatchObject({ netTotal: 48_000 + 10_000 })
    await steps.send('invoices', String(rest?.id), 'post')
    await steps.pay(String(rest?.id), '655.40')
    expect(await steps.get('sales-orders', order)).toMatchObject({ deliveryStatus: 'complete', billingStatus: 'complete', paymentStatus: 'complete' })
    expect(await steps.state('sales-orders', order)).toBe('closed')
  })

  it('with a deposit that the final invoice deducts', async () => {
    const order = await steps.confirmed(world.customers.shop, [helmet('10')], { paymentTerm: world.paymentTerms.get('DEP30') })
    const refusal = await refusalOf(steps.send('sales-orders', order, 'deliver'))
    expect(refusal).toContain('asks for a deposit before delivery')
    // Who delivers may not see amounts.
    expect(refusal).not.toMatch(/\d+\.\d\d|27120/)
    await steps.send('sales-orders', order, 'requestDeposit')
    const [deposit] = await steps.from('invoices', 'salesOrder', order)
    expect(deposit).toMatchObject({ invoiceKind: 'deposit', netTotal: 24_000, grandTotal: 27_120 })
    await steps.send('invoices', String(deposit?.id), 'post')
    expect(await refusalOf(steps.send('sales-orders', order, 'cancel', { reason: 'Changed his mind' }))).toContain('Not finished yet')
    await steps.pay(String(deposit?.id), '271.20')
    expect(await steps.get('sales-orders', order)).toMatchObject({ paymentStatus: 'partial', paidAmount: 27_120, depositAmount: 27_120 })
    await steps.deliver(order)
    await steps.drain()
    const [, final] = await steps.from('invoices', 'salesOrder', order)
    expect(final).toMatchObject({ netTotal: 56_000, taxTotal: 7_280, grandTotal: 63_280 })
    await steps.send('invoices', String(final?.id), 'post')
    await steps.pay(String(final?.id), '632.80')
    expect(await steps.state('sales-orders', order)).toBe('closed')
    const [deposits] = await steps.store.find('ledger-accounts', { where: { accountRole: { equals: 'customerDeposits' } } })
    const [balance] = await steps.store.sum('account-balances', { where: { account: { equals: deposits?.id } }, fields: ['debit', 'credit'] })
    expect(balance?.debit).toBe(balance?.credit)
  })

  it('with a prepayment that the invoice uses by itself', async () => {
    const order = await steps.confirmed(world.customers.shop, [helmet('1')])
    const payment = await steps.create('payments', { direction: 'incoming', customer: world.customers.shop, amount: '90.40', paymentDate: world.today, salesOrder: order })
    await steps.send('payments', payment, 'post')
    expect(await steps.get('sales-orders', order)).toMatchObject({ paymentStatus: 'prepaid', paidAmount: 9_040 })
    await steps.deliver(order)
    await steps.drain()
    const [invoice] = await steps.from('invoices', 'salesOrder', order)
    await steps.send('invoices', String(invoice?.id), 'post')
    await steps.drain()
    expect(await steps.state('invoices', String(invoice?.id))).toBe('settled')
    expect(await steps.get('payments', payment)).toMatchObject({ unallocatedAmount: 0 })
    expect(await steps.state('sales-orders', order)).toBe('closed')
  })
})

describe('what comes back', () => {
  it('goes into quarantine at the cost it left with, and its credit note reduces the invoice', async () => {
    const order = await steps.confirmed(world.customers.shop, [helmet('5')])
    const delivery = await steps.deliver(order)
    await steps.drain()
    const [invoice] = await steps.from('invoices', 'salesOrder', order)
    await steps.send('invoices', String(invoice?.id), 'post')
    await steps.pay(String(invoice?.id), '400.00')

    const [line] = await steps.from('delivery-lines', 'delivery', delivery)
    await steps.send('deliveries', delivery, 'returnGoods', { reason: 'Wrong colour', lines: [{ line: line?.id, quantity: '2' }] })
    const [back] = await steps.from('sales-returns', 'delivery', delivery)
    await steps.send('sales-returns', String(back?.id), 'receive')
    expect(await steps.get('sales-returns', String(back?.id))).toMatchObject({ costTotal: 8_000, reason: 'Wrong colour' })
    const [note] = await steps.from('credit-notes', 'salesReturn', String(back?.id))
    expect(note).toMatchObject({ grandTotal: 18_080, reason: 'Wrong colour' })
    await steps.send('credit-notes', String(note?.id), 'post')
    // 452.00 − 400.00 paid = 52.00 open; the rest of 180.80 stays on the note.
    expect(await steps.get('credit-notes', String(note?.id))).toMatchObject({ openAmount: 18_080 - 5_200 })
    expect(await steps.get('invoices', String(invoice?.id))).toMatchObject({ openAmount: 0 })
    expect(await steps.state('sales-returns', String(back?.id))).toBe('closed')
    expect(await refusalOf(steps.send('deliveries', delivery, 'returnGoods', { reason: 'More', lines: [{ line: line?.id, quantity: '4' }] }))).toContain('More than was delivered')
    const balances = await steps.store.find('stock-balances', { where: { part: { equals: world.parts.helmet }, stockStatus: { equals: 'quarantine' } } })
    expect(balances.map(({ onHand, location }) => [spoken(onHand), location])).toEqual([[2, world.locations.get('QA')]])
    await steps.drain()
    expect(await steps.state('sales-orders', order)).toBe('closed')

    const other = await steps.confirmed(world.customers.shop, [helmet('2')])
    await steps.deliver(other)
    await steps.drain()
    const [next] = await steps.from('invoices', 'salesOrder', other)
    await steps.send('invoices', String(next?.id), 'post')
    await steps.send('credit-notes', String(note?.id), 'apply', { input: { invoice: next?.id, amount: '128.80' } })
    await steps.drain()
    expect(await steps.state('credit-notes', String(note?.id))).toBe('settled')
    expect(await steps.get('invoices', String(next?.id))).toMatchObject({ openAmount: 18_080 - 12_880 })
    await steps.pay(String(next?.id), '52.00')
    expect(await steps.state('sales-orders', other)).toBe('closed')
  })

  it('before it is invoiced needs no credit', async () => {
    const order = await steps.confirmed(world.customers.shop, [helmet('3')])
    const delivery = await steps.deliver(order)
    await steps.send('deliveries', delivery, 'returnGoods', { reason: 'Refused at the door' })
    const [back] = await steps.from('sales-returns', 'delivery', delivery)
    await steps.send('sales-returns', String(back?.id), 'receive')
    await steps.drain()
    expect(await steps.state('sales-returns', String(back?.id))).toBe('closed')
    expect(await steps.from('credit-notes', 'salesReturn', String(back?.id))).toEqual([])
  })

  it('an invoice can be credited in full and made again', async () => {
    const order = await steps.confirmed(world.customers.shop, [helmet('1')])
    await steps.deliver(order)
    await steps.drain()
    const [wrong] = await steps.from('invoices', 'salesOrder', order)
    await steps.send('invoices', String(wrong?.id), 'post')
    await steps.send('invoices', String(wrong?.id), 'credit', { reason: 'Wrong address' })
    const [note] = await steps.from('credit-notes', 'invoice', String(wrong?.id))
    await steps.send('credit-notes', String(note?.id), 'post')
    await steps.drain()
    expect(await steps.state('invoices', String(wrong?.id))).toBe('settled')
    expect(await steps.state('credit-notes', String(note?.id))).toBe('settled')
    expect(await steps.get('sales-orders', order)).toMatchObject({ billingStatus: 'none', paymentStatus: 'none' })
    await steps.send('sales-orders', order, 'invoice')
    const [, right] = await steps.from('invoices', 'salesOrder', order)
    await steps.send('invoices', String(right?.id), 'post')
    await steps.pay(String(right?.id), '90.40')
    expect(await steps.state('sales-orders', order)).toBe('closed')
  })
})

describe('a confirmed order', () => {
  it('that is cancelled gives its reservations back', async () => {
    const before = await available(world.parts.helmet)
    const order = await steps.confirmed(world.customers.shop, [helmet('7')])
    expect(await available(world.parts.helmet)).toBe(before - 7)
    await steps.send('sales-orders', order, 'cancel', { reason: 'Customer closed down' })
    expect(await available(world.parts.helmet)).toBe(before)
    expect(await steps.state('sales-orders', order)).toBe('cancelled')
    expect((await steps.linesOf(order)).map(({ cancelledQuantity, reservedQuantity }) => [spoken(cancelledQuantity), reservedQuantity])).toEqual([[7, 0]])
  })

  it('that was delivered in part is not cancelled, but closed short once it is invoiced', async () => {
    const order = await steps.confirmed(world.customers.shop, [helmet('4')])
    const [line] = await steps.linesOf(order)
    await steps.deliver(order, [{ line: line?.id, quantity: '1' }])
    expect(await refusalOf(steps.send('sales-orders', order, 'cancel', { reason: 'x' }))).toContain('Goods were delivered')
    expect(await refusalOf(steps.send('sales-orders', order, 'close', { reason: 'x' }))).toContain('not invoiced yet')
    await steps.drain()
    const [invoice] = await steps.from('invoices', 'salesOrder', order)
    await steps.send('invoices', String(invoice?.id), 'post')
    await steps.send('sales-orders', order, 'close', { reason: 'Out of season' })
    expect(await steps.get('sales-orders', order)).toMatchObject({ deliveryStatus: 'complete', billingStatus: 'complete' })
    expect(await steps.state('sales-orders', order)).toBe('closed')
  })

  it('is changed as its preview says', async () => {
    const order = await steps.confirmed(world.customers.shop, [helmet('5'), helmet('3')])
    const [first, second] = await steps.linesOf(order)
    const lines = [{ line: first?.id, quantity: '8', unitPrice: '70' }, { line: second?.id, quantity: '0' }]
    const preview = await steps.preview('sales-orders', order, 'change', { as: personWith('salesManager'), lines })
    const fields = Object.fromEntries(preview.fields.map(({ field, before, after }) => [field.name, [before, after]]))
    expect(fields).toEqual({
      netTotal: ['640.00', '560.00'], taxTotal: ['83.20', '72.80'], grandTotal: ['723.20', '632.80'], marginAmount: ['320.00', '240.00'], orderVersion: [1, 2],
    })
    expect(preview.lines.map(({ kind, position, fields: changed }) => [kind, position, ...changed.map(({ field, after }) => `${field.name} ${String(after)}`)])).toEqual([
      ['changed', 1, 'quantity 8', 'unitPrice 70', 'netAmount 560.00', 'reservedQuantity 8'],
      ['changed', 2, 'quantity 0', 'netAmount 0.00', 'reservedQuantity 0'],
    ])
    expect(await steps.get('sales-orders', order)).toMatchObject({ grandTotal: 72_320, orderVersion: 1 })
    await steps.send('sales-orders', order, 'change', { reason: 'Customer asked', lines })
    expect(await steps.get('sales-orders', order)).toMatchObject({ grandTotal: 63_280, orderVersion: 2, marginAmount: 56_000 - 32_000 })
    expect((await steps.linesOf(order)).map(({ reservedQuantity }) => spoken(reservedQuantity))).toEqual([8, 0])

    await steps.deliver(order, [{ line: first?.id, quantity: '2' }])
    expect(await refusalOf(steps.send('sales-orders', order, 'change', { reason: 'x', lines: [{ line: first?.id, quantity: '1' }] }))).toContain('Line 1 (HELMET): 2 are delivered already')
    await steps.drain()
    const [invoice] = await steps.from('invoices', 'salesOrder', order)
    await steps.send('invoices', String(invoice?.id), 'post')
    expect(await refusalOf(steps.send('sales-orders', order, 'change', { reason: 'x', lines: [{ line: first?.id, unitPrice: '60' }] }))).toContain('invoiced at the old terms')
    await steps.send('sales-orders', order, 'change', { reason: 'Enough', lines: [{ line: first?.id, quantity: '2' }] })
    await steps.pay(String(invoice?.id), '158.20')
    expect(await steps.state('sales-orders', order)).toBe('closed')
  })
})

describe('the credit limit', () => {
  it('is not used twice by two orders approved at the same moment', async () => {
    // A service: no stock that the orders would meet at anyway.
    const drafts = await Promise.all(Array.from({ length: 4 }, () => steps.order(world.customers.club, [{ part: world.parts.assembly, quantity: '12' }])))
    await Promise.all(drafts.map((id) => steps.send('sales-orders', id, 'submit')))
    const results = await Promise.all(drafts.map((id) => refusalOf(steps.send('sales-orders', id, 'approve'))))
    expect(results.filter((result) => result === 'not refused')).toHaveLength(1)
    expect(results.filter((result) => result.includes('above the credit limit'))).toHaveLength(3)
    for (const id of drafts) await steps.send('sales-orders', id, 'cancel', { reason: 'End of the test' })
  })

  it('refuses above it, and a manager may override with a reason', async () => {
    const order = await steps.order(world.customers.club, [bike('2')])
    await steps.send('sales-orders', order, 'submit')
    expect(await refusalOf(steps.send('sales-orders', order, 'approve'))).toContain('above the credit limit of 1000.00')
    await steps.send('sales-orders', order, 'approveOverLimit', { reason: 'Known for years' })
    const small = await steps.order(world.customers.club, [helmet('1')])
    await steps.send('sales-orders', small, 'submit')
    expect(await refusalOf(steps.send('sales-orders', small, 'approve'))).toContain('would owe 1220.40')
    await steps.send('sales-orders', order, 'cancel', { reason: 'Too much' })
    expect(await refusalOf(steps.send('sales-orders', small, 'approveOverLimit', { reason: 'x' }))).toContain('within the credit limit')
    await steps.send('sales-orders', small, 'approve')
    const [line] = await steps.linesOf(small)
    expect(await refusalOf(steps.send('sales-orders', small, 'change', { reason: 'x', lines: [{ line: line?.id, quantity: '20' }] }))).toContain('credit limit')
    await steps.send('sales-orders', small, 'cancel', { reason: 'End of the test' })
  })
})

describe('an accepted quote', () => {
  it('makes one order, however often it is told', async () => {
    const quote = await transact(booted.payload, { actor: systemActor }, (context) => context.create('quotes', {
      values: { customer: world.customers.shop, paymentTerm: world.paymentTerms.get('EOM30'), requestedDate: world.today },
      lines: [{ part: world.parts.bike, quantity: 2 * million, unitPrice: 480 * million }],
    }))
    for (let told = 0; told < 3; told++) {
      await transact(booted.payload, { actor: systemActor }, async (context) => {
        const document = await context.store.require('quotes', quote)
        await context.emit('quotes.accepted', document as never, 'quotes')
      })
      await steps.drain()
    }
    const orders = await steps.from('sales-orders', 'quote', quote)
    expect(orders).toHaveLength(1)
    expect(orders[0]).toMatchObject({ netTotal: 96_000, paymentTerm: world.paymentTerms.get('EOM30') })
    expect(orders[0]?.traceId).toBe((await steps.get('quotes', quote)).traceId)
  })
})

describe('stock that many want', () => {
  it('50 orders of 1 for a stock of 10 reserve exactly 10', async () => {
    const drafts = await Promise.all(Array.from({ length: 50 }, () => steps.order(world.customers.shop, [bike('1')])))
    await Promise.all(drafts.map((id) => steps.send('sales-orders', id, 'submit')))
    const results = await Promise.allSettled(drafts.map((id) => steps.send('sales-orders', id, 'approve')))
    expect(results.filter(({ status }) => status === 'rejected')).toEqual([])
    const lines = (await Promise.all(drafts.map((id) => steps.linesOf(id)))).flat()
    expect(lines.filter(({ reservedQuantity }) => spoken(reservedQuantity) === 1)).toHaveLength(10)
    expect(lines.filter(({ reservedQuantity }) => reservedQuantity === 0)).toHaveLength(40)
    expect(await available(world.parts.bike)).toBe(0)
    const without = lines.find(({ reservedQuantity }) => reservedQuantity === 0)
    expect(await refusalOf(steps.send('sales-orders', String(without?.salesOrder), 'deliver'))).toContain('Nothing is reserved')
    const asked = await refusalOf(steps.deliver(String(without?.salesOrder), [{ line: without?.id, quantity: '1' }]))
    expect(asked).toContain('BIKE: 0 are available')
    // What one gives back goes to the one that asks next.
    const holder = lines.find(({ reservedQuantity }) => spoken(reservedQuantity) === 1)
    await steps.send('sales-orders', String(holder?.salesOrder), 'cancel', { reason: 'Test' })
    await steps.send('sales-orders', String(without?.salesOrder), 'reserve')
    expect((await steps.linesOf(String(without?.salesOrder))).map(({ reservedQuantity }) => spoken(reservedQuantity))).toEqual([1])
  }, 120_000)
})

async function available(part: string): Promise<number> {
  const [row] = await steps.store.sum('stock-balances', { where: { part: { equals: part }, stockStatus: { equals: 'usable' } }, fields: ['available'] })
  return spoken(Number(row?.available))
}

/** Tubes at 5.00 kept by lot, 12 in a box: 24 of January and 24 of February, all at 20.00 a dozen. */
async function addTubes(context: CommandContext): Promise<string> {
  const [piece, box, location] = [world.units.get('PCS'), world.units.get('BOX'), world.locations.get('A-01') ?? '']
  const tube = await context.create('parts', { values: { partNumber: 'TUBE', name: 'Tube', unit: piece, makeOrBuy: 'buy', tracking: 'lot', listPrice: 5 * million } })
  await context.create('unit-conversions', { values: { part: tube, fromUnit: box, toUnit: piece, numerator: 12, denominator: 1 } })
  const posting = { company: await context.company(world.company), date: world.today, source: { entity: 'companies', id: world.company } }
  const movement = (lot: string) => ({ part: tube, location, lot, quantity: 24 * million, cost: { value: 4_000 } })
  await postStock(context, { ...posting, movements: [movement('2026-01'), movement('2026-02')] })
  await postEntry(context, { ...posting, kind: 'opening', lines: postOpeningStock({ value: 8_000 }) })
  return tube
}

it('verify holds after all of it', async () => {
  expect((await verify(booted.payload)).checks.filter(({ ok }) => !ok)).toEqual([])
})
