import type { DemoLogin } from '../../plugins/core/demo/logins.ts'
import type { PublishRequest } from '../../plugins/core/configuration/publisher.ts'

/** What an application process tells the process that started it: the front, or a person at a terminal. */
export type AppMessage =
  | { readonly type: 'progress'; readonly label: string }
  /** It answers on the front's socket, and waits to be told to take over. */
  | { readonly type: 'warm'; readonly revision: number }
  /** It has taken over. */
  | { readonly type: 'active' }
  | ({ readonly type: 'ready'; readonly revision: number } & Welcome)
  | { readonly type: 'resting' }
  /** Another host has published: this process writes nothing any more. */
  | { readonly type: 'behind'; readonly current: number }
  /** Someone who uses this process wants it: the front starts a process with it. */
  | ({ readonly type: 'publish' } & PublishRequest)
  /** Someone will soon: the front may have a process load its code meanwhile. */
  | { readonly type: 'expect' }
  /** `status`: of a fault in what was to be published, as HTTP would say it. */
  | { readonly type: 'failed'; readonly message: string; readonly status?: number }

export type Welcome = { readonly url: string; readonly port: number; readonly firm: string | null; readonly logins: readonly DemoLogin[]; readonly tryFirst: readonly string[] }

/** What a front tells its application process. */
export type FrontMessage =
  /** What it is for: the file of a revision that it shall publish, or what is current; `isBeside`: another process answers meanwhile. */
  | { readonly type: 'run'; readonly revisionFile?: string; readonly isBeside: boolean }
  | { readonly type: 'activate'; readonly publish?: { readonly actor: string } }
  /** Stop working on what happens later: another process takes over. */
  | { readonly type: 'rest' }
  /** The other one did not take over: work again. */
  | { readonly type: 'resume' }
  /** What it asked to publish could not be; `status` as HTTP would say it. */
  | { readonly type: 'unpublished'; readonly message: string; readonly status: number }

/** Sends a message to the parent; without one (started by hand) a person reads it instead. Resolves when it is on its way. */
export async function tellParent(message: AppMessage): Promise<void> {
  if (process.send && process.connected) {
    await new Promise<void>((resolve) => process.send?.(message, undefined, undefined, () => resolve()))
    return
  }
  if (message.type === 'failed') console.error(message.message)
  if (message.type === 'progress') console.log(`${message.label} …`)
  if (message.type === 'ready') console.log(`Trellis is running at ${message.url}`)
}
