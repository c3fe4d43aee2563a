import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Actor } from '../../plugins/core/access/actor.ts'
import { platformOf } from '../../plugins/core/platform/platform.ts'
import { linksView } from '../../plugins/core/views/links-view.ts'
import type { Booted } from '../support/boot-payload.ts'
import { stepsIn } from '../support/erp-steps.ts'
import { personWith, seedErpWorld, type ErpWorld } from '../support/erp-world.ts'
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

const look = (actor: Actor, id: string) => linksView({ platform: platformOf(booted.payload), store: steps.store, actor, language: 'en' }, id)

describe('the documents around an order', () => {
  it('are those that came from it, and what was taken back of them', async () => {
    const order = await steps.confirmed(world.customers.shop, [{ part: world.parts.helmet, quantity: '5' }])
    const delivery = await steps.deliver(order)
    await steps.drain()
    const [invoice] = await steps.from('invoices', 'salesOrder', order)
    await steps.send('invoices', String(invoice?.id), 'post')
    expect((await look(personWith('owner'), order)).filter(({ takesBack }) => takesBack)).toEqual([])

    await steps.send('deliveries', delivery, 'returnGoods', { reason: 'Wrong colour', lines: [{ line: (await steps.from('delivery-lines', 'delivery', delivery))[0]?.id, quantity: '2' }] })
    const [back] = await steps.from('sales-returns', 'delivery', delivery)
    await steps.send('sales-returns', String(back?.id), 'receive')
    const [note] = await steps.from('credit-notes', 'salesReturn', String(back?.id))
    await steps.send('credit-notes', String(note?.id), 'post')
    await steps.drain()

    const links = await look(personWith('owner'), order)
    expect(links.filter(({ takesBack }) => takesBack).map(({ direction, entity, title }) => [direction, entity, title]).sort()).toEqual([
      ['to', 'credit-notes', expect.stringMatching(/^CN-/)], ['to', 'sales-returns', expect.stringMatching(/^SR-/)],
    ])
    expect(links.map(({ entity }) => entity).sort()).toEqual(['credit-notes', 'deliveries', 'invoices', 'sales-returns'])
    // The delivery names its return itself, and no document stands twice.
    const ofDelivery = await look(personWith('owner'), delivery)
    expect(new Set(ofDelivery.map(({ id }) => id)).size).toBe(ofDelivery.length)
    expect(ofDelivery.map(({ entity }) => entity)).toContain('sales-returns')
  })
})
