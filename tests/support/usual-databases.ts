import { MongoClient } from 'mongodb'
import { usualPrefix } from './test-database.ts'

/** At the end of a run on MongoDB its databases go that files handed on to each other. */
export function setup(): () => Promise<void> {
  return async () => {
    const server = process.env.MONGODB_URI
    if (!server) return
    const client = new MongoClient(server, { serverSelectionTimeoutMS: 5_000 })
    try {
      const { databases } = await client.db().admin().listDatabases({ nameOnly: true })
      for (const { name } of databases) if (name.startsWith(usualPrefix(process.pid))) await client.db(name).dropDatabase()
    } finally {
      await client.close()
    }
  }
}
