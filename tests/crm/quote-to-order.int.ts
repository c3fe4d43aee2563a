import type { Payload } from 'payload'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { runDueWork, drainWork } from '../../plugins/core/events/runner.ts'
import { systemActor } from '../../plugins/core/access/actor.ts'
import { runCommand } from '../../plugins/core/commands/run-command.ts'
import { openStore } from '../../plugins/core/data/open-store.ts'
import type { Booted } from '../support/boot-payload.ts'
import { seedErpWorld, type ErpWorld } from '../support/erp-world.ts'
import { bootPlatform } from '../support/test-platform.ts'

let booted: Booted
let payload: Payload
let world: ErpWorld

beforeAll(async () => {
  booted = await bootPlatform()
  payload = booted.payload
  world = await seedErpWorld(payload)
})
afterAll(() => booted?.stop())

const send = (entity: string, id: string, event: string, more: { input?: object; lines?: object[] } = {}) =>
  runCommand(payload, systemActor, { action: 'send', entity, id, event, ...more })

it('an accepted quote makes one order as it was offered, however often it is accepted or told', async () => {
  const store = openStore(payload)
  const { id } = await runCommand(payload, systemActor, {
    action: 'create', entity: 'quotes', data: { customer: world.customers.shop, requestedDate: world.today, note: 'Before the tour' },
    lines: [{ part: world.parts.bike, quantity: '3', discountPercent: '10' }, { part: world.parts.assembly, quantity: '3', unitPrice: '45' }],
  })
  const quote = String(id)
  await send('quotes', quote, 'send')
  await Promise.allSettled(Array.from({ length: 4 }, () => send('quotes', quote, 'accept')))
  await Promise.all([drainWork(payload), runDueWork(payload)])
  // The event is told again, as it may be after a crash.
  for (const item of await store.find('work-items', { where: { handler: { equals: 'erp.orderOfQuote' } } })) {
    await store.update('work-items', item.id, { status: 'pending', leaseUntil: null })
  }
  await drainWork(payload)

  const offered = await store.require('quotes', quote)
  const orders = await store.find('sales-orders', { where: { quote: { equals: quote } } })
  expect(orders).toMatchObject([{
    customer: world.customers.shop, note: 'Before the tour', netTotal: offered.netTotal, taxTotal: offered.taxTotal, grandTotal: offered.grandTotal, traceId: offered.traceId,
  }])
  expect(offered.netTotal).toBe(135_000 + 13_500)
  const lines = await store.find('sales-order-lines', { where: { salesOrder: { equals: orders[0]?.id } }, sort: 'position' })
  expect(lines).toMatchObject([{ part: world.parts.bike, discountPercent: 10_000_000, netAmount: 135_000 }, { part: world.parts.assembly, unitPrice: 45_000_000 }])
})

it('the price of the offer stays, though the price list changed before it was accepted', async () => {
  const store = openStore(payload)
  const { id } = await runCommand(payload, systemActor, {
    action: 'create', entity: 'quotes', data: { customer: world.customers.shop, requestedDate: world.today }, lines: [{ part: world.parts.bike, quantity: '1' }],
  })
  const quote = String(id)
  await send('quotes', quote, 'send')
  const price = await store.findOne('prices', { and: [{ part: { equals: world.parts.bike } }, { minimumQuantity: { equals: 0 } }] })
  await runCommand(payload, systemActor, { action: 'edit', entity: 'prices', id: String(price?.id), data: { price: '999' } })
  await send('quotes', quote, 'accept')
  await drainWork(payload)
  expect(await store.findOne('sales-orders', { quote: { equals: quote } })).toMatchObject({ netTotal: 50_000 })
})
