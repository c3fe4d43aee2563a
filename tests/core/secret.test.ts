import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { resolveSecret } from '../../config/secret.ts'

let dataDir = ''
beforeEach(() => { dataDir = path.join(mkdtempSync(path.join(tmpdir(), 'trellis-secret-')), 'data') })
afterEach(() => rmSync(path.dirname(dataDir), { recursive: true }))

it('is made once, for this user only, and found again', () => {
  const first = resolveSecret({ dataDir })
  expect(first).toMatch(/^[0-9a-f]{64}$/)
  expect(statSync(path.join(dataDir, 'secret')).mode & 0o777).toBe(0o600)
  expect(resolveSecret({ dataDir })).toBe(first)
})

it('is the one that was set, without a file', () => {
  expect(resolveSecret({ dataDir, secret: 'given' })).toBe('given')
  expect(() => statSync(dataDir)).toThrow('ENOENT')
})

it('tells where a spoilt one lies', () => {
  resolveSecret({ dataDir })
  writeFileSync(path.join(dataDir, 'secret'), 'short\n')
  expect(() => resolveSecret({ dataDir })).toThrow(new RegExp(`${dataDir}/secret is shorter than 32`))
})

it('tells that the folder cannot be made', () => {
  writeFileSync(dataDir, 'a file where the folder should be')
  expect(() => resolveSecret({ dataDir })).toThrow(/cannot be kept .*set TRELLIS_SECRET or DATA_DIR/)
})
