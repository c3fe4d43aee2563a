import type { Db } from 'mongodb'
import { existsSync } from 'node:fs'
import { readdir, rename, rm } from 'node:fs/promises'
import path from 'node:path'
import { ownMark } from '../data/dead-process.ts'
import { heartbeats, othersThatRun } from '../data/heartbeats.ts'
import { restoreMarker, type RestoreMarker } from '../data/read-revision.ts'
import { withMongodb } from '../data/whole-database.ts'
import type { Verification } from '../verify/run-checks.ts'
import { BackupError, type Manifest } from './manifest.ts'
import { stampOf } from './make-backup.ts'
import type { BringIn, Target } from './restore.ts'
import { bringUploads, uploadsFolder } from './uploads.ts'

type Inputs = {
  readonly folder: string
  readonly manifest: Manifest
  readonly target: Target
  readonly database: { readonly kind: 'mongodb'; readonly url: string }
  readonly replace: boolean
  readonly bringIn: BringIn
}

/**
 * Brings the data into the database itself, which counts as unusable meanwhile: no process starts on it while the marker is
 * there. What was there is renamed, and named back when anything goes wrong; after a crash, by the next restore.
 */
export async function restoreToMongodb({ folder, manifest, target, database, replace, bringIn }: Inputs): Promise<{ verification: Verification; aside: string[] }> {
  const uploads = path.join(target.dataDir, uploadsFolder)
  const staged = `${uploads}.restoring`
  return withMongodb(database.url, async (db) => {
    await finishInterrupted(db)
    const taken = (await readdir(uploads).catch(() => [])).length > 0 ? uploads : await whatIsThere(db)
    if (taken && !replace) throw new BackupError(`${taken} is not empty: restore to another database with --to, or keep what is there aside with --replace.`)
    const stamp = stampOf(new Date())
    const aside = `before-${stamp}.`
    await db.collection<RestoreMarker>(restoreMarker).insertOne({ _id: 'restore', at: new Date(), aside, by: ownMark() })
    try {
      await requireStopped(db)
      await moveAside(db, aside)
      const verification = await bringIn(database)
      await rm(staged, { recursive: true, force: true })
      await bringUploads({ folder, uploads: manifest.uploads, place: staged })
      const kept = (await namesOf(db)).some((name) => name.startsWith(aside)) ? [`collections ${aside}*`] : []
      if (existsSync(uploads)) {
        await rename(uploads, `${uploads}.before-${stamp}`)
        kept.push(`${uploads}.before-${stamp}`)
      }
      if (existsSync(staged)) await rename(staged, uploads)
      await db.dropCollection(restoreMarker)
      return { verification, aside: kept }
    } catch (error) {
      await finishInterrupted(db)
      throw error
    } finally {
      await rm(staged, { recursive: true, force: true })
    }
  })
}

/** Takes back what a restore that did not end has brought. */
async function finishInterrupted(db: Db): Promise<void> {
  const marker = await db.collection<RestoreMarker>(restoreMarker).findOne({ _id: 'restore' })
  if (!marker) return
  const names = await namesOf(db)
  const kept = names.filter((name) => name.startsWith(marker.aside)).map((name) => name.slice(marker.aside.length))
  // Renaming had not ended where both the old names and those aside are there: what is not aside is then the old one.
  const isMoved = await db.collection(restoreMarker).findOne({ _id: 'moved' as never })
  if (isMoved) for (const name of names) if (!isAside(name) && name !== restoreMarker) await db.dropCollection(name)
  for (const name of kept) await db.renameCollection(`${marker.aside}${name}`, name)
  await db.dropCollection(restoreMarker)
}

/** Looked at after the marker is there: whoever starts now sees that, and whoever has started is seen here. */
async function requireStopped(db: Db): Promise<void> {
  const [other] = await othersThatRun(db)
  if (!other) return
  throw new BackupError(`The database "${db.databaseName}" is in use by process ${other.pid} on ${other.host}: stop the platform that runs on it, then restore again. (One that was killed counts as stopped after 30 seconds.)`)
}

async function moveAside(db: Db, aside: string): Promise<void> {
  for (const name of await namesOf(db)) if (!isAside(name) && name !== restoreMarker) await db.renameCollection(name, `${aside}${name}`)
  await db.collection(restoreMarker).insertOne({ _id: 'moved' as never })
}

const isAside = (name: string) => name.startsWith('before-')

async function namesOf(db: Db): Promise<string[]> {
  return (await db.listCollections({}, { nameOnly: true }).toArray()).map(({ name }) => name).filter((name) => !name.startsWith('system.') && name !== heartbeats)
}

async function whatIsThere(db: Db): Promise<string | undefined> {
  for (const name of await namesOf(db)) {
    if (!isAside(name) && (await db.collection(name).findOne({}, { projection: { _id: 1 } }))) return `The database "${db.databaseName}" (collection ${name})`
  }
  return undefined
}
