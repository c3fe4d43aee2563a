import type { Payload, PayloadRequest } from 'payload'
import type { SignIns } from '../../../config/generated/entities.ts'
import { newId } from '../commands/context.ts'
import { openStore } from '../data/open-store.ts'
import type { Store } from '../data/store.ts'

export type SignInKind = SignIns['kind']

/** What one row of the log of sign-ins says; address and program are taken from the request's headers. */
export type SignInNote = {
  readonly kind: SignInKind
  /** Whose account, where it is known. */
  readonly user?: { readonly id: string | number; readonly name?: string | null; readonly email?: string | null } | undefined
  readonly by?: string
  readonly apiKey?: string
  readonly session?: string
}

export async function noteSignIn(store: Store, headers: Headers | undefined, { kind, user, by, apiKey, session }: SignInNote): Promise<void> {
  await store.insert('sign-ins', {
    id: newId(), at: new Date().toISOString(), kind,
    user: user ? String(user.id) : null, userName: user ? user.name || user.email || String(user.id) : null,
    by: by ?? null, apiKey: apiKey ?? null, session: session ?? null, ...cameFrom(headers),
  })
}

/** The front says where a request comes from, whatever its sender wrote; without a front, the server's own socket does. */
export function cameFrom(headers: Headers | undefined): { readonly address: string | null; readonly agent: string | null } {
  const address = headers?.get('x-forwarded-for')?.split(',', 1)[0]?.trim().slice(0, 60)
  return { address: address || null, agent: headers?.get('user-agent')?.slice(0, longestAgent) ?? null }
}

const longestAgent = 300

/** A store within the transaction of the request, where it has one. */
export async function storeOfRequest({ payload, transactionID }: Pick<PayloadRequest, 'payload' | 'transactionID'>): Promise<Store> {
  const transaction = await transactionID
  return openStore(payload, transaction)
}

/**
 * Whether a row of this kind may be written again: what anyone can cause at will is noted once a while, so that nobody fills
 * the log. What is not noted meanwhile is the same as what was.
 */
export function isDue(payload: Payload, key: string, milliseconds: number, now = Date.now()): boolean {
  const known = noted.get(payload) ?? new Map<string, number>()
  noted.set(payload, known)
  if ((known.get(key) ?? 0) > now - milliseconds) return false
  known.delete(key)
  known.set(key, now)
  if (known.size > mostKeys) for (const oldest of known.keys()) { known.delete(oldest); break }
  return true
}

const mostKeys = 5_000
const noted = new WeakMap<Payload, Map<string, number>>()
