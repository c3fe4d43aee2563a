import type { Payload, Where } from 'payload'
import { DuplicateRow, fail } from '../errors.ts'
import { watchDriver } from '../operations/database-watch.ts'
import { mongodbDriver } from './mongodb.ts'
import { sqliteDriver } from './sqlite.ts'
import type { FindQuery, Row, RowOf, Store, StoreRequest } from './store.ts'
import { violatedUnique } from './unique-violation.ts'

const pageSize = 1_000
/** SQLite takes 32,766 bound values in a statement; ids are fetched in slices well below. */
const idsPerQuery = 500

/** How rows are read and counted; Payload's adapter unless another is given. */
export type Reader = {
  /** `only`: the fields that are needed. */
  readonly find: (entity: string, query: FindQuery & { readonly only?: readonly string[] }) => Promise<Row[]>
  readonly count: (entity: string, where: Where) => Promise<number>
}

/** A store on `payload`'s database; with a transaction id all its calls are part of that transaction. */
export function openStore(payload: Payload, transactionID?: number | string, reader?: Reader): Store {
  const request: StoreRequest = { payload, ...(transactionID === undefined ? {} : { transactionID }) }
  const req = request
  const driver = watchDriver(payload, (payload.db.name === 'mongoose' ? mongodbDriver : sqliteDriver)(payload, request))

  const read = async (entity: string, query: FindQuery, only?: readonly string[]): Promise<Row[]> => {
    if (reader) return reader.find(entity, { ...query, ...(only && { only }) })
    const page = query.page ?? 1
    const result = await payload.db.find({
      collection: entity, where: query.where ?? {}, limit: query.limit ?? 0, page,
      // Unpaged, MongoDB's adapter gives the first page for every one.
      pagination: page > 1, joins: false, req, ...(query.sort ? { sort: query.sort } : {}),
      ...(only && { select: Object.fromEntries(only.map((name) => [name, true as const])) }),
    })
    return result.docs as unknown as Row[]
  }
  const pages = async function* (where: Where | undefined, next: (query: FindQuery) => Promise<readonly Row[]>): AsyncGenerator<Row> {
    let after = ''
    for (;;) {
      const rest: Where = { id: { greater_than: after } }
      const page = await next({ where: where ? { and: [rest, where] } : rest, sort: 'id', limit: pageSize })
      yield* page
      if (page.length < pageSize) return
      after = (page[page.length - 1] as Row).id
    }
  }
  const find: Store['find'] = async (entity, query = {}) => (await read(entity, query)) as unknown as RowOf<typeof entity>[]
  const findOne: Store['findOne'] = async (entity, where) => (await find(entity, { where, limit: 1 }))[0]
  const get: Store['get'] = (entity, id) => findOne(entity, { id: { equals: id } })

  /** Inside a command a unique value that is there already is a reason to look again. */
  const unique = async <Result>(entity: string, write: Promise<Result>): Promise<Result> => {
    try {
      return await write
    } catch (error) {
      const named = transactionID === undefined ? undefined : violatedUnique(error)
      throw named === undefined ? error : new DuplicateRow({ entity, named }, { cause: error })
    }
  }

  return {
    ...driver,
    insertMany: (entity, rows) => unique(entity, driver.insertMany(entity, rows)),
    inTransaction: transactionID !== undefined,
    find, findOne, get,
    async require(entity, id) {
      return (await get(entity, id)) ?? fail('notFound', { entity, id })
    },
    async byIds(entity, ids) {
      const wanted = [...new Set([...ids].filter((id): id is string => Boolean(id)))]
      const found = new Map<string, RowOf<typeof entity>>()
      for (let from = 0; from < wanted.length; from += idsPerQuery) {
        const slice = wanted.slice(from, from + idsPerQuery)
        for (const row of await find(entity, { where: { id: { in: slice } } })) found.set((row as Row).id, row)
      }
      return found
    },
    // Without a condition MongoDB counts by an estimate, which no transaction allows.
    async count(entity, where = { id: { exists: true } }) {
      return reader ? reader.count(entity, where) : (await payload.db.count({ collection: entity, where, req })).totalDocs
    },
    async insert(entity, row) {
      const now = new Date().toISOString()
      const data = { createdAt: now, updatedAt: now, ...structuredClone(row) }
      await unique(entity, payload.db.create({ collection: entity, data, req, returning: false }))
    },
    async update(entity, id, changes, where) {
      const data = { ...structuredClone(changes), updatedAt: new Date().toISOString() }
      const condition: Where = where ? { and: [{ id: { equals: id } }, where] } : { id: { equals: id } }
      const result: unknown = await unique(entity, payload.db.updateOne({ collection: entity, where: condition, data, req, joins: false }))
      return Boolean(result)
    },
    async remove(entity, where) {
      await payload.db.deleteMany({ collection: entity, where, req })
    },
    stream: (entity, where) => pages(where, (query) => read(entity, query)) as unknown as AsyncGenerator<RowOf<typeof entity>>,
    findOnly: async (entity, only, query = {}) => (await read(entity, query, only)) as never,
    streamOnly: (entity, only, where) => pages(where, (query) => read(entity, query, only)) as never,
  }
}
