import { AuthenticationError, LockedAuth, type AfterErrorHook, type CollectionBeforeOperationHook } from 'payload'
import { ProblemError } from '../errors.ts'
import { openStore } from '../data/open-store.ts'
import { rememberLock } from './locks.ts'
import { cameFrom, isDue, noteSignIn, type SignInKind } from './note-sign-in.ts'

type Account = { readonly id: string; readonly email: string; readonly name?: string | null; readonly lockUntil?: string | Date | null }

/** Payload tells a refused login to nobody; its error is met later, when only the request is known. */
export const rememberLogin: CollectionBeforeOperationHook = ({ args, req, operation }) => {
  if (operation === 'login') {
    const { email } = ((args as { data?: { email?: unknown } }).data ?? {})
    if (typeof email === 'string') logins.set(req.headers, email.toLowerCase().trim())
  }
  return args
}

/** Writes who was refused and why, and finds until when a locked account stays so. Comes before the error is told. */
export const noteRefusedLogin: AfterErrorHook = async ({ error, req }) => {
  const cause: unknown = (error as { originalError?: unknown }).originalError ?? error
  const email = logins.get(req.headers)
  const kind = email === undefined ? undefined : kindOf(cause)
  if (email === undefined || !kind) return
  const store = openStore(req.payload)
  const account = (await store.findOne('users', { email: { equals: email } })) as unknown as Account | undefined
  const until = account?.lockUntil ? new Date(account.lockUntil) : undefined
  if (until && cause instanceof LockedAuth) rememberLock(req.headers, until)
  const said = account ? kind : 'unknownAccount'
  const { address } = cameFrom(req.headers)
  // Wrong passwords of an account end at its lock; everything else could go on for ever.
  if (said !== 'wrongPassword' && !isDue(req.payload, `${said}:${account?.id ?? ''}:${address ?? ''}`, minute)) return
  // What was typed as an address may be a password: of unknown accounts nothing is kept.
  await noteSignIn(store, req.headers, { kind: said, user: account })
}

function kindOf(cause: unknown): SignInKind | undefined {
  if (cause instanceof LockedAuth) return 'locked'
  if (cause instanceof AuthenticationError) return 'wrongPassword'
  return cause instanceof ProblemError && cause.problem.refusals?.some(({ code }) => code === 'userBlocked') ? 'blocked' : undefined
}

const minute = 60_000
const logins = new WeakMap<Headers, string>()
