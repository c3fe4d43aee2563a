import { createClient, type Client } from '@libsql/client'
import type { Db } from 'mongodb'

/** An SQLite file by its own driver, for what concerns the whole of it; closed afterwards. */
export async function withSqliteFile<Result>(file: string, work: (client: Client) => Promise<Result>): Promise<Result> {
  const client = createClient({ url: `file:${file}` })
  try {
    return await work(client)
  } finally {
    client.close()
  }
}

/** A MongoDB database by its own driver, for what concerns the whole of it; closed afterwards. */
export async function withMongodb<Result>(url: string, work: (db: Db) => Promise<Result>): Promise<Result> {
  const { MongoClient } = await import('mongodb')
  const client = new MongoClient(url, { serverSelectionTimeoutMS: 5_000 })
  try {
    return await work(client.db())
  } finally {
    await client.close()
  }
}
