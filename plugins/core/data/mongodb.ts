import type { MongooseAdapter } from '@payloadcms/db-mongodb'
import type { ClientSession } from 'mongodb'
import type { Where } from 'payload'
import { optionalUniqueFields } from '../../../config/mongodb/empty-unique.ts'
import { RetryCommand } from '../errors.ts'
import { halved } from './clock-tree.ts'
import type { ClockShift, DriverOf, Row } from './store.ts'
import { violatedUnique } from './unique-violation.ts'

type BuildQuery = { buildQuery(options: { payload: unknown; where: Where }): Promise<Record<string, unknown>> }

export const mongodbDriver: DriverOf = (payload, request) => {
  const adapter = payload.db as unknown as MongooseAdapter
  const model = (entity: string) => {
    const found = adapter.collections[entity]
    if (!found) throw new Error(`There is no collection for ${entity}.`)
    return found
  }
  const session = async (): Promise<{ session?: ClientSession }> => {
    const id = await request.transactionID
    const open = id === undefined ? undefined : adapter.sessions[id]
    return open ? { session: open as unknown as ClientSession } : {}
  }

  return {
    async insertMany(entity, rows) {
      if (rows.length === 0) return
      const times = timeFields(payload.collections[entity]?.config.flattenedFields ?? [])
      const unique = optionalUniqueFields(model(entity).schema)
      await model(entity).collection.insertMany(rows.map((row) => toDocument(row, { times, unique })) as never, await session() as never)
    },
    async sum(entity, { where, groupBy = [], fields, days, top }) {
      const match = await (model(entity) as unknown as BuildQuery).buildQuery({ payload, where: where ?? {} })
      const key = (name: string) => name.replaceAll('.', '__')
      const groups = await model(entity).aggregate([
        { $match: match },
        {
          $group: {
            _id: Object.fromEntries(groupBy.map((name) => [key(name), name === 'id' ? '$_id' : days?.field === name ? dayOf(`$${name}`, days.shifts) : `$${name}`])),
            ...Object.fromEntries(fields.map((name) => [key(name), { $sum: `$${name}` }])),
            count: { $sum: 1 },
          },
        },
        ...(top ? [{ $sort: { [key(top.by)]: -1 as const } }, { $limit: top.limit }] : []),
      ], await session() as never)
      const rows = groups.map(({ _id, ...sums }: { _id: Record<string, unknown>; count: number }) => {
        const values: Record<string, unknown> = { ..._id, ...sums }
        return Object.fromEntries([...groupBy, ...fields, 'count'].map((name) => [name, values[key(name)] ?? null]))
      })
      const empty = { ...Object.fromEntries(fields.map((name) => [name, 0])), count: 0 }
      return rows.length === 0 && groupBy.length === 0 ? [empty] : rows
    },
    // Outside the transaction unless it must be gapless, so that two people who create orders do not meet here.
    async nextNumber(series, options = {}) {
      const rows = model('number-series').collection
      const inTurn = options.gapless ? await session() : {}
      const take = () => rows.findOneAndUpdate({ _id: series as never }, { $inc: { last: options.count ?? 1 } }, { returnDocument: 'after', ...inTurn } as never) as Promise<{ last?: number } | null>
      const taken = await take()
      if (taken) return Number(taken.last)
      await beginSeries(rows as never, series)
      // A transaction does not see what was begun after it.
      if (options.gapless) throw new RetryCommand('A series of numbers was begun.')
      return Number((await take())?.last)
    },
    // Outside the transaction, as numbers are taken: within it, who takes the next one would wait for its end.
    async raiseNumber(series, last) {
      await model('number-series').collection.updateOne(
        { _id: series as never }, { $max: { last }, $set: { updatedAt: new Date() }, $setOnInsert: { key: series, createdAt: new Date() } }, { upsert: true },
      )
    },
  }
}

/** The day of a moment, as SQLite reckons it too. */
function dayOf(moment: string, shifts: readonly ClockShift[]): object {
  const ahead = halved<object | number>(shifts, ({ minutes }) => minutes * 60_000, ({ until, before, after }) => ({ $cond: [{ $lt: [moment, new Date(until)] }, before, after] }))
  return { $dateToString: { format: '%Y-%m-%d', date: { $add: [moment, ahead] } } }
}

/**
 * A series is begun by itself and counted after: not every server that speaks MongoDB's protocol gives two who begin it in one
 * moment two numbers.
 */
async function beginSeries(rows: { updateOne(filter: object, update: object, options: object): Promise<unknown> }, series: string): Promise<void> {
  const row = { key: series, last: 0, createdAt: new Date(), updatedAt: new Date() }
  try {
    await rows.updateOne({ _id: series }, { $setOnInsert: row }, { upsert: true })
  } catch (error) {
    if (violatedUnique(error) === undefined) throw error
  }
}

function timeFields(fields: readonly { name: string; type: string; flattenedFields?: unknown }[]): string[] {
  return fields.flatMap((field) =>
    field.type === 'group'
      ? timeFields(field.flattenedFields as typeof fields).map((name) => `${field.name}.${name}`)
      : field.type === 'date' ? [field.name] : [],
  )
}

/** Times are Dates in MongoDB, as Payload's own writes make them; `unique`: fields that are left out when they are empty. */
function toDocument({ id, ...row }: Row, { times, unique }: { readonly times: readonly string[]; readonly unique: readonly string[] }): Record<string, unknown> {
  const now = new Date()
  const document: Record<string, unknown> = { _id: id, ...structuredClone(row), createdAt: toDate(row.createdAt) ?? now, updatedAt: toDate(row.updatedAt) ?? now }
  for (const field of unique) if (document[field] === null) delete document[field]
  for (const path of times) {
    const [head = '', tail] = path.split('.')
    const holder = tail ? (document[head] as Record<string, unknown> | undefined) : document
    const name = tail ?? head
    if (holder && holder[name] != null) holder[name] = toDate(holder[name])
  }
  return document
}

const toDate = (value: unknown) => (value instanceof Date ? value : typeof value === 'string' ? new Date(value) : undefined)
