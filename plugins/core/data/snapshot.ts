import type { SQLiteAdapter } from '@payloadcms/db-sqlite'
import { drizzle } from '@payloadcms/db-sqlite/drizzle/libsql'
import { createClient } from '@libsql/client'
import { randomUUID } from 'node:crypto'
import type { Payload } from 'payload'
import { openStore } from './open-store.ts'
import { sqliteReader } from './sqlite-rows.ts'
import { keepsSnapshots, readAtClusterTime, readInTransaction } from './snapshot-mongodb.ts'
import type { Store } from './store.ts'

/**
 * Runs `read` on one state of the database, while others go on writing: what it finds never mixes before and after a
 * command. SQLite: a read transaction on a connection of its own, which holds up no writer (WAL). MongoDB: snapshot reads
 * outside of transactions, where the server has them. Nothing can be kept of what `read` writes.
 */
export async function readSnapshot<Result>(payload: Payload, read: (store: Store) => Promise<Result>): Promise<Result> {
  if (payload.db.name !== 'mongoose') return readOnOwnConnection(payload, read)
  return (await keepsSnapshots(payload)) ? readAtClusterTime(payload, read) : readInTransaction(payload, read)
}

async function readOnOwnConnection<Result>(payload: Payload, read: (store: Store) => Promise<Result>): Promise<Result> {
  const adapter = payload.db as unknown as SQLiteAdapter
  const client = createClient(adapter.clientConfig)
  const id = randomUUID()
  try {
    await client.execute(`PRAGMA busy_timeout = ${adapter.busyTimeout}`)
    await client.execute('PRAGMA query_only = ON')
    await client.execute('PRAGMA cache_size = -40960')
    await client.execute('BEGIN')
    try {
      // The snapshot is taken by the first read, not by BEGIN.
      await client.execute('SELECT count(*) FROM sqlite_master')
      const db = drizzle(client, { logger: adapter.logger ?? false, schema: adapter.schema })
      adapter.sessions[id] = { db: db as never, resolve: async () => {}, reject: async () => {} }
      const store = openStore(payload, id)
      return await read(openStore(payload, id, sqliteReader(payload, db as never, { find: (entity, query) => store.find(entity, query) as never, count: store.count })))
    } finally {
      delete adapter.sessions[id]
      // The connection may outlive its closing, until its statements are collected: what it reads is let go of now.
      await client.execute('ROLLBACK')
    }
  } finally {
    client.close()
  }
}
