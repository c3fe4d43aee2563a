// `npm test`: brings the dependencies, then runs tests/run.ts. Builtins only, so that it works in a fresh clone.
import { spawn } from 'node:child_process'
import { ensureDependencies } from '../admin/server/prepare.mjs'
import { root } from '../admin/server/steps.mjs'

try {
  await ensureDependencies()
} catch (error) {
  console.error(error.message)
  process.exit(1)
}
const child = spawn(process.execPath, ['--import', 'tsx', 'tests/run.ts', ...process.argv.slice(2)], { cwd: root, stdio: 'inherit' })
for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => child.kill(signal))
child.once('exit', (code, signal) => process.exit(signal ? 1 : code))
