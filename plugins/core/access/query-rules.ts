import type { Where } from 'payload'
import type { FieldType } from '../../../config/language/entity.ts'
import type { Text } from '../../../config/language/text.ts'
import { fail } from '../errors.ts'

/** Operators of one field, each with its operand. */
export type Condition = Readonly<Record<string, unknown>>

/** Payload takes `and` and `or` in any case. */
export const isGroup = (key: string): boolean => /^(and|or)$/i.test(key)

const single: ReadonlySet<string> = new Set([
  'equals', 'not_equals', 'exists', 'greater_than', 'greater_than_equal', 'less_than', 'less_than_equal', 'like', 'not_like', 'contains',
])
const several: ReadonlySet<string> = new Set(['in', 'not_in', 'all'])
const times: ReadonlySet<string> = new Set(['createdAt', 'updatedAt'])

/** Refuses with 400 a filter that is no filter, before a database stumbles over it. */
export function requireWhere(where: Where): void {
  if (!isPlain(where)) refuse(noFilter)
  for (const [key, value] of Object.entries(where)) {
    if (isGroup(key)) {
      if (!Array.isArray(value)) refuse({ en: `"${key}" takes a list of filters, like where[${key}][0][status][equals]=active.`, zh: `“${key}”须为筛选条件列表，例如 where[${key}][0][status][equals]=active。` })
      value.forEach(requireWhere)
    } else requireCondition(key.slice(0, 60), value)
  }
}

function requireCondition(name: string, condition: unknown): void {
  if (!isPlain(condition)) refuse({ en: `The filter on "${name}" needs an operator, like where[${name}][equals]=…`, zh: `对“${name}”的筛选缺少运算符，例如 where[${name}][equals]=…` })
  for (const [operator, operand] of Object.entries(condition)) {
    if (!single.has(operator) && !several.has(operator)) {
      const known = [...single, ...several].join(', ')
      refuse({ en: `"${operator.slice(0, 60)}" is no operator. Known: ${known}.`, zh: `“${operator.slice(0, 60)}”不是运算符。可用：${known}。` })
    }
    if (!isScalar(operand) && !(several.has(operator) && Array.isArray(operand) && operand.every(isScalar))) {
      refuse({ en: `"${operator}" on "${name}" takes ${several.has(operator) ? 'a list of values' : 'one value'}.`, zh: `对“${name}”的“${operator}”须为${several.has(operator) ? '值列表' : '单个值'}。` })
    }
  }
  if (times.has(name)) requireComparable(name, 'dateTime', condition)
}

/** Refuses with 400 a value that cannot be compared with a field of the type: one database would stumble over it. */
export function requireComparable(name: string, type: FieldType, condition: Condition): void {
  const rule = comparable[type]
  if (!rule) return
  for (const [operator, operand] of Object.entries(condition)) {
    const values = typeof operand === 'string' && several.has(operator) ? operand.split(',') : [operand].flat()
    if (operator === 'exists' || values.every((value) => value === null || value === 'null' || rule.fits(String(value)))) continue
    refuse({ en: `"${name}" is compared with ${rule.example.en}.`, zh: `“${name}”须与${rule.example.zh}比较。` })
  }
}

const comparable: Partial<Record<FieldType, { readonly fits: (value: string) => boolean; readonly example: Text }>> = {
  dateTime: { fits: (value) => !Number.isNaN(Date.parse(value)), example: { en: 'a time like 2026-11-21T08:00:00Z', zh: '时间（例如 2026-11-21T08:00:00Z）' } },
  integer: { fits: (value) => /^-?\d{1,15}$/.test(value), example: { en: 'a whole number', zh: '整数' } },
  boolean: { fits: (value) => value === 'true' || value === 'false', example: { en: 'true or false', zh: 'true 或 false' } },
}

/** Refuses with 400 a sort that names no path. */
export function requireSort(sort: unknown): void {
  for (const name of [sort ?? []].flat()) {
    if (typeof name === 'string' && name.split(',').every((part) => /^-?\w+(\.\w+)*$/.test(part.trim()))) continue
    refuse({ en: 'sort is the name of a field, with "-" in front to begin with the largest.', zh: 'sort 须为字段名，前加“-”表示降序。' })
  }
}

const largest = { limit: 100_000_000, page: 10_000_000 } as const

/** Refuses with 400 a page or limit that no database can count to. */
export function requirePaging(query: { readonly limit?: unknown; readonly page?: unknown }): void {
  for (const name of ['limit', 'page'] as const) {
    const value = query[name]
    if (value === undefined || value === null || (Number.isSafeInteger(value) && Number(value) >= 0 && Number(value) <= largest[name])) continue
    refuse({ en: `"${name}" must be a whole number from 0 to ${largest[name]}.`, zh: `“${name}”须为 0 至 ${largest[name]} 的整数。` })
  }
}

const noFilter: Text = { en: 'A filter is an object like where[status][equals]=active.', zh: '筛选条件须为对象，例如 where[status][equals]=active。' }
const isPlain = (value: unknown): value is Condition => typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof Date)
const isScalar = (value: unknown) => value === null || value === undefined || ['string', 'number', 'boolean'].includes(typeof value) || value instanceof Date

function refuse(reason: Text): never {
  fail('badRequest', { reason })
}
