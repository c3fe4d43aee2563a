import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openStore } from '../../plugins/core/data/open-store.ts'
import type { Booted } from '../support/boot-payload.ts'
import { askGraphql } from '../support/graphql.ts'
import { openDoor, signIn, type Answer, type Door, type Person } from '../support/rest.ts'
import { createSampleFirm } from '../support/sample-firm.ts'
import { bootPlatform } from '../support/test-platform.ts'

let booted: Booted
let owner: Person
let seller: Person
/** May make keys, and holds the seller's role. */
let maker: Person

const post = (body: unknown) => ({ method: 'POST', body })
const nameOf = ({ body }: Answer) => (body as { errors?: { name: string }[] }).errors?.[0]?.name
const codesOf = ({ body }: Answer) => (body as { errors?: { data: { findings?: { path: string }[] } }[] }).errors?.[0]?.data.findings?.map(({ path }) => path)
const withKey = (key: string): Door => (path, request = {}) => openDoor(booted)(path, { ...request, headers: { ...request.headers, Authorization: `users API-Key ${key}` } })
const made = async (person: Person, body: object) => {
  const answer = await person.door('/keys', post({ name: 'Web shop', roles: ['salesRep'], days: 30, ...body }))
  expect(answer.status, answer.text).toBe(201)
  const { id, key } = answer.body as { id: string; key: string }
  return { id, key, door: withKey(key) }
}
const kinds = async () => (await openStore(booted.payload).find('sign-ins', { where: { apiKey: { exists: true } }, sort: 'id' })).map(({ kind }) => kind)

beforeAll(async () => {
  booted = await bootPlatform()
  await createSampleFirm(booted.payload)
  owner = await signIn(booted, ['owner'])
  seller = await signIn(booted, ['salesRep'])
  await owner.door('/roles', post({ slug: 'integrator', name: 'Integrator', permissions: [{ entity: 'api-keys', actions: ['read', 'create', 'edit'], own: true }] }))
  maker = await signIn(booted, ['salesRep', 'integrator'], 'maker')
})
afterAll(() => booted?.stop())

describe('an API key', () => {
  it('does what its roles do, for its person, and history says which key it was', async () => {
    const { id, door } = await made(maker, { roles: ['salesRep'] })
    const lead = await door('/leads', post({ organisation: 'Velo Nord' }))
    expect(lead.status, lead.text).toBe(201)
    const { docs: [entry] } = (await owner.door(`/history?where[documentId][equals]=${(lead.body as { id: string }).id}`)).body as { docs: { actor: string; actorName: string; apiKey: string }[] }
    expect(entry).toMatchObject({ actor: maker.id, actorName: 'maker · Web shop', apiKey: id })
    expect(nameOf(await door('/purchase-orders'))).toBe('forbidden')
    const { docs } = (await owner.door('/api-keys')).body as { docs: { id: string; lastUsedAt: string | null }[] }
    expect(Date.now() - Date.parse(docs.find((key) => key.id === id)?.lastUsedAt ?? '')).toBeLessThan(60_000)
    expect(await kinds()).toEqual(expect.arrayContaining(['keyCreated', 'keyUsed']))
  })

  it('is the same over GraphQL', async () => {
    const { id } = await made(maker, {})
    const program = { id: maker.id, name: 'maker', roles: ['salesRep', 'integrator'], key: { id, name: 'Web shop', roles: ['salesRep'], readOnly: true, entities: ['leads'] } }
    const ask = (source: string) => askGraphql(booted.payload, program, source)
    expect((await ask('{ Leads { totalDocs } }')).errors).toBeUndefined()
    for (const source of ['{ Quotes { totalDocs } }', 'mutation { createLead(data: { organisation: "x" }) { id } }', `mutation { updateUser(id: "${maker.id}", data: { name: "x" }) { id } }`, 'mutation { refreshTokenUser { exp } }', 'mutation { logoutUser(allSessions: true) }']) {
      expect((await ask(source)).errors?.length, source).toBe(1)
    }
  })

  it('is shown once: neither it nor its hash leaves again, to nobody', async () => {
    const { key } = await made(owner, {})
    const [stored] = await openStore(booted.payload).find('api-keys', { where: { prefix: { equals: key.slice(0, 9) } } })
    expect(stored?.hash).toMatch(/^[0-9a-f]{64}$/)
    for (const path of ['/api-keys?depth=1', '/api-keys/export', '/views/keys', '/views/lists/api-keys', '/sign-ins']) {
      const { status, text } = await owner.door(path)
      expect(status, path).toBe(200)
      expect(text.includes(key) || text.includes(stored?.hash ?? '?'), path).toBe(false)
    }
    expect((await owner.door('/api-keys?where[hash][like]=a')).status).toBe(400)
    expect((await owner.door('/api-keys/export?columns=hash')).status).toBe(400)
  })

  it('reads only, or meets only some entities, where it is so limited: lists, single ones, commands and operations', async () => {
    const reader = await made(owner, { roles: ['accountant'], readOnly: true })
    expect((await reader.door('/customers')).status).toBe(200)
    expect(nameOf(await reader.door('/ledger-accounts', post({ code: 'X', name: 'X' })))).toBe('forbidden')
    expect(nameOf(await reader.door('/journal-entries/operations/trialBalance', post({ input: {} })))).toMatch(/forbidden|badRequest/)
    const narrow = await made(owner, { roles: ['salesRep', 'accountant'], entities: ['leads'] })
    expect((await narrow.door('/leads')).status).toBe(200)
    for (const path of ['/customers', '/quotes', '/views/lists/invoices', '/users', '/roles']) expect((await narrow.door(path)).status, path).toBe(403)
    expect((await narrow.door('/leads', post({ organisation: 'Rad Süd' }))).status).toBe(201)
  })

  it('uploads where its rights have a use for files, though it reads nothing of its person’s account', async () => {
    const uploader = async (limits: object) => {
      const { door } = await made(owner, limits)
      expect((await door('/users/me')).status).not.toBe(200)
      return door('/uploader')
    }
    for (const limits of [{ roles: ['salesRep'] }, { roles: ['salesRep', 'accountant'], entities: ['leads'] }]) {
      const { status, body } = await uploader(limits)
      expect([status, body]).toEqual([200, { id: owner.id }])
    }
    const reader = await uploader({ roles: ['salesRep'], readOnly: true })
    expect([reader.status, nameOf(reader), reader.text]).toEqual([403, 'forbidden', expect.stringContaining('import or attach files')])
    expect([(await openDoor(booted)('/uploader')).status, nameOf(await withKey('tk_wrong')('/uploader'))]).toEqual([401, 'keyUnknown'])
    expect((await seller.door('/uploader')).body).toEqual({ id: seller.id })
  })

  it('touches no account, no session and no key, whoever made it', async () => {
    const { door } = await made(owner, { roles: ['accountant'] })
    const tries: [string, string, unknown][] = [
      ['PATCH', `/users/${owner.id}`, { name: 'Gone' }], ['PATCH', `/users/${seller.id}`, { password: 'taken over by me' }], ['POST', '/users', { email: 'x@firm.example', password: 'a password of mine' }],
      ['DELETE', `/users/${seller.id}`, undefined], ['POST', '/users/refresh-token', {}], ['POST', '/users/logout', {}], ['POST', '/users/logout?allSessions=true', {}], ['POST', '/payload-preferences/x', { value: 1 }], ['POST', '/users/unlock', { email: seller.email }],
      ['POST', '/keys', { name: 'more', roles: ['accountant'], days: 1 }], ['POST', '/sessions/end', { user: owner.id, session: 'all' }],
      ['GET', '/views/keys', undefined], ['GET', `/views/sessions/${owner.id}`, undefined], ['GET', '/sign-ins', undefined], ['GET', '/api-keys', undefined],
    ]
    for (const [method, path, body] of tries) {
      const { status, text } = await door(path, { method, ...(body === undefined ? {} : { body }) })
      expect([403, 404].includes(status), `${method} ${path}: ${status} ${text.slice(0, 200)}`).toBe(true)
    }
    expect(((await owner.door('/users/me')).body as { user: { name: string } }).user.name).toBe('owner')
  })

  it('lends no more than its person has, and loses what the person loses', async () => {
    for (const roles of [['owner'], ['accountant'], ['nobody'], ['integrator', 'owner'], []]) {
      expect(codesOf(await maker.door('/keys', post({ name: 'x', roles, days: 1 })))?.[0], roles.join()).toBe('roles')
    }
    expect(codesOf(await owner.door('/keys', post({ name: 'x', roles: ['owner'], days: 1 })))).toEqual(['roles'])
    expect(codesOf(await owner.door('/keys', post({ name: ' ', roles: ['viewer'], days: 400, entities: ['nowhere'], readOnly: 1, more: 1 })))).toEqual(['more', 'name', 'entities', 'readOnly', 'days'])
    expect(nameOf(await seller.door('/keys', post({ name: 'x', roles: ['salesRep'], days: 1 })))).toBe('forbidden')
    const { door } = await made(maker, {})
    expect((await door('/leads')).status).toBe(200)
    await owner.door(`/users/${maker.id}`, { method: 'PATCH', body: { roles: ['integrator'] } })
    expect((await door('/leads')).status).toBe(403)
    await owner.door(`/users/${maker.id}`, { method: 'PATCH', body: { roles: ['salesRep', 'integrator'] } })
  })

  it('says why it is not taken: unknown, expired, revoked, its person blocked', async () => {
    const store = openStore(booted.payload)
    const [first, second, third] = [await made(maker, {}), await made(owner, {}), await made(maker, {})]
    await store.update('api-keys', first.id, { expiresAt: new Date(Date.now() - 1000).toISOString() })
    expect([nameOf(await first.door('/leads')), nameOf(await withKey('tk_wrong')('/leads'))]).toEqual(['keyExpired', 'keyUnknown'])
    expect((await maker.door(`/keys/${second.id}/revoke`, post({}))).status).toBe(404)
    expect((await seller.door(`/keys/${second.id}/revoke`, post({}))).status).toBe(404)
    expect((await owner.door(`/keys/${second.id}/revoke`, post({}))).status).toBe(200)
    expect(nameOf(await second.door('/leads'))).toBe('keyRevoked')
    expect((await maker.door(`/keys/${third.id}/revoke`, post({}))).status).toBe(200)
    expect(nameOf(await third.door('/leads'))).toBe('keyRevoked')
    const fourth = await made(maker, {})
    await owner.door(`/users/${maker.id}`, { method: 'PATCH', body: { blocked: true } })
    expect(nameOf(await fourth.door('/leads'))).toBe('keyRevoked')
    expect(await kinds()).toEqual(expect.arrayContaining(['keyRefused', 'keyRevoked']))
    await owner.door(`/users/${maker.id}`, { method: 'PATCH', body: { blocked: false } })
  })

  it('is seen by its person and by whom the right says; nobody writes past its doors', async () => {
    const again = openDoor(booted, ((await openDoor(booted)('/users/login', post({ email: maker.email, password: 'long enough for a test' }))).body as { token: string }).token)
    const own = (await again('/views/keys')).body as { keys: { owner: string }[]; mayCreate: boolean; lendable: string[] }
    expect([new Set(own.keys.map((key) => key.owner)), own.mayCreate, own.lendable]).toEqual([new Set(['maker']), true, ['salesRep', 'integrator']])
    expect(((await seller.door('/views/keys')).body as { keys: unknown[]; mayCreate: boolean })).toMatchObject({ keys: [], mayCreate: false })
    expect((await seller.door('/api-keys')).status).toBe(403)
    for (const slug of ['api-keys', 'sign-ins']) {
      for (const [method, path] of [['POST', `/${slug}`], ['PATCH', `/${slug}/1`], ['DELETE', `/${slug}/1`], ['PATCH', `/${slug}?where[id][exists]=true`], ['DELETE', `/${slug}?where[id][exists]=true`]] as const) {
        expect((await owner.door(path, { method, body: {} })).status, `${method} ${path}`).toBeGreaterThanOrEqual(403)
      }
      expect((await seller.door(`/${slug}/export`)).status).toBe(403)
      expect((await seller.door(`/views/lists/${slug}`)).status).toBe(403)
    }
  })
})
