import type { FieldDefinition, FieldType, RelationFilter } from '../../../config/language/entity.ts'
import type { Finding } from '../../../config/language/refusal.ts'
import type { Text } from '../../../config/language/text.ts'
import { allFields } from '../entities/system-fields.ts'
import type { Asked } from './lookup-findings.ts'
import { publishedFieldsOf } from './own-fields.ts'

/** What a filter can ask about: values that are the same or not. */
export const filterTypes: ReadonlySet<FieldType> = new Set(['text', 'email', 'phone', 'url', 'select', 'boolean', 'relation', 'sequence'])

/** Whether a filter can ask about this field of what is referred to. */
export const isFilterable = ({ type, many, hidden, retired }: FieldDefinition): boolean => filterTypes.has(type) && !many && !hidden && !retired

/** What is wrong with the filter of a reference. */
export function filterFindings(one: FieldDefinition, { path, entity, fields, known, added }: Asked): readonly Finding[] {
  const target = known.get(one.to ?? '')
  if (!one.filter || !target) return []
  const theirs = [...allFields(target), ...publishedFieldsOf({ fields: added }, target.slug)].filter(isFilterable)
  const ours = [...allFields(entity), ...fields].filter((field) => isFilterable(field) && field.name !== one.name)
  return one.filter.flatMap((filter, index): Finding[] => {
    const at = `${path}.filter.${index}`
    const asked = theirs.find(({ name }) => name === filter.field)
    if (!asked) return [finding('filterField', `${at}.field`, { en: `${one.label.en}: "${filter.field}" is no text, choice, yes or no, or reference of ${target.labels.en}. Choose one.`, zh: `“${one.label.zh}”：“${filter.field}”不是${target.labels.zh}的文本、选项、是/否或关联字段，请重新选择。` })]
    return isSound(filter, asked, ours) ? [] : [finding('filterValue', `${at}.${filter.same === undefined ? 'equals' : 'same'}`, { en: `${one.label.en}: say what ${asked.label.en} must be: a value of its own, or the same as a field of this form that refers to the same.`, zh: `“${one.label.zh}”：请说明“${asked.label.zh}”须为何值：固定值，或与此表单中同类字段一致。` })]
  })
}

function isSound({ equals, same }: RelationFilter, asked: FieldDefinition, ours: readonly FieldDefinition[]): boolean {
  if ((equals === undefined) === (same === undefined)) return false
  if (same !== undefined) return ours.some(({ name, type, to }) => name === same && type === asked.type && to === asked.to)
  if (asked.type === 'boolean') return typeof equals === 'boolean'
  return typeof equals === 'string' && (!asked.options || asked.options.some(({ value }) => value === equals))
}

const finding = (code: string, path: string, message: Text): Finding => ({ code, path, severity: 'error', message })
