import type { MongooseAdapter } from '@payloadcms/db-mongodb'
import type { Payload } from 'payload'
import { rowOf } from '../data/mongodb-rows.ts'
import type { Row } from '../data/store.ts'
import { readSnapshot } from '../data/snapshot.ts'
import { keepsSnapshots } from '../data/snapshot-mongodb.ts'

/** What a running platform keeps for itself; the rest of its collections is the firm's. */
const ownBusiness: ReadonlySet<string> = new Set(['payload-locked-documents', 'payload-migrations', 'payload-jobs', 'payload-kv'])

/** The collections that a portable backup holds. */
export function savedCollections(payload: Pick<Payload, 'config'>): string[] {
  return payload.config.collections.map(({ slug }) => slug).filter((slug) => !ownBusiness.has(slug)).sort()
}

export type Rows = (collection: string) => AsyncIterable<Row>

/**
 * Rows of one moment, in the order of their ids, with flat memory, while others write. On MongoDB by snapshot reads outside
 * of transactions: the server keeps that moment for its `minSnapshotHistoryWindowInSeconds` (300 by default).
 */
export async function readRows<Result>(payload: Payload, read: (rows: Rows) => Promise<Result>): Promise<Result> {
  if (payload.db.name !== 'mongoose' || !(await keepsSnapshots(payload))) return readSnapshot(payload, (store) => read((collection) => store.stream(collection)))
  const adapter = payload.db as unknown as MongooseAdapter
  const session = adapter.connection.getClient().startSession({ snapshot: true })
  const rows: Rows = async function* (collection) {
    const model = adapter.collections[collection]
    if (!model) throw new Error(`There is no collection for ${collection}.`)
    for await (const document of model.collection.find({}, { session, batchSize: 1_000 }).sort({ _id: 1 })) yield rowOf(document)
  }
  try {
    return await read(rows)
  } finally {
    await session.endSession()
  }
}
