import type { ColumnRules, FieldType } from '../../config/language/entity.ts'
import type { FieldRules } from '../../config/language/form.ts'
import type { Text } from '../../config/language/text.ts'
import type { FieldDraft } from '../../plugins/core/configuration/draft-shape.ts'
import { columnTypes } from '../../plugins/core/platform/table-findings.ts'
import { fieldTypeTexts } from '../locales/configuration-texts.ts'
import { keyedOptions, keyOf, tidy } from './field-settings.ts'
import { tidyRules } from './tidy-rules.ts'

export type ColumnDraft = FieldDraft & { readonly total?: boolean; readonly rules?: ColumnRules }
export const columnsOf = (columns: unknown): readonly ColumnDraft[] => (Array.isArray(columns) ? (columns as readonly ColumnDraft[]) : [])

/** Rules that a column can have: they know its row alone. */
export const rulesOfColumns = ['required', 'computed', 'options', 'checks'] as const satisfies readonly (keyof FieldRules)[]

/** Columns that were named get the keys they lack; those left empty go. */
export function keyedColumns(columns: unknown): readonly ColumnDraft[] {
  const taken = new Set(columnsOf(columns).flatMap(({ name }) => (typeof name === 'string' && name !== '' ? [name.toLowerCase()] : [])))
  return columnsOf(columns).flatMap(({ rules, ...column }): ColumnDraft[] => {
    const { label, ...rest } = tidy(column) as ColumnDraft
    if (!label) return rest.name ? [rest] : []
    const name = typeof rest.name === 'string' && rest.name !== '' ? rest.name : keyOf((label as Text).en, taken, 'column')
    taken.add(name.toLowerCase())
    const tidied = tidyRules(rules ?? {})
    return [{ ...rest, name, label, ...(rest.type === 'select' ? { options: keyedOptions(rest.options) } : {}), ...(Object.keys(tidied).length > 0 ? { rules: tidied } : {}) }]
  })
}

/** The types a cell can be of, by what people call them. */
export const columnTypeOptions = Object.entries(fieldTypeTexts).filter(([type]) => columnTypes.has(type as FieldType)).map(([value, label]) => ({ value, label }))
