import { createHash } from 'node:crypto'
import type { AuthStrategy, Payload } from 'payload'
import type { ApiKeys } from '../../../config/generated/entities.ts'
import type { SignedInUser } from '../access/actor.ts'
import { openStore } from '../data/open-store.ts'
import type { Store } from '../data/store.ts'
import { cameFrom, isDue, noteSignIn, type SignInKind } from '../sign-ins/note-sign-in.ts'
import { refuseKey, type KeyRefusal } from './refused-keys.ts'

type Account = { readonly id: string; readonly name?: string | null; readonly email: string; readonly blocked?: boolean | null; readonly roles?: readonly string[] | null; readonly language?: string | null }

/** `Authorization: users API-Key <key>`, the form that Payload's clients send. */
export const keyStrategy: AuthStrategy = {
  name: 'api-key',
  authenticate: async ({ headers, payload }) => {
    const given = /^users API-Key (\S{1,200})$/.exec(headers.get('authorization') ?? '')?.[1]
    if (given === undefined) return { user: null }
    const store = openStore(payload)
    const key = await store.findOne('api-keys', { hash: { equals: hashOfKey(given) } })
    const account = key && ((await store.get('users', key.owner)) as unknown as Account | undefined)
    const refusal = refusalOf(key, account)
    if (!key || !account || refusal) {
      refuseKey(headers, refusal ?? 'keyUnknown')
      if (key) await note(payload, headers, { kind: 'keyRefused', key, account })
      return { user: null }
    }
    await note(payload, headers, { kind: 'keyUsed', key, account })
    const { id, name, email, roles, language } = account
    return { user: { id, name, email, roles, language, collection: 'users', key: scopeOf(key) } satisfies SignedInUser & { collection: string } as never }
  },
}

/** Keys are 256 random bits: a fast hash keeps them as safe as a slow one would. */
export const hashOfKey = (key: string): string => createHash('sha256').update(key).digest('hex')

/** What is stored as lists, as such. */
export function scopeOf({ id, name, roles, readOnly, entities }: ApiKeys): NonNullable<SignedInUser['key']> {
  return { id, name, roles: listOf(roles), readOnly: readOnly === true, entities: listOf(entities) }
}

const listOf = (value: unknown): string[] => (Array.isArray(value) ? value.filter((one): one is string => typeof one === 'string') : [])

/** For whom a key acts that is named instead of sent, or why it does not. */
export async function holderOfKey(store: Store, key: ApiKeys | undefined): Promise<{ readonly user: SignedInUser } | { readonly refusal: KeyRefusal }> {
  const account = key && ((await store.get('users', key.owner)) as unknown as Account | undefined)
  const refusal = refusalOf(key, account)
  if (!key || !account || refusal) return { refusal: refusal ?? 'keyUnknown' }
  const { id, name, email, roles, language } = account
  return { user: { id, email, key: scopeOf(key), ...(name === undefined ? {} : { name }), ...(roles === undefined ? {} : { roles }), ...(language === undefined ? {} : { language }) } }
}

function refusalOf(key: ApiKeys | undefined, account: Account | undefined): KeyRefusal | undefined {
  if (!key) return 'keyUnknown'
  if (key.revokedAt || !account || account.blocked) return 'keyRevoked'
  return Date.parse(key.expiresAt) <= Date.now() ? 'keyExpired' : undefined
}

/** Last use is kept to the minute; the log has one row an hour for each place a key is used from. */
async function note(payload: Payload, headers: Headers, { kind, key, account }: { kind: SignInKind; key: ApiKeys; account: Account | undefined }): Promise<void> {
  const { address } = cameFrom(headers)
  const store = openStore(payload)
  if (kind === 'keyUsed' && isDue(payload, `used:${key.id}`, 60_000)) {
    await store.update('api-keys', key.id, { lastUsedAt: new Date().toISOString(), lastAddress: address })
  }
  if (isDue(payload, `${kind}:${key.id}:${address ?? ''}`, 3_600_000)) await noteSignIn(store, headers, { kind, user: account, apiKey: key.name })
}
