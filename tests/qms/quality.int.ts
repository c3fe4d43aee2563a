import { readFileSync } from 'node:fs'
import { extractText, getDocumentProxy } from 'unpdf'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { runCommand } from '../../plugins/core/commands/run-command.ts'
import { drainWork } from '../../plugins/core/events/runner.ts'
import { buyer, desk, hire, owner, storekeeper } from '../erp/desk.ts'
import type { Booted } from '../support/boot-payload.ts'
import { faultsOfBooks, million, personWith, seedErpWorld, type ErpWorld } from '../support/erp-world.ts'
import { refusalOf } from '../support/erp-steps.ts'
import { signIn } from '../support/rest.ts'
import { bootPlatform } from '../support/test-platform.ts'

const inspector = personWith('inspector')
const manager = personWith('qualityManager')

let booted: Booted
let world: ErpWorld
let at: ReturnType<typeof desk>
beforeAll(async () => {
  booted = await bootPlatform()
  world = await seedErpWorld(booted.payload)
  await hire(booted.payload)
  for (const { id, name } of [inspector, manager]) await booted.payload.create({ collection: 'users', data: { id, name, email: `${id}@firm.example`, password: 'long enough for a test', language: 'en' } })
  at = desk(booted.payload)
})
afterAll(() => booted?.stop())

const drain = () => drainWork(booted.payload)
const characteristics = [
  { code: 'D1', name: 'Diameter', nameZh: '直径', kind: 'measured', nominal: '10', lowerLimit: '9.95', upperLimit: '10.05', unit: 'mm', method: 'Calliper' },
  { code: 'F2', name: 'Finish', nameZh: '外观', kind: 'attribute' },
  { code: 'S3', name: 'Strength', nameZh: '强度', kind: 'attribute', critical: true },
]
let made = 0
async function newPart(values: object = {}): Promise<string> {
  made += 1
  return at.create(owner, 'parts', { partNumber: `Q-${made}`, name: `Part ${made}`, unit: world.units.get('PCS'), makeOrBuy: 'buy', ...values })
}
const planFor = (part: string, values: object = {}) => {
  made += 1
  return at.create(manager, 'inspection-plans', { code: `P-${made}`, name: 'Plan', part, aql: '2.5', characteristics, ...values })
}

/** Ordered and received at 10.00 a piece. @returns the receipt */
async function received(part: string, quantity: string, supplier = world.suppliers.frames): Promise<string> {
  const order = await at.create(buyer, 'purchase-orders', { supplier, site: world.site }, [{ part, quantity, unitPrice: '10' }])
  await at.send(buyer, 'purchase-orders', order, 'submit')
  await at.send(buyer, 'purchase-orders', order, 'approve')
  await at.send(storekeeper, 'purchase-orders', order, 'receive')
  const receipt = await at.one('receipts', { purchaseOrder: order })
  await at.send(storekeeper, 'receipts', receipt.id, 'post')
  return receipt.id
}
const incoming = async (receipt: string) => {
  await drain()
  return (await at.one('inspections', { receipt })).id
}
const balances = async (part: string) =>
  Object.fromEntries((await at.store.find('stock-balances', { where: { part: { equals: part } } })).filter(({ onHand }) => onHand).map(({ stockStatus, onHand, available }) => [stockStatus, [Number(onHand) / million, Number(available) / million]]))

/** Enters readings of every unit of the sample; the first `bad` of them do not conform in `code`. */
async function inspected(id: string, bad = 0, code = 'F2'): Promise<void> {
  const samples = await at.store.find('inspection-samples', { where: { inspection: { equals: id } }, sort: 'position' })
  await runCommand(booted.payload, inspector, { action: 'edit', entity: 'inspections', id, lines: samples.map((sample, index) => ({ id: sample.id, readings: readings(index < bad ? code : '') })) })
}
const readings = (wrong: string) => [
  { characteristic: 'D1', measured: wrong === 'D1' ? '10.06' : '10.05' }, { characteristic: 'F2', result: wrong === 'F2' ? 'nok' : 'ok' }, { characteristic: 'S3', result: wrong === 'S3' ? 'nok' : 'ok' },
]
const start = (id: string) => at.send(inspector, 'inspections', id, 'start')

describe('a lot that arrives', () => {
  it('is on hold from the moment it is posted, in no order’s reach, and is released by its verdict', async () => {
    const part = await newPart()
    await planFor(part)
    const receipt = await received(part, '150')
    expect(await balances(part)).toEqual({ quarantine: [150, 150] })

    const order = await at.create(owner, 'sales-orders', { customer: world.customers.shop, requestedDate: world.today }, [{ part, quantity: '3', unitPrice: '20' }])
    await at.send(owner, 'sales-orders', order, 'submit')
    await at.send(owner, 'sales-orders', order, 'approve')
    expect(await at.store.find('reservations', { where: { salesOrder: { equals: order } } })).toEqual([])

    const id = await incoming(receipt)
    await drain()
    expect(await at.store.count('inspections', { receipt: { equals: receipt } })).toBe(1)
    expect(await refusalOf(runCommand(booted.payload, inspector, { action: 'edit', entity: 'inspections', id, lines: [{ units: 1 }] }))).toContain('There is no sample yet')
    await start(id)
    // 150 units: letter F, AQL 2.5: 20 units, accepted with 1.
    expect(await at.store.require('inspections', id)).toMatchObject({ severity: 'normal', codeLetter: 'F', sampleSize: 20, acceptanceNumber: 1, rejectionNumber: 2, stage: 'incoming' })
    expect(await refusalOf(at.send(inspector, 'inspections', id, 'accept'))).toContain('0 of 20 units are inspected')
    await inspected(id)
    expect(await refusalOf(at.send(storekeeper, 'inspections', id, 'accept'))).not.toBe('not refused')
    expect(await refusalOf(at.send(inspector, 'inspections', id, 'reject'))).toContain('0 nonconforming in 20, 1 are allowed')
    await at.send(inspector, 'inspections', id, 'accept')
    expect(await balances(part)).toEqual({ usable: [150, 150] })
    for (const [language, words] of [['en', ['Inspection certificate', 'D1 Diameter 10 9.95 10.05 mm 10.05 10.05 20 0', 'Sample size 20', 'Acceptable']], ['zh', ['检验报告', '直径', '样本量 n 20', '可接收']]] as const) {
      const { status, bytes } = await (await signIn(booted, ['owner'], `Reader ${language}`)).door(`/inspections/${id}/pdf?language=${language}`)
      expect(status).toBe(200)
      const { text } = await extractText(await getDocumentProxy(bytes.slice()), { mergePages: true })
      for (const word of words) expect(text.replace(/\s+/g, ' ')).toContain(word)
    }
    const [diameter] = (await at.store.require('inspections', id)).characteristics ?? []
    expect(diameter).toMatchObject({ lowest: 10_050_000, highest: 10_050_000, conforming: 20, failed: 0 })
    expect(await faultsOfBooks(booted.payload)).toEqual([])
  })

  it('goes to stock at once where no plan fits: another part, another supplier, or a plan out of use', async () => {
    const [other, mine, old] = [await newPart(), await newPart(), await newPart()]
    await planFor(mine, { supplier: world.suppliers.safety })
    await planFor(old, { status: 'inactive' })
    for (const part of [other, mine, old]) {
      await received(part, '5')
      expect(await balances(part)).toEqual({ usable: [5, 5] })
    }
    await received(mine, '5', world.suppliers.safety)
    expect(await balances(mine)).toEqual({ usable: [5, 5], quarantine: [5, 5] })
  })

  it('takes the plan of its supplier before the one for all', async () => {
    const part = await newPart()
    await planFor(part)
    const own = await planFor(part, { supplier: world.suppliers.frames })
    expect(await at.store.require('inspections', await incoming(await received(part, '5')))).toMatchObject({ plan: own })
  })

  it('is accepted with few nonconforming units, which are set aside', async () => {
    const part = await newPart()
    await planFor(part)
    const id = await incoming(await received(part, '150'))
    await start(id)
    await inspected(id, 1, 'D1')
    await at.send(inspector, 'inspections', id, 'accept')
    expect(await balances(part)).toEqual({ usable: [149, 149], blocked: [1, 1] })
    expect(await at.one('nonconformances', { inspection: id })).toMatchObject({ quantity: million, severity: 'major', description: 'D1 Diameter 直径: 1/20' })
  })

  it('is rejected for a single critical unit', async () => {
    const part = await newPart()
    await planFor(part)
    const id = await incoming(await received(part, '150'))
    await start(id)
    await inspected(id, 1, 'S3')
    expect(await refusalOf(at.send(inspector, 'inspections', id, 'accept'))).toContain('1 nonconforming, 1 of them in a critical characteristic')
    await at.send(inspector, 'inspections', id, 'acceptPart', { input: { acceptedQuantity: '120' }, reason: 'sorted' })
    expect(await balances(part)).toEqual({ usable: [120, 120], blocked: [30, 30] })
    expect(await at.one('nonconformances', { inspection: id })).toMatchObject({ quantity: 30 * million, severity: 'critical' })
  })

  it('stays what it is while it is on hold, and is released without inspection by a quality manager only', async () => {
    const part = await newPart()
    await planFor(part)
    const id = await incoming(await received(part, '4'))
    expect(await refusalOf(runCommand(booted.payload, inspector, { action: 'edit', entity: 'inspections', id, data: { quantity: '3' } }))).toContain('The lot is on hold')
    expect(await refusalOf(runCommand(booted.payload, owner, { action: 'discard', entity: 'inspections', id }))).toContain('Stock waits for the verdict')
    expect(await refusalOf(at.send(inspector, 'inspections', id, 'waive', { reason: 'hurry' }))).not.toBe('not refused')
    await at.send(manager, 'inspections', id, 'waive', { reason: 'proven supplier' })
    expect(await balances(part)).toEqual({ usable: [4, 4] })
  })
})

describe('a rejected lot', () => {
  it('is disposed of in parts that add up, each with its postings, and closes once rework was inspected', async () => {
    const part = await newPart()
    await planFor(part)
    const receipt = await received(part, '100')
    const id = await incoming(receipt)
    await start(id)
    await inspected(id, 4)
    await at.send(inspector, 'inspections', id, 'reject')
    expect(await balances(part)).toEqual({ blocked: [100, 100] })

    const nonconformance = await at.one('nonconformances', { inspection: id })
    const ncr = nonconformance.id
    await at.send(inspector, 'nonconformances', ncr, 'contain')
    const dispose = (lines: readonly object[]) => runCommand(booted.payload, manager, { action: 'edit', entity: 'nonconformances', id: ncr, lines })
    const [use, scrap, back] = [{ disposition: 'useAsIs', quantity: '50' }, { disposition: 'scrap', quantity: '10' }, { disposition: 'return', quantity: '15' }]
    await dispose([use, scrap, back])
    expect(await refusalOf(at.send(manager, 'nonconformances', ncr, 'decide'))).toContain('75 of 100 are decided')
    await dispose([use, scrap, back, { disposition: 'rework', quantity: '25' }])
    expect(await refusalOf(at.send(inspector, 'nonconformances', ncr, 'decide'))).not.toBe('not refused')
    await at.send(manager, 'nonconformances', ncr, 'decide')

    expect(await balances(part)).toEqual({ usable: [50, 50], quarantine: [25, 25] })
    // Ten scrapped at 10.00, fifteen back to the supplier at what they were received at; the accrual falls by as much.
    expect(await at.entryOf(ncr)).toEqual({ inventory: -25_000, inventoryAdjustment: 10_000, grni: 15_000 })
    expect(await at.one('purchase-order-lines', { part })).toMatchObject({ receivedQuantity: 100 * million, rejectedQuantity: 15 * million })
    expect(await at.store.require('receipts', receipt)).toMatchObject({ costTotal: 85_000 })

    expect(await refusalOf(at.send(manager, 'nonconformances', ncr, 'close'))).toContain('What was reworked waits for')
    const again = await at.one('inspections', { nonconformance: ncr })
    expect(again).toMatchObject({ quantity: 25 * million, onHold: true })
    await start(again.id)
    await inspected(again.id)
    await at.send(inspector, 'inspections', again.id, 'accept')
    expect(await balances(part)).toEqual({ usable: [75, 75] })
    await at.send(manager, 'nonconformances', ncr, 'close')
    expect(await at.stateOf('nonconformances', ncr)).toBe('closed')
    // What was inspected again is no lot of the series.
    expect(await at.one('sampling-series', { lastInspection: id })).toMatchObject({ lots: 1 })
    expect(await at.red()).toEqual({})
  })

  it('goes back only as far as it is not billed', async () => {
    const part = await newPart()
    await planFor(part)
    const receipt = await received(part, '20')
    const id = await incoming(receipt)
    const { purchaseOrder } = await at.store.require('receipts', receipt)
    await at.send(owner, 'purchase-orders', purchaseOrder, 'bill', { input: { supplierReference: 'Q-77' } })
    await at.send(owner, 'supplier-bills', (await at.one('supplier-bills', { purchaseOrder })).id, 'post')
    await start(id)
    await inspected(id, 3)
    await at.send(inspector, 'inspections', id, 'reject')
    const { id: ncr } = await at.one('nonconformances', { inspection: id })
    await at.send(inspector, 'nonconformances', ncr, 'contain')
    await runCommand(booted.payload, manager, { action: 'edit', entity: 'nonconformances', id: ncr, lines: [{ disposition: 'return', quantity: '20' }] })
    expect(await refusalOf(at.send(manager, 'nonconformances', ncr, 'decide'))).toContain('0 are not billed yet, 20 are to go back')
    expect(await balances(part)).toEqual({ blocked: [20, 20] })
  })

  it('may be one that nobody inspected: containing it takes the stock out of reach', async () => {
    const part = await newPart()
    await received(part, '8')
    const [{ location = '' } = {}] = await at.store.find('stock-balances', { where: { part: { equals: part } } })
    const open = (quantity: string) => at.create(inspector, 'nonconformances', { part, location, quantity })
    expect(await refusalOf(at.send(inspector, 'nonconformances', await open('9'), 'contain'))).toContain('8 are available')
    const ncr = await open('3')
    await at.send(inspector, 'nonconformances', ncr, 'contain')
    expect(await balances(part)).toEqual({ usable: [5, 5], blocked: [3, 3] })
    await runCommand(booted.payload, manager, { action: 'edit', entity: 'nonconformances', id: ncr, lines: [{ disposition: 'rework', quantity: '3' }] })
    expect(await refusalOf(at.send(manager, 'nonconformances', ncr, 'decide'))).toContain('the part has no inspection plan')
    await runCommand(booted.payload, manager, { action: 'edit', entity: 'nonconformances', id: ncr, lines: [{ disposition: 'return', quantity: '3' }] })
    expect(await refusalOf(at.send(manager, 'nonconformances', ncr, 'decide'))).toContain('Only what came with a goods receipt')
  })
})

describe('one lot after the other', () => {
  it('is inspected tightened after two of five, not at all after five more, and again once someone resumes it', async () => {
    const part = await newPart()
    const plan = await planFor(part, { stage: 'final' })
    const opened = () => at.create(inspector, 'inspections', { plan, quantity: '150' })
    const lot = async (bad: number) => {
      const id = await opened()
      await start(id)
      const { severity, sampleSize, acceptanceNumber } = await at.store.require('inspections', id)
      await inspected(id, bad)
      await at.send(inspector, 'inspections', id, bad > (acceptanceNumber ?? 0) ? 'reject' : 'accept')
      return `${severity} ${sampleSize} ${acceptanceNumber}`
    }
    const series = () => at.one('sampling-series', { plan })
    // Letter F at 2.5: normal 20 units, 1 allowed; tightened leads to G: 32 units, 1 allowed.
    expect([await lot(2), await lot(1), await lot(2)]).toEqual(['normal 20 1', 'normal 20 1', 'normal 20 1'])
    expect(await at.stateOf('sampling-series', (await series()).id)).toBe('tightened')
    for (const bad of [2, 2, 0, 2, 2, 2]) expect(await lot(bad)).toBe('tightened 32 1')
    expect(await at.stateOf('sampling-series', (await series()).id)).toBe('discontinued')
    const waiting = await opened()
    expect(await refusalOf(start(waiting))).toContain('sampling is discontinued')
    expect(await refusalOf(at.send(inspector, 'sampling-series', (await series()).id, 'resume', { reason: 'x' }))).not.toBe('not refused')
    await at.send(manager, 'sampling-series', (await series()).id, 'resume', { reason: 'New die, first articles approved' })
    await start(waiting)
    expect(await at.store.require('inspections', waiting)).toMatchObject({ severity: 'tightened' })
    for (let good = 0; good < 5; good += 1) expect(await lot(0)).toBe('tightened 32 1')
    expect(await series()).toMatchObject({ lots: 14, score: 0, acceptedInRow: 0, notAccepted: 0 })
    expect(await at.stateOf('sampling-series', (await series()).id)).toBe('normal')
  })
})

it('verdicts at the same moment all count, in one series', async () => {
  const plan = await planFor(await newPart(), { stage: 'final' })
  const ids: string[] = []
  for (let lot = 0; lot < 4; lot += 1) ids.push(await at.create(inspector, 'inspections', { plan, quantity: '8' }))
  for (const id of ids) {
    await start(id)
    await inspected(id)
  }
  await Promise.all(ids.map((id) => at.send(inspector, 'inspections', id, 'accept')))
  expect(await at.one('sampling-series', { plan })).toMatchObject({ lots: 4, recent: [true, true, true, true] })
})

it('the proof of the firm finds what is shared out wrongly, and what is on hold and not there', async () => {
  const part = await newPart()
  await planFor(part)
  const id = await incoming(await received(part, '4'))
  expect(await at.red()).toEqual({})
  await at.store.update('inspections', id, { quantity: 5 * million })
  const [done] = await at.store.find('inspections', { where: { 'workflow.state': { equals: 'accepted' } }, limit: 1 })
  await at.store.update('inspections', done?.id ?? '', { acceptedQuantity: { $inc: 1 } })
  expect(Object.fromEntries(Object.entries(await at.red()).map(([name, failures]) => [name, failures.length]))).toEqual({ 'qms.verdicts': 1, 'qms.holds': 1 })
  await at.store.update('inspections', id, { quantity: 4 * million })
  await at.store.update('inspections', done?.id ?? '', { acceptedQuantity: { $inc: -1 } })
})

describe('what is entered', () => {
  it('is refused by name: a reading of another kind, of nothing, twice, or of more units than were drawn', async () => {
    const part = await newPart()
    const id = await at.create(inspector, 'inspections', { plan: await planFor(part, { stage: 'final' }), quantity: '5' })
    await start(id)
    const [sample] = await at.store.find('inspection-samples', { where: { inspection: { equals: id } }, sort: 'position' })
    const enter = (own: readonly object[], units = 1) => refusalOf(runCommand(booted.payload, inspector, { action: 'edit', entity: 'inspections', id, lines: [{ id: sample?.id, units, readings: own }] }))
    expect(await enter([{ characteristic: 'D1', result: 'ok' }])).toContain('D1 is measured')
    expect(await enter([{ characteristic: 'F2', measured: '1' }])).toContain('F2 is not measured')
    expect(await enter([{ characteristic: 'X9', result: 'ok' }])).toContain('no characteristic X9')
    expect(await enter([{ characteristic: 'F2', result: 'ok' }, { characteristic: 'F2', result: 'nok' }])).toContain('two readings')
    expect(await enter([], 6)).toContain('6 units are entered, the sample has 5')
    // Units that are alike stand in one row.
    expect(await enter(readings(''), 5)).toBe('not refused')
    expect(await at.store.require('inspections', id)).toMatchObject({ inspectedUnits: 5, nonconforming: 0, judgement: 'accept' })
  })

  it('is a plan that can be carried out', async () => {
    const part = await newPart()
    const told = (values: object) => refusalOf(planFor(part, values))
    expect(await told({ characteristics: [{ name: 'Width', kind: 'measured' }] })).toContain('enter a limit')
    expect(await told({ characteristics: [{ name: 'Width', kind: 'measured', lowerLimit: '2', upperLimit: '1' }] })).toContain('the lower limit is above')
    expect(await told({ characteristics: [{ code: '1', name: 'A', kind: 'attribute' }, { code: '1', name: 'B', kind: 'attribute' }] })).toContain('stands there twice')
    expect(await told({ aql: '25' })).toContain('nonconformities per 100 units')
    const empty = await planFor(part, { stage: 'final', characteristics: [] })
    expect(await refusalOf(start(await at.create(inspector, 'inspections', { plan: empty, quantity: '5' })))).toContain('no characteristics yet')
  })

  it('takes every unit of a lot that is no larger than its sample, and of a plan that says so', async () => {
    const part = await newPart()
    const small = await at.create(inspector, 'inspections', { plan: await planFor(part, { stage: 'final' }), quantity: '3' })
    const all = await at.create(inspector, 'inspections', { plan: await planFor(part, { stage: 'final', sampling: 'all' }), quantity: '250.5' })
    for (const id of [small, all]) await start(id)
    expect(await at.store.require('inspections', small)).toMatchObject({ sampleSize: 3, codeLetter: 'C' })
    expect(await at.store.require('inspections', all)).toMatchObject({ sampleSize: 251, acceptanceNumber: 0, rejectionNumber: 1 })
    expect((await at.store.find('inspection-samples', { where: { inspection: { equals: all } } })).map(({ units }) => units)).toEqual([251])
  })
})

it('the example of docs/qms.md is done as it stands there', async () => {
  const { door } = await signIn(booted, ['owner'])
  const names: Record<string, string> = { part: await newPart() }
  const ids: (string | null)[] = []
  for (const [, method = '', path = '', body = ''] of readFileSync('docs/qms.md', 'utf8').matchAll(/```http\n(\w+) \/api(\S+)\n([\s\S]*?)```/g)) {
    const filled = (text: string) => text.replaceAll(/<(\w+)>/g, (_, name: string) => names[name] ?? name)
    const answer = await door(filled(path), { method, ...(body ? { raw: filled(body), headers: { 'Content-Type': 'application/json' } } : {}) })
    expect(answer.status, answer.text).toBeLessThan(300)
    const { id } = answer.body as { id: string }
    ids.push(id)
    if (path === '/inspection-plans') names.plan = id
    if (path === '/inspections') names.inspection = id
    if (!path.endsWith('/start')) continue
    const samples = await at.store.find('inspection-samples', { where: { inspection: { equals: id } }, sort: 'position' })
    Object.assign(names, { first: samples[0]?.id, second: samples[1]?.id })
  }
  expect(ids).toHaveLength(5)
  expect(await at.store.require('inspections', names.inspection ?? '')).toMatchObject({ judgement: 'accept', acceptedQuantity: 2 * million, verdictDate: world.today })
})
