import type { Payload } from 'payload'

const listeners = new WeakMap<Payload, () => void>()

/** Lets the runner of this process look for work at once instead of at its next turn. */
export function nudgeRunner(payload: Payload): void {
  listeners.get(payload)?.()
}

export function onNudge(payload: Payload, listener: (() => void) | undefined): void {
  if (listener) listeners.set(payload, listener)
  else listeners.delete(payload)
}
