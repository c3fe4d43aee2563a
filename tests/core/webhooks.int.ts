import { once } from 'node:events'
import { createServer, type IncomingHttpHeaders, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Payload } from 'payload'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { integer, text } from '../../config/language/fields.ts'
import { systemActor } from '../../plugins/core/access/actor.ts'
import { runCommand } from '../../plugins/core/commands/run-command.ts'
import { transact } from '../../plugins/core/commands/transact.ts'
import { openStore } from '../../plugins/core/data/open-store.ts'
import { drainDeliveries, runDueDeliveries } from '../../plugins/core/deliveries/run-deliveries.ts'
import { mostAttempts, replayDeadLetter } from '../../plugins/core/events/runner.ts'
import type { TrellisPlugin } from '../../plugins/core/platform/plugin.ts'
import { unseal } from '../../plugins/core/webhooks/sealed-secret.ts'
import { isSigned, sign } from '../../plugins/core/webhooks/signature.ts'
import type { Booted } from '../support/boot-payload.ts'
import { openDoor, signIn, type Answer, type Person } from '../support/rest.ts'
import { bootPlatform } from '../support/test-platform.ts'

const say = (en: string) => ({ en, zh: en })
const tickets: TrellisPlugin = {
  slug: 'qms',
  entities: [{
    slug: 'tickets', system: 'qms', kind: 'document', titleField: 'subject', listColumns: ['subject'], workflow: 'ticket', label: say('Ticket'), labels: say('Tickets'),
    fields: [text('subject', say('Subject'), { required: true }), text('foreignId', say('Foreign id')), integer('hours', say('Hours'))],
  }],
  workflows: [{
    slug: 'ticket', version: 1, entity: 'tickets', label: say('Ticket'), initial: 'open',
    events: { close: { label: say('Close'), past: 'closed', input: [text('answer', say('Answer'))] }, tell: { label: say('Tell'), past: 'heard' } },
    states: {
      open: { label: say('Open'), on: { close: { target: 'closed' }, tell: { actions: [{ type: 'core.webhook', params: { webhook: 'silent' } }] } } },
      closed: { label: say('Closed'), type: 'final' },
    },
  }],
}

type Received = { readonly body: string; readonly headers: IncomingHttpHeaders }
const secret = 'a secret of both sides'
const received: Received[] = []
let status = 200
let receiver: Server
let url: string
let booted: Booted
let payload: Payload
let owner: Person
let key: string

const ticket = async (data: object = {}) => String((await runCommand(payload, systemActor, { action: 'create', entity: 'tickets', data: { subject: 'Broken', ...data } })).id)
const giveSecret = (entity: string, made: Answer, given: string | undefined = secret, headers: Record<string, string> = {}) =>
  owner.door(`/${entity}/operations/giveSecret`, { method: 'POST', headers, body: { input: { webhook: (made.body as { id: string }).id, ...(given === undefined ? {} : { secret: given }) } } })
const webhook = async (data: object) => {
  const made = await owner.door('/webhooks', { method: 'POST', body: { code: crypto.randomUUID(), name: 'Receiver', url, eventTypes: 'tickets.created', active: true, ...data } })
  if (made.status === 201) expect((await giveSecret('webhooks', made)).status).toBe(200)
  return made
}
const of = (id: string) => received.filter(({ body }) => body.includes(id)).map(({ body, headers }) => ({ headers, body, said: JSON.parse(body) as Record<string, unknown> }))
const items = (id: string) => openStore(payload).find('work-items', { where: { and: [{ documentId: { equals: id } }, { kind: { equals: 'delivery' } }] } })
const offWith = async (answer: Answer) => { await runCommand(payload, systemActor, { action: 'edit', entity: 'webhooks', id: (answer.body as { id: string }).id, data: { active: false } }) }

beforeAll(async () => {
  receiver = createServer((request, response) => {
    const parts: Buffer[] = []
    request.on('data', (part: Buffer) => parts.push(part))
    request.on('end', () => {
      received.push({ body: Buffer.concat(parts).toString('utf8'), headers: request.headers })
      response.writeHead(status).end()
    })
  }).listen(0, '127.0.0.1')
  await once(receiver, 'listening')
  url = `http://localhost:${(receiver.address() as AddressInfo).port}/hook`
  booted = await bootPlatform([tickets], { outside: { webhookHosts: ['localhost'] } })
  payload = booted.payload
  await transact(payload, { actor: systemActor }, (context) =>
    context.create('companies', { values: { name: 'Test', code: 'T', currency: 'EUR', timeZone: 'Europe/Berlin', country: 'DE', language: 'en' } }))
  owner = await signIn(booted, ['owner'])
  await runCommand(payload, systemActor, { action: 'create', entity: 'roles', data: { slug: 'robot', name: 'Robot', permissions: [{ entity: 'tickets', actions: ['read', 'create', 'send'] }] } })
  key = ((await owner.door('/keys', { method: 'POST', body: { name: 'Robot', roles: ['robot'], days: 30 } })).body as { id: string }).id
})
beforeEach(() => { status = 200; received.length = 0 })
afterAll(async () => {
  await booted?.stop()
  receiver?.close()
})

describe('an outgoing webhook', () => {
  it('is told of the events it names, signed, once each, and of nothing that was rolled back', async () => {
    const made = await webhook({ eventTypes: 'tickets.created\ntickets.closed' })
    expect(made.status).toBe(201)
    const id = await ticket()
    await runCommand(payload, systemActor, { action: 'send', entity: 'tickets', id, event: 'close' })
    await expect(transact(payload, { actor: systemActor }, async (context) => {
      await context.create('tickets', { values: { subject: 'Never was' } })
      throw new Error('rolled back')
    })).rejects.toThrow('rolled back')
    await drainDeliveries(payload)
    await drainDeliveries(payload, new Date(Date.now() + 86_400_000))
    const told = of(id)
    expect(told.map(({ said }) => said.type).sort()).toEqual(['tickets.closed', 'tickets.created'])
    expect(received).toHaveLength(2)
    const closed = told.find(({ said }) => said.type === 'tickets.closed')
    expect(closed?.said).toMatchObject({ entity: 'tickets', documentId: id, documentVersion: 2, actor: 'system', data: { event: 'close', stateBefore: 'open', stateAfter: 'closed' } })
    expect(closed?.headers).toMatchObject({ 'trellis-event': 'tickets.closed', 'content-type': 'application/json' })
    expect(isSigned(secret, closed?.body ?? '', String(closed?.headers['trellis-signature']))).toBe(true)
    await offWith(made)
    await ticket()
    await drainDeliveries(payload)
    expect(received).toHaveLength(2)
  })

  it('that fails is tried again with back-off, becomes a dead letter, and is told when someone replays it', async () => {
    const made = await webhook({})
    status = 500
    const id = await ticket()
    await runDueDeliveries(payload)
    expect(await items(id)).toMatchObject([{ status: 'pending', attempts: 1, lastError: `${new URL(url).host} answered 500.` }])
    expect(Date.parse(String((await items(id))[0]?.dueAt))).toBeGreaterThan(Date.now())
    for (let attempt = 0; attempt <= mostAttempts; attempt++) await runDueDeliveries(payload, new Date(Date.now() + 86_400_000))
    const [dead] = await items(id)
    expect(dead).toMatchObject({ status: 'dead', attempts: mostAttempts })
    expect(JSON.stringify((await owner.door('/dead-letters')).body)).toContain(id)
    const deliveries = new Set(of(id).map(({ headers }) => headers['trellis-delivery']))
    expect([...deliveries]).toEqual([dead?.id])
    status = 200
    await replayDeadLetter(payload, String(dead?.id))
    await drainDeliveries(payload)
    expect(await items(id)).toMatchObject([{ status: 'done' }])
    await offWith(made)
  })

  it('at an address of the network itself is a dead letter at once, which people see and which says why', async () => {
    const made = await webhook({})
    await openStore(payload).update('webhooks', (made.body as { id: string }).id, { url: url.replace('localhost', '127.0.0.1') })
    const id = await ticket()
    await runDueDeliveries(payload)
    expect(received).toEqual([])
    expect(await items(id)).toMatchObject([{ status: 'dead', attempts: 1, lastError: expect.stringContaining('127.0.0.1 is not a public address') as string }])
    expect((await owner.door('/dead-letters')).text).toContain('127.0.0.1 is not a public address')
    // Out of use, it is not told of what someone replays either.
    await offWith(made)
    await replayDeadLetter(payload, String((await items(id))[0]?.id))
    await drainDeliveries(payload)
    expect(await items(id)).toMatchObject([{ status: 'done' }])
  })

  it('that could never work is not saved: an address that is certainly not public, or a type of event that never happens', async () => {
    const refused = async (data: object) => { const { status: code, text: said } = await webhook(data); return [code, said] as const }
    for (const address of ['http://169.254.169.254/latest', 'http://127.0.0.1:4500/', 'http://[::1]/', 'http://0/', 'http://2130706433/', 'http://app.localhost/', 'http://intranet/hook', 'http://bus.internal/', 'http://bus.local./']) {
      expect(await refused({ url: address }), address).toEqual([422, expect.stringMatching(/"path":"url".*WEBHOOK_HOSTS/)])
    }
    expect(await refused({ eventTypes: 'tickets.close' })).toEqual([422, expect.stringContaining('Near it: tickets.closed')])
    for (const eventTypes of ['ticket.*', 'tickets.created\ntickets.sold', 'every thing!', 'nothing']) expect(await refused({ eventTypes }), eventTypes).toEqual([422, expect.stringContaining('"path":"eventTypes"')])
    for (const data of [{ url: 'https://example.com/hook' }, { url: 'http://1.1.1.1/' }, { eventTypes: '*' }, { eventTypes: 'tickets.*, tickets.heard\ntickets.told' }]) {
      const made = await webhook(data)
      expect(made.status, JSON.stringify(data)).toBe(201)
      await offWith(made)
    }
  })

  it('that became wrong can still be taken out of use', async () => {
    const made = await webhook({})
    const { id } = made.body as { id: string }
    await openStore(payload).update('webhooks', id, { url: 'http://127.0.0.1/', eventTypes: 'tickets.gone' })
    await offWith(made)
    expect(await openStore(payload).get('webhooks', id)).toMatchObject({ active: false })
  })

  it('may be told by workflows alone', async () => {
    await webhook({ code: 'silent', eventTypes: 'none' })
    const id = await ticket()
    await runCommand(payload, systemActor, { action: 'send', entity: 'tickets', id, event: 'tell' })
    await drainDeliveries(payload)
    expect(of(id).map(({ said }) => said)).toMatchObject([{ type: 'tickets.told', data: { event: 'tell', webhook: 'silent' } }])
  })

  it('has a secret that is told once, and by no door again; a new one signs from then on', async () => {
    const made = await webhook({})
    const { id } = made.body as { id: string }
    const headers = { 'Idempotency-Key': 'a new secret' }
    const asked = () => owner.door('/webhooks/operations/giveSecret', { method: 'POST', headers, body: { input: { webhook: id } } })
    const [first, again] = [await asked(), await asked()]
    const { once = '' } = first.body as { once?: string }
    expect([first.status, once, again.status]).toEqual([200, expect.stringMatching(/^[0-9a-f]{64}$/) as unknown, 200])
    const about = await ticket()
    await drainDeliveries(payload)
    const [told] = of(about)
    const signature = String(told?.headers['trellis-signature'])
    expect([isSigned(once, told?.body ?? '', signature), isSigned(secret, told?.body ?? '', signature)]).toEqual([true, false])
    const { sealed } = await openStore(payload).require('webhook-secrets', id)
    const graph = await owner.door('/graphql', { method: 'POST', body: { query: '{ Webhooks { docs { id name } } WebhookSecrets { docs { id sealed } } }' } })
    const doors = ['/webhooks', `/webhooks/${id}?depth=2`, '/webhooks/export', '/webhook-secrets', `/webhook-secrets/${id}`, '/webhook-secrets/export', `/history?where[documentId][equals]=${id}`, `/events?where[documentId][equals]=${id}`, '/configuration', '/idempotency-keys', '/views/lists/webhooks']
    const answers = [again.text, graph.text, ...(await Promise.all(doors.map((path) => owner.door(path)))).map(({ text: answer }) => answer)]
    for (const answer of answers) for (const hidden of [once, secret, sealed]) expect(answer).not.toContain(hidden)
    // Nor does it lie open in the database.
    for (const entity of ['webhooks', 'webhook-secrets', 'history', 'events', 'work-items', 'idempotency-keys'] as const) expect(JSON.stringify(await openStore(payload).find(entity))).not.toContain(once)
    expect([unseal(payload, id, sealed), unseal(payload, 'another', sealed), unseal({ secret: 'of another instance' }, id, sealed), unseal(payload, id, `${sealed}x`), unseal(payload, id, '')]).toEqual([once, undefined, undefined, undefined, undefined])
    expect((await owner.door(`/webhooks/${id}`, { method: 'DELETE' })).status).toBe(200)
    expect(await openStore(payload).get('webhook-secrets', id)).toBeUndefined()
  })

  it('is the owner\'s alone, its secret too, and is refused with its place', async () => {
    const given = await webhook({ active: false })
    const clerk = await signIn(booted, ['salesManager'])
    expect((await clerk.door('/webhooks')).status).toBe(403)
    expect((await clerk.door('/inbound-hooks')).status).toBe(403)
    expect((await clerk.door('/webhooks/operations/giveSecret', { method: 'POST', body: { input: { webhook: (given.body as { id: string }).id } } })).status).toBe(403)
    expect((await giveSecret('webhooks', given, 'short')).text).toContain('"path":"secret"')
    expect((await giveSecret('inbound-hooks', given)).status).toBe(422)
    for (const [wrong, path] of [[{ url: 'ftp://x' }, 'url'], [{ url: 'https://me:pass@x.example' }, 'url'], [{ eventTypes: 'every thing!' }, 'eventTypes']] as const) {
      const { status: refused, body } = await webhook(wrong)
      expect(refused, JSON.stringify(wrong)).toBe(422)
      expect(JSON.stringify(body)).toContain(`"path":"${path}"`)
    }
  })
})

describe('an inbound webhook', () => {
  const hook = async (data: object) => {
    const made = await owner.door('/inbound-hooks', { method: 'POST', body: { name: 'Shop', apiKey: key, check: 'signature', does: 'create', entity: 'tickets', mapping: { subject: 'issue.title', foreignId: 'issue.id', hours: 'issue.hours.0' }, active: true, ...data } })
    if (made.status === 201) expect((await giveSecret('inbound-hooks', made)).status).toBe(200)
    return made
  }
  const post = (code: string, body: unknown, headers: Record<string, string> = {}) => {
    const raw = typeof body === 'string' ? body : JSON.stringify(body)
    return openDoor(booted)(`/hooks/${code}`, { method: 'POST', raw, headers: { 'Trellis-Signature': sign(secret, raw), ...headers } })
  }

  it('makes a document by its mapping, once for each message, with the rights of its key', async () => {
    expect((await hook({ code: 'issues', idPath: 'issue.id' })).status).toBe(201)
    const message = { issue: { id: 'X-1', title: 'From outside', hours: [3] } }
    const first = await post('issues', message)
    expect(first.status).toBe(200)
    const { id } = first.body as { id: string }
    expect(await openStore(payload).require<string>('tickets', id)).toMatchObject({ subject: 'From outside', foreignId: 'X-1', hours: 3 })
    expect((await post('issues', message)).body).toEqual(first.body)
    expect(await openStore(payload).count('tickets', { foreignId: { equals: 'X-1' } })).toBe(1)
    expect((await post('issues', { issue: { id: 'X-1', title: 'Another thing' } })).status).toBe(409)
    const history = await openStore(payload).find('history', { where: { documentId: { equals: id } } })
    expect(history).toMatchObject([{ actor: owner.id, apiKey: key }])
    expect((await post('issues', { issue: { id: 'X-2', title: 'By key' } }, { 'Idempotency-Key': 'one' })).status).toBe(200)
    expect((await post('issues', { issue: { title: 'No id' } })).status).toBe(422)
    expect((await post('issues', { issue: { id: 'X-3', title: { deep: true } } })).status).toBe(422)
  })

  it('sends an event to the document that the message names', async () => {
    const id = await ticket({ foreignId: 'Y-1' })
    await ticket({ foreignId: 'twice' })
    await ticket({ foreignId: 'twice' })
    expect((await hook({ code: 'closing', check: 'secret', does: 'send', event: 'close', findBy: 'foreignId', findPath: 'ref', mapping: { answer: 'text' } })).status).toBe(201)
    const bearer = { Authorization: `Bearer ${secret}` }
    expect((await post('closing', { ref: 'Y-1', text: 'Done' }, bearer)).body).toMatchObject({ id, state: 'closed' })
    expect((await post('closing', { ref: 'Y-1' }, bearer)).status).toBe(409)
    expect((await post('closing', { ref: 'nobody' }, bearer)).status).toBe(404)
    expect((await post('closing', { ref: 'twice' }, bearer)).status).toBe(400)
    expect((await post('closing', { ref: { equals: 'Y-1' } }, bearer)).status).toBe(422)
  })

  it('is closed to who does not know the secret, whose key ended, and for what the key may not', async () => {
    await hook({ code: 'shut' })
    const body = { issue: { id: 'Z', title: 'x' } }
    const anyone = openDoor(booted)
    expect((await anyone('/hooks/shut', { method: 'POST', body })).status).toBe(401)
    expect((await post('shut', body, { 'Trellis-Signature': sign('not the secret', JSON.stringify(body)) })).status).toBe(401)
    expect((await post('shut', body, { 'Trellis-Signature': sign(secret, JSON.stringify(body), new Date(Date.now() - 600_000)) })).status).toBe(401)
    expect((await post('shut', body, { Authorization: `Bearer ${secret}`, 'Trellis-Signature': '' })).status).toBe(401)
    expect((await post('not-there', body)).status).toBe(401)
    const other = ((await owner.door('/keys', { method: 'POST', body: { name: 'Reader', roles: ['robot'], readOnly: true, days: 30 } })).body as { id: string }).id
    await hook({ code: 'reading', apiKey: other })
    expect((await post('reading', body)).status).toBe(403)
    await openStore(payload).update('api-keys', other, { expiresAt: '2020-01-01T00:00:00.000Z' })
    expect((await post('reading', body)).status).toBe(401)
  })

  it('answers what is no message with 4xx', async () => {
    await hook({ code: 'hostile' })
    const deep = `${'{"a":'.repeat(5_000)}1${'}'.repeat(5_000)}`
    for (const raw of ['', '[]', '"x"', 'null', '{', '{"issue":null}', '{"__proto__":{"issue":{"title":"x"}}}', deep, `{"issue":{"title":"${'x'.repeat(300_000)}"}}`, '{"issue":{"title":"\\u0000"}}', '{"issue":{"title":"x","hours":["many"]}}']) {
      const { status: answer } = await post('hostile', raw)
      expect(answer, raw.slice(0, 40)).toBeGreaterThanOrEqual(400)
      expect(answer, raw.slice(0, 40)).toBeLessThan(500)
    }
    expect((await openDoor(booted)(`/hooks/${'x'.repeat(500)}`, { method: 'POST', raw: '{}' })).status).toBe(401)
    expect((await openDoor(booted)('/hooks/hostile')).status).toBe(404)
    for (const [wrong, path] of [[{ entity: 'history' }, 'entity'], [{ mapping: { nothing: 'a' } }, 'mapping'], [{ mapping: ['a'] }, 'mapping'], [{ does: 'send', event: 'none', findBy: 'foreignId', findPath: 'x', mapping: {} }, 'event'], [{ does: 'send', event: 'close', findBy: 'hours', findPath: 'x', mapping: {} }, 'findBy']] as const) {
      const { status: refused, body } = await hook({ code: crypto.randomUUID(), ...wrong })
      expect(refused, JSON.stringify(wrong)).toBe(422)
      expect(JSON.stringify(body)).toContain(`"path":"${path}"`)
    }
  })
})
