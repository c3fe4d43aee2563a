import type { WorkflowDefinition } from '../../../config/language/workflow.ts'
import { boundedMap, type BoundedMap } from '../../../workflows/engine/bounded-map.ts'
import { compileInUse, type CompiledWorkflow } from '../../../workflows/engine/compile.ts'
import { describeState, type StateDescription } from '../../../workflows/engine/describe.ts'
import type { WorkflowSnapshot } from '../../../workflows/engine/place.ts'
import { startWorkflow } from '../../../workflows/engine/transition.ts'
import type { Row, Store } from '../data/store.ts'
import type { Platform } from '../platform/platform.ts'
import type { RunningDeadlines } from './deadlines.ts'

export type StoredWorkflow = { state: string; snapshot?: WorkflowSnapshot; definitionHash: string; since: string; due?: string | null; deadlines?: RunningDeadlines | null }

export function workflowOf(document: Readonly<Record<string, unknown>>): StoredWorkflow | undefined {
  return (document.workflow ?? undefined) as StoredWorkflow | undefined
}

export function stateOf(document: Readonly<Record<string, unknown>>): string | undefined {
  return workflowOf(document)?.state
}

/** The definition a document runs under: the one whose hash it carries, even when a newer one is current. */
export async function pinnedWorkflow(platform: Platform, store: Store, entity: string, document: Row): Promise<CompiledWorkflow | undefined> {
  const current = platform.workflows.get(entity)
  const hash = workflowOf(document)?.definitionHash
  if (!hash || !current || current.hash === hash) return current
  return workflowByHash(platform, store, hash)
}

/** The document as it stands under its workflow: one from before there was a workflow stands where that begins. */
export function standing(document: Row, compiled: CompiledWorkflow): Row {
  if (workflowOf(document)?.state) return document
  const { state, snapshot } = startWorkflow(compiled)
  return { ...document, workflow: { state, snapshot, definitionHash: compiled.hash, since: String(document.createdAt ?? '') } satisfies StoredWorkflow }
}

/** What people see of the state a document stands in, by the definition it runs under; undefined where its entity has no workflow. */
export async function pinnedState(platform: Platform, store: Store, entity: string, document: Row): Promise<StateDescription | undefined> {
  const compiled = await pinnedWorkflow(platform, store, entity, document)
  return compiled && describeState(compiled, stateOf(standing(document, compiled)) ?? '')
}

/** A definition never changes: it is read once a process. */
export function workflowByHash(platform: Platform, store: Store, hash: string): Promise<CompiledWorkflow> {
  const known = read.get(platform) ?? boundedMap<Promise<CompiledWorkflow>>(mostKnown)
  read.set(platform, known)
  const found = known.getOrAdd(hash, () => readWorkflow(platform, store, hash))
  // What could not be read now is asked for again, in another transaction perhaps.
  return found.catch((error: unknown) => {
    read.delete(platform)
    throw error
  })
}

const mostKnown = 200
const read = new WeakMap<Platform, BoundedMap<Promise<CompiledWorkflow>>>()

async function readWorkflow(platform: Platform, store: Store, hash: string): Promise<CompiledWorkflow> {
  const stored = await store.findOne('definitions', { hash: { equals: hash } })
  if (!stored) throw new Error(`The workflow definition ${hash} is missing from the definitions.`)
  return compileInUse(stored.body as WorkflowDefinition, platform.registry)
}
