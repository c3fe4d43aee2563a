import { createReadStream } from 'node:fs'
import { open } from 'node:fs/promises'
import type { ImportRow } from './cell.ts'
import { csvRecords } from './csv-records.ts'
import { detectDelimiter, type Delimiter } from './detect-dialect.ts'
import { detectEncoding, type Encoding } from './detect-encoding.ts'

export type CsvOptions = { readonly encoding: Encoding; readonly delimiter: Delimiter }

const sampleBytes = 256 * 1024

/** How the file is most likely written; what is given counts. */
export async function detectCsv(file: string, given: Partial<CsvOptions>): Promise<CsvOptions> {
  const head = await headOf(file)
  const encoding = given.encoding ?? (head.some((byte) => byte > 127) ? detectEncoding(head) : await encodingFurtherDown(file, detectEncoding(head)))
  return { encoding, delimiter: given.delimiter ?? detectDelimiter(new TextDecoder(encoding).decode(head, { stream: true })) }
}

/** Every record of the file, from the first row on, empty ones too; memory holds a piece of the file. */
export async function* rowsOfCsv(file: string, { encoding, delimiter }: CsvOptions, signal?: AbortSignal): AsyncGenerator<ImportRow> {
  yield* csvRecords(textOf(file, encoding, signal), { delimiter, multiline: true })
}

/** The text of the file; bytes that are none in its encoding become the replacement character. */
async function* textOf(file: string, encoding: Encoding, signal?: AbortSignal): AsyncGenerator<string> {
  const decoder = new TextDecoder(encoding)
  for await (const chunk of createReadStream(file, { highWaterMark: sampleBytes, ...(signal && { signal }) }) as AsyncIterable<Buffer>) yield decoder.decode(chunk, { stream: true })
  yield decoder.decode()
}

/** A beginning without any sign says nothing: the first Chinese name of a list may stand far down. */
async function encodingFurtherDown(file: string, guess: Encoding): Promise<Encoding> {
  if (guess !== 'utf-8') return guess
  for (const encoding of ['utf-8', 'gb18030'] as const) if (await holds(file, encoding)) return encoding
  return 'windows-1252'
}

async function holds(file: string, encoding: Encoding): Promise<boolean> {
  const decoder = new TextDecoder(encoding, { fatal: true })
  try {
    for await (const chunk of createReadStream(file, { highWaterMark: sampleBytes }) as AsyncIterable<Buffer>) decoder.decode(chunk, { stream: true })
    decoder.decode()
    return true
  } catch (error) {
    if (error instanceof TypeError) return false
    throw error
  }
}

async function headOf(file: string): Promise<Uint8Array> {
  const handle = await open(file)
  try {
    const { buffer, bytesRead } = await handle.read(new Uint8Array(sampleBytes), 0, sampleBytes, 0)
    return buffer.subarray(0, bytesRead)
  } finally {
    await handle.close()
  }
}
