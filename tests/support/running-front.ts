import { fork } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, openSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import type { ControlAddress } from '../../admin/front/control.ts'
import type { Replacement, Status } from '../../admin/front/supervisor.ts'
import type { AppMessage } from '../../admin/server/parent.ts'
import type { RevisionInputs } from '../../config/language/revision.ts'
import { root } from '../../config/root.ts'
import { freePort } from './free-port.ts'
import { withoutSettings } from './without-settings.ts'

export type RunningFront = {
  readonly url: string
  /** From the start of the process to its being ready. */
  readonly readyMs: number
  readonly pid: number
  readonly control: (method: string, path: string, body?: unknown) => Promise<Response>
  readonly status: () => Promise<Status & { readonly spare: number | null; readonly front: { readonly rss: number } }>
  /** Publishes on top of `base`. @throws when it is refused */
  readonly publish: (base: number, inputs: RevisionInputs) => Promise<Replacement>
  /** Open descriptors of the front; 0 where the system does not tell. */
  readonly descriptors: () => number
  /** As Ctrl-C does; deletes its data unless they are someone else's. */
  readonly stop: () => Promise<number | null>
  /** Ends the front as a loss of power would. Its application is not told. */
  readonly kill: () => Promise<void>
  readonly dataDir: string
}

/** A folder and a port that outlive the front, so that another one can be started on them. */
export type FrontPlace = {
  readonly dataDir: string
  readonly port: number
  /** The file that gets what it says; absent: the terminal. */
  readonly output?: string
}

export const owner = { email: 'owner@firm.example', password: 'long enough for a test' }

/** Starts the built front with the built application behind it: a real firm without data, and its owner. */
export async function startFront(env: Readonly<Record<string, string>> = {}, place?: FrontPlace): Promise<RunningFront> {
  const dataDir = place?.dataDir ?? mkdtempSync(path.join(tmpdir(), 'trellis-front-'))
  const port = place?.port ?? await freePort()
  const began = performance.now()
  const output = place?.output === undefined ? 'inherit' : openSync(place.output, 'w')
  const child = fork(path.join(root, 'build/front.mjs'), {
    cwd: root, stdio: ['ignore', output, output, 'ipc'],
    env: {
      ...withoutSettings(process.env), NODE_ENV: 'production', DATA_DIR: dataDir, PORT: String(port), HOST: '127.0.0.1', TRELLIS_MODE: 'production',
      TRELLIS_SECRET: 'a secret of the tests, long enough for all', OWNER_EMAIL: owner.email, OWNER_PASSWORD: owner.password,
      RATE_LIMIT_ACCOUNT: '0', RATE_LIMIT_ADDRESS: '0', ...env,
    },
  })
  const exited = once(child, 'exit').then(([code]) => code as number | null)
  await new Promise<void>((resolve, reject) => {
    child.on('message', (message: AppMessage) => {
      if (message.type === 'ready') resolve()
      if (message.type === 'failed') reject(new Error(message.message))
    })
    void exited.then((code) => reject(new Error(`the front ended with status ${code} before it was ready`)))
  })
  const readyMs = Math.round(performance.now() - began)
  const control: RunningFront['control'] = (method, address, body) => {
    const { port: controlPort, token } = JSON.parse(readFileSync(path.join(dataDir, 'front.json'), 'utf8')) as ControlAddress
    return fetch(`http://127.0.0.1:${controlPort}${address}`, { method, headers: { authorization: `Bearer ${token}` }, ...(body !== undefined && { body: JSON.stringify(body) }) })
  }
  const pid = child.pid ?? 0
  return {
    url: `http://127.0.0.1:${port}`, readyMs, pid, control, dataDir,
    kill: async () => {
      child.kill('SIGKILL')
      await exited
    },
    status: async () => (await (await control('GET', '/status')).json()) as Awaited<ReturnType<RunningFront['status']>>,
    async publish(base, inputs) {
      const answer = await control('POST', '/publish', { base, inputs })
      if (!answer.ok) throw new Error(`${answer.status}: ${await answer.text()}`)
      return (await answer.json()) as Replacement
    },
    descriptors: () => {
      try {
        return readdirSync(`/proc/${pid}/fd`).length
      } catch {
        return 0
      }
    },
    stop: async () => {
      child.kill('SIGTERM')
      const code = await exited
      if (!place) rmSync(dataDir, { recursive: true, force: true })
      return code
    },
  }
}
