import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { systemActor } from '../../plugins/core/access/actor.ts'
import type { CommandContext } from '../../plugins/core/commands/context.ts'
import { quantitiesText } from '../../admin/trace/unit-quantities.ts'
import { runCommand } from '../../plugins/core/commands/run-command.ts'
import { transact } from '../../plugins/core/commands/transact.ts'
import type { HomeView } from '../../plugins/core/home/home-view.ts'
import { traceOf } from '../../plugins/core/trace/trace.ts'
import type { ListView } from '../../plugins/core/views/list-view.ts'
import type { DocumentView } from '../../plugins/core/views/document-view.ts'
import { postOpeningStock } from '../../plugins/erp/engine/posting-stock.ts'
import { postEntry } from '../../plugins/erp/ledger/post-entry.ts'
import { postStock } from '../../plugins/erp/ledger/post-stock.ts'
import type { Booted } from '../support/boot-payload.ts'
import { refusalOf, stepsIn } from '../support/erp-steps.ts'
import { faultsOfBooks, million, seedErpWorld, type ErpWorld } from '../support/erp-world.ts'
import { signIn, type Person } from '../support/rest.ts'
import { bootPlatform } from '../support/test-platform.ts'

let booted: Booted
let world: ErpWorld
let accountant: Person
let steps: ReturnType<typeof stepsIn>

beforeAll(async () => {
  booted = await bootPlatform()
  world = await seedErpWorld(booted.payload)
  steps = stepsIn(world)
  accountant = await signIn(booted, ['accountant'])
})
afterAll(() => booted?.stop())
afterEach(async () => {
  await steps.drain()
  expect(await faultsOfBooks(booted.payload)).toEqual([])
})

const openCredits = async () => ((await accountant.door('/home')).body as HomeView).work.find(({ name }) => name === 'erp.openCredits')?.rows.map(({ id }) => id) ?? []

async function takeBack(delivery: string, quantity: string): Promise<string> {
  const known = new Set((await steps.from('sales-returns', 'delivery', delivery)).map(({ id }) => id))
  const [line] = await steps.from('delivery-lines', 'delivery', delivery)
  await steps.send('deliveries', delivery, 'returnGoods', { reason: 'Damaged', lines: [{ line: line?.id, quantity }] })
  const back = (await steps.from('sales-returns', 'delivery', delivery)).find(({ id }) => !known.has(id))
  await steps.send('sales-returns', String(back?.id), 'receive')
  return String(back?.id)
}

describe('goods of the second of two deliveries that come back', () => {
  it('are credited on the invoice of that delivery, and what stays of a credit is told on the order', async () => {
    const order = await steps.confirmed(world.customers.shop, [{ part: world.parts.helmet, quantity: '10' }])
    const [line] = await steps.linesOf(order)
    const first = await steps.deliver(order, [{ line: line?.id, quantity: '6' }])
    await steps.drain()
    const second = await steps.deliver(order)
    await steps.drain()
    const [one, two] = await steps.from('invoices', 'salesOrder', order)
    for (const invoice of [one, two]) await steps.send('invoices', String(invoice?.id), 'post')
    await steps.pay(String(one?.id), '542.40')
    expect((await steps.store.find('document-links', { where: { fromEntity: { equals: 'deliveries' }, toEntity: { equals: 'invoices' } }, sort: 'at' })).map(({ fromId, toId }) => [fromId, toId]))
      .toEqual([[first, one?.id], [second, two?.id]])

    const [note] = await steps.from('credit-notes', 'salesReturn', await takeBack(second, '2'))
    expect(note).toMatchObject({ invoice: two?.id, grandTotal: 18_080 })
    await steps.send('credit-notes', String(note?.id), 'post')
    expect(await steps.get('invoices', String(two?.id))).toMatchObject({ openAmount: 18_080 })
    expect(await steps.get('sales-orders', order)).toMatchObject({ openCreditAmount: 0, paymentStatus: 'partial' })
    await steps.pay(String(two?.id), '180.80')

    // More comes back than the paid invoice needs: the order is paid, and says what the firm owes.
    const [paidNote] = await steps.from('credit-notes', 'salesReturn', await takeBack(first, '1'))
    expect(paidNote).toMatchObject({ invoice: one?.id })
    await steps.send('credit-notes', String(paidNote?.id), 'post')
    await steps.drain()
    expect(await steps.get('sales-orders', order)).toMatchObject({ openCreditAmount: 9_040, paymentStatus: 'complete' })
    expect(await openCredits()).toEqual([paidNote?.id])

    const refund = await steps.create('payments', { direction: 'outgoing', customer: world.customers.shop, amount: '90.40', paymentDate: world.today }, [{ creditNote: paidNote?.id, amount: '90.40' }])
    await steps.send('payments', refund, 'post')
    expect(await steps.get('sales-orders', order)).toMatchObject({ openCreditAmount: 0 })
    expect(await openCredits()).toEqual([])
  })
})

describe('a deposit on paper', () => {
  it('is named, and its deduction multiplies out, in the language of whoever reads', async () => {
    const order = await steps.confirmed(world.customers.shop, [{ part: world.parts.helmet, quantity: '1' }])
    const { number } = await steps.get('sales-orders', order)
    await steps.send('sales-orders', order, 'requestDeposit', { input: { amount: '50.00' } })
    const [asked] = await steps.from('invoices', 'salesOrder', order)
    expect(await steps.from('invoice-lines', 'invoice', String(asked?.id))).toMatchObject([{ description: `Deposit for order ${number}`, netAmount: 5_000 }])
    await steps.send('invoices', String(asked?.id), 'post')
    await steps.pay(String(asked?.id), '56.50')
    await steps.deliver(order)
    await steps.drain()
    const deposit = await steps.get('invoices', String(asked?.id))
    const [, final] = await steps.from('invoices', 'salesOrder', order)
    const lines = await steps.from('invoice-lines', 'invoice', String(final?.id))
    const line = lines.find(({ lineKind }) => lineKind === 'deduction')
    expect(line).toMatchObject({ description: `Less deposit ${deposit.number} of ${deposit.invoiceDate}`, quantity: million, unitPrice: -50 * million, netAmount: -5_000 })
    expect(final).toMatchObject({ netTotal: 3_000 })
    const seen = (await accountant.door(`/views/documents/invoices/${final?.id}`, { headers: { 'Accept-Language': 'zh' } })).body as DocumentView
    expect(seen.lines.map(({ description }) => description)).toContain(`抵扣 ${deposit.invoiceDate} 订金发票 ${deposit.number}`)

    // Whoever edits the price of a deduction may type it with either sign; goods never cost less than nothing.
    const kept = (price: string, of: string) => lines.map(({ id, lineKind }) => ({ id, ...(lineKind === of ? { unitPrice: price } : {}) }))
    const edit = (rows: readonly object[]) => runCommand(booted.payload, systemActor, { action: 'edit', entity: 'invoices', id: String(final?.id), lines: rows as never })
    for (const price of ['40', '-40']) {
      await edit(kept(price, 'deduction'))
      expect(await steps.get('invoices', String(final?.id))).toMatchObject({ netTotal: 4_000 })
    }
    expect(await refusalOf(edit(kept('-1', 'goods')))).toContain('below zero')
    await edit(kept('-50', 'deduction'))
    await steps.send('invoices', String(final?.id), 'post')
    await steps.send('invoices', String(final?.id), 'credit', { reason: 'Wrong' })
    const [note] = await steps.from('credit-notes', 'invoice', String(final?.id))
    expect(note).toMatchObject({ netTotal: 3_000 })
    await steps.send('credit-notes', String(note?.id), 'post')
  })
})

describe('the call after a delivery', () => {
  it('is planned in the language of its owner and read in that of the reader', async () => {
    const chinese = await signIn(booted, ['salesRep'])
    await steps.store.update('users', chinese.id, { language: 'zh' })
    const order = await steps.confirmed(world.customers.shop, [{ part: world.parts.helmet, quantity: '1' }], { owner: chinese.id })
    const delivery = await steps.deliver(order)
    await steps.send('deliveries', delivery, 'confirm')
    await steps.drain()
    const { number } = await steps.get('deliveries', delivery)
    const [task] = await steps.from('activities', 'owner', chinese.id)
    expect(task?.subject).toBe(`发货单 ${number} 已签收：回访客户`)
    const english = `Delivery ${number} has arrived: ask how it went`
    const read = async <View>(path: string) => (await chinese.door(path, { headers: { 'Accept-Language': 'en' } })).body as View
    const view = await read<DocumentView>(`/views/documents/activities/${task?.id}`)
    expect([view.document?.subject, view.title.title]).toEqual([english, english])
    expect((await read<ListView>('/views/lists/activities')).rows.map(({ subject }) => subject)).toContain(english)
  })
})

describe('the margin of an order', () => {
  it('is expected until goods leave, and then what they really cost, less what came back', async () => {
    const lock = await transact(booted.payload, { actor: systemActor }, (context) =>
      context.create('parts', { values: { partNumber: 'LOCK', name: 'Lock', unit: world.units.get('PCS'), makeOrBuy: 'buy', listPrice: 50 * million } }))
    const order = await steps.confirmed(world.customers.shop, [{ part: lock, quantity: '6' }])
    expect(await steps.get('sales-orders', order)).toMatchObject({ netTotal: 30_000, marginAmount: 30_000, marginBasis: 'expected' })
    await transact(booted.payload, { actor: systemActor }, (context) => buy(context, lock))
    await steps.send('sales-orders', order, 'reserve')
    const [line] = await steps.linesOf(order)
    const first = await steps.deliver(order, [{ line: line?.id, quantity: '4' }])
    // 4 × 30.00 booked, 2 open: planned without a cost, so at what they cost now.
    expect(await steps.get('sales-orders', order)).toMatchObject({ marginAmount: 30_000 - 12_000 - 6_000, marginBasis: 'partly' })
    const second = await steps.deliver(order)
    const [one, two] = [await steps.get('deliveries', first), await steps.get('deliveries', second)]
    expect(await steps.get('sales-orders', order)).toMatchObject({ marginAmount: 30_000 - Number(one.costTotal) - Number(two.costTotal), marginBasis: 'actual' })
    expect(Number(one.costTotal) + Number(two.costTotal)).toBe(18_000)
    await steps.drain()
    for (const { id } of await steps.from('invoices', 'salesOrder', order)) await steps.send('invoices', id, 'post')
    const [note] = await steps.from('credit-notes', 'salesReturn', await takeBack(first, '1'))
    expect(await steps.get('sales-orders', order)).toMatchObject({ marginAmount: 25_000 - 15_000, marginBasis: 'actual' })
    await steps.send('credit-notes', String(note?.id), 'post')
    expect(await steps.get('sales-orders', order)).toMatchObject({ marginAmount: 25_000 - 15_000 })

    // Credited though the customer keeps them: the cost stays, the revenue goes.
    const [invoice] = await steps.from('invoices', 'salesOrder', order)
    const [invoiceLine] = await steps.from('invoice-lines', 'invoice', String(invoice?.id))
    await steps.send('invoices', String(invoice?.id), 'credit', { reason: 'Goodwill', lines: [{ line: invoiceLine?.id, quantity: '1' }] })
    const goodwill = (await steps.from('credit-notes', 'invoice', String(invoice?.id))).find(({ salesReturn }) => !salesReturn)
    await steps.send('credit-notes', String(goodwill?.id), 'post')
    expect(await steps.get('sales-orders', order)).toMatchObject({ marginAmount: 20_000 - 15_000 })
  })
})

describe('quantities in a trace', () => {
  it('of different units stand beside each other and are never added up', async () => {
    const coffee = await transact(booted.payload, { actor: systemActor }, (context) =>
      context.create('parts', { values: { partNumber: 'BEANS', name: 'Beans', unit: world.units.get('BOX'), makeOrBuy: 'buy', listPrice: 50 * million } }))
    await transact(booted.payload, { actor: systemActor }, (context) => buy(context, coffee))
    const order = await steps.confirmed(world.customers.shop, [{ part: world.parts.helmet, quantity: '2' }, { part: coffee, quantity: '10' }])
    const delivery = await steps.deliver(order)
    const { nodes, edges } = await traceOf(booted.payload, systemActor, String((await steps.get('sales-orders', order)).traceId))
    const both = { quantity: null, quantities: expect.arrayContaining([expect.objectContaining({ quantity: '2' }), expect.objectContaining({ quantity: '10' })]) }
    expect(nodes.find(({ id }) => id === order)).toMatchObject({ lines: 2, ...both })
    const edge = edges.find(({ from, to }) => from === order && to === delivery)
    expect(edge).toMatchObject(both)
    expect(quantitiesText(edge?.quantities ?? [], 'en').split(' + ').sort()).toEqual(['10 BOX', '2 PCS'])
  })
})

/** Ten pieces at 30.00. */
async function buy(context: CommandContext, part: string): Promise<void> {
  const posting = { company: await context.company(world.company), date: world.today, source: { entity: 'companies', id: world.company } }
  await postStock(context, { ...posting, movements: [{ part, location: world.locations.get('A-01') ?? '', lot: '', quantity: 10 * million, cost: { value: 30_000 } }] })
  await postEntry(context, { ...posting, kind: 'opening', lines: postOpeningStock({ value: 30_000 }) })
}
