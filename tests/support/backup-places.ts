import { randomUUID } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { getPayload, type Payload } from 'payload'
import { buildTrellisConfig } from '../../config/payload.config.ts'
import { builtPlugins } from '../../config/plugins.ts'
import type { Database } from '../../config/settings.ts'
import type { BootOn } from '../../plugins/core/backup/restore.ts'
import { readRows, savedCollections } from '../../plugins/core/backup/portable-rows.ts'
import type { TestDatabase } from './test-database.ts'

/** A folder of one test file's own. */
export async function makePlace(): Promise<{ readonly folder: string; readonly remove: () => Promise<void> }> {
  const folder = await mkdtemp(path.join(tmpdir(), 'trellis-backup-'))
  return { folder, remove: () => rm(folder, { recursive: true, force: true, maxRetries: 3 }) }
}

export const databaseOf = ({ kind, url }: Pick<TestDatabase, 'kind' | 'url'>): Database => (kind === 'sqlite' ? { kind, url, file: url.slice(5) } : { kind, url })

/** Starts the built platform on a target, as the command line does. */
export const bootOn: BootOn = async ({ database, dataDir }, revision) =>
  getPayload({
    config: await buildTrellisConfig({
      settings: { mode: 'production', publicUrl: 'http://localhost:3000', logLevel: 'silent', dataDir, secret: 'a secret of the tests, long enough for all', database },
      plugins: builtPlugins, revision,
    }),
    key: randomUUID(),
  })

/** Everything that is stored, as the same on both databases: without what is absent, and without ids that a database makes. */
export async function contentsOf(payload: Payload): Promise<Record<string, unknown[]>> {
  return readRows(payload, async (rows) => {
    const contents: Record<string, unknown[]> = {}
    for (const collection of savedCollections(payload)) {
      const found: unknown[] = []
      const hasOwnIds = payload.collections[collection]?.customIDType !== undefined
      for await (const { id, ...row } of rows(collection)) found.push(present(hasOwnIds ? { id, ...row } : row))
      contents[collection] = found
    }
    return contents
  })
}

function present(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(present)
  if (typeof value !== 'object' || value === null) return value
  const kept = Object.entries(value).map(([key, inner]) => [key, present(inner)] as const)
    .filter(([, inner]) => inner !== null && inner !== undefined && !(Array.isArray(inner) && inner.length === 0) && !(typeof inner === 'object' && Object.keys(inner).length === 0))
  return Object.fromEntries(kept)
}
