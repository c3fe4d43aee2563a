import type { FieldDefinition } from '../../../config/language/entity.ts'
import type { Finding } from '../../../config/language/refusal.ts'
import type { Text } from '../../../config/language/text.ts'
import { isDate } from '../engine/dates.ts'
import { formatDecimal, parseDecimal, scaleOf } from '../engine/decimal.ts'
import { isDecimal } from './defaults.ts'

export type Decoded = { readonly values: Record<string, unknown>; readonly findings: readonly Finding[] }

/**
 * Spoken values to stored ones: decimal texts to scaled integers, types, options, lengths and limits checked. Every
 * problem is reported at once. `exponent`: digits of the currency's minor unit. `path` stands before field names.
 */
export function decodeInput(
  fields: readonly FieldDefinition[], data: unknown, { exponent, path = '', label }: { exponent: number; path?: string; label: Text },
): Decoded {
  if (typeof data !== 'object' || data === null || Array.isArray(data)) {
    return { values: {}, findings: [finding('notAnObject', path, { en: `${label.en} must be an object of fields.`, zh: `${label.zh}必须是字段对象。` })] }
  }
  const known = new Map(fields.map((field) => [field.name, field]))
  const values: Record<string, unknown> = {}
  const findings: Finding[] = []
  for (const [name, spoken] of Object.entries(data)) {
    const field = known.get(name)
    if (!field || field.readOnly) {
      findings.push(field ? readOnly(field, path) : unknown(name, path, label, fields))
      continue
    }
    const result = decodeField(field, spoken, exponent)
    if ('problem' in result) findings.push(finding('invalid', path + name, result.problem))
    else values[name] = result.value
  }
  return { values, findings }
}

type FieldResult = { readonly value: unknown } | { readonly problem: Text }

function decodeField(field: FieldDefinition, spoken: unknown, exponent: number): FieldResult {
  if (spoken === null || spoken === undefined || spoken === '') return { value: null }
  if (field.many) {
    if (!Array.isArray(spoken)) return wrong(field, 'a list', '列表')
    const results = spoken.map((item) => decodeField({ ...field, many: false }, item, exponent))
    return results.find((result) => 'problem' in result) ?? { value: results.map((result) => 'value' in result && result.value) }
  }
  if (isDecimal(field)) return decodeDecimal(field, spoken, exponent)
  switch (field.type) {
    case 'integer':
      return Number.isSafeInteger(spoken) ? limited(field, spoken as number, spoken as number) : wrong(field, 'a whole number', '整数')
    case 'boolean':
      return typeof spoken === 'boolean' ? { value: spoken } : wrong(field, 'true or false', '是或否')
    case 'date':
      return typeof spoken === 'string' && isDate(spoken) ? { value: spoken } : wrong(field, 'a date like 2026-11-21', '日期，如 2026-11-21')
    case 'dateTime': {
      const time = typeof spoken === 'string' ? Date.parse(spoken) : Number.NaN
      return Number.isNaN(time) ? wrong(field, 'a time like 2026-11-21T08:00:00Z', '时间，如 2026-11-21T08:00:00Z') : { value: new Date(time).toISOString() }
    }
    case 'select':
      return field.options?.some(({ value }) => value === spoken)
        ? { value: spoken }
        : wrong(field, `one of: ${field.options?.map(({ value }) => value).join(', ') ?? ''}`, `以下之一：${field.options?.map(({ value }) => value).join('、') ?? ''}`)
    case 'json':
      return { value: spoken }
    default:
      return decodeText(field, spoken)
  }
}

function decodeDecimal(field: FieldDefinition & { type: Parameters<typeof scaleOf>[0] }, spoken: unknown, exponent: number): FieldResult {
  if (typeof spoken !== 'string' && typeof spoken !== 'number') return wrong(field, 'a decimal like "12.5"', '小数，如 "12.5"')
  const scale = scaleOf(field.type, exponent)
  const parsed = parseDecimal(spoken, scale)
  if (!parsed.ok) return { problem: { en: `${field.label.en}: ${parsed.message.en}`, zh: `${field.label.zh}：${parsed.message.zh}` } }
  return limited(field, Number(formatDecimal(parsed.value, scale)), parsed.value)
}

/** `min` and `max` are given as people speak them. */
function limited(field: FieldDefinition, spoken: number, value: number): FieldResult {
  if (field.min !== undefined && spoken < field.min) return wrong(field, `at least ${field.min}`, `不小于 ${field.min}`)
  if (field.max !== undefined && spoken > field.max) return wrong(field, `at most ${field.max}`, `不大于 ${field.max}`)
  return { value }
}

export const longest = { text: 500, longText: 100_000 } as const
/** Lone surrogates and NUL cannot be stored by every database. */
export const unstorable = /\0|[\uD800-\uDBFF](?![\uDC00-\uDFFF])|(?<![\uD800-\uDBFF])[\uDC00-\uDFFF]/

function decodeText(field: FieldDefinition, spoken: unknown): FieldResult {
  if (typeof spoken !== 'string') return wrong(field, 'a text', '文本')
  const limit = field.maxLength ?? (field.type === 'longText' ? longest.longText : longest.text)
  if (spoken.length > limit) return wrong(field, `at most ${limit} characters long`, `不超过 ${limit} 个字符`)
  if (unstorable.test(spoken)) return wrong(field, 'a text without control or broken characters', '不含控制符或损坏字符的文本')
  if (field.type === 'email' && !isEmail(spoken)) return wrong(field, 'an email address like ann@firm.example', '邮箱地址，如 ann@firm.example')
  return { value: spoken.trim() }
}

export const isEmail = (text: string): boolean => /^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(text)

const wrong = (field: FieldDefinition, en: string, zh: string): FieldResult => ({
  problem: { en: `${field.label.en} must be ${en}.`, zh: `${field.label.zh}必须是${zh}。` },
})

const readOnly = (field: FieldDefinition, path: string): Finding =>
  finding('readOnly', path + field.name, {
    en: `${field.label.en} is kept by the platform and cannot be entered.`,
    zh: `${field.label.zh}由系统维护，不能录入。`,
  })

function unknown(name: string, path: string, label: Text, fields: readonly FieldDefinition[]): Finding {
  const known = fields.filter((field) => !field.readOnly && !field.hidden).map((field) => field.name).join(', ')
  return finding('unknownField', path + name.slice(0, 60), {
    en: `"${name.slice(0, 60)}" is not a field of ${label.en}. Fields: ${known}.`,
    zh: `“${name.slice(0, 60)}”不是${label.zh}的字段。可用字段：${known}。`,
  })
}

const finding = (code: string, path: string, message: Text): Finding => ({ code, path, severity: 'error', message })
