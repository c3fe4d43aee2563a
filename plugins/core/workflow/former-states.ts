import type { Text } from '../../../config/language/text.ts'
import type { WorkflowDefinition } from '../../../config/language/workflow.ts'
import { describeNodes, type StateDescription } from '../../../workflows/engine/describe.ts'
import { stateNodes } from '../../../workflows/engine/nodes.ts'
import type { Platform } from '../platform/platform.ts'

const mostKept = 50

/** Keeps the definitions that ruled before, so that their states and events have names. `stored`: newest first. */
export function rememberFormer({ workflows, formerWorkflows }: Pick<Platform, 'workflows' | 'formerWorkflows'>, stored: readonly { readonly hash: string; readonly definition: WorkflowDefinition }[]): void {
  for (const { hash, definition } of stored) {
    const known = formerWorkflows.get(definition.entity) ?? []
    if (workflows.get(definition.entity)?.hash !== hash && known.length < mostKept) formerWorkflows.set(definition.entity, [...known, definition])
  }
}

/** What people saw of a state that the present definition does not have. */
export function formerState({ formerWorkflows }: Pick<Platform, 'formerWorkflows'>, slug: string, state: string): Pick<StateDescription, 'label' | 'tone'> | undefined {
  for (const definition of formerWorkflows.get(slug) ?? []) {
    const nodes = stateNodes(definition)
    const innermost = state.split('|').map((path) => nodes.get(path))
    if (innermost.every((node) => node !== undefined)) return describeNodes(innermost)
  }
  return undefined
}

/** The name of an event that the present definition does not have. */
export const formerEvent = ({ formerWorkflows }: Pick<Platform, 'formerWorkflows'>, slug: string, event: string): Text | undefined =>
  formerWorkflows.get(slug)?.find(({ events }) => Object.hasOwn(events, event))?.events[event]?.label
