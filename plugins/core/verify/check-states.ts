import type { History } from '../../../config/generated/entities.ts'
import type { CompiledWorkflow } from '../../../workflows/engine/compile.ts'
import type { Verdicts } from '../../../workflows/engine/machine.ts'
import { stateText } from '../../../workflows/engine/configuration.ts'
import { replay, type RecordedStep, type Replay } from '../../../workflows/engine/replay.ts'
import type { Picked, Store } from '../data/store.ts'
import type { Platform } from '../platform/platform.ts'
import type { CheckResult } from '../platform/plugin.ts'
import { workflowByHash, workflowOf } from '../workflow/pinned.ts'
import { title } from './check-history.ts'
import { openResult } from './check-result.ts'
import { inPages } from './pages.ts'

/**
 * Takes every document with a life through its history again, by the guard outcomes that were recorded and under the
 * definitions it ran under, and compares where that leads with where the document stands. Streams; holds 500 at a time.
 */
export async function statesReplay(store: Store, platform: Platform): Promise<CheckResult> {
  const { fail, count, result } = openResult()
  const definitions = definitionsByHash(store, platform)
  const take = openSteps()
  for (const entity of platform.entities.values()) {
    if (!entity.workflow) continue
    for await (const page of inPages(store.streamOnly<string, string>(entity.slug, ['number', 'workflow']), 500)) {
      const histories = await historiesOf(store, entity.slug, page.map(({ id }) => id))
      for (const document of page) {
        count()
        const problem = await difference(workflowOf(document), histories.get(document.id) ?? [], { definitions, take })
        if (problem) fail(`${entity.slug} ${title(document)}: ${problem}`)
      }
    }
  }
  return result()
}

/** Definitions as documents carry them, each compiled once; undefined for one that is missing. */
export type Definitions = (hash: string) => Promise<CompiledWorkflow | undefined>

/** What of a step is needed to take it again. */
const stepFields = ['documentId', 'documentVersion', 'event', 'guards', 'stateBefore', 'stateAfter', 'definitionHash'] as const satisfies readonly (keyof History)[]
export type HistoryStep = Picked<'history', (typeof stepFields)[number]>

type Replaying = { readonly definitions: Definitions; readonly take: ReturnType<typeof openSteps> }

const mostKept = 20_000

/** Most documents go the same ways: a step that leads from the same state by the same outcomes of its guards is taken once. */
function openSteps() {
  const kept = new Map<string, Replay>()
  return (compiled: CompiledWorkflow, from: string, step: RecordedStep): Replay => {
    const key = JSON.stringify([compiled.hash, from, step])
    const taken = kept.get(key) ?? replay(compiled, { from, steps: [step] })
    if (kept.size < mostKept) kept.set(key, taken)
    return taken
  }
}

async function difference(stands: ReturnType<typeof workflowOf>, history: readonly HistoryStep[], { definitions, take }: Replaying): Promise<string | undefined> {
  if (history.length === 0) return 'it has no history.'
  // What was made before there was a workflow begins later, and until then it has no state.
  const begun = history.findIndex(({ stateAfter, definitionHash }) => stateAfter && definitionHash)
  const steps = begun < 0 ? [] : history.slice(begun)
  const [first] = steps
  const begin = first?.event ? first.stateBefore : first?.stateAfter
  if (!stands?.state) return begin ? 'it has no state.' : undefined
  if (!begin) return 'its history does not say in which state it began.'
  const led = await follow(steps, begin, { definitions, take })
  if ('problem' in led) return led.problem
  if (led.state !== stands.state) return `it stands in “${stands.state}”, its history leads to “${led.state}”.`
  if (led.hash !== stands.definitionHash) return 'it carries another definition than its history.'
  const snapshot = stands.snapshot as { readonly value?: unknown } | null | undefined
  if (snapshot?.value !== undefined && stateText(snapshot.value) !== stands.state) return `its snapshot stands in “${stateText(snapshot.value)}”, the document in “${stands.state}”.`
  return undefined
}

/** Steps under the same definition are replayed together; a document that moved to a newer one goes on from where it stood. */
async function follow(
  history: readonly HistoryStep[], begin: string, { definitions, take }: Replaying,
): Promise<{ readonly state: string; readonly hash: string | null | undefined } | { readonly problem: string }> {
  let state = begin
  let hash = history[0]?.definitionHash
  const first = hash ? await definitions(hash) : undefined
  if (!first?.configuration(begin)) return { problem: `its history begins in “${begin}”, which its definition does not have.` }
  for (const { event, guards, stateAfter, definitionHash, documentVersion } of history) {
    if (!definitionHash) continue
    const compiled = await definitions(definitionHash)
    if (!event && stateAfter) {
      // It began here, or was moved to another version by a plan.
      if (compiled && !compiled.configuration(stateAfter)) return { problem: `version ${documentVersion} was put into “${stateAfter}”, which its definition does not have.` }
      state = stateAfter
      hash = definitionHash
    }
    if (!event) continue
    if (!compiled) return { problem: `the definition ${definitionHash} of version ${documentVersion} is missing.` }
    const step = take(compiled, state, { event, guards: (guards ?? {}) as Verdicts, ...(stateAfter ? { state: stateAfter } : {}) })
    if (step.divergence) return { problem: `version ${documentVersion}: ${step.divergence.message.en}` }
    state = step.state
    hash = definitionHash
  }
  return { state, hash }
}

export function definitionsByHash(store: Store, platform: Platform): Definitions {
  const known = new Map<string, Promise<CompiledWorkflow | undefined>>()
  for (const compiled of platform.workflows.values()) known.set(compiled.hash, Promise.resolve(compiled))
  return (hash) => {
    const found = known.get(hash) ?? workflowByHash(platform, store, hash).catch(() => undefined)
    known.set(hash, found)
    return found
  }
}

/** The histories of some documents, in one question. */
export async function historiesOf(store: Store, entity: string, ids: readonly string[]): Promise<Map<string, HistoryStep[]>> {
  const rows = await store.findOnly('history', stepFields, { where: { and: [{ documentId: { in: [...ids] } }, { entity: { equals: entity } }] }, sort: 'documentVersion' })
  const histories = new Map<string, HistoryStep[]>()
  for (const row of rows) {
    const known = histories.get(row.documentId)
    if (known) known.push(row)
    else histories.set(row.documentId, [row])
  }
  return histories
}
