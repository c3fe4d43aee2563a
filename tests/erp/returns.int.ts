import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import type { HomeView } from '../../plugins/core/home/home-view.ts'
import type { Booted } from '../support/boot-payload.ts'
import { stepsIn } from '../support/erp-steps.ts'
import { faultsOfBooks, seedErpWorld, type ErpWorld } from '../support/erp-world.ts'
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
