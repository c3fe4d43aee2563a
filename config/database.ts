import type { MongooseAdapter } from '@payloadcms/db-mongodb'
import type { SQLiteAdapter } from '@payloadcms/db-sqlite'
import type { Config } from 'payload'
import { bringIndexes } from './mongodb/bring-indexes.ts'
import { leaveOutEmptyUnique } from './mongodb/empty-unique.ts'
import { moveFields } from './mongodb/move-fields.ts'
import type { KeyMove } from './moves.ts'
import { applyAdditiveSchema } from './sqlite/additive-schema.ts'
import { moveColumns } from './sqlite/move-columns.ts'
import { useSingleWriter } from './sqlite/single-writer.ts'

/** How long a write waits for the writers before it on SQLite before it is refused. */
const writeWaitMilliseconds = 30_000

/**
 * The database behind a URL: `mongodb://…` (a replica set, so that transactions work) or `file:…` (embedded SQLite).
 * `durable: false` (demo mode) lets SQLite return before the disk has the data. Only the driver that is used is loaded.
 * `move`: fields that get another name before anything is read.
 */
export function databaseAdapter({ url, durable, move }: { url: string; durable: boolean; move?: KeyMove | undefined }): Promise<Config['db']> {
  return /^mongodb(\+srv)?:/.test(url) ? mongodb(url, move) : sqlite(url, durable, move)
}

/** Mongoose itself, as far as it is set here. */
type Options = { readonly set: (option: 'skipOriginalStackTraces', value: boolean) => void }

async function mongodb(url: string, move: KeyMove | undefined): Promise<Config['db']> {
  const { mongooseAdapter } = await import('@payloadcms/db-mongodb')
  const result = mongooseAdapter({
    url,
    connectOptions: { serverSelectionTimeoutMS: 5_000, autoIndex: false, autoCreate: false },
    afterCreateConnection: ({ connection }) => leaveOutEmptyUnique(connection),
    // Mongoose writes down the stack of every query, to tell who asked one object twice; a twelfth of the processor's time in the tests.
    afterOpenConnection: ({ connection }) => { (connection as unknown as { base: Options }).base.set('skipOriginalStackTraces', true) },
    transactionOptions: { readConcern: { level: 'snapshot' }, writeConcern: { w: 'majority', j: true } },
  })
  return {
    ...result,
    init: (args) => {
      const adapter = result.init(args) as unknown as MongooseAdapter
      const connect = adapter.connect
      adapter.connect = async (options) => {
        await connect?.call(adapter, options)
        if (move) await moveFields(adapter, move)
        await bringIndexes(adapter)
      }
      return adapter as never
    },
  }
}

async function sqlite(url: string, durable: boolean, move: KeyMove | undefined): Promise<Config['db']> {
  const { sqliteAdapter } = await import('@payloadcms/db-sqlite')
  const result = sqliteAdapter({
    client: { url },
    push: false,
    wal: { synchronous: durable ? 'FULL' : 'NORMAL' },
    busyTimeout: 5_000,
    idType: 'uuidv7',
    transactionOptions: {},
  })
  return {
    ...result,
    init: (args) => {
      const adapter = result.init(args) as unknown as SQLiteAdapter
      useSingleWriter(adapter, { waitMilliseconds: writeWaitMilliseconds })
      const connect = adapter.connect
      adapter.connect = async (options) => {
        await connect?.call(adapter, options)
        if (move) await moveColumns(adapter, move)
        await applyAdditiveSchema(adapter)
      }
      return adapter as never
    },
  }
}
