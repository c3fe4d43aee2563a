import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { runCommand } from '../../plugins/core/commands/run-command.ts'
import { drainWork } from '../../plugins/core/events/runner.ts'
import { platformOf } from '../../plugins/core/platform/platform.ts'
import { pegsSumUp } from '../../plugins/core/verify/check-pegs.ts'
import type { Booted } from '../support/boot-payload.ts'
import { million, seedErpWorld, type ErpWorld } from '../support/erp-world.ts'
import { overlapping } from '../support/overlapping.ts'
import { bootPlatform } from '../support/test-platform.ts'
import { buyer, desk, hire, owner } from './desk.ts'

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
/** Nothing that happens later is waited for: at no moment is more pegged than there is. */
afterEach(async () => {
  expect(await pegsSumUp(at.store, platformOf(booted.payload))).toMatchObject({ ok: true })
})

let made = 0

/** A part that customers wait for, and the proposal to buy it. */
async function shortage(quantity: string) {
  made += 1
  const part = await at.create(owner, 'parts', { partNumber: `PEG-${made}`, name: `Part ${made}`, unit: world.units.get('PCS'), makeOrBuy: 'buy' })
  await at.create(buyer, 'supplier-parts', { supplier: world.suppliers.frames, part, unit: world.units.get('PCS'), price: '10', leadTimeDays: 7 })
  const salesOrder = await at.create(owner, 'sales-orders', { customer: world.customers.shop, site: world.site, requestedDate: world.today }, [{ part, quantity, unitPrice: '30' }])
  await at.send(owner, 'sales-orders', salesOrder, 'submit')
  await at.send(owner, 'sales-orders', salesOrder, 'approve')
  await drainWork(booted.payload)
  const { id: demand } = await at.one('sales-order-lines', { salesOrder })
  return { part, salesOrder, demand, proposal: (await at.one('reorder-proposals', { part })).id }
}

/** Ordered from the supplier, as a draft of its own. */
async function pegged(quantity: string) {
  const short = await shortage(quantity)
  await at.send(buyer, 'reorder-proposals', short.proposal, 'order')
  const peg = await at.one('pegs', { demandId: short.salesOrder })
  expect(peg).toMatchObject({ quantity: Number(quantity) * million, supplyEntity: 'purchase-orders' })
  return { ...short, purchaseOrder: peg.supplyId }
}

const pegsTo = async (salesOrder: string) => (await at.store.find('pegs', { where: { demandId: { equals: salesOrder } } })).map(({ quantity }) => quantity / million)
const change = (quantity: string, line: string) => ({ reason: 'fewer', lines: [{ line, quantity }] })

describe('what is pegged goes with the step that takes it away', () => {
  it('a sales order that is changed, and closed or cancelled', async () => {
    const { salesOrder, demand, purchaseOrder } = await pegged('6')
    await at.send(owner, 'sales-orders', salesOrder, 'change', change('4', demand))
    expect(await pegsTo(salesOrder)).toEqual([4])
    await at.send(owner, 'sales-orders', salesOrder, 'cancel', { reason: 'no need' })
    expect(await pegsTo(salesOrder)).toEqual([])
    await at.send(buyer, 'purchase-orders', purchaseOrder, 'cancel', { reason: 'no need' })
  })

  it.each(['draft', 'submitted', 'approved'])('a purchase order that is cancelled while it is %s', async (state) => {
    const { salesOrder, purchaseOrder } = await pegged('3')
    if (state !== 'draft') await at.send(buyer, 'purchase-orders', purchaseOrder, 'submit')
    if (state === 'approved') await at.send(buyer, 'purchase-orders', purchaseOrder, 'approve')
    expect(await at.stateOf('purchase-orders', purchaseOrder)).toBe(state)
    await at.send(buyer, 'purchase-orders', purchaseOrder, 'cancel', { reason: 'too dear' })
    expect(await pegsTo(salesOrder)).toEqual([])
  })

  it('a draft purchase order that is edited; discarded it cannot be, while its proposal names it', async () => {
    const { salesOrder, purchaseOrder } = await pegged('5')
    const lines = await at.store.find('purchase-order-lines', { where: { purchaseOrder: { equals: purchaseOrder } } })
    await runCommand(booted.payload, buyer, { action: 'edit', entity: 'purchase-orders', id: purchaseOrder, lines: lines.map(({ id }) => ({ id, quantity: '2' })) })
    expect(await pegsTo(salesOrder)).toEqual([2])
    const discard = runCommand(booted.payload, buyer, { action: 'discard', entity: 'purchase-orders', id: purchaseOrder })
    await expect(discard).rejects.toThrow(/used by 1 reorder proposal .* or cancel it instead/)
  })
})

describe('at the same moment', () => {
  it('a demand becomes smaller and is pegged: no more is pegged than it asks for', async () => {
    const { salesOrder, demand, proposal } = await shortage('6')
    const lines = [{ line: demand, quantity: 2 * million }]
    await overlapping(
      booted.payload,
      (context) => context.send('reorder-proposals', proposal, 'order'),
      (context) => context.send('sales-orders', salesOrder, 'change', { lineInput: lines, reason: 'fewer' }),
    )
    expect(await pegsTo(salesOrder)).toEqual([2])
  })
})

describe('verify sees what a hand in the database breaks', () => {
  let restore: () => Promise<unknown>
  afterEach(async () => {
    await restore()
    expect(await at.red()).toEqual({})
  })
  async function reserved() {
    const salesOrder = await at.create(owner, 'sales-orders', { customer: world.customers.shop, site: world.site, requestedDate: world.today }, [{ part: world.parts.helmet, quantity: '4' }])
    await at.send(owner, 'sales-orders', salesOrder, 'submit')
    await at.send(owner, 'sales-orders', salesOrder, 'approve')
    return { salesOrder, line: await at.one('sales-order-lines', { salesOrder }), reservation: await at.one('reservations', { salesOrder }) }
  }

  it('a line that says it has reserved more', async () => {
    const { line } = await reserved()
    await at.store.update('sales-order-lines', line.id, { reservedQuantity: { $inc: 1 } })
    restore = () => at.store.update('sales-order-lines', line.id, { reservedQuantity: { $inc: -1 } })
    expect(Object.keys(await at.red())).toEqual(['erp.reservedLines'])
  })

  it('a reservation that is gone, and one for a line that needs nothing', async () => {
    const { reservation } = await reserved()
    const other = await reserved()
    await at.store.update('reservations', reservation.id, { salesOrderLine: other.line.id })
    restore = () => at.store.update('reservations', reservation.id, { salesOrderLine: reservation.salesOrderLine })
    const { 'erp.reservedLines': said = [], ...rest } = await at.red()
    expect(rest).toEqual({})
    expect(said.join('\n')).toMatch(/reserved 4000000, its open reservations add up to 0/)
    expect(said.join('\n')).toMatch(/names another order/)
    expect(said.join('\n')).toMatch(/8000000 are reserved, 4000000 are still to be delivered/)
  })

  it('a peg to an order that is cancelled, and one of another part', async () => {
    const { salesOrder, purchaseOrder } = await pegged('2')
    const order = await at.store.require('purchase-orders', purchaseOrder)
    const peg = await at.one('pegs', { demandId: salesOrder })
    await at.store.update('purchase-orders', purchaseOrder, { workflow: { ...order.workflow, state: 'cancelled' } as never })
    await at.store.update('pegs', peg.id, { part: world.parts.bike })
    restore = async () => {
      await at.store.update('purchase-orders', purchaseOrder, { workflow: order.workflow as never })
      await at.store.update('pegs', peg.id, { part: peg.part ?? null })
    }
    const said = (await at.red())['erp.pegs'] ?? []
    expect(said.join('\n')).toMatch(/is cancelled/)
    expect(said.join('\n')).toMatch(/is of part/)
  })
})
