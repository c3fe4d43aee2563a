import type { Finding } from '../../../config/language/refusal.ts'
import type { RoleDefinition } from '../../../config/language/role.ts'
import type { Text } from '../../../config/language/text.ts'
import type { WorkflowDefinition } from '../../../config/language/workflow.ts'
import { finding } from '../messages.ts'
import type { Registry } from '../registry.ts'
import type { Chart } from './chart.ts'
import type { ExampleStep, Explored } from './explore.ts'

/**
 * `certain`: so whatever the data are; only this forbids publishing. `possible`: some data may bring it about, or nothing is
 * known of what decides it.
 */
export type Certainty = 'certain' | 'possible'

export type ProofFinding = Finding & {
  readonly certainty: Certainty
  /** The shortest events from the start that show it, with the outcomes of guards; absent where nothing needs to happen. */
  readonly example?: readonly ExampleStep[]
}

/** What all parts of the proof look at. */
export type Subject = {
  readonly definition: WorkflowDefinition
  readonly registry: Registry
  readonly chart: Chart
  readonly explored: Explored
  /** Events that the platform is known to send, when it is known; see `ProofOptions`. */
  readonly sent?: ReadonlySet<string>
  readonly roles?: readonly RoleDefinition[]
}

type Part = { readonly code: string; readonly path: string; readonly message: Text; readonly example?: readonly ExampleStep[] }

export function certain({ example, ...part }: Part): ProofFinding {
  return { ...finding({ ...part, severity: 'error' }), certainty: 'certain', ...(example && { example }) }
}

export function possible({ example, ...part }: Part): ProofFinding {
  return { ...finding({ ...part, severity: 'warning' }), certainty: 'possible', ...(example && { example }) }
}
