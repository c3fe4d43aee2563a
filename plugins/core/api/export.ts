import type { PayloadHandler, PayloadRequest, Where } from 'payload'
import type { EntityDefinition } from '../../../config/language/entity.ts'
import type { Language } from '../../../config/language/text.ts'
import { requireRight, can } from '../access/can.ts'
import { actorOfRequest } from '../access/collection-hooks.ts'
import { ownedBy } from '../access/own-rows.ts'
import { failQuestion } from '../errors.ts'
import { platformOf } from '../platform/platform.ts'
import { disposition, languageOf } from '../print/print-endpoint.ts'
import { exportColumns, type ExportColumn, type ExportRow, type Row } from './export-columns.ts'
import { csvHead, csvRows } from './export-csv.ts'
import { titlesOf } from './export-titles.ts'

const rowsPerPage = 500

/**
 * GET /api/<entity>/export?where=…&sort=…&columns=a,b&language=en|zh&headers=labels|names&format=csv
 *
 * Every row of a list that the user may read and export, as CSV in UTF-8 with a byte order mark, lines ended by CRLF
 * (RFC 4180). Relations are written as titles, selects as labels, decimals as exact texts. A column `lines.<field>`
 * gives one row a line, with the document's own columns repeated. Rows are read and sent page by page.
 *
 * @throws 403 without the right or for a hidden column or filter, 400 for what is unknown
 */
export function exportHandler(entity: EntityDefinition): PayloadHandler {
  return async (req) => {
    const actor = await actorOfRequest(req)
    requireRight(actor, 'read', entity)
    requireRight(actor, 'export', entity)
    const query = queryOf(req)
    const language = query.language ?? (req.i18n.language === 'zh' ? 'zh' : 'en')
    const columns = exportColumns({ entity, actor, platform: platformOf(req.payload), names: query.columns })
    const own = can(actor, 'export', entity).own ? [ownedBy(entity, actor.id)] : []
    const wheres = [...(query.where ? [query.where] : []), ...own]
    const pages = readPages(req, { entity, columns, language, where: { and: wheres }, sort: query.sort })
    // The first page is read before anything is answered: what is wrong with the question is still a plain 4xx.
    const first = await pages.next()
    const encode = (text: string) => new TextEncoder().encode(text)
    const body = new ReadableStream<Uint8Array>({
      start: (controller) => {
        controller.enqueue(encode(csvHead(columns, query.headers === 'names' ? 'names' : language)))
        if (first.done) controller.close()
        else controller.enqueue(encode(first.value))
      },
      async pull(controller) {
        const { done, value } = await pages.next()
        if (done) controller.close()
        else controller.enqueue(encode(value))
      },
      async cancel() {
        await pages.return(undefined)
      },
    })
    const today = new Date().toISOString().slice(0, 10)
    return new Response(body, {
      headers: {
        'Content-Type': 'text/csv; charset=utf-8', 'Cache-Control': 'private, no-store',
        'Content-Disposition': disposition('attachment', { name: `${entity.labels[language]} ${today}.csv`, plain: `${entity.labels.en} ${today}.csv` }),
      },
    })
  }
}

type Question = { readonly entity: EntityDefinition; readonly columns: readonly ExportColumn[]; readonly language: Language; readonly where: Where; readonly sort: readonly string[] }

/** CSV text, a page of documents at a time, through Payload's own reading: its access rules and hooks hold. */
async function* readPages(req: PayloadRequest, { entity, columns, language, where, sort }: Question): AsyncGenerator<string, undefined> {
  for (let page = 1; ; page++) {
    const { docs, hasNextPage } = await req.payload.find({
      collection: entity.slug as never, where, sort: [...sort, 'id'], limit: rowsPerPage, page, depth: 0, joins: false, overrideAccess: false, req,
    })
    const documents = docs as unknown as Row[]
    const rows = columns.some(({ isOfLine }) => isOfLine) ? await withLines(req, entity, documents) : documents.map((document) => ({ document, line: null }))
    const titles = await titlesOf(req, { columns, rows, language })
    if (rows.length > 0) yield csvRows({ columns, rows, titles, language })
    if (!hasNextPage) return undefined
  }
}

/** One row a line in the order of the document; a document without lines keeps one row. */
async function withLines(req: PayloadRequest, { lines }: EntityDefinition, documents: readonly Row[]): Promise<ExportRow[]> {
  if (!lines || documents.length === 0) return documents.map((document) => ({ document, line: null }))
  const found = await req.payload.find({
    collection: lines.entity as never, where: { [lines.parentField]: { in: documents.map(({ id }) => id) } },
    sort: 'position', pagination: false, depth: 0, overrideAccess: false, req,
  })
  const linesByDocument = new Map<string, Row[]>()
  for (const line of found.docs as unknown as Row[]) {
    const parent = String(line[lines.parentField])
    const known = linesByDocument.get(parent)
    if (known) known.push(line)
    else linesByDocument.set(parent, [line])
  }
  return documents.flatMap((document): ExportRow[] => {
    const own = linesByDocument.get(document.id) ?? []
    return own.length > 0 ? own.map((line) => ({ document, line })) : [{ document, line: null }]
  })
}

const parameters = ['where', 'sort', 'columns', 'format', 'headers', 'language'] as const

/** What is asked for. A parameter that is misspelt or of another type would export what nobody asked for, so it is refused. */
function queryOf(req: PayloadRequest) {
  const { where, sort, columns, format, headers, language } = req.query as Record<string, unknown>
  // Payload adds parameters of its own to the query; the address has what was asked.
  const asking = [...new URL(req.url ?? '/', 'http://localhost').searchParams.keys()].map((name) => name.split('[', 1)[0] ?? '')
  const unknown = asking.find((name) => !parameters.some((known) => known === name))
  if (unknown !== undefined) failQuestion(unknown.slice(0, 60), { en: `"${unknown.slice(0, 60)}" is not a parameter of an export. Use ${parameters.join(', ')}.`, zh: `“${unknown.slice(0, 60)}”不是导出参数。可用：${parameters.join('、')}。` })
  if (format !== undefined && format !== 'csv') failQuestion('format', { en: 'format must be "csv".', zh: 'format 只支持“csv”。' })
  if (headers !== undefined && headers !== 'labels' && headers !== 'names') failQuestion('headers', { en: 'headers must be "labels" or "names".', zh: 'headers 必须是“labels”或“names”。' })
  if (where !== undefined && (typeof where !== 'object' || where === null)) failQuestion('where', { en: 'where must be a filter like where[status][equals]=active.', zh: 'where 应为筛选条件，例如 where[status][equals]=active。' })
  const asked = languageOf(language)
  return {
    sort: namesOf('sort', sort), headers, columns: namesOf('columns', columns), ...(asked ? { language: asked } : {}),
    ...(where === undefined ? {} : { where: where as Where }),
  }
}

function namesOf(parameter: 'sort' | 'columns', value: unknown): string[] {
  if (value === undefined || value === '') return []
  const names = typeof value === 'string' ? value.split(',').map((name) => name.trim()) : []
  if (names.length > 0 && names.every((name) => name !== '')) return names
  failQuestion(parameter, { en: `${parameter} must be names of fields joined by commas, like ${parameter}=number,createdAt.`, zh: `${parameter} 须为以逗号分隔的字段名，例如 ${parameter}=number,createdAt。` })
}
