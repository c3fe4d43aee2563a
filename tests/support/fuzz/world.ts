import fc from 'fast-check'
import type { Payload, SanitizedConfig } from 'payload'
import { expect, vi } from 'vitest'
import { openStore } from '../../../plugins/core/data/open-store.ts'
import type { Row } from '../../../plugins/core/data/store.ts'
import { drainWork } from '../../../plugins/core/events/runner.ts'
import { installPlatform } from '../../../plugins/core/platform/install.ts'
import { platformOf } from '../../../plugins/core/platform/platform.ts'
import { bootPayload, type Booted } from '../boot-payload.ts'
import { stepsIn } from '../erp-steps.ts'
import { seedErpWorld } from '../erp-world.ts'
import { openGraphqlDoor } from '../graphql-door.ts'
import { openDoor, signIn, type Answer, type Door, type Person, type Request } from '../rest.ts'
import { platformConfig } from '../test-platform.ts'
import { documentFor, type Vocabulary } from './spoken.ts'

export const actorNames = ['owner', 'salesRep', 'key', 'nobody'] as const
export type ActorName = (typeof actorNames)[number]

export type FuzzWorld = {
  readonly booted: Booted
  readonly close: () => Promise<void>
  readonly words: Vocabulary
  /** Asks as this actor; who was signed out by an earlier request signs in again. */
  readonly ask: (who: ActorName, path: string, request: Request) => Promise<Answer>
  readonly askGraphql: (who: ActorName, request: Request) => Promise<Answer>
  readonly personOf: (who: 'owner' | 'salesRep') => Person
  /** Ids that do not belong where they are put: of other entities, of accounts, of what was discarded. */
  readonly foreignIds: readonly string[]
  /** Lines of the log at error or above. */
  readonly logged: readonly string[]
  /** What no answer may hold. */
  readonly secrets: readonly string[]
}

const password = 'long enough for a test'

/** A firm with documents of every kind in several states, four actors, and a log that is listened to. */
export async function openFuzzWorld(): Promise<FuzzWorld> {
  const logged: string[] = []
  const booted = await bootPayload(async (database) => {
    const config = await platformConfig(database, [])
    const { options } = config.logger as { options: object }
    const logger = { options: { ...options, level: 'error' }, destination: { write: (line: string) => void logged.push(line) } }
    return { ...config, logger: logger as unknown as SanitizedConfig['logger'] }
  })
  const { payload } = booted
  // The GraphQL server tells its faults to nobody else.
  const listening = vi.spyOn(console, 'error').mockImplementation((...said: unknown[]) => void logged.push(said.map((each) => (each instanceof Error ? each.stack : String(each))).join(' ')))
  await installPlatform(payload)
  const world = await seedErpWorld(payload)
  const people = { owner: await signIn(booted, ['owner']), salesRep: await signIn(booted, ['salesRep'], 'salesRep') }
  const bystander = await signIn(booted, ['viewer'], 'bystander')
  const role = await people.owner.door('/roles', { method: 'POST', body: { slug: 'fuzzed', name: 'Fuzzed', permissions: [{ entity: 'parts', actions: ['read'] }] } })
  expect(role.status, role.text).toBe(201)
  await makeDocuments(stepsIn(world), world)

  const ids = new Map<string, readonly string[]>()
  const words: Vocabulary = { platform: platformOf(payload), idsOf: (slug) => ids.get(slug) ?? [] }
  await readIds(payload, words, ids)
  const discarded = await fillEntities(people.owner, words)
  await drainWork(payload)
  await readIds(payload, words, ids)
  // Whoever asks stays who it is: accounts, roles and keys that requests may change are others.
  ids.set('users', [bystander.id])
  ids.set('roles', [(role.body as { id: string }).id])
  const keyOf = async (name: string) => {
    const made = await people.owner.door('/keys', { method: 'POST', body: { name, roles: ['salesManager', 'accountant'], days: 30 } })
    expect(made.status, made.text).toBe(201)
    return made.body as { id: string; key: string }
  }
  const [key, spare] = [await keyOf('Fuzz'), await keyOf('Spare')]
  ids.set('api-keys', [spare.id])

  const doors: Record<ActorName, Door> = { owner: people.owner.door, salesRep: people.salesRep.door, nobody: openDoor(booted), key: openDoor(booted) }
  const graphql: Record<ActorName, Door> = {
    owner: await openGraphqlDoor(booted, people.owner.token), salesRep: await openGraphqlDoor(booted, people.salesRep.token), nobody: await openGraphqlDoor(booted), key: await openGraphqlDoor(booted),
  }
  const askAt = (all: Record<ActorName, Door>): FuzzWorld['ask'] => async (who, path, request) => {
    const answer = await all[who](path, who === 'key' ? { ...request, headers: { authorization: `users API-Key ${key.key}`, ...request.headers } } : request)
    if ((who === 'owner' || who === 'salesRep') && (mayEndSession.test(path) || mayEndSession.test(String(request.raw)))) {
      const token = await tokenAgain(booted, people[who], doors[who])
      if (token) Object.assign(doors, { [who]: openDoor(booted, token) })
      if (token) Object.assign(graphql, { [who]: await openGraphqlDoor(booted, token) })
    }
    return answer
  }
  return {
    booted, words,
    close: async () => {
      listening.mockRestore()
      await booted.stop()
    },
    ask: askAt(doors), askGraphql: (who, request) => askAt(graphql)(who, '/graphql', request), logged, personOf: (who) => people[who],
    foreignIds: [people.owner.id, discarded, ...['customers', 'parts', 'sales-orders', 'sales-order-lines', 'quotes', 'companies', 'journal-entries', 'stock-entries'].flatMap((slug) => words.idsOf(slug).slice(0, 1)), '0', 'nowhere'],
    secrets: await secretsOf(payload),
  }
}

/** What may end the session of who asks, or give it another password. */
const mayEndSession = /users|sessions|logout|refresh|reset|password/i

/** A token for the same person, when an earlier request has ended the session. */
async function tokenAgain(booted: Booted, { id, email }: Person, door: Door): Promise<string | undefined> {
  const { body } = await door('/users/me')
  if ((body as { user?: unknown } | undefined)?.user) return undefined
  await booted.payload.update({ collection: 'users', id, data: { email, password, blocked: false, lockUntil: null, loginAttempts: 0 } as never })
  const login = await openDoor(booted)('/users/login', { method: 'POST', body: { email, password } })
  return (login.body as { token: string }).token
}

async function makeDocuments(steps: ReturnType<typeof stepsIn>, { customers, parts, suppliers, today }: Awaited<ReturnType<typeof seedErpWorld>>): Promise<void> {
  const lines = [{ part: parts.helmet, quantity: '4' }, { part: parts.bike, quantity: '2' }]
  await steps.order(customers.shop, lines)
  await steps.confirmed(customers.shop, lines)
  const order = await steps.confirmed(customers.shop, lines)
  await steps.deliver(order)
  await steps.drain()
  const [invoice] = await steps.from('invoices', 'salesOrder', order)
  if (invoice) await steps.send('invoices', invoice.id, 'post')
  await steps.create('purchase-orders', { supplier: suppliers.frames, orderDate: today }, [{ part: parts.bike, quantity: '3', unitPrice: '300' }])
  await steps.create('quotes', { customer: customers.shop, quoteDate: today }, [{ part: parts.bike, quantity: '1' }])
}

/** Tries to make one of every kind that has none yet. @returns the id of one that was discarded again */
async function fillEntities(owner: Person, words: Vocabulary): Promise<string> {
  for (const entity of words.platform.entities.values()) {
    if ((entity.kind !== 'master' && entity.kind !== 'document') || words.idsOf(entity.slug).length > 0) continue
    for (const body of fc.sample(documentFor(entity, words), { seed: 7, numRuns: 8 })) if ((await owner.door(`/${entity.slug}`, { method: 'POST', body })).status === 201) break
  }
  const made = await owner.door('/leads', { method: 'POST', body: { organisation: 'Gone Ltd.' } })
  const { id } = made.body as { id: string }
  expect((await owner.door(`/leads/${id}`, { method: 'DELETE' })).status).toBe(200)
  return id
}

async function readIds(payload: Payload, { platform }: Vocabulary, ids: Map<string, readonly string[]>): Promise<void> {
  const store = openStore(payload)
  for (const { slug, kind } of platform.entities.values()) ids.set(slug, ((await store.find(slug, { limit: kind === 'line' || kind === 'document' ? 8 : 4, sort: 'id' })) as Row[]).map(({ id }) => id))
  ids.set('traces', [...new Set(((await store.find('sales-orders')) as Row[]).map(({ traceId }) => String(traceId)))])
}

/** Hashes and salts of accounts and keys. */
async function secretsOf(payload: Payload): Promise<string[]> {
  const store = openStore(payload)
  const accounts = (await store.find('users')) as unknown as Record<string, unknown>[]
  const keys = (await store.find('api-keys')) as unknown as Record<string, unknown>[]
  const found = [...accounts, ...keys].flatMap(({ hash, salt }) => [hash, salt]).filter((secret): secret is string => typeof secret === 'string' && secret.length > 20)
  expect(found.length).toBeGreaterThan(4)
  return found
}
