import type { SQLiteAdapter } from '@payloadcms/db-sqlite'
import type { KeyMove } from '../moves.ts'
import { readPresentSchema, type PresentSchema } from './present-schema.ts'
import { whileBusy } from './while-busy.ts'

const busyMilliseconds = 60_000
const suffix = '_own'

/**
 * Gives the columns of moved fields their new names, and stores the revision that says so, in one transaction and once: where another process
 * has done it, or nothing was ever stored, nothing happens. Indexes that name such columns go; they are made again under their new names.
 */
export async function moveColumns(adapter: SQLiteAdapter, move: KeyMove): Promise<void> {
  const present = await readPresentSchema(adapter)
  if (!present.tables.has('revisions')) return
  const { rows: [newest] } = await adapter.client.execute('SELECT MAX(number) AS number FROM revisions')
  if (Number(newest?.number ?? 0) !== move.number - 1) return
  const { id, number, inputs, actor, at } = move.row()
  const statements = [
    ...move.moved.flatMap((key) => statementsOf(adapter, present, key)),
    `INSERT INTO revisions (id, number, inputs, actor, at, updated_at, created_at) VALUES (${[id, number, JSON.stringify(inputs), actor, at, at, at].map(literal).join(', ')})`,
  ]
  await whileBusy(busyMilliseconds, () => adapter.client.executeMultiple(['BEGIN IMMEDIATE', ...statements, 'COMMIT'].join(';\n')))
}

function statementsOf({ tables }: SQLiteAdapter, { tables: present, indexes }: PresentSchema, { entity, from, to }: KeyMove['moved'][number]): string[] {
  const table = entity.replaceAll('-', '_')
  const wanted = tables[table] as unknown as Readonly<Record<string, { readonly name: string } | undefined>> | undefined
  const dropped = (isOf: (index: { readonly table: string; readonly columns: readonly string[] }) => boolean) => [...indexes].filter(([, index]) => isOf(index)).map(([name]) => `DROP INDEX ${quote(name)}`)
  // One value stands in a column, several options in a table of their own, several references among those of their record.
  const column = wanted?.[to]?.name
  const former = column?.replace(new RegExp(`(?:${suffix})+(_id)?$`), '$1')
  if (column !== undefined && former !== undefined && present.get(table)?.has(former)) {
    return [...dropped((index) => index.table === table && index.columns.includes(former)), `ALTER TABLE ${quote(table)} RENAME COLUMN ${quote(former)} TO ${quote(column)}`]
  }
  const ofOptions = Object.keys(tables).find((name) => isOf(name, table, to) && present.has(withoutSuffix(name)))
  if (ofOptions !== undefined) return [...dropped((index) => index.table === withoutSuffix(ofOptions)), `ALTER TABLE ${quote(withoutSuffix(ofOptions))} RENAME TO ${quote(ofOptions)}`]
  const references = `${table}_rels`
  return present.has(references) ? [`UPDATE ${quote(references)} SET path = ${literal(to)} WHERE path = ${literal(from)}`] : []
}

const withoutSuffix = (name: string) => name.replace(new RegExp(`(?:${suffix})+$`), '')
/** Whether it is the table of the options of this field: names of fields are written with "_" there. */
const isOf = (name: string, table: string, field: string) => name.startsWith(`${table}_`) && name.slice(table.length + 1).replaceAll('_', '') === field.toLowerCase()

const quote = (name: string) => `\`${name}\``
const literal = (value: string | number) => (typeof value === 'number' ? String(value) : `'${value.replaceAll("'", "''")}'`)
