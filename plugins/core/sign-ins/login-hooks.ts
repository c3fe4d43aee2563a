import type { CollectionAfterChangeHook, CollectionAfterLoginHook, CollectionAfterLogoutHook, CollectionBeforeOperationHook, PayloadRequest } from 'payload'
import { actorOfRequest } from '../access/collection-hooks.ts'
import { can } from '../access/can.ts'
import { fail } from '../errors.ts'
import { openStore } from '../data/open-store.ts'
import { usersEntity } from '../users/users-entity.ts'
import { noteSignIn, storeOfRequest } from './note-sign-in.ts'
import { leaveOutEnded, sessionOf } from './sessions.ts'

type User = { readonly id: string; readonly name?: string | null; readonly email: string }

export const noteLogin: CollectionAfterLoginHook = async ({ req, token, user: given }) => {
  const user = given as unknown as User
  const store = await storeOfRequest(req)
  await store.update('users', user.id, { lastLoginAt: new Date().toISOString() } as never)
  await leaveOutEnded(store, user.id)
  const session = sessionOfToken(token)
  await noteSignIn(store, req.headers, { kind: 'signedIn', user, ...(session ? { session } : {}) })
}

export const noteLogout: CollectionAfterLogoutHook = async ({ req }) => {
  if (!req.user) return
  // Payload asks nobody before it ends sessions; what is refused here is undone with its transaction.
  if (isKey(req)) fail('personOnly')
  const store = await storeOfRequest(req)
  const note = await store.findOne('sign-ins', { session: { equals: sessionOf(req) ?? '' } })
  if (note) await store.update('sign-ins', note.id, { endedAt: new Date().toISOString() })
  await noteSignIn(store, req.headers, { kind: 'signedOut', user: req.user as unknown as User })
}

/** An API key acts for a person in the business, never on accounts: it neither becomes a session nor changes one. */
export const refuseKeys: CollectionBeforeOperationHook = ({ args, operation, req }) => {
  if (isKey(req) && changing.has(operation)) fail('personOnly')
  return args
}

/** Whether a program asks, by an API key. */
export const isKey = ({ user }: PayloadRequest): boolean => Boolean((user as { key?: unknown } | null)?.key)

const changing: ReadonlySet<string> = new Set(['create', 'update', 'delete', 'refresh', 'unlock', 'forgotPassword', 'resetPassword'])

export const noteUnlock: CollectionBeforeOperationHook = async ({ args, operation, req }) => {
  const { email } = ((args as { data?: { email?: unknown } }).data ?? {})
  if (operation !== 'unlock' || typeof email !== 'string' || !req.user || !can(await actorOfRequest(req), 'edit', usersEntity).allowed) return args
  const store = openStore(req.payload)
  const user = (await store.findOne('users', { email: { equals: email.toLowerCase().trim() } })) as unknown as User | undefined
  if (user) await noteSignIn(store, req.headers, { kind: 'unlocked', user, by: nameOf(req) })
  return args
}

/** `checkUser` marks a request that sets a password. */
export const notePassword: CollectionAfterChangeHook = async ({ doc, operation, req }) => {
  if (operation === 'update' && newPasswords.has(req)) await noteSignIn(await storeOfRequest(req), req.headers, { kind: 'passwordChanged', user: doc as User, by: nameOf(req) })
  return doc as unknown
}

export const markPassword = (req: PayloadRequest): void => void newPasswords.add(req)

const newPasswords = new WeakSet<PayloadRequest>()

function nameOf({ user }: PayloadRequest): string {
  const { name, email } = (user ?? {}) as { name?: string | null; email?: string | null }
  return name || email || 'Trellis'
}

/** A session token carries the session's id; it was signed a moment ago, so it is only read. */
function sessionOfToken(token: string | undefined): string | undefined {
  try {
    const { sid } = JSON.parse(Buffer.from(token?.split('.')[1] ?? '', 'base64url').toString()) as { sid?: unknown }
    return typeof sid === 'string' ? sid : undefined
  } catch {
    return undefined
  }
}
