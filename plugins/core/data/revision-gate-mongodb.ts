import type { MongooseAdapter } from '@payloadcms/db-mongodb'
import { randomUUID } from 'node:crypto'
import { hostname } from 'node:os'
import { setTimeout } from 'node:timers/promises'
import { fail, RetryCommand } from '../errors.ts'
import { isAway } from './database-faults.ts'
import { isDead, ownMark } from './dead-process.ts'
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
/** As long as a command tries again. */
const settleMilliseconds = 20_000

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
  /** What stands in the seat once the transaction of the session is committed. */
  const entered = new WeakMap<object, Entered>()

  const takeSeat = async (session: ServerSessionId) => {
    const id = `${own}:${session.id.toString('hex')}`
    const now = Date.now()
    if ((renewAt.get(id) ?? 0) > now) return id
    // The driver lets go of sessions that rest for long, and so does this.
    for (const [seat, until] of renewAt) if (until <= now) renewAt.delete(seat)
    const seat = { ...ownMark(), session, at: new Date(now) }
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
      const taken = await seats(adapter).findOneAndUpdate({ _id: seat, revision }, { $inc: { uses: 1 } }, { session: session as never, returnDocument: 'after', projection: { uses: 1 } })
      if (taken) entered.set(session, { seat, uses: taken.uses })
      return taken !== null
    },
    async commit(transaction, commit) {
      const session = adapter.sessions[transaction] as { readonly id?: ServerSessionId } | undefined
      const own = session && entered.get(session)
      try {
        await commit()
      } catch (error) {
        if (!session?.id || !own) throw error
        if (await wasCommitted(adapter, { ...own, session: session.id, error })) return
        throw isAway(error) ? new RetryCommand('The connection to the database broke before the commit.', { cause: error }) : error
      }
    },
    async close() {
      // A database that is away keeps them: they are of a process that has ended.
      if (renewAt.size > 0) await seats(adapter).deleteMany({ _id: { $in: [...renewAt.keys()] } }).catch(() => {})
      renewAt.clear()
    },
  }
}

type Entered = { readonly seat: string; readonly uses: number }

/**
 * What has become of a transaction whose commit was not answered, or that the driver has tried to commit a second time. Its own
 * write of the seat tells: whoever writes the seat now comes after its end, and reads there whether it was committed.
 * @throws ProblemError `outcomeUnknown` when the database cannot be asked for as long as a command tries
 */
async function wasCommitted(adapter: MongooseAdapter, { seat, uses, session, error }: Entered & { session: ServerSessionId; error: unknown }): Promise<boolean> {
  const deadline = Date.now() + settleMilliseconds
  for (;;) {
    try {
      // Still open, it would keep its rows; a commit that is on its way comes too late after this.
      if (isAway(error)) await adapter.connection.db?.admin().command({ killSessions: [session] })
      const row = await seats(adapter).findOneAndUpdate({ _id: seat }, { $set: { at: new Date() } }, { returnDocument: 'after', projection: { uses: 1 }, maxTimeMS: 5_000 })
      if (row) return row.uses >= uses
      break
    } catch {
      // It cannot be reached, or the transaction still holds the seat.
      if (Date.now() > deadline) fail('outcomeUnknown')
      await setTimeout(200)
    }
  }
  return fail('outcomeUnknown')
}

/**
 * The database keeps the rows of a transaction whose process was killed for up to a minute (`transactionLifetimeLimitSeconds`), and
 * refuses everyone else who wants them. Ends those of this host's processes that live no more. Where two hosts have one name, a
 * living transaction may be ended: nothing of it is stored, and its command runs again.
 */
export async function endOrphans(adapter: MongooseAdapter): Promise<void> {
  const orphans = (await seats(adapter).find({ host: hostname(), pid: { $exists: true } }).toArray()).filter(({ host, pid, started }) => pid !== undefined && isDead({ host, pid, started }))
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
