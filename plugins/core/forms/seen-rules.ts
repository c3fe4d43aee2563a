import type { FieldDefinition } from '../../../config/language/entity.ts'
import type { FieldRules } from '../../../config/language/form.ts'
import type { FieldProgram, FormProgram } from './compile-form.ts'

type Names = ReadonlySet<string>

/** The rules of fields that someone sees which ask for nothing else; of lines, `head`: what is seen of their document. The server asks all rules. */
export function seenRules({ steps }: FormProgram, seen: Names, head?: Names): Readonly<Record<string, FieldRules>> {
  const shown = steps.filter(({ field, references, ofHead }) => seen.has(field.name) && [...references].every((name) => seen.has(name)) && headNamesOf(ofHead).every((name) => head?.has(name)))
  return Object.fromEntries(shown.map(({ field, rules }) => [field.name, rules]))
}

/** A table without what its columns say of fields of the form that `seen` does not have: their rules, and what is computed of them. */
export function seenTable(field: FieldDefinition, program: FormProgram | undefined, seen: Names): FieldDefinition {
  const rows = program?.steps.find((step) => step.field.name === field.name)?.table
  const blind = new Set((rows?.steps ?? []).filter(({ ofHead }) => headNamesOf(ofHead).some((name) => !seen.has(name))).map((step) => step.field.name))
  if (blind.size === 0) return field
  return { ...field, columns: (field.columns ?? []).flatMap(({ rules, ...column }) => (!blind.has(column.name) ? [{ ...column, ...(rules && { rules }) }] : rules?.computed === undefined ? [column] : [])) }
}

const headNamesOf = ({ madeOf, asks }: FieldProgram['ofHead']): readonly string[] => [...madeOf, ...asks]
