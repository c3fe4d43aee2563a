import type { EntityDefinition, FieldDefinition } from '../../../config/language/entity.ts'
import type { Finding } from '../../../config/language/refusal.ts'
import type { RevisionInputs } from '../../../config/language/revision.ts'
import type { Text } from '../../../config/language/text.ts'
import { formFields } from '../entities/system-fields.ts'
import { publishedFieldsOf } from './own-fields.ts'

/**
 * What SQLite could not tell apart: a reference stands in a column of its name with `_id` behind it, several options in a table of their own,
 * several references in one of their entity. Two definitions that would share such a name would write over each other.
 * @param entities with and without fields of the firm, those of its own too
 */
export function storageFindings(inputs: RevisionInputs, entities: readonly EntityDefinition[]): readonly Finding[] {
  const owners = new Map(entities.map((entity) => [tableOf(entity.slug), entity.labels]))
  return entities.flatMap((entity) => {
    const own = publishedFieldsOf(inputs, entity.slug)
    const columns = new Map(formFields(entity).map((field) => [columnOf(field), field.label]))
    return [
      ...own.flatMap((field, index) => {
        const column = columnOf(field)
        const other = column === undefined ? undefined : columns.get(column)
        if (column !== undefined) columns.set(column, field.label)
        return other ? [finding(`fields.${entity.slug}.${index}.name`, sameColumn(field, other))] : []
      }),
      ...[...entity.fields, ...own].flatMap((field) => {
        const table = sideTableOf(entity.slug, field)
        const other = table === undefined ? undefined : owners.get(table)
        if (table === undefined || !other) return []
        // The own one of the two gives way; of two own ones the field, which has no records yet or is where it stands wrong.
        const index = own.indexOf(field)
        return [index >= 0 ? finding(`fields.${entity.slug}.${index}.name`, sameTable(field, entity.labels, other)) : finding(`entities.${table.replaceAll('_', '-')}`, sameTable(field, entity.labels, other))]
      }),
    ]
  })
}

/** As the adapter writes names of fields: `unitPrice` as `unit_price`. */
const snake = (name: string) => name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)
const tableOf = (slug: string) => slug.replaceAll('-', '_')

/** Undefined: it stands in a table of its own, or holds nothing. */
const columnOf = ({ name, type, many }: FieldDefinition): string | undefined => (many || type === 'sectionText' ? undefined : type === 'relation' ? `${snake(name)}_id` : snake(name))
const sideTableOf = (slug: string, { name, type, many }: FieldDefinition): string | undefined => (many ? `${tableOf(slug)}_${type === 'relation' ? 'rels' : snake(name)}` : undefined)

const sameColumn = ({ name, label }: FieldDefinition, other: Text): Text => ({
  en: `${label.en} and ${other.en} would be stored under one name, since a reference is stored with "id" behind its key. Choose another key than "${name}".`,
  zh: `“${label.zh}”与“${other.zh}”的存储名称相同（关联字段以标识加“id”存储），请将标识“${name}”改为其他名称。`,
})
const sameTable = ({ label, name }: FieldDefinition, labels: Text, other: Text): Text => ({
  en: `What is chosen in ${label.en} of ${labels.en} would be stored under the name of ${other.en}. Choose another key than "${name}", or for one of the two forms.`,
  zh: `“${labels.zh}”的“${label.zh}”的多选值与“${other.zh}”的存储名称相同，请更换标识“${name}”，或更换其中一个表单的标识。`,
})
const finding = (path: string, message: Text): Finding => ({ code: 'nameTaken', path, severity: 'error', message })
