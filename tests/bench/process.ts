import { spawn } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { root } from '../../config/root.ts'
import { withoutSettings } from '../support/without-settings.ts'

export type Measured = { readonly output: string; readonly status: number | null; readonly seconds: number; readonly megabytes: number }

/** Runs a built program as a process of its own: how long it takes, and the most memory it has at once. */
export async function runMeasured(args: readonly string[], env: Readonly<Record<string, string>>): Promise<Measured> {
  const dataDir = mkdtempSync(path.join(tmpdir(), 'trellis-bench-'))
  const peakFile = path.join(dataDir, 'peak')
  try {
    const began = performance.now()
    const child = spawn(process.execPath, ['--import', path.join(root, 'tests/bench/peak.mjs'), ...args], {
      cwd: root, stdio: ['ignore', 'pipe', 'inherit'],
      env: {
        ...withoutSettings(process.env), NODE_ENV: 'production', TRELLIS_MODE: 'production', TRELLIS_SECRET: 'a secret of the bench, long enough for all',
        SLOW_QUERY_MS: '0', DATA_DIR: dataDir, PEAK_FILE: peakFile, ...env,
      },
    })
    const chunks: Buffer[] = []
    child.stdout.on('data', (chunk: Buffer) => chunks.push(chunk))
    const status = await new Promise<number | null>((resolve, reject) => child.once('error', reject).once('close', resolve))
    return { output: Buffer.concat(chunks).toString(), status, seconds: (performance.now() - began) / 1000, megabytes: Number(readFileSync(peakFile, 'utf8')) }
  } finally {
    rmSync(dataDir, { recursive: true, force: true })
  }
}
