import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { createDeflateRaw } from 'node:zlib'
import { crc32 } from './crc32.ts'

export type ZipEntry = { readonly name: string; readonly chunks: Iterable<string> | AsyncIterable<string> }

type Written = { readonly name: Buffer; readonly offset: number; readonly crc: number; readonly packed: number; readonly size: number }

/**
 * The bytes of a ZIP archive, entry after entry, as fast as they are taken: what is in memory is what the compression holds.
 * Sizes follow each entry (PKWARE APPNOTE 4.4.4, bit 3), names are UTF-8.
 * @throws RangeError beyond 4 GiB, which would need ZIP64
 */
export async function* zip(entries: readonly ZipEntry[]): AsyncGenerator<Uint8Array, undefined> {
  const written: Written[] = []
  let offset = 0
  for (const { name: text, chunks } of entries) {
    const name = Buffer.from(text)
    const start = offset
    const header = record(0x04034b50, [...common, 0, 0, 0, [name.length, 2], [0, 2]], name)
    yield header
    offset += header.length
    const tally = { crc: 0, size: 0 }
    let packed = 0
    for await (const part of deflated(counted(chunks, tally))) {
      packed += part.length
      yield part
    }
    const descriptor = record(0x08074b50, [tally.crc, packed, tally.size])
    yield descriptor
    offset += packed + descriptor.length
    if (offset > mostBytes || tally.size > mostBytes) throw new RangeError('The file would be larger than 4 GiB.')
    written.push({ name, offset: start, packed, ...tally })
  }
  let size = 0
  for (const { name, crc, packed, size: length, offset: at } of written) {
    const entry = record(0x02014b50, [[20, 2], ...common, crc, packed, length, [name.length, 2], [0, 2], [0, 2], [0, 2], [0, 2], 0, at], name)
    size += entry.length
    yield entry
  }
  yield record(0x06054b50, [[0, 2], [0, 2], [written.length, 2], [written.length, 2], size, offset, [0, 2]])
}

const mostBytes = 0xffff_ffff

/** A number of four bytes, or of as many as stand beside it. */
type Part = number | readonly [value: number, bytes: 2]

/** Version 2.0, sizes afterwards and names in UTF-8, deflate, the first of January 1980: the same rows give the same file. */
const common: readonly Part[] = [[20, 2], [0x0808, 2], [8, 2], [0, 2], [0x21, 2]]

function record(signature: number, parts: readonly Part[], tail: Buffer = Buffer.alloc(0)): Buffer {
  const sized = [signature, ...parts].map((part): readonly [number, 2 | 4] => (typeof part === 'number' ? [part, 4] : part))
  const bytes = Buffer.alloc(sized.reduce((sum, [, length]) => sum + length, 0))
  let at = 0
  for (const [value, length] of sized) at = bytes.writeUIntLE(value, at, length)
  return Buffer.concat([bytes, tail])
}

async function* counted(chunks: ZipEntry['chunks'], tally: { crc: number; size: number }): AsyncGenerator<Buffer> {
  for await (const chunk of chunks) {
    const bytes = Buffer.from(chunk)
    tally.crc = crc32(bytes, tally.crc)
    tally.size += bytes.length
    yield bytes
  }
}

async function* deflated(source: AsyncIterable<Buffer>): AsyncGenerator<Uint8Array> {
  const packing = createDeflateRaw({ level: 6 })
  // What breaks in the source comes out of the iteration below, which is awaited.
  const done = pipeline(Readable.from(source, { objectMode: true }), packing).catch(() => { /* Thrown below. */ })
  for await (const part of packing) yield part as Uint8Array
  await done
}
