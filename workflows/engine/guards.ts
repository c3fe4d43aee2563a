import type { Refusal } from '../../config/language/refusal.ts'
import type { Reference } from '../../config/language/workflow.ts'
import type { CompiledWorkflow } from './compile.ts'
import type { Configuration } from './configuration.ts'
import type { Verdicts } from './machine.ts'
import { refusals } from './messages.ts'
import type { Candidate } from './nodes.ts'
import type { EventInput, Facts, WorkflowDocument } from './registry.ts'

export type Circumstances = {
  readonly document: WorkflowDocument
  readonly input?: EventInput
  /** The facts that `requiredFacts` names, loaded in the same transaction. */
  readonly facts: Facts
  /** Slugs of the sender's roles. */
  readonly roles: readonly string[]
}

export type Verdict = { readonly verdicts: Verdicts; readonly refusals: readonly Refusal[] }

/**
 * Asks every guard of every candidate of an event once. `refusals` is empty when a candidate can be taken; otherwise it
 * holds all reasons of the candidate that is nearest to it (fewest refusals, the first of equals): one candidate is
 * enough, so the reasons of the others are no work for the user.
 * @throws Error when a declared fact was not loaded: that is a fault of the caller, not of the user.
 */
export function judge(context: { readonly compiled: CompiledWorkflow; readonly configuration: Configuration; readonly event: string; readonly circumstances: Circumstances }): Verdict {
  const { compiled, configuration, event, circumstances } = context
  const answers = new Map<string, true | Refusal>()
  let nearest: Refusal[] | undefined
  let waiting: Refusal | undefined
  for (const candidate of (configuration.candidates.get(event) ?? []).flat()) {
    const refused = refusalsOf({ compiled, candidate, circumstances, answers })
    // It would be taken, and could not be carried out.
    if (refused.length === 0 && !waiting) waiting = waitingFor(compiled, candidate)
    if (nearest === undefined || refused.length < nearest.length) nearest = refused
  }
  const verdicts: Record<string, boolean> = {}
  for (const [key, answer] of answers) verdicts[key] = answer === true
  return { verdicts, refusals: waiting ? [waiting] : nearest ?? [] }
}

/** Names of the facts that the guards of an event need in a state. */
export function factsOf({ compiled, configuration, event }: { readonly compiled: CompiledWorkflow; readonly configuration: Configuration; readonly event: string }): string[] {
  const guards = (configuration.candidates.get(event) ?? []).flat().flatMap((candidate) => candidate.guards)
  return [...new Set(guards.flatMap(({ type }) => compiled.registry.guards.get(type)?.facts ?? []))]
}

/** The refusal of what names an action that no plugin brings. */
export function waitingFor({ registry }: Pick<CompiledWorkflow, 'registry'>, { actions }: { readonly actions: readonly Reference[] }): Refusal | undefined {
  const missing = actions.find(({ type }) => !registry.actions.has(type))
  return missing && refusals.waitingForPlugin(missing.type)
}

type Asked = { readonly compiled: CompiledWorkflow; readonly candidate: Candidate; readonly circumstances: Circumstances; readonly answers: Map<string, true | Refusal> }

function refusalsOf({ compiled, candidate, circumstances, answers }: Asked): Refusal[] {
  const refused: Refusal[] = []
  for (const [index, { type, params = {} }] of candidate.guards.entries()) {
    const key = candidate.guardKeys[index] ?? type
    let answer = answers.get(key)
    if (answer === undefined) {
      const guard = compiled.registry.guards.get(type)
      const missing = guard?.facts.filter((fact) => !Object.hasOwn(circumstances.facts, fact)) ?? []
      if (missing.length > 0) throw new Error(`The guard "${type}" needs facts that were not loaded: ${missing.join(', ')}.`)
      answer = guard ? guard.check({ ...circumstances, params }) : refusals.waitingForPlugin(type)
      answers.set(key, answer)
    }
    if (answer !== true) refused.push(answer)
  }
  return refused
}
