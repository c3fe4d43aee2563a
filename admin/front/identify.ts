import http, { type IncomingMessage } from 'node:http'
import { waitedTooLong, type Refusal } from './answers.ts'
import type { Supervisor } from './supervisor.ts'

/** What tells the application who asks, and from which page. */
const telling = ['authorization', 'cookie', 'origin', 'sec-fetch-site'] as const
const mostBytes = 262_144

/** The id of who uploads, by the application's own rules (sessions that were ended, keys, blocked accounts, other sites' pages), or why not. */
export async function identify(request: IncomingMessage, supervisor: Pick<Supervisor, 'host'>): Promise<string | Refusal> {
  const host = await supervisor.host()
  if (!host) return waitedTooLong
  const headers = Object.fromEntries(telling.flatMap((name) => (request.headers[name] === undefined ? [] : [[name, request.headers[name]]])))
  const exchange = host.begin()
  try {
    const { id, errors } = JSON.parse(await ask({ socketPath: host.socketPath, agent: host.agent, path: '/api/uploader', headers: { ...headers, host: request.headers.host } })) as Answer
    return id ?? errors?.[0]?.data ?? waitedTooLong
  } catch {
    return waitedTooLong
  } finally {
    exchange.closed()
  }
}

/** The application's own: an id, or the problem in the form of all its errors. */
type Answer = { readonly id?: string; readonly errors?: readonly { readonly data?: Pick<Refusal, 'status' | 'code' | 'message'> }[] }

function ask(options: http.RequestOptions): Promise<string> {
  return new Promise((resolve, reject) => {
    const request = http.get({ ...options, timeout: 10_000 }, (answer) => {
      const chunks: Buffer[] = []
      let size = 0
      answer.on('data', (chunk: Buffer) => {
        size += chunk.length
        if (size > mostBytes) request.destroy(new Error('The answer is too long.'))
        chunks.push(chunk)
      })
      answer.on('end', () => resolve(Buffer.concat(chunks).toString()))
      answer.on('error', reject)
    })
    request.on('timeout', () => request.destroy(new Error('The application does not answer.')))
    request.on('error', reject)
  })
}
