import type { Db } from 'mongodb'
import { existsSync } from 'node:fs'
import { shippedRevision, type Revision, type RevisionInputs } from '../../../config/language/revision.ts'
import { SettingsError, type Database } from '../../../config/settings.ts'
import type { ProcessMark } from './dead-process.ts'
import { isOwn } from './heartbeats.ts'

/** The collection that stands in a MongoDB database while a backup is brought into it. */
export const restoreMarker = 'restore-marker'
/** `aside`: prefix of the collections that were there before; `by`: who restores. */
export type RestoreMarker = { readonly _id: string; readonly at: Date; readonly aside: string; readonly by?: ProcessMark }

/**
 * The current revision, read by the bare driver: a process asks before it builds the configuration that Payload needs.
 * A database that does not exist yet has nothing published; none is made.
 */
export async function readRevision(database: Database): Promise<Revision> {
  return database.kind === 'sqlite' ? fromSqlite(database) : fromMongodb(database.url)
}

async function fromSqlite({ url, file }: { url: string; file: string }): Promise<Revision> {
  if (!existsSync(file)) return shippedRevision
  const { createClient } = await import('@libsql/client')
  const client = createClient({ url })
  try {
    await client.execute('PRAGMA busy_timeout = 5000')
    const table = await client.execute("SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = 'revisions'")
    if (table.rows.length === 0) return shippedRevision
    const { rows: [row] } = await client.execute('SELECT number, inputs FROM revisions ORDER BY number DESC LIMIT 1')
    return row ? { number: Number(row.number), inputs: JSON.parse(String(row.inputs)) as RevisionInputs } : shippedRevision
  } finally {
    client.close()
  }
}

async function fromMongodb(url: string): Promise<Revision> {
  const { MongoClient } = await import('mongodb')
  const client = new MongoClient(url, { serverSelectionTimeoutMS: 5_000 })
  try {
    await refuseDuringRestore(client.db())
    const [row] = await client.db().collection('revisions').find({}).sort({ number: -1 }).limit(1).toArray()
    return row ? { number: Number(row.number), inputs: row.inputs as RevisionInputs } : shippedRevision
  } finally {
    await client.close()
  }
}

/** @throws SettingsError while a backup is brought into the database by another process, or after that was interrupted */
export async function refuseDuringRestore(db: Db): Promise<void> {
  const marker = await db.collection<RestoreMarker>(restoreMarker).findOne({ _id: 'restore' })
  if (!marker || isOwn(marker.by)) return
  throw new SettingsError('A restore into the database of DATABASE_URL has not ended: wait for it; when it was interrupted, run `npm run restore` again, which takes back what it had begun.')
}
