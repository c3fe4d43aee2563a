import { afterAll, beforeAll, expect, it } from 'vitest'
import type { Booted } from '../support/boot-payload.ts'
import { seedErpWorld, type ErpWorld } from '../support/erp-world.ts'
import { signIn, type Person } from '../support/rest.ts'
import { bootPlatform } from '../support/test-platform.ts'

let booted: Booted
let world: ErpWorld
let owner: Person

beforeAll(async () => {
  booted = await bootPlatform()
  world = await seedErpWorld(booted.payload)
  owner = await signIn(booted, ['owner'])
})
afterAll(() => booted?.stop())

const created = async (entity: string, fields: object) => {
  const { status, body } = await owner.door(`/${entity}`, { method: 'POST', body: fields })
  expect(status).toBe(201)
  return (await owner.door(`/${entity}/${(body as { id: string }).id}?depth=0`)).body as Readonly<Record<string, unknown>>
}

it('a customer, a supplier and a part left without a number get the next that is free', async () => {
  expect(await created('customers', { name: 'One' })).toMatchObject({ number: 'C-00001' })
  expect(await created('customers', { name: 'By hand', number: 'C-00002' })).toMatchObject({ number: 'C-00002' })
  expect(await created('customers', { name: 'Three', number: '' })).toMatchObject({ number: 'C-00003' })
  expect(await created('suppliers', { name: 'Four' })).toMatchObject({ number: 'S-00001' })
  expect(await created('parts', { name: 'Five', unit: world.units.get('PCS') })).toMatchObject({ partNumber: 'P-00001' })
  const view = (await owner.door('/views/documents/customers')).body as { entity: { fields: { name: string; required?: boolean }[] } }
  expect(view.entity.fields.find(({ name }) => name === 'number')).toMatchObject({ required: false })
})
