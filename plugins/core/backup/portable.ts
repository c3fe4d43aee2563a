import { createReadStream } from 'node:fs'
import path from 'node:path'
import { StringDecoder } from 'node:string_decoder'
import { setImmediate } from 'node:timers/promises'
import { createGunzip } from 'node:zlib'
import { sql } from '@payloadcms/db-sqlite/drizzle'
import type { SQLiteAdapter } from '@payloadcms/db-sqlite'
import type { Payload } from 'payload'
import { openStore } from '../data/open-store.ts'
import { beginUnguarded } from '../data/revision-guard.ts'
import type { Row, Store } from '../data/store.ts'
import { inPages } from '../verify/pages.ts'
import { BackupError, type Manifest } from './manifest.ts'
import { isFlat } from '../data/flat-rows.ts'
import { violatedUnique } from '../data/unique-violation.ts'
import { readRows, savedCollections, type Rows } from './portable-rows.ts'
import { writeFile } from './write-file.ts'

const rowsPerPage = 1_000

type Saved = Pick<Manifest, 'counts' | 'data' | 'snapshotAt'>

/** One file of JSON lines a collection, all of one moment; values as the store has them, the same on both databases. */
export async function exportRows(payload: Payload, { folder, signal }: { folder: string; signal?: AbortSignal }): Promise<Saved> {
  const counts: Record<string, number> = {}
  const data: Manifest['data'] = []
  const snapshotAt = new Date().toISOString()
  await readRows(payload, async (rows) => {
    for (const entity of savedCollections(payload)) {
      const source = lines(rows(entity), (count) => { counts[entity] = count })
      data.push({ ...await writeFile({ folder, name: `data/${entity}.jsonl.gz`, source, gzip: true, ...(signal && { signal }) }), entity })
    }
  })
  return { counts, data, snapshotAt }
}

async function* lines(rows: ReturnType<Rows>, counted: (count: number) => void): AsyncGenerator<string> {
  let count = 0
  for await (const page of inPages(rows, rowsPerPage)) {
    yield `${page.map((row) => JSON.stringify(row)).join('\n')}\n`
    count += page.length
    // Requests of people come in between.
    await setImmediate()
  }
  counted(count)
}

/**
 * Brings them into an empty database of either kind, whose Payload runs the backup's revision. On SQLite in one transaction.
 * @throws BackupError when a file names what this platform does not have, or ends early.
 */
export async function importRows(payload: Payload, { folder, manifest }: { folder: string; manifest: Manifest }): Promise<void> {
  const known = new Set(savedCollections(payload))
  const strange = manifest.data.find(({ entity }) => !known.has(entity ?? ''))
  if (strange) throw new BackupError(`The backup holds ${manifest.counts[strange.entity ?? ''] ?? 0} rows of "${strange.entity}", which this version of Trellis does not have: restore it with version ${manifest.version}.`)
  if (payload.db.name === 'mongoose') return bringAll(payload, { folder, manifest, transaction: (work) => inTransaction(payload, work), store: openStore(payload) })
  await inTransaction(payload, async (store, transactionID) => {
    const session = (payload.db as unknown as SQLiteAdapter).sessions[transactionID]?.db as SQLiteAdapter['drizzle'] | undefined
    // Rows come in the order of their collections, not of their relations: SQLite looks at these when all are there.
    await session?.run(sql`PRAGMA defer_foreign_keys = ON`)
    await bringAll(payload, { folder, manifest, transaction: (work) => work(store, transactionID), store })
  })
}

type Work = (store: Store, transactionID: number | string) => Promise<void>
type Bringing = { readonly folder: string; readonly manifest: Manifest; readonly store: Store; readonly transaction: (work: Work) => Promise<void> }

async function bringAll(payload: Payload, { folder, manifest, store, transaction }: Bringing): Promise<void> {
  for (const { path: name, entity = '' } of manifest.data) {
    const place = path.join(folder, name)
    let count = 0
    for await (const rows of inPages(rowsOf(place), rowsPerPage)) {
      count += rows.length
      const page = rows.map((row) => dated(row, manifest.snapshotAt))
      if (isFlat(payload, entity)) await insertPage({ store, transaction }, entity, page)
      else await transaction((_, transactionID) => createOneByOne(payload, { entity, page, transactionID }))
    }
    if (count !== manifest.counts[entity]) throw new BackupError(`${place} holds ${count} rows instead of ${manifest.counts[entity]}: choose another backup.`)
  }
}

/**
 * MongoDB's driver sends a write again whose answer it has lost; servers that do not notice have done it by then. Nobody else writes
 * here, so what is there of the page is this page: it is taken anew. What is wrong with the page itself is refused again, and told as it was first.
 */
async function insertPage({ store, transaction }: Pick<Bringing, 'store' | 'transaction'>, entity: string, page: readonly Row[]): Promise<void> {
  try {
    await store.insertMany(entity, page)
  } catch (error) {
    if (violatedUnique(error) === undefined) throw error
    try {
      await transaction((own) => own.remove(entity, { id: { in: page.map(({ id }) => id) } }))
      await store.insertMany(entity, page)
    } catch {
      throw error
    }
  }
}

/** SQLite demands both times of every row, which MongoDB does not. */
function dated(row: Row, fallback: string): Row {
  const createdAt = row.createdAt ?? row.updatedAt ?? fallback
  return { ...row, createdAt, updatedAt: row.updatedAt ?? createdAt }
}

async function createOneByOne(payload: Payload, { entity, page, transactionID }: { entity: string; page: readonly Row[]; transactionID: number | string }) {
  // Ids that the database itself has made differ from one database to the other, and nothing refers to them.
  const hasOwnIds = payload.collections[entity]?.customIDType !== undefined
  for (const { id, ...row } of page) {
    await payload.db.create({ collection: entity, data: hasOwnIds ? { id, ...row } : row, req: { payload, transactionID } as never, returning: false })
  }
}

async function inTransaction(payload: Payload, work: Work): Promise<void> {
  const transactionID = await beginUnguarded(payload)
  if (transactionID === null) throw new Error('The database does not support transactions: name a replicaSet in DATABASE_URL.')
  try {
    await work(openStore(payload, transactionID), transactionID)
    await payload.db.commitTransaction(transactionID)
  } catch (error) {
    await payload.db.rollbackTransaction(transactionID)
    throw error
  }
}

/** Split at line feeds only: within texts there may be other characters that count as line breaks elsewhere. */
async function* rowsOf(place: string): AsyncGenerator<Row> {
  const decoder = new StringDecoder('utf8')
  const unpacked = createGunzip()
  createReadStream(place).on('error', (error) => unpacked.destroy(error)).pipe(unpacked)
  let rest = ''
  for await (const chunk of unpacked) {
    const parts = (rest + decoder.write(chunk as Buffer)).split('\n')
    rest = parts.pop() ?? ''
    for (const part of parts) yield JSON.parse(part) as Row
  }
  if (rest !== '') throw new BackupError(`${place} ends in the middle of a row: choose another backup.`)
}
