import { filledCells } from '../../../config/expression/rule-values.ts'
import type { ColumnDefinition, FieldDefinition } from '../../../config/language/entity.ts'
import { isImageName, readFileValue, uploadOf } from '../../../config/language/file-value.ts'
import { readPosition, writePosition } from '../../../config/language/position.ts'
import type { Finding } from '../../../config/language/refusal.ts'
import { readRichText } from '../../../config/language/rich-text.ts'
import { readMark, readSignature } from '../../../config/language/signature.ts'
import type { Text } from '../../../config/language/text.ts'
import { isDate } from '../engine/dates.ts'
import { formatDecimal, parseDecimal, scaleOf } from '../engine/decimal.ts'
import { fitsMask } from '../engine/masks.ts'
import { rowsBefore } from '../forms/rows-before.ts'
import { isDecimal } from './defaults.ts'

export type Decoded = { readonly values: Record<string, unknown>; readonly findings: readonly Finding[] }

/** `stood`: as it is stored; what it held may stay, though limits have become stricter since. */
type Decoding = { readonly exponent: number; readonly path?: string; readonly label: Text; readonly stood?: Readonly<Record<string, unknown>> | undefined }

/**
 * Spoken values to stored ones: decimal texts to scaled integers, types, options, lengths and limits checked. Every
 * problem is reported at once. `exponent`: digits of the currency's minor unit. `path` stands before field names.
 */
export function decodeInput(fields: readonly FieldDefinition[], data: unknown, { exponent, path = '', label, stood }: Decoding): Decoded {
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
    if (field.type === 'table') {
      const rows = decodeRows(field, spoken, { exponent, path: path + name, stood: stood?.[name] })
      findings.push(...rows.findings)
      values[name] = rows.value
      continue
    }
    const result = allowed(field, spoken, { exponent, stood: stood?.[name] })
    if ('problem' in result) findings.push(finding('invalid', path + name, result.problem))
    else values[name] = result.value
  }
  return { values, findings }
}

/** Rows that a table takes at most, and columns that it has. */
export const mostRows = 500

/** The field without the limits that a firm can make stricter. */
function unlimited(field: FieldDefinition): FieldDefinition {
  const { mask: _, maxRows: _most, ...rest } = field
  return { ...rest, min: -Infinity, max: Infinity, maxLength: longest.longText, ...(field.columns && { columns: field.columns.map((column) => unlimited(column) as ColumnDefinition) }) }
}

/** What is spoken of a record, as it is stored, whatever the limits are by now: `stood` of what is decoded next. */
export function standing(fields: readonly FieldDefinition[], spoken: Readonly<Record<string, unknown>>, { exponent, label }: Pick<Decoding, 'exponent' | 'label'>): Readonly<Record<string, unknown>> {
  const known = fields.filter(({ name, readOnly }) => !readOnly && Object.hasOwn(spoken, name))
  return decodeInput(known.map(unlimited), Object.fromEntries(known.map(({ name }) => [name, spoken[name]])), { exponent, label }).values
}

/** Within the limits, or what stood there before they were made so. */
function allowed(field: FieldDefinition, spoken: unknown, { exponent, stood }: { readonly exponent: number; readonly stood: unknown }): FieldResult {
  const result = decodeField(field, spoken, exponent)
  if ('value' in result || stood === undefined || stood === null) return result
  const kept = decodeField(unlimited(field), spoken, exponent)
  return 'value' in kept && JSON.stringify(kept.value) === JSON.stringify(stood) ? kept : result
}

/** The rows of a table, each as it is stored; what is wrong stands at its row and column, like `items.0.price`. */
function decodeRows(field: FieldDefinition, spoken: unknown, { exponent, path, stood }: { readonly exponent: number; readonly path: string; readonly stood: unknown }): { readonly value: unknown; readonly findings: readonly Finding[] } {
  const { columns = [], label, maxRows = mostRows } = field
  if (spoken === null || spoken === undefined || spoken === '') return { value: null, findings: [] }
  if (!Array.isArray(spoken)) return { value: null, findings: [finding('invalid', path, { en: `${label.en} must be a list of rows, each an object of its columns.`, zh: `${label.zh}必须是行的列表，每行为各列的对象。` })] }
  const before = Array.isArray(stood) && spoken.length <= mostRows ? rowsThatStood(field, spoken, { exponent, stood: stood as readonly StoredRow[] }) : undefined
  if (spoken.length > maxRows && !before?.isUnchanged) return { value: null, findings: [finding('tooManyRows', path, { en: `${label.en}: at most ${maxRows} rows. Leave ${spoken.length - maxRows} out.`, zh: `${label.zh}最多 ${maxRows} 行，请去掉 ${spoken.length - maxRows} 行。` })] }
  const computed = columns.filter(({ rules }) => rules?.computed !== undefined).map(({ name }) => name)
  const decoded = spoken.map((row, index) => {
    const { values, findings } = decodeInput(columns, row, { exponent, label, path: `${path}.${index}.`, stood: before?.rows[index] })
    const stored = filledCells(field, ({ name }) => values[name])
    const isEmpty = findings.length === 0 && Object.keys(stored).every((name) => computed.includes(name))
    return { stored, findings: isEmpty ? [finding('emptyRow', `${path}.${index}`, { en: `${label.en}: row ${index + 1} is empty. Fill it in or leave it out.`, zh: `${label.zh}第 ${index + 1} 行为空，请填写或删除。` })] : findings }
  })
  return { value: decoded.length === 0 ? null : decoded.map(({ stored }) => stored), findings: decoded.flatMap(({ findings }) => findings).slice(0, mostFindings) }
}

const mostFindings = 100

type StoredRow = Readonly<Record<string, unknown>>

/** What each of the rows was before, and whether they are what stood there. */
function rowsThatStood({ columns = [], label }: FieldDefinition, spoken: readonly unknown[], { exponent, stood }: { readonly exponent: number; readonly stood: readonly StoredRow[] }): { readonly rows: readonly (StoredRow | undefined)[]; readonly isUnchanged: boolean } {
  const entered = columns.filter(({ rules }) => rules?.computed === undefined)
  const texts = (row: StoredRow) => entered.map(({ name }) => { const cell = row[name] ?? false; return cell === false ? '' : JSON.stringify(cell) })
  const free = columns.map(unlimited)
  const now = spoken.map((row) => texts(decodeInput(free, row, { exponent, label }).values))
  const before = stood.map(texts)
  return { rows: rowsBefore(now, before).map((place) => stood[place ?? -1]), isUnchanged: JSON.stringify(now) === JSON.stringify(before) }
}

type FieldResult = { readonly value: unknown } | { readonly problem: Text }

function decodeField(field: FieldDefinition, spoken: unknown, exponent: number): FieldResult {
  if (spoken === null || spoken === undefined || spoken === '') return { value: null }
  if (field.many) {
    if (!Array.isArray(spoken)) return wrong(field, 'a list', '列表')
    if (spoken.some((item) => item === null || item === undefined || item === '')) return wrong(field, 'a list without empty values', '不含空值的列表')
    if (field.type === 'select' && new Set(spoken).size < spoken.length) return wrong(field, 'a list without an option twice', '不含重复选项的列表')
    const results = spoken.map((item) => decodeField({ ...field, many: false }, item, exponent))
    return results.find((result) => 'problem' in result) ?? { value: results.map((result) => 'value' in result && result.value) }
  }
  if (isDecimal(field)) return decodeDecimal(field, spoken, exponent)
  switch (field.type) {
    case 'integer':
      return Number.isSafeInteger(spoken) ? limited(field, spoken as number, spoken as number) : wrong(field, 'a whole number', '整数')
    case 'duration':
      return Number.isSafeInteger(spoken) && Number(spoken) >= 0 ? limited(field, spoken as number, spoken as number) : wrong(field, 'a time span in whole minutes, like 90', '以分钟为单位的整数时长，如 90')
    case 'rating':
      return Number.isSafeInteger(spoken) && Number(spoken) >= 1 ? limited({ ...field, max: field.max ?? mostStars }, spoken as number, spoken as number) : wrong(field, 'a whole number of stars, from 1', '不小于 1 的整数星级')
    case 'time':
      return typeof spoken === 'string' && isTime(spoken) ? { value: spoken } : wrong(field, 'a time of day like 08:30', '时间，如 08:30')
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
      return decodeJson(field, spoken)
    case 'file': case 'image':
      return decodeFile(field, spoken)
    case 'richText':
      return decodeRichText(field, spoken)
    case 'signature':
      return readMark(spoken) || readSignature(spoken) ? { value: spoken } : wrong(field, aSignature.en, aSignature.zh)
    case 'geolocation': {
      const position = typeof spoken === 'string' ? readPosition(spoken) : undefined
      return position ? { value: writePosition(position) } : wrong(field, aPlace.en, aPlace.zh)
    }
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

/** An object or a list that every database keeps as it is. */
function decodeJson(field: FieldDefinition, spoken: unknown): FieldResult {
  if (typeof spoken !== 'object' || spoken === null) return wrong(field, 'an object or a list, like {"key": "value"}', '对象或列表，如 {"key": "value"}')
  const text = JSON.stringify(spoken)
  if (text.length > longest.longText) return wrong(field, `at most ${longest.longText} characters long`, `不超过 ${longest.longText} 个字符`)
  return isStorable(spoken) ? { value: spoken } : wrong(field, 'without control or broken characters, and without names like "$set" or "__proto__"', '不含控制符或损坏字符，且不含“$set”“__proto__”之类名称的内容')
}

/** Names an upload; whether it is there, and the sender's, is asked when the record is checked. */
function decodeFile(field: FieldDefinition, spoken: unknown): FieldResult {
  if (typeof spoken !== 'string' || uploadOf(spoken) === undefined || unstorable.test(spoken)) return wrong(field, 'the id of an upload (docs/configuration.md, Files)', '上传文件的 id（见 docs/configuration.md 的 Files 一节）')
  const name = readFileValue(spoken)?.name
  return name !== undefined && field.type === 'image' && !isImageName(name) ? wrong(field, noPicture.en, noPicture.zh) : { value: spoken }
}

/** A tree of what such a text may hold, or plain words. */
function decodeRichText({ label }: FieldDefinition, spoken: unknown): FieldResult {
  const read = readRichText(spoken)
  if ('value' in read) return { value: read.value }
  const { path, message } = read.problem
  return { problem: { en: `${label.en}${path === '' ? '' : `, at ${path}`}: ${message.en}.`, zh: `${label.zh}${path === '' ? '' : `，位于 ${path}`}：${message.zh}。` } }
}

const aSignature: Text = {
  en: 'a signature: "drawn:10,20 12,25;40,50 44,52", points within 1000 by 300 in strokes, 12000 characters at most, or "typed:Ann Miller"',
  zh: '签名：手写笔迹“drawn:10,20 12,25;40,50 44,52”（坐标不超过 1000×300，总长不超过 12000 个字符），或“typed:王芳”',
}
const aPlace: Text = {
  en: 'a place like 47.3769, 8.5417 or 47°22\'37"N 8°32\'30"E: latitude from -90 to 90, then longitude from -180 to 180, of at most 7 decimals',
  zh: '位置，如 31.2304, 121.4737 或 31°13\'49"N 121°28\'25"E：先纬度（-90 至 90），后经度（-180 至 180），最多 7 位小数',
}

/** What a picture must be. */
export const noPicture: Text = { en: 'a picture: PNG, JPEG, WebP or GIF', zh: '图片（PNG、JPEG、WebP 或 GIF）' }

function isStorable(value: unknown): boolean {
  if (typeof value === 'string') return !unstorable.test(value)
  if (typeof value !== 'object' || value === null) return true
  return Object.entries(value).every(([name, inner]) => !name.startsWith('$') && !name.includes('.') && name !== '__proto__' && !unstorable.test(name) && isStorable(inner))
}

/** `min` and `max` are given as people speak them. */
function limited(field: FieldDefinition, spoken: number, value: number): FieldResult {
  if (field.min !== undefined && spoken < field.min) return beyond(field, `at least ${field.min}`, `不能小于 ${field.min}`)
  if (field.max !== undefined && spoken > field.max) return beyond(field, `at most ${field.max}`, `不能大于 ${field.max}`)
  return { value }
}

export const isTime = (text: string): boolean => /^([01]\d|2[0-3]):[0-5]\d$/.test(text)
/** Stars of a rating that says no other number. */
export const mostStars = 5
export const longest = { text: 500, longText: 100_000 } as const
/** Lone surrogates and NUL cannot be stored by every database. */
export const unstorable = /\0|[\uD800-\uDBFF](?![\uDC00-\uDFFF])|(?<![\uD800-\uDBFF])[\uDC00-\uDFFF]/

function decodeText(field: FieldDefinition, spoken: unknown): FieldResult {
  if (typeof spoken !== 'string') return wrong(field, 'a text', '文本')
  const limit = field.maxLength ?? (field.type === 'longText' ? longest.longText : longest.text)
  if (spoken.length > limit) return beyond(field, `at most ${limit} characters long`, `不能超过 ${limit} 个字符`)
  if (unstorable.test(spoken)) return wrong(field, 'a text without control or broken characters', '不含控制符或损坏字符的文本')
  if (field.mask !== undefined && !fitsMask(field.mask, spoken.trim())) return wrong(field, `written like ${field.mask} (A: a letter, 0: a digit, *: either)`, `“${field.mask}”的格式（A 为字母，0 为数字，* 为字母或数字）`)
  if (field.type === 'email' && !isEmail(spoken)) return wrong(field, 'an email address like ann@firm.example', '邮箱地址，如 ann@firm.example')
  return { value: spoken.trim() }
}

export const isEmail = (text: string): boolean => /^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(text)

const wrong = (field: FieldDefinition, en: string, zh: string): FieldResult => ({
  problem: { en: `${field.label.en} must be ${en}.`, zh: `${field.label.zh}必须是${zh}。` },
})

/** A limit in Chinese is said by its verb. */
const beyond = (field: FieldDefinition, en: string, zh: string): FieldResult => ({ problem: { en: `${field.label.en} must be ${en}.`, zh: `${field.label.zh}${zh}。` } })

const readOnly = (field: FieldDefinition, path: string): Finding =>
  finding('readOnly', path + field.name, field.retired ? {
    en: `${field.label.en} is out of use: nothing is entered there any more. Leave it out, or take it into use again under Forms.`,
    zh: `${field.label.zh}已停用，不再录入。请去掉该字段，或在“表单”中重新启用。`,
  } : {
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
