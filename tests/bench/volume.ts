import { fork } from 'node:child_process'
import { createHash } from 'node:crypto'
import { once } from 'node:events'
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { root } from '../../config/root.ts'
import { withoutSettings } from '../support/without-settings.ts'
import { dropDatabase, mongodbUrl, withDatabase, type DatabaseKind } from './places.ts'

export type Volume = { readonly orders: number; readonly stockEntries: number; readonly parts: number; readonly customers: number }

export const fullVolume: Volume = { orders: 100_000, stockEntries: 1_000_000, parts: 2_000, customers: 5_000 }
/** Made in seconds. */
export const quickVolume: Volume = { orders: 2_000, stockEntries: 20_000, parts: 200, customers: 200 }

/** Raise it when `volume-program.ts` makes other data of the same volume, or when what it writes beside ERP's own rows changes. */
const recipe = 1

/** @throws when the text is no volume */
export function readVolume(text: string | undefined): Volume {
  return JSON.parse(text ?? '') as Volume
}

export const spokenVolume = ({ orders, stockEntries }: Volume) => `${orders.toLocaleString('en')} orders and ${stockEntries.toLocaleString('en')} stock entries`

/**
 * A database of that volume. It is kept beneath the system's folder for temporary files (MongoDB: on the server) until the
 * entities or workflows of ERP, or the recipe change. @returns its address
 */
export async function volumeDatabase(kind: DatabaseKind, volume: Volume, tell: (line: string) => void): Promise<string> {
  const wanted = { key: volumeKey(volume), size: sizeOf(volume), volume, tell }
  return kind === 'MongoDB' ? onMongodb(wanted) : onSqlite(wanted)
}

const sizeOf = ({ orders, stockEntries }: Volume) => `${orders}-${stockEntries}`

function volumeKey(volume: Volume): string {
  const hash = createHash('sha256').update(JSON.stringify([recipe, volume]))
  for (const file of [...filesBelow('collections/erp'), ...filesBelow('workflows/erp')]) hash.update(readFileSync(path.join(root, file)))
  return `${sizeOf(volume)}-${hash.digest('hex').slice(0, 12)}`
}

type Wanted = { readonly key: string; readonly size: string; readonly volume: Volume; readonly tell: (line: string) => void }

async function onSqlite({ key, size, volume, tell }: Wanted): Promise<string> {
  const cache = path.join(tmpdir(), 'trellis-bench-cache')
  const folder = path.join(cache, key)
  if (!existsSync(folder)) {
    mkdirSync(cache, { recursive: true })
    // Of the same volume only what fits the present entities is kept.
    for (const name of readdirSync(cache)) if (name.startsWith(`${size}-`)) rmSync(path.join(cache, name), { recursive: true, force: true })
    const partial = `${folder}.partial`
    mkdirSync(partial)
    await fill(`file:${path.join(partial, 'trellis.db')}`, volume, tell)
    renameSync(partial, folder)
  }
  return `file:${path.join(folder, 'trellis.db')}`
}

/** A database that is whole says so in a collection of its own. */
async function onMongodb({ key, size, volume, tell }: Wanted): Promise<string> {
  const prefix = `trellis-bench-${size}-`
  const url = mongodbUrl(`trellis-bench-${key}`)
  const isThere = await withDatabase(url, async (client) => (await client.db().collection('bench-volume').countDocuments({})) > 0)
  if (isThere) return url
  const { databases } = await withDatabase(url, (client) => client.db().admin().listDatabases({ nameOnly: true }))
  for (const { name } of databases) if (name.startsWith(prefix)) await dropDatabase(mongodbUrl(name))
  await fill(url, volume, tell)
  await withDatabase(url, (client) => client.db().collection('bench-volume').insertOne({ madeAt: new Date() }))
  return url
}

async function fill(databaseUrl: string, volume: Volume, tell: (line: string) => void): Promise<void> {
  tell(`Making ${spokenVolume(volume)} (kept for the next run) …`)
  const child = fork(path.join(root, 'build/bench/volume.mjs'), { cwd: root, execArgv: [], env: { ...withoutSettings(process.env), NODE_ENV: 'production', TRELLIS_MODE: 'production', TRELLIS_SECRET: 'a secret of the bench, long enough for all', DATABASE_URL: databaseUrl, BENCH_VOLUME: JSON.stringify(volume) } })
  const [code] = (await once(child, 'exit')) as [number | null]
  if (code !== 0) throw new Error(`The data could not be made: the program ended with status ${code}.`)
}

function filesBelow(folder: string): string[] {
  return readdirSync(path.join(root, folder)).filter((name) => name.endsWith('.ts')).sort().map((name) => `${folder}/${name}`)
}
