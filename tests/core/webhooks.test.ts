import { readFileSync } from 'node:fs'
import { createServer } from 'node:http'
import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import { describe, expect, it } from 'vitest'
import { builtPlugins } from '../../config/plugins.ts'
import { shippedRoles } from '../../config/roles.ts'
import { eventCatalogue, eventsOf } from '../../plugins/core/events/event-catalogue.ts'
import { createPlatform } from '../../plugins/core/platform/platform.ts'
import { isPublicAddress, safePost } from '../../plugins/core/webhooks/safe-post.ts'
import { isHubSigned, isSame, isSigned, sign } from '../../plugins/core/webhooks/signature.ts'

describe('a signature', () => {
  const at = new Date('2026-11-23T08:00:00.000Z')
  it('is of the body, the secret and the time', () => {
    const signature = sign('a secret of both', '{"a":1}', at)
    expect(signature).toMatch(/^t=1795420800,v1=[0-9a-f]{64}$/)
    expect(isSigned('a secret of both', '{"a":1}', signature, at)).toBe(true)
    expect(isSigned('a secret of both', '{"a":2}', signature, at)).toBe(false)
    expect(isSigned('another secret', '{"a":1}', signature, at)).toBe(false)
    expect(isSigned('a secret of both', '{"a":1}', signature, new Date(at.getTime() + 301_000))).toBe(false)
    expect(isSigned('a secret of both', '{"a":1}', signature.replace('t=1795420800', 't=1795420801'), at)).toBe(false)
    for (const wrong of ['', 't=,v1=', 'v1=abc', `${signature},v1=x`]) expect(isSigned('a secret of both', '{"a":1}', wrong, at)).toBe(false)
  })

  it('may be as GitHub writes it', () => {
    // Of docs.github.com, "Validating webhook deliveries".
    expect(isHubSigned("It's a Secret to Everybody", 'Hello, World!', 'sha256=757107ea0eb2509fc211221cce984b8a37570b6d7586c22c46f4379c8b043e17')).toBe(true)
    expect(isHubSigned("It's a Secret to Everybody", 'Hello, World?', 'sha256=757107ea0eb2509fc211221cce984b8a37570b6d7586c22c46f4379c8b043e17')).toBe(false)
    expect(isSame('a', 'aa')).toBe(false)
  })
})

describe('an address', () => {
  it.each(['127.0.0.1', '10.1.2.3', '172.16.0.1', '172.31.255.255', '192.168.1.1', '169.254.169.254', '100.64.0.1', '0.0.0.0', '224.0.0.1', '255.255.255.255', '198.18.0.1',
    '::', '::1', 'fe80::1', 'fc00::1', 'fd12::1', 'ff02::1', '::ffff:127.0.0.1', '::ffff:10.0.0.1', '64:ff9b::7f00:1', '2002:7f00:1::', '2001:db8::1', '2001::1', 'no address'])('%s is not the public\'s', (address) => {
    expect(isPublicAddress(address)).toBe(false)
  })
  it.each(['1.1.1.1', '8.8.8.8', '172.32.0.1', '192.169.0.1', '2606:4700:4700::1111'])('%s is', (address) => {
    expect(isPublicAddress(address)).toBe(true)
  })
})

describe('a post', () => {
  const body = '{}'
  const to = (url: string, allowedHosts: readonly string[] = []) => safePost({ url, body, headers: {}, allowedHosts })
  const server = async (answer: (path: string) => { status: number; headers?: Record<string, string> }) => {
    const asked: string[] = []
    const http = createServer((request, response) => {
      asked.push(request.url ?? '')
      const { status, headers } = answer(request.url ?? '')
      response.writeHead(status, headers).end('x')
    }).listen(0, '127.0.0.1')
    await once(http, 'listening')
    return { asked, port: (http.address() as AddressInfo).port, stop: () => { http.close() } }
  }

  it('does not reach what is not public: by number, by name, or in other writings of a number', async () => {
    const { port, asked, stop } = await server(() => ({ status: 200 }))
    for (const host of ['127.0.0.1', 'localhost', '[::1]', '[::ffff:127.0.0.1]', '2130706433', '0x7f.1', '0', '127.1', '169.254.169.254']) {
      await expect(to(`http://${host}:${port}/`), host).rejects.toThrow(/not a public address/)
    }
    await expect(to('file:///etc/passwd')).rejects.toThrow('file:')
    expect(asked).toEqual([])
    stop()
  })

  it('reaches a host that is named, and follows no redirect from there', async () => {
    const { port, asked, stop } = await server((path) => (path === '/away' ? { status: 302, headers: { Location: '/secret' } } : { status: 204 }))
    expect(await to(`http://localhost:${port}/hook`, [`localhost:${port}`])).toBe(204)
    expect(await to(`http://localhost:${port}/away`, ['localhost'])).toBe(302)
    expect(asked).toEqual(['/hook', '/away'])
    await expect(to(`http://127.0.0.1:${port}/`, ['localhost:1'])).rejects.toThrow('127.0.0.1')
    stop()
  })
})

describe('the catalogue of events', () => {
  const platform = createPlatform(builtPlugins, shippedRoles)
  it('is what docs/events.md says', () => {
    expect(readFileSync('docs/events.md', 'utf8')).toBe(eventCatalogue(platform))
  })

  it('has every event that a handler of the platform listens to', () => {
    const all = new Set([...platform.entities.values()].flatMap((entity) => eventsOf(entity, platform.workflows.get(entity.slug)).map(({ type }) => type)))
    expect(platform.handlers.flatMap(({ on }) => on).filter((type) => !all.has(type))).toEqual([])
    expect(all.has('sales-orders.confirmed')).toBe(true)
  })
})
