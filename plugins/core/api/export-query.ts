import type { PayloadRequest, Where } from 'payload'
import type { Language } from '../../../config/language/text.ts'
import { failQuestion } from '../errors.ts'
import { languageOf } from '../print/print-endpoint.ts'
import type { Purpose } from './export-columns.ts'

export type ExportQuery = {
  readonly where?: Where
  readonly sort: readonly string[]
  readonly columns: readonly string[]
  readonly format: 'csv' | 'xlsx'
  readonly headers: 'labels' | 'names'
  readonly purpose: Purpose
  readonly language?: Language
}

const parameters = ['where', 'sort', 'columns', 'format', 'headers', 'for', 'language'] as const

/**
 * What is asked for. A parameter that is misspelt or of another type would export what nobody asked for, so it is refused.
 * @throws 400
 */
export function exportQuery(req: PayloadRequest): ExportQuery {
  const { where, sort, columns, format, headers, language, for: whom } = req.query as Record<string, unknown>
  // Payload adds parameters of its own to the query; the address has what was asked.
  const asking = [...new URL(req.url ?? '/', 'http://localhost').searchParams.keys()].map((name) => name.split('[', 1)[0] ?? '')
  const unknown = asking.find((name) => !parameters.some((known) => known === name))
  if (unknown !== undefined) failQuestion(unknown.slice(0, 60), { en: `"${unknown.slice(0, 60)}" is not a parameter of an export. Use ${parameters.join(', ')}.`, zh: `“${unknown.slice(0, 60)}”不是导出参数。可用：${parameters.join('、')}。` })
  if (where !== undefined && (typeof where !== 'object' || where === null)) failQuestion('where', { en: 'where must be a filter like where[status][equals]=active.', zh: 'where 应为筛选条件，例如 where[status][equals]=active。' })
  const purpose = oneOf('for', whom, ['people', 'import'])
  if (purpose === 'import' && headers === 'labels') failQuestion('headers', { en: 'A file for an import has names as its headers. Leave headers out.', zh: '用于导入的文件以字段名为表头，请去掉 headers。' })
  const asked = languageOf(language)
  return {
    purpose, format: oneOf('format', format, ['csv', 'xlsx']), headers: purpose === 'import' ? 'names' : oneOf('headers', headers, ['labels', 'names']),
    sort: namesOf('sort', sort), columns: namesOf('columns', columns), ...(asked ? { language: asked } : {}),
    ...(where === undefined ? {} : { where: where as Where }),
  }
}

function oneOf<const Word extends string>(parameter: string, value: unknown, [usual, other]: readonly [Word, Word]): Word {
  if (value === undefined || value === usual) return usual
  return value === other ? other : failQuestion(parameter, { en: `${parameter} must be "${usual}" or "${other}".`, zh: `${parameter} 必须是“${usual}”或“${other}”。` })
}

function namesOf(parameter: 'sort' | 'columns', value: unknown): string[] {
  if (value === undefined || value === '') return []
  const names = typeof value === 'string' ? value.split(',').map((name) => name.trim()) : []
  if (names.length > 0 && names.every((name) => name !== '')) return names
  failQuestion(parameter, { en: `${parameter} must be names of fields joined by commas, like ${parameter}=number,createdAt.`, zh: `${parameter} 须为以逗号分隔的字段名，例如 ${parameter}=number,createdAt。` })
}
