import type { WorkItems } from '../../../config/generated/entities.ts'
import { afterDuration } from '../../../workflows/engine/delays.ts'
import { calendarFor } from '../calendars/load-calendar.ts'
import type { CommandContext } from '../commands/context.ts'
import { newId } from '../commands/context.ts'
import type { Row } from '../data/store.ts'
import { addSpan } from '../engine/working-time.ts'
import type { Approval } from './approval-row.ts'
import type { ChainStep } from './engine/chain.ts'

/** Name of the work-item handler that reminds, escalates and replaces approvers who left. */
export const approvalHandler = 'core.approval'

export type ApprovalWork =
  | { readonly what: 'remind' | 'escalate'; readonly approval: string; readonly turn: string }
  /** Someone cannot decide any more. */
  | { readonly what: 'vacate'; readonly user: string }

export const workOf = ({ data }: Pick<WorkItems, 'data'>): ApprovalWork => data as unknown as ApprovalWork

/** Sets reminder and escalation of a step whose turn begins. @returns when it is due */
export async function startApprovalTimers(context: CommandContext, { id, entity, documentId, version }: Approval, { step, turn }: { readonly step: ChainStep; readonly turn: string }): Promise<string | null> {
  if (step.remind === undefined && !step.escalate) return null
  const after = await counting(context, { entity, documentId, calendar: step.calendar })
  const timers = [
    ...(step.remind === undefined ? [] : [{ what: 'remind' as const, at: after(step.remind) }]),
    ...(step.escalate === undefined ? [] : [{ what: 'escalate' as const, at: after(step.escalate.after) }]),
  ]
  for (const { what, at } of timers) {
    await context.store.insert('work-items', {
      id: newId(), key: `${id}:${turn}:${what}`, kind: 'timer', handler: approvalHandler, entity, documentId, documentVersion: version, dueAt: at, attempts: 0, status: 'pending',
      data: { what, approval: id, turn } satisfies ApprovalWork,
    })
  }
  return timers.find(({ what }) => what === 'escalate')?.at ?? timers[0]?.at ?? null
}

/** So long from now: on the calendar that the step names, where there is such a one. */
async function counting(context: CommandContext, { entity, documentId, calendar }: Pick<Approval, 'entity' | 'documentId'> & Pick<ChainStep, 'calendar'>): Promise<(length: string) => string> {
  const document = calendar === undefined ? undefined : (await context.store.require<string>(entity, documentId)) as Row
  const found = await calendarFor(context, calendar, document?.company as string | null | undefined)
  return (length) => (found ? addSpan(found.calendar, context.now, length) : afterDuration(length, context.now))
}

export async function stopApprovalTimers(context: CommandContext, { id, documentId }: Pick<Approval, 'id' | 'documentId'>): Promise<void> {
  const open = await context.store.find('work-items', {
    where: { and: [{ handler: { equals: approvalHandler } }, { documentId: { equals: documentId } }, { status: { equals: 'pending' } }] },
  })
  for (const item of open) {
    const work = workOf(item)
    if (work.what !== 'vacate' && work.approval === id) await context.store.update('work-items', item.id, { status: 'cancelled' })
  }
}
