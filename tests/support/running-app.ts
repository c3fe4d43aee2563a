import { fork } from 'node:child_process'
import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { cp, mkdir, mkdtemp, rename, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { inject } from 'vitest'
import type { AppMessage } from '../../admin/server/parent.ts'
import { root } from '../../config/root.ts'
import { freePort } from './free-port.ts'
import { withoutSettings } from './without-settings.ts'

export type RunningApp = {
  readonly url: string
  /** Ends it as Ctrl-C does, deletes its data, gives its exit status. */
  readonly stop: () => Promise<number | null>
}

/** Starts the built application process with the demo firm on a free port; its data are its own. */
export async function startBuiltApp(): Promise<RunningApp> {
  const dataDir = await mkdtemp(path.join(tmpdir(), 'trellis-app-'))
  await cp(await demoData(), dataDir, { recursive: true })
  return start(dataDir)
}

/** What a first start leaves in the data folder, made once for all files of a run: `demo-folder.ts` says where and deletes it. */
async function demoData(): Promise<string> {
  const folder = inject('demoFolder')
  const made = path.join(folder, 'made')
  if (!existsSync(made)) {
    const first = path.join(folder, 'first')
    await mkdir(first)
    await (await start(first)).end()
    await rename(first, made)
  }
  return made
}

async function start(dataDir: string): Promise<RunningApp & { readonly end: () => Promise<number | null> }> {
  const port = await freePort()
  const child = fork(path.join(root, 'build/app.mjs'), {
    cwd: root,
    env: { ...withoutSettings(process.env), NODE_ENV: 'production', DATA_DIR: dataDir, PORT: String(port), HOST: '127.0.0.1', PUBLIC_URL: `http://127.0.0.1:${port}` },
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
  const end = () => {
    child.kill('SIGTERM')
    return exited
  }
  return {
    url, end,
    stop: async () => {
      const code = await end()
      await rm(dataDir, { recursive: true, force: true })
      return code
    },
  }
}
