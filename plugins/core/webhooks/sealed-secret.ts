import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto'
import type { Payload } from 'payload'
import { openStore } from '../data/open-store.ts'
import type { Store } from '../data/store.ts'

type Holder = Pick<Payload, 'secret'>

/** Of its own, so that what signs sessions opens nothing here, and the other way round. */
const keyOf = ({ secret }: Holder) => Buffer.from(hkdfSync('sha256', secret, '', 'trellis webhook secrets', 32))

/** `v1.<nonce>.<tag>.<text>`: AES-256-GCM under a key of the instance's secret, for this webhook alone. */
export function seal(holder: Holder, webhook: string, text: string): string {
  const nonce = randomBytes(12)
  const cipher = createCipheriv('aes-256-gcm', keyOf(holder), nonce).setAAD(Buffer.from(webhook))
  const sealed = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()])
  return ['v1', ...[nonce, cipher.getAuthTag(), sealed].map((part) => part.toString('base64url'))].join('.')
}

/** @returns undefined where it was sealed for another webhook, under another secret of the instance, or has been changed */
export function unseal(holder: Holder, webhook: string, sealed: string): string | undefined {
  const [form, nonce, tag, text] = sealed.split('.')
  if (form !== 'v1' || !nonce || !tag || text === undefined) return undefined
  const decipher = createDecipheriv('aes-256-gcm', keyOf(holder), Buffer.from(nonce, 'base64url'), { authTagLength: 16 }).setAAD(Buffer.from(webhook)).setAuthTag(Buffer.from(tag, 'base64url'))
  const opened = decipher.update(text, 'base64url')
  try {
    return Buffer.concat([opened, decipher.final()]).toString('utf8')
  } catch {
    return undefined
  }
}

export const newSecret = (): string => randomBytes(32).toString('hex')

/** Puts it in place of the one before, which signs nothing from then on. */
export async function keepSecret(payload: Holder, store: Store, webhook: string, secret: string): Promise<void> {
  const sealed = seal(payload, webhook, secret)
  if (!(await store.update('webhook-secrets', webhook, { sealed }))) await store.insert('webhook-secrets', { id: webhook, sealed })
}

/** @returns undefined where there is none that can be read: the instance has another secret than when it was made */
export async function secretOf(payload: Payload, webhook: string): Promise<string | undefined> {
  const row = await openStore(payload).get('webhook-secrets', webhook)
  return row && unseal(payload, webhook, row.sealed)
}
