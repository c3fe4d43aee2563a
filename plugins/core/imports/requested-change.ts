import type { Finding } from '../../../config/language/refusal.ts'
import type { Text } from '../../../config/language/text.ts'
import { delimiters } from './detect-dialect.ts'
import { encodings } from './detect-encoding.ts'
import type { FileOptions, ImportRecord, Mapping, Matching } from './import-record.ts'
import type { ColumnTarget } from './propose-mapping.ts'

export type RequestedChange = { readonly mapping?: Mapping; readonly options?: FileOptions; readonly matching?: Matching }

/** The body of a PATCH in hand, with what is wrong with its form. */
export function changeOf(record: ImportRecord, body: Readonly<Record<string, unknown>>): { readonly change: RequestedChange; readonly findings: readonly Finding[] } {
  const findings: Finding[] = []
  const at = (path: string, en: string, zh: string) => { findings.push({ code: 'invalid', path, severity: 'error', message: { en, zh } }) }
  for (const name of Object.keys(body)) if (!['mapping', 'options', 'matching'].includes(name)) at(name.slice(0, 60), `"${name.slice(0, 60)}" cannot be changed. Send mapping, options or matching.`, `“${name.slice(0, 60)}”不可修改，可用：mapping、options、matching。`)
  const mapping = objectOf(body.mapping, 'mapping', at)
  const options = objectOf(body.options, 'options', at)
  const matching = objectOf(body.matching, 'matching', at)
  return {
    findings,
    change: {
      ...(mapping ? { mapping: mappingOf(mapping, at) } : {}),
      ...(options ? { options: optionsOf(record, options, at) } : {}),
      ...(matching ? { matching: { ...record.matching, ...matchingOf(matching, at) } } : {}),
    },
  }
}

type At = (path: string, en: string, zh: string) => void
type Values = Readonly<Record<string, unknown>>

function objectOf(value: unknown, path: string, at: At): Values | undefined {
  if (value === undefined) return undefined
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as Values
  at(path, `${path} must be an object.`, `${path} 须为对象。`)
  return undefined
}

function mappingOf(given: Values, at: At): Mapping {
  const result: [string, ColumnTarget | null][] = []
  for (const [column, target] of Object.entries(given)) {
    const path = `mapping.${column.slice(0, 20)}`
    if (!/^\d{1,4}$/.test(column)) at(path, 'Columns are named by their index, from 0.', '列以从 0 开始的序号表示。')
    else if (target === null) result.push([column, null])
    else {
      const { field, by } = (typeof target === 'object' ? target : {}) as Values
      if (typeof field !== 'string' || (by !== undefined && by !== null && typeof by !== 'string')) at(path, 'A target is {"field": "…", "by": "…"}, or null to leave the column out.', '映射目标须为 {"field": "…", "by": "…"}，不导入则为 null。')
      else result.push([column, { field, ...(typeof by === 'string' ? { by } : {}) }])
    }
  }
  return Object.fromEntries(result)
}

function optionsOf({ format, options: current }: ImportRecord, given: Values, at: At): FileOptions {
  const allowed: Readonly<Record<string, readonly unknown[]>> = {
    decimalMark: ['.', ','], dateOrder: ['ymd', 'dmy', 'mdy'],
    ...(format === 'csv' ? { encoding: encodings, delimiter: delimiters } : { sheet: current.sheets ?? [] }),
  }
  const result: Record<string, unknown> = {}
  for (const [name, value] of Object.entries(given)) {
    const path = `options.${name.slice(0, 60)}`
    if (name === 'headerRow') {
      if (Number.isSafeInteger(value) && Number(value) >= 1 && Number(value) <= 1_048_576) result[name] = value
      else at(path, 'headerRow is the number of a row, from 1.', 'headerRow 须为从 1 开始的行号。')
    } else if (Object.hasOwn(allowed, name)) {
      if (allowed[name]?.includes(value)) Object.assign(result, { [name]: value, ...(guessedBy[name] && { [guessedBy[name]]: false }) })
      else at(path, `${name} is one of: ${allowed[name]?.map((one) => JSON.stringify(one)).join(', ') ?? ''}.`, `${name} 可取：${allowed[name]?.map((one) => JSON.stringify(one)).join('、') ?? ''}。`)
    } else if (![...Object.values(guessedBy), 'sheets', 'from1904', 'encoding', 'delimiter', 'sheet'].includes(name)) at(path, `"${name.slice(0, 60)}" is not an option. Options: headerRow, ${Object.keys(allowed).join(', ')}.`, `“${name.slice(0, 60)}”不是可用选项。可用：headerRow、${Object.keys(allowed).join('、')}。`)
  }
  return result as FileOptions
}

/** Which option says that another is a guess. */
const guessedBy: Readonly<Record<string, keyof FileOptions>> = { encoding: 'isEncodingGuessed', dateOrder: 'isOrderGuessed', decimalMark: 'isMarkGuessed' }

function matchingOf(given: Values, at: At): Partial<Matching> {
  const result: { key?: string | null; existing?: Matching['existing'] } = {}
  for (const [name, value] of Object.entries(given)) {
    if (name === 'key' && (value === null || typeof value === 'string')) result.key = value
    else if (name === 'existing' && (value === 'skip' || value === 'update' || value === 'refuse')) result.existing = value
    else at(`matching.${name.slice(0, 60)}`, matchingForm.en, matchingForm.zh)
  }
  return result
}

const matchingForm: Text = { en: 'matching is {"key": a field or null, "existing": "skip", "update" or "refuse"}.', zh: 'matching 须为 {"key": 字段或 null, "existing": "skip"、"update" 或 "refuse"}。' }
