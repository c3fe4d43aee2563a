import type { Text } from '../../../../config/language/text.ts'
import type { CompiledWorkflow } from '../../../../workflows/engine/compile.ts'
import { fateOf, memoryUnder, moveEffects, type StateMap } from '../../../../workflows/engine/migrate.ts'
import { snapshotOf } from '../../../../workflows/engine/place.ts'
import { followState } from '../../approvals/follow-state.ts'
import type { CommandContext } from '../../commands/context.ts'
import { linesOf } from '../../commands/edit.ts'
import { appendEvents, appendHistories, type HistoryEntry, type NewEvent } from '../../commands/record.ts'
import type { Row } from '../../data/store.ts'
import { deadlinesAfter, scheduleDeadlines } from '../../workflow/deadlines.ts'
import { workflowByHash, workflowOf, type StoredWorkflow } from '../../workflow/pinned.ts'
import { scheduleTimers, timerHandler } from '../../workflow/timers.ts'

/** One document that goes from where it stands to another place, perhaps of another definition. */
export type Move = { readonly row: Row; readonly from: CompiledWorkflow; readonly to: CompiledWorkflow; readonly workflow: StoredWorkflow }

/** What becomes of documents by a plan. `ended`: their life is over, and they stay as they are. */
export type Sorted = { readonly moves: readonly Move[]; readonly staying: number; readonly ended: number }

/** Which of these documents a plan moves, and where to. Those that run under its target already are none of its business. */
export async function sortDocuments(context: Pick<CommandContext, 'platform' | 'store' | 'now'>, { rows, target, map }: { readonly rows: readonly Row[]; readonly target: CompiledWorkflow; readonly map: StateMap }): Promise<Sorted> {
  const moves: Move[] = []
  let [staying, ended] = [0, 0]
  for (const row of rows) {
    const place = workflowOf(row)
    if (!place?.state || !place.definitionHash || place.definitionHash === target.hash) continue
    const from = await workflowByHash(context.platform, context.store, place.definitionHash)
    if (from.configuration(place.state)?.done) {
      ended += 1
      continue
    }
    const fate = fateOf(target, place.state, map)
    const configuration = fate.kind === 'staying' ? undefined : target.configuration(fate.to, memoryUnder(target, place.snapshot?.memory, map))
    if (fate.kind === 'staying' || !configuration) staying += 1
    else moves.push({ row, from, to: target, workflow: { state: fate.to, snapshot: snapshotOf(target, configuration), definitionHash: target.hash, since: fate.kind === 'safe' ? place.since : context.now } })
  }
  return { moves, staying, ended }
}

/**
 * Moves them in the transaction of the context, each only over the version that was read, with history, event, timers and approvals.
 * @returns the ids of those that someone else has changed meanwhile
 */
export async function moveDocuments(context: CommandContext, { entity, moves, reason }: { readonly entity: string; readonly moves: readonly Move[]; readonly reason: Text }): Promise<readonly string[]> {
  const entries: HistoryEntry[] = []
  const events: NewEvent[] = []
  const moved: Moved[] = []
  const missed: string[] = []
  for (const move of moves) {
    const { row, from, to } = move
    const before = workflowOf(row) as StoredWorkflow
    const effects = moveEffects({ from: { compiled: from, state: before.state }, to: { compiled: to, state: move.workflow.state } })
    const { due: _, deadlines: __, ...place } = move.workflow
    const workflow: StoredWorkflow = { ...place, due: null, deadlines: null, ...await deadlinesAfter({ ...context, now: place.since }, row, { before: before.deadlines, deadlines: effects.deadlines }) }
    const document: Row = { ...row, version: Number(row.version) + 1, workflow }
    if (!(await context.store.update<string>(entity, row.id, { version: document.version, workflow } as never, { version: { equals: row.version } }))) {
      missed.push(row.id)
      continue
    }
    moved.push({ move, document, effects })
    entries.push({
      entity, document, action: 'migrate', stateBefore: before.state, stateAfter: workflow.state, definitionHash: to.hash, reason: `${reason.en} · ${reason.zh}`,
      changes: { workflow: [before, workflow] },
    })
    events.push({ type: `${entity}.migrated`, entity, document, data: { stateBefore: before.state, stateAfter: workflow.state } })
  }
  await appendHistories(context, entries)
  await appendEvents(context, events)
  for (const one of moved) await follow(context, entity, one)
  return missed
}

type Moved = { readonly move: Move; readonly document: Row; readonly effects: ReturnType<typeof moveEffects> }

/** Timers, deadlines and approvals of where it stood end, and those of where it stands begin; what both have goes on. */
async function follow(context: CommandContext, entity: string, { move: { row, to, workflow }, document, effects }: Moved): Promise<void> {
  const { cancel, start } = effects.timers
  if (cancel.length + start.length > 0) {
    const fired = start.length > 0 ? await firedSince(context, row.id, workflow.since) : new Set<string>()
    // They count from when the document came into the state, as if the version had been there then.
    await scheduleTimers({ ...context, now: workflow.since }, to, { entity, document, timers: { cancel, start: start.filter(({ key }) => !fired.has(key)) } })
  }
  await scheduleDeadlines({ ...context, now: workflow.since }, { entity, document, deadlines: effects.deadlines })
  if (!effects.approvals) return
  const lines = await linesOf(context, context.entity(entity), row.id)
  for (const outcome of await followState(context, to, { entity, document, lines, approvals: effects.approvals, initiative: 'platform' })) await context.send(entity, row.id, outcome)
}

/** Keys of timers that have sent their event already since then: a plan that is taken back does not have them send it again. */
async function firedSince({ store }: CommandContext, documentId: string, since: string): Promise<ReadonlySet<string>> {
  const items = await store.find('work-items', { where: { and: [{ handler: { equals: timerHandler } }, { documentId: { equals: documentId } }, { status: { equals: 'done' } }, { dueAt: { greater_than_equal: since } }] } })
  return new Set(items.map(({ data }) => String((data as { readonly key?: string } | null)?.key)))
}
