import type { DemoLogin } from '../../plugins/core/demo/logins.ts'

/** What an application process tells the process that started it. */
export type AppMessage =
  | { readonly type: 'progress'; readonly label: string }
  | { readonly type: 'ready'; readonly url: string; readonly port: number; readonly firm: string | null; readonly logins: readonly DemoLogin[]; readonly tryFirst: readonly string[] }
  | { readonly type: 'failed'; readonly message: string }

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
