import { once } from 'node:events'
import http, { type RequestListener, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { setTimeout } from 'node:timers/promises'
import type { Payload } from 'payload'
import type { Settings } from '../../config/settings.ts'
import { openStore } from '../../plugins/core/data/open-store.ts'
import { demoState } from '../../plugins/core/demo/marker.ts'
import { startRunner, type Runner } from '../../plugins/core/events/runner.ts'
import { currentRevisionNumber, preparePublication, publishRevision, revisionOf, settleRevision } from '../../plugins/core/platform/publish-revision.ts'
import { refuse } from '../front/answers.ts'
import { refusedBody } from './body-limit.ts'
import { answerHealth } from './health.ts'
import { howToSignIn, type SignIn } from './how-to-sign-in.ts'
import { answerTo, unreadableAddress } from './malformed-request.ts'
import { preparePanel, type Panel } from './panel.ts'
import { setSecurityHeaders } from './security-headers.ts'
import { ownUploads } from './own-uploads.ts'
import { statusOfClosedPage } from './page-status.ts'
import { runStartHooks } from './start-hooks.ts'
import { answerMetrics, watchRequest } from './watch-request.ts'

export type Service = {
  /**
   * Takes over: publishes its revision where it was started with a new one, brings the database up to it, and begins to work
   * on what happens later. Before, it answers what it is asked and changes nothing by itself.
   */
  readonly activate: (publish?: { readonly actor: string }) => Promise<void>
  /** Ends the work on what happens later; another process takes over. */
  readonly rest: () => Promise<void>
  /** Stops accepting, answers what is open, ends its work, closes the database. */
  readonly close: () => Promise<void>
  readonly payload: Payload
  /** The demo firm is there, with its logins, until the owner clears it; else how a first person gets in. */
  readonly welcome: () => Promise<{ readonly isDemo: boolean; readonly signIn: SignIn }>
}

/** Where it listens: on the settings' address, or behind a front process on a socket of their own. */
export type Listen = { readonly host: string; readonly port: number } | { readonly path: string }

type Inputs = {
  readonly settings: Settings
  readonly listen: Listen
  /** Where it was prepared before. */
  readonly panel?: Panel | undefined
  readonly isDev: boolean
  /** No other process answers meanwhile: people wait for the first page, and what that one does not need is loaded after it. */
  readonly isAlone: boolean
  readonly progress: (label: string) => void
}

/**
 * Starts Payload, runs the start hooks, prepares Next and answers requests.
 * The door opens first: a taken port is told before minutes of work, and whoever asks meanwhile gets 503.
 * @throws whatever keeps it from starting, after closing what was open.
 */
export async function serve({ settings, listen, panel, isDev, isAlone, progress }: Inputs): Promise<Service> {
  const closers: (() => Promise<void>)[] = []
  const closeAll = async () => { for (const close of closers.splice(0).reverse()) await close() }
  try {
    const gate = await openGate(listen, settings.operations.metricsToken)
    closers.push(gate.close)

    progress('Opening the database')
    const payload = await startPayload()
    closers.push(() => payload.destroy())
    const prepareData = () => runStartHooks({ payload, settings, progress })
    // A revision that is only to be published writes nothing yet.
    const [current, { number }] = [await currentRevisionNumber(payload), revisionOf(payload)]
    const isCurrent = current === number
    if (isCurrent) await prepareData()
    const publication = current === number - 1 ? await preparePublication(payload) : undefined

    progress('Preparing the panel')
    const app = panel ?? await preparePanel(settings, isDev)
    closers.push(() => app.close())
    const handle = app.getRequestHandler()
    const isBehindFront = 'path' in listen
    const uploads = isBehindFront ? undefined : ownUploads(payload, settings)
    if (uploads) closers.push(async () => uploads.close())
    const listener: RequestListener = (request, response) => {
      if (uploads?.answer(request, response)) return
      const refused = refusedBody(request, { limit: settings.limits.bodyBytes, isBehindFront })
      if (refused) return refuse(response, refused)
      setSecurityHeaders(request, response, { settings, isDev })
      // Next draws the sentence, and keeps the status that it finds.
      response.statusCode = statusOfClosedPage(payload, request.url) ?? 200
      void handle(request, response)
    }
    if (!isDev) await warmUp(listener, isAlone ? [firstDoor] : [firstDoor, ...otherDoors])
    if (isDev) gate.server.on('upgrade', (...upgrade) => void app.getUpgradeHandler()(...upgrade))
    let isWarm = false
    let runner: Runner | undefined
    const rest = async () => {
      await runner?.stop()
      runner = undefined
    }
    closers.push(rest)
    // The gate closes first of all: requests end before the things they use.
    closers.push(gate.close)
    gate.open({ payload, listener })
    return {
      payload, rest, close: closeAll,
      activate: async (publish) => {
        if (publish) await publishRevision(payload, publish.actor, publication)
        await Promise.race([settleRevision(payload), setTimeout(SETTLE_MS, undefined, { ref: false })])
        runner ??= startRunner(payload)
        // What is shipped is in the process already; people wait while it takes over, so the database gets it afterwards.
        if (!isCurrent) prepareData().catch((error: unknown) => payload.logger.error({ err: error, msg: 'What is shipped could not be installed.' }))
        if (isAlone && !isDev && !isWarm) closers.push(warmUpLater(listener, payload))
        isWarm = true
      },
      welcome: async () => ({ isDemo: (await demoState(openStore(payload))) === 'loaded', signIn: await howToSignIn(payload, settings) }),
    }
  } catch (error) {
    await closeAll()
    throw error
  }
}

type Gate = {
  readonly server: Server
  readonly open: (application: { payload: Payload; listener: RequestListener }) => void
  readonly close: () => Promise<void>
}

/** How long an answer may still take when the process is to end. */
const DRAIN_MS = 10_000
/** How long others may finish what they write under the old revision before everyone goes on; they are refused all the same. */
const SETTLE_MS = 1_000

async function openGate(listen: Listen, metricsToken: string | undefined): Promise<Gate> {
  let application: { payload: Payload; listener: RequestListener } | undefined
  // What the front has taken gets its headers added: only the front refuses for their length.
  const server = http.createServer({ maxHeaderSize: ('path' in listen ? 2 : 1) * http.maxHeaderSize }, (request, response) => {
    if (answerHealth({ request, response, payload: application?.payload })) return
    if (answerMetrics({ request, response, payload: application?.payload, token: metricsToken })) return
    const unreadable = unreadableAddress(request.url ?? '/')
    if (unreadable) return void response.writeHead(unreadable.status, { 'Content-Type': 'application/json; charset=utf-8', 'X-Content-Type-Options': 'nosniff' }).end(answerTo(unreadable))
    const { payload, listener } = application ?? {}
    if (listener) return watchRequest(request, response, payload, () => listener(request, response))
    response.writeHead(503, { 'Retry-After': '2', 'Content-Type': 'text/plain; charset=utf-8' }).end('Trellis is starting. / 系统正在启动。\n')
  })
  // The front closes what is idle: a connection that is closed here while it sends on it would lose the request.
  if ('path' in listen) Object.assign(server, { keepAliveTimeout: 0, requestTimeout: 0 })
  server.listen(listen)
  await once(server, 'listening')
  return {
    server,
    open: (ready) => { application = ready },
    close: async () => {
      if (!server.listening) return
      const closed = once(server, 'close')
      server.close()
      server.closeIdleConnections()
      const late = globalThis.setTimeout(() => server.closeAllConnections(), DRAIN_MS)
      await closed
      clearTimeout(late)
    },
  }
}

async function startPayload(): Promise<Payload> {
  const [{ getPayload }, { default: config }] = await Promise.all([import('payload'), import('../../config/payload.config.ts')])
  return await getPayload({ config })
}

type Door = { readonly path: string; readonly init?: RequestInit }

const firstDoor: Door = { path: '/admin/login' }
const otherDoors: readonly Door[] = [
  { path: '/api/access' },
  { path: '/api/graphql', init: { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: '{"query":"{ __typename }"}' } },
]
/** Their code is loaded, though nobody is signed in and they answer with the way to the sign-in page. */
const usualPages: readonly Door[] = [{ path: '/admin' }, { path: '/admin/collections/parts' }, { path: '/admin/collections/parts/create' }]
const betweenPagesMilliseconds = 500

/**
 * Asks doors once on a private port: the first person does not wait for code to load, and a build that cannot
 * render its sign-in page does not become ready.
 */
async function warmUp(listener: RequestListener, doors: readonly Door[]) {
  const server = http.createServer(listener)
  server.listen({ host: '127.0.0.1', port: 0 })
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  try {
    await Promise.all(doors.map(({ path, init }) => ask(`http://127.0.0.1:${port}${path}`, init)))
  } finally {
    server.closeAllConnections()
    server.close()
  }
}

/** One after the other, so that those who are there by now get their turn between. @returns what ends it */
function warmUpLater(listener: RequestListener, payload: Payload): () => Promise<void> {
  const ending = new AbortController()
  const work = (async () => {
    for (const door of [...usualPages, ...otherDoors]) {
      await setTimeout(betweenPagesMilliseconds, undefined, { ref: false, signal: ending.signal })
      await warmUp(listener, [door])
    }
  })().catch((error: unknown) => {
    if (!ending.signal.aborted) payload.logger.error({ err: error, msg: 'Not all pages could be warmed up.' })
  })
  return () => {
    ending.abort()
    return work
  }
}

async function ask(url: string, init?: RequestInit) {
  const response = await fetch(url, { ...init, redirect: 'manual' })
  const body = await response.text()
  // A page that fails after its first bytes were sent has status 200 and an error's number in its stream.
  if (response.status >= 400 || brokenPage.test(body)) throw new Error(`${new URL(url).pathname} answered ${response.status} while warming up: ${body.slice(0, 200)}`)
}

const brokenPage = /E\{\\?"digest\\?":\\?"\d+/
