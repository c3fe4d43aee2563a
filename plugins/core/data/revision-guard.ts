import type { MongooseAdapter } from '@payloadcms/db-mongodb'
import type { SQLiteAdapter } from '@payloadcms/db-sqlite'
import type { Db } from 'mongodb'
import type { BaseDatabaseAdapter, Config, Payload } from 'payload'
import { whileBusy } from '../../../config/sqlite/while-busy.ts'
import { fail, RetryCommand } from '../errors.ts'
import { giveUpOnEnded } from './ended-connections.ts'
import { beginHeartbeat } from './heartbeats.ts'
import { refuseDuringRestore } from './read-revision.ts'
import { endOrphans, mongodbGate } from './revision-gate-mongodb.ts'
import { sqliteGate } from './revision-gate-sqlite.ts'

/** Asks, inside a transaction that has begun, whether the revision of this process is the current one. */
export type RevisionGate = {
  /** @returns false when it is not. */
  readonly enter: (transaction: string) => Promise<boolean>
  /** Does `commit`, and finds out what has become of it when that is not said. Absent: what the database says is so. */
  readonly commit?: (transaction: string, commit: () => Promise<void>) => Promise<void>
  readonly close: () => Promise<void>
}

/** A transaction that is not asked: for what only reads, and for the publisher itself. Null: the database has none. */
export function beginUnguarded(payload: Payload): Promise<Id | null> {
  return (payload.db as unknown as BaseDatabaseAdapter).beginTransaction({ unguarded: true })
}

/**
 * No write reaches the database from a process whose revision is not the current one: it would drop or miss what newer
 * definitions know. Every transaction asks first, within itself, by whatever door it was opened (commands, Payload's
 * operations); a write outside a transaction gets one of its own. Refusal: 503 `staleRevision`, nothing was changed.
 */
export function guardRevision(db: Config['db'], revision: number): Config['db'] {
  return {
    ...db,
    init: (args) => {
      const adapter = db.init(args)
      guard(adapter, adapter.name === 'mongoose'
        ? mongodbGate(adapter as unknown as MongooseAdapter, revision)
        : sqliteGate(adapter as unknown as SQLiteAdapter, revision))
      return adapter
    },
  }
}

const databaseOf = ({ connection }: MongooseAdapter) => connection.getClient().db(connection.name) as unknown as Db

const writes = [
  'create', 'createGlobal', 'createGlobalVersion', 'createVersion', 'deleteMany', 'deleteOne', 'deleteVersions', 'updateGlobal',
  'updateGlobalVersion', 'updateJobs', 'updateMany', 'updateOne', 'updateVersion', 'upsert',
] as const satisfies readonly (keyof BaseDatabaseAdapter)[]

type Id = string | number
type Write = (args: { req?: { transactionID?: Id | Promise<Id> } }) => Promise<unknown>

function guard(adapter: BaseDatabaseAdapter, gate: RevisionGate): void {
  const { connect, beginTransaction, commitTransaction, destroy } = adapter
  let stopHeartbeat: (() => Promise<void>) | undefined
  // Two processes meet on SQLite while one replaces the other: whichever door the write came by, it waits for its turn.
  const begin = () => whileBusy(busyMilliseconds, () => beginTransaction.call(adapter))

  adapter.connect = async (options) => {
    await connect?.call(adapter, options)
    if (adapter.name !== 'mongoose') return
    const mongoose = adapter as unknown as MongooseAdapter
    if (!giveUpOnEnded(mongoose)) adapter.payload.logger.warn('The driver of MongoDB is not built as this Trellis knows it: a connection that breaks may hang until the next start.')
    await endOrphans(mongoose)
    await stopHeartbeat?.()
    stopHeartbeat = await beginHeartbeat(databaseOf(mongoose))
    // Whichever of a start and a restore comes second sees the other one.
    await refuseDuringRestore(databaseOf(mongoose))
  }

  adapter.beginTransaction = async (options) => {
    const id = await begin()
    if (id === null || options?.unguarded === true) return id
    try {
      if (await gate.enter(String(id))) return id
    } catch (error) {
      await adapter.rollbackTransaction(id)
      throw error
    }
    await adapter.rollbackTransaction(id)
    fail('staleRevision')
  }
  adapter.commitTransaction = async (incoming) => {
    const id = await incoming
    const done = () => commitTransaction.call(adapter, id)
    await (gate.commit ? gate.commit(String(id), done) : done())
  }
  adapter.destroy = async () => {
    await stopHeartbeat?.()
    stopHeartbeat = undefined
    await gate.close()
    await destroy?.call(adapter)
  }
  for (const name of writes) {
    const write = adapter[name] as Write | undefined
    if (!write) continue
    const guarded: Write = async (args) => {
      const id = await args.req?.transactionID
      return id != null && adapter.sessions?.[id] ? write.call(adapter, args) : alone(adapter, write, args)
    }
    Object.assign(adapter, { [name]: guarded })
  }
}

/** A write by itself that met another one is tried again, as the database would do outside transactions. */
async function alone(adapter: BaseDatabaseAdapter, write: Write, args: Parameters<Write>[0]): Promise<unknown> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await once(adapter, write, args)
    } catch (error) {
      if (attempt === mostAttempts || !isTransient(error)) throw error
      await new Promise((resolve) => setTimeout(resolve, Math.random() * 20 * 2 ** attempt))
    }
  }
}

const mostAttempts = 6
/** As long as a command tries again. */
const busyMilliseconds = 20_000

async function once(adapter: BaseDatabaseAdapter, write: Write, args: Parameters<Write>[0]): Promise<unknown> {
  const transactionID = await adapter.beginTransaction()
  if (transactionID === null) throw new Error('The database does not support transactions: name a replicaSet in DATABASE_URL.')
  try {
    // The request itself may be shared with others that run at the same time: it is looked through, not changed.
    const req = Object.create(args.req ?? null, { transactionID: { value: transactionID, enumerable: true } }) as { transactionID: Id }
    const result = await write.call(adapter, { ...args, req })
    await adapter.commitTransaction(transactionID)
    return result
  } catch (error) {
    await adapter.rollbackTransaction(transactionID)
    throw error
  }
}

function isTransient(error: unknown): boolean {
  const { errorLabelSet, errorLabels, code } = error as { errorLabelSet?: Set<string>; errorLabels?: readonly string[]; code?: unknown }
  return error instanceof RetryCommand || code === 112 || Boolean(errorLabelSet?.has('TransientTransactionError') || errorLabels?.includes('TransientTransactionError'))
}
