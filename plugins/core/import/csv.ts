import { createReadStream } from 'node:fs'
import path from 'node:path'
import type { Text } from '../../../config/language/text.ts'
import { csvRecords } from '../imports/csv-records.ts'
import type { RowProblem } from './importer.ts'

export type CsvRow = { readonly row: number; readonly values: Readonly<Record<string, string>> }

/**
 * Rows of a CSV file (UTF-8, comma, header line), in order, with bounded memory: each line is a row, so a quote that is not
 * closed spoils its own line and none of the following. Rows that are not rows (too many or too few cells, broken quotes,
 * broken characters) are reported and left out, and so is all of a file without its header. Blanks round a value are cut off.
 */
export async function* readCsv(
  { folder, file, columns, report }: { readonly folder: string; readonly file: string; readonly columns: readonly string[]; readonly report: (problem: RowProblem) => void },
): AsyncGenerator<CsvRow> {
  let header: string[] | undefined
  const fault = (row: number, value: string, message: Text) => report({ file, row, column: '', value: value.slice(0, 200), severity: 'error', message })
  const text = createReadStream(path.join(folder, file), { encoding: 'utf8', highWaterMark: 256 * 1024 }) as AsyncIterable<string>
  for await (const { row, cells, broken } of csvRecords(text, { delimiter: ',', multiline: false })) {
    if (header && cells.length === 1 && cells[0]?.trim() === '') continue
    if (!header) {
      header = cells.map((cell) => cell.trim())
      const missing = [...new Set(columns)].filter((column) => !header?.includes(column))
      if (missing.length > 0) return fault(row, '', withoutColumns(missing))
      continue
    }
    const message = broken ? brokenQuotes : faultOf(cells, header.length)
    if (message) fault(row, cells.join(','), message)
    else yield { row, values: Object.fromEntries(header.map((column, index) => [column, (cells[index] ?? '').trim()])) }
  }
  if (!header) fault(1, '', isEmpty([...new Set(columns)]))
}

function faultOf(cells: readonly string[], width: number): Text | undefined {
  if (cells.length !== width) {
    return {
      en: `The header has ${width} cells, the row has ${cells.length}. Put values with commas in quotes, and write no line break into a value.`,
      zh: `表头有 ${width} 列，该行有 ${cells.length} 列。含逗号的值请用引号括起，值内不得换行。`,
    }
  }
  // What is not UTF-8 reads as the replacement character; NUL cannot be stored.
  if (cells.some((cell) => /[\0\uFFFD]/.test(cell))) {
    return { en: 'The row has characters that cannot be read. Save the file as UTF-8.', zh: '该行含无法识别的字符，请将文件另存为 UTF-8 编码。' }
  }
  return undefined
}

const isEmpty = (columns: readonly string[]): Text => ({
  en: `The file is empty. Export it again; its first line names the columns ${columns.join(', ')}.`,
  zh: `文件为空。请重新导出；首行应为列名：${columns.join('、')}。`,
})

const withoutColumns = (missing: readonly string[]): Text => ({
  en: `The header line lacks ${missing.join(', ')}, so nothing of the file is read. Add the column names in the first line, or export the file again.`,
  zh: `表头缺少：${missing.join('、')}，整个文件未读取。请在首行补上列名，或重新导出文件。`,
})

const brokenQuotes: Text = {
  en: 'Broken quotes. Close each quote in its line, and write a quote inside a value twice.',
  zh: '引号不完整。请在同一行内成对使用引号，值内的引号须写两次。',
}
