import { fork } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import type { AppMessage } from '../../admin/server/parent.ts'
import { root } from '../../config/root.ts'
import { freePort } from './free-port.ts'

export type RunningApp = {
  readonly url: string
  /** Ends it as Ctrl-C does, deletes its data, gives its exit status. */
  readonly stop: () => Promise<number | null>
}

/** Starts the built application process on a free port with a data folder of its own; `env` adds settings. */
export async function startBuiltApp(env: Readonly<Record<string, string>> = {}): Promise<RunningApp> {
  const dataDir = await mkdtemp(path.join(tmpdir(), 'trellis-app-'))
  const port = await freePort()
  const child = fork(path.join(root, 'build/app.mjs'), {
    cwd: root,
    env: { ...withoutSettings(process.env), NODE_ENV: 'production', DATA_DIR: dataDir, PORT: String(port), HOST: '127.0.0.1', PUBLIC_URL: `http://127.0.0.1:${port}`, ...env },
  })
  const exited = once(child, 'exit').then(([code]) => code as number | null)
  const ready = new Promise<string>((resolve, reject) => {
    child.on('message', (message: AppMessage) => {
      if (message.type === 'ready') resolve(`http://127.0.0.1:${message.port}`)
      if (message.type === 'failed') reject(new Error(message.message))
    })
    void exited.then((code) => reject(new Error(`the application process ended with status ${code} before it was ready`)))
  })
  const url = await ready.catch(async (error: unknown) => {
    await rm(dataDir, { recursive: true, force: true })
    throw error
  })
  return {
    url,
    stop: async () => {
      child.kill('SIGTERM')
      const code = await exited
      await rm(dataDir, { recursive: true, force: true })
      return code
    },
  }
}

/** This machine's settings are none of a test's business; vitest sets NODE_ENV. */
export function withoutSettings(env: NodeJS.ProcessEnv): Record<string, string> {
  const own = /^(TRELLIS_.*|DATABASE_URL|DATA_DIR|PUBLIC_URL|PORT|HOST|TRUSTED_PROXIES|BODY_LIMIT_MB|UPLOAD_LIMIT_MB|RATE_LIMIT_.*|OWNER_.*|LOG_LEVEL|NODE_ENV|NODE_OPTIONS|VITEST.*)$/
  return Object.fromEntries(Object.entries(env).filter((entry): entry is [string, string] => entry[1] !== undefined && !own.test(entry[0])))
}
