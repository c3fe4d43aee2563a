import http, { type IncomingMessage, type ServerResponse } from 'node:http'
import { headersOfData } from '../server/security-headers.ts'
import type { Application } from './application.ts'
import type { Status } from './supervisor.ts'

/**
 * `/health/live` (also `/healthz`): the front lives. `/health/ready` (also `/readyz`): a request that comes now is answered,
 * and the database answers; a switch of a moment does not count. Neither is limited.
 * @returns whether it was one of these.
 */
export function answerHealth({ request, response, status, current }: {
  request: IncomingMessage
  response: ServerResponse
  status: () => Status
  current: () => Application | undefined
}): boolean {
  const path = request.url?.split('?')[0]
  if (path === '/health/live' || path === '/healthz') {
    tell(response, 200, 'alive')
    return true
  }
  if (path !== '/health/ready' && path !== '/readyz') return false
  const { state } = status()
  const host = current()
  if (state === 'replacing') tell(response, 200, 'ready')
  else if (!host) tell(response, 503, state)
  else void ask(host).then((answer) => tell(response, answer.status, answer.text))
  return true
}

const askMilliseconds = 3_000

/** What the application says of itself and its database. */
function ask({ socketPath }: Application): Promise<{ status: number; text: string }> {
  return new Promise((resolve) => {
    const fallback = () => resolve({ status: 503, text: 'the application does not answer' })
    const request = http.get({ socketPath, path: '/readyz', agent: false, timeout: askMilliseconds }, (answer) => {
      const chunks: Buffer[] = []
      answer.on('data', (chunk: Buffer) => chunks.push(chunk))
      answer.on('end', () => resolve({ status: answer.statusCode ?? 503, text: Buffer.concat(chunks).toString().trim() }))
    })
    request.on('timeout', () => request.destroy())
    request.on('error', fallback)
  })
}

function tell(response: ServerResponse, status: number, text: string) {
  response.writeHead(status, { ...headersOfData, 'Content-Type': 'text/plain; charset=utf-8', 'Cache-Control': 'no-store', ...(status === 503 && { 'Retry-After': '2' }) })
  response.end(`${text}\n`)
}
