import type { CompiledWorkflow } from './compile.ts'
import type { Configuration } from './configuration.ts'
import { placeKey, type Memory } from './memory.ts'
import type { Verdicts } from './machine.ts'
import type { RecordedStep } from './replay.ts'
import { take } from './transition.ts'

export type TransitionPath = {
  /** Key of the arrow that the last step takes. */
  readonly transition: string
  /** Shortest way there from the initial state; the guard outcomes are those a test must bring about. */
  readonly steps: readonly Required<RecordedStep>[]
}

export type TransitionPaths = {
  /** One path for each arrow that can be taken, shortest first. */
  readonly paths: readonly TransitionPath[]
  /** Keys of arrows that no sequence of events and guard outcomes takes. */
  readonly unreachable: readonly string[]
  /** Every state that can be reached, as texts. */
  readonly states: readonly string[]
  /** States together with what history states may remember there; as many as `states` where there are none. */
  readonly places: readonly { readonly state: string; readonly memory?: Memory }[]
  /** The limit was met: `unreachable` may name arrows that lie further on. */
  readonly truncated: boolean
}

/**
 * Breadth-first over all states and all outcomes of guards. Own search, because that of `xstate/graph` fires the done
 * events of parallel states at will (a join looks passable too early) and knows nothing of guards evaluated outside.
 */
export function transitionPaths(compiled: CompiledWorkflow, { limit = 50_000 }: { readonly limit?: number } = {}): TransitionPaths {
  const { configuration: initial, effects } = compiled.initial
  const found = new Map<string, TransitionPath>(effects.transitions.map((transition) => [transition, { transition, steps: [] }]))
  const reached = new Map<string, Reached>([[placeKey(initial), { configuration: initial }]])
  const queue: Reached[] = [...reached.values()]
  for (const here of queue) {
    for (const [event] of here.configuration.candidates) {
      for (const verdicts of guardOutcomes(here.configuration, event)) {
        const { state, snapshot: { memory }, transitions } = take(compiled, { configuration: here.configuration, event, verdicts })
        const step: Link = { before: here, step: { event, guards: verdicts, state } }
        for (const transition of transitions) {
          if (!found.has(transition)) found.set(transition, { transition, steps: stepsTo(step) })
        }
        const key = placeKey({ state, memory })
        const configuration = reached.has(key) || reached.size >= limit ? undefined : compiled.configuration(state, memory)
        if (!configuration) continue
        const next = { configuration, link: step }
        reached.set(key, next)
        queue.push(next)
      }
    }
  }
  return {
    paths: [...found.values()],
    unreachable: transitionKeys(compiled).filter((key) => !found.has(key)),
    states: [...new Set(queue.map(({ configuration }) => configuration.state))],
    places: queue.map(({ configuration: { state, memory } }) => ({ state, ...(memory && { memory }) })),
    truncated: reached.size >= limit,
  }
}

/** Keys of all arrows of the definition, in its order. */
export function transitionKeys({ nodes }: CompiledWorkflow): string[] {
  return [...nodes.values()].flatMap((node) => node.candidates.map(({ key }) => key))
}

/** Which arrows a set of taken ones (`transitions` of steps or replays) leaves out. */
export function transitionCoverage(compiled: CompiledWorkflow, taken: Iterable<string>): { readonly covered: readonly string[]; readonly missing: readonly string[] } {
  const seen = new Set(taken)
  const keys = transitionKeys(compiled)
  return { covered: keys.filter((key) => seen.has(key)), missing: keys.filter((key) => !seen.has(key)) }
}

type Link = { readonly before: Reached; readonly step: Required<RecordedStep> }
type Reached = { readonly configuration: Configuration; readonly link?: Link }

function stepsTo(last: Link): Required<RecordedStep>[] {
  const steps: Required<RecordedStep>[] = []
  for (let link: Link | undefined = last; link; link = link.before.link) steps.unshift(link.step)
  return steps
}

/**
 * Guard outcomes that lead to every choice there is: from each active state that knows the event at most one candidate
 * is meant, its guards hold and all others do not. That is complete: whatever outcomes hold, the arrows they select
 * are selected as well when only the guards of those arrows hold.
 */
export function guardOutcomes({ candidates }: Configuration, event: string): Verdicts[] {
  const groups = candidates.get(event) ?? []
  const keys = groups.flat().flatMap((candidate) => candidate.guardKeys)
  let chosen: (readonly string[])[] = [[]]
  for (const group of groups) {
    const options = [[], ...group.map((candidate) => candidate.guardKeys)]
    chosen = chosen.flatMap((before) => options.map((option) => [...before, ...option]))
  }
  const distinct = new Map(chosen.map((holding) => [[...new Set(holding)].sort().join('\n'), holding]))
  return [...distinct.values()].map((holding) => Object.fromEntries(keys.map((key) => [key, holding.includes(key)])))
}
