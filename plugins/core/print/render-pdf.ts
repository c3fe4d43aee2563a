import path from 'node:path'
import { Piscina } from 'piscina'
import { root } from '../../../config/root.ts'
import { fail } from '../errors.ts'
import { layoutPaper } from './layout.ts'
import type { Paper } from './paper.ts'

/** A paper of the most lines a document may have takes some seconds; anything longer is stuck. */
const longestMilliseconds = 60_000
const longestQueue = 64

/**
 * The paper as PDF, with the glyphs it uses embedded. Runs in a worker thread: a page takes about 60 ms of CPU, a hundred
 * lines half a second, which the request thread has no time for.
 * @throws 503 when too many papers wait
 */
export async function renderPdf(paper: Paper): Promise<Uint8Array<ArrayBuffer>> {
  const { queueSize } = openPool()
  if (queueSize >= longestQueue) fail('printingBusy')
  return await openPool().run(layoutPaper(paper), { signal: AbortSignal.timeout(longestMilliseconds) }) as Uint8Array<ArrayBuffer>
}

let pool: Piscina | undefined

/** Started with the first paper; a minute without one ends its thread. */
function openPool(): Piscina {
  const font = (weight: string) => path.join(root, 'node_modules/@expo-google-fonts/noto-sans-sc', weight)
  pool ??= new Piscina({
    filename: path.join(root, 'plugins/core/print/pdf-worker.mjs'),
    minThreads: 0, maxThreads: 1, idleTimeout: 60_000, maxQueue: longestQueue,
    workerData: { fonts: { normal: font('400Regular/NotoSansSC_400Regular.ttf'), bold: font('700Bold/NotoSansSC_700Bold.ttf') } },
  })
  return pool
}
