import { demoLogins } from '../../plugins/core/demo/logins.ts'
import { resolveSecret } from '../../config/secret.ts'
import { readSettings, type Settings } from '../../config/settings.ts'
import { tellParent } from './parent.ts'
import { readableError } from './readable-error.ts'
import { serve, type Service } from './serve.ts'

/*
 * The application process: Next and Payload for one configuration. Started by start.mjs (later by the front process):
 * it takes address and port from the settings, says over IPC when it is ready, and ends with the process that started it.
 */
const isDev = process.argv.includes('--dev')
// React and Payload choose their production halves when they are imported, so this comes before any of them.
Object.assign(process.env, { NODE_ENV: isDev ? 'development' : 'production', NEXT_TELEMETRY_DISABLED: '1' })

let service: Service | undefined
let isStopping = false
process.on('SIGTERM', () => void stop())
process.on('SIGINT', () => void stop())
process.on('disconnect', () => void stop())
await start()

async function start() {
  let settings: Settings | undefined
  try {
    settings = readSettings(process.env)
    // The configuration reads the environment again: it must find the same secret.
    process.env.TRELLIS_SECRET = resolveSecret(settings)
    service = await serve({ settings, isDev, progress: (label) => void tellParent({ type: 'progress', label }) })
    await tellParent({ type: 'ready', url: settings.publicUrl, port: settings.port, ...welcome(service) })
  } catch (error) {
    if (isStopping) return
    if (settings?.logLevel === 'debug' || settings?.logLevel === 'trace') console.error(error)
    await tellParent({ type: 'failed', message: readableError(error, { settings }) })
    process.exit(1)
  }
}

async function stop() {
  if (isStopping) return
  isStopping = true
  // Stopped while starting: nothing is being answered, and a transaction that was open is rolled back by the database.
  await service?.close()
  process.exit(0)
}

function welcome({ isDemo, signIn }: Service) {
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
