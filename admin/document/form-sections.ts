import type { FieldDefinition } from '../../config/language/entity.ts'
import type { FormDefinition } from '../../config/language/form.ts'
import type { Text } from '../../config/language/text.ts'
import { documentTexts } from '../locales/document-texts.ts'

export type ShownSection = { readonly key: string; readonly label: Text; readonly columns: number | undefined; readonly fields: readonly FieldDefinition[] }

/** The fields as the firm has laid them out; those that no section names come last. Sections without a field that is shown are left out. */
export function sectionsOf(layout: FormDefinition['layout'], fields: readonly FieldDefinition[]): readonly ShownSection[] {
  if (!layout) return [{ key: 'details', label: documentTexts.details, columns: undefined, fields }]
  const byName = new Map(fields.map((field) => [field.name, field]))
  const placed = new Set(layout.sections.flatMap((section) => section.fields))
  const rest = fields.filter(({ name }) => !placed.has(name))
  const named = layout.sections.map(({ key, label, columns, fields: names }) => ({ key, label, columns, fields: names.flatMap((name) => byName.get(name) ?? []) }))
  return [...named, { key: '', label: documentTexts.otherFields, columns: undefined, fields: rest }].filter((section) => section.fields.length > 0)
}
