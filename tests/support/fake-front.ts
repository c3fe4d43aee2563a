import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import type { ControlAddress } from '../../admin/front/control.ts'
import { openFront, type Front } from '../../admin/front/front.ts'
import { root } from '../../config/root.ts'
import { readSettings } from '../../config/settings.ts'
import { freePort } from './free-port.ts'

export type FakeFront = {
  readonly url: string
  readonly port: number
  readonly folder: string
  readonly log: readonly string[]
  /** Asks the control; `token` instead of the right one. */
  readonly control: (method: string, path: string, body?: unknown, token?: string) => Promise<Response>
  readonly publish: (base: number, inputs?: object) => Promise<Response>
  /** Ids of the writes that reached the "database". */
  readonly ledger: () => string[]
  readonly stop: () => Promise<void>
}

export const frontSecret = 'a secret of the tests, long enough for all'

/** A real front in this process before application processes of `front-application.mjs`. */
export async function startFakeFront(env: Readonly<Record<string, string>> = {}): Promise<FakeFront> {
  const folder = mkdtempSync(path.join(tmpdir(), 'trellis-front-'))
  const port = await freePort()
  const log: string[] = []
  const front: Front = await openFront({
    settings: { ...readSettings({ PORT: String(port), HOST: '127.0.0.1', DATA_DIR: folder, RATE_LIMIT_ADDRESS: '0', ...env }), secret: frontSecret },
    program: path.join(root, 'tests/support/front-application.mjs'),
    env: { ...process.env, FAKE_DATA: folder, ...env },
    progress: () => {},
    log: (line) => log.push(line),
  })
  const control: FakeFront['control'] = (method, address, body, token) => {
    const { port: controlPort, token: right } = JSON.parse(readFileSync(path.join(folder, 'front.json'), 'utf8')) as ControlAddress
    return fetch(`http://127.0.0.1:${controlPort}${address}`, { method, headers: { authorization: `Bearer ${token ?? right}` }, ...(body !== undefined && { body: JSON.stringify(body) }) })
  }
  return {
    url: `http://127.0.0.1:${port}`, port, folder, log, control,
    publish: (base, inputs = { fields: {} }) => control('POST', '/publish', { base, inputs }),
    ledger: () => {
      const file = path.join(folder, 'ledger')
      return existsSync(file) ? readFileSync(file, 'utf8').trimEnd().split('\n') : []
    },
    stop: async () => {
      await front.stop()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}
