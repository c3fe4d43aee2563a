import type { WorkflowDefinition } from '../../../config/language/workflow.ts'
import { compileWorkflow, type CompiledWorkflow } from '../../../workflows/engine/compile.ts'
import type { WorkflowSnapshot } from '../../../workflows/engine/place.ts'
import type { Row, Store } from '../data/store.ts'
import type { Platform } from '../platform/platform.ts'

export type StoredWorkflow = { state: string; snapshot?: WorkflowSnapshot; definitionHash: string; since: string }

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

export async function workflowByHash(platform: Platform, store: Store, hash: string): Promise<CompiledWorkflow> {
  const stored = await store.findOne('definitions', { hash: { equals: hash } })
  if (!stored) throw new Error(`The workflow definition ${hash} is missing from the definitions.`)
  return compileWorkflow(stored.body as WorkflowDefinition, platform.registry)
}
