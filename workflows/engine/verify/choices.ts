import type { Verdicts } from '../machine.ts'
import type { Registry } from '../registry.ts'
import { isInside, type Arrow, type ChartState } from './chart.ts'
import { withoutConflicts } from './step.ts'
import { holdsIn, valuationsOf } from './valuations.ts'

/** What an event may do somewhere: the arrows taken together, and outcomes of guards that lead to them. */
export type Choice = { readonly event: string; readonly arrows: readonly Arrow[]; readonly verdicts: Verdicts }
export type Choices = { readonly list: readonly Choice[]; readonly complete: boolean }

/** More than so many are not followed from one configuration by one event; the proof then says that it is not full. */
const choiceLimit = 4096

/**
 * All choices there are in a configuration: one for each set of arrows that some outcome of guards selects. Kept by the
 * states that know the event, since nothing else matters, so that regions do not multiply the work.
 */
export function choicesWith(registry: Registry): (leaves: readonly ChartState[]) => Choices {
  const kept = new Map<string, Choices>()
  return (leaves) => {
    const list: Choice[] = []
    let complete = true
    for (const [event, listeners] of listenersOf(leaves)) {
      const key = `${event} ${listeners.map(({ id }) => id).join()}`
      let found = kept.get(key)
      if (!found) kept.set(key, (found = choicesOf({ event, listeners, registry })))
      for (const choice of found.list) list.push(choice)
      complete &&= found.complete
    }
    return { list, complete }
  }
}

/** By event the active states that know it, inner before outer, regions in the order of the state's text. */
function listenersOf(leaves: readonly ChartState[]): Map<string, ChartState[]> {
  const byEvent = new Map<string, ChartState[]>()
  for (const leaf of leaves) {
    for (let state: ChartState | undefined = leaf; state; state = state.parent) {
      for (const event of state.handlers.keys()) {
        const known = byEvent.get(event)
        if (!known) byEvent.set(event, [state])
        else if (!known.includes(state)) known.push(state)
      }
    }
  }
  return byEvent
}

type Asked = { readonly event: string; readonly listeners: readonly ChartState[]; readonly registry: Registry }

function choicesOf({ event, listeners, registry }: Asked): Choices {
  const groups = listeners.map((state) => state.handlers.get(event) ?? [])
  const guards = groups.flat().flatMap(({ candidate }) => candidate.guards)
  const valuations = valuationsOf(guards, registry)
  const { list, complete } = valuations ? { list: valuations, complete: true } : fewest(groups)
  const choices = new Map<string, Choice>()
  for (const verdicts of list) {
    const first = groups.flatMap((group) => group.find(({ candidate }) => holdsIn(verdicts, candidate.guardKeys)) ?? [])
    const arrows = withoutConflicts(first.filter((arrow) => !first.some((other) => isInside(other.source, arrow.source))))
    const key = arrows.map(({ candidate }) => candidate.key).join(' ')
    if (arrows.length > 0 && !choices.has(key)) choices.set(key, { event, arrows, verdicts })
  }
  return { list: [...choices.values()], complete }
}

/**
 * Too many outcomes to list: then only the guards of the arrows that are meant hold. That misses none: whatever holds, the
 * arrows selected are selected as well when only their own guards do.
 */
function fewest(groups: readonly (readonly Arrow[])[]): { readonly list: readonly Verdicts[]; readonly complete: boolean } {
  let list: (readonly string[])[] = [[]]
  for (const group of groups) {
    list = list.flatMap((before) => [before, ...group.map(({ candidate }) => [...before, ...candidate.guardKeys])])
    if (list.length > choiceLimit) return { list: [], complete: false }
  }
  const none = Object.fromEntries(groups.flat().flatMap(({ candidate }) => candidate.guardKeys.map((key) => [key, false])))
  return { list: list.map((keys) => ({ ...none, ...Object.fromEntries(keys.map((key) => [key, true])) })), complete: true }
}
