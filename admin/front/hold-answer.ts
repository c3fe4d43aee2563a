import type { IncomingMessage } from 'node:http'

const mostBytes = 65_536

/** `isWhole`: nothing comes behind `bytes`. */
export type HeldAnswer = { readonly bytes: Buffer; readonly isWhole: boolean }

/**
 * The beginning of an answer: all of it, or as much as is held before the rest is sent on as it comes. Until something of it was
 * sent on, a request whose process dies can still be asked again, or be told the truth. Events are sent on at once.
 * @returns undefined when it was broken off within; else the answer is paused behind `bytes`
 */
export function holdAnswer(answer: IncomingMessage): Promise<HeldAnswer | undefined> {
  if (answer.headers['content-type']?.startsWith('text/event-stream') || answer.headers['x-accel-buffering'] === 'no') return Promise.resolve({ bytes: Buffer.alloc(0), isWhole: false })
  return new Promise((resolve) => {
    const chunks: Buffer[] = []
    let size = 0
    const take = (chunk: Buffer) => {
      chunks.push(chunk)
      size += chunk.length
      if (size > mostBytes) end({ bytes: Buffer.concat(chunks), isWhole: false })
    }
    const whole = () => end({ bytes: Buffer.concat(chunks), isWhole: true })
    const broken = () => end(undefined)
    const end = (held: HeldAnswer | undefined) => {
      answer.pause()
      answer.off('data', take).off('end', whole).off('close', broken)
      resolve(held)
    }
    // Its end without "end" is told by "close"; without a listener here the error would be nobody's.
    answer.on('error', () => {})
    answer.on('data', take).on('end', whole).on('close', broken)
  })
}
