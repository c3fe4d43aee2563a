import type { Json, Text } from '../../../../config/language/text.ts'
import type { WorkflowDefinition } from '../../../../config/language/workflow.ts'
import { compileWorkflow, type CompiledWorkflow } from '../../../../workflows/engine/compile.ts'
import type { Verdicts } from '../../../../workflows/engine/machine.ts'
import { replayUnder, type StateMap } from '../../../../workflows/engine/migrate.ts'
import type { Replay } from '../../../../workflows/engine/replay.ts'
import { openStore } from '../../data/open-store.ts'
import type { Row, Store } from '../../data/store.ts'
import { unfinished, type JobKind } from '../../jobs/job-kind.ts'
import { platformOf, type Platform } from '../../platform/platform.ts'
import { historiesOf, type HistoryStep } from '../../verify/check-states.ts'
import { workflowByHash, workflowOf } from '../../workflow/pinned.ts'

/** Histories that go another way at the same event of the same state. */
export type Divergence = { readonly event: string; readonly state: string; readonly message: Text; readonly count: number; readonly samples: readonly { readonly id: string; readonly title: string }[] }

/** What a version would have made of what has happened: how far it was looked at, and where it goes another way. */
export type ReplayReport = {
  readonly hash: string
  readonly total: number
  readonly done: number
  readonly same: number
  readonly diverged: number
  readonly divergences: readonly Divergence[]
  readonly after: string
}
export type ReplayInput = { readonly entity: string; readonly definition: WorkflowDefinition; readonly map: StateMap }

export const replayKind = 'replayWorkflow'
const batch = 200
const turnMilliseconds = 5_000
const mostDivergences = 200
const mostSamples = 5

/** Takes the history of every document under way again under another version, in memory; nothing is written but the report. */
export const replayJob: JobKind = {
  name: replayKind, label: { en: 'Replay histories on another workflow version', zh: '在流程新版本上重放历史' },
  async run({ payload, input, signal, told, tell }) {
    const began = Date.now()
    const { entity, definition, map } = input as unknown as ReplayInput
    const platform = platformOf(payload)
    const titleField = platform.entities.get(entity)?.titleField ?? 'id'
    const target = compileWorkflow(definition, platform.registry)
    const store = openStore(payload)
    let now: ReplayReport = (told as ReplayReport | null) ?? { hash: target.hash, total: await store.count(entity, {}), done: 0, same: 0, diverged: 0, divergences: [], after: '' }
    for (;;) {
      signal.throwIfAborted()
      const rows = await store.findOnly<string, string>(entity, ['workflow', ...new Set(['number', titleField].filter((name) => name !== 'id' && platform.entities.get(entity)?.fields.some((field) => field.name === name)))], { where: { id: { greater_than: now.after } }, sort: 'id', limit: batch }) as Row[]
      if (rows.length === 0) return now as unknown as Json
      now = await look({ store, platform, entity, target, map, titleField }, rows, now)
      await tell(now as unknown as Json)
      if (Date.now() - began > turnMilliseconds) return unfinished
    }
  },
}

type Looking = { readonly store: Store; readonly platform: Platform; readonly entity: string; readonly target: CompiledWorkflow; readonly map: StateMap; readonly titleField: string }

async function look({ store, platform, entity, target, map, titleField }: Looking, rows: readonly Row[], now: ReplayReport): Promise<ReplayReport> {
  const live: { readonly row: Row; readonly past: CompiledWorkflow }[] = []
  for (const row of rows) {
    const place = workflowOf(row)
    if (!place?.state || !place.definitionHash || place.definitionHash === target.hash) continue
    const past = await workflowByHash(platform, store, place.definitionHash)
    if (!past.configuration(place.state)?.done) live.push({ row, past })
  }
  const histories = live.length > 0 ? await historiesOf(store, entity, live.map(({ row }) => row.id)) : new Map<string, HistoryStep[]>()
  let { same, divergences } = now
  for (const { row, past } of live) {
    const found = replayOf(histories.get(row.id) ?? [], { target, map, past })
    if (found?.divergence) divergences = withOne(divergences, { ...found.divergence, state: found.state, row: { id: row.id, title: String(row[titleField] ?? row.id) } })
    else same += 1
  }
  const diverged = now.diverged + live.length - (same - now.same)
  return { ...now, same, diverged, divergences, done: now.done + rows.length, after: rows.at(-1)?.id ?? now.after }
}

/** From where the document began, or was last put by a plan. */
function replayOf(history: readonly HistoryStep[], { target, map, past }: Pick<Looking, 'target' | 'map'> & { readonly past: CompiledWorkflow }): Replay | undefined {
  const start = history.findLastIndex(({ event, stateAfter, definitionHash }) => !event && stateAfter && definitionHash)
  const rest = history.slice(start + 1).filter(({ event }) => event)
  const { stateAfter: begin, memory } = start >= 0 ? history[start] ?? {} : { stateAfter: rest[0]?.stateBefore }
  if (!begin) return undefined
  return replayUnder(target, { begin, past, ...(memory && { memory }), steps: rest.map(({ event, guards, stateAfter }) => ({ event: String(event), guards: (guards ?? {}) as Verdicts, ...(stateAfter ? { state: stateAfter } : {}) })) }, map)
}

type One = Pick<Divergence, 'event' | 'state' | 'message'> & { readonly row: Divergence['samples'][number] }

function withOne(all: readonly Divergence[], { event, state, message, row }: One): readonly Divergence[] {
  const known = all.findIndex((one) => one.event === event && one.state === state && one.message.en === message.en)
  if (known < 0) return all.length < mostDivergences ? [...all, { event, state, message, count: 1, samples: [row] }] : all
  return all.map((one, index) => (index === known ? { ...one, count: one.count + 1, samples: one.samples.length < mostSamples ? [...one.samples, row] : one.samples } : one))
}
