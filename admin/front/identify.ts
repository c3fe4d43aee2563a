import http, { type IncomingMessage } from 'node:http'
import type { Supervisor } from './supervisor.ts'

/** What tells the application who asks, and from which page. */
const telling = ['authorization', 'cookie', 'origin', 'sec-fetch-site'] as const
const mostBytes = 262_144

/** The id of who asks, by the application's own rules (sessions that were ended, blocked accounts, other sites' pages); undefined: nobody. */
export async function identify(request: IncomingMessage, supervisor: Pick<Supervisor, 'host'>): Promise<string | undefined> {
  const host = await supervisor.host()
  if (!host) return undefined
  const headers = Object.fromEntries(telling.flatMap((name) => (request.headers[name] === undefined ? [] : [[name, request.headers[name]]])))
  const exchange = host.begin()
  try {
    const { user } = JSON.parse(await ask({ socketPath: host.socketPath, agent: host.agent, path: '/api/users/me?depth=0', headers: { ...headers, host: request.headers.host } })) as { user?: { id?: unknown } | null }
    return typeof user?.id === 'string' ? user.id : undefined
  } catch {
    return undefined
  } finally {
    exchange.closed()
  }
}

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
