import type { EntityDefinition, FieldDefinition, FieldType } from '../../../config/language/entity.ts'
import type { Finding } from '../../../config/language/refusal.ts'
import type { RevisionInputs } from '../../../config/language/revision.ts'
import type { Text } from '../../../config/language/text.ts'
import { allFields } from '../entities/system-fields.ts'
import { publishedFieldsOf } from './own-fields.ts'

/** What can be taken over from another record: one value that stands for itself. */
export const lookupTypes: ReadonlySet<FieldType> = new Set(['text', 'longText', 'email', 'phone', 'url', 'integer', 'quantity', 'unitPrice', 'money', 'percent', 'rate', 'boolean', 'date', 'time', 'dateTime', 'duration', 'rating', 'sequence', 'geolocation'])

/** The type of the field that takes over this one; undefined where that is not possible. */
export const lookupTypeOf = ({ type, hidden, retired, many }: FieldDefinition): FieldType | undefined =>
  (hidden || retired || many || !lookupTypes.has(type) ? undefined : type === 'sequence' ? 'text' : type)

/** A field among the others of its form, and the forms around it. */
export type Asked = { readonly path: string; readonly entity: EntityDefinition; readonly fields: readonly FieldDefinition[]; readonly known: ReadonlyMap<string, EntityDefinition>; /** Fields that the firm adds, by entity. */ readonly added: RevisionInputs['fields'] }

/** What is wrong with a field that takes over what another record says. */
export function lookupFindings(one: FieldDefinition, { path, entity, fields, known, added }: Asked): readonly Finding[] {
  const { label, lookup } = one
  if (!lookup) return []
  const through = [...entity.fields, ...fields].find(({ name, retired }) => name === lookup.through && !retired)
  if (through?.type !== 'relation' || through.many || through.lookup) return [finding('lookupThrough', `${path}.lookup.through`, { en: `${label.en} is taken over through "${lookup.through}", which is no reference to one record in this form. Choose one.`, zh: `“${label.zh}”通过“${lookup.through}”取值，但它不是此表单中的单选关联字段，请重新选择。` })]
  const target = known.get(through.to ?? '')
  const source = target && [...allFields(target), ...publishedFieldsOf({ fields: added }, target.slug)].find(({ name }) => name === lookup.of)
  const type = source && lookupTypeOf(source)
  if (!target || !source || type === undefined) return [finding('lookupOf', `${path}.lookup.of`, { en: `${label.en}: "${lookup.of}" is no field of ${target?.labels.en ?? through.to ?? ''} that can be taken over. Choose a text, figure or date.`, zh: `“${label.zh}”：“${lookup.of}”不是${target?.labels.zh ?? through.to ?? ''}中可引用取值的字段，请选择文本、数值或日期字段。` })]
  if (one.type !== type) return [finding('lookupType', `${path}.type`, { en: `${label.en} takes over ${source.label.en}, so its type is ${type}.`, zh: `“${label.zh}”取自“${source.label.zh}”，类型须为 ${type}。` })]
  const needless = (['unique', 'default', 'min', 'max', 'maxLength', 'mask', 'scan'] as const).find((name) => one[name] !== undefined && one[name] !== false)
  return needless ? [finding('lookupSetting', `${path}.${needless}`, { en: `${label.en} is taken over, not entered: remove "${needless}".`, zh: `“${label.zh}”为引用取值，无需录入，请去掉 ${needless}。` })] : []
}

const finding = (code: string, path: string, message: Text): Finding => ({ code, path, severity: 'error', message })
