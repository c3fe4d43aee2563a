import type { Refusal } from '../../config/language/refusal.ts'
import type { EventDefinition } from '../../config/language/workflow.ts'
import type { CompiledWorkflow } from './compile.ts'
import { configurationOf, stateText, type Configuration } from './configuration.ts'
import { stateLabel } from './describe.ts'
import { isDelay } from './delays.ts'
import { judge, waitingFor, type Circumstances } from './guards.ts'
import { memoryOf, sendEvent, type Effects, type Verdicts } from './machine.ts'
import { refusals } from './messages.ts'
import { isOutcome, isSystemOnly, roleRefusal } from './permission.ts'
import { systemRole } from './registry.ts'
import { restore, snapshotOf, type Place, type WorkflowSnapshot } from './place.ts'

export type Step = Effects & {
  readonly state: string
  readonly snapshot: WorkflowSnapshot
  /** The document's life is over: no event will be possible any more. */
  readonly done: boolean
}

export type TransitionRequest = Place & Circumstances & { readonly event: string; readonly reason?: string }

export type TransitionResult =
  | (Step & {
      readonly ok: true
      /** Outcome of every guard that was asked, by `guardKey`: enough to replay the step later without its facts. */
      readonly guards: Verdicts
    })
  | { readonly ok: false; readonly refusals: readonly Refusal[] }

/** The life of a new document: its initial state and the timers that start with it. */
export function startWorkflow(compiled: CompiledWorkflow): Step {
  const { configuration, effects } = compiled.initial
  return stepOf(compiled, { configuration, effects })
}

/**
 * What an event does to a document in its present state. Pure: nothing is stored and no action runs; the caller applies
 * `state`, `snapshot`, `actions` and `timers` in the transaction in which it loaded the facts.
 * Input is not checked here (the runtime does), a required reason is.
 * @throws Error when facts that a guard declares are missing (see `requiredFacts`).
 */
export function transition(compiled: CompiledWorkflow, request: TransitionRequest): TransitionResult {
  const restored = restore(compiled, request)
  if (!restored.ok) return { ok: false, refusals: [restored.refusal] }
  const { configuration } = restored
  const { event, reason, document, input, facts, roles } = request
  const definition = eventDefinition(compiled, event)
  if (!definition) return { ok: false, refusals: [refusals.eventUnknown(event)] }
  if (!configuration.candidates.has(event)) return { ok: false, refusals: [notPossible({ compiled, configuration, event: definition })] }
  const role = roleRefusal({ compiled, event: definition, roles })
  if (role) return { ok: false, refusals: [role] }
  if (isOutcome(configuration, event) && !roles.includes(systemRole)) return { ok: false, refusals: [refusals.approvalDecides(definition.label)] }

  const circumstances = { document, facts, roles, ...(input && { input }) }
  const verdict = judge({ compiled, configuration, event, circumstances })
  const reasonMissing = definition.reason === 'required' && !reason?.trim()
  const refused = [...verdict.refusals, ...(reasonMissing ? [refusals.reasonRequired(definition.label)] : [])]
  if (refused.length > 0) return { ok: false, refusals: refused }
  const step = take(compiled, { configuration, event, verdicts: verdict.verdicts })
  const unknownDelay = step.timers.start.find(({ delay }) => !isDelay(compiled.registry, delay))
  const waiting = waitingFor(compiled, step) ?? (unknownDelay && refusals.waitingForPlugin(unknownDelay.delay))
  return waiting ? { ok: false, refusals: [waiting] } : { ok: true, guards: verdict.verdicts, ...step }
}

/** The step with guard outcomes already known. An event that no candidate lets through changes nothing and takes no arrow. */
export function take(compiled: CompiledWorkflow, step: { readonly configuration: Configuration; readonly event: string; readonly verdicts: Verdicts }): Step {
  const [snapshot, effects] = sendEvent(compiled.machine, step.configuration.snapshot, { type: step.event, verdicts: step.verdicts })
  const configuration = compiled.configuration(stateText(snapshot.value), memoryOf(snapshot)) ?? configurationOf({ nodes: compiled.nodes, snapshot })
  return stepOf(compiled, { configuration, effects })
}

/** The event as defined; names of Object.prototype are no events. */
export function eventDefinition({ definition }: CompiledWorkflow, event: string): EventDefinition | undefined {
  return Object.hasOwn(definition.events, event) ? definition.events[event] : undefined
}

function stepOf(compiled: CompiledWorkflow, { configuration, effects }: { readonly configuration: Configuration; readonly effects: Effects }): Step {
  return { ...effects, state: configuration.state, snapshot: snapshotOf(compiled, configuration), done: configuration.done }
}

function notPossible(context: { readonly compiled: CompiledWorkflow; readonly configuration: Configuration; readonly event: EventDefinition }): Refusal {
  const { compiled, configuration, event } = context
  const possible = Object.entries(compiled.definition.events)
    .filter(([name, other]) => configuration.candidates.has(name) && !isSystemOnly(other) && !isOutcome(configuration, name))
    .map(([, other]) => other.label)
  return refusals.eventNotPossible({ event: event.label, state: stateLabel(configuration), possible })
}
