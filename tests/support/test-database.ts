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
 * `isUsual`: it gets the collections and indexes of the built systems and no others, so that on MongoDB another file may have it after.
 */
export async function createTestDatabase({ isUsual = false } = {}): Promise<TestDatabase> {
  return process.env.TEST_DATABASE === 'mongodb' ? mongodb(isUsual) : await sqlite()
}

/** What the databases of the tests of one run are called that are not gone when it ends; `pid`: of the process that began it. */
export const usualPrefix = (pid: number): string => `trellis-test-${pid}-`

async function sqlite(): Promise<TestDatabase> {
  const folder = await mkdtemp(path.join(tmpdir(), 'trellis-test-'))
  return {
    kind: 'sqlite',
    url: `file:${path.join(folder, 'trellis.db')}`,
    remove: () => rm(folder, { recursive: true, force: true, maxRetries: 3 }),
  }
}

/** Emptied, with their collections and indexes: to make these takes longer than most files' tests. */
const emptied: string[] = []

function mongodb(isUsual: boolean): TestDatabase {
  const server = process.env.MONGODB_URI
  if (!server) throw new Error('MONGODB_URI is not set: it names the replica set to test on, for example mongodb://127.0.0.1:27017/?replicaSet=rs0')
  const url = new URL(server)
  url.pathname = (isUsual ? emptied.pop() : undefined) ?? `/${usualPrefix(process.ppid)}${randomBytes(6).toString('hex')}`
  return {
    kind: 'mongodb',
    url: url.href,
    remove: async () => {
      const client = new MongoClient(url.href, { serverSelectionTimeoutMS: 5000 })
      try {
        if (!isUsual) return void await client.db().dropDatabase()
        for (const collection of await client.db().collections()) await collection.deleteMany({})
        emptied.push(url.pathname)
      } finally {
        await client.close()
      }
    },
  }
}
