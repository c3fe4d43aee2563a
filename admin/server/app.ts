import { readFile } from 'node:fs/promises'
import { parseArgs } from 'node:util'
import type { Revision } from '../../config/language/revision.ts'
import { useRevision } from '../../config/revision.ts'
import { resolveSecret } from '../../config/secret.ts'
import { readSettings, type Settings } from '../../config/settings.ts'
import { readRevision } from '../../plugins/core/data/read-revision.ts'
import { demoLogins } from '../../plugins/core/demo/logins.ts'
import { ProblemError } from '../../plugins/core/errors.ts'
import { currentRevisionNumber, revisionOf, settleRevision } from '../../plugins/core/platform/publish-revision.ts'
import { frontPublisher, type FrontPublisher } from './front-publisher.ts'
import { tellParent, type FrontMessage } from './parent.ts'
import { readableError } from './readable-error.ts'
import { loadCode } from './load-code.ts'
import { serve, type Service } from './serve.ts'

/*
 * The application process: Next and Payload for one revision. The front starts it with `--socket <path>` and says over IPC which
 * revision it is for: it answers there, says when it is warm, and takes over when it is told to. With `--spare` that may take a
 * while, in which it loads its code. Started
 * by itself (development, tests) it listens on the settings' address. It ends with the process that started it.
 */
const { values: options } = parseArgs({ options: { dev: { type: 'boolean', default: false }, socket: { type: 'string' }, spare: { type: 'boolean', default: false } } })
// React and Payload choose their production halves when they are imported, so this comes before any of them.
Object.assign(process.env, { NODE_ENV: options.dev ? 'development' : 'production', NEXT_TELEMETRY_DISABLED: '1' })

let service: Service | undefined
let settings: Settings | undefined
let publisher: FrontPublisher | undefined
let isStopping = false
process.on('SIGTERM', () => void stop())
// Ctrl-C reaches every process of a terminal: the front ends this one when its last answers are delivered.
process.on('SIGINT', () => { if (!options.socket) void stop() })
process.on('disconnect', () => void stop())
await start()

async function start() {
  try {
    settings = readSettings(process.env)
    // The configuration reads the environment again: it must find the same secret.
    process.env.TRELLIS_SECRET = resolveSecret(settings)
    const { host, port, database } = settings
    const run = options.socket ? toldToRun() : Promise.resolve({ isBeside: false, revisionFile: undefined })
    const revision = run.then(({ revisionFile }) => (revisionFile ? readCandidate(revisionFile) : readRevision(database)))
    useRevision(revision)
    const panel = options.spare ? await loadCode(settings) : undefined
    await revision
    const { isBeside } = await run
    const listen = options.socket ? { path: options.socket } : { host, port }
    service = await serve({ settings, listen, panel, isDev: options.dev, isAlone: !isBeside, progress: (label) => void tellParent({ type: 'progress', label }) })
    if (!options.socket) return await activate({ type: 'activate' })
    publisher = frontPublisher()
    process.on('message', (message: FrontMessage) => void obey(message))
    // A field of the firm that had to give way to a shipped one has made it the next revision.
    const { number } = revisionOf(service.payload)
    watch(service, number)
    await tellParent({ type: 'warm', revision: number })
  } catch (error) {
    await giveUp(error)
  }
}

/** The front's first message; it waits where nobody listens yet. */
function toldToRun(): Promise<FrontMessage & { type: 'run' }> {
  return new Promise((resolve) => {
    const look = (message: FrontMessage) => {
      if (message.type !== 'run') return
      process.off('message', look)
      resolve(message)
    }
    process.on('message', look)
  })
}

async function obey(message: FrontMessage) {
  switch (message.type) {
    case 'run': return
    case 'activate': return activate(message)
    case 'resume': return service?.activate()
    case 'unpublished': return publisher?.refused(message)
    case 'rest':
      await service?.rest()
      return tellParent({ type: 'resting' })
  }
}

async function activate({ publish }: FrontMessage & { type: 'activate' }) {
  if (!service || !settings) return
  try {
    await service.activate(publish)
    await tellParent({ type: 'active' })
    const { number } = revisionOf(service.payload)
    await tellParent({ type: 'ready', revision: number, url: settings.publicUrl, port: settings.port, ...welcome(await service.welcome()) })
  } catch (error) {
    await giveUp(error)
  }
}

async function giveUp(error: unknown) {
  if (isStopping) return
  if (settings?.logLevel === 'debug' || settings?.logLevel === 'trace') console.error(error)
  const findings = error instanceof ProblemError ? (error.problem.findings ?? []).map(({ message }) => message.en) : []
  await tellParent({
    type: 'failed',
    message: findings.length > 0 ? findings.join(' ') : readableError(error, { settings }),
    ...(error instanceof ProblemError && { status: error.problem.status }),
  })
  process.exit(1)
}

const watchMilliseconds = 1_000

/** On several hosts each follows what one of them publishes; who sees it first ends what the publisher may have left, killed half-way. */
function watch({ payload }: Service, own: number) {
  const look = async () => {
    const current = await currentRevisionNumber(payload)
    if (current <= own) return
    await tellParent({ type: 'behind', current })
    await settleRevision(payload, current)
  }
  // A database that does not answer is told by whoever asks it for something.
  setInterval(() => void look().catch(() => {}), watchMilliseconds).unref()
}

async function stop() {
  if (isStopping) return
  isStopping = true
  // Stopped while starting: nothing is being answered, and a transaction that was open is rolled back by the database.
  await service?.close()
  process.exit(0)
}

async function readCandidate(file: string): Promise<Revision> {
  return JSON.parse(await readFile(file, 'utf8')) as Revision
}

function welcome({ isDemo, signIn }: Awaited<ReturnType<Service['welcome']>>) {
  if (isDemo) {
    return {
      firm: null, logins: demoLogins(),
      tryFirst: [
        'Sign in as the owner: the home page lists today\'s work and three health figures.',
        'Open a quote and press its first button: follow it to order, delivery, invoice and payment.',
        'Open the trace of that order: every document, quantity and amount of its life.',
        'Run `npm run verify` in a second terminal: it proves that stock equals the books.',
      ],
    }
  }
  return { firm: signIn.firm, logins: [], tryFirst: signIn.lines }
}
