import type { PayloadRequest } from 'payload'
import Papa from 'papaparse'
import type { Language } from '../../../config/language/text.ts'
import type { Actor } from '../access/actor.ts'
import { streamed } from '../api/streamed.ts'
import { guarded } from '../entities/cell-text.ts'
import { failQuestion } from '../errors.ts'
import { surroundingsOf } from '../operations/surroundings.ts'
import { disposition } from '../print/print-endpoint.ts'
import type { SheetCell } from '../xlsx/sheet-cells.ts'
import { writeXlsx } from '../xlsx/write-xlsx.ts'
import { textOfCell, type Cell, type ImportRow } from './cell.ts'
import { importFolder, readLines, readRows } from './import-files.ts'
import { kindOfProblems } from './import-problems.ts'
import type { ImportProblem, ImportRecord } from './import-record.ts'
import { askedOf } from './import-view.ts'

type BadRow = { readonly row: ImportRow; readonly problems: readonly ImportProblem[] }

/**
 * GET /api/imports/:id/bad-rows?format=csv|xlsx: the rows that were not brought in, as they stand in the file, with their
 * number and what is wrong with them; cells beyond the header follow behind. Mended, the file can be imported by the same mapping.
 */
export async function badRows(req: PayloadRequest, _: Actor, record: ImportRecord): Promise<Response> {
  const format = askedOf(req).get('format') ?? 'csv'
  if (format !== 'csv' && format !== 'xlsx') failQuestion('format', { en: 'format must be "csv" or "xlsx".', zh: 'format 只支持“csv”或“xlsx”。' })
  const language = req.i18n.language === 'zh' ? 'zh' : 'en'
  const rows = joined(surroundingsOf(req.payload).dataDir, record)
  const head = [...record.columns.map(({ header }) => header), ...added[language]]
  const bytes = format === 'csv' ? csvOf(head, rows, language) : xlsxOf(head, { rows, language, sheet: added[language][1] ?? '' })
  const name = `${record.number} ${record.fileName.replace(/\.\w+$/, '')} ${language === 'zh' ? '问题行' : 'bad rows'}.${format}`
  return new Response(streamed(bytes), {
    headers: {
      'Content-Type': format === 'csv' ? 'text/csv; charset=utf-8' : 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
      'Cache-Control': 'private, no-store', 'Content-Disposition': disposition('attachment', { name, plain: `${record.number} bad rows.${format}` }),
    },
  })
}

const added = { en: ['Row', 'Problem'], zh: ['行号', '问题'] } as const satisfies Record<Language, readonly string[]>

/** Rows and problems come in the same order, so both files are read once, side by side. */
async function* joined(dataDir: string, record: ImportRecord): AsyncGenerator<BadRow> {
  const folder = importFolder(dataDir, record.id)
  const lines = readLines<ImportProblem>(folder.problems(kindOfProblems(record)))
  let next = await lines.next()
  for await (const row of readRows(folder.rows)) {
    const problems: ImportProblem[] = []
    while (!next.done && next.value.value.row <= row.row) {
      if (next.value.value.row === row.row) problems.push(next.value.value)
      next = await lines.next()
    }
    if (problems.length > 0) yield { row, problems }
    if (next.done) return
  }
}

const told = (problems: readonly ImportProblem[], language: Language): string =>
  problems.map(({ header, message }) => (header === '' || message[language].startsWith(header) ? message[language] : `${header}: ${message[language]}`)).join(' ')

async function* csvOf(head: readonly string[], rows: AsyncIterable<BadRow>, language: Language): AsyncGenerator<Uint8Array> {
  const width = head.length - 2
  yield Buffer.from(`\uFEFF${Papa.unparse([[...head]])}\r\n`)
  for await (const { row, problems } of rows) {
    const cells = Array.from({ length: width }, (_, index) => plain(row.cells[index]))
    yield Buffer.from(`${Papa.unparse([[...cells, String(row.row), guarded(told(problems, language)), ...row.cells.slice(width).map(plain)]])}\r\n`)
  }
}

/** Texts that a spreadsheet would run are guarded as in every file that leaves; the importer takes the guard off again. */
const plain = (cell: Cell | undefined): string => (typeof cell === 'string' && !/^[-+]?[\d.,%\s]+$/.test(cell) ? guarded(cell) : textOfCell(cell))

function xlsxOf(head: readonly string[], { rows, language, sheet }: { readonly rows: AsyncIterable<BadRow>; readonly language: Language; readonly sheet: string }): AsyncGenerator<Uint8Array> {
  const width = head.length - 2
  async function* pages() {
    for await (const { row, problems } of rows) {
      yield [[
        ...Array.from({ length: width }, (_, index) => sheetCell(row.cells[index])),
        { kind: 'number', text: String(row.row) }, { kind: 'text', text: told(problems, language).slice(0, 32_000) },
        ...row.cells.slice(width).map(sheetCell),
      ] satisfies (SheetCell | null)[]]
    }
  }
  return writeXlsx({
    sheet, moneyDigits: 2, pages: pages(),
    columns: head.map((name, index) => ({ head: name, width: index === width + 1 ? 60 : 16, kind: index === width ? 'number' : 'text' })),
  })
}

function sheetCell(cell: Cell | undefined): SheetCell | null {
  if (cell === undefined || cell === null || cell === '') return null
  if (typeof cell === 'string') return { kind: 'text', text: guarded(cell) }
  if (typeof cell === 'boolean') return { kind: 'boolean', text: cell ? 'true' : 'false' }
  if (typeof cell === 'object' && 'date' in cell && !cell.date.includes('T')) return { kind: 'date', text: cell.date }
  return typeof cell === 'number' ? { kind: 'number', text: textOfCell(cell) } : { kind: 'text', text: textOfCell(cell) }
}
