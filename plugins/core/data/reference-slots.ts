import type { MongooseAdapter } from '@payloadcms/db-mongodb'
import type { ClientSession } from 'mongodb'
import type { Payload } from 'payload'
import { RetryCommand } from '../errors.ts'

/** More than commands end while one of them runs; few enough to be written in one statement. */
const slotCount = 128

/**
 * Rows that MongoDB's transactions meet on: it refuses the later one of two that write the same row, but lets two commit
 * of which one refers to what the other removes. (docs/adr/0010)
 */
export type ReferenceSlots = {
  /** Writes one row, which no other command of this process has written since this one began. */
  takeOne(): Promise<void>
  /** Writes all rows: of all commands that took one meanwhile, either they or this one must run again. */
  takeAll(): Promise<void>
  /** After the transaction has ended, however it ended. */
  release(): void
}

/** @returns none where one writer at a time makes them needless (SQLite) */
export function openReferenceSlots(payload: Payload, transactionID: number | string): ReferenceSlots | undefined {
  if (payload.db.name !== 'mongoose') return undefined
  const adapter = payload.db as unknown as MongooseAdapter
  const slots = slotsOf(adapter)
  const session = { session: adapter.sessions[transactionID] as unknown as ClientSession }
  let mine: number | undefined
  const mustMatch = async (matched: number, expected: number) => {
    if (matched === expected) return
    await createSlots(slots)
    throw new RetryCommand('The reference slots were missing.')
  }
  return {
    async takeOne() {
      mine = rested.shift()
      const slot = mine ?? Math.floor(Math.random() * slotCount)
      const { matchedCount } = await slots.updateOne({ _id: slot }, written, session as never)
      await mustMatch(matchedCount, 1)
    },
    async takeAll() {
      const { matchedCount } = await slots.updateMany({}, written, session as never)
      await mustMatch(matchedCount, slotCount)
    },
    release() {
      if (mine !== undefined) rested.push(mine)
    },
  }
}

const slotsOf = (adapter: MongooseAdapter) => adapter.connection.collection<{ _id: number; writes: number }>('reference-slots')

const written = { $inc: { writes: 1 } }

/**
 * Rows that no command of this process is writing, the longest untouched first: a row that was written since a transaction
 * began is a conflict too. Processes begin at different rows; two that meet conflict once, and one runs again.
 */
const rested = rotated(Array.from({ length: slotCount }, (_, slot) => slot))

function rotated(slots: readonly number[]): number[] {
  const first = Math.floor(Math.random() * slots.length)
  return [...slots.slice(first), ...slots.slice(0, first)]
}

/** Outside of the transaction, so that those of others see them too. */
async function createSlots(slots: ReturnType<typeof slotsOf>): Promise<void> {
  await slots.bulkWrite(Array.from({ length: slotCount }, (_, slot) => ({
    updateOne: { filter: { _id: slot }, update: { $setOnInsert: { writes: 0 } }, upsert: true },
  })), { ordered: false })
}
