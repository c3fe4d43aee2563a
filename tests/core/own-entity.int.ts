import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { date, money, relation } from '../../config/language/fields.ts'
import type { RevisionInputs } from '../../config/language/revision.ts'
import { systemActor } from '../../plugins/core/access/actor.ts'
import { runCommand } from '../../plugins/core/commands/run-command.ts'
import { lossFindings } from '../../plugins/core/platform/revision-findings.ts'
import { verify } from '../../plugins/core/verify/run-checks.ts'
import type { Booted } from '../support/boot-payload.ts'
import { askGraphql } from '../support/graphql.ts'
import { signIn, type Person } from '../support/rest.ts'
import { bootPlatform } from '../support/test-platform.ts'

const named = (en: string, zh = en) => ({ en, zh })
const entity = (one: string, prefix: string) => ({ label: named(one), labels: named(`${one}s`), prefix })
const inputs: RevisionInputs = {
  entities: { 'own-machines': entity('Machine', 'EQ'), 'own-notes': { ...entity('Note', 'N'), retired: true } },
  fields: {
    'own-machines': [relation('supplier', named('Supplier'), { to: 'suppliers' }), date('boughtOn', named('Bought on')), money('price', named('Price')), money('yearly', named('Yearly'))],
    suppliers: [relation('machine', named('Machine'), { to: 'own-machines' })],
  },
  forms: { 'own-machines': { rules: { yearly: { computed: 'price / 8' }, boughtOn: { required: { when: 'price > 1000' } } } } },
}

let booted: Booted
let owner: Person
beforeAll(async () => {
  booted = await bootPlatform([], { inputs })
  await runCommand(booted.payload, systemActor, { action: 'create', entity: 'companies', data: { code: 'F', name: 'Firm', country: 'DE', currency: 'EUR', timeZone: 'Europe/Berlin' } })
  owner = await signIn(booted, ['owner'], 'owner')
})
afterAll(() => booted?.stop())

const post = (data: object, person = owner) => person.door('/own-machines', { method: 'POST', body: data })

describe('an entity that a firm has made', () => {
  it('has numbers of its own, history, rules, and the fields the firm gave it', async () => {
    const made = await post({ name: 'Lathe', price: '800' })
    expect([made.status, made.body]).toEqual([201, expect.objectContaining({ version: 1 })])
    const { id } = made.body as { id: string }
    expect((await owner.door(`/own-machines/${id}`)).body).toMatchObject({ number: 'EQ-00001', name: 'Lathe', price: '800.00', yearly: '100.00' })
    expect((await post({ name: 'Mill', price: '9000' })).status).toBe(422)
    expect((await post({ name: 'Mill', price: '9000', boughtOn: '2026-01-02' })).status).toBe(201)
    expect((await owner.door(`/own-machines/${id}`, { method: 'PATCH', body: { name: 'Old lathe', expectedVersion: 1 } })).body).toMatchObject({ version: 2 })
    expect((await owner.door('/own-machines?where[price][greater_than]=1000&sort=-price')).body).toMatchObject({ totalDocs: 1, docs: [{ name: 'Mill' }] })
    expect((await owner.door('/own-machines/export?format=csv')).text).toContain('Old lathe')
    expect((await owner.door(`/views/documents/own-machines/${id}`)).body).toMatchObject({ history: [{ action: 'edit' }, { action: 'create' }] })
  })

  it('is typed in GraphQL, and others refer to it', async () => {
    const user = { id: owner.id, email: owner.email, roles: ['owner'] }
    const { data } = await askGraphql(booted.payload, user, '{ OwnMachines(where: { number: { equals: "EQ-00001" } }) { docs { id name yearly } } }')
    expect(data).toMatchObject({ OwnMachines: { docs: [{ name: 'Old lathe', yearly: '100.00' }] } })
    const [machine] = (data as unknown as { OwnMachines: { docs: { id: string }[] } }).OwnMachines.docs
    const supplier = await owner.door('/suppliers', { method: 'POST', body: { name: 'Supplier', machine: machine?.id } })
    expect(supplier.status).toBe(201)
    const gone = await owner.door(`/own-machines/${machine?.id ?? ''}`, { method: 'DELETE', body: {} })
    expect([gone.status, gone.text]).toEqual([409, expect.stringContaining('is used by 1 supplier (Machine). Change what refers to it first.')])
  })

  it('is nobody\'s who was not given it', async () => {
    const buyer = await signIn(booted, ['buyer'], 'buyer')
    expect([(await buyer.door('/own-machines')).status, (await post({ name: 'Mine' }, buyer)).status]).toEqual([403, 403])
  })

  it('out of use is met by nobody, and is never removed', async () => {
    expect((await owner.door('/own-notes')).status).toBe(403)
    expect((await owner.door('/own-notes', { method: 'POST', body: { name: 'x' } })).status).toBe(403)
    expect(lossFindings({ fields: inputs.fields }, inputs).map(({ code, path }) => [code, path])).toEqual([['entityRemoved', 'entities.own-machines'], ['entityRemoved', 'entities.own-notes']])
  })

  it('passes the proof of the books', async () => {
    const { checks } = await verify(booted.payload)
    expect(checks.filter(({ ok }) => !ok)).toEqual([])
  })
})
