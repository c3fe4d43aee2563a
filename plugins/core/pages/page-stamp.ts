import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto'
import { fail } from '../errors.ts'
import { leastOpenMilliseconds, mostOpenMilliseconds } from './page-limits.ts'

/** "<issued>.<nonce>.<signature>": when a page was opened, provably by us; each is good for one record. */
export function newStamp(secret: string, slug: string, now = Date.now()): string {
  const content = `${now.toString(36)}.${randomBytes(12).toString('base64url')}`
  return `${content}.${signature(secret, slug, content)}`
}

/**
 * `mayBeYoung`: of files, which are chosen before the rest is filled in.
 * @returns the idempotency key of the one record that the stamp is good for
 * @throws ProblemError 429 for one that is too young, 409 for one that is too old or not ours
 */
export function readStamp(secret: string, slug: string, stamp: unknown, { now = Date.now(), mayBeYoung = false } = {}): string {
  const [issued = '', nonce = '', signed = ''] = typeof stamp === 'string' && stamp.length < 200 ? stamp.split('.') : []
  const expected = Buffer.from(signature(secret, slug, `${issued}.${nonce}`))
  const given = Buffer.from(signed)
  if (given.length !== expected.length || !timingSafeEqual(given, expected)) fail('pageExpired')
  const age = now - Number.parseInt(issued, 36)
  if (age > mostOpenMilliseconds) fail('pageExpired')
  if (age < leastOpenMilliseconds && !mayBeYoung) fail('pageTooSoon', { seconds: Math.ceil((leastOpenMilliseconds - age) / 1_000) })
  return nonce
}

const signature = (secret: string, slug: string, content: string): string =>
  createHmac('sha256', secret).update(`trellis stamp ${slug} ${content}`).digest('base64url')
