import type { PayloadHandler, PayloadRequest } from 'payload'
import type { EntityDefinition } from '../../../config/language/entity.ts'
import type { Language, Text } from '../../../config/language/text.ts'
import { requireRight, can } from '../access/can.ts'
import { actorOfRequest } from '../access/collection-hooks.ts'
import { ownedBy } from '../access/own-rows.ts'
import { openStore } from '../data/open-store.ts'
import { failQuestion } from '../errors.ts'
import { platformOf } from '../platform/platform.ts'
import { disposition } from '../print/print-endpoint.ts'
import { firmView } from '../views/firm-view.ts'
import { mostRows } from '../xlsx/write-xlsx.ts'
import { exportColumns, type ExportColumn } from './export-columns.ts'
import { csvFile, type ExportPage } from './export-csv.ts'
import { readPages } from './export-pages.ts'
import { exportQuery, type ExportQuery } from './export-query.ts'
import { xlsxFile } from './export-xlsx.ts'
import { streamed } from './streamed.ts'

/**
 * GET /api/<entity>/export?where=…&sort=…&columns=a,b&language=en|zh&headers=labels|names&format=csv|xlsx&for=people|import
 *
 * Every row of a list that the user may read and export, read and sent page by page.
 * - `for=people` (usual): relations are written as titles, selects as labels, decimals as exact texts.
 * - `for=import`: what an import reads back without loss; `headers` are names then. The rules of its cells stand in docs/import.md.
 * - A column `lines.<field>` gives one row a line, with the document's own columns repeated.
 * - `format=xlsx`: figures, dates and yes or no are a spreadsheet's own; what a double cannot hold exactly stays text.
 *
 * @throws 403 without the right or for a hidden column or filter, 400 for what is unknown
 */
export function exportHandler(entity: EntityDefinition): PayloadHandler {
  return async (req) => {
    const actor = await actorOfRequest(req)
    requireRight(actor, 'read', entity)
    requireRight(actor, 'export', entity)
    const query = exportQuery(req)
    const language = query.language ?? languageOfReader(req)
    const columns = exportColumns({ entity, actor, platform: platformOf(req.payload), names: query.columns, purpose: query.purpose })
    const own = can(actor, 'export', entity).own ? [ownedBy(entity, actor.id)] : []
    const where = { and: [...(query.where ? [query.where] : []), ...own] }
    const pages = readPages(req, { entity, columns, language, purpose: query.purpose, where, sort: query.sort })
    // The first page is read before anything is answered: what is wrong with the question is still a plain 4xx.
    const first = await pages.next()
    if (query.format === 'xlsx') {
      const { totalDocs } = await req.payload.count({ collection: entity.slug as never, where, overrideAccess: false, req })
      if (totalDocs >= mostRows) failQuestion('format', { en: `A sheet holds ${mostRows} rows and the list has ${totalDocs}. Filter it, or use format=csv.`, zh: `一张工作表最多 ${mostRows} 行，列表有 ${totalDocs} 条。请先筛选，或改用 format=csv。` })
    }
    const head = columns.map(({ name, label }) => (query.headers === 'names' ? name : label[language]))
    return fileAnswer(req, { entity, columns, head, language, query, pages: resumed(first, pages) })
  }
}

/**
 * An empty file with the columns that an import of the entity reads, for someone to fill in.
 * @throws 403 without the right to import
 */
export async function importTemplate(req: PayloadRequest, { entity, format }: { readonly entity: EntityDefinition; readonly format: 'csv' | 'xlsx' }): Promise<Response> {
  const actor = await actorOfRequest(req)
  requireRight(actor, 'import', entity)
  const columns = exportColumns({ entity, actor, platform: platformOf(req.payload), names: [], purpose: 'import' })
  const language = languageOfReader(req)
  const head = columns.map(({ label, isOfLine }) => `${isOfLine ? ofLines[language] : ''}${label[language]}`)
  return fileAnswer(req, { entity, columns, head, language, query: { format, purpose: 'import' }, pages: nothing() })
}

/** An import reads these words, so that a line's "Requested date" is not the order's. */
const ofLines = { en: 'Lines: ', zh: '明细：' } as const satisfies Text

type File = {
  readonly entity: EntityDefinition
  readonly columns: readonly ExportColumn[]
  readonly head: readonly string[]
  readonly language: Language
  readonly query: Pick<ExportQuery, 'format' | 'purpose'>
  readonly pages: AsyncIterable<ExportPage>
}

async function fileAnswer(req: PayloadRequest, { entity, columns, head, language, query: { format, purpose }, pages }: File): Promise<Response> {
  const bytes = format === 'csv'
    ? encoded(csvFile({ columns, head, pages, purpose }))
    : xlsxFile({ sheet: entity.labels[language], columns, head, pages, purpose, firm: await firmView(openStore(req.payload)) })
  const name = (of: Language) => `${entity.labels[of]} ${new Date().toISOString().slice(0, 10)}.${format}`
  return new Response(streamed(bytes), {
    headers: {
      'Content-Type': contentTypes[format], 'Cache-Control': 'private, no-store',
      'Content-Disposition': disposition('attachment', { name: name(language), plain: name('en') }),
    },
  })
}

const contentTypes = { csv: 'text/csv; charset=utf-8', xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet' } as const

const languageOfReader = (req: PayloadRequest): Language => (req.i18n.language === 'zh' ? 'zh' : 'en')

async function* encoded(texts: AsyncGenerator<string, undefined>): AsyncGenerator<Uint8Array, undefined> {
  const encoder = new TextEncoder()
  for await (const text of texts) yield encoder.encode(text)
}

async function* resumed(first: IteratorResult<ExportPage, undefined>, rest: AsyncGenerator<ExportPage, undefined>): AsyncGenerator<ExportPage, undefined> {
  if (first.done) return
  yield first.value
  yield* rest
}

async function* nothing(): AsyncGenerator<ExportPage, undefined> {
  // A template has no rows.
}
