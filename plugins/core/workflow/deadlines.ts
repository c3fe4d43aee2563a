import type { SlaDefinition, StateDefinition, WorkflowDefinition } from '../../../config/language/workflow.ts'
import type { Effects } from '../../../workflows/engine/machine.ts'
import { calendarFor } from '../calendars/load-calendar.ts'
import { newId, type CommandContext } from '../commands/context.ts'
import type { Row } from '../data/store.ts'
import { addSpan, spanBefore, type WorkingCalendar } from '../engine/working-time.ts'
import type { StoredWorkflow } from './pinned.ts'

/** Name of the work-item handler that warns, tells and sends the event of a deadline. */
export const deadlineHandler = 'core.deadline'

/** `due`, UTC ISO, is fixed when the state is entered: a calendar that changes later does not move it. */
export type RunningDeadline = { readonly since: string; readonly due: string; readonly sla: SlaDefinition; /** Id of the calendar it is counted on. */ readonly calendar?: string }
/** By path of the state. */
export type RunningDeadlines = { readonly [state: string]: RunningDeadline }

/** What is left to do about a deadline; `event` follows on `due`, in a transaction of its own. */
export type DeadlineStep = 'warn' | 'due' | 'event'
export type DeadlineData = { readonly key: string; readonly step: DeadlineStep; readonly since: string }

/** Whether any state of the workflow has a deadline; asked at every mark in the navigation, looked up once. */
export function hasDeadlines(definition: WorkflowDefinition): boolean {
  const known = withDeadlines.get(definition) ?? Object.values(definition.states).some(hasOne)
  withDeadlines.set(definition, known)
  return known
}

const withDeadlines = new WeakMap<WorkflowDefinition, boolean>()
const hasOne = ({ sla, states = {} }: StateDefinition): boolean => sla !== undefined || Object.values(states).some(hasOne)

/** The deadlines that run after a step, and the earliest of them, for the document's `workflow`; nothing where none runs or ran. */
export async function deadlinesAfter(
  context: CommandContext, document: Row, { before, deadlines }: { readonly before?: RunningDeadlines | null | undefined; readonly deadlines: Effects['deadlines'] },
): Promise<Pick<StoredWorkflow, 'due' | 'deadlines'>> {
  if (!before && deadlines.start.length === 0) return {}
  const running: Record<string, RunningDeadline> = { ...before }
  for (const key of deadlines.cancel) delete running[key]
  for (const { key, sla } of deadlines.start) running[key] = await startDeadline(context, document, sla)
  return deadlineFields(running)
}

/** As a document's `workflow` keeps them. */
export function deadlineFields(running: RunningDeadlines): Required<Pick<StoredWorkflow, 'due' | 'deadlines'>> {
  const [due = null] = Object.values(running).map((one) => one.due).sort()
  return { due, deadlines: due === null ? null : running }
}

async function startDeadline(context: CommandContext, document: Row, sla: SlaDefinition): Promise<RunningDeadline> {
  const found = await calendarFor(context, sla.calendar, document.company as string | null)
  return { since: context.now, due: addSpan(found?.calendar, context.now, sla.within), sla, ...(found && { calendar: found.id }) }
}

/** Puts down when the runner is to warn and to tell; what a step has ended is taken back. */
export async function scheduleDeadlines(context: CommandContext, { entity, document, deadlines }: { entity: string; document: Row; deadlines: Effects['deadlines'] }): Promise<void> {
  if (deadlines.cancel.length > 0) await cancelDeadlines(context, document.id, deadlines.cancel)
  const running = (document.workflow as StoredWorkflow).deadlines ?? {}
  for (const { key, sla } of deadlines.start) {
    const deadline = running[key]
    if (!deadline) continue
    const found = await calendarFor(context, sla.calendar, document.company as string | null)
    await putDown(context, { entity, document, key, deadline, calendar: found?.calendar })
  }
}

type Put = { readonly entity: string; readonly document: Row; readonly key: string; readonly deadline: RunningDeadline; readonly calendar: WorkingCalendar | undefined }

/** The warning and the end of one deadline. A warning whose time is over already is left out. */
export async function putDown(context: CommandContext, { entity, document, key, deadline, calendar }: Put): Promise<void> {
  const { since, due, sla } = deadline
  const warn = sla.warn === undefined ? undefined : spanBefore(calendar, { start: since, due }, sla.warn)
  const steps: readonly (readonly [DeadlineStep, string])[] = [...(warn !== undefined && warn > context.now ? [['warn', warn] as const] : []), ['due', due]]
  for (const [step, at] of steps) await addDeadlineStep(context, { entity, document, data: { key, step, since }, dueAt: at })
}

export async function addDeadlineStep(context: CommandContext, { entity, document, data, dueAt }: { readonly entity: string; readonly document: Row; readonly data: DeadlineData; readonly dueAt: string }): Promise<void> {
  const id = newId()
  await context.store.insert('work-items', {
    id, key: `${document.id}:${data.key}:${data.step}:${id}`, kind: 'timer', handler: deadlineHandler, entity, documentId: document.id, documentVersion: Number(document.version),
    dueAt, attempts: 0, status: 'pending', data,
  })
}

/** What is still to be done about these deadlines of a document is not done any more. */
export async function cancelDeadlines(context: CommandContext, documentId: string, keys: readonly string[]): Promise<void> {
  const open = await context.store.find('work-items', {
    where: { and: [{ handler: { equals: deadlineHandler } }, { documentId: { equals: documentId } }, { status: { equals: 'pending' } }] },
  })
  for (const item of open) if (keys.includes((item.data as DeadlineData).key)) await context.store.update('work-items', item.id, { status: 'cancelled' })
}
