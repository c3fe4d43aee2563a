import type { MongooseAdapter } from '@payloadcms/db-mongodb'
import { randomUUID } from 'node:crypto'
import type { RevisionGate } from './revision-guard.ts'

/** A seat holds the revision it may write under; one transaction at a time sits on it. */
type Seat = { readonly _id: string; readonly revision: number; readonly at: Date; readonly uses: number }

const seatsName = 'revision-seats'
/** Seats of processes that have ended without giving them back. */
const abandonedMilliseconds = 7 * 86_400_000
const renewMilliseconds = 86_400_000

/**
 * With snapshot reads, reading the current revision would not conflict with its change: a transaction that began before a
 * publish could still commit after it. So each transaction writes a seat of its own, on the condition that the seat's
 * revision is that of the process; `expelOldRevisions` rewrites all seats, and the database lets only one of the two
 * commit. Transactions do not meet each other there: a process has a seat for each that is open.
 *
 * A seat that is made while someone publishes: either the publisher sees the seat, or its maker sees the new revision,
 * because each writes first and looks afterwards.
 */
export function mongodbGate(adapter: MongooseAdapter, revision: number): RevisionGate {
  const process = randomUUID()
  const free: { id: string; renewAt: number }[] = []
  const taken = new Map<string, { id: string; renewAt: number }>()
  const made = new Set<string>()

  const takeSeat = async () => {
    const seat = free.pop()
    if (seat && seat.renewAt > Date.now()) return seat
    const id = seat?.id ?? `${process}:${made.size + 1}`
    made.add(id)
    await seats(adapter).updateOne({ _id: id }, { $set: { at: new Date() }, $setOnInsert: { revision, uses: 0 } }, { upsert: true })
    if ((await currentNumber(adapter)) === revision) return { id, renewAt: Date.now() + renewMilliseconds }
    await seats(adapter).deleteOne({ _id: id })
    return undefined
  }

  return {
    async enter(transaction) {
      const seat = await takeSeat()
      if (!seat) return false
      taken.set(transaction, seat)
      const session = adapter.sessions[transaction]
      if (!session) throw new Error('The transaction has ended.')
      const { matchedCount } = await seats(adapter).updateOne({ _id: seat.id, revision }, { $inc: { uses: 1 } }, { session: session as never })
      return matchedCount === 1
    },
    leave(transaction) {
      const seat = taken.get(transaction)
      if (seat) free.push(seat)
      taken.delete(transaction)
    },
    async close() {
      if (made.size > 0) await seats(adapter).deleteMany({ _id: { $in: [...made] } })
      made.clear()
    },
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
