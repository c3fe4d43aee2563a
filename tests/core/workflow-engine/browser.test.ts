import { readdirSync, readFileSync } from 'node:fs'
import { build } from 'esbuild'
import { expect, test } from 'vitest'

const folder = new URL('../../../workflows/engine/', import.meta.url)
const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.ts'))

test('the engine bundles for a browser: no builtin of Node, nothing of Payload, React or a database', async () => {
  const result = await build({
    entryPoints: files.map((name) => new URL(name, folder).pathname),
    bundle: true, write: false, metafile: true, platform: 'browser', format: 'esm', outdir: 'unused', logLevel: 'silent',
  })
  const packages = new Set(Object.keys(result.metafile.inputs).flatMap((path) => /node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(path)?.[1] ?? []))
  expect([...packages].sort()).toEqual(['@noble/hashes', 'luxon', 'xstate', 'zod'])
})

test('only machine.ts imports XState', () => {
  expect(files.filter((name) => /from 'xstate/.test(readFileSync(new URL(name, folder), 'utf8')))).toEqual(['machine.ts'])
})
