import { fork } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import type { ControlAddress } from '../../admin/front/control.ts'
import type { Status } from '../../admin/front/supervisor.ts'
import type { AppMessage } from '../../admin/server/parent.ts'
import type { RevisionInputs } from '../../config/language/revision.ts'
import { root } from '../../config/root.ts'
import { freePort } from '../support/free-port.ts'
import { withoutSettings } from '../support/without-settings.ts'

export const owner = { email: 'owner@firm.example', password: 'long enough for a bench' }

export type RunningServer = {
  readonly url: string
  /** Resident memory of the front and its application in MB; 0 where the system does not tell. */
  readonly memory: () => Promise<number>
  readonly memoryOfFront: () => number
  /** Of the front and every application process that it has at the moment, in MB. */
  readonly memoryOfAll: () => number
  /** Says that something will be published soon, as the panel does while it is prepared, and gives it the time to load code that a person takes to look at it. */
  readonly expect: () => Promise<void>
  /** Publishes a revision on top of `base`; resolves when it is used. @throws when it is refused */
  readonly publish: (base: number, inputs: RevisionInputs) => Promise<void>
  readonly stop: () => Promise<void>
}

export type ServerInputs = {
  /** Beneath build/: the platform's front, or the same front before a bare Payload. */
  readonly program: 'front.mjs' | 'bench/bare-front.mjs'
  readonly databaseUrl: string
  readonly dataDir?: string
  /** Whether it is waited for. */
  readonly env?: Readonly<Record<string, string>>
}

/** Starts a built front with its application as a firm runs it, without rate limits; resolves when it serves. */
export async function startServer({ program, databaseUrl, dataDir, env = {} }: ServerInputs): Promise<RunningServer> {
  const folder = dataDir ?? mkdtempSync(path.join(tmpdir(), 'trellis-bench-'))
  const port = await freePort()
  const child = fork(path.join(root, 'build', program), {
    cwd: root, execArgv: [],
    env: {
      ...withoutSettings(process.env), NODE_ENV: 'production', DATABASE_URL: databaseUrl, DATA_DIR: folder, PORT: String(port), HOST: '127.0.0.1', TRELLIS_MODE: 'production',
      TRELLIS_SECRET: 'a secret of the bench, long enough for all', OWNER_EMAIL: owner.email, OWNER_PASSWORD: owner.password,
      RATE_LIMIT_ACCOUNT: '0', RATE_LIMIT_ADDRESS: '0', BACKUP_EVERY: 'off', ...env,
    },
  })
  const exited = once(child, 'exit')
  const clean = () => { if (dataDir === undefined) rmSync(folder, { recursive: true, force: true }) }
  await new Promise<void>((resolve, reject) => {
    child.on('message', (message: AppMessage) => {
      if (message.type === 'ready') resolve()
      if (message.type === 'failed') reject(new Error(message.message))
    })
    void exited.then(() => reject(new Error(`${program} ended before it was ready`)))
  }).catch((error: unknown) => {
    clean()
    throw error
  })
  const control = (method: string, way: string, body?: unknown) => {
    const address = JSON.parse(readFileSync(path.join(folder, 'front.json'), 'utf8')) as ControlAddress
    return fetch(`http://127.0.0.1:${address.port}${way}`, { method, headers: { authorization: `Bearer ${address.token}` }, ...(body !== undefined && { body: JSON.stringify(body) }) })
  }
  return {
    url: `http://127.0.0.1:${port}`,
    async memory() {
      const { pid } = (await (await control('GET', '/status')).json()) as Status
      return memoryOf(Number(child.pid)) + memoryOf(Number(pid))
    },
    memoryOfFront: () => memoryOf(Number(child.pid)),
    memoryOfAll: () => [Number(child.pid), ...childrenOf(Number(child.pid))].reduce((sum, pid) => sum + memoryOf(pid), 0),
    async expect() {
      await control('POST', '/expect')
      await new Promise((resolve) => setTimeout(resolve, 6_000))
    },
    async publish(base, inputs) {
      const answer = await control('POST', '/publish', { base, inputs })
      if (!answer.ok) throw new Error(`Publishing was answered ${answer.status}: ${(await answer.text()).slice(0, 300)}`)
    },
    async stop() {
      child.kill('SIGTERM')
      await exited
      clean()
    },
  }
}

function childrenOf(pid: number): readonly number[] {
  try {
    return readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').trim().split(' ').filter(Boolean).map(Number)
  } catch {
    return []
  }
}

function memoryOf(pid: number): number {
  try {
    return Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? 0) / 1024
  } catch {
    return 0
  }
}
