import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { BaseDatabaseAdapter, FindArgs, FindOneArgs, Where } from 'payload'
import { databaseAdapter } from '../../config/database.ts'
import { platformOf } from '../../plugins/core/platform/platform.ts'
import type { Booted } from '../support/boot-payload.ts'
import { stepsIn } from '../support/erp-steps.ts'
import { seedErpWorld, type ErpWorld } from '../support/erp-world.ts'
import { signIn } from '../support/rest.ts'
import { bootPlatform } from '../support/test-platform.ts'

let booted: Booted
let world: ErpWorld
let bare: BaseDatabaseAdapter

beforeAll(async () => {
  booted = await bootPlatform()
  world = await seedErpWorld(booted.payload)
  const steps = stepsIn(world)
  const order = await steps.confirmed(world.customers.shop, [{ part: world.parts.bike, quantity: '2' }, { part: world.parts.helmet, quantity: '3', discountPercent: '2.5' }])
  await steps.deliver(order)
  await steps.drain()
  await signIn(booted, ['accountant', 'buyer'], 'Ann')
  await signIn(booted, [], 'nobody')
  // The functions of Payload's own adapter, on the same connection.
  const own = (await databaseAdapter({ url: booted.database.url, durable: true })).init({ payload: booted.payload })
  bare = Object.assign(Object.create(booted.payload.db) as BaseDatabaseAdapter, { find: own.find, findOne: own.findOne })
})
afterAll(() => booted?.stop())

const onSqlite = process.env.TEST_DATABASE !== 'mongodb'

/** On MongoDB Payload's adapter reads everything. */
describe.runIf(onSqlite)('what is read as JSON', () => {
  const both = async (question: object) => {
    const asked = { joins: false, ...question } as FindArgs
    return Promise.all([booted.payload.db.find(asked), bare.find(asked)])
  }

  it('is what Payload’s adapter reads, of every collection, key by key', async () => {
    let filled = 0
    for (const collection of [...platformOf(booted.payload).entities.keys(), 'users']) {
      for (const question of [{ limit: 0, pagination: false, sort: 'id' }, { limit: 2, page: 1 }, { limit: 2, page: 2 }, { limit: 1_000, page: 1 }, { limit: 5, page: 99 }]) {
        const [ours, theirs] = await both({ collection, ...question })
        expect([collection, question, ours]).toEqual([collection, question, theirs])
        if (ours.docs.length > 0) filled++
      }
    }
    expect(filled).toBeGreaterThan(60)
  })

  it.each([
    { collection: 'parts', where: { and: [{ stocked: { equals: true } }, { or: [{ name: { like: 'cyc' } }, { partNumber: { in: ['HELMET', 'NONE'] } }] }] }, sort: ['-stocked', 'partNumber'] },
    { collection: 'parts', where: { nameZh: { contains: '自行车' } } },
    { collection: 'parts', where: { 'unit.code': { equals: 'PCS' } }, sort: 'unit.code', limit: 2 },
    { collection: 'sales-orders', where: { 'workflow.state': { not_in: ['draft'] } }, limit: 3, sort: '-grandTotal' },
    { collection: 'users', where: { roles: { in: ['owner'] } }, limit: 10 },
    { collection: 'users', where: { email: { equals: 'ann@firm.example' } }, limit: 10 },
    { collection: 'stock-entries', where: { quantity: { less_than: 0 } }, limit: 1, page: 2 },
  ])('answers as it does: %j', async (question) => {
    const [ours, theirs] = await both(question)
    expect(theirs.docs.length).toBeGreaterThan(0)
    expect(ours).toEqual({ ...theirs, ...(Number.isNaN(theirs.pagingCounter) && { limit: 0, pagingCounter: 1 }) })
  })

  it('is one row, or null', async () => {
    const conditions: Where[] = [{ id: { equals: world.parts.bike } }, { and: [{ partNumber: { equals: 'BIKE' } }] }, { id: { equals: 'none' } }]
    for (const where of conditions) {
      const question: FindOneArgs = { collection: 'parts', where }
      expect(await booted.payload.db.findOne(question)).toEqual(await bare.findOne(question))
    }
  })

  it('is of the transaction that asks', async () => {
    const { db } = booted.payload
    const transactionID = (await db.beginTransaction()) ?? expect.fail()
    const req = { transactionID }
    await db.updateOne({ collection: 'parts', id: world.parts.bike, data: { name: 'Changed' }, req })
    const named = async (asked: object) => ((await db.findOne<{ id: string; name: string }>({ collection: 'parts', where: { id: { equals: world.parts.bike } }, ...asked }))?.name)
    expect([await named({ req }), await named({})]).toEqual(['Changed', 'Bicycle'])
    await db.rollbackTransaction(transactionID)
    expect(await named({})).toBe('Bicycle')
  })
})
