import { createHash } from 'node:crypto'
import { createWriteStream } from 'node:fs'
import { mkdir, open } from 'node:fs/promises'
import path from 'node:path'
import { Readable, Transform } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { createGzip } from 'node:zlib'
import type { ManifestFile } from './manifest.ts'

type Inputs = {
  /** The backup's folder, and the file's path in it. */
  readonly folder: string
  readonly name: string
  readonly source: AsyncIterable<Buffer | string>
  readonly gzip: boolean
  readonly signal?: AbortSignal
}

/**
 * Streams `source` into a file that only this user may read, and onto the disk. Memory stays flat.
 * @returns its entry in the manifest: size and hash of what stands on the disk
 */
export async function writeFile({ folder, name, source, gzip, signal }: Inputs): Promise<ManifestFile> {
  const place = path.join(folder, name)
  await mkdir(path.dirname(place), { recursive: true, mode: 0o700 })
  const hash = createHash('sha256')
  let bytes = 0
  const measure = new Transform({
    transform(chunk: Buffer, _, done) {
      hash.update(chunk)
      bytes += chunk.length
      done(null, chunk)
    },
  })
  const target = createWriteStream(place, { mode: 0o600, flags: 'wx' })
  const steps = [Readable.from(source, { objectMode: false }), ...(gzip ? [createGzip({ level: 3 })] : []), measure, target]
  await pipeline(steps, { ...(signal && { signal }) })
  await sync(place)
  return { path: name, bytes, sha256: hash.digest('hex') }
}

/** What a file or folder holds has reached the disk afterwards. */
export async function sync(place: string): Promise<void> {
  const handle = await open(place, 'r')
  try {
    await handle.sync()
  } finally {
    await handle.close()
  }
}
