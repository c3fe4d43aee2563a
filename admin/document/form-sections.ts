import type { FieldDefinition } from '../../config/language/entity.ts'
import type { FormLayout, FormPart } from '../../config/language/form.ts'
import type { Text } from '../../config/language/text.ts'
import type { EntityView } from '../../plugins/core/views/entity-view.ts'
import { documentTexts } from '../locales/document-texts.ts'

export type ShownSection = { readonly key: string; readonly label: Text; readonly columns: number | undefined; readonly fields: readonly FieldDefinition[]; readonly part?: string | undefined }

/** The fields as the firm has laid them out; those that no section names come last. Sections without a field that is shown are left out. */
export function sectionsOf(layout: FormLayout | undefined, fields: readonly FieldDefinition[]): readonly ShownSection[] {
  if (!layout) return [{ key: 'details', label: documentTexts.details, columns: undefined, fields }]
  const byName = new Map(fields.map((field) => [field.name, field]))
  const placed = new Set(layout.sections.flatMap((section) => section.fields))
  const rest = fields.filter(({ name }) => !placed.has(name))
  const named = layout.sections.map(({ key, label, columns, part, fields: names }) => ({ key, label, columns, part, fields: names.flatMap((name) => byName.get(name) ?? []) }))
  return [...named, { key: '', label: documentTexts.otherFields, columns: undefined, part: layout.parts?.list.at(-1)?.key, fields: rest }].filter((section) => section.fields.length > 0)
}

/** What stands in a form: its fields, and its texts behind those that they follow; at the end where that is not to be seen. */
export const withTexts = ({ fields, texts = [] }: Pick<EntityView, 'fields' | 'texts'>): readonly FieldDefinition[] => texts.reduce((all, { field, after }) => {
  const at = after === null ? 0 : all.findIndex(({ name }) => name === after) + 1 || all.length
  return all.toSpliced(at, 0, field)
}, fields)

export type ShownPart = FormPart & { readonly sections: readonly ShownSection[] }

/** The tabs or steps of a form with their sections; those with nothing to show are left out. Empty: all sections stand below each other. */
export function partsOf({ parts }: Pick<FormLayout, 'parts'>, sections: readonly ShownSection[]): readonly ShownPart[] {
  const [first] = parts?.list ?? []
  const known = new Set(parts?.list.map(({ key }) => key))
  const keyOf = ({ part }: ShownSection) => (part !== undefined && known.has(part) ? part : first?.key)
  return (parts?.list ?? []).map((part) => ({ ...part, sections: sections.filter((section) => keyOf(section) === part.key) })).filter((part) => part.sections.length > 0)
}

export const fieldNamesOf = ({ sections }: Pick<ShownPart, 'sections'>): readonly string[] => sections.flatMap(({ fields }) => fields.map(({ name }) => name))
