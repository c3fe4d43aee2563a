import { createHmac, timingSafeEqual } from 'node:crypto'

/** How far the clocks of both sides may differ; a signature that is older is someone's repeat. */
const toleranceSeconds = 300

const hmac = (secret: string, text: string) => createHmac('sha256', secret).update(text).digest('hex')

/** `t=<seconds since 1970>,v1=<HMAC-SHA256 of "t.body" in hex>`, as Stripe writes it. */
export function sign(secret: string, body: string, at = new Date()): string {
  const t = Math.floor(at.getTime() / 1000)
  return `t=${t},v1=${hmac(secret, `${t}.${body}`)}`
}

export function isSigned(secret: string, body: string, signature: string, now = new Date()): boolean {
  const [, t, given] = /^t=(\d{1,12}),v1=([0-9a-f]{64})$/.exec(signature) ?? []
  return t !== undefined && given !== undefined && Math.abs(now.getTime() / 1000 - Number(t)) <= toleranceSeconds && isSame(hmac(secret, `${t}.${body}`), given)
}

/** `sha256=<HMAC-SHA256 of the body in hex>`, as GitHub and others write it. */
export const isHubSigned = (secret: string, body: string, signature: string): boolean => isSame(`sha256=${hmac(secret, body)}`, signature)

/** Takes the same time wherever they differ. */
export function isSame(a: string, b: string): boolean {
  const [left, right] = [hmac('compare', a), hmac('compare', b)].map((text) => Buffer.from(text))
  return left !== undefined && right !== undefined && timingSafeEqual(left, right)
}
