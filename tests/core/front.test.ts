import type { ChildProcess } from 'node:child_process'
import { createHmac } from 'node:crypto'
import { EventEmitter } from 'node:events'
import { existsSync, mkdtempSync, readdirSync, statSync, writeFileSync } from 'node:fs'
import http from 'node:http'
import { connect } from 'node:net'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { signingKeyOf } from '../../admin/front/caller.ts'
import { keepSpare } from '../../admin/front/spare.ts'
import { publicEntriesPerMinute } from '../../plugins/core/pages/page-limits.ts'
import { frontSecret, startFakeFront, type FakeFront } from '../support/fake-front.ts'

let front: FakeFront
afterEach(() => front.stop())
const open = async (env?: Record<string, string>) => { front = await startFakeFront(env) }

type Seen = { pid: number; revision: number; isSpare: boolean; headers: Record<string, string | undefined> }
const whoami = async (headers: Record<string, string> = {}) => (await (await fetch(`${front.url}/api/whoami`, { headers })).json()) as Seen

const isAlive = (pid: number) => {
  try {
    return process.kill(pid, 0)
  } catch {
    return false
  }
}

describe('what reaches the application', () => {
  it('says where it comes from in our words, whatever the sender claims', async () => {
    await open()
    const { headers } = await whoami({
      'x-forwarded-for': '9.9.9.9', 'x-forwarded-host': 'evil.example', 'x-forwarded-proto': 'https', forwarded: 'for=9.9.9.9', 'x-real-ip': '9.9.9.9',
      'x-middleware-subrequest': 'middleware', 'x-own': 'kept',
    })
    expect(headers).toMatchObject({ 'x-forwarded-for': '127.0.0.1', 'x-forwarded-proto': 'http', 'x-forwarded-host': `127.0.0.1:${front.port}`, host: `127.0.0.1:${front.port}`, 'x-own': 'kept' })
    for (const name of ['forwarded', 'x-real-ip', 'x-middleware-subrequest']) expect(headers).not.toHaveProperty(name)
  })

  it('believes a trusted proxy, as far as the first hop that is not one', async () => {
    await open({ TRUSTED_PROXIES: '127.0.0.0/8,10.1.0.0/16' })
    const { headers } = await whoami({ 'x-forwarded-for': '1.1.1.1, 8.8.8.8, 10.1.2.3', 'x-forwarded-proto': 'https', 'x-forwarded-host': 'erp.example.com' })
    expect(headers).toMatchObject({ 'x-forwarded-for': '8.8.8.8', 'x-forwarded-proto': 'https', 'x-forwarded-host': 'erp.example.com' })
  })

  it('streams both ways: an answer begins while its request is still being sent', async () => {
    await open()
    const request = http.request(`${front.url}/echo`, { method: 'POST' })
    const answered = new Promise<http.IncomingMessage>((resolve) => request.once('response', resolve))
    request.write('first ')
    const answer = await answered
    const chunks: string[] = []
    answer.on('data', (chunk: Buffer) => chunks.push(chunk.toString()))
    await expect.poll(() => chunks.join('')).toBe('first ')
    request.end('second')
    await expect.poll(() => chunks.join('')).toBe('first second')
  })

  it('listens to a large body no more with each of its parts', async () => {
    await open()
    const warnings: string[] = []
    const hear = ({ message }: Error) => void warnings.push(message)
    process.on('warning', hear)
    const big = Buffer.alloc(5_000_000, 'x')
    for (const body of [big, new Blob([big]).stream()]) {
      const answer = await fetch(`${front.url}/sip`, { method: 'POST', body, duplex: 'half' } as RequestInit)
      expect(await answer.json()).toEqual({ size: big.length })
    }
    process.off('warning', hear)
    expect(warnings).toEqual([])
  })

  it('sends events on as they come, and ends them with their caller', async () => {
    await open()
    const control = new AbortController()
    const { body } = await fetch(`${front.url}/events`, { signal: control.signal })
    const reader = body?.getReader()
    const first = await reader?.read()
    expect(Buffer.from(first?.value ?? []).toString()).toContain('data: 0')
    control.abort()
  })

  it('joins both sides of another protocol', async () => {
    await open()
    const socket = connect(front.port, '127.0.0.1')
    const heard: string[] = []
    socket.on('data', (chunk) => heard.push(chunk.toString()))
    socket.write('GET /socket HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: echo\r\n\r\n')
    await expect.poll(() => heard.join('')).toMatch(/^HTTP\/1.1 101 [^]*\r\n\r\n$/)
    socket.write('ping')
    await expect.poll(() => heard.join('')).toMatch(/ping$/)
    socket.destroy()
  })
})

describe('limits', () => {
  it('refuses a body that is too large, declared or streamed, and names the limit', async () => {
    await open({ BODY_LIMIT_MB: '1' })
    const big = Buffer.alloc(1_048_577)
    const declared = await fetch(`${front.url}/echo`, { method: 'POST', body: big })
    expect(declared.status).toBe(413)
    expect(await declared.text()).toContain('larger than 1 MB (BODY_LIMIT_MB)')
    const { pid } = await whoami()
    expect((await post('/write?id=big', [big.subarray(0, 800_000), big.subarray(0, 800_000)])).status).toBe(413)
    expect(front.ledger()).toEqual([])
    expect((await whoami()).pid).toBe(pid)
    const allowed = await fetch(`${front.url}/echo`, { method: 'POST', body: big.subarray(0, 1_048_576) })
    expect((await allowed.arrayBuffer()).byteLength).toBe(1_048_576)
  })

  it('counts a user by the session we signed, a key by itself, and nobody by a forged one', async () => {
    await open({ RATE_LIMIT_ACCOUNT: '5' })
    const ask = async (authorization: string, times: number) => {
      const answers = await Promise.all(Array.from({ length: times }, () => fetch(`${front.url}/api/whoami`, { headers: { authorization } })))
      return answers.map(({ status }) => status).filter((status) => status === 429).length
    }
    expect(await ask(`JWT ${session('ann', 'not our secret')}`, 20)).toBe(0)
    expect(await ask(`JWT ${session('ann')}`, 8)).toBe(3)
    expect(await ask(`JWT ${session('ben')}`, 5)).toBe(0)
    expect(await ask('users API-Key one', 6)).toBe(1)
    expect(await ask('users API-Key two', 5)).toBe(0)
    const refused = await fetch(`${front.url}/api/whoami`, { headers: { cookie: `a=b; payload-token=${session('ann')}` } })
    expect(refused.status).toBe(429)
    expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0)
    expect(await refused.text()).toContain('more than 5 requests a minute (RATE_LIMIT_ACCOUNT)')
  })

  it('counts an address, as a trusted proxy tells it', async () => {
    await open({ RATE_LIMIT_ADDRESS: '3', TRUSTED_PROXIES: '127.0.0.1' })
    const from = async (address: string) => (await fetch(`${front.url}/api/whoami`, { headers: { 'x-forwarded-for': address } })).status
    expect([await from('1.1.1.1'), await from('1.1.1.1'), await from('1.1.1.1'), await from('1.1.1.1'), await from('2.2.2.2')]).toEqual([200, 200, 200, 429, 200])
    expect((await fetch(`${front.url}/health/ready`)).status).toBe(200)
  })

  it('counts what anyone sends apart, however the address is spelt, and reads not at all', async () => {
    await open()
    const post = async (path: string) => (await fetch(`${front.url}${path}`, { method: 'POST' })).status
    const first = await Promise.all(Array.from({ length: publicEntriesPerMinute }, () => post('/api/f/registration')))
    expect(first).not.toContain(429)
    for (const spelt of ['/api/f/other', '/api/%66/registration?x=1', '//api//f/registration']) expect([spelt, await post(spelt)]).toEqual([spelt, 429])
    // As they stand, which fetch would resolve by itself.
    const { hostname, port } = new URL(front.url)
    const raw = (spelt: string) => new Promise((resolve, reject) => { http.request({ hostname, port, path: spelt, method: 'POST', agent: false }, (answer) => { answer.resume(); resolve(answer.statusCode) }).once('error', reject).end() })
    for (const spelt of ['/api/./f/registration', '/api/x/../f/registration', '/api/%2e/f/registration', '/api\\f/registration', `http://${hostname}/api/f/registration`]) expect([spelt, await raw(spelt)]).toEqual([spelt, 429])
    expect([(await fetch(`${front.url}/api/f/registration`)).status === 429, (await post('/api/whoami')) === 429]).toEqual([false, false])
  })

  it.each([
    ['address', `/api/whoami?${'x'.repeat(http.maxHeaderSize)}`, {}],
    ['header', '/api/whoami', { 'x-long': 'x'.repeat(40_000) }],
  ])('refuses an %s that is too long with 431, and names the limit', async (_, target, headers) => {
    await open()
    const answer = await fetch(`${front.url}${target}`, { headers })
    expect(answer.status).toBe(431)
    expect(await answer.json()).toMatchObject({ errors: [{ name: 'headersTooLarge', message: expect.stringMatching(/larger than 16384 bytes.*超过 16384 字节/) as string, data: { status: 431 } }] })
  })
})

describe('what the front answers itself', () => {
  it('may be framed, guessed or run by nobody, and demands https where that is set', async () => {
    await open({ BODY_LIMIT_MB: '1', RATE_LIMIT_ACCOUNT: '1', PUBLIC_URL: 'https://trellis.example', TRELLIS_MODE: 'production', TRELLIS_SECRET: frontSecret })
    const tooMany = () => fetch(`${front.url}/api/whoami`, { headers: { authorization: 'users API-Key one' } })
    await tooMany()
    const answers = {
      413: await fetch(`${front.url}/echo`, { method: 'POST', body: Buffer.alloc(1_048_577) }),
      429: await tooMany(),
      401: await fetch(`${front.url}/uploads`, { method: 'POST' }),
      502: await fetch(`${front.url}/crash`, { method: 'POST' }),
      200: await fetch(`${front.url}/health/live`),
      204: await fetch(`${front.url}/uploads`, { method: 'OPTIONS' }),
    }
    for (const [status, { status: given, headers }] of Object.entries(answers)) {
      expect([status, String(given), headers.get('x-content-type-options'), headers.get('x-frame-options'), headers.get('strict-transport-security')]).toEqual([status, status, 'nosniff', 'DENY', 'max-age=31536000'])
      expect(headers.get('content-security-policy')).toContain("default-src 'none'")
    }
    const socket = connect(front.port, '127.0.0.1')
    let heard = ''
    socket.on('data', (chunk) => { heard += chunk.toString() })
    socket.write('not http at all\r\n\r\n')
    await expect.poll(() => heard).toMatch(/^HTTP\/1\.1 400 [^]*X-Content-Type-Options: nosniff[^]*"name":"malformedRequest","message":"The request could not be read \(HPE_/)
  })
})

describe('control', () => {
  it('tells the front’s own figures as OpenMetrics, to who knows the token', async () => {
    await open()
    await whoami()
    await fetch(`${front.url}/nowhere`)
    await front.control('POST', '/restart')
    expect((await front.control('GET', '/metrics', undefined, 'guess')).status).toBe(401)
    const answer = await front.control('GET', '/metrics')
    expect(answer.headers.get('content-type')).toMatch(/^application\/openmetrics-text/)
    const text = await answer.text()
    for (const line of ['trellis_front_requests_total{status="2xx"} 1', 'trellis_front_requests_total{status="4xx"} 1', 'trellis_front_requests_waiting 0', 'trellis_front_replaced 1', 'trellis_front_crashed 0', 'trellis_front_state{state="serving"} 1']) expect(text).toContain(line)
    expect(text).toMatch(/^process_resident_memory_bytes \d+/m)
    expect(text.trimEnd()).toMatch(/# EOF$/)
  })

  it('takes the token of this start only, from a file that only this user reads', async () => {
    await open()
    for (const token of ['', 'guess', 'x'.repeat(43)]) {
      expect((await front.control('POST', '/publish', { base: 0, inputs: { fields: {} } }, token)).status).toBe(401)
      expect((await front.control('GET', '/status', undefined, token)).status).toBe(401)
    }
    expect(await (await front.control('GET', '/status')).json()).toMatchObject({ state: 'serving', revision: 0 })
    expect(statSync(path.join(front.folder, 'front.json')).mode & 0o777).toBe(0o600)
    expect((await fetch(`${front.url}/publish`, { method: 'POST' })).status).toBe(404)
  })

  it('goes with the front', async () => {
    await open()
    const { folder } = front
    await front.stop()
    expect(existsSync(path.join(folder, 'front.json'))).toBe(false)
    await open()
  })
})

describe('replacing the application', () => {
  it('loses no request and no write in ten publishes under ten busy clients, and keeps no descriptor', { timeout: 90_000 }, async () => {
    await open()
    const load = busy(10)
    await load.until(100)
    const before = descriptors()
    for (let base = 0; base < 10; base++) expect(await (await front.publish(base)).json()).toMatchObject({ revision: base + 1 })
    await load.until(load.done() + 100)
    const after = descriptors()
    expect(await load.stop()).toEqual([])
    expect(new Set(front.ledger())).toEqual(load.acknowledged)
    expect(front.ledger()).toHaveLength(load.acknowledged.size)
    expect((await whoami()).revision).toBe(10)
    // Connections of the clients come and go; what belongs to replaced processes is gone after their farewell.
    expect(after).toBeLessThan(before + 40)
  })

  it('changes nothing when the revision is broken, or cannot become current', async () => {
    await open()
    const { pid } = await whoami()
    const broken = await front.publish(0, { fields: {}, broken: true })
    expect([broken.status, await broken.text()]).toEqual([422, '{"error":"The revision is broken."}'])
    const late = await front.publish(7)
    expect([late.status, await late.text()]).toEqual([409, '{"error":"Another revision was published meanwhile."}'])
    for (const body of [{}, { base: -1, inputs: {} }, { base: 0 }]) expect((await front.control('POST', '/publish', body)).status).toBe(400)
    expect(await whoami()).toMatchObject({ pid, revision: 0 })
  })

  it('lets the old one answer what it has, and a slow sender holds nobody up', async () => {
    await open()
    const { pid } = await whoami()
    const done: string[] = []
    const slow = fetch(`${front.url}/slow?ms=1500`).then((answer) => {
      done.push('slow')
      return answer.json() as Promise<{ pid: number }>
    })
    const sender = http.request(`${front.url}/echo`, { method: 'POST', headers: { 'content-length': '100000' } })
    sender.on('error', () => {})
    sender.write('a')
    await pause(100)
    const { gapMs } = (await (await front.control('POST', '/restart')).json()) as { gapMs: number }
    done.push('restart')
    expect((await slow).pid).toBe(pid)
    expect((await whoami()).pid).not.toBe(pid)
    expect(done).toEqual(['slow', 'restart'])
    expect(gapMs).toBeGreaterThan(400)
    expect(gapMs).toBeLessThan(2_000)
    sender.destroy()
  })

  it('follows another host, and sends again what was refused under the old revision', async () => {
    await open({ FAKE_WATCH: '1' })
    writeFileSync(path.join(front.folder, 'current'), '5')
    const answer = await fetch(`${front.url}/write?id=late`, { method: 'POST' })
    expect(await answer.json()).toEqual({ revision: 5 })
    expect(front.ledger()).toEqual(['late'])
    expect(front.log.join()).toContain('Another host has published')
  })
})

describe('a process that is kept ready', () => {
  const spare = async () => ((await (await front.control('GET', '/status')).json()) as { spare: number | null }).spare
  const prepare = async () => {
    expect((await front.control('POST', '/expect')).status).toBe(202)
    return await spare() ?? expect.fail('nothing is kept ready')
  }

  it('takes over what is published next; nobody waits for code to load', async () => {
    await open()
    expect(await spare()).toBeNull()
    const pid = await prepare()
    expect(await prepare()).toBe(pid)
    expect(await (await front.publish(0)).json()).toMatchObject({ revision: 1 })
    expect(await whoami()).toMatchObject({ pid, revision: 1, isSpare: true })
    expect(await spare()).toBeNull()
    await front.publish(1)
    expect(await whoami()).toMatchObject({ revision: 2, isSpare: false })
  })

  it('is not missed when it ends by itself, and ends with the front', async () => {
    await open()
    process.kill(await prepare(), 'SIGKILL')
    await vi.waitUntil(async () => await spare() === null)
    expect(await (await front.publish(0)).json()).toMatchObject({ revision: 1 })
    const pid = await prepare()
    await front.stop()
    await vi.waitUntil(() => !isAlive(pid))
    await open()
  })

  it('ends when nobody comes for it', async () => {
    vi.useFakeTimers()
    try {
      const child = new EventEmitter() as ChildProcess
      const kill = vi.fn()
      Object.assign(child, { pid: 7, kill })
      const keeper = keepSpare({ start: () => ({ child, socketPath: '' }), milliseconds: 1_000 })
      keeper.expect()
      vi.advanceTimersByTime(900)
      keeper.expect()
      vi.advanceTimersByTime(900)
      expect([keeper.pid(), kill.mock.calls.length]).toEqual([7, 0])
      vi.advanceTimersByTime(101)
      expect([keeper.pid(), kill.mock.calls]).toEqual([null, [['SIGKILL']]])
    } finally {
      vi.useRealTimers()
    }
  })
})

describe('what was refused under an old revision', () => {
  const writeBig = async (query: string, body: BodyInit) => {
    const kept = mkdtempSync(path.join(tmpdir(), 'trellis-kept-'))
    vi.stubEnv('TMPDIR', kept)
    await open({ FAKE_WATCH: '1', BODY_LIMIT_MB: '4' })
    vi.unstubAllEnvs()
    writeFileSync(path.join(front.folder, 'current'), '5')
    const answer = await fetch(`${front.url}/write?id=big${query}`, { method: 'POST', body, duplex: 'half' } as RequestInit)
    expect([answer.status, await answer.json()]).toEqual([200, { revision: 5 }])
    expect(front.ledger()).toEqual(['big'])
    expect(await (await front.control('GET', '/metrics')).text()).toContain('trellis_front_repeated_total{why="stale"} 1')
    await expect.poll(() => readdirSync(kept, { recursive: true }).filter((name) => String(name).includes('body-'))).toEqual([])
  }

  it('is sent again also when it is large', () => writeBig('', Buffer.alloc(3_000_000, 'x')))
  it('is sent again when it was refused before it was read', () => writeBig('&early', Buffer.alloc(3_000_000, 'x')))
  it('is sent again when it came in pieces of no known number', () => writeBig('', new Blob([Buffer.alloc(500_000, 'x')]).stream()))
})

describe('a crash', () => {
  it('under load: reads are answered, an acknowledged write is there, one with a key is done once', { timeout: 90_000 }, async () => {
    await open()
    const load = busy(10)
    await load.until(50)
    for (let round = 0; round < 3; round++) {
      await fetch(`${front.url}/crash`, { method: 'POST' }).then(({ status }) => expect(status).toBe(502))
      await load.until(load.done() + 50)
    }
    const failures = await load.stop()
    // A write without a key whose process died has an unknown outcome, and says so.
    expect(failures.filter(({ kind, status }) => kind !== 'write' || status !== 502)).toEqual([])
    const written = new Set(front.ledger())
    for (const id of load.acknowledged) expect(written).toContain(id)

    const keyed = await fetch(`${front.url}/write?id=once&crash`, { method: 'POST', headers: { 'idempotency-key': 'k' } })
    expect(keyed.status).toBe(200)
    expect(front.ledger().filter((id) => id === 'once')).toHaveLength(1)
    const unkeyed = await fetch(`${front.url}/crash?again`, { method: 'POST', body: 'x' })
    expect(unkeyed.status).toBe(502)
    expect(await unkeyed.text()).toContain('Idempotency-Key')
  })
})

describe('an answer that is broken off', () => {
  const broken = (bytes: number, init?: RequestInit) => fetch(`${front.url}/break?bytes=${bytes}`, init).then(async (answer) => ({ status: answer.status, text: await answer.text() }))

  it('is asked for again when it is a read and small, with its sender none the wiser', async () => {
    await open()
    expect(await broken(40_000)).toEqual({ status: 200, text: 'x'.repeat(40_000) })
    await front.stop()
    await open()
    await expect(broken(400_000)).rejects.toThrow()
    expect(await broken(400_000)).toEqual({ status: 200, text: 'x'.repeat(400_000) })
  })

  it('of a write is told as an unknown outcome, unless a key makes it safe', async () => {
    await open()
    expect((await broken(4_000, { method: 'POST', body: 'x' })).status).toBe(502)
    await front.stop()
    await open()
    expect((await broken(4_000, { method: 'POST', body: 'x', headers: { 'idempotency-key': 'k' } })).status).toBe(200)
  })

  it('of GraphQL is asked for again unless it changes something', async () => {
    const ask = async (query: string) => (await fetch(`${front.url}/api/graphql`, { method: 'POST', body: JSON.stringify({ query }) })).status
    await open()
    expect(await ask('{ Parts { docs { partNumber } } }')).toBe(200)
    await front.stop()
    await open()
    expect(await ask('mutation { createPart { id } }')).toBe(502)
  })
})

describe('connections', () => {
  it('stay open for longer than their senders keep them', async () => {
    await open()
    const answer = await fetch(`${front.url}/api/whoami`)
    expect(Number(/timeout=(\d+)/.exec(answer.headers.get('keep-alive') ?? '')?.[1])).toBeGreaterThan(60)
  })
})

/** Clients that read and write as fast as they are answered. */
function busy(clients: number) {
  let running = true
  let done = 0
  const failures: { kind: 'read' | 'write'; status: number | string }[] = []
  const acknowledged = new Set<string>()
  const client = async (name: number) => {
    for (let turn = 0; running; turn++) {
      const kind = turn % 2 ? 'write' : 'read'
      const id = `${name}-${turn}`
      const asked = kind === 'read' ? fetch(`${front.url}/api/whoami`) : fetch(`${front.url}/write?id=${id}`, { method: 'POST', body: '{}' })
      const status = await asked.then(async (answer) => { await answer.text(); return answer.status }, (error: Error) => error.message)
      if (status !== 200) failures.push({ kind, status })
      else if (kind === 'write') acknowledged.add(id)
      done++
    }
  }
  const all = Array.from({ length: clients }, (_, name) => client(name))
  return {
    acknowledged,
    done: () => done,
    until: (count: number) => expect.poll(() => done, { timeout: 30_000 }).toBeGreaterThan(count),
    stop: async () => {
      running = false
      await Promise.all(all)
      return failures
    },
  }
}

function descriptors(): number {
  return existsSync('/proc/self/fd') ? readdirSync('/proc/self/fd').length : 0
}

async function post(address: string, chunks: readonly Buffer[]): Promise<{ status: number }> {
  const request = http.request(`${front.url}${address}`, { method: 'POST' })
  const answered = new Promise<http.IncomingMessage>((resolve, reject) => request.once('response', resolve).once('error', reject))
  for (const chunk of chunks) request.write(chunk)
  const answer = await answered
  answer.resume()
  request.on('error', () => {})
  request.destroy()
  return { status: answer.statusCode ?? 0 }
}

/** A session token as Payload signs it. */
function session(id: string, secret = frontSecret): string {
  const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url')
  const content = `${part({ alg: 'HS256', typ: 'JWT' })}.${part({ id, collection: 'users' })}`
  return `${content}.${createHmac('sha256', signingKeyOf(secret)).update(content).digest('base64url')}`
}
