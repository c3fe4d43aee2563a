import { expect, it } from 'vitest'
import { answerTo, unreadableAddress, unreadableBody } from '../../admin/server/malformed-request.ts'

const post = (body: string, type = 'application/json; charset=utf-8') => new Request('http://localhost/api/graphql', { method: 'POST', body, headers: { 'Content-Type': type } })

it.each(['/api/%E0%A4%A', '/api/parts/%', '/admin/%zz?a=b'])('finds the address %s unreadable', (url) => {
  expect(unreadableAddress(url)?.message.en).toMatch(/%25/)
})

it.each(['/api/parts?where=%', '/api/%E9%92%A2/100%25', '/'])('leaves the address %s to its route', (url) => {
  expect(unreadableAddress(url)).toBeUndefined()
})

it.each(['{"query": ', '', 'query { me }'])('finds the body %j unreadable', async (body) => {
  const found = await unreadableBody(post(body))
  expect(JSON.parse(answerTo(found ?? { code: '', message: { en: '', zh: '' } }))).toMatchObject({
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
  expect(await unreadableBody(post('--x', 'multipart/form-data; boundary=x'))).toBeUndefined()
})
