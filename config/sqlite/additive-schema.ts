import type { SQLiteAdapter } from '@payloadcms/db-sqlite'
import { getTableConfig, type SQLiteColumn, type SQLiteTable } from '@payloadcms/db-sqlite/drizzle/sqlite-core'
import { whileBusy } from './while-busy.ts'

/** How long the process that serves meanwhile may keep it out. */
const busyMilliseconds = 60_000

type TableConfig = ReturnType<typeof getTableConfig>

/**
 * Brings the database's tables up to the adapter's schema, with additive statements only (CREATE TABLE, nullable ADD
 * COLUMN with its reference, CREATE INDEX), in one transaction; nothing is ever dropped or changed.
 * drizzle-kit's push omits foreign keys on ADD COLUMN, asks questions, and fails on existing indexes.
 * @returns the statements that were applied
 */
export async function applyAdditiveSchema(adapter: SQLiteAdapter): Promise<string[]> {
  const columns = new Map<string, Set<string>>()
  const known = await adapter.client.execute(
    "SELECT m.name AS t, p.name AS c FROM sqlite_master m JOIN pragma_table_info(m.name) p WHERE m.type = 'table'",
  )
  for (const row of known.rows) {
    const table = String(row.t)
    columns.set(table, (columns.get(table) ?? new Set()).add(String(row.c)))
  }
  const indexes = new Set(
    (await adapter.client.execute("SELECT name FROM sqlite_master WHERE type = 'index'")).rows.map((row) => String(row.name)),
  )
  const tables = Object.values(adapter.tables) as SQLiteTable[]
  const statements = tables.flatMap((table) => tableStatements(getTableConfig(table), columns, indexes))
  if (statements.length > 0) await whileBusy(busyMilliseconds, () => adapter.client.executeMultiple(['BEGIN IMMEDIATE', ...statements, 'COMMIT'].join(';\n')))
  return statements
}

function tableStatements(table: TableConfig, columns: Map<string, Set<string>>, indexes: Set<string>): string[] {
  const present = columns.get(table.name)
  const references = table.foreignKeys.map((key) => {
    const { columns: own, foreignTable, foreignColumns } = key.reference()
    const target = `${quote(getTableConfig(foreignTable as SQLiteTable).name)}(${foreignColumns.map((column) => quote(column.name)).join(', ')})`
    const sql = `REFERENCES ${target}${key.onDelete ? ` ON DELETE ${key.onDelete}` : ''}${key.onUpdate ? ` ON UPDATE ${key.onUpdate}` : ''}`
    return { own: own.map((column) => column.name), sql }
  })
  const statements = present
    ? table.columns
        .filter((column) => !present.has(column.name))
        .map((column) => {
          const reference = references.find(({ own }) => own.length === 1 && own[0] === column.name)
          return `ALTER TABLE ${quote(table.name)} ADD COLUMN ${columnSql(column, true)}${reference ? ` ${reference.sql}` : ''}`
        })
    : [
        `CREATE TABLE ${quote(table.name)} (${[
          ...table.columns.map((column) => columnSql(column, false)),
          ...references.map(({ own, sql }) => `FOREIGN KEY (${own.map(quote).join(', ')}) ${sql}`),
        ].join(', ')})`,
      ]
  for (const { config } of table.indexes) {
    if (indexes.has(config.name)) continue
    const on = config.columns.map((column) => quote((column as SQLiteColumn).name)).join(', ')
    statements.push(`CREATE ${config.unique ? 'UNIQUE ' : ''}INDEX IF NOT EXISTS ${quote(config.name)} ON ${quote(table.name)} (${on})`)
  }
  return statements
}

function columnSql(column: SQLiteColumn, adding: boolean): string {
  const value = defaultSql(column.default)
  const usable = value !== undefined && !(adding && value.startsWith('('))
  const required = column.notNull && !(adding && !usable)
  return `${quote(column.name)} ${column.getSQLType()}${column.primary ? ' PRIMARY KEY' : ''}${usable ? ` DEFAULT ${value}` : ''}${required ? ' NOT NULL' : ''}`
}

function defaultSql(value: unknown): string | undefined {
  if (typeof value === 'number') return String(value)
  if (typeof value === 'boolean') return value ? '1' : '0'
  if (typeof value === 'string') return `'${value.replaceAll("'", "''")}'`
  const chunks = (value as { queryChunks?: { value?: string[] }[] } | undefined)?.queryChunks
  return chunks && `(${chunks.map((chunk) => chunk.value?.join('') ?? '').join('')})`
}

const quote = (name: string) => `\`${name}\``
