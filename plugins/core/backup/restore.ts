import type { Payload } from 'payload'
import type { Revision } from '../../../config/language/revision.ts'
import type { Database } from '../../../config/settings.ts'
import { closeDatabase } from '../data/close-database.ts'
import { openStore } from '../data/open-store.ts'
import { verify, type Verification } from '../verify/run-checks.ts'
import { BackupError, checkFiles, readManifest, type Manifest } from './manifest.ts'
import { importRows } from './portable.ts'
import { restoreToMongodb } from './restore-mongodb.ts'
import { restoreToSqlite } from './restore-sqlite.ts'

export type Target = { readonly database: Database; readonly dataDir: string }
/** Starts Payload on a database with a revision. */
export type BootOn = (target: Target, revision: Revision) => Promise<Payload>

export type RestoreInputs = {
  readonly folder: string
  readonly target: Target
  /** Puts what is there aside, under another name; otherwise the target must be empty. */
  readonly replace: boolean
  readonly boot: BootOn
  readonly told: (line: string) => void
}
export type Restored = { readonly manifest: Manifest; readonly verification: Verification; readonly aside: readonly string[] }

/** What the two databases share of it: brings the data in and proves it; the database is closed afterwards. */
export type BringIn = (database: Database) => Promise<Verification>

/**
 * All or nothing: files are checked before anything is touched, and the target is as it was unless everything is there and
 * `verify` holds on it.
 * @throws BackupError
 */
export async function restore({ folder, target, replace, boot, told }: RestoreInputs): Promise<Restored> {
  const manifest = await readManifest(folder)
  told('Checking the files of the backup …')
  await checkFiles(folder, manifest)
  if (manifest.kind === 'sqlite' && target.database.kind !== 'sqlite') {
    throw new BackupError('This backup is a copy of a SQLite file, which MongoDB cannot take: make one with `npm run backup -- --portable`, or restore this one to SQLite first.')
  }
  const bringIn: BringIn = async (database) => {
    const payload = await boot({ ...target, database }, manifest.revision as Revision)
    try {
      if (manifest.kind === 'portable') {
        told('Bringing in the data …')
        await importRows(payload, { folder, manifest })
      }
      await settle(payload)
      told('Proving it …')
      return requireSound(await verify(payload, { now: manifest.snapshotAt }))
    } finally {
      await closeDatabase(payload)
    }
  }
  const inputs = { folder, manifest, target, replace, bringIn }
  const { verification, aside } = target.database.kind === 'sqlite'
    ? await restoreToSqlite({ ...inputs, database: target.database })
    : await restoreToMongodb({ ...inputs, database: target.database })
  return { manifest, verification, aside }
}

/** What was being worked on when the backup was made is not being worked on here. */
async function settle(payload: Payload): Promise<void> {
  const store = openStore(payload)
  for (const job of await store.find('background-jobs', { where: { status: { in: ['waiting', 'running'] } } })) {
    await store.update('background-jobs', job.id, { status: 'failed', error: 'It had not ended when the backup was made.', leaseUntil: null })
  }
}

function requireSound(verification: Verification): Verification {
  if (verification.ok) return verification
  const unfinished = verification.checks.find(({ outcome }) => outcome === 'unfinished')
  if (verification.failed === 0 && unfinished) {
    throw new BackupError(`What was brought in could not be proved, so the target was left as it was: ${verification.unfinished} of ${verification.checks.length} checks were not finished (${unfinished.label.en}: ${unfinished.unfinished?.en}). Restore again.`)
  }
  const failed = verification.checks.filter(({ outcome }) => outcome === 'fails')
  const first = failed[0]
  throw new BackupError(`What was brought in is not sound, so the target was left as it was: ${failed.length} of ${verification.checks.length} invariants do not hold (${first?.label.en}: ${first?.failures[0]}). Choose another backup.`)
}
