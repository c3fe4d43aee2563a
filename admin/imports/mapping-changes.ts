import type { ImportColumn, Mapping } from '../../plugins/core/imports/import-record.ts'
import type { ColumnTarget } from '../../plugins/core/imports/propose-mapping.ts'
import type { ImportView } from './import-types.ts'
import type { ImportChange } from './use-import.ts'

/** A column gets a field, or none; a field that another column had moves over. */
export function withTarget(mapping: Mapping, column: number, target: ColumnTarget | null): Mapping {
  const freed = Object.entries(mapping).map(([index, old]): [string, ColumnTarget | null] => [index, target !== null && old?.field === target.field ? null : old])
  return { ...Object.fromEntries(freed), [column]: target }
}

/** As the columns' names propose it. */
export function proposedMapping({ columns }: Pick<ImportView, 'columns'>): Mapping {
  return Object.fromEntries(columns.map(({ index, proposed, by }: ImportColumn) => [index, proposed === null ? null : { field: proposed, ...(by === null ? {} : { by }) }]))
}

/** What tells records apart must come from a column: without it every row is a new one. */
export function changeWithMapping({ matching }: Pick<ImportView, 'matching'>, mapping: Mapping): ImportChange {
  const isGiven = matching.key === null || Object.values(mapping).some((target) => target?.field === matching.key)
  return isGiven ? { mapping } : { mapping, matching: { key: null, existing: 'refuse' } }
}
