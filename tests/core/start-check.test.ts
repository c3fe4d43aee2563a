import { once } from 'node:events'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createServer, type AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { findProblem } from '../../admin/server/check.ts'
import { freePort } from '../support/free-port.ts'

let folder = ''
let env: Record<string, string> = {}
beforeEach(async () => {
  folder = mkdtempSync(path.join(tmpdir(), 'trellis-check-'))
  env = { DATA_DIR: path.join(folder, 'data'), PORT: String(await freePort()) }
})
afterEach(() => rmSync(folder, { recursive: true }))

describe('before the start', () => {
  it('finds nothing wrong with an empty folder and a free port, twice', async () => {
    expect(await findProblem(env)).toBeNull()
    expect(await findProblem(env)).toBeNull()
  })

  it('tells a bad setting', async () => {
    expect(await findProblem({ ...env, PORT: 'x' })).toMatch(/^"x" of PORT/)
  })

  it('tells a taken port and a way out', async () => {
    const other = createServer().listen(0, '127.0.0.1')
    await once(other, 'listening')
    const { port } = other.address() as AddressInfo
    expect(await findProblem({ ...env, PORT: String(port) })).toBe(
      `Port ${port} on 127.0.0.1 is taken by another program: stop that one, or choose another port, for example \`PORT=${port + 1} npm run up\`.`)
    other.close()
  })

  it('tells an address that is not this machine\'s', async () => {
    expect(await findProblem({ ...env, HOST: '192.0.2.1' })).toMatch(/^HOST 192\.0\.2\.1 is not an address of this machine: use .*\.$/)
  })

  it('tells a database file that cannot be written', async () => {
    const file = path.join(folder, 'a-file')
    writeFileSync(file, '')
    expect(await findProblem({ ...env, DATABASE_URL: `file:${file}/trellis.db` })).toMatch(/^The database file .*a-file\/trellis\.db cannot be written: .*DATABASE_URL or DATA_DIR.*\.$/)
    mkdirSync(path.join(folder, 'a-folder.db'))
    expect(await findProblem({ ...env, DATABASE_URL: `file:${folder}/a-folder.db` })).toMatch(/cannot be written/)
    if (process.platform !== 'linux') return
    expect(await findProblem({ ...env, DATABASE_URL: 'file:/proc/trellis.db' })).toMatch(/cannot be written/)
    expect(await findProblem({ ...env, DATABASE_URL: 'file:/proc/none/trellis.db' })).toMatch(/cannot be written/)
  })

  it('tells within seconds that MongoDB does not answer, and keeps its password', async () => {
    const began = Date.now()
    const problem = await findProblem({
      ...env,
      DATABASE_URL: `mongodb://trellis:hush@127.0.0.1:${await freePort()}/trellis?replicaSet=rs0`,
      TRELLIS_SECRET: 'a secret that is long enough for anyone',
    })
    expect(problem).toMatch(/^The database at mongodb:\/\/\*\*\*@127\.0\.0\.1:\d+\/trellis\?replicaSet=rs0 does not answer \([^\n]+\): start it, or correct DATABASE_URL\.$/)
    expect(problem).not.toContain('hush')
    expect(Date.now() - began).toBeLessThan(6000)
  })
})
