import type { MongooseAdapter } from '@payloadcms/db-mongodb'

type Collection = MongooseAdapter['collections'][string]
type Key = Readonly<Record<string, unknown>>
type Index = { readonly name?: string; readonly key: Key; readonly unique?: boolean; readonly sparse?: boolean }

/** How many collections are asked about at once. */
const atOnce = 16

/**
 * Makes the collections and indexes that the models want and that are not there: one question and at most one order a collection, where
 * Mongoose would order every index by itself at every start. An index that lets no value come twice and that no model wants is left over
 * from a revision that never came into use, as is one with other options; it is removed. Others that nobody wants are left alone.
 */
export async function bringIndexes({ collections, versions, connection }: Pick<MongooseAdapter, 'collections' | 'versions' | 'connection'>): Promise<void> {
  const database = connection.db
  if (!database) throw new Error('The connection to MongoDB is not open.')
  const present = new Set((await database.listCollections({}, { nameOnly: true }).toArray()).map(({ name }) => name))
  const rest = [...Object.values(collections), ...Object.values(versions)].values()
  await Promise.all(Array.from({ length: atOnce }, async () => {
    for (const model of rest) await bring(model, present.has(model.collection.collectionName))
  }))

  async function bring(model: Collection, isThere: boolean) {
    const name = model.collection.collectionName
    if (!isThere) await database?.createCollection(name)
    const collection = database?.collection(name)
    const wanted = wantedBy(model)
    const found = (isThere ? await collection?.listIndexes().toArray() : []) as readonly Index[]
    for (const index of found) {
      const isInTheWay = wanted.some((other) => hasSameKey(index, other) && !isSame(index, other))
      const isLeftOver = index.unique && index.sparse && !wanted.some((other) => hasSameKey(index, other))
      if (index.name && (isInTheWay || isLeftOver)) await collection?.dropIndex(index.name)
    }
    const missing = wanted.filter((index) => !found.some((other) => isSame(index, other)))
    if (missing.length > 0) await collection?.createIndexes(missing.map((index) => ({ ...index, key: { ...index.key } as never })))
  }
}

function wantedBy(model: Collection): readonly Index[] {
  return model.schema.indexes().map(([key, { background: _, ...options }]) => ({ ...(options as object), key: key as Key }))
}

const hasSameKey = (one: Index, other: Index) => JSON.stringify(one.key) === JSON.stringify(other.key)

const isSame = (one: Index, other: Index) => hasSameKey(one, other) && Boolean(one.unique) === Boolean(other.unique) && Boolean(one.sparse) === Boolean(other.sparse)
