import type { FieldDefinition } from '../../config/language/entity.ts'
import type { Finding } from '../../config/language/refusal.ts'
import type { Json } from '../../config/language/text.ts'
import { finding, listed, say } from './messages.ts'
import type { Params } from './registry.ts'

/** Parameters of a guard or action against its declaration, in the field language of entities. */
export function checkParams({ fields = [], params = {}, path }: { readonly fields: readonly FieldDefinition[] | undefined; readonly params: Params | undefined; readonly path: string }): Finding[] {
  const known = new Set(fields.map((field) => field.name))
  return [
    ...Object.keys(params).filter((name) => !known.has(name)).map((name) => unknownParam(`${path}.params.${name}`, { name, fields })),
    ...fields.flatMap((field) => checkParam({ field, value: params[field.name], path: `${path}.params.${field.name}` })),
  ]
}

function checkParam({ field, value, path }: { readonly field: FieldDefinition; readonly value: Json | undefined; readonly path: string }): Finding[] {
  if (value === undefined || value === null) {
    return field.required ? [finding({ code: 'param-missing', path, message: say(`The parameter “${field.label.en}” is required.`, `参数“${field.label.zh}”为必填项。`) })] : []
  }
  const values = field.many ? (Array.isArray(value) ? (value as readonly Json[]) : undefined) : [value]
  if (values?.every((item) => fits(field, item))) return []
  const { en, zh } = expectation(field)
  return [finding({ code: 'param-wrong', path, message: say(`The parameter “${field.label.en}” must be ${field.many ? 'a list, each ' : ''}${en}.`, `参数“${field.label.zh}”必须是${field.many ? '列表，且每项为' : ''}${zh}。`) })]
}

function fits(field: FieldDefinition, value: Json): boolean {
  const { min = -Infinity, max = Infinity, maxLength = Infinity } = field
  switch (field.type) {
    case 'json':
      return true
    // Files belong to records; no workflow takes one.
    case 'file': case 'image':
      return false
    case 'boolean':
      return typeof value === 'boolean'
    case 'integer': case 'quantity': case 'unitPrice': case 'money': case 'percent': case 'rate':
      return Number.isSafeInteger(value) && Number(value) >= min && Number(value) <= max
    case 'select':
      return field.options?.some((option) => option.value === value) ?? false
    case 'date':
      return typeof value === 'string' && /^\d{4}-\d{2}-\d{2}$/.test(value) && !Number.isNaN(Date.parse(value))
    case 'dateTime':
      return typeof value === 'string' && /^\d{4}-\d{2}-\d{2}T.*Z$/.test(value) && !Number.isNaN(Date.parse(value))
    // No declaration of a guard or action asks for these.
    case 'table': case 'time': case 'duration': case 'rating': case 'sequence': case 'richText': case 'signature': case 'geolocation': case 'sectionText':
      return false
    case 'text': case 'longText': case 'email': case 'phone': case 'url': case 'relation':
      return typeof value === 'string' && value.length <= maxLength
  }
}

function expectation(field: FieldDefinition) {
  const { min, max } = field
  const range = say(`${min === undefined ? '' : ` from ${min}`}${max === undefined ? '' : ` up to ${max}`}`, `${min === undefined ? '' : `（不小于 ${min}）`}${max === undefined ? '' : `（不大于 ${max}）`}`)
  switch (field.type) {
    case 'boolean':
      return say('true or false', '布尔值')
    case 'integer': case 'quantity': case 'unitPrice': case 'money': case 'percent': case 'rate':
      return say(`a whole number${range.en}`, `整数${range.zh}`)
    case 'select': {
      const options = listed((field.options ?? []).map(({ value }) => say(value, value)))
      return say(`one of ${options.en}`, `以下之一：${options.zh}`)
    }
    case 'date':
      return say('a date (YYYY-MM-DD)', '日期（YYYY-MM-DD）')
    case 'dateTime':
      return say('a UTC time (ISO 8601)', 'UTC 时间（ISO 8601）')
    default:
      return say(field.maxLength === undefined ? 'a text' : `a text of up to ${field.maxLength} characters`, field.maxLength === undefined ? '文本' : `文本（不超过 ${field.maxLength} 个字符）`)
  }
}

function unknownParam(path: string, { name, fields }: { readonly name: string; readonly fields: readonly FieldDefinition[] }): Finding {
  const known = listed(fields.map((field) => say(field.name, field.name)))
  return finding({
    code: 'param-unknown',
    path,
    message: say(
      `There is no parameter “${name}”. ${fields.length > 0 ? `Known: ${known.en}.` : 'It takes none.'}`,
      `没有名为“${name}”的参数。${fields.length > 0 ? `可用参数：${known.zh}。` : '此项不接受参数。'}`,
    ),
  })
}
