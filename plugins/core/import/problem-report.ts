import { once } from 'node:events'
import { createWriteStream, type WriteStream } from 'node:fs'
import { mkdir } from 'node:fs/promises'
import path from 'node:path'
import Papa from 'papaparse'
import type { RowProblem } from './importer.ts'

export type ProblemReport = {
  add(problem: RowProblem): void
  /** @returns the file, when there was anything to write */
  close(): Promise<string | undefined>
}

const columns = ['file', 'row', 'column', 'value', 'severity', 'message', 'message_zh'] as const

/** Writes problems to a CSV file as they come; a run without problems leaves no file. */
export function openReport(file: string): ProblemReport {
  let stream: Promise<WriteStream> | undefined
  let written = Promise.resolve()
  const write = (row: readonly unknown[], mark = '') => {
    stream ??= mkdir(path.dirname(file), { recursive: true }).then(() => createWriteStream(file, 'utf8'))
    // A value that begins with = + - @ would be a formula where a spreadsheet opens the report.
    const text = `${mark}${Papa.unparse([[...row]], { escapeFormulae: true })}\n`
    const target = stream
    written = written.then(async () => {
      const open = await target
      if (!open.write(text)) await once(open, 'drain')
    })
  }
  return {
    add({ message, ...problem }) {
      // The mark lets spreadsheets read the Chinese as UTF-8.
      if (!stream) write(columns, '\uFEFF')
      write([problem.file, problem.row, problem.column, problem.value, problem.severity, message.en, message.zh])
    },
    async close() {
      if (!stream) return undefined
      await written
      const open = await stream
      await new Promise<void>((resolve, reject) => open.end((error?: Error | null) => (error ? reject(error) : resolve())))
      return file
    },
  }
}
