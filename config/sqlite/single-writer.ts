import type { Client, InStatement, InValue } from '@libsql/client'
import { Sqlite3Client } from '@libsql/client/sqlite3'
import Database from 'libsql'
import type { SQLiteAdapter } from '@payloadcms/db-sqlite'
import { drizzle } from '@payloadcms/db-sqlite/drizzle/libsql'
import { randomUUID } from 'node:crypto'
import { fifoLock } from './fifo-lock.ts'

/**
 * SQLite has one writer. Out of the box Payload's adapter runs without transactions, and with them it opens (and
 * leaks) a connection for each. Here one persistent second connection carries all transactions, and one first-in
 * first-out lock stands round every transaction and every write outside one; reads run freely on the first
 * connection, which in WAL mode sees the last committed state.
 *
 * Hazard, on purpose loud: code inside a transaction that writes without passing `req` waits for itself and fails
 * after `waitMilliseconds`.
 */
export function useSingleWriter(adapter: SQLiteAdapter, { waitMilliseconds }: { waitMilliseconds: number }): void {
  const lock = fifoLock(waitMilliseconds)
  const releases = new Map<string, () => void>()
  let writer: Client | undefined
  /** Made once: drizzle reads all relations of all tables for it. */
  let db: ReturnType<typeof drizzle> | undefined
  const { connect, destroy } = adapter

  adapter.connect = async function (options) {
    await connect?.call(adapter, options)
    if (writer) return
    const file = adapter.clientConfig.url.replace(/^file:(\/\/(?=\/))?/, '')
    const connection = new Database(file)
    writer = new Sqlite3Client(file, {}, connection, 'number')
    for (const client of [adapter.client, writer]) for (const pragma of pragmas(adapter)) await client.execute(pragma)
    lockWrites(adapter.client, lock.acquire)
    const runInTurn = stopAfterRollback(writer)
    db = drizzle(writer, { logger: adapter.logger ?? false, schema: adapter.schema })
    bulkWriters.set(adapter, (sql, rows) => runInTurn(() => runPrepared(connection, sql, rows)))
  }

  adapter.beginTransaction = async () => {
    const release = await lock.acquire()
    try {
      if (!writer) throw new Error('The database is not connected.')
      await writer.execute('BEGIN IMMEDIATE')
      const id = randomUUID()
      adapter.sessions[id] = { db: db as never, resolve: async () => {}, reject: async () => {} }
      releases.set(id, release)
      return id
    } catch (error) {
      release()
      throw error
    }
  }
  const end = (statement: 'COMMIT' | 'ROLLBACK') => async (incoming: number | string | Promise<number | string>) => {
    const id = String(await incoming)
    const release = releases.get(id)
    if (!release || !writer) return
    releases.delete(id)
    delete adapter.sessions[id]
    try {
      await writer.execute(statement)
    } catch (error) {
      if (statement === 'COMMIT') await writer.execute('ROLLBACK')
      throw error
    } finally {
      release()
    }
  }
  adapter.commitTransaction = end('COMMIT')
  adapter.rollbackTransaction = end('ROLLBACK')

  adapter.destroy = async () => {
    writer?.close()
    // All of these hold the connection, and that holds the file.
    writer = undefined
    db = undefined
    bulkWriters.delete(adapter)
    await destroy?.call(adapter)
  }
}

/** Runs one statement for each row of values, within the transaction that is open. */
export type BulkWriter = (sql: string, rows: readonly (readonly InValue[])[]) => Promise<void>

const bulkWriters = new WeakMap<object, BulkWriter>()

/** The adapter's writer of many rows: one statement, prepared once and kept, costs a third of what its text costs each time. */
export function bulkWriterOf(adapter: object): BulkWriter {
  const found = bulkWriters.get(adapter)
  if (!found) throw new Error('The database is not connected.')
  return found
}

const statements = new WeakMap<Database.Database, Map<string, Database.Statement>>()
const mostStatements = 200
/** A pause for others in this process after so many rows. */
const rowsAtOnce = 1_000

async function runPrepared(connection: Database.Database, sql: string, rows: readonly (readonly InValue[])[]): Promise<void> {
  const known = statements.get(connection) ?? new Map<string, Database.Statement>()
  statements.set(connection, known)
  if (known.size > mostStatements) known.clear()
  const statement = known.get(sql) ?? connection.prepare(sql)
  known.set(sql, statement)
  for (const [index, row] of rows.entries()) {
    if (index > 0 && index % rowsAtOnce === 0) await new Promise((resolve) => { setImmediate(resolve) })
    statement.run(row)
  }
}

/** `synchronous` follows the adapter's own setting: FULL, or NORMAL in demo mode. */
function pragmas(adapter: SQLiteAdapter): string[] {
  const { wal } = adapter as unknown as { wal: { synchronous: string } | false }
  return [
    `PRAGMA busy_timeout = ${adapter.busyTimeout}`,
    'PRAGMA foreign_keys = ON',
    'PRAGMA cache_size = -65536',
    ...(wal ? [`PRAGMA synchronous = ${wal.synchronous}`] : []),
  ]
}

/** After these SQLite may have rolled the transaction back by itself (https://www.sqlite.org/lang_transaction.html, 3.3). */
const endsByItself = /^SQLITE_(FULL|IOERR|NOMEM|INTERRUPT|CORRUPT)/

/**
 * Statements that come after such an end would each be a transaction of their own, and stay. So one goes after the other here, and
 * after the first that may have ended the transaction the rest fail as it did, until it is rolled back.
 * @returns the same for work that is no statement of the client
 */
function stopAfterRollback(writer: Client): (work: () => Promise<void>) => Promise<void> {
  const execute = writer.execute.bind(writer) as (statement: InStatement) => ReturnType<Client['execute']>
  let ended: { readonly error: unknown } | undefined
  let last: Promise<unknown> = Promise.resolve()
  const inTurn = <Result>(work: () => Promise<Result>): Promise<Result> => {
    const result = last.then(async () => {
      if (ended) throw ended.error
      try {
        return await work()
      } catch (error) {
        if (endsByItself.test(String((error as { code?: unknown }).code))) ended = { error }
        throw error
      }
    })
    last = result.catch(() => {})
    return result
  }
  writer.execute = (async (first: InStatement, values?: never) => {
    const statement = values === undefined ? first : { sql: first as string, args: values }
    const sql = typeof statement === 'string' ? statement : statement.sql
    if (sql !== 'ROLLBACK') return inTurn(() => execute(statement))
    const result = last.then(async () => {
      ended = undefined
      try {
        return await execute(statement)
      } catch (error) {
        if (/no transaction is active/.test(String(error))) return nothing
        throw error
      }
    })
    last = result.catch(() => {})
    return result
  }) as Client['execute']
  return inTurn
}

const nothing = { rows: [], columns: [], columnTypes: [], rowsAffected: 0, lastInsertRowid: undefined, toJSON: () => ({}) }

function lockWrites(client: Client, acquire: () => Promise<() => void>): void {
  const execute = client.execute.bind(client) as (statement: InStatement) => ReturnType<Client['execute']>
  client.execute = (async (first: InStatement, values?: never) => {
    const statement = values === undefined ? first : { sql: first as string, args: values }
    const sql = typeof statement === 'string' ? statement : statement.sql
    if (/^\s*(select|pragma|explain)/i.test(sql)) return execute(statement)
    const release = await acquire()
    try {
      return await execute(statement)
    } finally {
      release()
    }
  }) as Client['execute']
}
