import { once } from 'node:events'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import http, { type IncomingMessage, type ServerResponse } from 'node:http'
import { tmpdir } from 'node:os'
import path from 'node:path'
import type { Revision } from '../../config/language/revision.ts'
import type { Settings } from '../../config/settings.ts'
import { publicEntriesPath, publicEntriesPerMinute } from '../../plugins/core/pages/page-limits.ts'
import type { Welcome } from '../server/parent.ts'
import { demandHttps } from '../server/security-headers.ts'
import { refuse, refuseRaw, tooManyRequests, unreadable, waitedTooLong, type Refusal } from './answers.ts'
import { beginProcess, launch, type Application } from './application.ts'
import { callerOf, signingKeyOf } from './caller.ts'
import { openControl } from './control.ts'
import { forward } from './forward.ts'
import type { FrontLog } from './front-log.ts'
import { proxyPolicy } from './forwarded.ts'
import { isRead } from './harmless.ts'
import { answerHealth } from './health.ts'
import { identify } from './identify.ts'
import { frontMetrics } from './metrics.ts'
import { rateLimit } from './rate-limit.ts'
import { keepSpare } from './spare.ts'
import { supervise } from './supervisor.ts'
import { upgrade } from './upgrade.ts'
import { openUploads } from './uploads.ts'
import { waitingRoom } from './waiting-room.ts'

export type Front = {
  readonly welcome: Welcome
  /** Stops accepting, lets the application answer what it has, ends it. */
  readonly stop: () => Promise<void>
}

type Inputs = {
  readonly settings: Settings & { readonly secret: string }
  /** The application's program. */
  readonly program: string
  readonly env: Readonly<Record<string, string | undefined>>
  readonly progress: (label: string) => void
  readonly log: FrontLog
}

/** Someone who prepares a configuration and looks at it now and then. */
const spareMilliseconds = 600_000
const waitPlaces = 1_000
/** Less than the minute after which proxies give up. */
const waitMilliseconds = 50_000
/**
 * Longer than senders keep an idle connection (Node's fetch 4 s; browsers and proxies about a minute): who closes first must be the one
 * that sends, or a request may meet the closing.
 */
const idleMilliseconds = 75_000

/**
 * The front process: holds the public port while application processes come and go behind it. It knows neither Next nor
 * Payload nor a database; what it checks (size, rate, who is a proxy) it checks before a byte reaches the application.
 * @throws whatever keeps the port from opening or the first application from starting, after ending what was begun.
 */
export async function openFront({ settings, program, env, progress, log }: Inputs): Promise<Front> {
  const folder = mkdtempSync(path.join(tmpdir(), 'trellis-'))
  const room = waitingRoom<Application>({ places: waitPlaces, milliseconds: waitMilliseconds })
  const place = { program, folder, env }
  const spare = keepSpare({ start: () => beginProcess(place, { isSpare: true }), milliseconds: spareMilliseconds })
  let isServing = false
  const supervisor = supervise({
    room, log,
    launch: ({ revision, isBeside, onBehind, onPublish }) => launch({
      started: spare.take() ?? beginProcess(place, { isSpare: false }), isBeside, onBehind, onPublish, onExpect: spare.expect,
      ...(revision && { revisionFile: writeRevision(folder, revision) }),
      onProgress: (label) => { if (!isServing) progress(label) },
    }),
  })
  const policy = proxyPolicy(settings.trustedProxies)
  const perAccount = rateLimit(settings.limits.requestsPerAccount)
  const perAddress = rateLimit(settings.limits.requestsPerAddress)
  const perVisitor = rateLimit(publicEntriesPerMinute)
  const signingKey = signingKeyOf(settings.secret)
  const uploads = openUploads({ dataDir: settings.dataDir, limitBytes: settings.limits.uploadBytes, types: settings.limits.uploadTypes, identify: (request) => identify(request, supervisor), fault: (error) => log(`An upload failed: ${textOf(error)}`, 'error') })

  const limited = (request: IncomingMessage): Refusal | undefined => {
    const address = policy.addressOf(request)
    const atAddress = perAddress.take(address)
    if (atAddress > 0) return tooManyRequests('address', perAddress.perMinute, atAddress)
    const ofVisitor = isPublicEntry(request) ? perVisitor.take(address) : 0
    if (ofVisitor > 0) return tooManyRequests('visitor', perVisitor.perMinute, ofVisitor)
    // Pages bring dozens of assets; what costs something is asked for below /api.
    const caller = request.url?.startsWith('/api/') ? callerOf(request.headers, signingKey) : undefined
    const ofAccount = caller === undefined ? 0 : perAccount.take(caller)
    return ofAccount > 0 ? tooManyRequests('account', perAccount.perMinute, ofAccount) : undefined
  }
  const metrics = frontMetrics({ status: supervisor.status })
  const answer = (request: IncomingMessage, response: ServerResponse) => {
    demandHttps(response, { settings, isDev: false })
    metrics.watch(response)
    const { status, current } = supervisor
    if (answerHealth({ request, response, status, current })) return
    if (!isServing) return refuse(response, waitedTooLong)
    const refusal = limited(request)
    if (refusal) return refuse(response, refusal)
    if (uploads.answer(request, response)) return
    forward({ request, response, supervisor, bodyLimit: settings.limits.bodyBytes, forwarded: policy.forwardedHeaders(request), folder, repeated: metrics.repeated })
      .catch((error: unknown) => {
        log(`A request could not be forwarded: ${textOf(error)}`, 'error')
        response.destroy()
      })
  }
  const server = http.createServer({ keepAliveTimeout: idleMilliseconds }, answer)
  server.on('upgrade', (request, socket, head) => {
    const refusal = isServing ? limited(request) : waitedTooLong
    if (refusal) return refuseRaw(socket, refusal)
    void upgrade({ request, socket, head, supervisor, forwarded: policy.forwardedHeaders(request) })
  })
  server.on('clientError', ({ code }: NodeJS.ErrnoException, socket) => refuseRaw(socket, unreadable(code)))

  const closers: (() => Promise<void> | void)[] = [() => rmSync(folder, { recursive: true, force: true }), uploads.close]
  const stop = async () => { for (const close of closers.splice(0).reverse()) await close() }
  try {
    server.listen({ host: settings.host, port: settings.port })
    await once(server, 'listening')
    closers.push(() => closeServer(server), () => supervisor.stop(), spare.end, () => { server.close() })
    const welcome = await supervisor.start()
    isServing = true
    closers.push(await openControl({ dataDir: settings.dataDir, supervisor, spare, metrics: metrics.render }))
    return { welcome, stop }
  } catch (error) {
    await stop()
    throw error
  }
}

/** What anyone may send without signing in, however the address is spelt. */
function isPublicEntry({ method, url = '' }: IncomingMessage): boolean {
  if (isRead(method)) return false
  try {
    const sent = url.startsWith('/') ? url.split('?', 1)[0] ?? '' : new URL(url).pathname
    return new URL(decodeURIComponent(sent).replace(/[\\/]+/g, '/'), 'http://front').pathname.startsWith(publicEntriesPath)
  } catch {
    return false
  }
}

const textOf = (error: unknown): string => (error instanceof Error ? error.message : String(error))

/** The configuration is an input of the process that starts: a file which only this user may read. */
function writeRevision(folder: string, revision: Revision): string {
  const file = path.join(folder, `revision-${revision.number}-${Date.now()}.json`)
  writeFileSync(file, JSON.stringify(revision), { mode: 0o600 })
  return file
}

function closeServer(server: http.Server) {
  server.closeAllConnections()
  server.close()
}
