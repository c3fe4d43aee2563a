import { createReadStream } from 'node:fs'
import path from 'node:path'
import Papa from 'papaparse'
import type { Text } from '../../../config/language/text.ts'
import type { RowProblem } from './importer.ts'

export type CsvRow = { readonly row: number; readonly values: Readonly<Record<string, string>> }

/**
 * Rows of a CSV file (UTF-8, comma, header line), in order, with bounded memory. Rows that are not rows (too many or too
 * few cells, broken quotes, broken characters) are reported and left out. Blanks round a value are cut off.
 * @throws Error when the file lacks one of `columns`.
 */
export async function* readCsv(
  { folder, file, columns, report }: { readonly folder: string; readonly file: string; readonly columns: readonly string[]; readonly report: (problem: RowProblem) => void },
): AsyncGenerator<CsvRow> {
  let header: string[] | undefined
  let row = 0
  for await (const { cells, fault } of records(path.join(folder, file))) {
    row++
    if (!header) {
      header = cells.map((cell) => cell.trim())
      const missing = columns.filter((column) => !header?.includes(column))
      if (missing.length > 0) throw new Error(`${file} has no column ${missing.join(', ')}. Its columns: ${header.join(', ')}.`)
      continue
    }
    if (cells.length === 1 && cells[0]?.trim() === '') continue
    const message = fault ?? faultOf(cells, header.length)
    if (message) {
      report({ file, row, column: '', value: cells.join(',').slice(0, 200), severity: 'error', message })
      continue
    }
    yield { row, values: Object.fromEntries(header.map((column, index) => [column, (cells[index] ?? '').trim()])) }
  }
  if (!header) throw new Error(`${file} is empty: it needs a header line.`)
}

function faultOf(cells: readonly string[], width: number): Text | undefined {
  if (cells.length !== width) {
    return {
      en: `The header has ${width} cells, the row has ${cells.length}. Put values with commas or line breaks in quotes.`,
      zh: `表头有 ${width} 列，该行有 ${cells.length} 列。含逗号或换行的值请用引号括起。`,
    }
  }
  // What is not UTF-8 reads as the replacement character; NUL cannot be stored.
  if (cells.some((cell) => /[\0\uFFFD]/.test(cell))) {
    return { en: 'The row has characters that cannot be read. Save the file as UTF-8.', zh: '该行含无法识别的字符，请将文件另存为 UTF-8 编码。' }
  }
  return undefined
}

type Cells = { readonly cells: readonly string[]; readonly fault?: Text }

/** Papa parses a chunk of the file at a time and waits until its rows are taken. */
async function* records(file: string): AsyncGenerator<Cells> {
  const stream = createReadStream(file, { encoding: 'utf8', highWaterMark: 256 * 1024 })
  let deliver: (value: { rows?: Cells[]; error?: Error; resume?: () => void }) => void = () => {}
  const next = () => new Promise<{ rows?: Cells[]; error?: Error; resume?: () => void }>((resolve) => (deliver = resolve))
  let waiting = next()
  let first = true
  Papa.parse<string[]>(stream, {
    delimiter: ',',
    chunk: ({ data, errors }, parser) => {
      parser.pause()
      const faults = new Map(errors.map(({ row, message }) => [row ?? data.length - 1, brokenQuotes(message)]))
      const rows = data.map((cells, index): Cells => {
        const fault = faults.get(index)
        const clean = first && index === 0 ? [cells[0]?.replace(/^\uFEFF/, '') ?? '', ...cells.slice(1)] : cells
        return { cells: clean, ...(fault ? { fault } : {}) }
      })
      first = false
      deliver({ rows, resume: () => parser.resume() })
    },
    complete: () => deliver({}),
    error: (error: Error) => deliver({ error }),
  })
  try {
    for (;;) {
      const { rows, error, resume } = await waiting
      if (error) throw error
      if (!rows) return
      yield* rows
      waiting = next()
      resume?.()
    }
  } finally {
    stream.destroy()
  }
}

const brokenQuotes = (detail: string): Text => ({
  en: `Broken quotes (${detail}). Close each quote, and write a quote inside a value twice.`,
  zh: `引号不完整（${detail}）。请成对使用引号，值内的引号须写两次。`,
})
