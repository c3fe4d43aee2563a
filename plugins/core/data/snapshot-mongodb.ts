import type { MongooseAdapter } from '@payloadcms/db-mongodb'
import { randomUUID } from 'node:crypto'
import type { Payload, Where } from 'payload'
import { rowOf } from './mongodb-rows.ts'
import { openStore, type Reader } from './open-store.ts'
import { beginUnguarded } from './revision-guard.ts'
import type { Row, Store } from './store.ts'

type Query = Record<string, unknown>
type BuildQuery = { buildQuery(options: { payload: Payload; where: Where }): Promise<Query> }

/**
 * Runs `read` on one state of the database by snapshot reads outside of transactions, which the server would end after its
 * `transactionLifetimeLimitSeconds` (60 by default): it keeps that state for its `minSnapshotHistoryWindowInSeconds` (300 by
 * default). What is read later than that fails; see `snapshotLost`. The store given to `read` writes nothing.
 */
export async function readAtClusterTime<Result>(payload: Payload, read: (store: Store) => Promise<Result>): Promise<Result> {
  const adapter = payload.db as unknown as MongooseAdapter
  const session = adapter.connection.getClient().startSession({ snapshot: true })
  const id = randomUUID()
  // Sums find the session by this id.
  adapter.sessions[id] = session as never
  try {
    return await read({ ...openStore(payload, id, readerOn(payload, session)), ...nothingWritten })
  } finally {
    delete adapter.sessions[id]
    await session.endSession()
  }
}

/** Past Payload's adapter, which takes no session that is not in a transaction, and goes through every field of every row several times. */
function readerOn(payload: Payload, session: unknown): Reader {
  const adapter = payload.db as unknown as MongooseAdapter
  const collection = async (entity: string, where: Where) => {
    const model = adapter.collections[entity]
    if (!model) throw new Error(`There is no collection for ${entity}.`)
    return { rows: model.collection, query: await (model as unknown as BuildQuery).buildQuery({ payload, where }) }
  }
  return {
    async find(entity, { where = {}, sort, limit = 0, page = 1, only }) {
      const { rows, query } = await collection(entity, where)
      const found = rows.find(query, { session: session as never, batchSize: 1_000, ...(only && { projection: Object.fromEntries(['_id', ...only].map((name) => [name, 1])) }) }).skip((page - 1) * limit).limit(limit)
      if (sort) found.sort(sortOf(sort))
      return (await found.toArray()).map((row) => rowOf(row))
    },
    async count(entity, where) {
      const { rows, query } = await collection(entity, where)
      return rows.countDocuments(query, { session: session as never })
    },
  }
}

/**
 * Whether the server gives snapshot reads outside of transactions: it answers one with the time it reads at. A server that
 * only speaks MongoDB's language may pass over the read concern, and every read would see another state.
 */
export async function keepsSnapshots(payload: Payload): Promise<boolean> {
  const adapter = payload.db as unknown as MongooseAdapter
  const answer = await adapter.connection.db?.command({
    find: adapter.collections['number-series']?.collection.collectionName, filter: {}, limit: 1, readConcern: { level: 'snapshot' },
  })
  return (answer?.cursor as { readonly atClusterTime?: unknown } | undefined)?.atClusterTime !== undefined
}

/** For servers without them: one transaction, as long as the server lets it live. */
export async function readInTransaction<Result>(payload: Payload, read: (store: Store) => Promise<Result>): Promise<Result> {
  const transactionID = await beginUnguarded(payload)
  if (transactionID === null) throw new Error('The database does not support transactions: name a replicaSet in DATABASE_URL.')
  try {
    const session = (payload.db as unknown as MongooseAdapter).sessions[transactionID]
    return await read({ ...openStore(payload, transactionID, readerOn(payload, session)), ...nothingWritten })
  } finally {
    await payload.db.rollbackTransaction(transactionID)
  }
}

/** True when the server no longer keeps the state that is read: SnapshotTooOld, SnapshotUnavailable, or a transaction that it ended. */
export function snapshotLost(error: unknown): boolean {
  const code = (error as { readonly code?: unknown } | null)?.code
  return typeof code === 'number' && lostCodes.has(code)
}

const lostCodes: ReadonlySet<number> = new Set([239, 246, 251, 290])

const refuse = (): Promise<never> => Promise.reject(new Error('A snapshot of the database is only read.'))
const nothingWritten: Pick<Store, 'insert' | 'insertMany' | 'update' | 'remove' | 'nextNumber'> = {
  insert: refuse, insertMany: refuse, update: refuse, remove: refuse, nextNumber: refuse,
}

const sortOf = (sort: string | readonly string[]): Record<string, 1 | -1> =>
  Object.fromEntries([sort].flat().map((name): [string, 1 | -1] => (name.startsWith('-') ? [stored(name.slice(1)), -1] : [stored(name), 1])))

const stored = (name: string): keyof Row => (name === 'id' ? '_id' : name)
