import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { demoLogins } from '../../plugins/core/demo/logins.ts'
import { startBuiltApp, type RunningApp } from '../support/running-app.ts'

let app: RunningApp
beforeAll(async () => { app = await startBuiltApp() })
afterAll(() => app?.stop())

async function answered(address: string, init: RequestInit = {}) {
  const answer = await fetch(app.url + address, { redirect: 'manual', ...init })
  const policy = new Map((answer.headers.get('content-security-policy') ?? '').split('; ').map((part) => [part.split(' ', 1)[0] ?? '', part.split(' ').slice(1)]))
  return { answer, policy, text: await answer.text() }
}

describe('answers of the built application', () => {
  it.each(['/admin/login', '/admin/forgot', '/nowhere'])('%s runs the scripts of its own nonce, and nothing inline', async (address) => {
    const [first, second] = [await answered(address), await answered(address)]
    const sources = first.policy.get('script-src') ?? []
    expect(sources).toEqual([expect.stringMatching(/^'nonce-[A-Za-z0-9+/]{24}'$/), "'strict-dynamic'"])
    expect(second.policy.get('script-src')?.[0]).not.toBe(sources[0])
    expect([first.policy.get('object-src'), first.policy.get('base-uri'), first.policy.get('frame-ancestors'), first.answer.headers.get('x-content-type-options')]).toEqual([["'none'"], ["'none'"], ["'none'"], 'nosniff'])
    // The page of an address that is not there is the same for everyone and made once: it runs nothing at all.
    if (first.answer.status === 404) return
    const scripts = first.text.match(/<script\b[^>]*>/g) ?? []
    expect(scripts.filter((tag) => !tag.includes(`nonce="${sources[0]?.slice(7, -1) ?? '?'}"`))).toEqual([])
    expect(first.text).not.toMatch(/<[a-z][^>]*\son[a-z]+=|href="javascript:/i)
  })

  it.each([['/api/access', 'GET'], ['/api/parts', 'GET'], ['/api/nowhere/<script>', 'GET'], ['/api/graphql', 'POST'], ['/api/users/login', 'POST'], ['/api/%E0%A4%A', 'GET']])('%s by %s is data: it runs nothing, wherever it is opened', async (address, method) => {
    const { answer, policy } = await answered(address, { method, ...(method === 'POST' ? { body: '{}', headers: { 'Content-Type': 'application/json' } } : {}) })
    expect(answer.headers.get('content-type')).toMatch(/^application\/json/)
    // Refused before anything else is looked at.
    if (address.includes('%E0')) return
    expect(answer.headers.get('x-content-type-options')).toBe('nosniff')
    expect([policy.get('default-src'), policy.has('sandbox'), policy.get('frame-ancestors')]).toEqual([["'none'"], true, ["'none'"]])
  })

  it.each(['/api/parts?where[name][like]=%FF', '/api/parts?where[name][like]=%ED%A0%80', '/api/search?q=%E0%A4%A'])('%s is refused before its broken characters are replaced by others', async (address) => {
    const { answer, text } = await answered(address)
    expect([answer.status, text]).toEqual([400, expect.stringContaining('malformedAddress')])
  })

  it.each([['/uploads', 401], ['/uploads/0b9f0c52-0f3c-4d3e-9d8b-7f3f6a1d2c11', 401], ['/api/uploads', 404], ['/data/uploads/x.html', 404]])(
    'files are never served again: %s gives a stranger nothing (their owner: uploads.test.ts)',
    async (address, status) => {
      expect((await answered(address)).answer.status).toBe(status)
    },
  )

  it('the schema is shown by GraphQL to who is signed in, and to nobody else', async () => {
    const asked = { method: 'POST', body: JSON.stringify({ query: '{ __schema { queryType { name } } }' }) }
    const json = { 'Content-Type': 'application/json', Origin: app.url }
    const { email, password } = demoLogins()[0] ?? expect.fail()
    const { token } = JSON.parse((await answered('/api/users/login', { method: 'POST', headers: json, body: JSON.stringify({ email, password }) })).text) as { token: string }
    expect(JSON.parse((await answered('/api/graphql', { ...asked, headers: { ...json, Authorization: `JWT ${token}` } })).text)).toEqual({ data: { __schema: { queryType: { name: 'Query' } } } })
    expect((await answered('/api/graphql', { ...asked, headers: json })).text).toContain('"code":"introspection"')
  })
})
