import type { InValue } from '@libsql/client'
import type { SQLiteAdapter } from '@payloadcms/db-sqlite'
import type { Payload } from 'payload'
import { sql, type SQL } from '@payloadcms/db-sqlite/drizzle'
import { bulkWriterOf } from '../../../config/sqlite/single-writer.ts'
import { conditionOf, nameOf } from './sqlite-rows.ts'
import { halved } from './clock-tree.ts'
import type { ClockShift, DriverOf, Row } from './store.ts'

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
  const tableName = (entity: string) => nameOf(adapter, entity)
  const table = (entity: string) => tableOf(adapter, entity)

  return {
    // Past drizzle, which takes longer to build a statement of so many values than SQLite to run it.
    async insertMany(entity, all) {
      const isPlain = plainRows(payload, entity)
      const rows = all.filter(isPlain)
      for (const row of all.filter((one) => !isPlain(one))) await adapter.create({ collection: entity, data: { ...rowTimes(), ...structuredClone(row) }, req: request, returning: false })
      if (rows.length === 0) return
      const names = [...new Set(rows.flatMap((row) => Object.keys(row)))]
      const columns = columnsOf(table(entity), names)
      const into = `INSERT INTO "${tableName(entity)}" (${columns.map(({ name }) => `"${name}"`).join(', ')}) VALUES `
      const places = `(${columns.map(() => '?').join(', ')})`
      const now = new Date().toISOString()
      const values = rows.map((row) => columns.map(({ valueOf }) => valueOf(row, now)))
      const id = await request.transactionID
      if (id !== undefined && adapter.sessions[id]) return bulkWriterOf(adapter)(into + places, values)
      const perStatement = Math.max(1, Math.floor(valuesPerStatement / columns.length))
      for (let from = 0; from < values.length; from += perStatement) {
        const slice = values.slice(from, from + perStatement)
        await adapter.client.execute({ sql: into + slice.map(() => places).join(', '), args: slice.flat() })
      }
    },
    async sum(entity, { where, groupBy = [], fields, days, top }) {
      const db = await database()
      const condition = ownCondition(db, table(entity), conditionOf(payload, { entity, table: table(entity), where: where ?? {} }))
      const column = (name: string) => table(entity)[name.replaceAll('.', '_')]
      const group = (name: string) => (days?.field === name ? dayOf(sql`${column(name)}`, days.shifts) : sql`${column(name)}`)
      const values = [...groupBy.map(group), ...fields.map((name) => sql`coalesce(sum(${column(name)}), 0)`), sql`count(*)`]
      const named = values.map((_, index) => sql.identifier(`c${index}`))
      const names = [...groupBy, ...fields, 'count']
      // As one text: there may be as many groups as rows, and a row of the driver costs several times as much.
      const [answer] = await db.all<{ page: string }>(sql`SELECT json_group_array(json_array(${sql.join(named, comma)})) AS page FROM (
        SELECT ${sql.join(values.map((value, index) => sql`${value} AS ${named[index]}`), comma)} FROM ${table(entity)}
        ${condition ? sql`WHERE ${condition}` : sql``} ${groupBy.length > 0 ? sql.raw(`GROUP BY ${groupBy.map((_, index) => index + 1).join(', ')}`) : sql``}
        ${top ? sql.raw(`ORDER BY ${names.indexOf(top.by) + 1} DESC LIMIT ${top.limit}`) : sql``})`)
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

/** Tells rows of one table from those with several values in a field, which stand in tables of their own. */
function plainRows(payload: Pick<Payload, 'collections'>, entity: string): (row: Row) => boolean {
  const several = (payload.collections[entity]?.config.flattenedFields ?? []).filter((field) => 'hasMany' in field && field.hasMany).map(({ name }) => name)
  return (row) => several.every((name) => !Array.isArray(row[name]) || row[name].length === 0)
}

const rowTimes = () => {
  const now = new Date().toISOString()
  return { createdAt: now, updatedAt: now }
}

function tableOf(adapter: SQLiteAdapter, entity: string) {
  const found = adapter.tables[nameOf(adapter, entity)]
  if (!found) throw new Error(`There is no table for ${entity}.`)
  return found
}

/** The condition on the rows of the table itself, also where it asks other tables: several values of a field stand in one of their own. */
function ownCondition(db: SQLiteAdapter['drizzle'], table: ReturnType<typeof tableOf>, { condition, joins }: ReturnType<typeof conditionOf>): SQL | undefined {
  if (joins.length === 0) return condition
  const rows = joins.reduce((query, join) => query.leftJoin(join.table as never, join.condition as never), db.select({ id: table.id as never }).from(table as never).$dynamic() as unknown as DynamicRows)
  return sql`${table.id} IN ${condition ? rows.where(condition) : rows}`
}

type DynamicRows = { leftJoin(table: never, on: never): DynamicRows; where(condition: SQL): SQL } & SQL

/** The day of a moment that is kept as ISO text. */
function dayOf(moment: SQL, shifts: readonly ClockShift[]): SQL {
  return halved<SQL>(shifts, ({ minutes }) => sql`date(${moment}, ${`${minutes < 0 ? '-' : '+'}${Math.abs(minutes)} minutes`})`,
    ({ until, before, after }) => sql`CASE WHEN ${moment} < ${until} THEN ${before} ELSE ${after} END`)
}

type Column = { readonly name: string; readonly valueOf: (row: Row, now: string) => InValue }
type TableColumn = { readonly name: string; readonly mapToDriverValue: (value: unknown) => unknown }

/** How each column gets its value of a row of Payload's: the group `workflow` becomes `workflow_state` and so on, times are set. */
function columnsOf(table: unknown, names: readonly string[]): Column[] {
  const columns = table as Readonly<Record<string, TableColumn>>
  const value = (column: TableColumn, given: unknown): InValue => (given === undefined || given === null ? null : column.mapToDriverValue(given) as InValue)
  const plain = [...new Set([...names, ...times])].filter((name) => name !== 'workflow').flatMap((name) => {
    const column = columns[name]
    if (!column) return []
    return [{ name: column.name, valueOf: (row: Row, now: string) => value(column, row[name] ?? (times.includes(name) ? now : null)) }]
  })
  const group = names.includes('workflow') ? Object.keys(columns).filter((name) => name.startsWith(groupPrefix)) : []
  return [...plain, ...group.map((name) => {
    const column = columns[name] as TableColumn
    const own = name.slice(groupPrefix.length)
    return { name: column.name, valueOf: (row: Row) => value(column, (row.workflow as Readonly<Record<string, unknown>> | null | undefined)?.[own]) }
  })]
}

const times = ['createdAt', 'updatedAt']
const groupPrefix = 'workflow_'
