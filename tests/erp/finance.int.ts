import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { addDays } from '../../plugins/core/engine/dates.ts'
import { runCommand } from '../../plugins/core/commands/run-command.ts'
import { newId } from '../../plugins/core/commands/context.ts'
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

/** An opening receivable that is due on a day. */
async function receivable(amount: string, dueDate: string, customer = world.customers.shop): Promise<string> {
  const id = await at.create(accountant, 'invoices', { invoiceKind: 'opening', customer, invoiceDate: world.today, dueDate }, [
    { description: 'Opening balance', quantity: '1', unitPrice: amount },
  ])
  await at.send(accountant, 'invoices', id, 'post')
  return id
}

async function payable(amount: string, reference: string): Promise<string> {
  const id = await at.create(accountant, 'supplier-bills', { billKind: 'opening', supplier: world.suppliers.safety, supplierReference: reference, billDate: world.today }, [
    { description: 'Opening balance', quantity: '1', unitPrice: amount },
  ])
  await at.send(accountant, 'supplier-bills', id, 'post')
  return id
}

const incoming = (amount: string, lines: readonly object[] = [], values: object = {}) =>
  at.create(accountant, 'payments', { direction: 'incoming', customer: world.customers.shop, amount, paymentDate: world.today, ...values }, lines)
const outgoing = (amount: string, lines: readonly object[] = [], values: object = {}) =>
  at.create(accountant, 'payments', { direction: 'outgoing', supplier: world.suppliers.safety, amount, paymentDate: world.today, ...values }, lines)
const open = async (entity: 'invoices' | 'supplier-bills', id: string) => (await at.store.require(entity, id)).openAmount
const account = async (accountRole: string) => (await at.one('ledger-accounts', { accountRole })).id

describe('a payment registered from what it pays', () => {
  it('is drafted for what is open, in its trace, and settles it when posted', async () => {
    const invoice = await receivable('250', world.today)
    await expect(at.send(accountant, 'invoices', invoice, 'pay', { input: { amount: '250.01' } })).rejects.toThrow('More than is open')
    await at.send(accountant, 'invoices', invoice, 'pay', { input: { amount: '100' } })
    await at.send(accountant, 'invoices', invoice, 'pay', {})
    const traceId = (await at.store.require('invoices', invoice)).traceId
    const drafts = await at.store.find('payments', { where: { traceId: { equals: traceId } }, sort: 'amount' })
    expect(drafts.map(({ amount, direction, customer }) => [amount, direction, customer])).toEqual([[10_000, 'incoming', world.customers.shop], [25_000, 'incoming', world.customers.shop]])
    await at.send(accountant, 'payments', String(drafts[1]?.id), 'post')
    expect(await at.stateOf('invoices', invoice)).toBe('settled')
    await expect(at.send(accountant, 'payments', String(drafts[0]?.id), 'post')).rejects.toThrow()
    const bill = await payable('40', 'O-PAY')
    await at.send(accountant, 'supplier-bills', bill, 'pay', {})
    const paid = await at.one('payments', { supplier: world.suppliers.safety, amount: 4_000 })
    await at.send(accountant, 'payments', paid.id, 'post')
    expect(await at.stateOf('supplier-bills', bill)).toBe('settled')
  })
})

describe('opening balances', () => {
  it('stand against one account, without tax', async () => {
    const invoice = await receivable('1000', world.today)
    expect(await at.entryOf(invoice)).toEqual({ accountsReceivable: 100_000, openingEquity: -100_000 })
    const bill = await payable('400', 'O-0')
    expect(await at.entryOf(bill)).toEqual({ accountsPayable: -40_000, openingEquity: 40_000 })
    const payment = await incoming('1000', [{ invoice, amount: '1000' }])
    await at.send(accountant, 'payments', payment, 'post')
    const paid = await outgoing('400', [{ supplierBill: bill, amount: '400' }], { method: 'cash' })
    await at.send(accountant, 'payments', paid, 'post')
    expect(await at.entryOf(paid)).toEqual({ accountsPayable: 40_000, cash: -40_000 })
    expect([await at.stateOf('invoices', invoice), await at.stateOf('supplier-bills', bill)]).toEqual(['settled', 'settled'])
  })

  it('of stock come before everything else, by accountant or owner', async () => {
    const part = await at.create(owner, 'parts', { partNumber: 'OPEN', name: 'Opening part', unit: world.units.get('PCS') })
    const count = () => at.create(storekeeper, 'stock-counts', { countKind: 'opening', site: world.site, countDate: world.today }, [
      { part, location: world.locations.get('A-01'), countedQuantity: '3', unitCost: '12.345' },
    ])
    const first = await count()
    await expect(at.send(storekeeper, 'stock-counts', first, 'post')).rejects.toThrow('accountant or the owner')
    await at.send(accountant, 'stock-counts', first, 'post')
    expect(await at.entryOf(first)).toEqual({ inventory: 3_704, openingEquity: -3_704 })
    const second = await count()
    await expect(at.send(accountant, 'stock-counts', second, 'post')).rejects.toThrow('has moved already')
  })

  it('of other accounts are a journal entry, never on accounts that mirror documents', async () => {
    const entry = (lines: readonly object[]) => at.create(accountant, 'journal-entries', { entryDate: world.today, journalKind: 'opening' }, lines)
    const good = await entry([{ account: await account('bank'), debit: '500' }, { account: await account('capital'), credit: '500' }])
    await at.send(accountant, 'journal-entries', good, 'post')
    expect(await at.store.require('journal-entries', good)).toMatchObject({ debitTotal: 50_000, number: expect.stringMatching(/^JE-/) as string })
    const bad = await entry([{ account: await account('inventory'), debit: '500' }, { account: await account('capital'), credit: '500' }])
    await expect(at.send(accountant, 'journal-entries', bad, 'post')).rejects.toThrow('mirrors documents')
  })
})

describe('payments', () => {
  it('settle in parts; what is left is a deposit that is allocated later', async () => {
    const [first, second] = [await receivable('300', world.today), await receivable('200', world.today)]
    const payment = await incoming('250', [{ invoice: first, amount: '100' }])
    await at.send(accountant, 'payments', payment, 'post')
    expect(await at.entryOf(payment)).toEqual({ bank: 25_000, accountsReceivable: -10_000, customerDeposits: -15_000 })
    expect([await open('invoices', first), await at.stateOf('invoices', first)]).toEqual([20_000, 'posted'])

    await expect(at.send(accountant, 'payments', payment, 'allocate', { input: { invoice: first, amount: '150.01' } })).rejects.toThrow('More than is left of the payment')
    await at.send(accountant, 'payments', payment, 'allocate', { input: { invoice: second, amount: '50' } })
    await expect(at.send(accountant, 'payments', payment, 'allocate', { input: { invoice: second, amount: '-1' } })).rejects.toThrow()
    expect(await at.store.require('payments', payment)).toMatchObject({ unallocatedAmount: 10_000 })
    await at.operate(accountant, 'payments', 'allocateOldest', { payment })
    expect(await at.store.require('payments', payment)).toMatchObject({ unallocatedAmount: 0 })
    expect(await at.entryOf(payment)).toEqual({ bank: 25_000, accountsReceivable: -25_000 })
    expect([await open('invoices', first), await open('invoices', second)]).toEqual([10_000, 15_000])

    const rest = await incoming('250')
    await at.operate(accountant, 'payments', 'allocateOldest', { payment: rest })
    await at.send(accountant, 'payments', rest, 'post')
    expect([await at.stateOf('invoices', first), await at.stateOf('invoices', second)]).toEqual(['settled', 'settled'])
  })

  it('find the items due first', async () => {
    const [late, soon] = [await receivable('100', addDays(world.today, 20)), await receivable('100', addDays(world.today, -5))]
    const payment = await incoming('150')
    await at.operate(accountant, 'payments', 'allocateOldest', { payment })
    await at.send(accountant, 'payments', payment, 'post')
    expect([await open('invoices', late), await open('invoices', soon)]).toEqual([5_000, 0])
    const aging = (await at.operate(accountant, 'invoices', 'aging')).data
    expect(aging).toMatchObject({ total: '50.00', overdue: '0.00', parties: [{ number: 'C-1', total: '50.00' }] })
    const rest = await incoming('50', [{ invoice: late, amount: '50' }])
    await at.send(accountant, 'payments', rest, 'post')
  })

  it('are refused beyond what is open, of another party, on the wrong side, twice', async () => {
    const invoice = await receivable('100', world.today)
    const club = await receivable('100', world.today, world.customers.club)
    const bill = await payable('100', 'O-1')
    const refused = async (lines: readonly object[], sentence: string, values: object = {}) => {
      const payment = await incoming('500', lines, values)
      await expect(at.send(accountant, 'payments', payment, 'post')).rejects.toThrow(sentence)
      await runCommand(booted.payload, accountant, { action: 'discard', entity: 'payments', id: payment })
    }
    await refused([{ invoice, amount: '100.01' }], 'More than is open')
    await refused([{ invoice: club, amount: '100' }], 'another customer or supplier')
    await refused([{ supplierBill: bill, amount: '100' }], 'Money in settles invoices')
    await refused([{ invoice, amount: '50' }, { invoice, amount: '50' }], 'listed twice')
    await refused([{ invoice, supplierBill: bill, amount: '100' }], 'exactly one')
    await refused([], 'Money in comes from a customer', { customer: null, supplier: world.suppliers.safety })
    await refused([], 'A refund pays credit notes back', { direction: 'outgoing' })
    for (const [id, customer] of [[invoice, world.customers.shop], [club, world.customers.club]]) {
      const payment = await incoming('100', [{ invoice: id, amount: '100' }], { customer })
      await at.send(accountant, 'payments', payment, 'post')
    }
    await at.send(accountant, 'payments', await outgoing('100', [{ supplierBill: bill, amount: '100' }]), 'post')
  })

  it('are taken back: items open again, entries reversed', async () => {
    const bill = await payable('100', 'O-2')
    const payment = await outgoing('130', [{ supplierBill: bill, amount: '60' }])
    await at.send(accountant, 'payments', payment, 'post')
    await at.send(accountant, 'payments', payment, 'allocate', { input: { supplierBill: bill, amount: '40' } })
    expect(await at.stateOf('supplier-bills', bill)).toBe('settled')
    expect(await at.entryOf(payment)).toEqual({ accountsPayable: 10_000, supplierAdvances: 3_000, bank: -13_000 })
    await at.send(accountant, 'payments', payment, 'reverse', { reason: 'bounced' })
    expect(await at.entryOf(payment)).toEqual({})
    expect([await open('supplier-bills', bill), await at.stateOf('supplier-bills', bill)]).toEqual([10_000, 'posted'])
    expect(await at.stateOf('payments', payment)).toBe('reversed')
    const aging = (await at.operate(accountant, 'supplier-bills', 'aging', { asOf: addDays(world.today, 45) })).data
    expect(aging).toMatchObject({ total: '100.00', overdue: '100.00' })
  })

  it('of two at the same moment one gets the item', async () => {
    const invoice = await receivable('100', world.today, world.customers.club)
    const payments = await Promise.all([1, 2].map(() => incoming('100', [{ invoice, amount: '100' }], { customer: world.customers.club })))
    const results = await Promise.allSettled(payments.map((id) => at.send(accountant, 'payments', id, 'post')))
    expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
    expect(await open('invoices', invoice)).toBe(0)
  })

  it('of a credit note pay the customer back', async () => {
    const order = await at.create(owner, 'sales-orders', { customer: world.customers.shop, site: world.site, requestedDate: world.today }, [
      { part: world.parts.helmet, quantity: '2', unitPrice: '50' },
    ])
    for (const event of ['submit', 'approve', 'deliver']) await at.send(owner, 'sales-orders', order, event)
    await at.send(owner, 'deliveries', (await at.one('deliveries', { salesOrder: order })).id, 'post')
    await drainWork(booted.payload)
    const invoice = (await at.one('invoices', { salesOrder: order })).id
    await at.send(accountant, 'invoices', invoice, 'post')
    const payment = await incoming('113', [{ invoice, amount: '113' }])
    await at.send(accountant, 'payments', payment, 'post')
    expect((await at.store.require('payments', payment)).traceId).toBe((await at.store.require('sales-orders', order)).traceId)
    expect(await at.stateOf('sales-orders', order)).toBe('closed')

    await at.send(accountant, 'invoices', invoice, 'credit', { reason: 'scratched' })
    const note = (await at.one('credit-notes', { invoice })).id
    await at.send(accountant, 'credit-notes', note, 'post')
    const refund = await outgoing('113', [{ creditNote: note, amount: '113' }], { supplier: null, customer: world.customers.shop })
    await at.send(accountant, 'payments', refund, 'post')
    expect(await at.entryOf(refund)).toEqual({ accountsReceivable: 11_300, bank: -11_300 })
    expect(await at.stateOf('credit-notes', note)).toBe('settled')
  })

  it('ahead of the bill count for the order and settle it', async () => {
    const id = await at.create(buyer, 'purchase-orders', { supplier: world.suppliers.safety, site: world.site }, [{ part: world.parts.helmet, quantity: '10', unitPrice: '40' }])
    await at.send(buyer, 'purchase-orders', id, 'submit')
    await at.send(buyer, 'purchase-orders', id, 'approve')
    const payment = await outgoing('452', [], { purchaseOrder: id })
    await at.send(accountant, 'payments', payment, 'post')
    expect(await at.store.require('purchase-orders', id)).toMatchObject({ paymentStatus: 'prepaid' })
    await at.send(storekeeper, 'purchase-orders', id, 'receive')
    await at.send(storekeeper, 'receipts', (await at.one('receipts', { purchaseOrder: id })).id, 'post')
    await at.send(accountant, 'purchase-orders', id, 'bill', { input: { supplierReference: 'A-1' } })
    const bill = (await at.one('supplier-bills', { purchaseOrder: id })).id
    await at.send(accountant, 'supplier-bills', bill, 'post')
    await drainWork(booted.payload)
    expect(await at.stateOf('supplier-bills', bill)).toBe('settled')
    expect(await at.entryOf(payment)).toEqual({ accountsPayable: 45_200, bank: -45_200 })
    expect(await at.stateOf('purchase-orders', id)).toBe('closed')
  })
})

describe('journal and periods', () => {
  it('a hand-written entry balances, posts once and is reversed, not edited', async () => {
    const [bank, fees] = [await account('bank'), await account('bankFees')]
    const entry = (debit: string, credit: string) => at.create(accountant, 'journal-entries', { entryDate: world.today }, [{ account: fees, debit }, { account: bank, credit }])
    const crooked = await entry('10', '9.99')
    await expect(at.send(accountant, 'journal-entries', crooked, 'post')).rejects.toThrow('Debits and credits differ')
    const good = await entry('10', '10')
    await at.send(accountant, 'journal-entries', good, 'post')
    await expect(runCommand(booted.payload, accountant, { action: 'edit', entity: 'journal-entries', id: good, data: { memo: 'x' } })).rejects.toThrow('cannot be edited')
    await at.send(accountant, 'journal-entries', good, 'reverse', { reason: 'typing error' })
    const posted = await at.store.require('journal-entries', good)
    expect(await at.store.require('journal-entries', posted.reversedBy ?? '')).toMatchObject({ journalKind: 'reversal', reverses: good, memo: 'typing error' })
    const [booked] = await at.store.find('journal-entries', { where: { journalKind: { equals: 'purchase' } }, limit: 1 })
    await expect(at.send(accountant, 'journal-entries', booked?.id ?? '', 'reverse', { reason: 'no' })).rejects.toThrow('booked by a document')
    await expect(at.create(accountant, 'journal-entries', { entryDate: world.today, journalKind: 'sales' }, [])).rejects.toThrow('manual or opening')
  })

  it('periods close in order, not over drafts, and nothing is posted into them', async () => {
    const [first, second] = await at.store.find('periods', { sort: 'fromDate', limit: 2 })
    if (!first || !second) throw new Error('No periods.')
    await expect(at.send(accountant, 'periods', second.id, 'close')).rejects.toThrow(`earlier period ${first.name} is still open`)
    const draft = await at.create(accountant, 'journal-entries', { entryDate: first.toDate }, [
      { account: await account('bankFees'), debit: '1' }, { account: await account('bank'), credit: '1' },
    ])
    await expect(at.send(accountant, 'periods', first.id, 'close')).rejects.toThrow('Drafts are dated in this period: 1 journal entry')
    await runCommand(booted.payload, accountant, { action: 'edit', entity: 'journal-entries', id: draft, data: { entryDate: second.fromDate } })
    await at.send(accountant, 'periods', first.id, 'close')
    await runCommand(booted.payload, accountant, { action: 'edit', entity: 'journal-entries', id: draft, data: { entryDate: first.fromDate } })
    await expect(at.send(accountant, 'journal-entries', draft, 'post')).rejects.toThrow(`Period ${first.name} is closed`)
    await runCommand(booted.payload, accountant, { action: 'edit', entity: 'journal-entries', id: draft, data: { entryDate: '2001-01-01' } })
    await expect(at.send(accountant, 'journal-entries', draft, 'post')).rejects.toThrow('There is no accounting period for 2001-01-01')
    await expect(at.send(accountant, 'periods', first.id, 'reopen', { reason: 'late bill' })).rejects.toThrow()
    await at.send(owner, 'periods', first.id, 'reopen', { reason: 'late bill' })
    const today = await at.store.findOne('periods', { fromDate: { less_than_equal: world.today }, toDate: { greater_than_equal: world.today } })
    await expect(at.send(accountant, 'periods', today?.id ?? '', 'close')).rejects.toThrow('Close it afterwards')
    await expect(at.create(accountant, 'periods', { name: 'twice', fromDate: first.toDate, toDate: second.toDate })).rejects.toThrow('overlaps')
  })

  it('the trial balance adds up', async () => {
    const { data } = await at.operate(accountant, 'ledger-accounts', 'trialBalance')
    expect(data?.debit).toBe(data?.credit)
    const rows = data?.rows as readonly { number: string; closing: string }[]
    const inventory = await at.store.sum('stock-values', { fields: ['value'] })
    expect(rows.find(({ number }) => number === '1405')?.closing).toBe((Number(inventory[0]?.value) / 100).toFixed(2))
    await expect(at.operate(storekeeper, 'ledger-accounts', 'trialBalance')).rejects.toThrow()
  })
})

describe('verify', () => {
  it('is green after all of it', async () => {
    await drainWork(booted.payload)
    expect(await at.red()).toEqual({})
  })

  /** What a hand in the database breaks, and the check that must see it. */
  const tampered: readonly { check: string; entity: string; field: string; where?: Record<string, unknown> }[] = [
    { check: 'erp.entriesBalance', entity: 'journal-lines', field: 'debit' },
    { check: 'erp.accountBalances', entity: 'account-balances', field: 'credit' },
    { check: 'erp.stockBalances', entity: 'stock-balances', field: 'onHand' },
    { check: 'erp.stockBalances', entity: 'stock-entries', field: 'quantity' },
    { check: 'erp.stockValues', entity: 'stock-values', field: 'value' },
    { check: 'erp.inventoryAccount', entity: 'stock-entries', field: 'value' },
    { check: 'erp.reservations', entity: 'stock-balances', field: 'reserved' },
    { check: 'erp.openBills', entity: 'supplier-bills', field: 'openAmount' },
    { check: 'erp.openInvoices', entity: 'invoices', field: 'openAmount' },
    { check: 'erp.subledgers', entity: 'invoices', field: 'openAmount' },
    { check: 'erp.prepayments', entity: 'payments', field: 'unallocatedAmount', where: { 'workflow.state': { equals: 'posted' } } },
    { check: 'erp.prepayments', entity: 'payment-allocations', field: 'amount', where: { amount: { greater_than: 0 }, allocatedDate: { exists: true } } },
    { check: 'erp.purchaseCounters', entity: 'purchase-order-lines', field: 'receivedQuantity' },
    { check: 'erp.purchaseCounters', entity: 'supplier-bill-lines', field: 'quantity', where: { purchaseOrderLine: { exists: true } } },
    { check: 'erp.salesCounters', entity: 'sales-order-lines', field: 'deliveredQuantity' },
    { check: 'erp.stockEntries', entity: 'stock-entries', field: 'unitCost' },
    { check: 'erp.documentTotals', entity: 'supplier-bills', field: 'netTotal', where: { 'workflow.state': { in: ['posted', 'settled'] } } },
    { check: 'erp.documentTotals', entity: 'purchase-order-lines', field: 'netAmount' },
    { check: 'erp.documentEntries', entity: 'supplier-bills', field: 'grandTotal', where: { 'workflow.state': { in: ['posted', 'settled'] } } },
    { check: 'erp.documentEntries', entity: 'payments', field: 'amount', where: { 'workflow.state': { equals: 'posted' } } },
    { check: 'erp.salesStatuses', entity: 'sales-orders', field: 'paidAmount', where: { 'workflow.state': { in: ['confirmed', 'closed'] } } },
  ]
  it.each(tampered)('$check sees a changed $field of $entity', async ({ check, entity, field, where }) => {
    if (entity === 'sales-order-lines' && (await at.store.count(entity)) === 0) {
      await at.create(owner, 'sales-orders', { customer: world.customers.shop, site: world.site, requestedDate: world.today }, [{ part: world.parts.helmet, quantity: '1' }])
    }
    const [row] = await at.store.find<string>(entity, { ...(where ? { where: where as never } : {}), sort: 'id', limit: 1 })
    if (!row) throw new Error(`No ${entity} to tamper with.`)
    await at.store.update<string>(entity, row.id, { [field]: { $inc: million } })
    expect(Object.keys(await at.red())).toContain(check)
    await at.store.update<string>(entity, row.id, { [field]: { $inc: -million } })
  })

  /** Fields that hold a word or an id. */
  it.each([
    { check: 'erp.entryPeriods', entity: 'journal-entries', field: 'entryDate', value: '2019-06-30', where: { 'workflow.state': { equals: 'posted' } } },
    { check: 'erp.stockEntries', entity: 'stock-entries', field: 'sourceId', value: 'nowhere' },
    { check: 'erp.purchaseStatuses', entity: 'purchase-orders', field: 'receiptStatus', value: 'partial', where: { 'workflow.state': { in: ['approved', 'closed'] }, receiptStatus: { not_equals: 'partial' } } },
    { check: 'erp.purchaseStatuses', entity: 'purchase-orders', field: 'paymentStatus', value: 'partial', where: { 'workflow.state': { in: ['approved', 'closed'] }, paymentStatus: { not_equals: 'partial' } } },
    { check: 'erp.documentEntries', entity: 'payments', field: 'journalEntry', value: null, where: { 'workflow.state': { equals: 'posted' } } },
  ])('$check sees another $field of $entity', async ({ check, entity, field, value, where }) => {
    const [row] = await at.store.find<string>(entity, { ...(where ? { where: where as never } : {}), sort: 'id', limit: 1 })
    if (!row) throw new Error(`No ${entity} to tamper with.`)
    await at.store.update<string>(entity, row.id, { [field]: value })
    expect(Object.keys(await at.red())).toContain(check)
    await at.store.update<string>(entity, row.id, { [field]: row[field] })
  })

  it('erp.documentTotals sees a price whose sign was turned', async () => {
    const [line] = await at.store.find('purchase-order-lines', { where: { netAmount: { greater_than: 0 } }, sort: 'id', limit: 1 })
    if (!line) throw new Error('No line to tamper with.')
    await at.store.update('purchase-order-lines', line.id, { unitPrice: -(line.unitPrice ?? 0) })
    expect(Object.keys(await at.red())).toContain('erp.documentTotals')
    await at.store.update('purchase-order-lines', line.id, { unitPrice: line.unitPrice ?? 0 })
  })

  it('erp.allocationParties sees a payment of another party', async () => {
    const [payment] = await at.store.find('payments', { where: { 'workflow.state': { equals: 'posted' }, supplier: { exists: true } }, sort: 'id' })
    if (!payment) throw new Error('No payment to tamper with.')
    const other = Object.values(world.suppliers).find((supplier) => supplier !== payment.supplier) ?? null
    await at.store.update('payments', payment.id, { supplier: other })
    expect(Object.keys(await at.red())).toEqual(expect.arrayContaining(['erp.documentEntries', 'erp.allocationParties']))
    await at.store.update('payments', payment.id, { supplier: payment.supplier ?? null })
  })

  /** Rows that are gone, though the entries they fold are there. */
  it.each([
    { check: 'erp.stockValues', entity: 'stock-values', where: { value: { greater_than: 0 } } },
    { check: 'erp.stockBalances', entity: 'stock-balances', where: { onHand: { greater_than: 0 } } },
    { check: 'erp.accountBalances', entity: 'account-balances', where: { debit: { greater_than: 0 } } },
  ])('$check sees a missing row of $entity', async ({ check, entity, where }) => {
    const [row] = await at.store.find<string>(entity, { where: where as never, sort: 'id', limit: 1 })
    if (!row) throw new Error(`No ${entity} to remove.`)
    await at.store.remove(entity, { id: { equals: row.id } })
    expect(Object.keys(await at.red())).toContain(check)
    await at.store.insert<string>(entity, row)
  })

  /** Rows that fold nothing. */
  it.each([
    { check: 'erp.stockValues', entity: 'stock-values', values: { quantity: million, value: 5 } },
    { check: 'erp.stockBalances', entity: 'stock-balances', values: { onHand: million, reserved: 0, available: million, lot: 'NONE' } },
    { check: 'erp.reservations', entity: 'stock-balances', values: { onHand: 0, reserved: million, available: -million, lot: 'NONE' } },
    { check: 'erp.accountBalances', entity: 'account-balances', values: { debit: 7, credit: 0 } },
  ])('$check sees a superfluous row of $entity', async ({ check, entity, values }) => {
    const [row] = await at.store.find<string>(entity, { sort: 'id', limit: 1 })
    const id = newId()
    // Its key is one that nothing has: another part, lot or period.
    const other = entity === 'stock-values' ? { part: world.parts.assembly } : entity === 'account-balances' ? { period: await unusedPeriod() } : {}
    await at.store.insert<string>(entity, { ...row, ...values, ...other, id })
    expect(Object.keys(await at.red())).toContain(check)
    await at.store.remove(entity, { id: { equals: id } })
  })

  it('is green again once all of that has been put back', async () => {
    expect(await at.red()).toEqual({})
  })

  async function unusedPeriod(): Promise<string> {
    const used = new Set((await at.store.find('account-balances')).map(({ period }) => period))
    return String((await at.store.find('periods')).find(({ id }) => !used.has(id))?.id)
  }
})
