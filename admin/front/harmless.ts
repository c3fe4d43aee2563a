import type { IncomingMessage } from 'node:http'

/** Whether it changes nothing, so that it may be asked twice: reads, and what asks GraphQL for something. */
export function isHarmless({ method, url }: Pick<IncomingMessage, 'method' | 'url'>, body: object): boolean {
  if (isRead(method)) return true
  return method === 'POST' && url?.split('?')[0] === '/api/graphql' && 'bytes' in body && body.bytes instanceof Buffer && isQuery(body.bytes)
}

export const isRead = (method: string | undefined): boolean => method === 'GET' || method === 'HEAD' || method === 'OPTIONS'

/** Anything that even names a mutation is none. */
function isQuery(bytes: Buffer): boolean {
  try {
    const { query } = JSON.parse(bytes.toString()) as { query?: unknown }
    return typeof query === 'string' && !query.includes('mutation')
  } catch {
    return false
  }
}
