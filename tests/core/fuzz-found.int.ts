import { afterAll, beforeAll, expect, it } from 'vitest'
import { openStore } from '../../plugins/core/data/open-store.ts'
import { faultsOf } from '../support/fuzz/promises.ts'
import { openFuzzWorld, type ActorName, type FuzzWorld } from '../support/fuzz/world.ts'
import type { Request } from '../support/rest.ts'

/* What the fuzzing found, each as small as it gets. Every answer keeps the same promises as there: a reason, and nothing in the log. */
let world: FuzzWorld
beforeAll(async () => { world = await openFuzzWorld() })
afterAll(() => world?.close())

const json = { 'content-type': 'application/json' }
async function told(path: string, request: Request = {}, who: ActorName = 'owner'): Promise<[number, string[]]> {
  const answer = await world.ask(who, path, request)
  expect(faultsOf({ ...answer, sent: `${path} ${typeof request.raw === 'string' ? request.raw : JSON.stringify(request.body)}`, world }), answer.text.slice(0, 500)).toEqual([])
  const [error] = (answer.body as { errors?: { name: string; data?: { findings?: { path: string }[] } }[] } | undefined)?.errors ?? []
  return [answer.status, (error?.data?.findings ?? []).map(({ path: place }) => place)]
}
const post = (body: unknown): Request => ({ method: 'POST', body })
const patch = (body: unknown): Request => ({ method: 'PATCH', body })
const idOf = (slug: string) => world.words.idsOf(slug)[0] ?? expect.fail(slug)

it.each(['/__proto__', '/constructor/x', '/globals/toString'])('%s is no address, and no fault', async (path) => {
  for (const method of ['GET', 'POST', 'DELETE', 'OPTIONS']) expect((await told(path, { method }))[0], method).toBe(404)
})

it.each([
  ['GET', '/payload-kv'], ['DELETE', '/payload-kv'], ['GET', '/payload-migrations'], ['PATCH', '/payload-preferences'], ['DELETE', '/payload-preferences/nav'], ['POST', '/payload-preferences'], ['GET', '/payload-locked-documents'],
  ['GET', '/users/versions'], ['POST', '/users/versions/x'], ['PATCH', '/users'], ['DELETE', '/users'], ['POST', '/users/x/duplicate'],
])('%s %s: Payload keeps these doors for itself, or stumbled behind them', async (method, path) => {
  expect((await told(path, { method }))[0]).toBe(404)
})

it('what a person’s panel remembers is still kept', async () => {
  expect((await told('/payload-preferences/nav', post({ value: { open: true } })))[0]).toBe(200)
  expect((await world.ask('owner', '/payload-preferences/nav', {})).text).toContain('"open":true')
})

it('a filter that is no filter is a caller’s fault, in the log too', async () => {
  for (const path of ['/quotes?where=abc', '/users?where=abc']) expect(await told(path)).toEqual([400, ['where']])
})

it('an account of no fields, or with a body that is not read as one, is refused', async () => {
  for (const [method, path] of [['POST', '/users'], ['PATCH', `/users/${idOf('users')}`]] as const) {
    for (const raw of ['null', '[]', '5', '"x"']) expect([path, raw, (await told(path, { method, raw, headers: json }))[0]]).toEqual([path, raw, 400])
    expect((await told(path, { method, raw: '{"name":"Ann"}', headers: { 'content-type': 'text/plain' } }))[0]).toBe(400)
  }
})

it.each<[Record<string, unknown>, string]>([[{ password: 123456789012 }, 'password'], [{ language: {} }, 'language'], [{ name: ['Ann'] }, 'name'], [{ name: 'a\0b' }, 'name'], [{ blocked: 'maybe' }, 'blocked'], [{ email: 7 }, 'email']])('an account with %j is refused at the field', async (change, field) => {
  expect(await told(`/users/${idOf('users')}`, patch(change))).toEqual([422, [field]])
})

it('a permission without an entity is told as that', async () => {
  expect(await told('/roles', post({ slug: 'odd', name: 'Odd', permissions: [{ actions: ['read'] }] }))).toEqual([422, ['permissions.0.entity']])
})

it.each([
  ['/ledger-accounts?where[active][contains]=false', 'where.active'], ['/activities?where[version][like]=46', 'where.version'], ['/parts?where[listPrice][contains]=1', 'where.listPrice'], ['/users?where[blocked][contains]=x', 'where.blocked'], ['/parts?where[updatedAt][like]=2026', 'where.updatedAt'],
  ['/parts?where[id][equals]=1,000.00', 'where.id'], ['/quotes?where[customer.id][equals]=a,b', 'where.customer.id'], ['/users?where[id][not_equals]=a,b', 'where.id'], ['/parts?where[name][all]=a', 'where.name'],
])('%s: no database is asked what one of them cannot answer', async (path, place) => {
  expect(await told(path)).toEqual([400, [place]])
})

it('an id with a comma is the id of nothing', async () => {
  for (const path of ['/activities/1,000.00', '/users/a,b', '/parts/a,b/events']) expect((await told(path))[0], path).toBe(404)
})

it('a reason and a key are kept as texts that people can read, not as megabytes', async () => {
  for (const reason of ['\0', '\ud800', 'x'.repeat(2_001)]) expect(await told(`/parts/${idOf('parts')}`, patch({ name: 'Wheel', reason }))).toEqual([400, ['reason']])
  expect(await told(`/parts/${idOf('parts')}`, { ...patch({ name: 'Wheel' }), headers: { 'idempotency-key': 'k'.repeat(201) } })).toEqual([400, ['idempotencyKey']])
})

it('who is not signed in and signs out is told so', async () => {
  const answer = await world.ask('nobody', '/users/logout', { method: 'POST' })
  expect([answer.status, (answer.body as { errors: { name: string }[] }).errors[0]?.name]).toEqual([401, 'notSignedIn'])
})

it.each(['{ Parts @skip { totalDocs } }', '{ Parts @skip(if: "x") { totalDocs } }', '{ Parts @include(if: $x) { totalDocs } }', 'subscription { x }', '{ PayloadKvs { totalDocs } }', '{ Parts(where: { listPrice: { all: "1" } }) { totalDocs } }', '{ Parts(page: 0) { totalDocs } }'])('GraphQL: %s is refused with a reason', async (query) => {
  const answer = await world.askGraphql('owner', post({ query }))
  expect(faultsOf({ ...answer, sent: query, world }), answer.text.slice(0, 500)).toEqual([])
  expect((answer.body as { errors?: object[] }).errors?.length).toBeGreaterThan(0)
})

it('GraphQL: nothing found by a condition on a list is an empty page', async () => {
  const { body } = await world.askGraphql('owner', post({ query: '{ Users(where: { roles: { like: "2026-11-21" } }, pagination: false) { limit totalDocs docs { id } } }' }))
  expect(body).toEqual({ data: { Users: { limit: 0, totalDocs: 0, docs: [] } } })
})

it('GraphQL: conditions that are yes or no are followed', async () => {
  const ask = async (query: string, variables = {}) => (await world.askGraphql('owner', post({ query, variables }))).body
  expect(await ask('query ($x: Boolean!) { Parts @skip(if: $x) { totalDocs } __typename }', { x: true })).toEqual({ data: { __typename: 'Query' } })
  expect(await ask('query ($x: Boolean = false) { Parts @include(if: $x) { totalDocs } __typename }')).toEqual({ data: { __typename: 'Query' } })
})

it('what an opening stock has booked is not reversed in the journal, past the stock', async () => {
  const entry = await openStore(world.booted.payload).findOne('journal-entries', { journalKind: { equals: 'opening' } })
  const answer = await world.ask('owner', `/journal-entries/${entry?.id ?? ''}/events/reverse`, post({ reason: 'Wrong' }))
  expect([answer.status, answer.text.includes('journal.fromDocument')]).toEqual([409, true])
})
