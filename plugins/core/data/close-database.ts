import type { SQLiteAdapter } from '@payloadcms/db-sqlite'
import type { Payload } from 'payload'

/** Ends Payload, and lets go of the database's file: `destroy` alone keeps SQLite's first connection open. */
export async function closeDatabase(payload: Payload): Promise<void> {
  await payload.destroy()
  if (payload.db.name === 'sqlite') (payload.db as unknown as SQLiteAdapter).client.close()
}
