import type { IncomingMessage, ServerResponse } from 'node:http'
import { describe, expect, it } from 'vitest'
import { setSecurityHeaders } from '../../admin/server/security-headers.ts'

type Asked = { readonly url: string; readonly publicUrl?: string; readonly mode?: 'demo' | 'production'; readonly isDev?: boolean; readonly headers?: Record<string, string> }

function answered({ url, publicUrl = 'https://trellis.example', mode = 'production', isDev = false, headers = {} }: Asked) {
  const given = new Map<string, string>()
  const request = { url, headers: { ...headers } } as unknown as IncomingMessage
  setSecurityHeaders(request, { setHeader: (name: string, value: string) => given.set(name.toLowerCase(), value) } as unknown as ServerResponse, { settings: { mode, publicUrl }, isDev })
  const policy = new Map((given.get('content-security-policy') ?? '').split('; ').map((part) => [part.split(' ', 1)[0] ?? '', part.split(' ').slice(1)]))
  return { given, policy, request }
}

describe('security headers', () => {
  it('let a page run what carries its nonce, which is new each time and known to Next', () => {
    const [first, second] = [answered({ url: '/admin/login?x=/api/' }), answered({ url: '/admin' })]
    const [script = ''] = first.policy.get('script-src') ?? []
    expect(script).toMatch(/^'nonce-[A-Za-z0-9+/]{24}'$/)
    expect(second.policy.get('script-src')?.[0]).not.toBe(script)
    expect(first.request.headers['content-security-policy']).toBe(first.given.get('content-security-policy'))
    expect(first.policy.get('frame-ancestors')).toEqual(["'none'"])
    expect([...first.policy.get('script-src') ?? [], ...first.policy.get('default-src') ?? []].filter((source) => /unsafe/.test(source))).toEqual([])
  })

  it('run nothing of what comes from below /api, and only the reader of a paper', () => {
    const { policy } = answered({ url: '/api/parts/export?columns=name' })
    expect([policy.get('default-src'), policy.has('sandbox'), policy.get('frame-ancestors')]).toEqual([["'none'"], true, ["'none'"]])
    const paper = answered({ url: '/api/quotes/1/pdf?language=zh' }).policy
    expect([paper.get('default-src'), paper.has('sandbox'), paper.has('script-src')]).toEqual([["'none'"], false, false])
  })

  it('are on every answer; https is demanded only where the address says so', () => {
    for (const url of ['/admin', '/api/parts', '/_next/static/a.js']) {
      expect(Object.fromEntries(answered({ url }).given)).toMatchObject({ 'x-content-type-options': 'nosniff', 'x-frame-options': 'DENY', 'referrer-policy': 'same-origin', 'strict-transport-security': 'max-age=31536000' })
    }
    for (const asked of [{ url: '/admin', publicUrl: 'http://localhost:3000' }, { url: '/admin', mode: 'demo' as const }]) {
      const { given, policy } = answered(asked)
      expect([given.has('strict-transport-security'), policy.has('upgrade-insecure-requests')]).toEqual([false, false])
    }
  })

  it('take no policy from the sender', () => {
    const { request } = answered({ url: '/api/parts', headers: { 'content-security-policy': "script-src 'nonce-mine'", 'content-security-policy-report-only': 'x' } })
    expect(request.headers).toEqual({})
  })
})
