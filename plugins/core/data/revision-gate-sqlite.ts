import type { SQLiteAdapter } from '@payloadcms/db-sqlite'
import { sql } from '@payloadcms/db-sqlite/drizzle'
import type { RevisionGate } from './revision-guard.ts'

/** SQLite has one writer: who holds the transaction reads what no publisher can change before it ends. */
export function sqliteGate(adapter: SQLiteAdapter, revision: number): RevisionGate {
  return {
    async enter(transaction) {
      const session = adapter.sessions[transaction]?.db as typeof adapter.drizzle | undefined
      if (!session) throw new Error('The transaction has ended.')
      const [row] = await session.all<{ current: number | null }>(sql`SELECT max(number) AS current FROM revisions`)
      return Number(row?.current ?? 0) === revision
    },
    close: () => Promise.resolve(),
  }
}
