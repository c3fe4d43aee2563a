import type { Config, FindOneArgs, PayloadRequest, UpdateOneArgs } from 'payload'

/**
 * A sign-in, its refresh and its end write the whole account as they read it some time before (the check of a password takes long):
 * a block or a change of roles made in between would be undone. Of such a write only the sessions are taken. With which password an
 * account was read is kept with the request, so that a sign-in with one that was changed meanwhile can be refused.
 */
export function writeSessionsOnly(db: Config['db']): Config['db'] {
  return {
    ...db,
    init: (args) => {
      const adapter = db.init(args)
      const { findOne, updateOne } = adapter
      return Object.assign(adapter, {
        async findOne(question: FindOneArgs) {
          const found: unknown = await findOne.call(adapter, question)
          if (question.collection === 'users') remember(question.req, found)
          return found
        },
        updateOne(write: UpdateOneArgs) {
          if (write.collection === 'users') remember(write.req, write.data)
          return updateOne.call(adapter, isOfSessions(write) ? sessionsOf(write) : write)
        },
      })
    },
  }
}

/** The hash of the password that the account had when the request read it, or that the request gave it since. */
export const passwordOf = (req: PayloadRequest): string | undefined => passwords.get(req)

const passwords = new WeakMap<object, string>()

function remember(req: Partial<PayloadRequest> | undefined, account: unknown): void {
  const hash = (account as { hash?: unknown } | null | undefined)?.hash
  if (req && typeof hash === 'string') passwords.set(req, hash)
}

/** Only Payload's sessions are written with nothing asked back. */
const isOfSessions = ({ collection, data, returning }: UpdateOneArgs) => collection === 'users' && returning === false && Array.isArray(data.sessions)

/** `updatedAt: null` leaves the time of the last change as it is. */
const sessionsOf = (write: UpdateOneArgs): UpdateOneArgs => ({ ...write, data: { sessions: write.data.sessions as unknown, updatedAt: null } })
