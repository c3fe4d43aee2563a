import { hostname } from 'node:os'

/** A process of some host; `started` in ms since 1970. */
export type ProcessMark = { readonly host: string; readonly pid: number; readonly started: number }

export const ownMark = (): ProcessMark => ({ host: hostname(), pid: process.pid, started: performance.timeOrigin })

/**
 * Whether it has ended, as far as this host knows; of another host nothing is known. A process with our own number that began at another
 * time has ended: numbers come again when a container starts again.
 */
export function isDead({ host, pid, started }: ProcessMark): boolean {
  if (host !== hostname()) return false
  if (pid === process.pid) return started !== performance.timeOrigin
  try {
    process.kill(pid, 0)
    return false
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'ESRCH'
  }
}
