import { mkdir, readFile, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { root } from '../../config/root.ts'
import { generators } from './generators.ts'

/* `npm run generate` writes the generated files; with --check it only compares, and tells which differ by status 1. */
const isCheck = process.argv.includes('--check')
// What is generated depends on the code alone, not on this machine's settings; nothing is opened or signed.
for (const name of ['DATABASE_URL', 'PUBLIC_URL', 'PORT', 'HOST']) delete process.env[name]
Object.assign(process.env, { NODE_ENV: 'production', TRELLIS_MODE: 'demo', TRELLIS_SECRET: 'never used: nothing is signed while generating', DATA_DIR: path.join(root, 'build', 'data') })
const { default: configPromise } = await import('../../config/payload.config.ts')
const config = await configPromise

const stale: string[] = []
for (const generator of generators) {
  for (const [file, content] of Object.entries(await generator.generate(config))) {
    const target = path.join(root, file)
    const current = await readFile(target, 'utf8').catch(() => undefined)
    if (current === content) continue
    stale.push(file)
    if (isCheck) continue
    await mkdir(path.dirname(target), { recursive: true })
    await writeFile(target, content)
  }
}
if (!isCheck) console.log(stale.length ? `Written: ${stale.join(', ')}` : 'Nothing has changed.')
if (isCheck && stale.length) {
  console.error(`Out of date: ${stale.join(', ')}. Run \`npm run generate\` and commit what it writes.`)
  process.exitCode = 1
}
