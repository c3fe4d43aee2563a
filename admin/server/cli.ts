import { useRevision } from '../../config/revision.ts'
import { resolveSecret } from '../../config/secret.ts'
import { readSettings, type Settings } from '../../config/settings.ts'
import type { BootTarget } from '../../plugins/core/cli/command.ts'
import { runCommandLine } from '../../plugins/core/cli/main.ts'
import { readRevision } from '../../plugins/core/data/read-revision.ts'
import { readableError } from './readable-error.ts'

/* Bundled to build/cli.mjs; the commands stand in plugins/core/cli, this hands them settings and a started Payload. */
Object.assign(process.env, { NODE_ENV: 'production' })
let settings: Settings | undefined
let payload: import('payload').Payload | undefined
try {
  settings = readSettings(process.env)
  process.env.TRELLIS_SECRET = resolveSecret(settings)
  process.exitCode = await runCommandLine({ argv: process.argv.slice(2), settings, boot })
} catch (error) {
  if (settings?.logLevel === 'debug' || settings?.logLevel === 'trace') console.error(error)
  console.error(readableError(error, { settings, command: process.argv[2] }))
  process.exitCode = 1
} finally {
  await payload?.destroy()
}

async function boot(target?: BootTarget) {
  if (target) Object.assign(process.env, { DATABASE_URL: target.database.url, DATA_DIR: target.dataDir })
  if (settings) useRevision(target?.revision ?? await readRevision(settings.database))
  const [{ getPayload }, { default: config }] = await Promise.all([import('payload'), import('../../config/payload.config.ts')])
  payload = await getPayload({ config })
  return payload
}
