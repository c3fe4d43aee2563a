import { once } from 'node:events'
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createServer, type AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { heldFile, holdFolder, requireFree } from '../../admin/front/held-folder.ts'
import { findProblem } from '../../admin/server/check.ts'
import { freePort } from '../support/free-port.ts'

let folder = ''
let release: (() => void) | undefined
beforeEach(() => { folder = mkdtempSync(path.join(tmpdir(), 'trellis-held-')) })
afterEach(() => {
  release?.()
  release = undefined
  rmSync(folder, { recursive: true })
})

const url = 'http://localhost:3000'
const hold = (address = url) => holdFolder({ dataDir: folder, url: address })
const file = () => path.join(folder, heldFile)

describe('a folder that is served', () => {
  it('is not served twice; the sentence tells where it is', async () => {
    release = await hold()
    const sentence = new RegExp(`^The folder ${folder} is served already at ${url} \\(process ${process.pid}\\): .*DATA_DIR=.*\\.$`)
    await expect(hold('http://localhost:3001')).rejects.toThrow(sentence)
    expect(await findProblem({ DATA_DIR: folder, PORT: String(await freePort()) })).toMatch(sentence)
    // Who was refused has taken nothing away.
    await expect(requireFree({ dataDir: folder })).rejects.toThrow(sentence)
  })

  it('is free when its front has ended', async () => {
    (await hold())()
    expect(existsSync(file())).toBe(false)
    release = await hold()
  })

  it('is taken back after a crash, whoever has the port and the process id of the dead now', async () => {
    const other = createServer((socket) => socket.end('HTTP/1.1 400 Bad Request')).listen(0, '127.0.0.1')
    await once(other, 'listening')
    const { port } = other.address() as AddressInfo
    for (const left of [{ url, pid: process.pid, port, name: 'gone' }, { url, pid: process.pid, port: await freePort(), name: 'gone' }, 'torn {']) {
      writeFileSync(file(), typeof left === 'string' ? left : JSON.stringify(left))
      release = await hold()
      expect(JSON.parse(readFileSync(file(), 'utf8'))).toMatchObject({ url, pid: process.pid })
      release()
    }
    other.close()
  })

  it('is told when it cannot be written', async () => {
    const place = path.join(folder, 'a-file')
    writeFileSync(place, '')
    await expect(holdFolder({ dataDir: place, url })).rejects.toThrow(/^The folder .*a-file cannot be written: .*DATA_DIR/)
  })

  it('goes to one of two that start at the same moment', async () => {
    const outcomes = await Promise.allSettled([hold('http://localhost:3001'), hold('http://localhost:3002')])
    const held = outcomes.flatMap((outcome) => (outcome.status === 'fulfilled' ? [outcome.value] : []))
    release = () => { for (const one of held) one() }
    expect(held).toHaveLength(1)
  })
})
