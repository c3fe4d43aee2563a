import type { Config, FindOneArgs, PayloadRequest, UpdateOneArgs } from 'payload'

/**
 * A sign-in, its refresh and its end write the whole account as they read it some time before (the check of a password takes long):
 * a block or a change of roles made in between would be undone, and of two people who sign in to one account at once the first would be
 * signed out again. Of such a write only the sessions are taken, and of these what it has changed since it read them. With which
 * password an account was read is kept with the request, so that a sign-in with one that was changed meanwhile can be refused.
 */
export function writeSessionsOnly(db: Config['db']): Config['db'] {
  return {
    ...db,
    init: (args) => {
      const adapter = db.init(args)
      const { findOne, updateOne } = adapter
      return Object.assign(adapter, {
        async findOne(question: FindOneArgs) {
          const found = (await findOne.call(adapter, question)) as Account | null
          if (question.collection === 'users') remember(question.req, found)
          return found
        },
        async updateOne(write: UpdateOneArgs) {
          if (write.collection === 'users') rememberPassword(write.req, write.data)
          if (!isOfSessions(write)) return updateOne.call(adapter, write)
          const { collection, req } = write
          const account = write.data as Account
          // Within the transaction of the sign-in: whoever writes the account meanwhile waits, or meets it.
          const now = (await findOne.call(adapter, { collection, ...(req && { req }), where: { id: { equals: account.id } }, joins: false })) as Account | null
          const sessions = merged({ read: (req && accounts.get(req)?.get(account.id)) ?? [], written: account.sessions ?? [], now: now?.sessions ?? [] })
          // `updatedAt: null` leaves the time of the last change as it is.
          return updateOne.call(adapter, { ...write, data: { sessions, updatedAt: null } })
        },
      })
    },
  }
}

/** The hash of the password that the account had when the request read it, or that the request gave it since. */
export const passwordOf = (req: PayloadRequest): string | undefined => passwords.get(req)

type Session = { readonly id: string; readonly expiresAt: Date | string }
type Account = { readonly id: string; readonly sessions?: readonly Session[] | null }

const passwords = new WeakMap<object, string>()
/** The sessions of each account, as the request read them last. */
const accounts = new WeakMap<object, Map<string, readonly Session[]>>()

function remember(req: Partial<PayloadRequest> | undefined, account: Account | null): void {
  if (!req || !account) return
  rememberPassword(req, account)
  const known = accounts.get(req) ?? new Map<string, readonly Session[]>()
  known.set(account.id, (account.sessions ?? []).map(({ id, expiresAt }) => ({ id, expiresAt })))
  accounts.set(req, known)
}

function rememberPassword(req: Partial<PayloadRequest> | undefined, account: unknown): void {
  const hash = (account as { hash?: unknown } | null | undefined)?.hash
  if (req && typeof hash === 'string') passwords.set(req, hash)
}

/** Only Payload's sessions are written with nothing asked back. */
const isOfSessions = ({ collection, data, returning }: UpdateOneArgs) => collection === 'users' && returning === false && Array.isArray(data.sessions)

/** What stands now, without those that were taken away and with those that were added or prolonged. */
function merged({ read, written, now }: Readonly<Record<'read' | 'written' | 'now', readonly Session[]>>): readonly Session[] {
  const until = new Map(read.map(({ id, expiresAt }) => [id, time(expiresAt)]))
  const kept = new Set(written.map(({ id }) => id))
  const changed = new Map(written.filter(({ id, expiresAt }) => until.get(id) !== time(expiresAt)).map((session) => [session.id, session]))
  const stays = now.filter(({ id }) => kept.has(id) || !until.has(id)).map((session) => changed.get(session.id) ?? session)
  const there = new Set(now.map(({ id }) => id))
  // One that was ended meanwhile stays ended: only what the request did not read is new.
  return [...stays, ...[...changed.values()].filter(({ id }) => !there.has(id) && !until.has(id))]
}

const time = (moment: Date | string): number => new Date(moment).getTime()
