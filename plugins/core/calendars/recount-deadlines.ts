import { relation, required } from '../../../config/language/fields.ts'
import { systemActor } from '../access/actor.ts'
import type { CommandContext } from '../commands/context.ts'
import { transact } from '../commands/transact.ts'
import { openStore } from '../data/open-store.ts'
import type { Row } from '../data/store.ts'
import { addSpan } from '../engine/working-time.ts'
import { RetryCommand } from '../errors.ts'
import type { JobKind } from '../jobs/job-kind.ts'
import { addJobWithin } from '../jobs/run-jobs.ts'
import type { Operation } from '../platform/plugin.ts'
import { cancelDeadlines, deadlineFields, deadlineHandler, putDown, type RunningDeadline } from '../workflow/deadlines.ts'
import { workflowOf } from '../workflow/pinned.ts'
import { workingCalendarOf } from './load-calendar.ts'

const kind = 'core.recountDeadlines'

/** Deadlines that have begun stay as they are when their calendar changes; who wants otherwise says so with this button. */
export const recountDeadlines: Operation = {
  name: 'recountDeadlines', entity: 'working-calendars', roles: [],
  label: { en: 'Recount deadlines', zh: '重新计算时限' },
  help: { en: 'Counts the deadlines that run on a calendar anew, from when they began. What is overdue already stays so.', zh: '按日历当前内容，从起始时间重新计算运行中的时限；已超时的不变。' },
  input: [relation('calendar', { en: 'Calendar', zh: '日历' }, { to: 'working-calendars', ...required })],
  async run({ store, actor, now }, input) {
    const calendar = await store.require('working-calendars', String(input.calendar))
    await addJobWithin(store, { kind, actor: actor.id, input: { calendar: calendar.id }, subject: calendar.id }, now)
    return { message: { en: `The deadlines on “${calendar.name}” are being recounted.`, zh: `正在重新计算“${calendar.nameZh || calendar.name}”上的时限。` } }
  },
}

/** One document a transaction: those that go on meanwhile are not held up. */
export const recountJob: JobKind = {
  name: kind, label: { en: 'Recounting deadlines', zh: '重新计算时限' },
  async run({ payload, input, signal }) {
    const { calendar: id } = input as { readonly calendar: string }
    let counted = 0
    const seen = new Set<string>()
    for await (const item of openStore(payload).streamOnly('work-items', ['entity', 'documentId'], { and: [{ handler: { equals: deadlineHandler } }, { status: { equals: 'pending' } }] })) {
      signal.throwIfAborted()
      if (seen.has(item.documentId)) continue
      seen.add(item.documentId)
      if (await transact(payload, { actor: systemActor }, (context) => recountOne(context, { calendar: id, entity: item.entity, documentId: item.documentId }))) counted++
    }
    return { counted }
  },
}

type Asked = { readonly calendar: string; readonly entity: string; readonly documentId: string }

/** @returns whether something has moved */
async function recountOne(context: CommandContext, { calendar: id, entity, documentId }: Asked): Promise<boolean> {
  const row = await context.store.get('working-calendars', id)
  const document = (await context.store.get(entity, documentId)) as Row | undefined
  const workflow = document && workflowOf(document)
  if (!row || !document || !workflow?.deadlines) return false
  const calendar = workingCalendarOf(row)
  const moved = Object.entries(workflow.deadlines).flatMap(([key, deadline]): [string, RunningDeadline][] => {
    if (deadline.calendar !== id || deadline.due <= context.now) return []
    const due = addSpan(calendar, deadline.since, deadline.sla.within)
    return due === deadline.due ? [] : [[key, { ...deadline, due }]]
  })
  if (moved.length === 0) return false
  const next = { ...workflow, ...deadlineFields({ ...workflow.deadlines, ...Object.fromEntries(moved) }) }
  if (!(await context.store.update(entity, documentId, { workflow: next }, { version: { equals: document.version } }))) throw new RetryCommand('The document was changed meanwhile.')
  await cancelDeadlines(context, documentId, moved.map(([key]) => key))
  for (const [key, deadline] of moved) await putDown(context, { entity, document, key, deadline, calendar })
  return true
}
