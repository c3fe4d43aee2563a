import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs'
import { createServer, type AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { ControlAddress } from '../../admin/front/control.ts'
import { root } from '../../config/root.ts'
import { freePort } from '../support/free-port.ts'
import { withoutSettings } from '../support/without-settings.ts'

const folder = mkdtempSync(path.join(tmpdir(), 'trellis-up-'))
const dataDir = path.join(folder, 'data')
let port = 0
beforeAll(async () => { port = await freePort() })
afterAll(() => rmSync(folder, { recursive: true, force: true }))

describe('npm run up', () => {
  it('starts, says where and how to sign in, and ends with status 0 at Ctrl-C, leaving nothing behind', async () => {
    const up = run({})
    await up.printed('Ctrl-C stops it')
    expect(up.output()).toContain(`Trellis is running at http://localhost:${port}`)
    expect(up.output()).toMatch(/owner +owner@trellis\.example/)
    expect(statSync(path.join(dataDir, 'secret')).mode & 0o777).toBe(0o600)
    expect(await (await fetch(`http://127.0.0.1:${port}/healthz`)).text()).toBe('alive\n')
    expect(await (await fetch(`http://127.0.0.1:${port}/readyz`)).text()).toBe('ready\n')

    expect(await up.end('SIGINT')).toBe(0)
    await expect(fetch(`http://127.0.0.1:${port}/healthz`)).rejects.toThrow('fetch failed')
  })

  it('starts again within seconds on what is there', async () => {
    const began = Date.now()
    const up = run({})
    await up.printed('Ctrl-C stops it')
    expect(Date.now() - began).toBeLessThan(20_000)
    expect(await up.end('SIGTERM')).toBe(0)
  })

  it('tells where a folder is served already, whatever port the second start asks for', async () => {
    const up = run({})
    await up.printed('Ctrl-C stops it')
    await refused({ PORT: String(await freePort()) }, new RegExp(`^The folder .* is served already at http://localhost:${port} `))
    await refused({}, new RegExp(`^The folder .* is served already at http://localhost:${port} `))
    expect(await up.end('SIGTERM')).toBe(0)
  })

  it('tells a taken port', async () => {
    const other = createServer().listen(0, '127.0.0.1')
    await once(other, 'listening')
    const { port: taken } = other.address() as AddressInfo
    await refused({ PORT: String(taken) }, new RegExp(`^Port ${taken} on 127\\.0\\.0\\.1 is taken`))
    other.close()
  })

  it.each([
    [{ PORT: 'abc' }, /^"abc" of PORT/],
    [{ TRELLIS_MOOD: 'demo' }, /^TRELLIS_MOOD .* is not a setting/],
    [{ TRELLIS_MODE: 'production' }, /^TRELLIS_SECRET is missing/],
    [{ DATABASE_URL: 'file:/dev/null/trellis.db' }, /^The database file \/dev\/null\/trellis\.db cannot be written/],
    [{ DATABASE_URL: 'mongodb://127.0.0.1:9/x?replicaSet=rs0', TRELLIS_SECRET: 'a secret that is long enough for anyone' }, /^The database at mongodb:.* does not answer/],
  ])('tells %j', refused)
})

describe('the log in production', () => {
  it('is one JSON object a line from the start to the end, through a replacement and a crash of the application', async () => {
    const folderOfFirm = path.join(folder, 'firm')
    const up = run({ TRELLIS_MODE: 'production', TRELLIS_SECRET: 'a secret that is long enough for anyone', DATA_DIR: folderOfFirm })
    await up.printed('Ctrl-C stops it')
    const { port: control, token } = JSON.parse(readFileSync(path.join(folderOfFirm, 'front.json'), 'utf8')) as ControlAddress
    const ask = (method: string, address: string) => fetch(`http://127.0.0.1:${control}${address}`, { method, headers: { authorization: `Bearer ${token}` } })
    expect((await ask('POST', '/restart')).status).toBe(200)
    process.kill(((await (await ask('GET', '/status')).json()) as { pid: number }).pid, 'SIGKILL')
    await up.printed('The application process ended (SIGKILL)')
    await expect.poll(async () => ((await (await ask('GET', '/status')).json()) as { state: string }).state, { timeout: 30_000 }).toBe('serving')
    expect(await up.end('SIGTERM')).toBe(0)
    const said = up.output().trimEnd().split('\n').map((line) => JSON.parse(line) as { level: string; time: string; msg: string })
    expect(up.errors()).toBe('')
    expect(said.every(({ level, time, msg }) => /^(info|warn|error)$/.test(level) && !Number.isNaN(Date.parse(time)) && msg !== '')).toBe(true)
    expect(said.find(({ msg }) => msg.startsWith('Revision 0 serves'))).toMatchObject({ level: 'info' })
    expect(said.find(({ msg }) => msg.startsWith('The application process ended'))).toMatchObject({ level: 'error' })
  })
})

async function refused(env: Readonly<Record<string, string>>, sentence: RegExp) {
  const up = run(env)
  expect(await up.ended).toBe(1)
  expect(up.errors().trimEnd()).toMatch(sentence)
  expect(up.errors().trimEnd().split('\n')).toHaveLength(1)
}

function run(env: Readonly<Record<string, string>>) {
  const child = spawn(process.execPath, ['admin/server/up.mjs'], {
    cwd: root,
    env: { ...withoutSettings(process.env), NODE_ENV: 'production', DATA_DIR: dataDir, PORT: String(port), ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const out: string[] = []
  const err: string[] = []
  child.stdout.on('data', (chunk: Buffer) => out.push(chunk.toString()))
  child.stderr.on('data', (chunk: Buffer) => err.push(chunk.toString()))
  const ended = once(child, 'close').then(([code]) => code as number | null)
  const printed = (text: string) => new Promise<void>((resolve, reject) => {
    child.stdout.on('data', () => { if (out.join('').includes(text)) resolve() })
    void ended.then((code) => reject(new Error(`ended with status ${code}: ${out.join('')}${err.join('')}`)))
  })
  return {
    ended,
    printed,
    output: () => out.join(''),
    errors: () => err.join(''),
    end: (signal: NodeJS.Signals) => {
      child.kill(signal)
      return ended
    },
  }
}
