import { expect, it } from 'vitest'
import { problem } from '../../config/errors.ts'
import { answerTo, unreadableAddress, unreadableBody, unreadableRequest } from '../../admin/server/malformed-request.ts'

const post = (body: string, type = 'application/json; charset=utf-8') => new Request('http://localhost/api/graphql', { method: 'POST', body, headers: { 'Content-Type': type } })

it.each(['/api/%E0%A4%A', '/api/parts/%', '/admin/%zz?a=b', '/api/search?q=%FF', '/api/parts?a=?&where[name][like]=%ED%A0%80'])('finds the address %s unreadable', (url) => {
  expect(unreadableAddress(url)?.message.en).toMatch(/%25/)
})

it.each(['/api/parts?where=%', '/api/%E9%92%A2/100%25', '/'])('leaves the address %s to its route', (url) => {
  expect(unreadableAddress(url)).toBeUndefined()
})

it.each(['{"query": ', '', 'query { me }'])('finds the body %j unreadable', async (body) => {
  const found = await unreadableBody(post(body))
  expect(JSON.parse(answerTo(found ?? problem('fault')))).toMatchObject({
    errors: [{ name: 'malformedJson', message: expect.stringMatching(/not valid JSON.*有效的 JSON/), data: { status: 400 } }],
  })
})

it('refuses what nests too deeply, and a query that asks for too much', async () => {
  expect((await unreadableBody(post('['.repeat(10_000))))?.code).toBe('tooDeep')
  expect((await unreadableBody(post(JSON.stringify({ query: '{ Parts(limit: 0) { docs { id } } }' }))))?.message.zh).toContain('1 至 1000')
})

it('leaves JSON, and what does not claim to be JSON, to the route with its body unread', async () => {
  const request = post('{"query":"{ __typename }"}')
  expect(await unreadableBody(request)).toBeUndefined()
  expect(await request.json()).toEqual({ query: '{ __typename }' })
  expect(await unreadableBody(post('a=1', 'application/x-www-form-urlencoded'))).toBeUndefined()
})

const boundary = '----WebKitFormBoundaryAbCdEfGhIjKlMnOp'
const form = (name: string, content: string, more = '') => post(`--${boundary}\r\nContent-Disposition: form-data; name="${name}"${more}\r\n\r\n${content}\r\n--${boundary}--\r\n`, `multipart/form-data; boundary=${boundary}`)

it('takes a form with JSON, as the pages of Payload send it, and no other, and no file', async () => {
  expect(await unreadableBody(form('_payload', '{"email":"ann@firm.example"}'))).toBeUndefined()
  const wrong = [form('_payload', '{'), form('_payload', '['.repeat(60)), form('name', '{}'), form('_payload', 'x', '; filename="a.html"'), post('--x', 'multipart/form-data; boundary=x'), post('x', 'multipart/form-data')]
  for (const request of wrong) expect((await unreadableBody(request))?.status, request.headers.get('content-type') ?? '').toBe(415)
})

it.each([[0xc0, 0xaf], [0xed, 0xa0, 0x80], [0xff], [0xe0, 0x80, 0x80], [0xf4, 0x90, 0x80, 0x80]])('finds bytes that are no UTF-8 unreadable: %i %i %i', async (...bytes) => {
  const request = new Request('http://localhost/api/parts', { method: 'POST', body: new Uint8Array([0x22, ...bytes.filter((byte) => byte !== undefined), 0x22]), headers: { 'Content-Type': 'application/json' } })
  expect((await unreadableRequest(request))?.code).toBe('malformedText')
})

const half = encodeURIComponent('{"name":{"equals":"\\ud800"}}')
it.each([
  '/api/parts?where[name][like]=%FF', '/api/parts?where[name][like]=%ED%A0%80', '/api/parts?where[name][like]=%E0%A4%A', '/api/parts?where%5Bn%C3%5D=1', `/api/parts?where=${half}`,
  '/api/search?q=%FF', '/api/parts/export?where[name][equals]=%C0%AF', `/api/parts/export?where=${half}`,
])('refuses the question %s, whose text is broken', async (address) => {
  expect((await unreadableRequest(new Request(`http://localhost${address}`)))?.code).toBe('malformedAddress')
})

it.each(['q=100%', 'q=%E9%92%A2+100%25', 'q=%F0%9F%9A%B2', `where=${encodeURIComponent('{"name":{"equals":"\\ud83d\\udeb2"}}')}`])('leaves the question %s to its route', async (question) => {
  expect(await unreadableRequest(new Request(`http://localhost/api/search?${question}`))).toBeUndefined()
})

it('refuses half a character in what GraphQL is asked with, and broken text in a question by form', async () => {
  const graphql = (variables: string) => unreadableBody(post(`{"query":"query ($name: String) { Parts(where: {name: {equals: $name}}) { totalDocs } }","variables":${variables}}`))
  for (const broken of ['{"name":"\\ud800"}', '{"name":"\\uDFFF\\uD83D"}', '{"\\udc00":1}']) expect((await graphql(broken))?.code, broken).toBe('malformedText')
  expect(await graphql('{"name":"\\ud83d\\udeb2 \\\\ud800"}')).toBeUndefined()
  for (const body of ['where[name][like]=%FF', `where=${half}`]) expect((await unreadableBody(post(body, 'application/x-www-form-urlencoded')))?.code, body).toBe('malformedText')
})

it.each([
  ['/api/__proto__', 'noSuchAddress'], ['/api/constructor/x', 'noSuchAddress'], ['/api/%5F%5Fproto__', 'noSuchAddress'], ['/api/globals/toString', 'noSuchAddress'], ['/api/parts/%E0%A4%A', 'malformedAddress'],
  [`/api/parts?${'a=1&'.repeat(1_001)}`, 'tooManyParameters'], ['/api/parts?where=abc', 'badRequest'], ['/api/parts?where=7', 'badRequest'], ['/api/parts?where[a][equals]=1', undefined], ['/api/parts?where={"a":{"equals":1}}', undefined],
  ['/api/parts?where[toString][equals]=1', 'badRequest'], ['/api/parts?where[or][0][__proto__][equals]=1', 'badRequest'], ['/api/parts?where[name][valueOf]=x', 'badRequest'], ['/api/parts?where%5Bconstructor%5D%5Bequals%5D=1', 'badRequest'], ['/api/parts?where.hasOwnProperty.equals=1', 'badRequest'], ['/api/parts?__proto__=1', 'badRequest'], ['/api/parts', undefined],
])('reads the address %s: %s', async (address, code) => {
  expect((await unreadableRequest(new Request(`http://localhost${address}`)))?.code).toBe(code)
})

it('takes a question by POST as a form only: JSON that stands for one throws within Payload', async () => {
  const asked = (type: string) => new Request('http://localhost/api/parts', { method: 'POST', body: 'limit=1', headers: { 'Content-Type': type, 'X-Payload-HTTP-Method-Override': 'GET' } })
  expect((await unreadableRequest(asked('application/json')))?.code).toBe('methodOverride')
  expect(await unreadableRequest(asked('application/x-www-form-urlencoded'))).toBeUndefined()
  const dropped = new Request('http://localhost/api/parts', { method: 'POST', body: 'where[toString][equals]=1', headers: { 'Content-Type': 'application/x-www-form-urlencoded', 'X-Payload-HTTP-Method-Override': 'GET' } })
  expect((await unreadableRequest(dropped))?.code).toBe('badRequest')
})
