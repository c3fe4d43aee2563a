import type { Payload } from 'payload'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { systemActor } from '../../plugins/core/access/actor.ts'
import { transact } from '../../plugins/core/commands/transact.ts'
import type { Booted } from '../support/boot-payload.ts'
import { askGraphql, schemaOf } from '../support/graphql.ts'
import { bootPlatform } from '../support/test-platform.ts'

let booted: Booted
let payload: Payload
const owner = { id: 'owner-1', email: 'owner@firm.example', roles: ['owner'] }
const ask = (source: string, variables = {}) => askGraphql(payload, owner, source, variables)

beforeAll(async () => {
  booted = await bootPlatform()
  payload = booted.payload
  await transact(payload, { actor: systemActor }, async (context) => {
    await context.create('companies', { values: { name: 'Test', code: 'T', currency: 'EUR', timeZone: 'Europe/Berlin', country: 'DE', language: 'en' } })
    await context.create('units', { values: { id: 'unit-ea', code: 'EA', name: 'Each' } })
  })
})
afterAll(() => booted?.stop())

describe('GraphQL', () => {
  it('creates, changes and finds with exact decimals', async () => {
    const created = await ask(
      'mutation ($data: PartInput!) { createPart(data: $data) { id version } }',
      { data: { partNumber: 'B-1', name: 'Bolt', unit: 'unit-ea', listPrice: '0.123456' } },
    )
    expect(created.errors).toBeUndefined()
    const { id } = (created.data as unknown as { createPart: { id: string } }).createPart
    const changed = await ask('mutation ($id: String!) { updatePart(id: $id, data: { listPrice: "10.5" }, expectedVersion: 1) { version } }', { id })
    expect(changed).toMatchObject({ data: { updatePart: { version: 2 } } })
    const found = await ask('{ Parts(where: { listPrice: { greater_than: "10.49" } }) { docs { partNumber listPrice unit { code } } } }')
    expect(found.data).toEqual({ Parts: { docs: [{ partNumber: 'B-1', listPrice: '10.5', unit: { code: 'EA' } }] } })
    expect((await ask('{ Parts(where: { listPrice: { greater_than: "10.5" } }) { totalDocs } }')).data).toEqual({ Parts: { totalDocs: 0 } })
  })

  it('goes by the idempotency key of the request, each of its commands once', async () => {
    const twice = 'mutation { a: createUnit(data: { code: "K1", name: "One" }) { id } b: createUnit(data: { code: "K2", name: "Two" }) { id } }'
    const send = (key: string) => askGraphql(payload, owner, twice, {}, new Headers({ 'idempotency-key': key }))
    const first = await send('again')
    expect(first.errors).toBeUndefined()
    expect((await send('again')).data).toEqual(first.data)
    // Without the same key it is another request.
    expect((await send('other')).errors).toHaveLength(1)
  })

  it('refuses a stale version, a float that would be inexact and an unknown field, each with its reason', async () => {
    const created = await ask('mutation { createPart(data: { partNumber: "B-2", name: "Nut", unit: "unit-ea" }) { id } }')
    const { id } = (created.data as unknown as { createPart: { id: string } }).createPart
    const stale = await ask('mutation ($id: String!) { updatePart(id: $id, data: { name: "x" }, expectedVersion: 7) { id } }', { id })
    expect(stale.errors?.[0]?.message).toContain('Someone changed this Part meanwhile')
    expect((await ask('mutation { createPart(data: { partNumber: "B-3", name: "x", unit: "unit-ea", listPrice: "1.1234567" }) { id } }')).errors?.[0]?.message).toMatch(/List price/i)
    expect((await ask('mutation { createPart(data: { partNumber: "B-3", colour: "red" }) { id } }')).errors?.[0]?.message).toMatch(/colour/)
    const wrong = await ask('mutation { createPart(data: { partNumber: "B-1", name: "again", unit: "nowhere" }) { id } }')
    expect(wrong.errors?.[0]?.message).toContain('has 2 problems:')
  })

  it('has no generated write beside the commands', async () => {
    const { data } = await ask('{ __schema { mutationType { fields { name } } } }')
    const names = (data as unknown as { __schema: { mutationType: { fields: { name: string }[] } } }).__schema.mutationType.fields.map(({ name }) => name)
    expect(names.filter((name) => /^duplicate|^restore|StockEntry|JournalLine|WorkItem|History/i.test(name)).filter((name) => !/User|Payload/.test(name))).toEqual([])
    expect(names).toContain('sendEvent')
    const types = Object.keys(schemaOf(payload).getTypeMap())
    expect(types.filter((name) => /Access$|(Create|Read|Update|Delete)Access/.test(name))).toEqual([])
  })
})
