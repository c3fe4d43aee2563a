import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { systemActor } from '../../plugins/core/access/actor.ts'
import { addDays } from '../../plugins/core/engine/dates.ts'
import type { FigureView, HomeView } from '../../plugins/core/home/home-view.ts'
import { traceOf } from '../../plugins/core/trace/trace.ts'
import type { Booted } from '../support/boot-payload.ts'
import { stepsIn } from '../support/erp-steps.ts'
import { seedErpWorld, type ErpWorld } from '../support/erp-world.ts'
import { signIn, type Person } from '../support/rest.ts'
import { bootPlatform } from '../support/test-platform.ts'

let booted: Booted
let world: ErpWorld
let steps: ReturnType<typeof stepsIn>
let owner: Person
let order: string

const home = async () => (await owner.door('/home')).body as HomeView
const figure = async (name: string): Promise<FigureView> => {
  const found = (await home()).figures.find((one) => one.name === name)
  if (!found) throw new Error(`The home page has no figure ${name}.`)
  return found
}
const sources = ({ sources: all }: FigureView) => Object.fromEntries(all.map(({ label, value }) => [label.en, value]))

beforeAll(async () => {
  booted = await bootPlatform()
  world = await seedErpWorld(booted.payload)
  steps = stepsIn(world)
  owner = await signIn(booted, ['owner'])
  order = await steps.confirmed(world.customers.shop, [{ part: world.parts.bike, quantity: '4' }, { part: world.parts.helmet, quantity: '10' }])
})
afterAll(() => booted?.stop())

describe('health figures', () => {
  it('stock equals books, and a difference is told with both sides', async () => {
    const good = await figure('erp.stockEqualsBooks')
    expect([good.tone, good.measure.value, sources(good)]).toEqual(['good', '7000.00', { 'Stock ledger': '7000.00', 'Inventory account': '7000.00', Difference: '0.00' }])
    const [row] = await steps.store.find('stock-values', { where: { part: { equals: world.parts.bike } } })
    await steps.store.update('stock-values', String(row?.id), { value: { $inc: 1 } })
    const bad = await figure('erp.stockEqualsBooks')
    expect([bad.tone, bad.measure.value, sources(bad)]).toEqual(['bad', '0.01', { 'Stock ledger': '7000.01', 'Inventory account': '7000.00', Difference: '0.01' }])
    await steps.store.update('stock-values', String(row?.id), { value: { $inc: -1 } })
  })

  it('an order is late once its promised day has passed, until all of it is delivered', async () => {
    expect((await figure('erp.lateOrders')).tone).toBe('good')
    await steps.store.update('sales-orders', order, { promisedDate: addDays(world.today, -3) })
    const late = await figure('erp.lateOrders')
    expect([late.tone, late.measure.value]).toEqual(['warning', '1'])
    expect(sources(late)).toMatchObject({ 'Late sales orders': '1', 'All open to deliver': '1', 'The latest is late by': '3' })
    const [row] = (await home()).work.find(({ urgent }) => urgent)?.rows ?? []
    expect(row).toMatchObject({ id: order, date: { due: true }, event: { event: 'deliver', allowed: true } })
    expect(row?.reason).toEqual({ en: 'To deliver: BIKE 4, HELMET 10. All of it is reserved.', zh: '待发：BIKE 4、HELMET 10。均已预留。' })
    await steps.send('sales-orders', order, 'change', { reason: 'More', lines: [{ line: (await steps.linesOf(order))[0]?.id, quantity: '13' }] })
    const [short] = (await home()).work.find(({ urgent }) => urgent)?.rows ?? []
    expect(short?.reason?.en).toBe('To deliver: BIKE 13, HELMET 10. Not in stock: BIKE 3.')
    await steps.send('sales-orders', order, 'change', { reason: 'Back', lines: [{ line: (await steps.linesOf(order))[0]?.id, quantity: '4' }] })
  })

  it('counts what stands still until a person decides', async () => {
    expect((await figure('erp.blockedItems')).measure.value).toBe('0')
    const [balance] = await steps.store.find('stock-balances', { where: { part: { equals: world.parts.helmet } } })
    await steps.store.update('stock-balances', String(balance?.id), { stockStatus: 'blocked' })
    expect(sources(await figure('erp.blockedItems'))).toMatchObject({ 'Stock on hold': '1', 'Blocked supplier bills': '0', 'Dead letters': '0' })
    await steps.store.update('stock-balances', String(balance?.id), { stockStatus: 'usable' })
  })
})

describe('a life in documents', () => {
  it('tells in the trace how much went from each to the next, and in the charts what was ordered and is still to come', async () => {
    const [bikeLine] = await steps.linesOf(order)
    const first = await steps.deliver(order, [{ line: String(bikeLine?.id), quantity: '3' }])
    await steps.send('sales-orders', order, 'invoice')
    const [invoice] = await steps.from('invoices', 'salesOrder', order)
    await steps.send('invoices', String(invoice?.id), 'post')
    const payment = await steps.pay(String(invoice?.id), '1000.00')
    await steps.drain()

    const { traceId } = await steps.get('sales-orders', order)
    const trace = await traceOf(booted.payload, systemActor, String(traceId))
    const node = (id: string) => trace.nodes.find((one) => one.id === id)
    expect(node(order)).toMatchObject({ lines: 2, quantity: '14', amount: '3164.00', date: world.today, state: 'confirmed' })
    expect(node(first)).toMatchObject({ lines: 1, quantity: '3', state: 'posted' })
    const edge = (from: string, to: string) => trace.edges.find((one) => one.from === from && one.to === to)
    expect(edge(order, first)).toMatchObject({ kind: 'link', quantity: '3' })
    expect(edge(order, String(invoice?.id))).toMatchObject({ quantity: '3' })
    expect(edge(String(invoice?.id), payment)).toMatchObject({ amount: '1000.00' })

    const { charts } = await home()
    const rows = (name: string) => charts.find((chart) => chart.name === name)?.rows ?? []
    expect(rows('erp.ordersPerWeek').map(({ values }) => values[0])).toEqual([...Array<string>(11).fill('0.00'), '2800.00'])
    const expected = rows('erp.cashExpected').reduce((sum, { values }) => sum + Number(values[0]), 0)
    expect(expected).toBe(1695 - 1000)
  })

  it('redacts what a role may not read, and how much went there', async () => {
    const store = await signIn(booted, ['storekeeper'])
    const { traceId } = await steps.get('sales-orders', order)
    const { nodes, edges } = (await store.door(`/trace/${String(traceId)}`)).body as Awaited<ReturnType<typeof traceOf>>
    const invoice = nodes.find(({ entity }) => entity === 'invoices')
    expect(invoice).toMatchObject({ redacted: true, number: null, amount: null, quantity: null })
    expect(nodes.find(({ entity }) => entity === 'sales-orders')).toMatchObject({ redacted: false, amount: null })
    const touching = edges.filter(({ to, from }) => to === invoice?.id || from === invoice?.id)
    expect(touching.length).toBeGreaterThan(1)
    expect(touching.filter(({ quantity, amount }) => quantity !== null || amount !== null)).toEqual([])
  })
})
