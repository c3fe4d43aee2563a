import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Payload } from 'payload'

/**
 * `/healthz`: the process lives. `/readyz`: it answers requests and its database answers it.
 * Answered before Next, so that they say the truth also while the panel is slow.
 * @returns whether it was one of these.
 */
export function answerHealth({ request, response, payload }: {
  request: IncomingMessage
  response: ServerResponse
  payload: Payload | undefined
}): boolean {
  const path = request.url?.split('?')[0]
  if (path === '/healthz') {
    answer(response, 200, 'alive')
    return true
  }
  if (path !== '/readyz') return false
  if (!payload) answer(response, 503, 'starting')
  else void isDatabaseAnswering(payload).then((ok) => answer(response, ok ? 200 : 503, ok ? 'ready' : 'the database does not answer'))
  return true
}

const DATABASE_MS = 2000

async function isDatabaseAnswering(payload: Payload): Promise<boolean> {
  const late = new Promise<false>((resolve) => setTimeout(resolve, DATABASE_MS, false).unref())
  const found = payload.db.findOne({ collection: payload.config.admin.user, where: { id: { equals: 'nobody' } } }).then(() => true, () => false)
  return await Promise.race([found, late])
}

function answer(response: ServerResponse, status: number, text: string) {
  response.writeHead(status, { 'Content-Type': 'text/plain; charset=utf-8', 'Cache-Control': 'no-store', ...(status === 503 && { 'Retry-After': '2' }) })
  response.end(`${text}\n`)
}
