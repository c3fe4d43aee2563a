import type { RevisionInputs } from '../../../config/language/revision.ts'
import type { Json } from '../../../config/language/text.ts'
import type { CompiledWorkflow } from '../../../workflows/engine/compile.ts'
import { startWorkflow } from '../../../workflows/engine/transition.ts'
import { systemActor } from '../access/actor.ts'
import { followState } from '../approvals/follow-state.ts'
import type { CommandContext } from '../commands/context.ts'
import { linesOf } from '../commands/edit.ts'
import { appendHistories, type HistoryEntry } from '../commands/record.ts'
import { transact } from '../commands/transact.ts'
import { openStore } from '../data/open-store.ts'
import type { Row } from '../data/store.ts'
import type { JobKind } from '../jobs/job-kind.ts'
import type { NewJob } from '../jobs/run-jobs.ts'
import { platformOf, type Platform } from '../platform/platform.ts'
import { inPages } from '../verify/pages.ts'
import { deadlinesAfter, scheduleDeadlines } from './deadlines.ts'
import { scheduleTimers } from './timers.ts'

const kind = 'beginWorkflow'
const rowsPerTransaction = 200

/** Records that were there before their entity had a workflow: what has to be seen to once it is published. */
export function beginningJobs(inputs: RevisionInputs, previous: RevisionInputs, { actor, shipped }: { readonly actor: string; readonly shipped: Platform['shippedWorkflows'] }): readonly NewJob[] {
  return Object.keys(inputs.workflows ?? {}).filter((slug) => !shipped.has(slug) && !Object.hasOwn(previous.workflows ?? {}, slug))
    .map((slug) => ({ kind, actor, input: { entity: slug }, subject: slug }))
}

/**
 * Brings them into its first state, some a transaction, each with an entry in its history and the timers of that state. Until one has had its
 * turn it counts as standing there already.
 */
export const beginWorkflowJob: JobKind = {
  name: kind, label: { en: 'Begin a workflow', zh: '启用流程' },
  async run({ payload, input, signal }): Promise<Json> {
    const entity = String((input as { entity?: unknown }).entity)
    const compiled = platformOf(payload).workflows.get(entity)
    if (!compiled) return {}
    const store = openStore(payload)
    let begun = 0
    let missed: number
    do {
      missed = 0
      for await (const page of inPages(store.stream<string>(entity, { 'workflow.state': { exists: false } }), rowsPerTransaction)) {
        signal.throwIfAborted()
        const done = await transact(payload, { actor: systemActor }, (context) => beginPage(context, compiled, page as readonly Row[]))
        begun += done
        missed += page.length - done
      }
      // What someone changed meanwhile is read again.
    } while (missed > 0)
    return { begun }
  },
}

async function beginPage(context: CommandContext, compiled: CompiledWorkflow, page: readonly Row[]): Promise<number> {
  const { entity } = compiled.definition
  const { state, snapshot, timers, deadlines, approvals } = startWorkflow(compiled)
  const entries: HistoryEntry[] = []
  const outcomes: (readonly [id: string, event: string])[] = []
  for (const row of page) {
    const document: Row = { ...row, version: Number(row.version) + 1, workflow: { state, snapshot, definitionHash: compiled.hash, since: context.now, ...await deadlinesAfter(context, row, { deadlines }) } }
    if (!(await context.store.update<string>(entity, row.id, { version: document.version, workflow: document.workflow } as never, { version: { equals: row.version } }))) continue
    entries.push({ entity, document, action: 'edit', stateAfter: state, definitionHash: compiled.hash, reason: `${compiled.definition.label.en} · ${compiled.definition.label.zh}` })
    await scheduleTimers(context, compiled, { entity, document, timers })
    await scheduleDeadlines(context, { entity, document, deadlines })
    if (approvals) for (const event of await followState(context, compiled, { entity, document, lines: await linesOf(context, context.entity(entity), row.id), approvals, initiative: 'platform' })) outcomes.push([row.id, event])
  }
  await appendHistories(context, entries)
  for (const [id, event] of outcomes) await context.send(entity, id, event)
  return entries.length
}
