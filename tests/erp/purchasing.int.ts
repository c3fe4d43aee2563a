import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { runCommand } from '../../plugins/core/commands/run-command.ts'
import { addDays } from '../../plugins/core/engine/dates.ts'
import { drainWork } from '../../plugins/core/events/runner.ts'
import type { Booted } from '../support/boot-payload.ts'
import { million, seedErpWorld, type ErpWorld } from '../support/erp-world.ts'
import { bootPlatform } from '../support/test-platform.ts'
import { accountant, buyer, desk, hire, owner, storekeeper } from './desk.ts'

let booted: Booted
let world: ErpWorld
let at: ReturnType<typeof desk>

beforeAll(async () => {
  booted = await bootPlatform()
  world = await seedErpWorld(booted.payload)
  await hire(booted.payload)
  at = desk(booted.payload)
})
afterAll(() => booted?.stop())

let made = 0
/** A part of its own, so that stories do not meet in its stock. */
async function newPart(values: object = {}): Promise<string> {
  made += 1
  return at.create(owner, 'parts', { partNumber: `P-${made}`, name: `Part ${made}`, unit: world.units.get('PCS'), makeOrBuy: 'buy', ...values })
}

async function offer(supplier: string, part: string, values: object = {}): Promise<void> {
  await at.create(buyer, 'supplier-parts', { supplier, part, unit: world.units.get('PCS'), price: '100', leadTimeDays: 7, supplierPartNumber: `X-${made}`, ...values })
}

async function order(lines: readonly object[], supplier = world.suppliers.frames): Promise<{ id: string; lines: { id: string }[] }> {
  const id = await at.create(buyer, 'purchase-orders', { supplier, site: world.site }, lines)
  return { id, lines: await at.store.find('purchase-order-lines', { where: { purchaseOrder: { equals: id } }, sort: 'position' }) }
}

async function approved(lines: readonly object[], supplier?: string) {
  const made = await order(lines, supplier)
  await at.send(buyer, 'purchase-orders', made.id, 'submit')
  await at.send(buyer, 'purchase-orders', made.id, 'approve')
  return made
}

/** Receives and posts; without lines everything expected. */
async function receive(purchaseOrder: string, lines?: readonly object[]): Promise<string> {
  await at.send(storekeeper, 'purchase-orders', purchaseOrder, 'receive', lines ? { lines } : {})
  const [receipt] = await at.store.find('receipts', { where: { purchaseOrder: { equals: purchaseOrder }, 'workflow.state': { equals: 'draft' } } })
  if (!receipt) throw new Error('No receipt was drafted.')
  await at.send(storekeeper, 'receipts', receipt.id, 'post')
  return receipt.id
}

async function billOf(purchaseOrder: string, reference: string): Promise<string> {
  await at.send(accountant, 'purchase-orders', purchaseOrder, 'bill', { input: { supplierReference: reference } })
  return (await at.one('supplier-bills', { supplierReference: reference })).id
}

const valueOf = async (part: string) => {
  const { quantity, value } = await at.one('stock-values', { part })
  return { quantity: Number(quantity) / million, value }
}

describe('purchase order', () => {
  it('takes unit, price, number and date from the supplier, tax and totals from the lines', async () => {
    const part = await newPart()
    await offer(world.suppliers.frames, part, { price: '290', supplierPartNumber: 'FR-20' })
    const made = await order([{ part, quantity: '20' }])
    const document = await at.store.require('purchase-orders', made.id)
    const line = await at.one('purchase-order-lines', { purchaseOrder: made.id })
    expect(line).toMatchObject({ unitPrice: 290 * million, supplierPartNumber: 'FR-20', description: 'Part 1', requestedDate: addDays(world.today, 7), netAmount: 580_000 })
    expect(document).toMatchObject({ netTotal: 580_000, taxTotal: 75_400, grandTotal: 655_400, requestedDate: addDays(world.today, 7) })

    const other = await newPart()
    await offer(world.suppliers.frames, other, { price: '30', supplierPartNumber: 'FR-30' })
    const lines = [{ id: line.id, part: other, quantity: '20' }]
    await runCommand(booted.payload, buyer, { action: 'edit', entity: 'purchase-orders', id: made.id, lines })
    expect(await at.one('purchase-order-lines', { purchaseOrder: made.id })).toMatchObject({ unitPrice: 30 * million, supplierPartNumber: 'FR-30', description: 'Part 2' })
  })

  it('is approved by the buyer up to the limit and by the owner above it', async () => {
    const part = await newPart()
    const { id } = await order([{ part, quantity: '10', unitPrice: '500.01' }])
    await at.send(buyer, 'purchase-orders', id, 'submit')
    await expect(at.send(buyer, 'purchase-orders', id, 'approve')).rejects.toThrow('Above the purchase approval limit')
    await expect(at.send(buyer, 'purchase-orders', id, 'approveOverLimit', { reason: 'urgent' })).rejects.toThrow()
    await at.send(owner, 'purchase-orders', id, 'approveOverLimit', { reason: 'urgent' })
    expect(await at.store.require('purchase-orders', id)).toMatchObject({ orderDate: world.today })
  })

  it('is received in parts with a rejection, billed, paid and settles by itself', async () => {
    const part = await newPart()
    const { id, lines: [line] } = await approved([{ part, quantity: '20', unitPrice: '100' }])
    const first = await receive(id, [{ line: line?.id, received: '12', rejected: '2', rejectionReason: 'bent' }])
    expect(await valueOf(part)).toEqual({ quantity: 10, value: 100_000 })
    expect(await at.entryOf(first)).toEqual({ inventory: 100_000, grni: -100_000 })
    expect(await at.store.require('purchase-order-lines', line?.id ?? '')).toMatchObject({ receivedQuantity: 12 * million, rejectedQuantity: 2 * million })
    expect(await at.store.require('purchase-orders', id)).toMatchObject({ receiptStatus: 'partial', billingStatus: 'none' })

    await expect(at.send(storekeeper, 'purchase-orders', id, 'receive', { lines: [{ line: line?.id, received: '11', rejected: '0' }] })).rejects.toThrow('More than is expected')
    const second = await receive(id)
    expect(await at.one('receipt-lines', { receipt: second })).toMatchObject({ receivedQuantity: 10 * million })
    await expect(at.send(storekeeper, 'purchase-orders', id, 'receive')).rejects.toThrow('Everything ordered has arrived')

    const bill = await billOf(id, 'R-1')
    await at.send(accountant, 'supplier-bills', bill, 'post')
    expect(await at.stateOf('supplier-bills', bill)).toBe('posted')
    expect(await at.store.require('supplier-bills', bill)).toMatchObject({ openAmount: 226_000, dueDate: addDays(world.today, 30) })
    expect(await at.entryOf(bill)).toEqual({ grni: 200_000, inputTax: 26_000, accountsPayable: -226_000 })
    const payment = await at.create(accountant, 'payments', { direction: 'outgoing', supplier: world.suppliers.frames, amount: '2260' }, [{ supplierBill: bill, amount: '2260' }])
    await at.send(accountant, 'payments', payment, 'post')
    expect(await at.stateOf('supplier-bills', bill)).toBe('settled')
    expect(await at.store.require('purchase-orders', id)).toMatchObject({ receiptStatus: 'complete', billingStatus: 'complete', paymentStatus: 'complete' })
    expect(await at.stateOf('purchase-orders', id)).toBe('closed')
    const document = await at.store.require('purchase-orders', id)
    expect((await at.store.require('payments', payment)).traceId).toBe(document.traceId)
    expect((await at.store.require('receipts', first)).traceId).toBe(document.traceId)
  })

  it('buys in boxes, stocks in pieces', async () => {
    const part = await newPart()
    await at.create(owner, 'unit-conversions', { part, fromUnit: world.units.get('BOX'), toUnit: world.units.get('PCS'), numerator: 12, denominator: 1 })
    await offer(world.suppliers.safety, part, { unit: world.units.get('BOX'), price: '500' })
    const { id } = await approved([{ part, quantity: '3' }], world.suppliers.safety)
    await receive(id)
    expect(await valueOf(part)).toEqual({ quantity: 36, value: 150_000 })
  })

  it('drafted twice for the same goods is received once, also at the same moment', async () => {
    const part = await newPart()
    const { id, lines: [line] } = await approved([{ part, quantity: '10', unitPrice: '1' }])
    for (let time = 0; time < 2; time++) await at.send(storekeeper, 'purchase-orders', id, 'receive')
    const drafts = await at.store.find('receipts', { where: { purchaseOrder: { equals: id } } })
    const results = await Promise.allSettled(drafts.map((draft) => at.send(storekeeper, 'receipts', draft.id, 'post')))
    expect(results.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected'])
    expect(await at.store.require('purchase-order-lines', line?.id ?? '')).toMatchObject({ receivedQuantity: 10 * million })
    expect(await valueOf(part)).toEqual({ quantity: 10, value: 1_000 })
  })

  it('changes, closes short and cancels', async () => {
    const part = await newPart()
    const { id, lines: [line] } = await approved([{ part, quantity: '10', unitPrice: '100' }])
    await receive(id, [{ line: line?.id, received: '4' }])
    await expect(at.send(buyer, 'purchase-orders', id, 'change', { reason: 'less', lines: [{ line: line?.id, quantity: '3' }] })).rejects.toThrow('Less than was received')
    await expect(at.send(buyer, 'purchase-orders', id, 'change', { reason: 'more', lines: [{ line: line?.id, quantity: '60' }] })).rejects.toThrow('approval limit')
    await at.send(buyer, 'purchase-orders', id, 'change', { reason: 'more', lines: [{ line: line?.id, quantity: '12' }] })
    expect(await at.store.require('purchase-orders', id)).toMatchObject({ netTotal: 120_000, orderVersion: 2 })
    await expect(at.send(buyer, 'purchase-orders', id, 'cancel', { reason: 'no' })).rejects.toThrow('Goods were received')
    await expect(at.send(buyer, 'purchase-orders', id, 'close', { reason: 'enough' })).rejects.toThrow('not billed yet')
    await at.send(accountant, 'supplier-bills', await billOf(id, 'R-2'), 'post')
    await at.send(buyer, 'purchase-orders', id, 'close', { reason: 'enough' })
    expect(await at.store.require('purchase-orders', id)).toMatchObject({ receiptStatus: 'complete', billingStatus: 'complete' })
    expect(await at.store.require('purchase-order-lines', line?.id ?? '')).toMatchObject({ cancelledQuantity: 8 * million })
  })
})

describe('supplier bill', () => {
  it('above the tolerance is blocked with its differences; overridden, the difference follows the stock', async () => {
    const part = await newPart()
    const { id } = await approved([{ part, quantity: '10', unitPrice: '100' }])
    await receive(id)
    const count = await at.create(storekeeper, 'stock-counts', { site: world.site, countDate: world.today }, [{ part, location: world.locations.get('A-01'), countedQuantity: '4' }])
    await at.send(storekeeper, 'stock-counts', count, 'post')
    expect(await valueOf(part)).toEqual({ quantity: 4, value: 40_000 })

    const bill = await billOf(id, 'R-3')
    const line = await at.one('supplier-bill-lines', { supplierBill: bill })
    await editLine(bill, { id: line.id, purchaseOrderLine: line.purchaseOrderLine, receiptLine: line.receiptLine, part, quantity: '10', unitPrice: '110', taxCode: line.taxCode })
    await at.send(accountant, 'supplier-bills', bill, 'post')
    expect(await at.stateOf('supplier-bills', bill)).toBe('blocked')
    const blocked = await at.store.require('supplier-bills', bill)
    expect(blocked.matchReasons).toMatchObject([{ line: 1, code: 'matching.priceOff', expected: '100', found: '110' }])
    expect(blocked.journalEntry ?? null).toBeNull()
    await expect(at.send(accountant, 'supplier-bills', bill, 'recheck')).rejects.toThrow('beyond the tolerance')
    await expect(at.send(accountant, 'supplier-bills', bill, 'override')).rejects.toThrow()
    await at.send(accountant, 'supplier-bills', bill, 'override', { reason: 'new price list' })
    expect(await at.store.require('supplier-bills', bill)).toMatchObject({ overrideReason: 'new price list', openAmount: 124_300 })
    expect(await at.entryOf(bill)).toEqual({ grni: 100_000, inventory: 4_000, purchaseVariance: 6_000, inputTax: 14_300, accountsPayable: -124_300 })
    expect(await valueOf(part)).toEqual({ quantity: 4, value: 44_000 })
    const entry = await at.one('stock-entries', { sourceId: bill })
    expect(entry).toMatchObject({ quantity: 0, value: 4_000 })
  })

  it('for more than was received waits, and posts by itself when the goods come', async () => {
    const part = await newPart()
    const { id, lines: [line] } = await approved([{ part, quantity: '10', unitPrice: '7.77' }])
    await receive(id, [{ line: line?.id, received: '6' }])
    const bill = await at.create(accountant, 'supplier-bills', { purchaseOrder: id, supplier: world.suppliers.frames, supplierReference: 'R-4', billDate: world.today }, [
      { purchaseOrderLine: line?.id, quantity: '10' },
    ])
    await at.send(accountant, 'supplier-bills', bill, 'post')
    expect(await at.stateOf('supplier-bills', bill)).toBe('blocked')
    await receive(id)
    await drainWork(booted.payload)
    expect(await at.stateOf('supplier-bills', bill)).toBe('posted')
    expect(await at.entryOf(bill)).toMatchObject({ grni: 7_770 })
    const billed = (await at.store.find('receipt-lines', { where: { purchaseOrderLine: { equals: line?.id } } })).map(({ billedQuantity }) => billedQuantity)
    expect(billed.toSorted()).toEqual([4 * million, 6 * million].toSorted())
  })

  it('overridden ahead of the goods leaves them to be received at the order price', async () => {
    const part = await newPart()
    const { id, lines: [line] } = await approved([{ part, quantity: '10', unitPrice: '10' }])
    await receive(id, [{ line: line?.id, received: '5' }])
    const bill = await at.create(accountant, 'supplier-bills', { purchaseOrder: id, supplier: world.suppliers.frames, supplierReference: 'R-5', billDate: world.today }, [
      { purchaseOrderLine: line?.id, quantity: '10' },
    ])
    await at.send(accountant, 'supplier-bills', bill, 'post')
    await at.send(accountant, 'supplier-bills', bill, 'override', { reason: 'paid ahead' })
    const late = await receive(id)
    expect(await at.entryOf(bill)).toMatchObject({ grni: 10_000 })
    expect(await at.entryOf(late)).toEqual({ inventory: 5_000, grni: -5_000 })
    await expect(at.send(accountant, 'purchase-orders', id, 'bill')).rejects.toThrow('Nothing received waits for a bill')
  })

  it('takes freight on an expense account, each supplier number once', async () => {
    const part = await newPart()
    const { id, lines: [line] } = await approved([{ part, quantity: '2', unitPrice: '50' }])
    await receive(id)
    const freight = await at.one('ledger-accounts', { accountRole: 'freightExpense' })
    const data = { purchaseOrder: id, supplier: world.suppliers.frames, supplierReference: 'R-6', billDate: world.today }
    const bill = await at.create(accountant, 'supplier-bills', data, [
      { purchaseOrderLine: line?.id, quantity: '2' },
      { description: 'Freight', quantity: '1', unitPrice: '30', expenseLedgerAccount: freight.id },
    ])
    await at.send(accountant, 'supplier-bills', bill, 'post')
    expect(await at.entryOf(bill)).toEqual({ grni: 10_000, freightExpense: 3_000, inputTax: 1_690, accountsPayable: -14_690 })
    const again = await at.create(accountant, 'supplier-bills', { ...data, billKind: 'expense', purchaseOrder: null }, [
      { description: 'Freight', quantity: '1', unitPrice: '30', expenseLedgerAccount: freight.id },
    ])
    await expect(at.send(accountant, 'supplier-bills', again, 'post')).rejects.toThrow('is entered already')
  })

  it('of rounding amounts clears what the receipts accrued, to the cent', async () => {
    const part = await newPart()
    const { id, lines: [line] } = await approved([{ part, quantity: '3', unitPrice: '0.333' }])
    for (let piece = 0; piece < 3; piece++) await receive(id, [{ line: line?.id, received: '1' }])
    const bill = await billOf(id, 'R-7')
    await at.send(accountant, 'supplier-bills', bill, 'post')
    expect(await at.entryOf(bill)).toMatchObject({ grni: 99 })
  })

  it('in parts clears one receipt exactly, its rounding included', async () => {
    const part = await newPart()
    const { id, lines: [line] } = await approved([{ part, quantity: '3', unitPrice: '0.333' }])
    expect(await at.entryOf(await receive(id))).toEqual({ inventory: 100, grni: -100 })
    const cleared: (number | undefined)[] = []
    for (const reference of ['R-8', 'R-9', 'R-10']) {
      const bill = await at.create(accountant, 'supplier-bills', { purchaseOrder: id, supplier: world.suppliers.frames, supplierReference: reference, billDate: world.today }, [
        { purchaseOrderLine: line?.id, quantity: '1' },
      ])
      await at.send(accountant, 'supplier-bills', bill, 'post')
      cleared.push((await at.entryOf(bill)).grni)
    }
    expect(cleared).toEqual([33, 34, 33])
    expect(await valueOf(part)).toEqual({ quantity: 3, value: 99 })
  })
})

describe('reorder proposals', () => {
  it('are made in one run, replaced by the next, and become one order a supplier, pegged to who waits', async () => {
    const [a, b] = [await newPart({ reorderPoint: '5', reorderQuantity: '20' }), await newPart({ safetyStock: '3' })]
    for (const part of [a, b]) await offer(world.suppliers.safety, part, { price: '12.5', leadTimeDays: 4, multiple: '8' })
    const salesOrder = await at.create(owner, 'sales-orders', { customer: world.customers.shop, site: world.site, requestedDate: addDays(world.today, 9) }, [
      { part: a, quantity: '6', unitPrice: '30' },
    ])
    await at.send(owner, 'sales-orders', salesOrder, 'submit')
    await at.send(owner, 'sales-orders', salesOrder, 'approve')
    await drainWork(booted.payload)
    const early = await at.one('reorder-proposals', { part: a })
    expect(early.explanation).toMatchObject({ urgency: 'shortage', available: '-6', openDemand: '6' })

    await at.operate(buyer, 'reorder-proposals', 'propose')
    expect(await at.stateOf('reorder-proposals', early.id)).toBe('superseded')
    const open = await at.store.find('reorder-proposals', { where: { 'workflow.state': { equals: 'proposed' }, part: { in: [a, b] } }, sort: '-quantity' })
    expect(open.map(({ part, quantity, supplier, neededDate }) => ({ part, quantity, supplier, neededDate }))).toEqual([
      { part: a, quantity: 24 * million, supplier: world.suppliers.safety, neededDate: addDays(world.today, 4) },
      { part: b, quantity: 8 * million, supplier: world.suppliers.safety, neededDate: addDays(world.today, 4) },
    ])
    for (const { id } of open) await at.send(buyer, 'reorder-proposals', id, 'order')
    const orders = new Set([...(await at.store.byIds('reorder-proposals', open.map(({ id }) => id))).values()].map(({ purchaseOrder }) => purchaseOrder ?? ''))
    expect(orders.size).toBe(1)
    const [purchaseOrder = ''] = orders
    expect(await at.store.require('purchase-orders', purchaseOrder)).toMatchObject({ netTotal: 40_000, supplier: world.suppliers.safety })
    const peg = await at.one('pegs', { supplyId: purchaseOrder })
    expect(peg).toMatchObject({ demandId: salesOrder, quantity: 6 * million, part: a })
    const [demand] = await at.store.find('sales-order-lines', { where: { salesOrder: { equals: salesOrder } } })
    await at.send(owner, 'sales-orders', salesOrder, 'change', { reason: 'fewer', lines: [{ line: demand?.id, quantity: '4' }] })
    await drainWork(booted.payload)
    expect(await at.one('pegs', { supplyId: purchaseOrder })).toMatchObject({ quantity: 4 * million })

    await at.operate(buyer, 'reorder-proposals', 'propose')
    expect(await at.store.count('reorder-proposals', { 'workflow.state': { equals: 'proposed' }, part: { in: [a, b] } })).toBe(0)
    await at.send(buyer, 'purchase-orders', purchaseOrder, 'submit')
    await at.send(buyer, 'purchase-orders', purchaseOrder, 'approve')
    await receive(purchaseOrder)
    await drainWork(booted.payload)
  })

  it('may be dismissed with a reason', async () => {
    const part = await newPart({ reorderPoint: '1' })
    await offer(world.suppliers.safety, part)
    await at.operate(buyer, 'reorder-proposals', 'propose')
    const proposal = await at.one('reorder-proposals', { part })
    await expect(at.send(buyer, 'reorder-proposals', proposal.id, 'dismiss')).rejects.toThrow()
    await at.send(buyer, 'reorder-proposals', proposal.id, 'dismiss', { reason: 'end of life' })
    expect(await at.stateOf('reorder-proposals', proposal.id)).toBe('dismissed')
  })
})

it('after all of it every check of the books is green', async () => {
  await drainWork(booted.payload)
  expect(await at.red()).toEqual({})
})

async function editLine(bill: string, line: object): Promise<void> {
  await runCommand(booted.payload, accountant, { action: 'edit', entity: 'supplier-bills', id: bill, lines: [line] })
}
