import { createReadStream } from 'node:fs'
import { open, rm, type FileHandle } from 'node:fs/promises'
import type { IncomingMessage } from 'node:http'
import { randomBytes } from 'node:crypto'
import path from 'node:path'
import { PassThrough, type Readable } from 'node:stream'

/** Bodies up to this size are read before they are sent on: their sender cannot hold up a switch. */
const smallBytes = 65_536

/** What is sent on; all of it can be sent again. */
export type RequestBody = { readonly bytes: Buffer } | LargeBody

/** Passed on as it comes, and kept on disk meanwhile. */
export type LargeBody = {
  readonly stream: Readable
  /** The whole of it once more, when it has arrived; undefined when its sender broke off, or the disk had no room for it. */
  readonly again: () => Promise<Readable | undefined>
  /** Nobody needs it any more. */
  readonly forget: () => void
}

type Inputs = {
  readonly request: IncomingMessage
  /** Where large ones are kept: only this user may look into it. */
  readonly folder: string
  readonly limit: number
  /** It is larger than the limit. */
  readonly refuse: () => void
}

/** @returns undefined when the request was refused or given up. */
export async function readBody({ request, folder, limit, refuse }: Inputs): Promise<RequestBody | undefined> {
  const declared = Number(request.headers['content-length'] ?? 0)
  if (declared > limit) {
    refuse()
    return undefined
  }
  if (request.headers['transfer-encoding'] !== undefined || declared > smallBytes) return keep({ request, folder, limit, refuse })
  const chunks: Buffer[] = []
  try {
    for await (const chunk of request) chunks.push(chunk as Buffer)
  } catch {
    return undefined
  }
  return { bytes: Buffer.concat(chunks) }
}

async function keep({ request, folder, limit, refuse }: Inputs): Promise<LargeBody> {
  const file = path.join(folder, `body-${randomBytes(6).toString('hex')}`)
  const stream = new PassThrough()
  // Whoever reads it is told by its end; without a listener here the error would be nobody's.
  stream.on('error', () => {})
  let handle: FileHandle | undefined = await open(file, 'wx', 0o600).catch(() => undefined)
  const letGo = async () => {
    await handle?.close()
    handle = undefined
    await rm(file, { force: true })
  }
  const receive = async (): Promise<boolean> => {
    let size = 0
    let isTooLarge = false
    try {
      // Its sender must get to the answer: the connection stays open when it is too large.
      for await (const chunk of request.iterator({ destroyOnReturn: false })) {
        const bytes = chunk as Buffer
        size += bytes.length
        isTooLarge = size > limit
        if (isTooLarge) break
        // A disk without room makes it one that is sent once.
        await handle?.write(bytes).catch(letGo)
        if (!stream.destroyed && !stream.write(bytes)) await roomIn(stream)
      }
      if (isTooLarge) {
        refuse()
        throw new Error('The body is too large.')
      }
      if (!request.complete) throw new Error('The sender broke off.')
      stream.end()
      return true
    } catch (error) {
      stream.destroy(error as Error)
      return false
    }
  }
  const received = receive()
  return {
    stream,
    again: async () => ((await received) && handle ? createReadStream(file) : undefined),
    forget: () => { void received.then(letGo) },
  }
}

/** Resolves when it takes more, or when nobody reads it any more; listens to it no longer than that. */
function roomIn(stream: PassThrough): Promise<void> {
  return new Promise((resolve) => {
    const goOn = () => {
      stream.off('drain', goOn).off('close', goOn)
      resolve()
    }
    stream.on('drain', goOn).on('close', goOn)
  })
}
