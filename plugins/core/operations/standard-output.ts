import { writeSync } from 'node:fs'

const mostTries = 200
const pauseMilliseconds = 5
const sleeper = new Int32Array(new SharedArrayBuffer(4))

/**
 * Where the log goes. A line that cannot be written (the disk behind it is full, its reader has gone) is lost and holds nobody up: the
 * logger's own way to write tries such a line again without end, and the process answers nothing any more.
 */
export const standardOutput = {
  write(line: string): void {
    let rest = Buffer.from(line)
    for (let tries = 0; rest.length > 0 && tries < mostTries; tries++) {
      try {
        rest = rest.subarray(writeSync(1, rest))
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code !== 'EAGAIN') return
        // A pipe that is full for the moment.
        Atomics.wait(sleeper, 0, 0, pauseMilliseconds)
      }
    }
  },
}
