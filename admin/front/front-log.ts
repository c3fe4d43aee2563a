import { hostname } from 'node:os'
import { standardOutput } from '../../plugins/core/operations/standard-output.ts'

/** What the front says once it serves; without a level nothing is wrong. */
export type FrontLog = (line: string, level?: 'info' | 'error') => void

/** JSON: one object a line, as the application's own log (`log-options.ts`), which would bring Payload here; text: for eyes. */
export function frontLog(format: 'json' | 'text'): FrontLog {
  if (format === 'text') return (line) => console.error(`${new Date().toISOString()} ${line}`)
  const origin = { pid: process.pid, hostname: hostname(), name: 'trellis' }
  return (msg, level = 'info') => standardOutput.write(`${JSON.stringify({ level, time: new Date().toISOString(), ...origin, msg })}\n`)
}
