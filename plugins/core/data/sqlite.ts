import type { Client, InValue } from '@libsql/client'
import type { SQLiteAdapter } from '@payloadcms/db-sqlite'
import { sql } from '@payloadcms/db-sqlite/drizzle'
import { buildQuery } from '@payloadcms/drizzle'
import type { DrizzleAdapter } from '@payloadcms/drizzle/types'
import type { DriverOf, Row } from './store.ts'

type Column = { readonly name: string; readonly mapToDriverValue: (value: unknown) => unknown }

/** SQLite takes 32,766 bound values in one statement. */
const valuesPerStatement = 30_000
const comma = sql`, `

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
    // Written out here: building the same statement of a thousand values takes drizzle longer than SQLite takes to run it.
    async insertMany(entity, rows) {
      if (rows.length === 0) return
      const { $client: client } = (await database()) as unknown as { $client: Client }
      const flat = rows.map(flatten)
      const columns = table(entity) as unknown as Readonly<Record<string, Column>>
      const names = [...new Set(flat.flatMap((row) => Object.keys(row)))].filter((name) => columns[name] !== undefined)
      const into = names.map((name) => `"${columns[name]?.name}"`).join(', ')
      const places = `(${names.map(() => '?').join(', ')})`
      const perStatement = Math.max(1, Math.floor(valuesPerStatement / names.length))
      for (let from = 0; from < flat.length; from += perStatement) {
        const slice = flat.slice(from, from + perStatement)
        const args = slice.flatMap((row) => names.map((name) => {
          const value = row[name]
          return value === undefined || value === null ? null : columns[name]?.mapToDriverValue(value) as InValue
        }))
        await client.execute({ sql: `INSERT INTO "${tableName(entity)}" (${into}) VALUES ${slice.map(() => places).join(', ')}`, args })
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
      const values = [...groupBy.map((name) => sql`${column(name)}`), ...fields.map((name) => sql`coalesce(sum(${column(name)}), 0)`), sql`count(*)`]
      const named = values.map((_, index) => sql.identifier(`c${index}`))
      // As one text: there may be as many groups as rows, and a row of the driver costs several times as much.
      const [answer] = await db.all<{ page: string }>(sql`SELECT json_group_array(json_array(${sql.join(named, comma)})) AS page FROM (
        SELECT ${sql.join(values.map((value, index) => sql`${value} AS ${named[index]}`), comma)} FROM ${table(entity)}
        ${condition ? sql`WHERE ${condition}` : sql``} ${groupBy.length > 0 ? sql`GROUP BY ${sql.join(groupBy.map((name) => sql`${column(name)}`), comma)}` : sql``})`)
      const names = [...groupBy, ...fields, 'count']
      const booleans = new Set(groupBy.filter((name) => column(name)?.columnType === 'SQLiteBoolean'))
      return (JSON.parse(answer?.page ?? '[]') as unknown[][]).map((row) =>
        Object.fromEntries(names.map((name, index) => [name, booleans.has(name) && row[index] !== null ? Boolean(row[index]) : row[index]])))
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
