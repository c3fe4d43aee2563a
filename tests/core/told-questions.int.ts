import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Problem } from '../../config/errors.ts'
import type { Booted } from '../support/boot-payload.ts'
import { signIn, type Answer, type Person } from '../support/rest.ts'
import { createSampleFirm, putDocument, type SampleFirm } from '../support/sample-firm.ts'
import { bootPlatform } from '../support/test-platform.ts'

let booted: Booted
let owner: Person
let firm: SampleFirm
let quote: string

beforeAll(async () => {
  booted = await bootPlatform()
  owner = await signIn(booted, ['owner'])
  firm = await createSampleFirm(booted.payload)
  quote = await putDocument(booted.payload, firm, {
    entity: 'quotes', lineEntity: 'quote-lines', parentField: 'quote', state: 'draft', values: { number: 'QU-1', customer: firm.customer }, lines: [{ part: 0, quantity: 1, price: 1 }],
  })
})
afterAll(() => booted?.stop())

/** Status and the paths of the findings; each says in both languages what is wrong and what helps. */
function told(answer: Answer): [number, string[]] {
  const problem = (answer.body as { errors?: { data?: Problem }[] }).errors?.[0]?.data ?? expect.fail(answer.text.slice(0, 300))
  const findings = problem.findings ?? []
  for (const { message } of findings) {
    expect(message.en.length, message.en).toBeGreaterThan(20)
    expect(message.zh).toMatch(/[\u4e00-\u9fff]/)
  }
  return [answer.status, findings.map(({ path }) => path)]
}

describe('a question that cannot be answered as it is asked is refused at its place', () => {
  it.each([
    ['/quotes?where[nosuch][equals]=1', 'where.nosuch'], ['/quotes?where[or][0][customer.nosuch][equals]=1', 'where.customer.nosuch'], ['/quotes?where=x', 'where'], ['/quotes?sort=nosuch', 'sort'], ['/quotes?sort=number,-nosuch', 'sort'],
    ['/quotes/count?where[nosuch][equals]=1', 'where.nosuch'], ['/users?where[nosuch][equals]=1', 'where.nosuch'], ['/users?sort=nosuch', 'sort'], ['/users?select[nosuch]=true', 'select[nosuch]'], ['/users?joins[x]=1', 'joins[x]'],
    ['/quotes/export?where[nosuch][equals]=1', 'where.nosuch'], ['/quotes/export?sort=nosuch', 'sort'], ['/quotes/export?language=fr', 'language'],
    ['/quotes?select[nosuch]=true', 'select[nosuch]'], ['/quotes?select[number]=yes', 'select[number]'], ['/quotes?joins[x]=1', 'joins[x]'], ['/quotes?joins[x][limit]=1', 'joins[x][limit]'], ['/quotes?joins[lines]=1', 'joins[lines]'],
    ['/quotes?joins[lines][size]=1', 'joins[lines][size]'], ['/customers?joins[lines][limit]=1', 'joins[lines][limit]'], ['/quotes?populate[nosuch][name]=true', 'populate[nosuch][name]'], ['/quotes?populate[customers][nosuch]=true', 'populate[customers][nosuch]'],
    ['/quotes?select[number][deep]=true', 'select[number][deep]'], ['/quotes?select[workflow][snapshot]=true', 'select[workflow][snapshot]'], ['/quotes?page=0', 'page'], ['/quotes?page=-1', 'page'], ['/quotes?page=10000001', 'page'], ['/quotes?page=99999999999999999999', 'page'],
    ['/quotes?wher[number][equals]=x', 'wher[number][equals]'], ['/quotes?filter=x', 'filter'], ['/quotes?overrideAccess=true', 'overrideAccess'], ['/quotes/count?limits=1', 'limits'], ['/users?showHiddenFields=true', 'showHiddenFields'], ['/quotes?where=abc', 'where'], ['/quotes?where=7', 'where'],
    ['/views/lists/quotes?state=gone', 'state'], ['/views/lists/customers?state=draft', 'state'],
    ['/views/lists/customers?columns=zz', 'columns'], ['/views/lists/customers?columns=name,zz', 'columns'], ['/views/lists/customers?filters=zz', 'filters'], ['/views/lists/customers?sort=zz', 'sort'], ['/views/lists/customers?f=zz:is:1', 'f'],
    ['/search?q=%00%00', 'q'], ['/search?q=QU%00', 'q'], ['/options/customers?q=%00', 'q'], ['/views/lists/customers?q=%00', 'q'], ['/quotes?where[number][contains]=%00', 'where.number'], ['/quotes?where[number][in][0]=%00', 'where.number'],
  ])('%s', async (path, place) => {
    expect(told(await owner.door(path))).toEqual([400, [place]])
  })

  it('of a document as well', async () => {
    expect(told(await owner.door(`/quotes/${quote}?select[nosuch]=true`))).toEqual([400, ['select[nosuch]']])
    expect(told(await owner.door(`/quotes/${quote}?version=3`))).toEqual([400, ['version']])
    expect(told(await owner.door(`/quotes/${quote}/pdf?language=fr`))).toEqual([400, ['language']])
  })

  it.each<[object, string]>([[{ expectedVersion: 'a' }, 'expectedVersion'], [{ expectedVersion: 1.5 }, 'expectedVersion'], [{ reason: 5 }, 'reason'], [{ reason: { en: 'x' } }, 'reason'], [[], '']])('a change with %j', async (body, place) => {
    expect(told(await owner.door(`/quotes/${quote}`, { method: 'PATCH', body }))).toEqual([400, [place]])
    expect(told(await owner.door(`/quotes/${quote}/events/send`, { method: 'POST', body }))).toEqual([400, [place]])
  })

  it('an unknown operation', async () => {
    expect(told(await owner.door('/quotes/operations/nosuch', { method: 'POST', body: {} }))).toEqual([400, ['operation']])
  })
})

it('what is asked rightly is answered', async () => {
  for (const path of [
    '/quotes?select[number]=true&select[workflow][state]=true&select[lines]=true&joins[lines][limit]=1&joins[lines][sort]=position&populate[customers][name]=true&depth=1&sort=-number', '/quotes?joins[lines]=false', `/quotes/${quote}?select[id]=true&select[createdAt]=true`,
    '/views/lists/quotes?columns=number,customer&sort=-state&state=draft&q=QU&page=1&limit=25', '/views/lists/quotes?sort=createdAt', '/users?select[name]=true', '/quotes?locale=en&fallback-locale=zh&draft=false&trash=false&pagination=true&depth=0', '/quotes?where={"number":{"equals":"QU-1"}}', `/quotes/${quote}?depth=0&draft=false&locale=en`, '/quotes/export?columns=number,workflow.state&sort=-number&where[number][equals]=QU-1',
  ]) expect((await owner.door(path)).status, path).toBe(200)
})
