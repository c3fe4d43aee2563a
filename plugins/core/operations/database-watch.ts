import type { BaseDatabaseAdapter, Config, Payload, Where } from 'payload'
import { isAway } from '../data/database-faults.ts'
import type { Driver } from '../data/store.ts'
import { observeDatabase } from './metrics.ts'
import { requestContext } from './request-context.ts'
import { surroundingsOf } from './surroundings.ts'

const watched = [
  'beginTransaction', 'commitTransaction', 'count', 'create', 'deleteMany', 'deleteOne', 'find', 'findDistinct', 'findOne', 'rollbackTransaction',
  'updateMany', 'updateOne', 'upsert',
] as const satisfies readonly (keyof BaseDatabaseAdapter)[]

type Question = { readonly collection?: string; readonly where?: Where; readonly sort?: unknown; readonly limit?: number }

/** Counts and times what goes to the database, and logs what is slow: what was asked and how long, never a value. */
export function watchDatabase(db: Config['db']): Config['db'] {
  return {
    ...db,
    init: (args) => {
      const adapter = db.init(args)
      for (const name of watched) {
        const run = adapter[name] as ((question: unknown) => Promise<unknown>) | undefined
        if (!run) continue
        const timed = (question: unknown) => observed(args.payload, { operation: name, question: question as Question }, () => run.call(adapter, question))
        Object.assign(adapter, { [name]: timed })
      }
      return adapter
    },
  }
}

/** The same for what goes past Payload's adapter. */
export function watchDriver(payload: Payload, driver: Driver): Driver {
  return {
    insertMany: (collection, rows) => observed(payload, { operation: 'insertMany', question: { collection, limit: rows.length } }, () => driver.insertMany(collection, rows)),
    sum: (collection, query) => observed(payload, { operation: 'sum', question: { collection, ...(query.where && { where: query.where }) } }, () => driver.sum(collection, query)),
    nextNumber: (series, options) => observed(payload, { operation: 'nextNumber', question: {} }, () => driver.nextNumber(series, options)),
    raiseNumber: (series, last) => observed(payload, { operation: 'raiseNumber', question: {} }, () => driver.raiseNumber(series, last)),
  }
}

async function observed<Result>(payload: Payload, { operation, question }: { operation: string; question: Question }, run: () => Promise<Result>): Promise<Result> {
  const began = performance.now()
  try {
    return await run()
  } catch (error) {
    const context = isAway(error) ? requestContext() : undefined
    if (context) context.isDatabaseAway = true
    throw error
  } finally {
    const milliseconds = performance.now() - began
    observeDatabase(operation, milliseconds / 1000)
    const limit = surroundingsOf(payload).operations?.slowQueryMilliseconds ?? 0
    if (limit > 0 && milliseconds >= limit) tell(payload, { operation, question, milliseconds })
  }
}

function tell(payload: Payload, { operation, question, milliseconds }: { operation: string; question: Question; milliseconds: number }): void {
  const { collection, where, sort, limit } = typeof question === 'object' && question !== null ? question : {}
  payload.logger.warn({
    msg: 'Slow database operation', operation, milliseconds: Math.round(milliseconds),
    ...(collection && { collection }), ...(where && { where: shapeOf(where) }), ...(sort ? { sort } : {}), ...(limit && { limit }),
  })
}

/** The fields and operators of a condition without its values: "status equals and (dueAt less_than or leaseUntil exists)". */
export function shapeOf(where: Where): string {
  return Object.entries(where).map(([name, condition]) => {
    const word = name.toLowerCase()
    if ((word === 'and' || word === 'or') && Array.isArray(condition)) {
      const parts = condition.map((part) => shapeOf(part)).filter(Boolean)
      return parts.length > 1 ? `(${parts.join(` ${word} `)})` : (parts[0] ?? '')
    }
    return Object.keys(condition as object).map((operator) => `${name} ${operator}`).join(' and ')
  }).filter(Boolean).join(' and ')
}
