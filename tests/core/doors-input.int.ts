import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Finding } from '../../config/language/refusal.ts'
import { openStore } from '../../plugins/core/data/open-store.ts'
import type { Booted } from '../support/boot-payload.ts'
import { askGraphql } from '../support/graphql.ts'
import { signIn, type Answer, type Person } from '../support/rest.ts'
import { createSampleFirm, putDocument, type SampleFirm } from '../support/sample-firm.ts'
import { bootPlatform } from '../support/test-platform.ts'

let booted: Booted
let owner: Person
let firm: SampleFirm
let quote: string
let otherLine: string

beforeAll(async () => {
  booted = await bootPlatform()
  owner = await signIn(booted, ['owner'])
  firm = await createSampleFirm(booted.payload)
  const put = (number: string) => putDocument(booted.payload, firm, {
    entity: 'quotes', lineEntity: 'quote-lines', parentField: 'quote', state: 'draft', values: { number, customer: firm.customer },
    lines: [{ part: 0, quantity: 1, price: 1 }],
  })
  quote = await put('QU-1')
  const other = await put('QU-2')
  otherLine = (await openStore(booted.payload).find('quote-lines', { where: { quote: { equals: other } } }))[0]?.id ?? expect.fail()
})
afterAll(() => booted?.stop())

type Told = { errors: { name?: string; message: string; data?: { code: string; status: number; message: { en: string; zh: string }; findings?: Finding[] } }[] }

/** A 4xx whose sentence people can read, in both languages where it is ours. */
function expectTold(answer: Answer, what: string): Told['errors'][number] {
  expect(answer.status >= 400 && answer.status < 500, `${what}: ${answer.status} ${answer.text.slice(0, 300)}`).toBe(true)
  const error = (answer.body as Told | undefined)?.errors?.[0] ?? expect.fail(`${what}: ${answer.text.slice(0, 200)}`)
  expect(error.message.length, what).toBeGreaterThan(8)
  expect(error.message, what).not.toMatch(/SQLITE|Mongo|Cast to|undefined|\[object|TypeError|drizzle/i)
  return error
}

const part = () => ({ partNumber: `P-${crypto.randomUUID()}`, name: 'Wheel', unit: firm.unit, makeOrBuy: 'buy', tracking: 'none', status: 'active' })
const create = (entity: string, body: unknown) => owner.door(`/${entity}`, { method: 'POST', body })
const count = async () => (await openStore(booted.payload).count('parts', { id: { exists: true } }))

describe('wrong input', () => {
  it.each<[string, Record<string, unknown>, string]>([
    ['a number where a text belongs', { name: 7 }, 'name'],
    ['an object where a text belongs', { name: { en: 'Wheel' } }, 'name'],
    ['a list where a text belongs', { name: ['Wheel'] }, 'name'],
    ['a text where yes or no belongs', { stocked: 'yes' }, 'stocked'],
    ['a fraction as a number', { listPrice: 1.5 }, 'listPrice'],
    ['an amount in words', { listPrice: 'twelve' }, 'listPrice'],
    ['thousands separators', { listPrice: '1,200.00' }, 'listPrice'],
    ['more decimals than are kept', { listPrice: '1.1234567' }, 'listPrice'],
    ['a number beyond all bounds', { listPrice: '9'.repeat(40) }, 'listPrice'],
    ['a number with an exponent', { listPrice: '1e400' }, 'listPrice'],
    ['a negative price', { listPrice: '-1' }, 'listPrice'],
    ['a huge whole number', { leadTimeDays: 1e300 }, 'leadTimeDays'],
    ['a whole number out of range', { leadTimeDays: 99_999 }, 'leadTimeDays'],
    ['an unknown option', { makeOrBuy: 'steal' }, 'makeOrBuy'],
    ['an unknown field', { colour: 'red' }, 'colour'],
    ['a field that is nobody\'s to write', { version: 7 }, 'version'],
    ['a field of the machine', { workflow: { state: 'done' } }, 'workflow'],
    ['a prototype', { constructor: {} }, 'constructor'],
    ['an id of nothing', { unit: 'nowhere' }, 'unit'],
    ['an id of another entity', { preferredSupplier: 'CUSTOMER' }, 'preferredSupplier'],
    ['an id that is an object', { unit: { $ne: null } }, 'unit'],
    ['a text too long', { name: 'x'.repeat(10_000) }, 'name'],
    ['a text with a NUL', { name: 'a\0b' }, 'name'],
    ['a broken character', { name: 'a\ud800b' }, 'name'],
    ['a missing name', { name: '' }, 'name'],
    ['a null where something is required', { unit: null }, 'unit'],
  ])('%s is told with its field, reason and remedy, and nothing is stored', async (what, wrong, field) => {
    const before = await count()
    const values = Object.fromEntries(Object.entries(wrong).map(([name, value]) => [name, value === 'CUSTOMER' ? firm.customer : value]))
    const error = expectTold(await create('parts', { ...part(), ...values }), what)
    expect(error.data?.findings?.map(({ path }) => path), JSON.stringify(error)).toContain(field)
    for (const { message } of error.data?.findings ?? []) expect(message.en.length * message.zh.length).toBeGreaterThan(8)
    expect(await count()).toBe(before)
  })

  it('every problem is told at once', async () => {
    const error = expectTold(await create('parts', { ...part(), name: 7, listPrice: 'x', colour: 1 }), 'three')
    expect(error.data?.findings?.map(({ path }) => path).sort()).toEqual(['colour', 'listPrice', 'name'])
  })

  it('"__proto__" is a field nobody knows', async () => {
    const answer = await owner.door('/parts', { method: 'POST', raw: `{"partNumber":"P-proto","name":"x","unit":"${firm.unit}","__proto__":{"isAdmin":true}}` })
    expect(answer.status).not.toBe(500)
    expect(({} as { isAdmin?: boolean }).isAdmin).toBeUndefined()
  })

  it.each(['[]', '"text"', '7', 'null', 'true', '{', '{"a":}', '<xml/>', '\u0000', `{"name":"${'x'.repeat(100)}`])('the body %j is refused', async (raw) => {
    for (const [method, path] of [['POST', '/parts'], ['PATCH', `/parts/${firm.parts[0]}`], ['DELETE', `/quotes/${quote}`], ['POST', `/quotes/${quote}/events/send`], ['POST', '/quotes/operations/any']] as const) {
      expectTold(await owner.door(path, { method, raw }), `${method} ${path}`)
    }
    expect((await owner.door(`/quotes/${quote}`)).status).toBe(200)
  })

  it('lines are checked each at its place; a foreign line is none of this document\'s', async () => {
    const edit = (lines: unknown) => owner.door(`/quotes/${quote}`, { method: 'PATCH', body: { lines } })
    const line = { part: firm.parts[0], quantity: '1', unitPrice: '1', unit: firm.unit }
    for (const [what, lines, path] of [
      ['no list', { part: 'x' }, 'lines'], ['a line that is a text', ['x'], 'lines.0'], ['a wrong quantity', [line, { ...line, quantity: 'many' }], 'lines.1.quantity'],
      ['an unknown part', [{ ...line, part: 'nothing' }], 'part'], ['a kept figure', [{ ...line, netAmount: '0.01' }], 'lines.0.netAmount'], ['too many', Array(2_001).fill(line), 'lines'],
    ] as const) {
      const error = expectTold(await edit(lines), what)
      expect(JSON.stringify(error.data?.findings?.map((finding) => finding.path)), what).toContain(path)
    }
    for (const lines of [[{ ...line, id: otherLine, quantity: '77' }], [{ ...line, id: 'twice' }, { ...line, id: 'twice' }]]) {
      expect(expectTold(await edit(lines), 'foreign line').data?.findings?.map((finding) => finding.path)).toContain(`lines.${lines.length - 1}.id`)
    }
    expect(expectTold(await create('parts', { ...part(), id: firm.parts[0] }), 'taken id').data?.findings?.map((finding) => finding.path)).toEqual(['id'])
    expect(await openStore(booted.payload).get('quote-lines', otherLine)).toMatchObject({ quantity: 1_000_000 })
  })

  it('ids of nothing, of another entity and of no sense are 404', async () => {
    for (const id of ['nothing', firm.customer, '%00', '..%2f..', '%E4%BD%A0', 'a'.repeat(3_000), '0', 'null', '%7B%22%24ne%22%3Anull%7D', '%E0%A4%A', '%ff']) {
      for (const [method, path] of [['GET', ''], ['GET', '/events'], ['GET', '/pdf'], ['PATCH', ''], ['DELETE', ''], ['POST', '/events/send']] as const) {
        const answer = await owner.door(`/quotes/${id}${path}`, { method, ...(method === 'GET' ? {} : { body: {} }) })
        expect(answer.status >= 400 && answer.status < 500, `${method} /quotes/${id.slice(0, 30)}${path}: ${answer.status} ${answer.text.slice(0, 200)}`).toBe(true)
      }
    }
    for (const path of ['/trace/nothing', '/nowhere', '/quotes/a/b/c/d', '/views/documents/nowhere/x', '/views/lists/nowhere', '/options/nowhere']) expect((await owner.door(path)).status, path).toBe(404)
  })

  it('an unknown event or operation, a stale version and a key used twice are told', async () => {
    const send = (event: string, body: unknown) => owner.door(`/quotes/${quote}/events/${event}`, { method: 'POST', body })
    for (const event of ['fly', 'constructor', '__proto__', 'toString', '%00']) expectTold(await send(event, {}), event)
    for (const body of [{ expectedVersion: 'one' }, { expectedVersion: 1e300 }, { expectedVersion: 77 }, { reason: 7 }, { input: [] }, { input: { colour: 1 } }, { lines: 'x' }]) expectTold(await send('send', body), JSON.stringify(body))
    for (const operation of ['fly', 'constructor']) expectTold(await owner.door(`/quotes/operations/${operation}`, { method: 'POST', body: {} }), operation)
    const key = { 'Idempotency-Key': 'same' }
    expect((await owner.door('/parts', { method: 'POST', body: part(), headers: key })).status).toBe(201)
    expect(expectTold(await owner.door('/parts', { method: 'POST', body: part(), headers: key }), 'key').name).toBe('idempotencyMismatch')
  })

  it.each([
    'where[colour][equals]=red', 'where[number][colour]=red', 'where[number]=red', 'where=red', 'where[]=1', 'where[and]=x', 'where[and][0]=x', 'where[or][0][number]=x', 'where[number][equals][deep]=x',
    'where[grandTotal][greater_than]=many', 'where[grandTotal][equals]=1e400', 'where[grandTotal][in]=1,x', 'where[customer][equals][$ne]=x', 'where[number][$where]=1', 'where[__proto__][equals]=1', 'where[constructor][equals]=1',
    'where[quoteVersion][greater_than]=x', 'where[customer.colour][equals]=x', 'where[number.foo][equals]=x', 'where[workflow.snapshot][exists]=true',
    'sort=colour', 'sort=-', 'sort=customer.colour', 'sort[a]=b', 'limit=x', 'limit=-1', 'limit=0', 'limit=1001', 'pagination=false', 'pagination=false&limit=0', 'limit=1e300', 'page=x', 'page=-5', 'page=0', 'page=99999999999999999999', 'depth=x', 'depth=-1', 'depth=100000',
    'select[colour]=true', 'select=x', 'populate=x', 'joins=x', 'joins[lines][limit]=x', 'joins[lines][where][colour][equals]=x', 'joins[lines][sort]=colour', 'locale=xx', 'draft=maybe', 'where[createdAt][greater_than]=yesterday', 'where[number][near]=x', 'where[number][like][0]=x', 'where[number][in]=', 'where[quoteDate][equals]=2026-99-99', 'where[number][like]=%25%28%5B', 'where[number][contains]=%5C',
  ])('the question ?%s gets an answer or a 4xx', async (query) => {
    for (const path of ['/quotes', '/quotes/count', `/quotes/${quote}`, '/quotes/export', '/quote-lines', '/users', '/views/lists/quotes']) {
      const answer = await owner.door(`${path}?${query}`)
      expect(answer.status < 500, `${path}?${query}: ${answer.status} ${answer.text.slice(0, 300)}`).toBe(true)
      expect(answer.text, `${path}?${query}`).not.toMatch(/SQLITE|MongoServer|Cast to|drizzle|node_modules/)
    }
  })

  it('GraphQL tells the same faults with their status', async () => {
    const ask = (source: string, variables = {}) => askGraphql(booted.payload, { id: owner.id, email: owner.email, roles: ['owner'] }, source, variables)
    for (const source of [
      '{ Quotes(where: { colour: { equals: 1 } }) { totalDocs } }', '{ Quotes(where: { grandTotal: { equals: "many" } }) { totalDocs } }', '{ Quotes(sort: "colour") { totalDocs } }', '{ Quotes(limit: 99999999999) { totalDocs } }',
      '{ Quote(id: "nothing") { id } }', '{ trace(id: "nothing") { id } }', '{ availableEvents(entity: "nowhere", ids: ["x"]) { event } }',
      'mutation { sendEvent(entity: "nowhere", id: "x", event: "y") { id } }', `mutation { sendEvent(entity: "quotes", id: "${quote}", event: "fly") { id } }`, 'mutation { sendEvent(entity: "quotes", id: "nothing", event: "send") { id } }',
      `mutation { sendEvent(entity: "quotes", id: "${quote}", event: "send", input: [1]) { id } }`, `mutation { sendEvent(entity: "quotes", id: "${quote}", event: "send", lines: 7) { id } }`,
      'mutation { createPart(data: { name: "x" }) { id } }', 'mutation { updatePart(id: "nothing", data: { name: "x" }) { id } }', 'mutation { deleteQuote(id: "nothing") { id } }', 'mutation { runOperation(entity: "quotes", operation: "fly") { id } }',
    ]) {
      const { errors } = await ask(source)
      expect(errors?.length, source).toBe(1)
      const cause = errors?.[0]?.originalError as { status?: number } | undefined
      // A fault of the query itself has no cause; any other carries its status.
      expect(cause === undefined || (Number(cause.status) >= 400 && Number(cause.status) < 500), `${source}: ${String(errors?.[0]?.message)}`).toBe(true)
    }
  })
})
