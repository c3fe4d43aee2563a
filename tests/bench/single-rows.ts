import Database from 'libsql'
import { MongoClient, type ClientSession } from 'mongodb'
import { newId } from '../../plugins/core/commands/context.ts'

/** Inserts so many rows, and says how many a second. */
export type SingleRows = { readonly insert: (rows: number) => Promise<number>; readonly close: () => Promise<void> }

/** As many as the importer has in one. */
const rowsPerTransaction = 500

/**
 * What the importer is measured beside: a row of the same table with the same columns by one prepared statement of the driver, in
 * transactions of as many rows, as durable; no checks, no history, no outbox.
 */
export function openSingleRows(databaseUrl: string): SingleRows {
  return databaseUrl.startsWith('file:') ? onSqlite(databaseUrl.slice('file:'.length)) : onMongodb(databaseUrl)
}

const values = (number: number) => {
  const now = new Date().toISOString()
  return {
    id: newId(), version: 1, number: `B-${number}`, name: `Single row ${number}`, address: `${number} Long Road, 12345 Somewhere`, country: 'DE', email: `buyer${number}@customer.example`,
    phone: `+49 30 ${number}`, tax_number: `DE${number}`, credit_limit: 1_000_000, language: 'en', status: 'active', updated_at: now, created_at: now,
  }
}

let last = Date.now()

function onSqlite(file: string): SingleRows {
  const database = new Database(file)
  database.exec('PRAGMA busy_timeout = 30000')
  database.exec('PRAGMA foreign_keys = ON')
  database.exec('PRAGMA synchronous = FULL')
  database.exec('PRAGMA cache_size = -65536')
  const names = Object.keys(values(0))
  const statement = database.prepare(`INSERT INTO customers (${names.join(', ')}) VALUES (${names.map(() => '?').join(', ')})`)
  return {
    insert(rows) {
      const began = performance.now()
      for (let from = 0; from < rows; from += rowsPerTransaction) {
        database.exec('BEGIN IMMEDIATE')
        for (let row = from; row < Math.min(rows, from + rowsPerTransaction); row++) statement.run(...Object.values(values(last++)))
        database.exec('COMMIT')
      }
      return Promise.resolve((rows / (performance.now() - began)) * 1000)
    },
    close: () => {
      database.close()
      return Promise.resolve()
    },
  }
}

function onMongodb(url: string): SingleRows {
  const client = new MongoClient(url)
  const customers = client.db().collection('customers')
  const one = async (session: ClientSession) => {
    const { id, tax_number: taxNumber, credit_limit: creditLimit, updated_at: updatedAt, created_at: createdAt, ...rest } = values(last++)
    await customers.insertOne({ _id: id as never, ...rest, taxNumber, creditLimit, updatedAt: new Date(updatedAt), createdAt: new Date(createdAt) }, { session })
  }
  return {
    async insert(rows) {
      const began = performance.now()
      for (let from = 0; from < rows; from += rowsPerTransaction) {
        await client.withSession((session) => session.withTransaction(async () => {
          for (let row = from; row < Math.min(rows, from + rowsPerTransaction); row++) await one(session)
        }, { readConcern: { level: 'snapshot' }, writeConcern: { w: 'majority', j: true } }))
      }
      return (rows / (performance.now() - began)) * 1000
    },
    close: () => client.close(),
  }
}
