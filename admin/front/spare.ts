import type { ChildProcess } from 'node:child_process'

/** A process of the application that has not been told yet which revision it is for. */
export type Started = { readonly child: ChildProcess; readonly socketPath: string }

export type SpareKeeper = {
  /** One will soon be wanted: it loads its code meanwhile, and is kept for a while. */
  readonly expect: () => void
  /** Whoever takes it tells it what to run, or ends it. */
  readonly take: () => Started | undefined
  readonly end: () => void
  readonly pid: () => number | null
}

/** Keeps at most one process ready, `milliseconds` after it was last expected to be of use. */
export function keepSpare({ start, milliseconds }: { readonly start: () => Started; readonly milliseconds: number }): SpareKeeper {
  let spare: Started | undefined
  let late: NodeJS.Timeout | undefined
  const take = () => {
    clearTimeout(late)
    const taken = spare
    spare = undefined
    return taken
  }
  const end = () => void take()?.child.kill('SIGKILL')
  return {
    take, end,
    pid: () => spare?.child.pid ?? null,
    expect() {
      clearTimeout(late)
      late = setTimeout(end, milliseconds).unref()
      if (spare) return
      const started = start()
      spare = started
      started.child.once('exit', () => { if (spare === started) take() })
    },
  }
}
