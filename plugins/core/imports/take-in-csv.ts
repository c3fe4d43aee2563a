import { createReadStream } from 'node:fs'
import { open } from 'node:fs/promises'
import type { ImportRow } from './cell.ts'
import { csvRecords } from './csv-records.ts'
import { detectDelimiter, type Delimiter } from './detect-dialect.ts'
import { detectEncoding, isGuess, type Encoding } from './detect-encoding.ts'
import type { FileOptions } from './import-record.ts'

export type CsvOptions = { readonly encoding: Encoding; readonly delimiter: Delimiter }

const sampleBytes = 256 * 1024

/** How the file is most likely written; what is given counts. */
export async function detectCsv(file: string, given: FileOptions): Promise<CsvOptions & Pick<FileOptions, 'isEncodingGuessed'>> {
  const head = await headOf(file)
  const encoding = given.encoding ?? (head.some((byte) => byte > 127) ? detectEncoding(head) : await encodingFurtherDown(file, detectEncoding(head)))
  const isEncodingGuessed = given.encoding === undefined ? isGuess(encoding) : given.isEncodingGuessed ?? false
  return { encoding, isEncodingGuessed, delimiter: given.delimiter ?? detectDelimiter(new TextDecoder(encoding).decode(head, { stream: true })) }
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
  for (const encoding of ['utf-8', detectEncoding(await firstSigns(file)), 'gb18030', 'big5'] as const) if (await holds(file, encoding)) return encoding
  return 'windows-1252'
}

/** The first piece of the file that is more than ASCII; empty where there is none. */
async function firstSigns(file: string): Promise<Uint8Array> {
  for await (const chunk of createReadStream(file, { highWaterMark: sampleBytes }) as AsyncIterable<Buffer>) if (chunk.some((byte) => byte > 127)) return chunk
  return new Uint8Array()
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
