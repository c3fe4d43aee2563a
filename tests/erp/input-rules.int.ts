import { afterAll, beforeAll, expect, it } from 'vitest'
import type { Booted } from '../support/boot-payload.ts'
import { seedErpWorld, type ErpWorld } from '../support/erp-world.ts'
import { signIn } from '../support/rest.ts'
import { bootPlatform } from '../support/test-platform.ts'
import { accountant, desk, hire, owner } from './desk.ts'

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

it('half a piece cannot be sold', async () => {
  const order = (quantity: string) => at.create(owner, 'sales-orders', { customer: world.customers.shop }, [{ part: world.parts.helmet, quantity }])
  await expect(order('0.5')).rejects.toThrow('0.5 PCS is not possible, the unit takes whole numbers')
  await expect(order('2')).resolves.toEqual(expect.any(String))
})

it('opening stock without a value is refused, with one it is posted', async () => {
  const part = await at.create(owner, 'parts', { partNumber: 'NO-COST', name: 'Without a cost', unit: world.units.get('PCS') })
  const count = (unitCost?: string) => at.create(accountant, 'stock-counts', { countKind: 'opening', site: world.site, countDate: world.today }, [
    { part, location: world.locations.get('A-01'), countedQuantity: '10', ...(unitCost ? { unitCost } : {}) },
  ])
  await expect(at.send(accountant, 'stock-counts', await count(), 'post')).rejects.toThrow('opening stock needs its value')
  await at.send(accountant, 'stock-counts', await count('12.5'), 'post')
  expect((await at.one('stock-values', { part })).value).toBe(12_500)
})

it('a role reads what it may also where it refers to what it may not', async () => {
  await at.create(owner, 'sales-orders', { customer: world.customers.shop }, [{ part: world.parts.helmet, quantity: '1' }])
  const { door } = await signIn(booted, ['storekeeper'])
  const list = await door('/sales-orders?limit=1')
  expect(list.status).toBe(200)
  const [order] = (list.body as { docs: Record<string, unknown>[] }).docs
  expect((await door(`/sales-orders/${String(order?.id)}`)).status).toBe(200)
  expect(order).not.toHaveProperty('grandTotal')
  expect(JSON.stringify(list.body)).not.toContain('creditLimit')
  expect((await door('/sales-orders?where[priceList.code][equals]=x')).status).toBe(403)
})
