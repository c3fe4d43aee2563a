import path from 'node:path'
import { resolveSecret } from '../../config/secret.ts'
import { root } from '../../config/root.ts'
import { readSettings, type Settings } from '../../config/settings.ts'
import { tellParent } from '../server/parent.ts'
import { readableError } from '../server/readable-error.ts'
import { ApplicationFailure } from './application.ts'
import { openFront, type Front } from './front.ts'
import { frontLog } from './front-log.ts'
import { holdFolder } from './held-folder.ts'

/* The front process, started by `npm run up`; ends with the process that started it. */
let front: Front | undefined
let release: (() => void) | undefined
let settings: Settings | undefined
let isStopping = false
process.on('SIGTERM', () => void stop())
process.on('SIGINT', () => void stop())
process.on('disconnect', () => void stop())
await start()

async function start() {
  try {
    settings = readSettings(process.env)
    release = await holdFolder({ dataDir: settings.dataDir, url: settings.publicUrl })
    front = await openFront({
      settings: { ...settings, secret: resolveSecret(settings) },
      program: path.join(root, 'build/app.mjs'), env: process.env,
      progress: (label) => void tellParent({ type: 'progress', label }),
      log: frontLog(settings.operations.logFormat),
    })
    await tellParent({ type: 'ready', revision: 0, ...front.welcome })
  } catch (error) {
    if (isStopping) return
    release?.()
    await tellParent({ type: 'failed', message: error instanceof ApplicationFailure ? error.message : readableError(error, { settings }) })
    process.exit(1)
  }
}

async function stop() {
  if (isStopping) return
  isStopping = true
  await front?.stop()
  release?.()
  process.exit(0)
}
