import type { Payload } from 'payload'
import type { Finding } from '../../../config/language/refusal.ts'
import type { Text } from '../../../config/language/text.ts'
import type { Actor } from '../access/actor.ts'
import { requireRight } from '../access/can.ts'
import { platformOf } from '../platform/platform.ts'
import { importFields, type ImportField } from './import-fields.ts'
import type { ImportRecord, Mapping, Matching } from './import-record.ts'
import { requireImportable } from './import-rights.ts'

/** The fields that the actor may fill. @throws when its rights do not reach so far any more */
export function fieldsOfImport(payload: Payload, actor: Actor, { entity: slug, matching }: Pick<ImportRecord, 'entity' | 'matching'>): ImportField[] {
  const platform = platformOf(payload)
  const entity = requireImportable(platform, actor, slug)
  if (matching.existing === 'update') requireRight(actor, 'edit', entity)
  return importFields(platform, actor, entity)
}

type Asked = { readonly record: ImportRecord; readonly fields: readonly ImportField[]; readonly mapping: Mapping; readonly matching: Matching; readonly isComplete?: boolean }

/** What is wrong with a mapping: unknown columns and fields, a field twice, a key that no column gives; `isComplete`: required fields too. */
export function mappingFindings({ record, fields, mapping, matching, isComplete = false }: Asked): Finding[] {
  const findings: Finding[] = []
  const at = (path: string, message: Text) => findings.push({ code: 'mapping', path, severity: 'error', message })
  const known = new Map(fields.map((field) => [field.path, field]))
  const used = new Map<string, string>()
  for (const [column, target] of Object.entries(mapping)) {
    const path = `mapping.${column}`
    const header = record.columns[Number(column)]?.header
    if (header === undefined) at(path, { en: `The file has no column ${column.slice(0, 20)}.`, zh: `文件没有第 ${column.slice(0, 20)} 列。` })
    if (!target) continue
    const field = known.get(target.field)
    if (!field) {
      at(path, { en: `"${target.field.slice(0, 60)}" is no field that you may fill. Choose another one, or leave the column out.`, zh: `“${target.field.slice(0, 60)}”不是可导入的字段，请改选，或不导入该列。` })
      continue
    }
    const other = used.get(target.field)
    if (other !== undefined) at(path, { en: `${field.label.en} is filled by two columns, "${other}" and "${header ?? ''}". Leave one out.`, zh: `“${other}”和“${header ?? ''}”两列都映射到${field.label.zh}，请去掉一列。` })
    used.set(target.field, header ?? '')
    if (target.by !== undefined && !field.relation?.keys.some((key) => key.field === target.by)) {
      at(`${path}.by`, {
        en: field.relation ? `${field.label.en} is found by one of: ${field.relation.keys.map((key) => key.field).join(', ')}.` : `${field.label.en} leads to no other record: leave "by" out.`,
        zh: field.relation ? `${field.label.zh}可按以下字段查找：${field.relation.keys.map((key) => key.field).join('、')}。` : `${field.label.zh}不是关联字段，请去掉 by。`,
      })
    }
  }
  const key = matching.key === null ? undefined : known.get(matching.key)
  if (matching.key !== null && !key?.isKey) at('matching.key', { en: `Rows are matched by one of: ${fields.filter(({ isKey }) => isKey).map(({ path }) => path).join(', ')}.`, zh: `可用于匹配的字段：${fields.filter(({ isKey }) => isKey).map(({ path }) => path).join('、')}。` })
  else if (key && !used.has(key.path)) at('matching.key', { en: `No column gives ${key.label.en}, by which rows are to be matched. Map one, or choose another key.`, zh: `没有列映射到用于匹配的${key.label.zh}。请映射该列，或改选匹配字段。` })
  if (matching.existing === 'update' && matching.key === null) at('matching.key', { en: 'Choose the field by which a row finds the record that it changes.', zh: '请选择用于查找待更新记录的字段。' })
  if (isComplete && findings.length === 0) {
    if (used.size === 0) at('mapping', { en: 'No column is mapped to a field. Map at least one.', zh: '没有任何列映射到字段，请至少映射一列。' })
    // What exists already has its required fields; new records need theirs in the file, unless they are given them. Documents are given some.
    const isMaster = !fields.some(({ group, path, definition }) => group === 'lines' || (path === 'number' && definition.readOnly))
    if (isMaster && matching.existing !== 'update') for (const field of fields) if (mustBeMapped(field, used)) at('mapping', { en: `${field.label.en} is required and no column gives it. Map one.`, zh: `${field.label.zh}必填，但没有列映射到该字段，请映射。` })
  }
  return findings
}

const mustBeMapped = ({ path, definition }: ImportField, used: ReadonlyMap<string, string>): boolean =>
  Boolean(definition.required) && definition.default === undefined && !definition.givenWhenEmpty && !definition.filledFrom && !used.has(path)
