import { randomBytes } from 'node:crypto'
import { createReadStream, readFileSync } from 'node:fs'
import { mkdir, rename, rm, statfs, writeFile as write } from 'node:fs/promises'
import path from 'node:path'
import type { Payload } from 'payload'
import type { Revision } from '../../../config/language/revision.ts'
import { root } from '../../../config/root.ts'
import type { Settings } from '../../../config/settings.ts'
import { copySqlite } from './copy-sqlite.ts'
import { BackupError, backupFormat, manifestName, sizeOf, type Manifest } from './manifest.ts'
import { exportRows } from './portable.ts'
import { saveUploads } from './uploads.ts'
import { sync, writeFile } from './write-file.ts'

export type BackupInputs = {
  readonly settings: Pick<Settings, 'database' | 'dataDir'>
  /** What the database runs at this moment. */
  readonly revision: Revision
  /** The folder that gets one folder a backup. */
  readonly to: string
  readonly by: Manifest['by']
  /** Also on SQLite a file an entity, that either database takes. */
  readonly portable?: boolean
  /** Asked for where entities are read one by one; SQLite's own copy needs none. */
  readonly payload: () => Promise<Payload>
  readonly signal?: AbortSignal
}

export type Backup = { readonly folder: string; readonly manifest: Manifest; readonly bytes: number }

/**
 * Saves the database and the uploads as they are at one moment, while people work. Until it is complete it stands under
 * another name, so whatever is called a backup is one. Only this user may read it: it holds everything the firm has,
 * password hashes too, but not the secret that signs sessions.
 * @throws BackupError
 */
export async function makeBackup({ settings, revision, to, by, portable = false, payload, signal }: BackupInputs): Promise<Backup> {
  const { database, dataDir } = settings
  const began = new Date()
  const folder = path.join(to, `${prefix}${stampOf(began)}-${randomBytes(2).toString('hex')}`)
  const partial = `${folder}${partialEnd}`
  try {
    await mkdir(partial, { recursive: true, mode: 0o700 })
    const saved = database.kind === 'sqlite' && !portable
      ? await saveSqlite({ url: database.url, folder: partial, ...(signal && { signal }) })
      : { kind: 'portable' as const, ...await exportRows(await payload(), { folder: partial, ...(signal && { signal }) }) }
    const uploads = await saveUploads({ dataDir, folder: partial, ...(signal && { signal }) })
    const manifest: Manifest = {
      format: backupFormat, version: ownVersion(), createdAt: began.toISOString(), by, database: database.kind,
      revision: { number: revision.number, inputs: revision.inputs }, ...saved, uploads,
    }
    await write(path.join(partial, manifestName), `${JSON.stringify(manifest, null, 2)}\n`, { mode: 0o600 })
    await sync(path.join(partial, manifestName))
    await rename(partial, folder)
    await sync(to)
    return { folder, manifest, bytes: sizeOf(manifest) }
  } catch (error) {
    await rm(partial, { recursive: true, force: true })
    throw await explained(error, to)
  }
}

export const prefix = 'trellis-'
export const partialEnd = '.partial'

/** "20261122T014500Z": sorts by time, and is a name on every file system. */
export const stampOf = (time: Date): string => time.toISOString().replace(/[-:]|\.\d+/g, '')

/** The version of Trellis that runs. */
export function ownVersion(): string {
  return (JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8')) as { version: string }).version
}

async function saveSqlite({ url, folder, signal }: { url: string; folder: string; signal?: AbortSignal }) {
  const target = path.join(folder, 'trellis.db')
  const snapshotAt = new Date().toISOString()
  const counts = await copySqlite({ url, target, ...(signal && { signal }) })
  const file = await writeFile({ folder, name: 'data/trellis.db.gz', source: createReadStream(target), gzip: true, ...(signal && { signal }) })
  await rm(target)
  return { kind: 'sqlite' as const, counts, data: [file], snapshotAt }
}

async function explained(error: unknown, to: string): Promise<unknown> {
  const { code, message } = error as { code?: string; message?: string }
  const full = code === 'ENOSPC' || /database or disk is full/.test(message ?? '')
  if (full) {
    const free = await statfs(to).then(({ bavail, bsize }) => Math.round((bavail * bsize) / 1_048_576), () => 0)
    return new BackupError(`There is no room for the backup in ${to} (${free} MB free): make room, keep fewer backups (BACKUP_KEEP_HOURLY, BACKUP_KEEP_DAILY, BACKUP_KEEP_WEEKLY), or set BACKUP_DIR to another disk.`)
  }
  if (code === 'EACCES' || code === 'EROFS' || code === 'EPERM') return new BackupError(`The backup cannot be written to ${to}: make the folder writable for this user, or set BACKUP_DIR to another one.`)
  return error
}
