import { randomBytes } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { MongoClient } from 'mongodb'

export type TestDatabase = {
  readonly kind: 'sqlite' | 'mongodb'
  /** As DATABASE_URL: `file:…` or `mongodb://…`. */
  readonly url: string
  readonly remove: () => Promise<void>
}

/**
 * A database of one test file's own: a SQLite file in a temporary folder, or a database of the server in MONGODB_URI.
 * The vitest project (`sqlite`, `mongodb`) says which by TEST_DATABASE.
 */
export async function createTestDatabase(): Promise<TestDatabase> {
  return process.env.TEST_DATABASE === 'mongodb' ? mongodb() : await sqlite()
}

async function sqlite(): Promise<TestDatabase> {
  const folder = await mkdtemp(path.join(tmpdir(), 'trellis-test-'))
  return {
    kind: 'sqlite',
    url: `file:${path.join(folder, 'trellis.db')}`,
    remove: () => rm(folder, { recursive: true, force: true, maxRetries: 3 }),
  }
}

function mongodb(): TestDatabase {
  const server = process.env.MONGODB_URI
  if (!server) throw new Error('MONGODB_URI is not set: it names the replica set to test on, for example mongodb://127.0.0.1:27017/?replicaSet=rs0')
  const url = new URL(server)
  url.pathname = `/trellis-test-${randomBytes(6).toString('hex')}`
  return {
    kind: 'mongodb',
    url: url.href,
    remove: async () => {
      const client = new MongoClient(url.href, { serverSelectionTimeoutMS: 5000 })
      try {
        await client.db().dropDatabase()
      } finally {
        await client.close()
      }
    },
  }
}
