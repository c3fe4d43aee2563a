import type { Payload } from 'payload'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { loadDemo } from '../../config/demo/load-demo.ts'
import { buildTrellisConfig } from '../../config/payload.config.ts'
import { builtPlugins } from '../../config/plugins.ts'
import { systemActor } from '../../plugins/core/access/actor.ts'
import { transact } from '../../plugins/core/commands/transact.ts'
import { openStore } from '../../plugins/core/data/open-store.ts'
import { demoLogins } from '../../plugins/core/demo/logins.ts'
import { demoState } from '../../plugins/core/demo/marker.ts'
import { drainWork } from '../../plugins/core/events/runner.ts'
import { startConfirmation } from '../../plugins/core/firm/start-firm.ts'
import { installPlatform } from '../../plugins/core/platform/install.ts'
import { platformOf } from '../../plugins/core/platform/platform.ts'
import { traceOf } from '../../plugins/core/trace/trace.ts'
import { verify } from '../../plugins/core/verify/run-checks.ts'
import { bootPayload, type Booted } from '../support/boot-payload.ts'
import { faultsOfBooks } from '../support/erp-world.ts'
import { openDoor, type Door } from '../support/rest.ts'

let booted: Booted
let payload: Payload

beforeAll(async () => {
  booted = await bootPayload(({ kind, url }) => buildTrellisConfig({
    settings: {
      mode: 'demo', publicUrl: 'http://localhost:3000', logLevel: 'silent', dataDir: 'data',
      secret: 'a secret of the tests, long enough for all', database: kind === 'sqlite' ? { kind, url, file: url.slice(5) } : { kind, url },
    },
    plugins: builtPlugins,
  }))
  payload = booted.payload
  await installPlatform(payload)
  expect(await loadDemo(payload)).toBe(true)
}, 240_000)
afterAll(() => booted?.stop())

async function states(entity: string): Promise<Set<string>> {
  return new Set((await openStore(payload).find<string>(entity)).map(({ workflow }) => (workflow as { state: string }).state))
}

async function signedIn(email: string, password: string): Promise<Door> {
  const { status, body } = await openDoor(booted)('/users/login', { method: 'POST', body: { email, password } })
  expect(status).toBe(200)
  return openDoor(booted, (body as { token: string }).token)
}
const signedInAs = (role: string): Promise<Door> => {
  const login = demoLogins().find((one) => one.role === role)
  return signedIn(login?.email ?? '', login?.password ?? '')
}

describe('the demo firm', () => {
  it('shows every stage of sales and purchasing', async () => {
    const expected: Record<string, readonly string[]> = {
      'leads': ['new', 'contacted', 'qualified', 'converted', 'lost'],
      'opportunities': ['new', 'qualified', 'proposed', 'negotiating', 'won', 'lost'],
      'quotes': ['sent', 'superseded', 'accepted', 'expired'],
      'sales-orders': ['draft', 'review', 'confirmed', 'closed', 'cancelled'],
      'deliveries': ['posted', 'confirmed'],
      'invoices': ['draft', 'posted', 'settled'],
      'purchase-orders': ['draft', 'submitted', 'approved', 'closed'],
      'supplier-bills': ['posted', 'blocked', 'settled'],
      'reorder-proposals': ['proposed', 'ordered'],
      'bom-versions': ['released', 'inReview'],
      'routings': ['released'],
      'inspections': ['waiting', 'accepted', 'rejected'],
      'nonconformances': ['decided'],
    }
    for (const [entity, wanted] of Object.entries(expected)) expect([...(await states(entity))], entity).toEqual(expect.arrayContaining([...wanted]))
    const store = openStore(payload)
    const { today } = await transact(payload, { actor: systemActor }, async (context) => ({ today: await context.today() }))
    expect(await store.count('invoices', { and: [{ 'workflow.state': { equals: 'posted' } }, { dueDate: { less_than: today } }] })).toBeGreaterThan(0)
    expect(await store.count('sales-orders', { deliveryStatus: { equals: 'partial' } })).toBeGreaterThan(0)
    expect(await store.count('receipt-lines', { rejectedQuantity: { greater_than: 0 } })).toBeGreaterThan(0)
    expect(await store.count('opportunities', { atRisk: { equals: true } })).toBeGreaterThan(0)
  })

  it('was made by its people alone, and left nothing undone', async () => {
    const store = openStore(payload)
    const people = new Set((await store.find('users')).map(({ id }) => id))
    const actors = new Set((await store.find('history', { where: { entity: { not_equals: 'roles' } } })).map(({ actor }) => actor))
    expect([...actors].filter((actor) => actor !== 'system' && !people.has(actor))).toEqual([])
    expect(await store.count('work-items', { or: [{ status: { equals: 'dead' } }, { and: [{ kind: { equals: 'event' } }, { status: { equals: 'pending' } }] }] })).toBe(0)
    for (const slug of ['parts', 'customers', 'suppliers', 'contacts'] as const) expect((await store.find(slug)).length).toBeGreaterThan(4)
    expect((await store.find('parts')).filter(({ nameZh }) => !nameZh)).toEqual([])
  })

  it('has books that hold', async () => {
    expect(await faultsOfBooks(payload)).toEqual([])
    const { checks } = await verify(payload)
    expect(checks.filter(({ ok }) => !ok).map(({ name, failures }) => ({ name, failures: failures.slice(0, 5) }))).toEqual([])
  })

  it('has one order that went from the lead to the money, in one trace', async () => {
    const order = await openStore(payload).findOne('sales-orders', { customerReference: { equals: 'BL-0311' } })
    const { nodes } = await traceOf(payload, systemActor, String(order?.traceId))
    const counts = new Map<string, number>()
    for (const { entity } of nodes) counts.set(entity, (counts.get(entity) ?? 0) + 1)
    expect(Object.fromEntries(counts)).toMatchObject({ leads: 1, opportunities: 1, quotes: 2, 'sales-orders': 1, deliveries: 2, invoices: 2, payments: 2 })
    expect(order).toMatchObject({ deliveryStatus: 'complete', billingStatus: 'complete', paymentStatus: 'complete', workflow: { state: 'closed' } })
  })

  it('has a customer order that waits for a purchase: proposed, ordered, pegged, a part received; its trace shows it', async () => {
    const order = await openStore(payload).findOne('sales-orders', { customerReference: { equals: 'MK-2290' } })
    const { nodes, edges } = await traceOf(payload, systemActor, String(order?.traceId))
    const entityOf = new Map(nodes.map(({ id, entity }) => [id, entity]))
    expect(edges.map(({ from, to, kind, quantity }) => [entityOf.get(from), entityOf.get(to), kind, quantity])).toEqual(expect.arrayContaining([
      ['reorder-proposals', 'purchase-orders', 'link', null], ['purchase-orders', 'receipts', 'link', '10'], ['purchase-orders', 'sales-orders', 'peg', '16'],
    ]))
    expect(order).toMatchObject({ workflow: { state: 'confirmed' }, deliveryStatus: 'none' })
  })

  it('is not loaded twice', async () => {
    const before = await openStore(payload).count('history')
    expect(await loadDemo(payload)).toBe(false)
    expect(await openStore(payload).count('history')).toBe(before)
  })
})

describe('clear the demo and start my firm', () => {
  const body = {
    confirmation: startConfirmation.en,
    company: { template: 'international', standardTaxRate: '19', code: 'MINE', name: 'My Bicycles Ltd.', currency: 'EUR', timeZone: 'Europe/Berlin', country: 'DE', language: 'en', booksFrom: '2026-03-01' },
    owner: { name: 'Mia', email: 'mia@bicycles.example', password: 'a long enough password' },
  }

  it('is refused to others than owners, and without the typed confirmation and what a firm needs', async () => {
    const rep = await signedInAs('salesRep')
    const refused = await rep('/firm/start', { method: 'POST', body })
    expect(refused.status).toBe(409)
    expect(refused.text).toContain('只有企业主可以清除演示数据')
    expect((await openDoor(booted)('/firm/start', { method: 'POST', body })).status).toBe(401)

    const owner = await signedInAs('owner')
    expect((await owner('/firm/start')).body).toMatchObject({ possible: true, confirmation: { zh: '清除演示数据' } })
    const wrong = await owner('/firm/start', { method: 'POST', body: { confirmation: 'yes', company: { name: 'X', colour: 'red', country: 'GERMANY', timeZone: 'Mars', template: 'international' }, owner: { email: 'boss@firm.example', password: 'short' } } })
    expect(wrong.status).toBe(422)
    const { findings } = (wrong.body as { errors: { data: { findings: { path: string }[] } }[] }).errors[0]?.data ?? { findings: [] }
    expect(findings.map(({ path }) => path).sort()).toEqual([
      'company.code', 'company.colour', 'company.country', 'company.currency', 'company.standardTaxRate', 'company.timeZone', 'confirmation', 'owner.name', 'owner.password',
    ])
    const weak = await owner('/firm/start', { method: 'POST', body: { ...body, owner: { ...body.owner, password: 'short' } } })
    expect(weak.status).toBe(422)
    expect(await demoState(openStore(payload))).toBe('loaded')
    expect(await openStore(payload).count('companies', { code: { equals: 'LT' } })).toBe(1)
    expect(await openStore(payload).count('users')).toBe(demoLogins().length)
  })

  it('leaves the new company, its owner, roles and definitions, and nothing else', async () => {
    const store = openStore(payload)
    const [roles, definitions] = [await store.count('roles'), await store.count('definitions')]
    const demoOwner = await signedInAs('owner')
    const done = await demoOwner('/firm/start', { method: 'POST', body })
    expect(done.status, done.text).toBe(200)

    expect(await store.find('companies')).toMatchObject([{ code: 'MINE', currency: 'EUR' }])
    expect(await store.find('users')).toMatchObject([{ email: 'mia@bicycles.example', roles: ['owner'] }])
    expect([await store.count('roles'), await store.count('definitions')]).toEqual([roles, definitions])
    expect(await store.count('periods', { name: { equals: '2026-01' } })).toBe(1)
    for (const [slug, { kind }] of platformOf(payload).entities) {
      if (kind === 'document' && slug !== 'periods') expect(await store.count(slug), slug).toBe(0)
    }
    for (const slug of ['customers', 'parts', 'stock-entries', 'stock-balances', 'reservations', 'pegs', 'document-links', 'external-keys']) expect(await store.count(slug), slug).toBe(0)

    expect((await demoOwner('/companies')).status).toBeGreaterThanOrEqual(401)
    const { email, password } = demoLogins()[0] ?? { email: '', password: '' }
    expect((await openDoor(booted)('/users/login', { method: 'POST', body: { email, password } })).status).toBe(401)
    await drainWork(payload)
    const { checks } = await verify(payload)
    expect(checks.filter(({ ok }) => !ok).map(({ name, failures }) => ({ name, failures: failures.slice(0, 5) }))).toEqual([])
  })

  it('works in the new firm at once, and is never possible again', async () => {
    const owner = await signedIn(body.owner.email, body.owner.password)
    const created = await owner('/customers', { method: 'POST', body: { number: 'C-1', name: 'First customer', creditLimit: '1000.50' } })
    expect(created.status, created.text).toBe(201)
    expect((await owner('/firm/start')).body).toMatchObject({ possible: false })
    const again = await owner('/firm/start', { method: 'POST', body })
    expect(again.status).toBe(409)
    expect(again.text).toContain('data of a real firm is never removed this way')
    expect(await loadDemo(payload)).toBe(false)
    expect(await openStore(payload).count('companies')).toBe(1)
  })
})
