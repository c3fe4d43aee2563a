import { createHmac, timingSafeEqual } from 'node:crypto'
import { fail } from '../errors.ts'

/** How long a link decides. */
export const linkDays = 7

/** What a link is good for: one person's decision at one seat, on this content alone. */
export type LinkClaim = { readonly approval: string; readonly seat: string; readonly user: string; readonly hash: string }

/** "<approval>.<seat>.<user>.<content>.<expires>.<signature>"; nobody makes one without the secret of the instance. */
export function newLink(secret: string, { approval, seat, user, hash }: LinkClaim, now = Date.now()): string {
  const content = [approval, seat, user, hash.slice(0, hashDigits), (now + linkDays * 86_400_000).toString(36)].join('.')
  return `${content}.${signature(secret, content)}`
}

const hashDigits = 24
const longestLink = 400

/** @throws ProblemError 404 for one that is not ours, 410 for one that has expired */
export function readLink(secret: string, link: string, now: number): LinkClaim {
  const parts = link.length <= longestLink ? link.split('.') : []
  const [approval = '', seat = '', user = '', hash = '', expires = '', signed = ''] = parts
  const expected = Buffer.from(signature(secret, [approval, seat, user, hash, expires].join('.')))
  const given = Buffer.from(signed)
  if (parts.length !== 6 || given.length !== expected.length || !timingSafeEqual(given, expected)) fail('approvalLinkUnknown')
  if (Number.parseInt(expires, 36) < now) fail('approvalLinkExpired', { days: linkDays })
  return { approval, seat, user, hash }
}

const signature = (secret: string, content: string): string => createHmac('sha256', secret).update(`trellis approval ${content}`).digest('base64url')
