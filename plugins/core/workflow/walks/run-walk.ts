import { spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { createInterface } from 'node:readline'
import { root } from '../../../../config/root.ts'
import type { WalkOrder } from './command.ts'
import type { WalkProgress, WalkReport } from './walk-report.ts'

type Walking = { readonly signal: AbortSignal; readonly told: (progress: WalkProgress) => Promise<void> }

const longestMilliseconds = 20 * 60_000

/**
 * Walks a workflow in a process of its own, on a database in a folder of its own that is removed afterwards. It is given neither the
 * address of the firm's database nor its mail server.
 * @throws Error with what the process said last when it does not come to its end
 */
export async function runWalk(order: WalkOrder, { signal, told }: Walking): Promise<WalkReport> {
  const folder = await mkdtemp(path.join(tmpdir(), 'trellis-walk-'))
  try {
    await writeFile(path.join(folder, 'walk.json'), JSON.stringify(order), { mode: 0o600 })
    const child = spawn(process.execPath, [...program(), 'walk', folder], {
      cwd: root, env: environment(folder), stdio: ['ignore', 'pipe', 'pipe'], signal: AbortSignal.any([signal, AbortSignal.timeout(longestMilliseconds)]), killSignal: 'SIGKILL',
    })
    const ended = new Promise<number | null>((resolve, reject) => { child.once('close', resolve).once('error', reject) })
    ended.catch(() => { /* Awaited below, after its lines. */ })
    let errors = ''
    child.stderr.on('data', (chunk: Buffer) => { errors = `${errors}${chunk.toString()}`.slice(-2_000) })
    let report: WalkReport | undefined
    for await (const line of createInterface({ input: child.stdout })) {
      const said = spoken(line)
      if (said.progress) await told(said.progress)
      report = said.report ?? report
    }
    const status = await ended
    if (status !== 0 || !report) throw new Error(`The workflow could not be tried out: ${errors.trim() || `the process ended with status ${status}`}`)
    return report
  } finally {
    await rm(folder, { recursive: true, force: true, maxRetries: 3 })
  }
}

/** The command line: from its source where this runs from its source, else as it was bundled. */
function program(): readonly string[] {
  return import.meta.url.endsWith('.ts') ? ['--import', 'tsx', path.join(root, 'admin/server/cli.ts')] : [path.join(root, 'build/cli.mjs')]
}

const passedOn = ['PATH', 'HOME', 'TMPDIR', 'TEMP', 'TMP', 'SystemRoot', 'NODE_OPTIONS'] as const

function environment(folder: string): NodeJS.ProcessEnv {
  return {
    ...Object.fromEntries(passedOn.flatMap((name) => (process.env[name] === undefined ? [] : [[name, process.env[name]]]))),
    NODE_ENV: 'production', TRELLIS_MODE: 'production', TRELLIS_SECRET: randomBytes(32).toString('hex'), LOG_LEVEL: 'error',
    DATA_DIR: folder, DATABASE_URL: `file:${path.join(folder, 'scratch.db')}`,
  }
}

/** A line that is none of ours says nothing. */
function spoken(line: string): { readonly progress?: WalkProgress; readonly report?: WalkReport } {
  if (!line.startsWith('{"progress"') && !line.startsWith('{"report"')) return {}
  return JSON.parse(line) as { progress?: WalkProgress; report?: WalkReport }
}
