import { formatNames } from 'payload'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { EntityDefinition } from '../../config/language/entity.ts'
import type { PermissionAction } from '../../config/language/role.ts'
import { shippedRoles } from '../../config/roles.ts'
import { actorOf, type Actor } from '../../plugins/core/access/actor.ts'
import { can, hiddenFields } from '../../plugins/core/access/can.ts'
import { openStore } from '../../plugins/core/data/open-store.ts'
import { allFields } from '../../plugins/core/entities/system-fields.ts'
import { platformOf, type Platform } from '../../plugins/core/platform/platform.ts'
import type { Booted } from '../support/boot-payload.ts'
import { canaryId, canaryTrace, forbiddenFor, leaksIn, plantCanaries, type Canaries } from '../support/canaries.ts'
import { askGraphql } from '../support/graphql.ts'
import { readingQueries } from '../support/graphql-queries.ts'
import { openDoor, signIn, type Answer, type Person } from '../support/rest.ts'
import { someAtOnce } from '../support/some-at-once.ts'
import { bootPlatform } from '../support/test-platform.ts'

const roles = shippedRoles.map(({ slug }) => slug).filter((slug) => slug !== 'system' && slug !== 'owner')
type Visitor = { readonly person: Person; readonly actor: Actor; readonly roles: readonly string[] }

let booted: Booted
let platform: Platform
let canaries: Canaries
let owner: Visitor
const visitors = new Map<string, Visitor>()

async function visit(name: string, roleSlugs: readonly string[]): Promise<Visitor> {
  const person = await signIn(booted, roleSlugs, name)
  return { person, roles: roleSlugs, actor: await actorOf(booted.payload, { id: person.id, roles: roleSlugs }) }
}

beforeAll(async () => {
  booted = await bootPlatform()
  platform = platformOf(booted.payload)
  owner = await visit('owner', ['owner'])
  for (const role of roles) visitors.set(role, await visit(role, [role]))
  visitors.set('nobody', await visit('nobody', []))
  canaries = await plantCanaries(booted.payload, owner.person.id)
  await someAtOnce(addresses(['get']), async ({ path }) => { taken.set(path, await takenReadings(path)) })
})
afterAll(() => booted?.stop())

const entities = () => [...platform.entities.values()]

/** Every address that answers a method, with the canary rows in the places of its parameters. */
function addresses(methods: readonly string[]): { method: string; path: string; entity?: EntityDefinition }[] {
  const own = entities().flatMap((entity) => (booted.payload.collections[entity.slug]?.config.endpoints || []).flatMap(({ method, path }) => {
    const event = Object.keys(platform.workflows.get(entity.slug)?.definition.events ?? { any: 1 })[0] ?? 'any'
    const filled = path.replace(/:id\??/, canaryId(entity.slug)).replace(':event', event).replace(':operation', operationOf(entity)).replace(/\/$/, '')
    return methods.includes(method) ? [{ method, path: `/${entity.slug}${filled}`, entity }] : []
  }))
  const shared = booted.payload.config.endpoints.filter(({ method }) => methods.includes(method)).flatMap(({ method, path }) =>
    path.includes(':entity')
      ? entities().map((entity) => ({ method, path: path.replace(':entity', entity.slug).replace(':id', canaryId(entity.slug)) }))
      : [{ method, path: path.replace(':id', canaryTrace) }])
  return [...new Map([...own, ...shared].map((address) => [`${address.method} ${address.path}`, address])).values()]
}

/**
 * Rights are judged by the same code on both databases: on SQLite every role asks every address; on MongoDB, where an answer takes five times as
 * long, only with the full budget. With the quick one each address is asked by every third role.
 */
const ofTurn = (name: string, all: ReturnType<typeof addresses>) =>
  process.env.TEST_DATABASE !== 'mongodb' || process.env.TEST_BUDGET === 'full' ? all : all.filter((_, index) => (index + [...roles, 'nobody'].indexOf(name)) % 3 === 0)

const operationOf = ({ slug }: EntityDefinition) => platform.operations.find(({ entity }) => entity === slug)?.name ?? 'any'

/** The same address asked in all the ways that bring more than it shows by itself. */
function readings(path: string): readonly string[] {
  if (path.endsWith('/pdf')) return ['?language=en', '?language=zh']
  if (path.endsWith('/export')) return ['?language=zh', '?headers=names']
  if (/^\/(search|options)/.test(path)) return ['', '?q=canary', '?q=~']
  return ['', '?depth=2', everythingWider]
}

/**
 * The readings of an address that it takes at all, as the owner is answered, the widest first: ours refuse parameters that they do not know, whoever
 * asks. What is refused together is asked alone; what brings no more than the widest is left out.
 */
async function takenReadings(path: string): Promise<readonly string[]> {
  const statusOf = async (reading: string) => (await owner.person.door(path + reading)).status
  const asked: string[] = []
  // What is closed to everyone, whatever is asked, is asked once.
  const statuses = await Promise.all(readings(path).map(statusOf))
  if (statuses.every((status) => status === 405)) return readings(path).slice(0, 1)
  for (const [index, reading] of readings(path).entries()) {
    if (reading === '' || statuses[index] !== 400) asked.push(reading)
    else if (reading === everythingWider) for (const alone of widerAlone) if (await statusOf(alone) !== 400) asked.push(alone)
  }
  return (asked.includes(everythingWider) ? asked.filter((reading) => reading !== '') : asked).toReversed()
}
const taken = new Map<string, readonly string[]>()

/** What each brings alone it brings beside the others too: none of them makes an answer smaller, as is seen for the owner. */
const widerAlone = ['?depth=1&draft=true&trash=true&pagination=false&limit=1000', '?showHiddenFields=true', '?overrideAccess=true']
const everythingWider = widerAlone.join('&').replaceAll('&?', '&')

async function textOf({ headers, text, bytes }: Answer): Promise<string> {
  if (headers.get('content-type') !== 'application/pdf') return text
  const { extractText, getDocumentProxy } = await import('unpdf')
  return (await extractText(await getDocumentProxy(bytes.slice()), { mergePages: true })).text
}

describe('what a role may not read', () => {
  it('is there: the owner meets it by every kind of door', async () => {
    const quotes = new Map([...forbiddenFor(canaries, { ...owner.actor, permissions: [] })].filter(([, place]) => place.startsWith('quotes.')))
    for (const path of ['/quotes', `/quotes/${canaryId('quotes')}`, `/quotes/${canaryId('quotes')}/pdf`, '/quotes/export', `/views/documents/quotes/${canaryId('quotes')}`]) {
      const answer = await owner.person.door(path)
      expect(leaksIn(await textOf(answer), quotes).length, `${path}: ${answer.status} ${answer.text.slice(0, 300)}`).toBeGreaterThan(3)
    }
  })

  it('is not told less to the owner when more is asked', async () => {
    const everything = forbiddenFor(canaries, { ...owner.actor, permissions: [] })
    let asked = 0
    await someAtOnce(addresses(['get']).filter(({ path }) => readings(path).includes(everythingWider)), async ({ path }) => {
      const [plain, wider] = [await owner.person.door(path), await owner.person.door(path + everythingWider)]
      if (wider.status === 400) return
      expect(wider.status, path + everythingWider).toBe(plain.status)
      const met = leaksIn(wider.text, everything)
      expect(leaksIn(plain.text, everything).filter((place) => !met.includes(place)), path).toEqual([])
      if (plain.status === 200) asked += 1
    })
    expect(asked).toBeGreaterThan(entities().length * 3)
  })

  it.each([...roles, 'nobody'])('%s meets none of it over REST, whatever is asked', async (name) => {
    const { person, actor } = visitors.get(name) ?? expect.fail()
    const forbidden = forbiddenFor(canaries, actor)
    const leaks: string[] = []
    const faults: string[] = []
    await someAtOnce(ofTurn(name, addresses(['get'])), async ({ path }) => {
      for (const reading of taken.get(path) ?? expect.fail()) {
        const answer = await person.door(path + reading)
        if (answer.status >= 500) faults.push(`${answer.status} ${path}${reading} ${answer.text.slice(0, 200)}`)
        leaks.push(...leaksIn(await textOf(answer), forbidden).map((place) => `${place} by ${path}${reading}`))
        // Whom the widest is refused is told nothing by less.
        if (reading === everythingWider && answer.status === 403) break
      }
    })
    expect(leaks.slice(0, 20)).toEqual([])
    expect(faults.slice(0, 20)).toEqual([])
  })

  it.each([...roles, 'nobody'])('%s cannot count, find or sort by it', async (name) => {
    const { person, actor } = visitors.get(name) ?? expect.fail()
    for (const entity of entities()) {
      if (!can(actor, 'read', entity).allowed) {
        for (const door of ['', '/count', '/export', `?where[id][equals]=${canaryId(entity.slug)}`]) {
          const { status, body } = await person.door(`/${entity.slug}${door}`)
          expect([status, (body as { totalDocs?: number }).totalDocs ?? 0], `${entity.slug}${door}`).toEqual([403, 0])
        }
        continue
      }
      for (const field of hiddenFields(actor, entity)) {
        if (!allFields(entity).some(({ name: known }) => known === field)) continue
        for (const question of [`where[${field}][exists]=true`, `where[or][0][and][0][${field}][not_equals]=1`, `sort=${field}`, `sort=-${field}`, `sort=id,${field}`]) {
          for (const door of ['', '/count']) {
            if (door && question.startsWith('sort')) continue
            const { status } = await person.door(`/${entity.slug}${door}?${question}`)
            expect(status, `${entity.slug}${door}?${question}`).toBe(403)
          }
        }
      }
    }
  })

  it('cannot be reached along a relation either', async () => {
    const { person } = visitors.get('storekeeper') ?? expect.fail()
    for (const question of ['where[customer.creditLimit][greater_than]=1', 'where[salesOrder.grandTotal][exists]=true', 'sort=customer.creditLimit', 'where[salesOrder.quote.grandTotal][exists]=true', 'where[salesOrder.lines.unitPrice][exists]=true', 'where[AND][0][customer.creditLimit][exists]=true', 'where[Or][0][and][0][customer__creditLimit][exists]=true', 'sort=customer__creditLimit']) {
      expect((await person.door(`/deliveries?${question}`)).status, question).toBe(403)
    }
    for (const question of ['joins[lines][where][unitPrice][exists]=true', 'joins[lines][sort]=-unitPrice', 'joins[lines][where][or][0][part.standardCost][exists]=true']) {
      for (const path of ['/sales-orders', `/sales-orders/${canaryId('sales-orders')}`]) expect((await person.door(`${path}?${question}`)).status, `${path}?${question}`).toBe(403)
    }
    const source = '{ Deliveries(where: { AND: [{ customer: { exists: true } }, { OR: [{ costTotal: { exists: true } }] }] }) { totalDocs } }'
    const { errors } = await askGraphql(booted.payload, { id: person.id, email: person.email, roles: ['storekeeper'] }, source)
    expect(errors?.[0]?.message).toContain('do not let you see')
    const allowed = await askGraphql(booted.payload, { id: person.id, email: person.email, roles: ['storekeeper'] }, '{ Deliveries(where: { AND: [{ workflow__state: { exists: true } }] }) { totalDocs } }')
    expect(allowed.data).toEqual({ Deliveries: { totalDocs: 1 } })
  })

  it.each([...roles, 'nobody'])('%s meets none of it over GraphQL', async (name) => {
    const { person, actor, roles: own } = visitors.get(name) ?? expect.fail()
    const forbidden = forbiddenFor(canaries, actor)
    const leaks: string[] = []
    for (const source of readingQueries(booted.payload)) {
      const { data, errors } = await askGraphql(booted.payload, { id: person.id, email: person.email, roles: own }, source)
      const text = JSON.stringify([data, errors?.map(({ message, extensions }) => [message, extensions])])
      leaks.push(...leaksIn(text, forbidden).map((place) => `${place} by ${source.slice(0, 120)}`))
    }
    expect(leaks.slice(0, 20)).toEqual([])
  })

  it('is told by GraphQL to the owner, so the queries above do ask', async () => {
    const everything = forbiddenFor(canaries, { ...owner.actor, permissions: [] })
    const seen = new Set<string>()
    for (const source of readingQueries(booted.payload)) {
      const { data } = await askGraphql(booted.payload, { id: owner.person.id, roles: ['owner'] }, source)
      for (const place of leaksIn(JSON.stringify(data ?? null), everything)) seen.add(place)
    }
    // What no one may see (hashes of keys, ids of sessions) is told to no one.
    const secret = new Set([...platform.entities.values()].flatMap((entity) => allFields(entity).filter(({ hidden }) => hidden).map(({ name }) => `${entity.slug}.${name}`)))
    expect([...secret].filter((place) => seen.has(place))).toEqual([])
    expect([...everything.values()].filter((place) => !seen.has(place) && !secret.has(place) && !place.startsWith('history of'))).toEqual([])
  })

  it('nobody who is not signed in meets anything', async () => {
    const everything = forbiddenFor(canaries, { ...owner.actor, permissions: [] })
    const door = openDoor(booted)
    for (const { path } of addresses(['get'])) {
      const answer = await door(path)
      expect([401, 403, 404].includes(answer.status) || path.endsWith('/access') || path.startsWith('/access'), `${path}: ${answer.status}`).toBe(true)
      expect(leaksIn(answer.text, everything), path).toEqual([])
    }
    for (const source of readingQueries(booted.payload)) expect(leaksIn(JSON.stringify((await askGraphql(booted.payload, null, source)).data ?? null), everything)).toEqual([])
  })
})

describe('what a role may not change', () => {
  const actionOf = (method: string, path: string): PermissionAction | undefined =>
    path.includes('/events/') ? 'send' : path.includes('/operations/') ? undefined : ({ post: 'create', patch: 'edit', put: 'edit', delete: 'discard' } as const)[method]

  /** Every row of every entity, as it stands. */
  const stand = async (): Promise<string> => {
    const store = openStore(booted.payload)
    const rows = await Promise.all(entities().filter(({ slug }) => !['idempotency-keys', 'number-series'].includes(slug)).map(async ({ slug }) => [slug, await store.find(slug, { sort: 'id' })]))
    return JSON.stringify([rows, (await booted.payload.db.count({ collection: 'users', where: { id: { exists: true } } })).totalDocs])
  }

  it.each([...roles, 'nobody'])('%s changes nothing by REST', async (name) => {
    const { person, actor } = visitors.get(name) ?? expect.fail()
    const before = await stand()
    await someAtOnce(ofTurn(name, addresses(['post', 'patch', 'put', 'delete'])), async ({ method, path, entity }) => {
      if (!entity || path.includes('/access/')) return
      const action = actionOf(method, path)
      if (action ? can(actor, action, entity).allowed && path !== `/${entity.slug}` : platform.operations.some((operation) => operation.entity === entity.slug && operation.roles.some((role) => actor.roles.includes(role)))) return
      if (action && can(actor, action, entity).allowed && method === 'post') return
      for (const body of [{}, { name: 'Taken over' }, { fields: {} }]) {
        const answer = await person.door(path + (path === `/${entity.slug}` && method !== 'post' ? `?where[id][equals]=${canaryId(entity.slug)}` : ''), { method: method.toUpperCase(), body })
        expect(answer.status >= 400 && answer.status < 500, `${method} ${path}: ${answer.status} ${answer.text.slice(0, 200)}`).toBe(true)
      }
    })
    expect(await stand()).toBe(before)
  })

  it.each([...roles, 'nobody'])('%s changes nothing by GraphQL', async (name) => {
    const { person, actor, roles: own } = visitors.get(name) ?? expect.fail()
    const before = await stand()
    for (const entity of entities()) {
      if (entity.kind !== 'master' && entity.kind !== 'document') continue
      const type = formatNames(entity.slug).singular
      const id = canaryId(entity.slug)
      const event = Object.keys(platform.workflows.get(entity.slug)?.definition.events ?? { any: 1 })[0] ?? 'any'
      const attempts: [PermissionAction, string][] = [
        ['create', `mutation { create${type}(data: {}) { id } }`], ['edit', `mutation { update${type}(id: "${id}", data: {}) { id } }`],
        ['discard', `mutation { delete${type}(id: "${id}") { id } }`], ['send', `mutation { sendEvent(entity: "${entity.slug}", id: "${id}", event: "${event}") { id } }`],
      ]
      for (const [action, source] of attempts) {
        if (can(actor, action, entity).allowed) continue
        const { data, errors } = await askGraphql(booted.payload, { id: person.id, email: person.email, roles: own }, source)
        expect(errors?.length, `${source}: ${JSON.stringify(data)}`).toBe(1)
        expect(errors?.[0]?.message, source).toMatch(/do not allow|There is no/)
      }
    }
    expect(await stand()).toBe(before)
  })

  it('nobody who is not signed in changes anything', async () => {
    const before = await stand()
    const door = openDoor(booted)
    for (const { method, path } of addresses(['post', 'patch', 'put', 'delete']).filter((address) => !address.path.includes('/access'))) {
      const answer = await door(path, { method: method.toUpperCase(), body: {} })
      expect(answer.status >= 400 && answer.status < 500, `${method} ${path}: ${answer.status} ${answer.text.slice(0, 200)}`).toBe(true)
    }
    expect(await stand()).toBe(before)
  })
})
