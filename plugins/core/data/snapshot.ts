import type { SQLiteAdapter } from '@payloadcms/db-sqlite'
import { drizzle } from '@payloadcms/db-sqlite/drizzle/libsql'
import { createClient } from '@libsql/client'
import { randomUUID } from 'node:crypto'
import type { Payload } from 'payload'
import { openStore } from './open-store.ts'
import { beginUnguarded } from './revision-guard.ts'
import type { Store } from './store.ts'

/**
 * Runs `read` on one state of the database, while others go on writing: what it finds never mixes before and after a
 * command. SQLite: a read transaction on a connection of its own, which holds up no writer (WAL). MongoDB: a transaction
 * with snapshot reads; the server ends it after its `transactionLifetimeLimitSeconds` (60 by default).
 * Nothing can be kept of what `read` writes.
 */
export async function readSnapshot<Result>(payload: Payload, read: (store: Store) => Promise<Result>): Promise<Result> {
  return payload.db.name === 'mongoose' ? readInTransaction(payload, read) : readOnOwnConnection(payload, read)
}

async function readInTransaction<Result>(payload: Payload, read: (store: Store) => Promise<Result>): Promise<Result> {
  const transactionID = await beginUnguarded(payload)
  if (transactionID === null) throw new Error('The database does not support transactions: name a replicaSet in DATABASE_URL.')
  try {
    return await read(openStore(payload, transactionID))
  } finally {
    await payload.db.rollbackTransaction(transactionID)
  }
}

async function readOnOwnConnection<Result>(payload: Payload, read: (store: Store) => Promise<Result>): Promise<Result> {
  const adapter = payload.db as unknown as SQLiteAdapter
  const client = createClient(adapter.clientConfig)
  const id = randomUUID()
  try {
    await client.execute(`PRAGMA busy_timeout = ${adapter.busyTimeout}`)
    await client.execute('PRAGMA query_only = ON')
    await client.execute('BEGIN')
    // The snapshot is taken by the first read, not by BEGIN.
    await client.execute('SELECT count(*) FROM sqlite_master')
    const db = drizzle(client, { logger: adapter.logger ?? false, schema: adapter.schema })
    adapter.sessions[id] = { db: db as never, resolve: async () => {}, reject: async () => {} }
    return await read(openStore(payload, id))
  } finally {
    delete adapter.sessions[id]
    client.close()
  }
}
