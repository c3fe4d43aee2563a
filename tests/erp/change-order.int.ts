import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import type { EventPreview } from '../../plugins/core/views/event-preview.ts'
import type { Booted } from '../support/boot-payload.ts'
import { refusalOf, spoken, stepsIn } from '../support/erp-steps.ts'
import { faultsOfBooks, personWith, seedErpWorld, type ErpWorld } from '../support/erp-world.ts'
import { askGraphql } from '../support/graphql.ts'
import { signIn, type Person } from '../support/rest.ts'
import { bootPlatform } from '../support/test-platform.ts'

let booted: Booted
let world: ErpWorld
let steps: ReturnType<typeof stepsIn>
let manager: Person

beforeAll(async () => {
  booted = await bootPlatform()
  world = await seedErpWorld(booted.payload)
  steps = stepsIn(world)
  manager = await signIn(booted, ['salesManager'])
})
afterAll(() => booted?.stop())
afterEach(async () => {
  await steps.drain()
  expect(await faultsOfBooks(booted.payload)).toEqual([])
})

const helmet = (quantity: string, more: object = {}) => ({ part: world.parts.helmet, quantity, ...more })
const bike = (quantity: string, more: object = {}) => ({ part: world.parts.bike, quantity, ...more })
const change = (order: string, more: object) => steps.send('sales-orders', order, 'change', { reason: 'Customer asked', ...more })
const fieldsOf = (preview: EventPreview) => Object.fromEntries(preview.fields.map(({ field, before, after }) => [field.name, [before, after]]))
const figuresOf = (preview: EventPreview) => Object.fromEntries(preview.figures.map(({ name, before, after }) => [name, [before, after]]))
const linesOf = async (order: string) => (await steps.linesOf(order)).map(({ part, quantity, unitPrice, netAmount, reservedQuantity, position }) =>
  [position, part === world.parts.helmet ? 'helmet' : 'bike', spoken(quantity), spoken(unitPrice), netAmount, spoken(reservedQuantity)])

describe('a change of a confirmed order', () => {
  it('adds lines that are named, priced, taxed and reserved like those of a draft', async () => {
    const order = await steps.confirmed(world.customers.shop, [helmet('5')])
    const newLines = [bike('2', { requestedDate: world.today }), helmet('1', { unitPrice: '75' })]
    const preview = await steps.preview('sales-orders', order, 'change', { newLines })
    expect(fieldsOf(preview)).toMatchObject({ netTotal: ['400.00', '1475.00'], taxTotal: ['52.00', '191.75'], orderVersion: [1, 2] })
    expect(preview.lines.map(({ kind, position, title }) => [kind, position, title])).toEqual([['added', 2, 'Bicycle'], ['added', 3, 'Helmet']])
    expect(await linesOf(order)).toEqual([[1, 'helmet', 5, 80, 40_000, 5]])
    await change(order, { newLines })
    expect(await linesOf(order)).toEqual([[1, 'helmet', 5, 80, 40_000, 5], [2, 'bike', 2, 500, 100_000, 2], [3, 'helmet', 1, 75, 7_500, 1]])
    expect(await steps.get('sales-orders', order)).toMatchObject({ netTotal: 147_500, grandTotal: 166_675, orderVersion: 2, marginAmount: 147_500 - 6 * 4_000 - 60_000 })
    const [, added] = await steps.linesOf(order)
    expect(added).toMatchObject({ description: 'Bicycle', requestedDate: world.today, unitNumerator: 1, unitCost: 300_000_000 })
    expect(added?.taxCode).toBeTruthy()
    await steps.deliver(order)
    expect(await steps.get('sales-orders', order)).toMatchObject({ deliveryStatus: 'complete' })
  })

  it('adds nothing that may not be sold, and says which row', async () => {
    const order = await steps.confirmed(world.customers.shop, [helmet('1')])
    const frame = await steps.create('parts', { partNumber: `RAW-${order.slice(-6)}`, name: 'Raw frame', unit: world.units.get('PCS'), sellable: false, listPrice: '5' })
    expect(await refusalOf(change(order, { newLines: [helmet('1'), { part: frame, quantity: '1' }] }))).toContain('New line 2: Part RAW-')
    expect(await refusalOf(change(order, { newLines: [helmet('0')] }))).toContain('New line 1: HELMET: enter a quantity above zero')
    expect(await refusalOf(change(order, { newLines: [{ part: 'nothing', quantity: '1' }] }))).toContain('no such part')
    expect(await refusalOf(change(order, { newLines: [{ quantity: '1' }] }))).toContain('Part is required')
    expect(await refusalOf(steps.send('sales-orders', order, 'reserve', { newLines: [helmet('1')] }))).toContain('adds no lines')
    expect(await linesOf(order)).toHaveLength(1)
  })

  it('cancels the open rest of a line', async () => {
    const order = await steps.confirmed(world.customers.shop, [helmet('5'), bike('2')])
    const [first, second] = await steps.linesOf(order)
    await steps.deliver(order, [{ line: first?.id, quantity: '2' }])
    await change(order, { lines: [{ line: first?.id, cancelRest: true }, { line: second?.id, cancelRest: true }] })
    expect(await linesOf(order)).toEqual([[1, 'helmet', 2, 80, 16_000, 0], [2, 'bike', 0, 500, 0, 0]])
    expect(await steps.get('sales-orders', order)).toMatchObject({ netTotal: 16_000, deliveryStatus: 'complete' })
  })

  it('is refused with every line by its number and part', async () => {
    const order = await steps.confirmed(world.customers.shop, [helmet('5'), bike('2')])
    const [first, second] = await steps.linesOf(order)
    await steps.deliver(order)
    const refusal = await refusalOf(change(order, { lines: [{ line: second?.id, quantity: '1' }, { line: first?.id, quantity: '4' }] }))
    expect(refusal).toContain('Line 1 (HELMET): 5 are delivered already.')
    expect(refusal).toContain('Line 2 (BIKE): 2 are delivered already.')
    expect(await refusalOf(change(order, { lines: [{ line: 'elsewhere', quantity: '1' }] }))).toContain('does not belong to this order')
  })

  it('takes another payment term, as the refusal of a missing deposit says', async () => {
    const order = await steps.confirmed(world.customers.shop, [helmet('2')], { paymentTerm: world.paymentTerms.get('DEP30') })
    expect(await refusalOf(steps.send('sales-orders', order, 'deliver'))).toContain('change the payment term')
    const preview = await steps.preview('sales-orders', order, 'change', { input: { paymentTerm: world.paymentTerms.get('NET30') } })
    expect(figuresOf(preview)).toMatchObject({ 'deposit.asked': ['54.24', '0.00'], 'deposit.missing': ['54.24', '0.00'] })
    expect(preview.titles['payment-terms']?.[String(world.paymentTerms.get('NET30'))]?.title).toBeTruthy()
    await change(order, { input: { paymentTerm: world.paymentTerms.get('NET30') } })
    expect(await refusalOf(change(order, { input: { paymentTerm: 'none' } }))).toContain('no such payment term')
    await steps.deliver(order)
  })

  it('stays within the credit limit, with what is possible instead', async () => {
    const order = await steps.confirmed(world.customers.club, [helmet('5')])
    const preview = await steps.preview('sales-orders', order, 'change', { newLines: [helmet('2')] })
    expect(figuresOf(preview)).toMatchObject({ 'credit.used': ['452.00', '632.80'], 'credit.left': ['548.00', '367.20'] })
    const refusal = await refusalOf(change(order, { newLines: [bike('2')] }))
    expect(refusal).toContain('would owe 1582.00, above the credit limit of 1000.00')
    expect(refusal).not.toContain('confirm over the limit')
    await change(order, { lines: [{ line: (await steps.linesOf(order))[0]?.id, quantity: '1' }] })
    await steps.send('sales-orders', order, 'cancel', { reason: 'End of the test' })
  })
})

describe('the preview of a change', () => {
  it('tells what no longer fits: shortage, drafts, deposit', async () => {
    const order = await steps.confirmed(world.customers.shop, [helmet('10'), bike('1')], { paymentTerm: world.paymentTerms.get('DEP30') })
    const [first, second] = await steps.linesOf(order)
    await steps.send('sales-orders', order, 'requestDeposit')
    const [deposit] = await steps.from('invoices', 'salesOrder', order)
    await steps.send('invoices', String(deposit?.id), 'post')
    await steps.pay(String(deposit?.id), '440.70')
    await steps.send('sales-orders', order, 'deliver', { lines: [{ line: first?.id, quantity: '10' }] })
    const smaller = await steps.preview('sales-orders', order, 'change', { lines: [{ line: first?.id, quantity: '4' }, { line: second?.id, cancelRest: true }] })
    expect(smaller.warnings.map(({ en }) => en).join(' ')).toMatch(/ask for 10 of line 1 \(HELMET\), 4 would be open/)
    expect(fieldsOf(smaller)).toMatchObject({ grandTotal: ['1469.00', '361.60'], paymentStatus: ['partial', 'complete'] })
    expect(smaller.warnings.map(({ en }) => en).join(' ')).toContain('come to more than the order would')
    const larger = await steps.preview('sales-orders', order, 'change', { lines: [{ line: second?.id, quantity: '50' }] })
    expect(figuresOf(larger).shortage?.[0]).toBeNull()
    expect(figuresOf(larger).shortage?.[1]).toMatchObject({ en: expect.stringMatching(/^BIKE \d+$/) as string })
    expect(larger.warnings.map(({ en }) => en).join(' ')).toContain('deposit is not paid in full')
    expect(await steps.get('sales-orders', order)).toMatchObject({ orderVersion: 1, grandTotal: 146_900 })
  })

  it('leaves nothing behind', async () => {
    const order = await steps.confirmed(world.customers.shop, [helmet('3')])
    const counts = async () => Promise.all(['history', 'events', 'work-items', 'reservations', 'sales-order-lines', 'deliveries', 'idempotency-keys'].map((entity) => steps.store.count(entity)))
    const before = await counts()
    await steps.preview('sales-orders', order, 'change', { newLines: [helmet('1')] })
    const made = await steps.preview('sales-orders', order, 'deliver')
    expect(made.documents).toMatchObject([{ entity: 'deliveries', kind: 'created' }])
    expect(await counts()).toEqual(before)
  })

  it('names lines in the language of who looks', async () => {
    const order = await steps.confirmed(world.customers.shop, [helmet('3'), helmet('1', { description: 'Helmet for a child' })])
    const lines = (await steps.linesOf(order)).map(({ id }) => ({ line: id, quantity: '4' }))
    const look = async (language: 'en' | 'zh') => steps.preview('sales-orders', order, 'change', { language, lines, newLines: [bike('1')] })
    const [english, chinese] = [await look('en'), await look('zh')]
    expect(english.lines.map(({ title }) => title)).toEqual(['Helmet', 'Helmet for a child', 'Bicycle'])
    expect(chinese.lines.map(({ title }) => title)).toEqual(['头盔', 'Helmet for a child', '自行车'])
    expect(chinese.lines.at(-1)?.fields.find(({ field }) => field.name === 'description')).toMatchObject({ before: null, after: '自行车' })
  })

  it('is refused as the change itself, and for who may not make it', async () => {
    const order = await steps.confirmed(world.customers.shop, [helmet('3')])
    const [line] = await steps.linesOf(order)
    await steps.deliver(order)
    expect(await refusalOf(steps.preview('sales-orders', order, 'change', { lines: [{ line: line?.id, quantity: '1' }] }))).toContain('Line 1 (HELMET)')
    expect(await refusalOf(steps.preview('sales-orders', order, 'change', { as: personWith('storekeeper') }))).not.toBe('not refused')
  })

  it('over REST and GraphQL', async () => {
    const order = await steps.confirmed(world.customers.shop, [helmet('3')])
    const body = { newLines: [helmet('1')] }
    const rest = await manager.door(`/sales-orders/${order}/events/change/preview`, { method: 'POST', body })
    expect(rest.status).toBe(200)
    expect(fieldsOf(rest.body as EventPreview)).toMatchObject({ grandTotal: ['271.20', '361.60'] })
    const query = 'query ($id: String!, $newLines: JSON) { previewEvent(entity: "sales-orders", id: $id, event: "change", newLines: $newLines) }'
    const answer = await askGraphql(booted.payload, { id: manager.id, email: manager.email, roles: ['salesManager'] }, query, { id: order, ...body })
    expect(answer.errors).toBeUndefined()
    expect(fieldsOf((answer.data as unknown as { previewEvent: EventPreview }).previewEvent)).toMatchObject({ grandTotal: ['271.20', '361.60'] })
    expect(await steps.get('sales-orders', order)).toMatchObject({ orderVersion: 1 })
  })
})
