import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { systemActor } from '../../plugins/core/access/actor.ts'
import { transact } from '../../plugins/core/commands/transact.ts'
import { openStore } from '../../plugins/core/data/open-store.ts'
import type { Booted } from '../support/boot-payload.ts'
import { openDesk } from '../support/import-world.ts'
import { signIn, type Person } from '../support/rest.ts'
import { createSampleFirm, type SampleFirm } from '../support/sample-firm.ts'
import { bootPlatform } from '../support/test-platform.ts'

/*
 * export → import → export gives the same bytes, for records with everything that a file could lose. What is generated follows from the
 * seed, which a failure prints; TEST_BUDGET=full takes more of it.
 */
const rounds = process.env.TEST_BUDGET === 'full' ? 8 : 2
const recordsPerRound = 40

let booted: Booted
let firm: SampleFirm
let owner: Person

beforeAll(async () => {
  booted = await bootPlatform()
  firm = await createSampleFirm(booted.payload)
  owner = await signIn(booted, ['owner'])
})
afterAll(() => booted?.stop())

const store = () => openStore(booted.payload)

/** What people type and paste, and what a file may spoil; never blanks at an end, which no door keeps. */
const words = fc.array(fc.oneof(
  { weight: 3, arbitrary: fc.constantFrom('中文', '自行车', '"', '""', ',', ';', '\n', '\r\n', '\t', "'", '=', '+1', '-', '@', '＝', '%', '0012', '1e5', '1/2', 'TRUE', '(empty)', '（空）', '_x000D_', '<b>&amp;', '#N/A', '🚲', '\u200B', '\u0001', ' ') },
  { weight: 1, arbitrary: fc.string({ unit: 'grapheme', maxLength: 6 }) },
), { minLength: 1, maxLength: 8 }).map((parts) => parts.join('').replaceAll('\0', '').trim()).filter((text) => text !== '')
const key = words.map((text) => text.slice(0, 40).replace(/[\uD800-\uDBFF]$/, '').trim()).filter((text) => text !== '')
const maybe = <Value>(value: fc.Arbitrary<Value>) => fc.option(value, { nil: null })
const amount = fc.oneof(fc.integer({ min: 0, max: 5_000_000 }), fc.nat({ max: Number.MAX_SAFE_INTEGER }))
const date = fc.date({ min: new Date('1899-01-01'), max: new Date('2199-12-31'), noInvalidDate: true }).map((at) => at.toISOString().slice(0, 10))
const seedOf = (round: number) => 20_261_122 + round

/** The file, byte for byte, of a list. */
async function exported(entity: string, format: 'csv' | 'xlsx' = 'csv'): Promise<Uint8Array> {
  const answer = await owner.door(`/${entity}/export?for=import&format=${format}`)
  expect(answer.status, answer.text.slice(0, 300)).toBe(200)
  return answer.bytes
}

/** Imports a file into an empty list, all of it. */
async function importAll(entity: string, content: Uint8Array, format: 'csv' | 'xlsx') {
  const desk = await openDesk(booted, owner, { entity, name: `list.${format}`, content })
  const { columns, mapping } = await desk.look()
  expect(columns.filter(({ index }) => !mapping[index]).map(({ header }) => header), 'columns that nothing reads').toEqual([])
  const checked = await desk.do('check')
  expect((await desk.problems()).docs, `${entity} by ${format}`).toEqual([])
  expect(checked.counts.bad).toBe(0)
  const done = await desk.do('run')
  expect((await desk.problems()).docs).toEqual([])
  expect(done).toMatchObject({ status: 'done', counts: { bad: 0 } })
}

async function comesBack(entity: string, emptied: readonly string[]) {
  const first = await exported(entity)
  for (const format of ['csv', 'xlsx'] as const) {
    const file = format === 'csv' ? first : await exported(entity, format)
    for (const slug of emptied) await store().remove(slug, { id: { exists: true } })
    await importAll(entity, file, format)
    const second = await exported(entity)
    expect(new TextDecoder().decode(second), `${entity} by ${format}`).toBe(new TextDecoder().decode(first))
    expect(Buffer.from(second).equals(first)).toBe(true)
  }
}

describe('export, import, export', () => {
  it.each(Array.from({ length: rounds }, (_, round) => seedOf(round)))('of parts gives the same bytes, as CSV and as XLSX: seed %i', async (seed) => {
    for (const slug of ['sales-order-lines', 'sales-orders', 'parts', 'part-categories']) await store().remove(slug, { id: { exists: true } })
    const part = fc.record({
      partNumber: key, name: words, nameZh: maybe(words), description: maybe(words), makeOrBuy: fc.constantFrom('make', 'buy'), stocked: maybe(fc.boolean()), sellable: fc.boolean(), purchasable: fc.boolean(),
      listPrice: maybe(amount), standardCost: maybe(amount), safetyStock: maybe(amount.map((one) => Math.floor(one / 1_000_000) * 1_000_000)), leadTimeDays: maybe(fc.nat({ max: 3650 })), barcode: maybe(words), preferredSupplier: fc.constantFrom(null, firm.supplier),
    })
    const categories = fc.sample(fc.uniqueArray(key, { minLength: 4, maxLength: 4 }), { numRuns: 1, seed })[0] ?? []
    const parts = fc.sample(fc.uniqueArray(part, { selector: ({ partNumber }) => partNumber, minLength: recordsPerRound, maxLength: recordsPerRound }), { numRuns: 1, seed })[0] ?? []
    await transact(booted.payload, { actor: systemActor }, async (context) => {
      const ids: string[] = []
      for (const code of categories) ids.push(await context.create('part-categories', { values: { code, name: code, parent: ids[0] ?? null } }))
      for (const [index, values] of parts.entries()) await context.create('parts', { values: { ...values, unit: firm.unit, category: ids[index % 5] ?? null } })
    })
    await comesBack('parts', ['parts'])
    await store().remove('parts', { id: { exists: true } })
    await comesBack('part-categories', ['part-categories'])
  })

  it.each(Array.from({ length: rounds }, (_, round) => seedOf(round)))('of customers: seed %i', async (seed) => {
    await store().remove('sales-order-lines', { id: { exists: true } })
    await store().remove('sales-orders', { id: { exists: true } })
    await store().remove('customers', { id: { exists: true } })
    const customer = fc.record({
      number: key, name: words, nameZh: maybe(words), address: maybe(words), shipToAddress: maybe(words), country: maybe(fc.constantFrom('DE', 'CN')), email: fc.constantFrom(null, 'ann+1@firm.example', '=x@y.example'), phone: maybe(fc.constantFrom('+49 30 1234', '-12', '010-1234')),
      taxNumber: maybe(words), creditLimit: maybe(amount), owner: fc.constantFrom(null, owner.id), paymentTerm: fc.constantFrom(null, firm.paymentTerm), internalNote: maybe(words), language: fc.constantFrom('en', 'zh'),
    })
    const customers = fc.sample(fc.uniqueArray(customer, { selector: ({ number }) => number, minLength: recordsPerRound, maxLength: recordsPerRound }), { numRuns: 1, seed })[0] ?? []
    await transact(booted.payload, { actor: systemActor }, async (context) => { for (const values of customers) await context.create('customers', { values }) })
    await comesBack('customers', ['customers'])
  })

  it.each(Array.from({ length: rounds }, (_, round) => seedOf(round)))('of sales orders with their lines: seed %i', async (seed) => {
    for (const slug of ['sales-order-lines', 'sales-orders', 'customers', 'parts']) await store().remove(slug, { id: { exists: true } })
    const line = fc.record({
      part: fc.nat({ max: 2 }), description: maybe(words), quantity: fc.integer({ min: 1, max: 900 }).map((one) => one * 1_000_000), unitPrice: fc.nat({ max: 5_000_000_000 }), discountPercent: fc.oneof(fc.constant(0), fc.nat({ max: 99_999_999 })),
      requestedDate: maybe(date),
    })
    const order = fc.record({ customer: fc.nat({ max: 1 }), customerReference: maybe(words), requestedDate: maybe(date), shipToAddress: maybe(words), note: maybe(words), internalNote: maybe(words), owner: fc.constantFrom(null, owner.id), lines: fc.array(line, { minLength: 1, maxLength: 5 }) })
    const orders = fc.sample(order, { numRuns: Math.ceil(recordsPerRound / 3), seed })
    await transact(booted.payload, { actor: systemActor }, async (context) => {
      const customers = [await context.create('customers', { values: { number: '=C;1', name: 'One' } }), await context.create('customers', { values: { number: "'C-2", name: '二' } })]
      const parts: string[] = []
      for (const partNumber of ['A-1', '=A"2', '三']) parts.push(await context.create('parts', { values: { partNumber, name: partNumber, unit: firm.unit } }))
      for (const { lines, customer, ...values } of orders) {
        await context.create('sales-orders', {
          values: { ...values, customer: customers[customer] ?? null, site: firm.site, paymentTerm: firm.paymentTerm },
          lines: lines.map(({ part, ...rest }) => ({ ...rest, part: parts[part] ?? null, unit: firm.unit, taxCode: firm.taxCode })),
        })
      }
    })
    await comesBack('sales-orders', ['sales-order-lines', 'sales-orders'])
  })
})
