import type { Payload } from 'payload'
import type { Settings } from '../../config/settings.ts'
import { startRunner } from '../../plugins/core/events/runner.ts'
import { installPlatform } from '../../plugins/core/platform/install.ts'

export type StartContext = { readonly payload: Payload; readonly settings: Settings }

/** Something the application process does after Payload has started and before it answers requests. */
export type StartHook = {
  /** Shown while it runs, for example "Loading the demo firm". */
  readonly label: string
  /** May return what ends it; these run in reverse order before the database is closed. */
  readonly run: (context: StartContext) => Promise<void | (() => Promise<void>)>
}

/** In this order. */
export const startHooks: readonly StartHook[] = [
  { label: 'Installing what is shipped', run: ({ payload }) => installPlatform(payload) },
  {
    label: 'Starting the runner',
    run: ({ payload }) => {
      const runner = startRunner(payload)
      return Promise.resolve(() => runner.stop())
    },
  },
]
