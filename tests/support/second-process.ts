import { fork } from 'node:child_process'
import { once } from 'node:events'
import path from 'node:path'
import type { Command, CommandResult } from '../../plugins/core/commands/run-command.ts'
import { root } from '../../config/root.ts'
import { withoutSettings } from './without-settings.ts'
import type { TestDatabase } from './test-database.ts'

/** `code`: of the first refusal or finding, else of the problem; `other` for what is none. */
export type Outcome = { readonly result: CommandResult } | { readonly code: string; readonly message: string }
export type ToChild = { readonly id: number } & ({ readonly commands: readonly Command[] } | { readonly drain: true })
export type FromChild = { readonly ready: true } | { readonly id: number; readonly outcomes: readonly Outcome[] }

export type ShopProcess = {
  /** Gives all commands at once, as the platform. */
  readonly run: (commands: readonly Command[]) => Promise<readonly Outcome[]>
  /** Does everything that is due. */
  readonly drain: () => Promise<void>
  readonly stop: () => Promise<void>
}

/** A Node process of its own with the platform and the shop over a database that another one has set up. */
export async function startShopProcess({ kind, url }: Pick<TestDatabase, 'kind' | 'url'>): Promise<ShopProcess> {
  const child = fork(path.join(root, 'tests/support/shop-process.ts'), {
    cwd: root, execArgv: ['--import', 'tsx'], env: { ...withoutSettings(process.env), NODE_ENV: 'test', SHOP_DATABASE: JSON.stringify({ kind, url }) },
  })
  const exited = once(child, 'exit').then(([code]) => code as number | null)
  const waiting = new Map<number, (outcomes: readonly Outcome[]) => void>()
  const ready = new Promise<void>((resolve) => {
    child.on('message', (message: FromChild) => {
      if ('ready' in message) return resolve()
      waiting.get(message.id)?.(message.outcomes)
      waiting.delete(message.id)
    })
  })
  const early = exited.then((code) => Promise.reject(new Error(`the second process ended with status ${code}`)))
  early.catch(() => {})
  await Promise.race([ready, early])
  let last = 0
  const ask = (message: { commands: readonly Command[] } | { drain: true }) => {
    const id = ++last
    const answer = new Promise<readonly Outcome[]>((resolve) => waiting.set(id, resolve))
    child.send({ id, ...message } satisfies ToChild)
    return Promise.race([answer, early])
  }
  return {
    run: (commands) => ask({ commands }),
    drain: async () => {
      await ask({ drain: true })
    },
    stop: async () => {
      if (child.connected) child.disconnect()
      await exited
    },
  }
}
