import type { MongooseAdapter } from '@payloadcms/db-mongodb'
import type { KeyMove } from '../moves.ts'

/**
 * Gives moved fields their new names in all documents, and stores the revision that says so, in one transaction and once: where another
 * process has done it, nothing happens.
 */
export async function moveFields({ collections, connection }: Pick<MongooseAdapter, 'collections' | 'connection'>, { moved, number, row }: KeyMove): Promise<void> {
  const revisions = collections.revisions?.collection
  if (!revisions) return
  await connection.transaction(async (session) => {
    const [newest] = await revisions.find({}, { session }).sort({ number: -1 }).limit(1).toArray()
    if (Number(newest?.number ?? 0) !== number - 1) return
    for (const { entity, from, to } of moved) await collections[entity]?.collection.updateMany({ [from]: { $exists: true } }, { $rename: { [from]: to } }, { session })
    const { id, at, ...rest } = row()
    await revisions.insertOne({ _id: id as never, ...rest, at: new Date(at), createdAt: new Date(at), updatedAt: new Date(at) }, { session })
  })
}
