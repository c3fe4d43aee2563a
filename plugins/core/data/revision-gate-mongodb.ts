import type { MongooseAdapter } from '@payloadcms/db-mongodb'
import { randomUUID } from 'node:crypto'
import { hostname } from 'node:os'
import type { RevisionGate } from './revision-guard.ts'

/** What the driver calls a session at the server. */
type ServerSessionId = { readonly id: { readonly toString: (encoding: 'hex') => string } }

/** A seat holds the revision that a session may write under; `host`, `pid`, `started` (ms since 1970): of which process. */
type Seat = {
  readonly _id: string
  readonly revision: number
  readonly at: Date
  readonly uses: number
  readonly host: string
  readonly pid?: number
  readonly started: number
  readonly session: ServerSessionId
}

const seatsName = 'revision-seats'
/** Seats of processes that have ended without giving them back. */
const abandonedMilliseconds = 7 * 86_400_000
const renewMilliseconds = 86_400_000

/**
 * With snapshot reads, reading the current revision would not conflict with its change: a transaction that began before a
 * publish could still commit after it. So each transaction writes a seat of its own, on the condition that the seat's
 * revision is that of the process; `expelOldRevisions` rewrites all seats, and the database lets only one of the two
 * commit. Transactions do not meet each other there: each session of the driver has a seat, and one transaction at a time.
 *
 * A seat that is made while someone publishes: either the publisher sees the seat, or its maker sees the new revision,
 * because each writes first and looks afterwards.
 */
export function mongodbGate(adapter: MongooseAdapter, revision: number): RevisionGate {
  const own = randomUUID()
  /** By session: until when the seat is fresh. */
  const renewAt = new Map<string, number>()

  const takeSeat = async (session: ServerSessionId) => {
    const id = `${own}:${session.id.toString('hex')}`
    const now = Date.now()
    if ((renewAt.get(id) ?? 0) > now) return id
    // The driver lets go of sessions that rest for long, and so does this.
    for (const [seat, until] of renewAt) if (until <= now) renewAt.delete(seat)
    const seat = { host: hostname(), pid: process.pid, started: performance.timeOrigin, session, at: new Date(now) }
    await seats(adapter).updateOne({ _id: id }, { $set: seat, $setOnInsert: { revision, uses: 0 } }, { upsert: true })
    if ((await currentNumber(adapter)) === revision) {
      renewAt.set(id, now + renewMilliseconds)
      return id
    }
    await seats(adapter).deleteOne({ _id: id })
    return undefined
  }

  return {
    async enter(transaction) {
      const session = adapter.sessions[transaction] as { readonly id?: ServerSessionId } | undefined
      if (!session?.id) throw new Error('The transaction has ended.')
      const seat = await takeSeat(session.id)
      if (seat === undefined) return false
      const { matchedCount } = await seats(adapter).updateOne({ _id: seat, revision }, { $inc: { uses: 1 } }, { session: session as never })
      return matchedCount === 1
    },
    async close() {
      if (renewAt.size > 0) await seats(adapter).deleteMany({ _id: { $in: [...renewAt.keys()] } })
      renewAt.clear()
    },
  }
}

/**
 * The database keeps the rows of a transaction whose process was killed for up to a minute (`transactionLifetimeLimitSeconds`), and
 * refuses everyone else who wants them. Ends those of this host's processes that live no more. Where two hosts have one name, a
 * living transaction may be ended: nothing of it is stored, and its command runs again.
 */
export async function endOrphans(adapter: MongooseAdapter): Promise<void> {
  const orphans = (await seats(adapter).find({ host: hostname(), pid: { $exists: true } }).toArray()).filter(isDead)
  if (orphans.length === 0) return
  try {
    await adapter.connection.db?.admin().command({ killSessions: orphans.map(({ session }) => session) })
    await seats(adapter).updateMany({ _id: { $in: orphans.map(({ _id }) => _id) } }, { $unset: { pid: '' } })
  } catch {
    // A database that does not let us ends them by itself, later.
  }
}

/** Afterwards no transaction under an older revision can commit any more; waits for those that are about to. */
export async function expelOldRevisions(adapter: MongooseAdapter, revision: number): Promise<void> {
  await seats(adapter).updateMany({ revision: { $lt: revision } }, { $set: { revision } })
  await seats(adapter).deleteMany({ at: { $lt: new Date(Date.now() - abandonedMilliseconds) } })
}

const seats = (adapter: MongooseAdapter) => adapter.connection.collection<Seat>(seatsName)

async function currentNumber(adapter: MongooseAdapter): Promise<number> {
  const [row] = await adapter.connection.collection('revisions').find({}, { projection: { number: 1 } }).sort({ number: -1 }).limit(1).toArray()
  return Number(row?.number ?? 0)
}

/** A process with our own number that began at another time has ended: numbers come again when a container starts again. */
function isDead({ pid, started }: Seat): boolean {
  if (pid === undefined) return false
  if (pid === process.pid) return started !== performance.timeOrigin
  try {
    process.kill(pid, 0)
    return false
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'ESRCH'
  }
}
