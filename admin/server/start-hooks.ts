import type { Payload } from 'payload'
import { isDemoWanted, loadDemo } from '../../config/demo/load-demo.ts'
import type { Settings } from '../../config/settings.ts'
import { startRunner } from '../../plugins/core/events/runner.ts'
import { createFirstOwner, isWithoutUsers } from '../../plugins/core/firm/create-first-owner.ts'
import { installPlatform } from '../../plugins/core/platform/install.ts'

export type StartContext = { readonly payload: Payload; readonly settings: Settings }

/** Something the application process does after Payload has started and before it answers requests. */
export type StartHook = {
  /** Shown while it runs, for example "Loading the demo firm". */
  readonly label: string
  /** Absent: always. A hook that is not needed is neither shown nor run. */
  readonly isNeeded?: (context: StartContext) => Promise<boolean>
  /** May return what ends it; these run in reverse order before the database is closed. */
  readonly run: (context: StartContext) => Promise<void | (() => Promise<void>)>
}

/** In this order. */
export const startHooks: readonly StartHook[] = [
  { label: 'Installing what is shipped', run: ({ payload }) => installPlatform(payload) },
  {
    label: 'Loading the demo firm',
    isNeeded: async ({ payload, settings }) => settings.mode === 'demo' && (await isDemoWanted(payload)),
    run: async ({ payload }) => {
      await loadDemo(payload)
    },
  },
  {
    label: "Creating the owner's account",
    isNeeded: async ({ payload, settings }) => settings.owner !== undefined && (await isWithoutUsers(payload)),
    run: async ({ payload, settings }) => {
      if (settings.owner) await createFirstOwner(payload, settings.owner)
    },
  },
  {
    label: 'Starting the runner',
    run: ({ payload }) => {
      const runner = startRunner(payload)
      return Promise.resolve(() => runner.stop())
    },
  },
]
