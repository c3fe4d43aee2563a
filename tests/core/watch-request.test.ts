import type { Where } from 'payload'
import { once } from 'node:events'
import http from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { answerMetrics, watchRequest } from '../../admin/server/watch-request.ts'
import { shapeOf } from '../../plugins/core/operations/database-watch.ts'
import { requestContext } from '../../plugins/core/operations/request-context.ts'

let address: string
const token = 'a token of the tests'
const server = http.createServer((request, response) => {
  if (answerMetrics({ request, response, payload: undefined, token: request.url?.includes('open') ? undefined : token })) return
  watchRequest(request, response, undefined, () => setTimeout(() => response.end(JSON.stringify(requestContext())), 5))
})
beforeAll(async () => {
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  address = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
})
afterAll(() => server.close())

const ask = async (headers: Record<string, string>) => {
  const answer = await fetch(address, { headers })
  return { header: answer.headers.get('x-request-id'), context: await answer.json() as { requestId: string; traceId: string } }
}

describe('the ids of a request', () => {
  it('are those its sender brings, when they are well-formed', async () => {
    const { header, context } = await ask({ 'x-request-id': 'order-2026.11:77', traceparent: '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01' })
    expect(header).toBe('order-2026.11:77')
    expect(context).toEqual({ requestId: 'order-2026.11:77', traceId: '0af7651916cd43dd8448eb211c80319c' })
  })

  it.each(['short', 'with space in it', '{"level":"fatal"}', 'x'.repeat(200)])('are new ones instead of %j', async (id) => {
    const { header, context } = await ask({ 'x-request-id': id, traceparent: '00-00000000000000000000000000000000-b7ad6b7169203331-01' })
    expect(header).toMatch(/^[0-9a-f-]{36}$/)
    expect(context.requestId).toBe(header)
    expect(context.traceId).toMatch(/^(?!0+$)[0-9a-f]{32}$/)
  })

  it('never mix between requests that run at the same time', async () => {
    const answers = await Promise.all(Array.from({ length: 20 }, (_, index) => ask({ 'x-request-id': `request-${index}` })))
    answers.forEach(({ context }, index) => expect(context.requestId).toBe(`request-${index}`))
  })
})

it('metrics are for who knows the token; without one, for this machine', async () => {
  const status = async (path: string, headers = {}) => (await fetch(`${address}${path}`, { headers })).status
  expect(await status('/metrics')).toBe(401)
  expect(await status('/metrics', { authorization: 'Bearer a token of the testz' })).toBe(401)
  // 503: it may ask, the platform is not there yet.
  expect(await status('/metrics', { authorization: `Bearer ${token}` })).toBe(503)
  expect(await status('/metrics?open')).toBe(503)
})

it('the shape of a condition holds no value', () => {
  const where: Where = { and: [{ status: { equals: 'secret' } }, { or: [{ dueAt: { less_than: 'hidden' } }, { leaseUntil: { exists: false } }] }] }
  expect(shapeOf(where)).toBe('(status equals and (dueAt less_than or leaseUntil exists))')
})
