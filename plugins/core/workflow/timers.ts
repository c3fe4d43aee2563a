import type { CommandContext } from '../commands/context.ts'
import { newId } from '../commands/context.ts'
import type { Row } from '../data/store.ts'
import type { Effects } from '../../../workflows/engine/machine.ts'
import type { CompiledWorkflow } from '../../../workflows/engine/compile.ts'
import { dueAt } from '../../../workflows/engine/delays.ts'

/** Name of the work-item handler that sends a timer's event. */
export const timerHandler = 'core.timer'

/** Cancels and starts the timers of a step; the runner sends their events when they are due. */
export async function scheduleTimers(
  context: CommandContext, compiled: CompiledWorkflow,
  { entity, document, timers }: { entity: string; document: Row; timers: Effects['timers'] },
): Promise<void> {
  for (const key of timers.cancel) await cancelTimer(context, document.id, key)
  if (timers.start.length === 0) return
  const { timeZone } = await context.company(document.company as string | null)
  for (const timer of timers.start) {
    await context.store.insert('work-items', {
      id: newId(), key: `${document.id}:${timer.key}:${Number(document.version)}`, kind: 'timer', handler: timerHandler,
      entity, documentId: document.id, documentVersion: Number(document.version),
      dueAt: dueAt(compiled, { delay: timer.delay, document, now: context.now, timeZone }), attempts: 0, status: 'pending',
      data: { key: timer.key, event: timer.event },
    })
  }
}

/** A timer of a document that still runs is not sent any more. */
export async function cancelTimer(context: CommandContext, documentId: string, key: string): Promise<void> {
  const open = await context.store.find('work-items', {
    where: { and: [{ handler: { equals: timerHandler } }, { documentId: { equals: documentId } }, { status: { equals: 'pending' } }] },
  })
  for (const item of open) {
    if ((item.data as { key?: string } | null)?.key === key) await context.store.update('work-items', item.id, { status: 'cancelled' })
  }
}
