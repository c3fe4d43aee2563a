import { randomBytes, timingSafeEqual } from 'node:crypto'
import { once } from 'node:events'
import { renameSync, rmSync, writeFileSync } from 'node:fs'
import http, { type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import path from 'node:path'
import type { RevisionInputs } from '../../config/language/revision.ts'
import { makeFolder } from '../../config/make-folder.ts'
import { ApplicationFailure } from './application.ts'
import type { FrontMetrics } from './metrics.ts'
import type { SpareKeeper } from './spare.ts'
import type { Supervisor } from './supervisor.ts'

/** Where the control listens and the token it wants: a file in DATA_DIR that only this user may read. */
export const controlFile = 'front.json'
export type ControlAddress = { readonly port: number; readonly token: string; readonly pid: number }

const mostBytes = 4 * 1_048_576

type Inputs = { readonly dataDir: string; readonly supervisor: Supervisor; readonly spare: Pick<SpareKeeper, 'expect' | 'pid'>; readonly metrics: FrontMetrics['render'] }

/**
 * Publishing, restarting and asking for the state, on a port of this machine and with a token made at each start:
 * GET /status, GET /metrics (OpenMetrics), POST /restart, POST /expect (something will be published soon), POST /publish `{base, inputs, actor}` (`base`: number of the revision it builds on).
 * @returns what closes it
 */
export async function openControl({ dataDir, supervisor, spare, metrics }: Inputs): Promise<() => void> {
  const token = randomBytes(32).toString('base64url')
  const server = http.createServer((request, response) => void answer(request, response))
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const file = path.join(dataDir, controlFile)
  writeAddress(file, { port: (server.address() as AddressInfo).port, token, pid: process.pid })
  return () => {
    rmSync(file, { force: true })
    server.close()
    server.closeAllConnections()
  }

  async function answer(request: IncomingMessage, response: ServerResponse) {
    const tell = (status: number, body: object) => response.writeHead(status, { 'Content-Type': 'application/json' }).end(JSON.stringify(body))
    try {
      if (!isAllowed(request, token)) return tell(401, { error: `The control takes requests with the token in ${controlFile} only.` })
      switch (`${request.method ?? ''} ${request.url ?? ''}`) {
        case 'GET /status': return tell(200, { ...supervisor.status(), spare: spare.pid(), front: { pid: process.pid, rss: process.memoryUsage.rss() } })
        case 'GET /metrics': {
          const { contentType, text } = await metrics()
          return response.writeHead(200, { 'Content-Type': contentType }).end(text)
        }
        case 'POST /restart': return tell(200, await supervisor.restart())
        case 'POST /expect':
          spare.expect()
          return tell(202, {})
        case 'POST /publish': {
          const { base, inputs, actor } = await readPublish(request)
          return tell(200, await supervisor.publish({ number: base + 1, inputs }, actor))
        }
        default: return tell(404, { error: 'The control knows GET /status, GET /metrics, POST /restart, POST /expect and POST /publish.' })
      }
    } catch (error) {
      tell(error instanceof ApplicationFailure ? error.status : 500, { error: error instanceof Error ? error.message : String(error) })
    }
  }
}

function isAllowed({ headers }: IncomingMessage, token: string): boolean {
  const given = Buffer.from(headers.authorization ?? '')
  const wanted = Buffer.from(`Bearer ${token}`)
  return given.length === wanted.length && timingSafeEqual(given, wanted)
}

async function readPublish(request: IncomingMessage): Promise<{ base: number; inputs: RevisionInputs; actor: string }> {
  const chunks: Buffer[] = []
  let size = 0
  for await (const chunk of request) {
    size += (chunk as Buffer).length
    if (size > mostBytes) throw new ApplicationFailure(`What is published is larger than ${mostBytes / 1_048_576} MB.`, 413)
    chunks.push(chunk as Buffer)
  }
  let body: { base?: unknown; inputs?: unknown; actor?: unknown } | null
  try {
    body = JSON.parse(Buffer.concat(chunks).toString()) as typeof body
  } catch {
    throw new ApplicationFailure('The body is not valid JSON.', 400)
  }
  const { base, inputs, actor = 'operator' } = body ?? {}
  if (!Number.isSafeInteger(base) || Number(base) < 0) throw new ApplicationFailure('base must be the number of the revision this one builds on.', 400)
  if (typeof inputs !== 'object' || inputs === null || typeof actor !== 'string') throw new ApplicationFailure('inputs must be an object like {"fields": {"parts": []}}, actor a text.', 400)
  return { base: Number(base), inputs: inputs as RevisionInputs, actor }
}

/** Written beside and renamed: whoever reads it reads all of it. */
function writeAddress(file: string, address: ControlAddress) {
  makeFolder(path.dirname(file))
  const beside = `${file}.${process.pid}`
  rmSync(beside, { force: true })
  writeFileSync(beside, `${JSON.stringify(address)}\n`, { mode: 0o600, flag: 'wx' })
  renameSync(beside, file)
}
