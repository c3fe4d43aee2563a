import { pino } from 'pino'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Problem } from '../../config/errors.ts'
import { localizeError } from '../../plugins/core/api/localize-error.ts'
import { logFaults } from '../../plugins/core/api/log-faults.ts'
import { tellErrors } from '../../plugins/core/api/told-errors.ts'
import type { Booted } from '../support/boot-payload.ts'
import { askGraphql } from '../support/graphql.ts'
import { openDoor, signIn, type Answer, type Person } from '../support/rest.ts'
import { createSampleFirm, putDocument, type SampleFirm } from '../support/sample-firm.ts'
import { bootPlatform } from '../support/test-platform.ts'

let booted: Booted
let owner: Person
let clerk: Person
let firm: SampleFirm
let quote: string

beforeAll(async () => {
  booted = await bootPlatform()
  owner = await signIn(booted, ['owner'])
  clerk = await signIn(booted, [], 'clerk')
  firm = await createSampleFirm(booted.payload)
  quote = await putDocument(booted.payload, firm, { entity: 'quotes', lineEntity: 'quote-lines', parentField: 'quote', state: 'draft', values: { number: 'QU-1', customer: firm.customer }, lines: [{ part: 0, quantity: 1, price: 1 }] })
})
afterAll(() => booted?.stop())

type Told = { readonly name: string; readonly message: string; readonly data: Problem }

/** Every error has the shape that docs/api.md promises. */
function toldOf(answer: Answer): Told {
  const errors = (answer.body as { errors?: Told[] } | undefined)?.errors ?? expect.fail(answer.text.slice(0, 300))
  for (const { name, message, data } of errors) {
    expect([name, data.status], answer.text.slice(0, 300)).toEqual([data.code, answer.status])
    expect([data.message.en, data.message.zh]).toContain(message)
    expect(data.message.zh, data.message.en).toMatch(/[\u4e00-\u9fff]/)
  }
  return errors[0] ?? expect.fail('no error')
}
const post = (body: unknown, headers = {}) => ({ method: 'POST', body, headers })

const readingDoors = () => [
  '/quotes', '/quotes/count', `/quotes/${quote}`, '/quote-lines', '/history', '/quotes/export', `/quotes/${quote}/pdf`, `/quotes/${quote}/events`, '/trace/x', '/search?q=QU', '/options/quotes',
  '/views/lists/quotes', `/views/documents/quotes/${quote}`, `/views/events/quotes?ids=${quote}`, '/dead-letters', '/workflows/quotes',
]

describe('who asks', () => {
  it('nobody who is not signed in: 401 at every door', async () => {
    const door = openDoor(booted)
    for (const path of [...readingDoors(), '/users']) {
      const answer = await door(path)
      expect([path, answer.status, toldOf(answer).name]).toEqual([path, 401, 'notSignedIn'])
    }
    for (const [path, request] of [['/parts', post({})], [`/quotes/${quote}`, { method: 'PATCH', body: {} }], [`/quotes/${quote}/events/send`, post({})], ['/ledger-accounts/operations/trialBalance', post({})], ['/users', post({})]] as const) {
      const answer = await door(path, request)
      expect([path, answer.status, toldOf(answer).name]).toEqual([path, 401, 'notSignedIn'])
    }
  })

  it('who lacks the right: 403 with what and whose', async () => {
    for (const path of readingDoors()) {
      const answer = await clerk.door(path)
      // What is only searched, offered or traced comes back without what one may not read.
      if (/^\/(search|options|trace|views\/events)/.test(path)) continue
      expect([path, answer.status, toldOf(answer).name]).toEqual([path, 403, 'forbidden'])
    }
    expect(toldOf(await clerk.door('/quotes')).message).toContain('read Quotes')
    expect(toldOf(await clerk.door('/users', post({ email: 'a@firm.example', password: 'long enough' }))).name).toBe('notAllowed')
  })

  it('a login that fails says which remedy, in the language of the request', async () => {
    const wrong = await openDoor(booted)('/users/login', post({ email: owner.email, password: 'wrong' }, { 'Accept-Language': 'zh' }))
    expect([wrong.status, toldOf(wrong).name, toldOf(wrong).message]).toEqual([401, 'wrongCredentials', expect.stringContaining('密码不正确')])
    const { email } = await signIn(booted, ['viewer'], 'Locked Person')
    for (let attempt = 0; attempt < 8; attempt++) await openDoor(booted)('/users/login', post({ email, password: 'wrong' }))
    const locked = await openDoor(booted)('/users/login', post({ email, password: 'long enough for a test' }))
    expect([locked.status, toldOf(locked).name]).toEqual([401, 'accountLocked'])
  })
})

describe('what Payload says by itself', () => {
  it('a missing document, an address of nobody, a wrong account', async () => {
    for (const [path, code] of [['/quotes/nothing', 'notFound'], ['/nowhere', 'noSuchAddress'], ['/quotes/a/b/c/d', 'noSuchAddress']] as const) {
      const answer = await owner.door(path)
      expect([path, answer.status, toldOf(answer).name]).toEqual([path, 404, code])
    }
    const taken = await owner.door('/users', post({ email: owner.email, password: 'long enough for a test', roles: ['viewer'] }))
    expect([taken.status, toldOf(taken).data.findings]).toEqual([422, [expect.objectContaining({ path: 'email', message: { en: expect.stringContaining('already registered'), zh: expect.stringMatching(/[\u4e00-\u9fff]{4}/) } })]])
    toldOf(await owner.door('/users/reset-password', post({ token: 'guess', password: 'a password of mine' })))
  })

  it('GraphQL says the same, under a name that no build changes', async () => {
    const told = async (user: Person | null, source: string, variables = {}) => {
      const { errors } = await askGraphql(booted.payload, user && { id: user.id, email: user.email, roles: user === owner ? ['owner'] : [] }, source, variables)
      const [error] = errors ?? expect.fail(source)
      const answer = await localizeError({ error: error as Error, req: { user: user ?? null, i18n: { language: 'zh' } }, context: {}, graphqlResult: {} } as never)
      const { message, extensions } = (answer as { graphqlResult: { message: string; extensions: Problem & { name: string; statusCode: number } } }).graphqlResult
      expect(message).toBe(extensions.message.zh)
      expect([extensions.name, extensions.statusCode]).toEqual([extensions.code, extensions.status])
      return [extensions.code, extensions.status]
    }
    expect(await told(null, '{ Quotes { totalDocs } }')).toEqual(['notSignedIn', 401])
    expect(await told(null, '{ Users { totalDocs } }')).toEqual(['notSignedIn', 401])
    expect(await told(null, '{ trace(id: "x") { id } }')).toEqual(['notSignedIn', 401])
    expect(await told(clerk, '{ Quotes { totalDocs } }')).toEqual(['forbidden', 403])
    expect(await told(owner, '{ Quotes { colour } }')).toEqual(['badQuery', 400])
    expect(await told(owner, '{ Quotes(where: { requestedDate: { equals: 1 } }) { totalDocs } }')).toEqual(['badQuery', 400])
    expect(await told(owner, '{ Quotes(where: { quoteDate: { greater_than: "x" } }) { totalDocs } }')).toEqual(['badRequest', 400])
    expect(await told(owner, 'query ($id: String!) { Quote(id: $id) { id } }')).toEqual(['badQuery', 400])
    expect(await told(owner, 'mutation { createPart(data: { name: "x" }) { id } }')).toEqual(['invalidInput', 422])
  })

  it('what the GraphQL server answers before any hook gets the shape too, and answers without errors stay as they are', async () => {
    const asked = { method: 'POST', url: 'http://localhost/api/graphql', language: 'zh' } as const
    const of = (body: string | null, status = 200) => tellErrors(new Response(body, { status, headers: { 'Content-Type': 'application/json' } }), asked)
    expect(await (await of('{"errors":[{"message":"Syntax Error: Unexpected Name.","locations":[{"line":1,"column":1}]}]}')).json()).toEqual({
      errors: [{ message: expect.stringContaining('GraphQL 请求无法执行：Syntax Error'), locations: [{ line: 1, column: 1 }], extensions: expect.objectContaining({ name: 'badQuery', code: 'badQuery', status: 400 }) }],
    })
    expect(await (await of(null, 415)).json()).toMatchObject({ errors: [{ message: expect.stringContaining('请以 application/json 发送'), extensions: { code: 'badQuery', status: 415 } }] })
    for (const body of ['{"data":{"errors":[{"message":"x"}]}}', '{"errors":[{"message":"x","extensions":{"code":"forbidden"}}],"data":null}']) expect(await (await of(body)).text()).toBe(body)
  })
})

describe('the log', () => {
  function lines(write: (logger: ReturnType<typeof pino>) => void): { level: number; msg?: string; err?: unknown }[] {
    const written: string[] = []
    write(pino({ level: 'trace', hooks: { logMethod: logFaults } }, { write: (text: string) => { written.push(text) } }))
    return written.map((text) => JSON.parse(text) as { level: number })
  }

  it('holds a caller\'s fault as one line at info, and a fault of ours as an error with its stack', async () => {
    const { errors } = await askGraphql(booted.payload, null, '{ Quotes { totalDocs } }')
    const { errors: wrong } = await askGraphql(booted.payload, null, '{ Quotes { colour } }')
    for (const err of [errors?.[0], wrong?.[0]]) expect(lines((logger) => { logger.error({ err }) })).toEqual([expect.objectContaining({ level: 30, code: expect.any(String), msg: expect.any(String) })])
    const [fault] = lines((logger) => { logger.error({ err: new TypeError('x is undefined') }) })
    expect([fault?.level, (fault?.err as { stack?: string }).stack]).toEqual([50, expect.stringContaining('told-errors')])
    expect(lines((logger) => { logger.warn('as it is') })).toMatchObject([{ level: 40, msg: 'as it is' }])
  })

  it('is what the platform logs with', () => {
    expect(booted.payload.config.logger).toMatchObject({ options: { hooks: { logMethod: logFaults } } })
  })
})

describe('a question of the wrong type is refused with the part that is wrong', () => {
  it.each([
    ['where[quoteDate][equals]=x', 'where.quoteDate'], ['where[quoteDate][greater_than]=2026-13-01', 'where.quoteDate'], ['where[createdAt][less_than]=x', 'where.createdAt'], ['where[createdAt][less_than]=1', 'where.createdAt'],
    ['where[quoteVersion][equals]=x', 'where.quoteVersion'], ['where[grandTotal][equals]=x', 'where.grandTotal'],
    ['limit=x', 'limit'], ['limit=1.5', 'limit'], ['limit[]=1', 'limit'], ['page=x', 'page'], ['depth=x', 'depth'], ['depth=-1', 'depth'], ['sort[a]=b', 'sort'], ['sort=%20', 'sort'],
    ['pagination=maybe', 'pagination'], ['select=x', 'select'], ['populate=x', 'populate'], ['joins=x', 'joins'], ['joins[lines][limit]=x', 'joins[lines][limit]'],
  ])('%s', async (query, parameter) => {
    const answer = await owner.door(`/quotes?${query}`)
    expect([answer.status, toldOf(answer).data.findings?.map(({ path }) => path)], answer.text.slice(0, 300)).toEqual([400, [parameter]])
  })

  it.each([
    ['f=quoteDate:gte:x', 'where.quoteDate'], ['f=quoteDate', 'f'], ['f=quoteDate:near:x', 'f'], ['f=quoteDate:contains:x', 'f'], ['limit=x', 'limit'], ['limit=7', 'limit'], ['page=0', 'page'], ['page=x', 'page'],
  ])('a list of the panel: %s', async (query, parameter) => {
    const answer = await owner.door(`/views/lists/quotes?${query}`)
    expect([answer.status, toldOf(answer).data.findings?.map(({ path }) => path)], answer.text.slice(0, 300)).toEqual([400, [parameter]])
    expect((await owner.door('/views/lists/quotes?f=quoteDate:gte:2026-01-01&f=grandTotal:lte:100&limit=25&page=1&sort=-number')).status).toBe(200)
  })

  it.each([['columns[]=number', 'columns'], ['columns[a]=number', 'columns'], ['columns=number,colour', 'columns'], ['columns=,', 'columns'], ['column=number', 'column'], ['sort[]=number', 'sort'], ['where=number', 'where']])('an export: %s', async (query, parameter) => {
    const answer = await owner.door(`/quotes/export?${query}`)
    expect([answer.status, toldOf(answer).data.findings?.map(({ path }) => path)], answer.text.slice(0, 300)).toEqual([400, [parameter]])
    if (query.includes('colour')) expect(toldOf(answer).message).toContain('grandTotal')
  })
})
