import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { randomBytes } from 'node:crypto'
import { MongoClient } from 'mongodb'

export type DatabaseKind = 'SQLite' | 'MongoDB'
export const mongodbServer = process.env.MONGODB_URI

/** The databases there are to measure on. */
export const databaseKinds: readonly DatabaseKind[] = mongodbServer ? ['SQLite', 'MongoDB'] : ['SQLite']

/** Runs `work` on an empty database of its own, which is removed afterwards. */
export async function onEmptyDatabase<Result>(kind: DatabaseKind, work: (url: string) => Promise<Result>): Promise<Result> {
  if (kind === 'MongoDB') {
    const url = mongodbUrl(`trellis-bench-${randomBytes(6).toString('hex')}`)
    try {
      return await work(url)
    } finally {
      await dropDatabase(url)
    }
  }
  const folder = mkdtempSync(path.join(tmpdir(), 'trellis-bench-'))
  return work(`file:${path.join(folder, 'trellis.db')}`).finally(() => rmSync(folder, { recursive: true, force: true }))
}

export function mongodbUrl(name: string): string {
  const url = new URL(mongodbServer ?? '')
  url.pathname = `/${name}`
  return url.href
}

export async function dropDatabase(url: string): Promise<void> {
  await withDatabase(url, (client) => client.db().dropDatabase())
}

export async function withDatabase<Result>(url: string, work: (client: MongoClient) => Promise<Result>): Promise<Result> {
  const client = new MongoClient(url, { serverSelectionTimeoutMS: 5_000 })
  try {
    return await work(client)
  } finally {
    await client.close()
  }
}
