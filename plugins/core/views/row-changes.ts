import type { FieldDefinition } from '../../../config/language/entity.ts'
import type { Text } from '../../../config/language/text.ts'
import type { ChangeView } from './history-view.ts'

type Rows = readonly Readonly<Record<string, unknown>>[]

/** More than a person reads in one entry. */
const mostChanges = 20

/** What differs between two states of a table, cell by cell where rows stand at the same place; of many differences, how many rows there were. */
export function rowChanges(field: FieldDefinition, before: unknown, after: unknown): readonly ChangeView[] {
  const [old, now] = [before, after].map((rows) => (Array.isArray(rows) ? (rows as Rows) : [])) as [Rows, Rows]
  const changes = Array.from({ length: Math.max(old.length, now.length) }, (_, index) => index).flatMap((index) =>
    (field.columns ?? []).flatMap((column): ChangeView[] => {
      const [was, is] = [old[index]?.[column.name] ?? null, now[index]?.[column.name] ?? null]
      return was === is || (was ?? false) === (is ?? false) ? [] : [{ field: { ...column, label: placed(field.label, index + 1, column.label) }, before: was, after: is }]
    }))
  return changes.length <= mostChanges ? changes : [{ field: { name: field.name, type: 'integer', label: counted(field.label) }, before: old.length, after: now.length }]
}

const placed = (table: Text, row: number, column: Text): Text => ({ en: `${table.en} ${row}, ${column.en}`, zh: `${table.zh}第 ${row} 行${column.zh}` })
const counted = (table: Text): Text => ({ en: `${table.en}, rows`, zh: `${table.zh}行数` })
