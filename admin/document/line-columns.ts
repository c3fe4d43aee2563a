import type { FieldDefinition } from '../../config/language/entity.ts'
import type { SpokenRow } from '../../plugins/core/views/document-view.ts'
import type { LinesView } from '../../plugins/core/views/entity-view.ts'

/** The columns of lines that are only read: those that no line fills, or that are zero in all, are left out. */
export function toldColumns({ fields, columns }: Pick<LinesView, 'fields' | 'columns'>, rows: readonly SpokenRow[]): FieldDefinition[] {
  const known = new Map(fields.map((field) => [field.name, field]))
  return columns.flatMap((name) => known.get(name) ?? []).filter((field) => rows.some((row) => tells(field, row[field.name])))
}

/** Nothing reserved, no discount: a column of zeros says nothing. What was ordered and its price stay. */
function tells({ name, type, readOnly }: FieldDefinition, value: unknown): boolean {
  if (value === null || value === undefined || value === '') return false
  return !((type === 'percent' || (readOnly && type === 'quantity')) && name !== 'quantity' && Number(value) === 0)
}
