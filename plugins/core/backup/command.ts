import path from 'node:path'
import { parseArgs } from 'node:util'
import type { Settings } from '../../../config/settings.ts'
import { readSettings } from '../../../config/settings.ts'
import type { RunCommand } from '../cli/command.ts'
import { readRevision } from '../data/read-revision.ts'
import { BackupError } from './manifest.ts'
import { makeBackup } from './make-backup.ts'
import { restore, type Target } from './restore.ts'

/** `npm run backup [-- --to <folder>] [--portable]` */
export const runBackup: RunCommand = async ({ args, settings, boot, write }) => {
  const given = parse(args, { to: { type: 'string' }, portable: { type: 'boolean', default: false } }, 0)
  if ('problem' in given) return told(write, given.problem)
  const { to, portable } = given.values
  try {
    const { folder, manifest, bytes } = await makeBackup({
      settings, revision: await readRevision(settings.database), by: 'person', portable: portable === true,
      to: path.resolve(typeof to === 'string' ? to : settings.operations.backup.folder), payload: () => boot(),
    })
    const rows = Object.values(manifest.counts).reduce((sum, count) => sum + count, 0)
    write(`Saved ${rows.toLocaleString('en')} rows and ${manifest.uploads.length} uploads as of ${manifest.snapshotAt} in ${folder} (${megabytes(bytes)} MB).`)
    write('It holds all data of the firm, password hashes too: keep it where only you can read it. The secret (TRELLIS_SECRET) is not in it: keep it elsewhere.')
    return 0
  } catch (error) {
    if (error instanceof BackupError) return told(write, error.message, 1)
    throw error
  }
}

/** `npm run restore -- <backup> [--to <folder or database URL>] [--replace]` */
export const runRestore: RunCommand = async ({ args, settings, boot, write }) => {
  const given = parse(args, { to: { type: 'string' }, replace: { type: 'boolean', default: false } }, 1)
  if ('problem' in given) return told(write, given.problem)
  const { to, replace } = given.values
  try {
    const target = targetOf(settings, typeof to === 'string' ? to : undefined)
    const { manifest, verification, aside } = await restore({
      folder: path.resolve(given.positionals[0] ?? ''), target, replace: replace === true, told: write,
      boot: (on, revision) => boot({ ...on, revision }),
    })
    const place = target.database.kind === 'sqlite' ? target.database.file : `the database ${new URL(target.database.url).pathname.slice(1)}`
    for (const name of aside) write(`What was there is kept as ${name}.`)
    write(`Restored the state of ${manifest.snapshotAt} (revision ${manifest.revision.number}) to ${place}; all ${verification.checks.length} invariants hold.`)
    return 0
  } catch (error) {
    if (error instanceof BackupError) return told(write, error.message, 1)
    throw error
  }
}

/** A database URL names a database; anything else is a folder as DATA_DIR is one. */
function targetOf(settings: Settings, to: string | undefined): Target {
  if (to === undefined) return { database: settings.database, dataDir: settings.dataDir }
  const isUrl = /^(file:|mongodb(\+srv)?:\/\/)/.test(to)
  const secret = settings.secret ?? process.env.TRELLIS_SECRET
  const { database, dataDir } = readSettings({ ...(isUrl ? { DATABASE_URL: to, DATA_DIR: settings.dataDir } : { DATA_DIR: to }), TRELLIS_SECRET: secret })
  return { database, dataDir }
}

type Options = NonNullable<NonNullable<Parameters<typeof parseArgs>[0]>['options']>

function parse(args: readonly string[], options: Options, positionals: number) {
  try {
    const parsed = parseArgs({ args: [...args], options, allowPositionals: true })
    if (parsed.positionals.length === positionals) return parsed
    return { problem: positionals === 0 ? `This command takes no "${parsed.positionals[0]}".` : 'Say which backup: `npm run restore -- <folder of the backup>`.' }
  } catch (error) {
    return { problem: error instanceof Error ? error.message : String(error) }
  }
}

function told(write: (line: string) => void, problem: string, status = 2): number {
  write(problem)
  return status
}

const megabytes = (bytes: number) => (bytes / 1_048_576).toFixed(1)
