import { createReadStream, createWriteStream, existsSync } from 'node:fs'
import { mkdir, readdir, rename, rm } from 'node:fs/promises'
import path from 'node:path'
import { pipeline } from 'node:stream/promises'
import { createGunzip } from 'node:zlib'
import { withSqliteFile } from '../data/whole-database.ts'
import type { Verification } from '../verify/run-checks.ts'
import { BackupError, type Manifest } from './manifest.ts'
import { stampOf } from './make-backup.ts'
import type { BringIn, Target } from './restore.ts'
import { bringUploads, uploadsFolder } from './uploads.ts'

type Inputs = {
  readonly folder: string
  readonly manifest: Manifest
  readonly target: Target
  readonly database: { readonly kind: 'sqlite'; readonly url: string; readonly file: string }
  readonly replace: boolean
  readonly bringIn: BringIn
}

/** Built and proved beside the target, then put in its place by renaming. */
export async function restoreToSqlite({ folder, manifest, target, database, replace, bringIn }: Inputs): Promise<{ verification: Verification; aside: string[] }> {
  const { file } = database
  const uploads = path.join(target.dataDir, uploadsFolder)
  const taken = await whatIsThere(file, uploads)
  if (taken && !replace) throw new BackupError(`${taken} is not empty: restore to another place with --to, or keep what is there aside with --replace.`)
  await mkdir(path.dirname(file), { recursive: true, mode: 0o700 })
  const staged = { file: `${file}.restoring`, uploads: `${uploads}.restoring` }
  const clear = async () => {
    for (const end of ['', '-wal', '-shm']) await rm(`${staged.file}${end}`, { force: true })
    await rm(staged.uploads, { recursive: true, force: true })
  }
  await clear()
  try {
    if (manifest.kind === 'sqlite') await unpack(path.join(folder, manifest.data[0]?.path ?? ''), staged.file)
    const verification = await bringIn({ kind: 'sqlite', url: `file:${staged.file}`, file: staged.file })
    await foldLog(staged.file)
    await bringUploads({ folder, uploads: manifest.uploads, place: staged.uploads })
    const aside = await exchange([[staged.file, file], [staged.uploads, uploads]])
    return { verification, aside }
  } finally {
    await clear()
  }
}

/**
 * What is in the way, if anything. SQLite gives up a database's log only when nobody else has the file open, which tells
 * whether a platform runs on it and brings the log into the file. One connection for both: it may outlive its closing.
 */
async function whatIsThere(file: string, uploads: string): Promise<string | undefined> {
  const isUploaded = (await readdir(uploads).catch(() => [])).length > 0
  if (!existsSync(file)) return isUploaded ? uploads : undefined
  return withSqliteFile(file, async (client) => {
    try {
      await client.execute('PRAGMA journal_mode = DELETE')
      const { rows } = await client.execute("SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'")
      for (const { name } of rows) {
        const { rows: found } = await client.execute(`SELECT 1 FROM "${String(name).replaceAll('"', '""')}" LIMIT 1`)
        if (found.length > 0) return file
      }
      return isUploaded ? uploads : undefined
    } catch (error) {
      if (/locked|busy/i.test(String(error))) throw new BackupError(`${file} is in use: stop the platform that runs on it, then restore again.`)
      // Not a database, or a damaged one: a person may want to look at it.
      return file
    }
  })
}

async function unpack(packed: string, place: string): Promise<void> {
  await pipeline(createReadStream(packed), createGunzip(), createWriteStream(place, { mode: 0o600 }))
}

/** What its log holds is in the file afterwards. */
async function foldLog(file: string): Promise<void> {
  const { rows: [row] } = await withSqliteFile(file, (client) => client.execute('PRAGMA wal_checkpoint(TRUNCATE)'))
  if (Number(row?.busy) !== 0) throw new Error(`The log of ${file} could not be brought into it.`)
}

/** Puts each first path in the place of the second; what is there keeps a name of its own. @returns these names */
async function exchange(pairs: readonly (readonly [from: string, to: string])[]): Promise<string[]> {
  const stamp = stampOf(new Date())
  const undo: (() => Promise<void>)[] = []
  const aside: string[] = []
  const move = async (from: string, to: string) => {
    await rename(from, to)
    undo.push(() => rename(to, from))
  }
  try {
    for (const [from, to] of pairs) {
      if (existsSync(to)) {
        const kept = `${to}.before-${stamp}`
        await move(to, kept)
        aside.push(kept)
      }
      if (existsSync(from)) await move(from, to)
    }
    return aside
  } catch (error) {
    for (const back of undo.reverse()) await back()
    throw error
  }
}
