import { createHash, createHmac, timingSafeEqual } from 'node:crypto'
import type { IncomingHttpHeaders } from 'node:http'

/**
 * Who asks, for counting only; the application decides what anyone may do. A session is counted by its account, an API key
 * by itself; a session that is not signed by us counts as nobody, so that no one uses up another's allowance.
 * @returns a short key, or undefined for a caller who is not signed in
 */
export function callerOf(headers: IncomingHttpHeaders, signingKey: string): string | undefined {
  const authorization = headers.authorization ?? ''
  const apiKey = /^\S+ API-Key (.+)$/.exec(authorization)?.[1]
  if (apiKey) return `key:${createHash('sha256').update(apiKey).digest('base64url')}`
  const token = /^(?:JWT|Bearer) (.+)$/.exec(authorization)?.[1] ?? /(?:^|;\s*)payload-token=([^;]+)/.exec(headers.cookie ?? '')?.[1]
  return token && accountOf(token, signingKey)
}

/** The key that Payload signs sessions with: derived from the secret, see `payload/dist/index.js`. */
export const signingKeyOf = (secret: string): string => createHash('sha256').update(secret).digest('hex').slice(0, 32)

/** The account of an HS256 session token that `signingKey` has signed. */
function accountOf(token: string, signingKey: string): string | undefined {
  const [header, body, signature] = token.split('.')
  if (!header || !body || !signature) return undefined
  const given = Buffer.from(signature, 'base64url')
  const ours = createHmac('sha256', signingKey).update(`${header}.${body}`).digest()
  if (given.length !== ours.length || !timingSafeEqual(given, ours)) return undefined
  try {
    const { id } = JSON.parse(Buffer.from(body, 'base64url').toString()) as { id?: unknown }
    return typeof id === 'string' ? `user:${id}` : undefined
  } catch {
    return undefined
  }
}
