import type { FieldDefinition, FieldType } from '../../config/language/entity.ts'
import type { FormDefinition } from '../../config/language/form.ts'
import type { Text } from '../../config/language/text.ts'
import type { FieldDraft, FormDraft } from '../../plugins/core/configuration/draft-shape.ts'
import { fieldTypeTexts } from '../locales/configuration-texts.ts'
import type { ColumnDraft } from './column-settings.ts'
import { keyedOptions } from './field-settings.ts'
import { partsOfDraft, sectionsOfDraft } from './layout-moves.ts'

/** Own fields in use as far as they are described: enough to be laid out, named in rules and previewed. */
export const soundFields = (fields: readonly FieldDraft[]): readonly FieldDefinition[] => fields
  .filter(({ retired, name, type }) => retired !== true && typeof name === 'string' && fieldTypeTexts[type as FieldType] !== undefined)
  .map(({ help, options, columns, content, ...field }) => ({
    ...(field as unknown as FieldDefinition), label: both(field.label, String(field.name)), ...(help ? { help: both(help, '') } : {}), ...(content ? { content: both(content, '') } : {}),
    ...(Array.isArray(columns) ? { columns: soundColumns(columns as readonly ColumnDraft[]) } : {}),
    ...(options ? { options: keyedOptions(options).map(({ value = '', label }) => ({ value, label: both(label, value) })) } : {}),
  }))

const soundColumns = (columns: readonly ColumnDraft[]): NonNullable<FieldDefinition['columns']> =>
  soundFields(columns).map((column) => ({ ...column, rules: soundForm({ rules: { [column.name]: columns.find(({ name }) => name === column.name)?.rules ?? {} } }).rules[column.name] ?? {} }))

/** A form as far as it is described: what has no message gets an empty one, a section without a title its key. */
export function soundForm(form: FormDraft): FormDefinition {
  const { rules } = form as FormDefinition
  const sections = sectionsOfDraft(form)
  const told = (message: Partial<Text> | undefined) => (message ? { message: both(message, '') } : {})
  return {
    rules: Object.fromEntries(Object.entries(rules).map(([name, { required, readOnly, options, checks, ...rest }]) => [name, {
      ...rest,
      ...Object.fromEntries(Object.entries({ required, readOnly, options }).flatMap(([kind, rule]) => (rule ? [[kind, { when: rule.when, ...told(rule.message) }]] : []))),
      ...(checks ? { checks: checks.map(({ holds, message }) => ({ holds, message: both(message, '') })) } : {}),
    }])),
    ...(sections ? { layout: { sections, ...(form.layout?.parts ? { parts: partsOfDraft(form.layout) } : {}) } as FormDefinition['layout'] } : {}),
  }
}

const both = (text: unknown, fallback: string): Text => ({ en: fallback, zh: fallback, ...(text as Partial<Text> | undefined) })
