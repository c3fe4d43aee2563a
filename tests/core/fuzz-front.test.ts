import fc from 'fast-check'
import { connect } from 'node:net'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { startFakeFront, type FakeFront } from '../support/fake-front.ts'
import { hostileText } from '../support/fuzz/hostile.ts'
import { fuzz, runsOf } from '../support/fuzz/run.ts'

let front: FakeFront
beforeAll(async () => { front = await startFakeFront({ UPLOAD_LIMIT_MB: '1', BODY_LIMIT_MB: '1', RATE_LIMIT_ACCOUNT: '0' }) })
afterAll(() => front?.stop())

type Raw = { readonly method: string; readonly path: string; readonly headers: readonly (readonly [string, string])[]; readonly body: string }

/** Bytes of a line of HTTP: what would end the line, or is longer than any server reads, is left to its own cases. */
const oneLine = (text: string) => text.slice(0, 2_000).replaceAll(/[\r\n]/g, '')
const word = hostileText.map(oneLine)
const visible = word.map((text) => text.replaceAll(/[^\x20-\x7e]/g, ''))
const value = fc.oneof({ weight: 4, arbitrary: fc.constantFrom('1.0.0', '0', '5', '-1', '1e9', 'ann', 'filename YS5jc3Y=', 'filename', 'filename !!!', 'filename 5Zu+,x y,,', '99999999999999999999', 'application/offset+octet-stream') }, { weight: 2, arbitrary: visible }, { weight: 1, arbitrary: word })
const name = fc.oneof({ weight: 6, arbitrary: fc.constantFrom('Upload-Length', 'Upload-Offset', 'Upload-Metadata', 'Content-Type', 'Authorization', 'Tus-Resumable', 'X-Forwarded-For', 'Idempotency-Key', 'Cookie') }, { weight: 1, arbitrary: fc.constantFrom('Transfer-Encoding', 'Content-Length', 'Connection', 'Expect', '__proto__') })
const anyRaw: fc.Arbitrary<Raw> = fc.record({
  method: fc.oneof({ weight: 8, arbitrary: fc.constantFrom('POST', 'HEAD', 'PATCH', 'DELETE', 'OPTIONS', 'GET', 'PUT') }, { weight: 1, arbitrary: fc.constantFrom('', 'get', 'TRACE', 'CONNECT', '__proto__') }),
  path: fc.oneof({ weight: 6, arbitrary: fc.constantFrom('/uploads', '/uploads', '/uploads/', '/uploads/0b9f0c52-0f3c-4d3e-9d8b-7f3f6a1d2c11', '/uploads/..%2Ffront', '/api/whoami', '/health/ready', '//uploads', '*', 'http://elsewhere.example/uploads') }, { weight: 2, arbitrary: visible.map((text) => `/uploads/${encodeURI(text)}`) }, { weight: 1, arbitrary: word }),
  // Mostly someone who is signed in and speaks the protocol, with one thing wrong.
  headers: fc.tuple(fc.subarray([['Authorization', 'ann'], ['Tus-Resumable', '1.0.0']] as const, { minLength: 1 }), fc.array(fc.tuple(name, value), { maxLength: 2 })).map((lists) => lists.flat()),
  body: fc.constantFrom('', 'abc', '0\r\n\r\n', 'x'.repeat(5_000)),
})

it('whatever reaches the port is answered with a reason or closed, and the front goes on', async () => {
  const met = new Map<number, number>()
  await fuzz({
    name: 'front', runs: runsOf(200), arbitrary: anyRaw,
    attempt: async (raw) => {
      const { status, text } = await answerTo(raw)
      met.set(status, (met.get(status) ?? 0) + 1)
      // 0: closed without a word, as senders are that keep to no protocol at all.
      expect(status === 0 || (status >= 100 && status < 500), `${status} ${text.slice(0, 300)}`).toBe(true)
      expect(text).not.toMatch(/node_modules|\bat \w+ \(|TypeError|ENOENT/)
    },
    show: (raw) => JSON.stringify(raw),
  })
  expect([...met.keys()].filter((status) => status >= 400).length, JSON.stringify([...met])).toBeGreaterThan(2)
  expect((await fetch(`${front.url}/health/ready`)).status).toBe(200)
}, 300_000)

function answerTo({ method, path, headers, body }: Raw): Promise<{ status: number; text: string }> {
  return new Promise((resolve) => {
    const socket = connect(front.port, '127.0.0.1')
    let text = ''
    const end = () => resolve({ status: Number(/^HTTP\/1\.1 (\d{3})/.exec(text)?.[1] ?? 0), text })
    socket.setTimeout(400, () => socket.destroy())
    // One answer is enough: the connection may be kept.
    socket.on('data', (chunk) => {
      text += chunk.toString()
      if (text.includes('\r\n\r\n')) socket.destroy()
    })
    socket.on('error', () => { /* Closed by the front: its end is told by "close". */ })
    socket.on('close', end)
    socket.write(`${method} ${path} HTTP/1.1\r\nHost: x\r\n${headers.map(([name, said]) => `${name}: ${said}\r\n`).join('')}${body === '' ? '' : `Content-Length: ${body.length}\r\n`}\r\n${body}`)
  })
}
