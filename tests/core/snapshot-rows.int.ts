import { afterAll, beforeAll, expect, it } from 'vitest'
import { openStore } from '../../plugins/core/data/open-store.ts'
import { readSnapshot } from '../../plugins/core/data/snapshot.ts'
import type { FindQuery, Row } from '../../plugins/core/data/store.ts'
import { platformOf } from '../../plugins/core/platform/platform.ts'
import type { Booted } from '../support/boot-payload.ts'
import { stepsIn } from '../support/erp-steps.ts'
import { seedErpWorld } from '../support/erp-world.ts'
import { bootPlatform } from '../support/test-platform.ts'

let booted: Booted
beforeAll(async () => {
  booted = await bootPlatform()
  const world = await seedErpWorld(booted.payload)
  const steps = stepsIn(world)
  const order = await steps.confirmed(world.customers.shop, [{ part: world.parts.bike, quantity: '2' }, { part: world.parts.helmet, quantity: '3', discountPercent: '2.5' }])
  await steps.deliver(order)
  await steps.drain()
})
afterAll(() => booted?.stop())

it('a snapshot has the rows that the adapter gives, of every entity, value by value', async () => {
  const { payload } = booted
  const store = openStore(payload)
  const entities = [...platformOf(payload).entities.keys(), 'users']
  const filled = await readSnapshot(payload, async (snapshot) => {
    let seen = 0
    for (const entity of entities) {
      const [rows, expected] = await Promise.all([all(snapshot.stream(entity)), all(store.stream(entity))])
      expect([entity, rows.map(withoutNothing)]).toEqual([entity, expected.map(withoutNothing)])
      if (rows.length > 0) seen++
    }
    return seen
  })
  expect(filled).toBeGreaterThan(25)
})

it('conditions, order, pages and sums are the same', async () => {
  const { payload } = booted
  const store = openStore(payload)
  const questions: readonly FindQuery[] = [
    { where: { and: [{ stocked: { equals: true } }, { partNumber: { in: ['BIKE', 'HELMET', 'ASSEMBLY'] } }] }, sort: '-partNumber' },
    { where: { listPrice: { greater_than: 60_000_000 } }, sort: ['makeOrBuy', 'partNumber'], limit: 1, page: 2 },
    { where: { 'unit.code': { equals: 'PCS' } }, sort: 'partNumber' },
  ]
  await readSnapshot(payload, async (snapshot) => {
    for (const question of questions) {
      const found = await snapshot.find('parts', question)
      expect(found.length).toBeGreaterThan(0)
      expect(found.map(withoutNothing)).toEqual((await store.find('parts', question)).map(withoutNothing))
    }
    expect((await snapshot.find('sales-orders', { where: { 'workflow.state': { equals: 'confirmed' } } })).length).toBe(1)
    expect(await snapshot.sum('parts', { groupBy: ['stocked'], fields: ['listPrice'] })).toEqual(expect.arrayContaining([
      { stocked: true, listPrice: 600_000_000, count: 2 }, { stocked: false, listPrice: 50_000_000, count: 1 },
    ]))
    expect(await snapshot.sum('parts', { where: { partNumber: { equals: 'none' } }, fields: ['listPrice'] })).toEqual([{ listPrice: 0, count: 0 }])
  })
})

async function all(rows: AsyncIterable<unknown>): Promise<Row[]> {
  const found: Row[] = []
  for await (const row of rows) found.push(row as Row)
  return found
}

/** A field without a value is null on one way and absent on the other. */
function withoutNothing(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutNothing)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).flatMap(([key, inner]) => (inner === null || inner === undefined || (Array.isArray(inner) && inner.length === 0) ? [] : [[key, withoutNothing(inner)]])))
}
