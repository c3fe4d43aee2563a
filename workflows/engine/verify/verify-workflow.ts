import type { RoleDefinition } from '../../../config/language/role.ts'
import type { WorkflowDefinition } from '../../../config/language/workflow.ts'
import { checkDefinition } from '../check-definition.ts'
import { say } from '../messages.ts'
import { stateNodes } from '../nodes.ts'
import type { Registry } from '../registry.ts'
import { chartOf } from './chart.ts'
import { explore } from './explore.ts'
import { findApprovals } from './find-approvals.ts'
import { findTraps } from './find-ends.ts'
import { findGuards, findWaits } from './find-guards.ts'
import { findNeverSent, findTimers, findWithoutRight } from './find-senders.ts'
import { findNeverTaken, findUnreached } from './find-unreached.ts'
import { possible, type ProofFinding } from './proof.ts'

export type ProofOptions = {
  /** At most so many configurations are looked at (products of regions count). */
  readonly limit?: number
  /** All events that other workflows and plugins send to this one, as the platform. Absent: not known. */
  readonly sent?: readonly string[]
  /** The firm's roles with their rights. Absent: it is not looked at who holds the right to send. */
  readonly roles?: readonly RoleDefinition[]
}

export type Proof = {
  readonly findings: readonly ProofFinding[]
  /** Everything was looked at. A proof that is not complete is no pass. */
  readonly complete: boolean
  /** Something certain forbids publishing. */
  readonly blocked: boolean
  readonly passed: boolean
  /** Number of configurations looked at. */
  readonly configurations: number
}

export const configurationLimit = 50_000

/**
 * What is wrong with a workflow before any document runs under it: what `checkDefinition` finds, then every configuration that
 * events and guards can lead to. Takes any value, throws nothing, needs no document and no data.
 */
export function verifyWorkflow(value: unknown, registry: Registry, { limit = configurationLimit, sent, roles }: ProofOptions = {}): Proof {
  const checked = checkDefinition(value, registry).map((one): ProofFinding => ({ ...one, certainty: one.severity === 'error' ? 'certain' : 'possible' }))
  if (checked.some(({ certainty }) => certainty === 'certain')) return proofOf({ findings: checked, complete: false, configurations: 0 })
  // The check has found the shape right.
  const definition = value as WorkflowDefinition
  const nodes = stateNodes(definition)
  const chart = chartOf({ definition, nodes })
  const explored = explore(chart, registry, Math.max(1, limit))
  const subject = { definition, registry, chart, explored, ...(sent && { sent: new Set(sent) }), ...(roles && { roles }) }
  const findings = [
    ...findTraps(subject), ...findUnreached(subject), ...findNeverTaken(subject), ...findGuards(subject), ...findWaits(subject),
    ...findNeverSent(subject), ...findWithoutRight(subject), ...findTimers(subject), ...findApprovals(subject),
    ...(explored.complete ? [] : [notFullyChecked(explored.reached.length)]),
  ]
  const told = new Set(findings.map(({ path }) => path))
  // What the search tells with certainty, and an example, is not told twice.
  const rest = checked.filter(({ code, path }) => !(overtaken.has(code) && (explored.complete || told.has(path))))
  return proofOf({ findings: [...findings, ...rest], complete: explored.complete, configurations: explored.reached.length })
}

const overtaken: ReadonlySet<string> = new Set(['workflow.unreachable', 'workflow.never-taken', 'workflow.dead-end'])

function proofOf(proof: Pick<Proof, 'findings' | 'complete' | 'configurations'>): Proof {
  const blocked = proof.findings.some(({ certainty }) => certainty === 'certain')
  return { ...proof, blocked, passed: proof.complete && !blocked }
}

function notFullyChecked(count: number): ProofFinding {
  return possible({
    code: 'not-fully-checked', path: 'states',
    message: say(
      `Not fully checked: the proof stopped after ${count} configurations, and what lies beyond is not known. Fewer regions side by side, or fewer states in each, make it possible.`,
      `未完全检查：在检查 ${count} 种状态组合后停止，其余情况未知。减少并行分支或其中的状态数，即可完成检查。`,
    ),
  })
}
