import type { SQLiteAdapter } from '@payloadcms/db-sqlite'
import { sql } from '@payloadcms/db-sqlite/drizzle'
import { buildQuery } from '@payloadcms/drizzle'
import type { DrizzleAdapter } from '@payloadcms/drizzle/types'
import type { DriverOf, Row } from './store.ts'

/** SQLite takes 32,766 bound values in one statement. */
const valuesPerStatement = 30_000

export const sqliteDriver: DriverOf = (payload, request) => {
  const adapter = payload.db as unknown as SQLiteAdapter
  const database = async () => {
    const id = await request.transactionID
    const open = id === undefined ? undefined : adapter.sessions[id]?.db
    return (open ?? adapter.drizzle) as typeof adapter.drizzle
  }
  const tableName = (entity: string) => adapter.tableNameMap.get(entity.replaceAll('-', '_')) ?? entity
  const table = (entity: string) => {
    const found = adapter.tables[tableName(entity)]
    if (!found) throw new Error(`There is no table for ${entity}.`)
    return found
  }

  return {
    async insertMany(entity, rows) {
      const db = await database()
      const flat = rows.map(flatten)
      const first = flat[0]
      if (!first) return
      const perStatement = Math.max(1, Math.floor(valuesPerStatement / Object.keys(table(entity)).length))
      for (let from = 0; from < flat.length; from += perStatement) {
        await db.insert(table(entity)).values(flat.slice(from, from + perStatement))
      }
    },
    async sum(entity, { where, groupBy = [], fields }) {
      const db = await database()
      const { where: condition } = buildQuery({
        adapter: adapter as unknown as DrizzleAdapter,
        fields: payload.collections[entity]?.config.flattenedFields ?? [],
        tableName: tableName(entity),
        where: where ?? {},
      })
      const column = (name: string) => table(entity)[name.replaceAll('.', '_')]
      const groups = Object.fromEntries(groupBy.map((name) => [name, column(name)]))
      const sums = Object.fromEntries(fields.map((name) => [name, sql<number>`coalesce(sum(${column(name)}), 0)`]))
      const query = db.select({ ...groups, ...sums, count: sql<number>`count(*)` } as never).from(table(entity)).where(condition)
      return (await (groupBy.length ? query.groupBy(...Object.values(groups)) : query)) as Record<string, unknown>[]
    },
    async nextNumber(series, { count = 1 } = {}) {
      const db = await database()
      const rows = await db.all<{ last: number }>(sql`
        INSERT INTO number_series (id, key, last) VALUES (${series}, ${series}, ${count})
        ON CONFLICT (id) DO UPDATE SET last = last + ${count} RETURNING last`)
      return Number(rows[0]?.last)
    },
    async raiseNumber(series, last) {
      const db = await database()
      await db.run(sql`
        INSERT INTO number_series (id, key, last) VALUES (${series}, ${series}, ${last})
        ON CONFLICT (id) DO UPDATE SET last = max(last, ${last})`)
    },
  }
}

/** Payload's documents to table rows: the group `workflow` becomes `workflow_state` and so on. */
function flatten(row: Row): Record<string, unknown> {
  const now = new Date().toISOString()
  const { workflow, ...rest } = row
  const group = Object.entries((workflow ?? {}) as Record<string, unknown>).map(([key, value]) => [`workflow_${key}`, value])
  return { createdAt: now, updatedAt: now, ...rest, ...Object.fromEntries(group) }
}
