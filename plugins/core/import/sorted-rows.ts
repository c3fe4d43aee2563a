import { createReadStream, createWriteStream } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { createInterface } from 'node:readline'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import type { CsvRow } from './csv.ts'

export type KeyedRow = { readonly key: number; readonly row: CsvRow }

/** About 20 MB of rows as they mostly are. */
const usuallyInMemory = 20_000

/**
 * The rows by their key, equal ones in the order of the file: an order that the file need not have. At most `inMemory`
 * rows are held at once; a longer file is sorted in pieces, which wait in temporary files and are merged.
 */
export async function* sortedRows(rows: AsyncIterable<KeyedRow>, inMemory = usuallyInMemory): AsyncGenerator<KeyedRow> {
  let folder: string | undefined
  const files: string[] = []
  let piece: KeyedRow[] = []
  try {
    for await (const row of rows) {
      piece.push(row)
      if (piece.length < inMemory) continue
      folder ??= await mkdtemp(path.join(tmpdir(), 'trellis-sort-'))
      files.push(await written(path.join(folder, `${files.length}.jsonl`), piece.sort(byKey)))
      piece = []
    }
    // Pieces come in the order of the file, so that of equal keys the earlier piece goes first.
    yield* merged([...files.map(rowsOf), listed(piece.sort(byKey))])
  } finally {
    if (folder) await rm(folder, { recursive: true, force: true })
  }
}

const byKey = (a: KeyedRow, b: KeyedRow) => a.key - b.key || a.row.row - b.row.row

async function written(file: string, piece: readonly KeyedRow[]): Promise<string> {
  await pipeline(Readable.from(linesOf(piece)), createWriteStream(file, 'utf8'))
  return file
}

function* linesOf(piece: readonly KeyedRow[]): Generator<string> {
  for (const row of piece) yield `${JSON.stringify(row)}\n`
}

async function* rowsOf(file: string): AsyncGenerator<KeyedRow> {
  for await (const line of createInterface({ input: createReadStream(file, 'utf8'), crlfDelay: Infinity })) yield JSON.parse(line) as KeyedRow
}

async function* listed(rows: readonly KeyedRow[]): AsyncGenerator<KeyedRow> {
  yield* rows
}

async function* merged(pieces: readonly AsyncGenerator<KeyedRow>[]): AsyncGenerator<KeyedRow> {
  const heads = await Promise.all(pieces.map(async (piece) => ({ piece, next: await piece.next() })))
  try {
    for (;;) {
      const open = heads.flatMap((head) => (head.next.done ? [] : [{ head, row: head.next.value }]))
      const first = open.reduce<(typeof open)[number] | undefined>((least, each) => (least && byKey(least.row, each.row) <= 0 ? least : each), undefined)
      if (!first) return
      yield first.row
      first.head.next = await first.head.piece.next()
    }
  } finally {
    for (const { piece } of heads) await piece.return(undefined)
  }
}
