import type { SQLiteAdapter } from '@payloadcms/db-sqlite'

export type PresentColumn = {
  /** As it was declared, in small letters. */
  readonly type: string
  /** The table that it refers to. */
  readonly refersTo?: string
}
export type PresentIndex = { readonly table: string; readonly isUnique: boolean; readonly columns: readonly string[] }
export type PresentSchema = {
  /** By table and column. */
  readonly tables: ReadonlyMap<string, ReadonlyMap<string, PresentColumn>>
  /** By name; those that SQLite makes by itself are not among them. */
  readonly indexes: ReadonlyMap<string, PresentIndex>
}

/** What is in the database: its tables with their columns, and its indexes. */
export async function readPresentSchema({ client }: Pick<SQLiteAdapter, 'client'>): Promise<PresentSchema> {
  const ask = async (columns: string, from: string) => (await client.execute(`SELECT m.name AS tableName, ${columns} FROM sqlite_master m JOIN ${from} WHERE m.type = 'table'`)).rows
  const references = new Map((await ask('f."from" AS columnName, f."table" AS target', 'pragma_foreign_key_list(m.name) f')).map((row) => [`${String(row.tableName)}.${String(row.columnName)}`, String(row.target)]))
  const tables = new Map<string, Map<string, PresentColumn>>()
  for (const { tableName, columnName, type } of await ask('p.name AS columnName, p.type AS type', 'pragma_table_info(m.name) p')) {
    const table = String(tableName)
    const refersTo = references.get(`${table}.${String(columnName)}`)
    const columns = tables.get(table) ?? new Map<string, PresentColumn>()
    tables.set(table, columns.set(String(columnName), { type: String(type).toLowerCase(), ...(refersTo !== undefined && { refersTo }) }))
  }
  const indexes = new Map<string, PresentIndex>()
  for (const { tableName, indexName, isUnique, columnName } of await ask('l.name AS indexName, l."unique" AS isUnique, i.name AS columnName', "pragma_index_list(m.name) l ON l.origin = 'c' JOIN pragma_index_info(l.name) i")) {
    const columns = [...(indexes.get(String(indexName))?.columns ?? []), String(columnName)]
    indexes.set(String(indexName), { table: String(tableName), isUnique: Number(isUnique) === 1, columns })
  }
  return { tables, indexes }
}
