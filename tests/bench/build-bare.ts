import { spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { root } from '../../config/root.ts'

const folder = path.join(root, 'tests/bench/bare')
const stamp = path.join(folder, '.next/stamp')

/** What the built routes depend on: the fields of all entities, and how they become collections. */
const sources = [
  'package-lock.json', 'config/generated/schema.graphql', 'plugins/core/entities/to-collection.ts', 'plugins/core/entities/system-fields.ts',
  'tests/bench/bare/payload.config.ts', 'tests/bench/bare/next.config.mjs',
]

/** Builds the bare Payload's routes as Next builds ours, unless they are built. */
export async function buildBare(tell: (line: string) => void): Promise<void> {
  const hash = createHash('sha256')
  for (const file of sources) hash.update(readFileSync(path.join(root, file)))
  const wanted = hash.digest('hex')
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted) return
  tell('Building the bare Payload to compare with (once) …')
  const status = await new Promise<number | null>((resolve) => {
    spawn(process.execPath, [path.join(root, 'node_modules/next/dist/bin/next'), 'build', folder], {
      cwd: root, stdio: ['ignore', 'ignore', 'inherit'], env: { ...process.env, NODE_ENV: 'production', NEXT_TELEMETRY_DISABLED: '1', DATABASE_URL: `file:${path.join(root, 'build/bench/unused.db')}` },
    }).once('exit', resolve)
  })
  if (status !== 0) throw new Error('The bare Payload could not be built.')
  writeFileSync(stamp, wanted)
}
