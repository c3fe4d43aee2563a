import type { PayloadRequest, Where } from 'payload'
import type { EntityDefinition } from '../../../config/language/entity.ts'
import type { Language } from '../../../config/language/text.ts'
import { importCells, peopleCells } from './export-cells.ts'
import type { ExportColumn, ExportRow, Purpose, Row } from './export-columns.ts'
import type { ExportPage } from './export-csv.ts'
import { keysOf, titlesOf } from './export-titles.ts'

type Question = {
  readonly entity: EntityDefinition; readonly columns: readonly ExportColumn[]; readonly language: Language; readonly purpose: Purpose
  readonly where: Where; readonly sort: readonly string[]
}

/** A page of documents at a time, through Payload's own reading: its access rules and hooks hold. */
export async function* readPages(req: PayloadRequest, { entity, columns, language, purpose, where, sort }: Question): AsyncGenerator<ExportPage, undefined> {
  for await (const documents of documentsOf(req, { entity, where, sort })) {
    const rows = columns.some(({ isOfLine }) => isOfLine) ? await withLines(req, entity, documents) : documents.map((document) => ({ document, line: null }))
    const cell = purpose === 'import' ? importCells(await keysOf(req, { columns, rows })) : peopleCells({ titles: await titlesOf(req, { columns, rows, language }), language })
    yield { rows, cell }
  }
}

const rowsPerPage = 500

/** Without an order of their own in that of their ids, which is that of their creation: what is added meanwhile shifts no page. */
async function* documentsOf(req: PayloadRequest, { entity, where, sort }: Pick<Question, 'entity' | 'where' | 'sort'>): AsyncGenerator<readonly Row[], undefined> {
  const find = { collection: entity.slug as never, limit: rowsPerPage, depth: 0, joins: false, overrideAccess: false, req } as const
  let last: string | undefined
  for (let page = 1; ; page++) {
    const { docs, hasNextPage } = sort.length > 0
      ? await req.payload.find({ ...find, where, sort: [...sort, 'id'], page })
      : await req.payload.find({ ...find, where: last === undefined ? where : { and: [where, { id: { greater_than: last } }] }, sort: 'id', pagination: false })
    const documents = docs as unknown as Row[]
    if (documents.length > 0) yield documents
    last = documents.at(-1)?.id
    if (sort.length > 0 ? !hasNextPage : documents.length < rowsPerPage) return undefined
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
