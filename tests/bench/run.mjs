// `npm run bench`: brings dependencies and builds up to date, bundles the bench and runs it. Builtins only, so that it works in a
// fresh clone. What is told while it goes on goes to the standard error: the standard output holds the figures.
import { spawn } from 'node:child_process'
import path from 'node:path'
import { pathToFileURL } from 'node:url'
import { root } from '../../admin/server/steps.mjs'

const asked = process.argv.slice(2)
if (await run(['tests/support/build.mjs']) !== 0) process.exit(1)
const { buildBench } = await import('./build.mjs')
await buildBench()
await import(pathToFileURL(path.join(root, 'build/bench/run.mjs')).href)

function run(args) {
  return new Promise((resolve) => {
    spawn(process.execPath, args, { cwd: root, stdio: ['ignore', 2, 2], env: { ...process.env, BENCH: asked.join(' ') } }).once('exit', (code) => resolve(code ?? 1))
  })
}
