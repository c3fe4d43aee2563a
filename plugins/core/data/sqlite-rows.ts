import type { SQLiteAdapter } from '@payloadcms/db-sqlite'
import { and, sql, type SQL } from '@payloadcms/db-sqlite/drizzle'
import { buildQuery } from '@payloadcms/drizzle'
import type { DrizzleAdapter } from '@payloadcms/drizzle/types'
import type { Payload, Where } from 'payload'
import { isFlat } from './flat-rows.ts'
import type { Reader } from './open-store.ts'
import type { FindQuery, Row } from './store.ts'

type Column = SQLiteAdapter['tables'][string][string]
/** A column, and the field that it is: of the row itself, or within its `group`. */
type Cell = { readonly column: Column; readonly name: string; readonly group: string | undefined; readonly kind: 'plain' | 'boolean' | 'json' }
type Shape = { readonly table: SQLiteAdapter['tables'][string]; readonly cells: readonly Cell[] }

/**
 * Reads rows for work that looks at all of them: SQLite writes each page as one JSON text, which costs a small part of what
 * cell by cell through driver and adapter does. They are the rows that Payload's adapter gives; entities whose rows have parts in
 * other tables, and questions that need these, are left to `others`.
 */
export function sqliteReader(payload: Payload, db: SQLiteAdapter['drizzle'], others: Reader): Reader {
  const shapes = new Map<string, Shape | undefined>()
  const shapeOf = (entity: string) => {
    if (!shapes.has(entity)) shapes.set(entity, isFlat(payload, entity) ? readShape(payload, entity) : undefined)
    return shapes.get(entity)
  }
  return {
    count: others.count,
    async find(entity, query) {
      const shape = shapeOf(entity)
      const statement = shape && statementOf(payload, shape, { entity, query })
      if (!shape || !statement) return others.find(entity, query)
      const [answer] = await db.all<{ page: string }>(statement)
      return (JSON.parse(answer?.page ?? '[]') as unknown[][][]).map((groups) => rowOf(groups.length === 1 ? groups[0] ?? [] : groups.flat(), shape.cells))
    },
  }
}

/** The columns of a collection's fields; those of a group are named `group_field`. */
function readShape(payload: Payload, entity: string): Shape {
  const adapter = payload.db as unknown as SQLiteAdapter
  const table = adapter.tables[nameOf(adapter, entity)]
  if (!table) throw new Error(`There is no table for ${entity}.`)
  const fields = payload.collections[entity]?.config.flattenedFields ?? []
  const cell = (name: string, group?: string): Cell[] => {
    const column = table[group ? `${group}_${name}` : name]
    return column ? [{ column, name, group, kind: kinds[column.columnType] ?? 'plain' }] : []
  }
  return { table, cells: fields.flatMap((field) => (field.type === 'group' ? field.flattenedFields.flatMap(({ name }) => cell(name, field.name)) : cell(field.name))) }
}

const kinds: Readonly<Record<string, Cell['kind']>> = { SQLiteBoolean: 'boolean', SQLiteTextJson: 'json' }

const nameOf = (adapter: SQLiteAdapter, entity: string) => adapter.tableNameMap.get(entity.replaceAll('-', '_')) ?? entity

/** @returns undefined where the question is about more than the table's own columns */
function statementOf(payload: Payload, { table, cells }: Shape, { entity, query }: { readonly entity: string; readonly query: FindQuery }): SQL | undefined {
  const { condition, joins } = conditionOf(payload, { entity, table, where: query.where ?? {} })
  const { limit = 0, page = 1 } = query
  const sort = [query.sort ?? (limit > 0 ? '-createdAt' : [])].flat()
  const order = sort.map((name) => ({ column: table[name.replace(/^-/, '').replaceAll('.', '_')], isDescending: name.startsWith('-') }))
  if (joins > 0 || order.some(({ column }) => column === undefined)) return undefined
  const inner = sql.join([
    sql`SELECT ${sql.join(cells.map(({ column }, index) => sql`${column} AS ${alias(index)}`), sql`, `)} FROM ${table}`,
    ...(condition ? [sql`WHERE ${condition}`] : []),
    ...(order.length > 0 ? [sql`ORDER BY ${sql.join(order.map(({ column, isDescending }) => (isDescending ? sql`${column} DESC` : sql`${column}`)), sql`, `)}`] : []),
    ...(limit > 0 ? [sql`LIMIT ${limit} OFFSET ${(page - 1) * limit}`] : []),
  ], sql` `)
  const values = cells.map(({ kind }, index) => (kind === 'json' ? sql`json(${alias(index)})` : sql`${alias(index)}`))
  const groups = Array.from({ length: Math.ceil(values.length / mostArguments) }, (_, group) =>
    sql`json_array(${sql.join(values.slice(group * mostArguments, (group + 1) * mostArguments), sql`, `)})`)
  return sql`SELECT json_group_array(json_array(${sql.join(groups, sql`, `)})) AS page FROM (${inner})`
}

/**
 * The adapter's condition for `where`, but lists of texts as one value each: a statement with a place for each of hundreds of ids
 * takes long to write and to prepare, and the driver keeps it for as long as it likes.
 * @returns also how many other tables the condition asks
 */
export function conditionOf(
  payload: Payload, { entity, table, where }: { readonly entity: string; readonly table: SQLiteAdapter['tables'][string]; readonly where: Where },
): { readonly condition: SQL | undefined; readonly joins: number } {
  const adapter = payload.db as unknown as SQLiteAdapter
  const lists: SQL[] = []
  const rest = partsOf(where).filter((part) => {
    const [[name = '', operators] = [], more] = Object.entries(part)
    const column = table[name.replaceAll('.', '_')]
    const list: unknown = more === undefined && isRecord(operators) && Object.keys(operators).length === 1 ? operators.in : undefined
    if (!column || !Array.isArray(list) || !list.every((value) => typeof value === 'string')) return true
    lists.push(sql`${column} IN (SELECT value FROM json_each(${JSON.stringify(list)}))`)
    return false
  })
  const { where: others, joins } = buildQuery({
    adapter: adapter as unknown as DrizzleAdapter, fields: payload.collections[entity]?.config.flattenedFields ?? [], tableName: nameOf(adapter, entity), where: { and: rest },
  })
  return { condition: and(...lists, others), joins: joins.length }
}

/** What must all hold. */
function partsOf(where: Where): Where[] {
  return Object.entries(where).flatMap(([key, value]) => (key === 'and' && Array.isArray(value) ? value.flatMap(partsOf) : [{ [key]: value }]))
}

const isRecord = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null && !Array.isArray(value)

/** A function of SQLite takes 127. */
const mostArguments = 100
const alias = (index: number) => sql.identifier(`c${index}`)

function rowOf(values: readonly unknown[], cells: readonly Cell[]): Row {
  const row: Record<string, unknown> = {}
  for (let index = 0; index < cells.length; index++) {
    const { name, group, kind } = cells[index] as Cell
    const value = kind === 'boolean' && values[index] !== null ? Boolean(values[index]) : values[index]
    if (group === undefined) row[name] = value
    else ((row[group] ??= {}) as Record<string, unknown>)[name] = value
  }
  return row as Row
}
