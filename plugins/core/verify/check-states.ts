import type { History } from '../../../config/generated/entities.ts'
import type { CompiledWorkflow } from '../../../workflows/engine/compile.ts'
import type { Verdicts } from '../../../workflows/engine/machine.ts'
import { canonicalJson } from '../../../workflows/engine/canonical.ts'
import type { Memory } from '../../../workflows/engine/memory.ts'
import { stateText } from '../../../workflows/engine/configuration.ts'
import { replay, type RecordedStep, type Replay } from '../../../workflows/engine/replay.ts'
import type { Picked, Store } from '../data/store.ts'
import type { Platform } from '../platform/platform.ts'
import type { CheckResult } from '../platform/plugin.ts'
import { workflowByHash, workflowOf, type StoredWorkflow } from '../workflow/pinned.ts'
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
const stepFields = ['documentId', 'documentVersion', 'event', 'guards', 'stateBefore', 'stateAfter', 'definitionHash', 'action'] as const satisfies readonly (keyof History)[]
/** `memory`: of what history states remembered where a plan has put the document. */
export type HistoryStep = Picked<'history', (typeof stepFields)[number]> & { readonly memory?: Memory }

type Replaying = { readonly definitions: Definitions; readonly take: ReturnType<typeof openSteps> }

const mostKept = 20_000

type Standing = { readonly state: string; readonly memory?: Memory | undefined }

/** Most documents go the same ways: a step that leads from the same state by the same outcomes of its guards is taken once. */
function openSteps() {
  const kept = new Map<string, Replay>()
  return (compiled: CompiledWorkflow, { state, memory }: Standing, step: RecordedStep): Replay => {
    const key = JSON.stringify([compiled.hash, state, memory, step])
    const taken = kept.get(key) ?? replay(compiled, { from: state, ...(memory && { memory }), steps: [step] })
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
  const snapshot = stands.snapshot as { readonly value?: unknown; readonly memory?: Memory } | null | undefined
  if (snapshot?.value !== undefined && stateText(snapshot.value) !== stands.state) return `its snapshot stands in “${stateText(snapshot.value)}”, the document in “${stands.state}”.`
  const [remembered, told] = [snapshot?.memory, led.memory].map((memory) => canonicalJson(memory ?? {}))
  if (snapshot?.value !== undefined && remembered !== told) return `it remembers ${remembered} of states that were left, by its history it is ${told}.`
  return undefined
}

/** Steps under the same definition are replayed together; a document that moved to a newer one goes on from where it stood. */
async function follow(
  history: readonly HistoryStep[], begin: string, { definitions, take }: Replaying,
): Promise<Standing & { readonly hash: string | null | undefined } | { readonly problem: string }> {
  let state = begin
  let memory: Memory | undefined
  let hash = history[0]?.definitionHash
  const first = hash ? await definitions(hash) : undefined
  if (!first?.configuration(begin)) return { problem: `its history begins in “${begin}”, which its definition does not have.` }
  for (const { event, guards, stateAfter, definitionHash, documentVersion, action, memory: brought } of history) {
    if (!definitionHash) continue
    const compiled = await definitions(definitionHash)
    if (!event && stateAfter) {
      // It began here, or was moved to another version by a plan.
      if (compiled && !compiled.configuration(stateAfter)) return { problem: `version ${documentVersion} was put into “${stateAfter}”, which its definition does not have.` }
      state = stateAfter
      memory = action === 'migrate' ? brought : compiled?.initial.configuration.state === stateAfter ? compiled.initial.configuration.memory : undefined
      hash = definitionHash
    }
    if (!event) continue
    if (!compiled) return { problem: `the definition ${definitionHash} of version ${documentVersion} is missing.` }
    const step = take(compiled, { state, memory }, { event, guards: (guards ?? {}) as Verdicts, ...(stateAfter ? { state: stateAfter } : {}) })
    if (step.divergence) return { problem: `version ${documentVersion}: ${step.divergence.message.en}` }
    state = step.state
    memory = step.memory
    hash = definitionHash
  }
  return { state, memory, hash }
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
  const moved = rows.some(({ action }) => action === 'migrate') ? await memoriesOf(store, entity, ids) : new Map<string, Memory>()
  const histories = new Map<string, HistoryStep[]>()
  for (const row of rows) {
    const memory = row.action === 'migrate' ? moved.get(`${row.documentId} ${row.documentVersion}`) : undefined
    const step = memory ? { ...row, memory } : row
    const known = histories.get(row.documentId)
    if (known) known.push(step)
    else histories.set(row.documentId, [step])
  }
  return histories
}

/** What documents remembered where a plan has put them: the map of the plan is not in their history, what came of it is. */
async function memoriesOf(store: Store, entity: string, ids: readonly string[]): Promise<ReadonlyMap<string, Memory>> {
  const rows = await store.findOnly('history', ['documentId', 'documentVersion', 'changes'], { where: { and: [{ documentId: { in: [...ids] } }, { entity: { equals: entity } }, { action: { equals: 'migrate' } }] } })
  return new Map(rows.flatMap(({ documentId, documentVersion, changes }) => {
    const memory = (changes as { readonly workflow?: readonly [unknown, StoredWorkflow] } | null)?.workflow?.[1].snapshot?.memory
    return memory ? [[`${documentId} ${documentVersion}`, memory] as const] : []
  }))
}
