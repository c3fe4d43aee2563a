import type { Config, UpdateOneArgs } from 'payload'

/**
 * A sign-in, its refresh and its end write the whole account as they read it some time before (the check of a password takes long):
 * a block or a change of roles made in between would be undone. Of such a write only the sessions are taken.
 */
export function writeSessionsOnly(db: Config['db']): Config['db'] {
  return {
    ...db,
    init: (args) => {
      const adapter = db.init(args)
      const { updateOne } = adapter
      return Object.assign(adapter, { updateOne: (write: UpdateOneArgs) => updateOne.call(adapter, isOfSessions(write) ? sessionsOf(write) : write) })
    },
  }
}

/** Only Payload's sessions are written with nothing asked back. */
const isOfSessions = ({ collection, data, returning }: UpdateOneArgs) => collection === 'users' && returning === false && Array.isArray(data.sessions)

/** `updatedAt: null` leaves the time of the last change as it is. */
const sessionsOf = (write: UpdateOneArgs): UpdateOneArgs => ({ ...write, data: { sessions: write.data.sessions as unknown, updatedAt: null } })
