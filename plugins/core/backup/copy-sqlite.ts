import { chmod } from 'node:fs/promises'
import path from 'node:path'
import { Piscina } from 'piscina'
import { root } from '../../../config/root.ts'
import { BackupError } from './manifest.ts'

type Copied = { readonly counts: Record<string, number>; readonly check: string }

/**
 * A copy of the database as it stands at one moment, made by SQLite itself while others write; checked afterwards.
 * @returns rows a table
 */
export async function copySqlite({ url, target, signal }: { url: string; target: string; signal?: AbortSignal }): Promise<Record<string, number>> {
  const pool = new Piscina({ filename: path.join(root, 'plugins/core/data/copy-sqlite.mjs'), minThreads: 0, maxThreads: 1 })
  try {
    const { counts, check } = await pool.run({ url, target }, { ...(signal && { signal }) }) as Copied
    if (check !== 'ok') throw new BackupError(`The database is damaged (${check}): restore the last good backup, or ask for help before anything else is written.`)
    await chmod(target, 0o600)
    return counts
  } finally {
    await pool.destroy()
  }
}
