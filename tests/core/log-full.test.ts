import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, openSync } from 'node:fs'
import path from 'node:path'
import { pathToFileURL } from 'node:url'
import { expect, it } from 'vitest'
import { root } from '../../config/root.ts'

const place = (file: string) => JSON.stringify(pathToFileURL(path.join(root, file)).href)
const program = `
  import { pino } from 'pino'
  import { logOptions } from ${place('plugins/core/operations/log-options.ts')}
  const { options, destination } = logOptions({ logLevel: 'info', format: 'json' })
  const logger = pino(options, destination)
  for (let line = 0; line < 50; line++) logger.info('x'.repeat(1_000))
  console.error('alive')`

async function logTo(output: number | 'pipe'): Promise<{ said: string; status: number | null; logged: string }> {
  const child = spawn(process.execPath, ['--import', 'tsx', '--input-type=module', '-e', program], { cwd: root, stdio: ['ignore', output, 'pipe'], timeout: 15_000, killSignal: 'SIGKILL' })
  const texts = { said: '', logged: '' }
  child.stderr?.on('data', (chunk: Buffer) => { texts.said += chunk.toString() })
  child.stdout?.on('data', (chunk: Buffer) => { texts.logged += chunk.toString() })
  const [status] = (await once(child, 'close')) as [number | null]
  return { ...texts, status }
}

it.runIf(existsSync('/dev/full'))('a log whose disk is full loses its lines, and holds nobody up', { timeout: 40_000 }, async () => {
  expect(await logTo(openSync('/dev/full', 'w'))).toMatchObject({ said: expect.stringContaining('alive') as string, status: 0 })
  const { logged } = await logTo('pipe')
  expect(logged.trimEnd().split('\n').map((line) => (JSON.parse(line) as { msg: string }).msg.length)).toEqual(Array(50).fill(1_000))
})
