import { isEmptyCell, textOfCell, type ImportRow } from './cell.ts'
import { detectConventions, detectHeaderRow, markOf } from './detect-dialect.ts'
import { openLines, writtenRow, type ImportFolder } from './import-files.ts'
import type { Figures, FileOptions } from './import-record.ts'
import { detectCsv, rowsOfCsv } from './take-in-csv.ts'

export type TakenIn = {
  readonly options: FileOptions
  readonly columns: readonly { readonly header: string; readonly samples: readonly string[]; readonly figures?: Figures }[]
  /** Rows with anything in them. */
  readonly rows: number
}

/** `given`: what a person said about the file; `isName`: whether a text names a field. */
export type Taking = { readonly folder: ImportFolder; readonly given: FileOptions; readonly signal: AbortSignal; readonly isName?: (text: string) => boolean }

/** A file's rows, with what became known of the file before the first of them. */
export type OpenedFile = { readonly options: FileOptions; readonly rows: AsyncIterable<ImportRow> }

const sampleRows = 200
const flushEvery = 2_000
/** More columns are not a table that someone has made by hand or a program for exchange. */
const mostColumns = 1_000

/** Reads a CSV file into the folder's file of rows. What `given` says counts, the rest is found out. */
export async function takeInCsv(taking: Taking): Promise<TakenIn> {
  const { folder, given, signal } = taking
  const options = await detectCsv(folder.source, given)
  return takeIn(taking, { options, rows: rowsOfCsv(folder.source, options, signal) })
}

/** Finds the header, writes the rows below it and looks at the first ones. @returns what the file is like */
export async function takeIn({ folder, given, signal, isName }: Taking, { options, rows }: OpenedFile): Promise<TakenIn> {
  const writer = await openLines(folder.rows)
  const first: ImportRow[] = []
  let header: ImportRow | undefined
  let headerRow = given.headerRow
  let count = 0
  const keep = async (row: ImportRow) => {
    if (headerRow === undefined || row.row < headerRow) return
    if (row.row === headerRow) {
      header = row
      return
    }
    if (row.cells.every(isEmptyCell)) return
    writer.write(writtenRow(row))
    if (++count % flushEvery === 0) await writer.flush()
  }
  try {
    for await (const row of rows) {
      signal.throwIfAborted()
      if (first.length < sampleRows) {
        first.push(row)
        if (first.length < sampleRows) continue
        headerRow ??= detectHeaderRow(first, isName)
        for (const early of first) await keep(early)
      } else await keep(row)
    }
    if (first.length < sampleRows) {
      headerRow ??= detectHeaderRow(first, isName)
      for (const early of first) await keep(early)
    }
  } finally {
    await writer.close()
  }
  const below = first.filter(({ row, broken }) => row > (headerRow ?? 1) && !broken)
  const width = Math.min(mostColumns, Math.max(0, lastFilled(header), ...below.map(lastFilled)))
  const conventions = detectConventions(below)
  return {
    options: {
      ...options, headerRow: headerRow ?? 1,
      decimalMark: given.decimalMark ?? conventions.decimalMark, dateOrder: given.dateOrder ?? conventions.dateOrder,
      isMarkGuessed: given.decimalMark === undefined || (given.isMarkGuessed ?? false),
      isOrderGuessed: given.dateOrder === undefined ? conventions.isOrderGuessed : given.isOrderGuessed ?? false,
    },
    columns: Array.from({ length: width }, (_, index) => ({
      header: textOfCell(header?.cells[index]).trim(), samples: samplesOf(below, index), ...figuresOf(below, index),
    })),
    rows: count,
  }
}

const lastFilled = (row: ImportRow | undefined): number => (row ? row.cells.findLastIndex((cell) => !isEmptyCell(cell)) + 1 : 0)

function figuresOf(rows: readonly ImportRow[], index: number): { readonly figures?: Figures } {
  const marks = new Set(rows.map(({ cells }) => cells[index]).map((cell) => (typeof cell === 'string' ? markOf(cell) : undefined)))
  if (marks.has('.') || marks.has(',')) return { figures: 'clear' }
  return marks.has('either') ? { figures: 'either' } : {}
}

function samplesOf(rows: readonly ImportRow[], index: number): string[] {
  const samples = new Set<string>()
  for (const { cells } of rows) {
    if (!isEmptyCell(cells[index])) samples.add(textOfCell(cells[index]).trim().slice(0, 80))
    if (samples.size === 5) break
  }
  return [...samples]
}
