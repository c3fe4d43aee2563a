import { once } from 'node:events'
import http, { type RequestListener, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Payload } from 'payload'
import { root } from '../../config/root.ts'
import type { Settings } from '../../config/settings.ts'
import { openStore } from '../../plugins/core/data/open-store.ts'
import { demoState } from '../../plugins/core/demo/marker.ts'
import { answerHealth } from './health.ts'
import { howToSignIn, type SignIn } from './how-to-sign-in.ts'
import { answerTo, unreadableAddress } from './malformed-request.ts'
import { startHooks } from './start-hooks.ts'

export type Service = {
  /** Stops accepting, answers what is open, ends the start hooks' work, closes the database. */
  readonly close: () => Promise<void>
  /** Whether the demo firm is there, with its logins: until the owner clears it. */
  readonly isDemo: boolean
  /** Whose books these are and how a person gets in, where there is no demo. */
  readonly signIn: SignIn
}

type Inputs = { readonly settings: Settings; readonly isDev: boolean; readonly progress: (label: string) => void }

/**
 * Starts Payload, runs the start hooks, prepares Next and answers requests.
 * The port opens first: a taken one is told before minutes of work, and whoever asks meanwhile gets 503.
 * @throws whatever keeps it from starting, after closing what was open.
 */
export async function serve({ settings, isDev, progress }: Inputs): Promise<Service> {
  const closers: (() => Promise<void>)[] = []
  const closeAll = async () => { for (const close of closers.splice(0).reverse()) await close() }
  try {
    const gate = await openGate(settings)
    closers.push(gate.close)

    progress('Opening the database')
    const payload = await startPayload()
    closers.push(() => payload.destroy())
    for (const hook of startHooks) {
      if (hook.isNeeded && !(await hook.isNeeded({ payload, settings }))) continue
      progress(hook.label)
      const end = await hook.run({ payload, settings })
      if (end) closers.push(end)
    }

    progress('Preparing the panel')
    const { default: next } = await import('next')
    const app = next({ dev: isDev, dir: `${root}/admin`, hostname: settings.host, port: settings.port, ...(isDev && { turbopack: true }) })
    await app.prepare()
    closers.push(() => app.close())
    const handle = app.getRequestHandler()
    const listener: RequestListener = (request, response) => void handle(request, response)
    if (!isDev) await warmUp(listener)
    if (isDev) gate.server.on('upgrade', (...upgrade) => void app.getUpgradeHandler()(...upgrade))
    // The gate closes first of all: requests end before the things they use.
    closers.push(gate.close)
    gate.open({ payload, listener })
    return { close: closeAll, isDemo: (await demoState(openStore(payload))) === 'loaded', signIn: await howToSignIn(payload, settings) }
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

async function openGate({ host, port }: Settings): Promise<Gate> {
  let application: { payload: Payload; listener: RequestListener } | undefined
  const server = http.createServer((request, response) => {
    if (answerHealth({ request, response, payload: application?.payload })) return
    const unreadable = unreadableAddress(request.url ?? '/')
    if (unreadable) return void response.writeHead(400, { 'Content-Type': 'application/json; charset=utf-8' }).end(answerTo(unreadable))
    if (application) return application.listener(request, response)
    response.writeHead(503, { 'Retry-After': '2', 'Content-Type': 'text/plain; charset=utf-8' }).end('Trellis is starting. / 系统正在启动。\n')
  })
  server.listen({ host, port })
  await once(server, 'listening')
  return {
    server,
    open: (ready) => { application = ready },
    close: async () => {
      if (!server.listening) return
      const closed = once(server, 'close')
      server.close()
      server.closeIdleConnections()
      const late = setTimeout(() => server.closeAllConnections(), DRAIN_MS)
      await closed
      clearTimeout(late)
    },
  }
}

async function startPayload(): Promise<Payload> {
  const [{ getPayload }, { default: config }] = await Promise.all([import('payload'), import('../../config/payload.config.ts')])
  return await getPayload({ config })
}

/**
 * Asks each door once on a private port: the first person does not wait for code to load, and a build that cannot
 * render its sign-in page does not become ready.
 */
async function warmUp(listener: RequestListener) {
  const server = http.createServer(listener)
  server.listen({ host: '127.0.0.1', port: 0 })
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  try {
    await Promise.all([
      ask(`http://127.0.0.1:${port}/api/access`),
      ask(`http://127.0.0.1:${port}/admin/login`),
      ask(`http://127.0.0.1:${port}/api/graphql`, { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: '{"query":"{ __typename }"}' }),
    ])
  } finally {
    server.closeAllConnections()
    server.close()
  }
}

async function ask(url: string, init?: RequestInit) {
  const response = await fetch(url, { ...init, redirect: 'manual' })
  const body = await response.text()
  // A page that fails after its first bytes were sent has status 200 and an error's number in its stream.
  if (response.status >= 400 || brokenPage.test(body)) throw new Error(`${new URL(url).pathname} answered ${response.status} while warming up: ${body.slice(0, 200)}`)
}

const brokenPage = /E\{\\?"digest\\?":\\?"\d+/
