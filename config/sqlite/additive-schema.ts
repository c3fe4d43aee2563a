import type { SQLiteAdapter } from '@payloadcms/db-sqlite'
import { getTableConfig, type SQLiteColumn, type SQLiteTable } from '@payloadcms/db-sqlite/drizzle/sqlite-core'
import { readPresentSchema, type PresentColumn, type PresentSchema } from './present-schema.ts'
import { whileBusy } from './while-busy.ts'

/** How long the process that serves meanwhile may keep it out. */
const busyMilliseconds = 60_000

type TableConfig = ReturnType<typeof getTableConfig>

/**
 * Brings the database's tables up to the adapter's schema (CREATE TABLE, nullable ADD COLUMN with its reference, CREATE INDEX), in one
 * transaction. Nothing that anyone has entered is dropped or changed; what a revision left that never came into use is put right: a column
 * of another type that holds nothing, an index that lets no value come twice where none is wanted.
 * drizzle-kit's push omits foreign keys on ADD COLUMN, asks questions, and fails on existing indexes.
 * @returns the statements that were applied
 */
export async function applyAdditiveSchema(adapter: SQLiteAdapter): Promise<string[]> {
  const present = await readPresentSchema(adapter)
  const tables = Object.values(adapter.tables).map((table) => getTableConfig(table as SQLiteTable))
  const leftColumns = await emptyOnes(adapter, tables.flatMap((table) => otherColumns(table, present)))
  const leftIndexes = tables.flatMap((table) => otherIndexes(table, present, leftColumns))
  const statements = [
    ...leftIndexes.map((name) => `DROP INDEX ${quote(name)}`),
    ...leftColumns.map(({ table, column }) => `ALTER TABLE ${quote(table)} DROP COLUMN ${quote(column)}`),
    ...tables.flatMap((table) => tableStatements(table, remaining(present, leftColumns, leftIndexes))),
  ]
  if (statements.length > 0) await whileBusy(busyMilliseconds, () => adapter.client.executeMultiple(['BEGIN IMMEDIATE', ...statements, 'COMMIT'].join(';\n')))
  return statements
}

type Place = { readonly table: string; readonly column: string }

/** Columns that are there with another type or reference than they shall have. */
function otherColumns(table: TableConfig, present: PresentSchema): Place[] {
  const references = new Map(referencesOf(table).flatMap(({ own: [name], target }) => (name === undefined ? [] : [[name, target]])))
  return table.columns.flatMap((column) => {
    const found = present.tables.get(table.name)?.get(column.name)
    if (!found || column.primary) return []
    const isSame = found.type === column.getSQLType().toLowerCase() && (found.refersTo ?? '') === (references.get(column.name) ?? '')
    return isSame ? [] : [{ table: table.name, column: column.name }]
  })
}

async function emptyOnes({ client }: SQLiteAdapter, places: readonly Place[]): Promise<readonly Place[]> {
  const empty: Place[] = []
  for (const place of places) {
    const { rows } = await client.execute(`SELECT 1 FROM ${quote(place.table)} WHERE ${quote(place.column)} IS NOT NULL LIMIT 1`)
    if (rows.length === 0) empty.push(place)
  }
  return empty
}

/** Indexes of columns that go, those that differ from the wanted ones of their name, and those that let no value of a wanted column come twice though nobody wants that. */
function otherIndexes(table: TableConfig, { indexes }: PresentSchema, left: readonly Place[]): string[] {
  const wanted = new Map(table.indexes.map(({ config }) => [config.name, { isUnique: config.unique, columns: config.columns.map((column) => (column as SQLiteColumn).name) }]))
  const columns = new Set(table.columns.map(({ name }) => name))
  return [...indexes].filter(([, index]) => index.table === table.name).flatMap(([name, index]) => {
    const goes = index.columns.some((column) => left.some((place) => place.table === table.name && place.column === column))
    const same = wanted.get(name)
    const differs = same ? same.isUnique !== index.isUnique || same.columns.join() !== index.columns.join() : index.isUnique && index.columns.length === 1 && index.columns.every((column) => columns.has(column))
    return goes || differs ? [name] : []
  })
}

function remaining({ tables, indexes }: PresentSchema, left: readonly Place[], gone: readonly string[]): PresentSchema {
  const without = (table: string, columns: ReadonlyMap<string, PresentColumn>) => new Map([...columns].filter(([name]) => !left.some((place) => place.table === table && place.column === name)))
  return { tables: new Map([...tables].map(([name, columns]) => [name, without(name, columns)])), indexes: new Map([...indexes].filter(([name]) => !gone.includes(name))) }
}

function referencesOf(table: TableConfig) {
  return table.foreignKeys.map((key) => {
    const { columns: own, foreignTable, foreignColumns } = key.reference()
    const target = getTableConfig(foreignTable as SQLiteTable).name
    const on = `${quote(target)}(${foreignColumns.map((column) => quote(column.name)).join(', ')})`
    return { own: own.map((column) => column.name), target, sql: `REFERENCES ${on}${key.onDelete ? ` ON DELETE ${key.onDelete}` : ''}${key.onUpdate ? ` ON UPDATE ${key.onUpdate}` : ''}` }
  })
}

function tableStatements(table: TableConfig, { tables, indexes }: PresentSchema): string[] {
  const present = tables.get(table.name)
  const references = referencesOf(table)
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
