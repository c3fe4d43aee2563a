import type { Payload } from 'payload'
import { isDemoWanted, loadDemo } from '../../config/demo/load-demo.ts'
import type { Settings } from '../../config/settings.ts'
import { createFirstOwner, isWithoutUsers } from '../../plugins/core/firm/create-first-owner.ts'
import { installPlatform } from '../../plugins/core/platform/install.ts'

type StartContext = { readonly payload: Payload; readonly settings: Settings }

/** Something the application process does after Payload has started and before it answers requests. */
type StartHook = {
  /** Shown while it runs, for example "Loading the demo firm". */
  readonly label: string
  /** Absent: always. A hook that is not needed is neither shown nor run. */
  readonly isNeeded?: (context: StartContext) => Promise<boolean>
  readonly run: (context: StartContext) => Promise<void>
}

export async function runStartHooks({ payload, settings, progress }: StartContext & { progress: (label: string) => void }): Promise<void> {
  for (const hook of startHooks) {
    if (hook.isNeeded && !(await hook.isNeeded({ payload, settings }))) continue
    progress(hook.label)
    await hook.run({ payload, settings })
  }
}

/** In this order. */
const startHooks: readonly StartHook[] = [
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
]
