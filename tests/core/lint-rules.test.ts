import { execFile } from 'node:child_process'
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { promisify } from 'node:util'
import { describe, expect, it } from 'vitest'
import { root } from '../../config/root.ts'

/* Proves that the rules of .oxlintrc.json catch what they forbid, and that no comment in our own files turns one off. */

const forbidden: readonly [rule: string, source: string][] = [
  ['ban-ts-comment', '// @ts-ignore'],
  ['consistent-type-imports', "import { Shape } from './good.ts'; export type Other = Shape"],
  ['no-explicit-any', 'export const anything: any = 1'],
  ['no-floating-promises', 'later()'],
  ['no-misused-promises', 'if (later()) console.log(1)'],
  ['await-thenable', 'await 5'],
  ['no-unused-vars', 'const unused = 1'],
  ['switch-exhaustiveness-check', "export const of = (side: 'a' | 'b') => { switch (side) { case 'a': return 1 } }"],
  ['max-params', 'export const many = (a: 1, b: 1, c: 1, d: 1, e: 1) => [a, b, c, d, e]'],
  ['no-default-export', 'export default later'],
  ['no-restricted-imports', "export { good } from './good'"],
  ['no-restricted-imports', "export { good } from '@/good.ts'"],
  ['no-var', 'export var old = 1'],
  ['prefer-const', 'export let fixed = 1; let still = 2; console.log(still)'],
  ['eqeqeq', "export const loose = (one: string) => one == 'a'"],
]

async function lint(folder: string): Promise<readonly { readonly code: string; readonly filename: string }[]> {
  const command = [path.join(root, 'node_modules/oxlint/bin/oxlint'), '--config', path.join(root, '.oxlintrc.json'), '--type-aware', '--format', 'json']
  const { stdout } = await promisify(execFile)(process.execPath, command, { cwd: folder }).catch((error: unknown) => error as { stdout: string })
  return (JSON.parse(stdout) as { diagnostics: { code: string; filename: string }[] }).diagnostics
}

const sourcesIn = (folder: string): readonly string[] => readdirSync(folder, { withFileTypes: true }).flatMap((entry) =>
  entry.isDirectory() ? (entry.name === '.next' ? [] : sourcesIn(path.join(folder, entry.name)))
    : /\.(ts|tsx|mjs|cjs)$/.test(entry.name) ? [path.join(folder, entry.name)] : [])

describe('lint', () => {
  it('catches what each rule forbids, and nothing else', async () => {
    const folder = mkdtempSync(path.join(tmpdir(), 'trellis-lint-'))
    try {
      mkdirSync(path.join(folder, 'plugins'))
      writeFileSync(path.join(folder, 'tsconfig.json'), JSON.stringify({ compilerOptions: { strict: true, module: 'esnext', target: 'esnext', moduleResolution: 'bundler', allowImportingTsExtensions: true, noEmit: true } }))
      writeFileSync(path.join(folder, 'plugins/good.ts'), 'export type Shape = 1\nexport const good = (one: unknown) => one == null\n')
      forbidden.forEach(([, source], index) => writeFileSync(path.join(folder, `plugins/bad-${index}.ts`), `export const later = async () => {}\n${source}\n`))
      const found = await lint(folder)
      const met = forbidden.map(([rule], index) => [rule, found.some(({ code, filename }) => filename.endsWith(`bad-${index}.ts`) && code.endsWith(`(${rule})`))])
      expect(met).toEqual(forbidden.map(([rule]) => [rule, true]))
      expect(found.filter(({ filename }) => filename.endsWith('good.ts'))).toEqual([])
    } finally {
      rmSync(folder, { recursive: true, force: true })
    }
  })

  it('is turned off nowhere', () => {
    const files = ['config', 'collections', 'workflows', 'plugins', 'admin', 'tests'].flatMap((folder) => sourcesIn(path.join(root, folder)))
    const directive = new RegExp(`(ox|es)lint-${'disable'}`)
    expect(files.length).toBeGreaterThan(500)
    expect(files.filter((file) => directive.test(readFileSync(file, 'utf8')))).toEqual([])
  })
})
