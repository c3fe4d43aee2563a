import type { SQLiteAdapter } from '@payloadcms/db-sqlite'
import { and, sql, type SQL } from '@payloadcms/db-sqlite/drizzle'
import { buildQuery } from '@payloadcms/drizzle'
import type { DrizzleAdapter } from '@payloadcms/drizzle/types'
import type { Payload, Where } from 'payload'
import type { Reader } from './open-store.ts'
import type { FindQuery, Row } from './store.ts'

type Table = SQLiteAdapter['tables'][string]
type Field = Payload['collections'][string]['config']['flattenedFields'][number]
/** A value of a row as SQL, and the field that it is: of the row itself, or within its `group`; `parts`: of rows within it. */
type Cell = {
  readonly expression: string
  readonly name: string
  readonly group?: string
  readonly kind: 'plain' | 'boolean' | 'date' | 'json' | 'rows'
  readonly parts?: readonly Cell[]
}
export type Shape = {
  readonly table: Table
  /** `SELECT … FROM (SELECT … FROM table`: what is left are conditions, order and limits, and the bracket. */
  readonly head: SQL
  readonly rowsOf: (page: string | undefined) => Row[]
}

/**
 * Reads rows for work that looks at all of them: SQLite writes each page as one JSON text, which costs a small part of what
 * cell by cell through driver and adapter does. They are the rows that Payload's adapter gives; entities whose rows have parts that are
 * not known here, and questions that need other tables, are left to `others`.
 */
export function sqliteReader(payload: Payload, db: SQLiteAdapter['drizzle'], others: Reader): Reader {
  return {
    count: others.count,
    async find(entity, query) {
      const shape = shapeOf(payload, entity, query.only)
      const statement = shape && statementOf(payload, shape, { entity, query })
      if (!shape || !statement) return others.find(entity, query)
      const [answer] = await db.all<{ page: string }>(statement)
      return shape.rowsOf(answer?.page)
    },
  }
}

const shapes = new WeakMap<Payload, Map<string, Shape | undefined>>()

/** How the rows of a collection are read, or these fields of them; undefined when they have parts that are not known here. */
export function shapeOf(payload: Payload, collection: string, only?: readonly string[]): Shape | undefined {
  const known = shapes.get(payload) ?? new Map<string, Shape | undefined>()
  shapes.set(payload, known)
  const key = only ? `${collection} ${only.join(' ')}` : collection
  if (!known.has(key)) known.set(key, readShape(payload, collection, only))
  return known.get(key)
}

function readShape(payload: Payload, collection: string, only?: readonly string[]): Shape | undefined {
  const adapter = payload.db as unknown as SQLiteAdapter
  const name = nameOf(adapter, collection)
  const table = adapter.tables[name]
  if (!table) throw new Error(`There is no table for ${collection}.`)
  const fields = (payload.collections[collection]?.config.flattenedFields ?? []).filter((field) => !only || field.name === 'id' || only.includes(field.name))
  const cells = fields.map((field) => cellsOf(adapter, { name, table }, field))
  if (cells.some((cell) => cell === undefined)) return undefined
  const all = cells.flatMap((cell) => cell ?? [])
  const columns = all.map(({ expression }, index) => `${expression} AS c${index}`).join(', ')
  return {
    table, head: sql.raw(`SELECT json_group_array(${arrayOf(all)}) AS page FROM (SELECT ${columns} FROM "${name}"`),
    rowsOf: (page) => (JSON.parse(page ?? '[]') as unknown[][][]).map((groups) => rowOf(groups, all)),
  }
}

/** The columns of a field; those of a group are named `group_field`, lists of texts and rows within a row lie in tables of their own. */
function cellsOf(adapter: SQLiteAdapter, { name: tableName, table }: { readonly name: string; readonly table: Table }, field: Field): readonly Cell[] | undefined {
  const { name, type } = field
  if (type === 'join') return []
  if (type === 'group') {
    const inner = field.flattenedFields.map((one) => columnOf(tableName, table[`${name}_${one.name}`], one))
    return inner.some((cell) => cell === undefined) ? undefined : inner.flatMap((cell) => (cell ? [{ ...cell, group: name }] : []))
  }
  if (type === 'text' && field.hasMany) {
    const texts = `"${tableName}_texts"`
    return adapter.tables[`${tableName}_texts`] && [{
      name, kind: 'json',
      expression: `(SELECT json_group_array(t.text) FROM (SELECT text FROM ${texts} WHERE parent_id = "${tableName}".id AND path = '${name}' ORDER BY "order") AS t)`,
    }]
  }
  if (type === 'array') {
    const inner = `${tableName}_${name}`
    const rows = adapter.tables[inner]
    const parts: readonly (Cell | undefined)[] | undefined = rows && field.flattenedFields.map((one) => columnOf(inner, rows[one.name], one))
    if (!parts || parts.some((part) => part === undefined)) return undefined
    const known = parts.flatMap((part) => part ?? [])
    return [{
      name, kind: 'rows', parts: known,
      expression: `(SELECT json_group_array(${arrayOf(known)}) FROM (SELECT ${known.map(({ expression }, index) => `${expression} AS c${index}`).join(', ')} FROM "${inner}" WHERE _parent_id = "${tableName}".id ORDER BY _order))`,
    }]
  }
  const cell = columnOf(tableName, table[name], field)
  return cell && [cell]
}

function columnOf(tableName: string, column: Table[string] | undefined, field: Field): Cell | undefined {
  if (!column || !plainTypes.has(field.type) || ('hasMany' in field && field.hasMany) || ('relationTo' in field && Array.isArray(field.relationTo))) return undefined
  const kind = column.columnType === 'SQLiteBoolean' ? 'boolean' : column.columnType === 'SQLiteTextJson' ? 'json' : field.type === 'date' ? 'date' : 'plain'
  return { expression: `"${tableName}"."${column.name}"`, name: field.name, kind }
}

const plainTypes: ReadonlySet<string> = new Set(['text', 'number', 'checkbox', 'date', 'select', 'json', 'textarea', 'email', 'relationship'])

/** A function of SQLite takes 127 values. */
const mostArguments = 100

/** The values of a row as arrays of an array. */
function arrayOf(cells: readonly Cell[]): string {
  const values = cells.map(({ kind }, index) => (kind === 'json' || kind === 'rows' ? `json(c${index})` : `c${index}`))
  return `json_array(${Array.from({ length: Math.ceil(values.length / mostArguments) }, (_, group) => `json_array(${values.slice(group * mostArguments, (group + 1) * mostArguments).join(', ')})`).join(', ')})`
}

/** The name of a collection's table. */
export const nameOf = (adapter: Pick<SQLiteAdapter, 'tableNameMap'>, collection: string): string => adapter.tableNameMap.get(collection.replaceAll('-', '_')) ?? collection

/** @returns undefined where the question is about more than the table's own columns */
function statementOf(payload: Payload, shape: Shape, { entity, query }: { readonly entity: string; readonly query: FindQuery }): SQL | undefined {
  const { table } = shape
  const { condition, joins } = conditionOf(payload, { entity, table, where: query.where ?? {} })
  const { limit = 0, page = 1 } = query
  const sort = [query.sort ?? (limit > 0 ? '-createdAt' : [])].flat()
  const order = sort.map((name) => ({ column: table[name.replace(/^-/, '').replaceAll('.', '_')], isDescending: name.startsWith('-') }))
  if (joins.length > 0 || order.some(({ column }) => column === undefined)) return undefined
  return pageOf(shape, { condition, order: order.map(({ column, isDescending }) => (isDescending ? sql`${column} DESC` : sql`${column}`)), limit, page })
}

/** The statement for one page of rows; `limit` 0: all. */
export function pageOf({ head }: Shape, { condition, order, limit, page }: { readonly condition: SQL | undefined; readonly order: readonly SQL[]; readonly limit: number; readonly page: number }): SQL {
  return sql.join([
    head,
    ...(condition ? [sql`WHERE ${condition}`] : []),
    ...(order.length > 0 ? [sql`ORDER BY ${sql.join([...order], sql`, `)}`] : []),
    ...(limit > 0 ? [sql`LIMIT ${limit} OFFSET ${(page - 1) * limit}`] : []),
    sql`)`,
  ], sql` `)
}

/**
 * The adapter's condition for `where`, but lists of texts as one value each: a statement with a place for each of hundreds of ids
 * takes long to write and to prepare, and the driver keeps it for as long as it likes.
 * @returns also the other tables that the condition asks
 */
export function conditionOf(
  payload: Payload, { entity, table, where }: { readonly entity: string; readonly table: Table; readonly where: Where },
): { readonly condition: SQL | undefined; readonly joins: ReturnType<typeof buildQuery>['joins'] } {
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
  return { condition: and(...lists, others), joins }
}

/** What must all hold. */
function partsOf(where: Where): Where[] {
  return Object.entries(where).flatMap(([key, value]) => (key === 'and' && Array.isArray(value) ? value.flatMap(partsOf) : [{ [key]: value }]))
}

const isRecord = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null && !Array.isArray(value)

function rowOf(groups: readonly unknown[][], cells: readonly Cell[]): Row {
  const values = groups.length === 1 ? groups[0] ?? [] : groups.flat()
  const row: Record<string, unknown> = {}
  for (let index = 0; index < cells.length; index++) {
    const { name, group, kind, parts = [] } = cells[index] as Cell
    const value = spoken(values[index], kind, parts)
    if (group === undefined) row[name] = value
    else ((row[group] ??= {}) as Record<string, unknown>)[name] = value
  }
  return row as Row
}

/** As `toISOString` writes it. */
const isIso = (text: string): boolean => text.length === 24 && text.endsWith('Z')

function spoken(value: unknown, kind: Cell['kind'], parts: readonly Cell[]): unknown {
  if (value === null || value === undefined || kind === 'plain' || kind === 'json') return value
  if (kind === 'boolean') return Boolean(value)
  if (kind === 'rows') return (value as unknown[][][]).map((groups) => rowOf(groups, parts))
  return typeof value !== 'string' || isIso(value) ? value : new Date(value).toISOString()
}
