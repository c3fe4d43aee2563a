import type { SQLiteAdapter } from '@payloadcms/db-sqlite'
import { sql, type SQL } from '@payloadcms/db-sqlite/drizzle'
import { buildQuery } from '@payloadcms/drizzle'
import type { DrizzleAdapter } from '@payloadcms/drizzle/types'
import type { Config, FindArgs, FindOneArgs, PaginatedDocs, Payload } from 'payload'
import { nameOf, pageOf, shapeOf, type Shape } from './sqlite-rows.ts'
import type { Row } from './store.ts'

type Question = Pick<FindArgs, 'collection' | 'draftsEnabled' | 'joins' | 'limit' | 'locale' | 'page' | 'pagination' | 'req' | 'select' | 'sort' | 'where'>

/**
 * On SQLite, what lies in the collection's own table is read as JSON, page by page, as `sqliteReader` does: the same rows for a part of
 * the work. What needs other tables (joined lines, conditions along relations) is left to Payload's adapter.
 */
export function readQuickly(db: Config['db']): Config['db'] {
  return {
    ...db,
    init: (args) => {
      const adapter = db.init(args)
      if (adapter.name !== 'sqlite') return adapter
      const { find, findOne } = adapter
      return Object.assign(adapter, {
        async find(question: FindArgs) {
          return (await pageFor(args.payload, withOwnSort(args.payload, question))) ?? withLimit(await find.call(adapter, question), question)
        },
        async findOne(question: FindOneArgs) {
          const found = await pageFor(args.payload, { ...question, limit: 1, pagination: false } as Question)
          return found ? found.docs[0] ?? null : findOne.call(adapter, question)
        },
      })
    },
  }
}

/** Payload's adapter leaves the limit out where it finds nothing by a condition on another table. */
const withLimit = <Page extends { readonly limit?: number }>(page: Page, { limit = 0 }: { readonly limit?: number }): Page => (page.limit === undefined ? { ...page, limit } : page)

const withOwnSort = (payload: Payload, { sort, ...question }: FindArgs): Question => {
  const order = sort ?? payload.collections[question.collection]?.config.defaultSort
  return order === undefined ? question : { ...question, sort: order }
}

async function pageFor(payload: Payload, question: Question): Promise<PaginatedDocs<never> | undefined> {
  const { collection, limit = 0, page = 1, req } = question
  const shape = isOwn(payload, question) ? shapeOf(payload, collection) : undefined
  const parts = shape && partsOf(payload, shape, question)
  if (!shape || !parts) return undefined
  const adapter = payload.db as unknown as SQLiteAdapter
  const transaction = await req?.transactionID
  const db = ((transaction === undefined ? undefined : adapter.sessions[transaction]?.db) ?? adapter.drizzle) as SQLiteAdapter['drizzle']
  const [answer] = await db.all<{ page: string }>(pageOf(shape, { ...parts, limit, page }))
  const docs = shape.rowsOf(answer?.page)
  const isPaged = question.pagination !== false && limit > 0
  // The last page tells how many there are.
  const isLast = docs.length < limit && (docs.length > 0 || page === 1)
  const totalDocs = !isPaged ? docs.length : isLast ? (page - 1) * limit + docs.length
    : await adapter.countDistinct({ db, joins: [], tableName: nameOf(adapter, collection), ...(parts.condition && { where: parts.condition }) } as never)
  return answerOf(docs, { limit, page, isPaged, totalDocs })
}

/** A question about nothing but the rows themselves, as they stand. */
function isOwn(payload: Payload, { collection, draftsEnabled, joins, select }: Question): boolean {
  if (draftsEnabled || select) return false
  return joins === false || (payload.collections[collection]?.config.flattenedFields ?? []).every(({ type }) => type !== 'join')
}

/** @returns undefined where other tables are needed */
function partsOf(payload: Payload, { table }: Shape, { collection, sort, where }: Question): { readonly condition: SQL | undefined; readonly order: readonly SQL[] } | undefined {
  const adapter = payload.db as unknown as DrizzleAdapter
  const { joins, orderBy, where: condition } = buildQuery({
    adapter, fields: payload.collections[collection]?.config.flattenedFields ?? [], tableName: nameOf(adapter as unknown as SQLiteAdapter, collection),
    ...(sort !== undefined && { sort }), where: where ?? {},
  })
  const columns = new Set<unknown>(Object.values(table))
  if (joins.length > 0 || orderBy.some(({ column }) => !columns.has(column))) return undefined
  return { condition, order: orderBy.map(({ column, order }) => sql`${order(column)}`) }
}

/** As Payload's adapters tell a page. */
function answerOf(docs: readonly Row[], { limit, page, isPaged, totalDocs }: { readonly limit: number; readonly page: number; readonly isPaged: boolean; readonly totalDocs: number }): PaginatedDocs<never> {
  const totalPages = isPaged && totalDocs > 0 ? Math.ceil(totalDocs / limit) : 1
  const isWhole = !isPaged || totalDocs === 0
  return {
    docs: docs as never[], limit, page, totalDocs: totalDocs || docs.length, totalPages,
    hasPrevPage: !isWhole && page > 1, hasNextPage: !isWhole && totalPages > page, pagingCounter: isWhole ? 1 : (page - 1) * limit + 1,
    nextPage: !isWhole && totalPages > page ? page + 1 : null, prevPage: !isWhole && page > 1 ? page - 1 : null,
  }
}
