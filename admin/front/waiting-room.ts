/** Requests that wait while nobody can take them: in order of arrival, so many at most, and not for ever. */
export type WaitingRoom<Host> = {
  /** @returns the host that takes over; undefined when the room is full or it took too long. */
  readonly enter: () => Promise<Host | undefined>
  /** Lets all go on with `host`; undefined: there will be none. */
  readonly release: (host: Host | undefined) => void
  readonly waiting: () => number
}

export function waitingRoom<Host>({ places, milliseconds }: { places: number; milliseconds: number }): WaitingRoom<Host> {
  const waiting = new Set<(host: Host | undefined) => void>()
  return {
    enter() {
      if (waiting.size >= places) return Promise.resolve(undefined)
      return new Promise((resolve) => {
        const go = (host: Host | undefined) => {
          clearTimeout(late)
          waiting.delete(go)
          resolve(host)
        }
        const late = setTimeout(go, milliseconds, undefined)
        waiting.add(go)
      })
    },
    release(host) {
      for (const go of [...waiting]) go(host)
    },
    waiting: () => waiting.size,
  }
}
