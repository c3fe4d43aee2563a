import type { Where } from 'payload'
import type { FieldType } from '../../../config/language/entity.ts'
import type { Text } from '../../../config/language/text.ts'
import { isTime } from '../commands/input.ts'
import { isDate } from '../engine/dates.ts'
import { failQuestion } from '../errors.ts'

/** Operators of one field, each with its operand. */
export type Condition = Readonly<Record<string, unknown>>

/** Payload takes `and` and `or` in any case. */
export const isGroup = (key: string): boolean => /^(and|or)$/i.test(key)

const single: ReadonlySet<string> = new Set([
  'equals', 'not_equals', 'exists', 'greater_than', 'greater_than_equal', 'less_than', 'less_than_equal', 'like', 'not_like', 'contains',
])
const several: ReadonlySet<string> = new Set(['in', 'not_in'])
const ofTexts: ReadonlySet<string> = new Set(['like', 'not_like', 'contains'])
const times: ReadonlySet<string> = new Set(['createdAt', 'updatedAt'])

/** Refuses with 400 a filter that is no filter, before a database stumbles over it. */
export function requireWhere(where: Where): void {
  if (!isPlain(where)) failQuestion('where', noFilter)
  for (const [key, value] of Object.entries(where)) {
    if (isGroup(key)) {
      if (!Array.isArray(value)) failQuestion('where', { en: `"${key}" takes a list of filters, like where[${key}][0][status][equals]=active.`, zh: `“${key}”须为筛选条件列表，例如 where[${key}][0][status][equals]=active。` })
      value.forEach(requireWhere)
    } else requireCondition(key.slice(0, 60), value)
  }
}

function requireCondition(name: string, condition: unknown): void {
  if (!isPlain(condition)) failQuestion(`where.${name}`, { en: `The filter on "${name}" needs an operator, like where[${name}][equals]=…`, zh: `对“${name}”的筛选缺少运算符，例如 where[${name}][equals]=…` })
  for (const [operator, operand] of Object.entries(condition)) {
    if (!single.has(operator) && !several.has(operator)) {
      const known = [...single, ...several].join(', ')
      failQuestion(`where.${name}`, { en: `"${operator.slice(0, 60)}" is no operator. Known: ${known}.`, zh: `“${operator.slice(0, 60)}”不是运算符。可用：${known}。` })
    }
    requireReadable(`where.${name}`, operand)
    if (!isScalar(operand) && !(several.has(operator) && Array.isArray(operand) && operand.every(isScalar))) {
      failQuestion(`where.${name}`, { en: `"${operator}" on "${name}" takes ${several.has(operator) ? 'a list of values' : 'one value'}.`, zh: `对“${name}”的“${operator}”须为${several.has(operator) ? '值列表' : '单个值'}。` })
    }
  }
  // One database would read the comma as a list of ids.
  if (/(?:^|\.|__)id$/.test(name) && [...single].some((operator) => operator !== 'exists' && String(condition[operator]).includes(','))) {
    failQuestion(`where.${name}`, { en: `An id has no comma. Ask for several with where[${name}][in]=….`, zh: `id 不含逗号。查询多个请用 where[${name}][in]=…。` })
  }
  if (times.has(name)) requireComparable(name, 'dateTime', condition)
}

/** Refuses with 400 a value that cannot be compared with a field of the type: one database would stumble over it. */
export function requireComparable(name: string, type: FieldType, condition: Condition): void {
  if (type === 'table' && Object.keys(condition).some((operator) => operator !== 'exists')) failQuestion(`where.${name}`, { en: `"${name}" holds rows, which cannot be compared. Ask whether there are any, with where[${name}][exists]=true.`, zh: `“${name}”为表格，不能比较，请用 where[${name}][exists]=true 查询是否有行。` })
  if (type === 'richText' && Object.keys(condition).some((operator) => operator !== 'exists')) failQuestion(`where.${name}`, { en: `"${name}" holds headings and lists, which cannot be compared. Ask whether there is anything, with where[${name}][exists]=true.`, zh: `“${name}”为富文本，不能比较，请用 where[${name}][exists]=true 查询是否有内容。` })
  const textual = Object.keys(condition).find((operator) => ofTexts.has(operator))
  if (textual !== undefined && !words.has(type)) failQuestion(`where.${name}`, { en: `"${name}" is no text, so "${textual}" finds nothing in it. Use equals, greater_than or less_than.`, zh: `“${name}”不是文本，不能用“${textual}”查找，请改用 equals、greater_than 或 less_than。` })
  const rule = comparable[type]
  if (!rule) return
  for (const [operator, operand] of Object.entries(condition)) {
    const values = typeof operand === 'string' && several.has(operator) ? operand.split(',') : [operand].flat()
    if (operator === 'exists') continue
    const wrong = values.find((value) => value !== null && value !== 'null' && !rule.fits(value instanceof Date ? dateText(value) : String(value)))
    if (wrong === undefined) continue
    const said = String(wrong).slice(0, 60)
    failQuestion(`where.${name}`, { en: `"${name}" cannot be compared with "${said}". Write ${rule.example.en}.`, zh: `“${name}”不能与“${said}”比较，请填写${rule.example.zh}。` })
  }
}

/** Types that are searched by words; one database has no words in the others. */
const words: ReadonlySet<FieldType> = new Set(['text', 'longText', 'email', 'phone', 'url', 'select', 'relation', 'date', 'time', 'sequence', 'json', 'file', 'image', 'signature', 'geolocation'])

const comparable: Partial<Record<FieldType, { readonly fits: (value: string) => boolean; readonly example: Text }>> = {
  date: { fits: isDate, example: { en: 'a date like 2026-11-21', zh: '日期（例如 2026-11-21）' } },
  dateTime: { fits: (value) => /^\d{4}-\d{2}-\d{2}/.test(value) && !Number.isNaN(Date.parse(value)), example: { en: 'a time like 2026-11-21T08:00:00Z', zh: '时间（例如 2026-11-21T08:00:00Z）' } },
  integer: { fits: (value) => /^-?\d{1,15}$/.test(value), example: { en: 'a whole number', zh: '整数' } },
  duration: { fits: (value) => /^\d{1,9}$/.test(value), example: { en: 'whole minutes', zh: '整数分钟' } },
  rating: { fits: (value) => /^\d{1,2}$/.test(value), example: { en: 'a number of stars', zh: '星级数' } },
  time: { fits: isTime, example: { en: 'a time like 08:30', zh: '时间（例如 08:30）' } },
  boolean: { fits: (value) => value === 'true' || value === 'false', example: { en: 'true or false', zh: 'true 或 false' } },
}

/** Refuses with 400 a body that is no object of fields. */
export function requireObject(body: unknown): void {
  if (!isPlain(body)) failQuestion('', { en: 'The body must be a JSON object like {"name": "…"}, sent as application/json.', zh: '请求正文必须是 JSON 对象，例如 {"name": "…"}，并以 application/json 发送。' })
}

/** Refuses with 400 words with NUL: no text has it, and one database would find it in every text. */
export function requireReadable(name: string, value: unknown): void {
  if ([value].flat().some((one) => typeof one === 'string' && one.includes('\0'))) failQuestion(name, { en: `"${name}" holds the character NUL, which no text has. Leave it out.`, zh: `“${name}”含有 NUL 字符，任何文本中都不会出现，请将其去掉。` })
}

/** Refuses with 400 a sort that names no path. */
export function requireSort(sort: unknown): void {
  for (const name of [sort ?? []].flat()) {
    if (typeof name === 'string' && name.split(',').every((part) => /^-?\w+(\.\w+)*$/.test(part.trim()))) continue
    failQuestion('sort', { en: 'sort is the name of a field, with "-" in front to begin with the largest.', zh: 'sort 须为字段名，前加“-”表示降序。' })
  }
}

/** Rows that one answer of a list holds at most. */
export const largestPage = 1_000

export const largest = { limit: 100_000_000, page: 10_000_000, depth: 10 } as const

/** Refuses with 400 a page or limit that no database can count to, and a depth that is none. */
export function requirePaging(query: { readonly limit?: unknown; readonly page?: unknown; readonly depth?: unknown }): void {
  for (const name of ['limit', 'page', 'depth'] as const) {
    const value = query[name]
    if (value === undefined || value === null || isWithin(name, value)) continue
    failQuestion(name, outOfBounds(name, typeof value === 'string' ? value : JSON.stringify(value)))
  }
}

/** What a list, a count or one document of the REST API can be asked with; the last ones come from Payload's own pages. */
const parameters = ['where', 'sort', 'limit', 'page', 'pagination', 'depth', 'select', 'populate', 'joins', 'locale', 'fallback-locale', 'draft', 'trash'] as const

/**
 * Refuses with 400 a parameter that nobody reads: it may be a misspelt filter, and without it the answer is to another question. Does nothing
 * where the address asks for something else than rows of the collection `slug`.
 */
export function requireKnown(url: string | undefined, slug: string): void {
  if (!url) return
  const { pathname, searchParams } = new URL(url, 'http://localhost')
  const [, , collection, door, more] = pathname.split('/')
  if (collection !== slug || more !== undefined || door === 'export') return
  for (const name of searchParams.keys()) {
    const [first = ''] = name.split('[', 1)
    if (parameters.some((known) => known === first)) continue
    const said = name.slice(0, 60)
    failQuestion(said, { en: `"${said}" is not a parameter here. Use ${parameters.join(', ')}.`, zh: `此处没有参数“${said}”。可用：${parameters.join('、')}。` })
  }
}

/**
 * Refuses with 400 what stands in a REST address and is of the wrong type: Payload would take it for nothing and answer
 * another question. `url`: absent where nothing was asked by an address.
 */
export function requireParameters(url: string | undefined): void {
  if (!url) return
  const asked = new URL(url, 'http://localhost').searchParams
  for (const [name, value] of asked) {
    if (/^(limit|page|depth|pagination)$/.test(name) && asked.getAll(name).length > 1) oneValue(name)
    if (name === 'limit' && value !== '' && !isPage(value)) failQuestion(name, page(value))
    if (name === 'pagination' && value === 'false' && !isPage(asked.get('limit') ?? '')) failQuestion(name, page(''))
    if (counted.test(name) && value !== '' && !(/^\d{1,9}$/.test(value) && isWithin(countOf(name), Number(value)))) failQuestion(name, outOfBounds(name, value))
    if (name === 'pagination' && value !== 'true' && value !== 'false') failQuestion(name, { en: '"pagination" must be true or false.', zh: '“pagination”须为 true 或 false。' })
    if (/^(limit|page|depth|pagination)\[/.test(name)) oneValue(name.split('[', 1)[0] ?? name)
    if (/^sort\[(?!\d*\]$)/.test(name)) requireSort({})
    if (/^(select|populate|joins)$/.test(name)) failQuestion(name, { en: `"${name}" names fields, like ${name}[lines]=…`, zh: `“${name}”须指明字段，例如 ${name}[lines]=…` })
  }
}

const isPage = (text: string) => /^\d{1,4}$/.test(text) && Number(text) >= 1 && Number(text) <= largestPage

const page = (said: string): Text => ({
  en: `"limit" must be a whole number from 1 to ${largestPage}${said === '' ? ' where "pagination" is false' : `, not "${said.slice(0, 60)}"`}. Read further pages with "page", or everything with /export.`,
  zh: `${said === '' ? '“pagination”为 false 时，' : ''}“limit”须为 1 至 ${largestPage} 的整数${said === '' ? '' : `，而不是“${said.slice(0, 60)}”`}。更多数据请用“page”翻页，或用 /export 导出全部。`,
})

function oneValue(name: string): never {
  failQuestion(name, { en: `"${name}" takes one value.`, zh: `“${name}”只能有一个值。` })
}

type Count = keyof typeof largest

/** What is counted by a parameter, perhaps of joined rows, as in joins[lines][page]. */
const countOf = (name: string): Count => (['page', 'depth'] as const).find((count) => name.replace(/\]$/, '').endsWith(count)) ?? 'limit'

const least = (count: Count) => (count === 'page' ? 1 : 0)

const isWithin = (count: Count, value: unknown) => Number.isSafeInteger(value) && Number(value) >= least(count) && Number(value) <= largest[count]

function outOfBounds(name: string, said: string): Text {
  const count = countOf(name)
  return {
    en: `"${name}" must be a whole number from ${least(count)} to ${largest[count]}, not "${said.slice(0, 60)}".`,
    zh: `“${name}”须为 ${least(count)} 至 ${largest[count]} 的整数，而不是“${said.slice(0, 60)}”。`,
  }
}

const counted = /^(limit|page|depth|joins\[\w+\]\[(limit|page)\])$/

const noFilter: Text = { en: 'A filter is an object like where[status][equals]=active.', zh: '筛选条件须为对象，例如 where[status][equals]=active。' }
const dateText = (value: Date) => (Number.isNaN(value.getTime()) ? '' : value.toISOString())
const isPlain = (value: unknown): value is Condition => typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof Date)
const isScalar = (value: unknown) => value === null || value === undefined || ['string', 'number', 'boolean'].includes(typeof value) || value instanceof Date
