import { createReadStream } from 'node:fs'
import { mkdir, open, readdir, rename, rm, stat, type FileHandle } from 'node:fs/promises'
import path from 'node:path'
import type { ImportRow } from './cell.ts'

/** Where an import's files are. `rows` and the problems have one JSON value a line, so that a place in them is a number of bytes. */
export type ImportFolder = {
  readonly folder: string
  readonly source: string
  readonly rows: string
  /** Documents whose rows stand apart from each other, as the run found them. */
  readonly splits: string
  readonly problems: (of: ProblemKind) => string
}
/** Of the dry run, of the run, of an undo. */
export type ProblemKind = 'check' | 'run' | 'undo'

export function importFolder(dataDir: string, id: string): ImportFolder {
  const folder = path.join(dataDir, 'imports', id)
  return {
    folder, source: path.join(folder, 'source'), rows: path.join(folder, 'rows.ndjson'), splits: path.join(folder, 'splits.ndjson'),
    problems: (of) => path.join(folder, `${of}-problems.ndjson`),
  }
}

/** Takes the uploaded file over; on another disk it is copied by its owner. */
export async function takeOver(file: string, { folder, source }: ImportFolder): Promise<void> {
  await mkdir(folder, { recursive: true, mode: 0o700 })
  await rename(file, source)
}

export const removeFolder = ({ folder }: ImportFolder): Promise<void> => rm(folder, { recursive: true, force: true })

/** Names of the folders of imports: their ids. Reports of the command line stand beside them. */
export async function foldersBelow(dataDir: string): Promise<string[]> {
  const names = await readdir(path.join(dataDir, 'imports'), { withFileTypes: true }).catch(() => [])
  return names.filter((entry) => entry.isDirectory()).map(({ name }) => name)
}

export const exists = (file: string): Promise<boolean> => stat(file).then(() => true, () => false)

export type LineWriter = {
  /** @returns the length of the file after it, once `flush` has ended. */
  write(value: unknown): number
  flush(): Promise<void>
  close(): Promise<void>
}

const bufferedBytes = 256 * 1024

/** Writes one JSON value a line from byte `from` on; what stands behind it is cut off. */
export async function openLines(file: string, from = 0): Promise<LineWriter> {
  await mkdir(path.dirname(file), { recursive: true, mode: 0o700 })
  const handle: FileHandle = await open(file, from === 0 ? 'w' : 'r+', 0o600)
  if (from > 0) await handle.truncate(from)
  let length = from
  let flushed = from
  let pending: string[] = []
  let pendingBytes = 0
  const flush = async () => {
    if (pending.length === 0) return
    const bytes = Buffer.from(pending.join(''))
    pending = []
    pendingBytes = 0
    await handle.write(bytes, 0, bytes.length, flushed)
    flushed += bytes.length
  }
  return {
    write(value) {
      const line = `${JSON.stringify(value)}\n`
      pending.push(line)
      pendingBytes += line.length
      length += Buffer.byteLength(line)
      return length
    },
    flush: async () => { if (pendingBytes > 0) await flush() },
    async close() {
      await flush()
      await handle.close()
    },
  }
}

/** A line and where the next one begins, in bytes. */
export type PlacedLine<Value> = { readonly value: Value; readonly next: number }

/** The lines of a file from byte `from` on, in pieces of the file: memory holds one piece. None where there is no file. */
export async function* readLines<Value>(file: string, from = 0): AsyncGenerator<PlacedLine<Value>> {
  if (!(await exists(file))) return
  let rest: Buffer = Buffer.alloc(0)
  let next = from
  for await (const chunk of createReadStream(file, { start: from, highWaterMark: bufferedBytes }) as AsyncIterable<Buffer>) {
    const piece = rest.length > 0 ? Buffer.concat([rest, chunk]) : chunk
    let start = 0
    for (let end = piece.indexOf(10); end >= 0; end = piece.indexOf(10, start)) {
      next += end + 1 - start
      yield { value: JSON.parse(piece.toString('utf8', start, end)) as Value, next }
      start = end + 1
    }
    rest = piece.subarray(start)
  }
}

/** A row as it stands in the file of rows: number, cells, and 1 where its quotes are broken. */
type WrittenRow = readonly [number, ImportRow['cells'], 1?]
export type PlacedRow = ImportRow & { readonly next: number }

export const writtenRow = ({ row, cells, broken }: ImportRow): WrittenRow => (broken ? [row, cells, 1] : [row, cells])

export async function* readRows(file: string, from = 0): AsyncGenerator<PlacedRow> {
  for await (const { value: [row, cells, broken], next } of readLines<WrittenRow>(file, from)) {
    yield { row, cells, next, ...(broken ? { broken: true as const } : {}) }
  }
}
