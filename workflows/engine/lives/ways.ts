import { boundedMap, type BoundedMap } from '../bounded-map.ts'
import type { CompiledWorkflow } from '../compile.ts'
import { knownMemory, type Memory } from '../memory.ts'
import { historiesInUse } from '../nodes.ts'
import { guardOutcomes } from '../paths.ts'
import { take } from '../transition.ts'
import type { Move } from './life.ts'

/**
 * Why a definition does not have a move: it `began` elsewhere than at the start, a `state` of it is not known, no such `step`
 * leads on, or it was `moved` without an event.
 */
export type Deviation = 'began' | 'state' | 'step' | 'moved'

/** Keys of the arrows that a move takes (none for the begin), or why the definition does not have it. */
export type Way = { readonly arrows: readonly string[] } | { readonly deviation: Deviation }

/** Whether the definition knows a move, whatever its guards said at that time. Asked once for each kind of move. */
export function wayOf(compiled: CompiledWorkflow, move: Pick<Move, 'kind' | 'from' | 'to' | 'event'>): Way {
  const known = ways.get(compiled) ?? boundedMap<Way>(mostKnown)
  ways.set(compiled, known)
  return known.getOrAdd(JSON.stringify([move.kind, move.from, move.to, move.event]), () => judge(compiled, move))
}

const mostKnown = 10_000
const ways = new WeakMap<CompiledWorkflow, BoundedMap<Way>>()

function judge(compiled: CompiledWorkflow, { kind, from, to, event }: Pick<Move, 'kind' | 'from' | 'to' | 'event'>): Way {
  if (!compiled.configuration(to)) return { deviation: 'state' }
  if (from === null) return to === compiled.initial.configuration.state ? { arrows: [] } : { deviation: 'began' }
  if (kind !== 'event' || event === null) return from === to ? { arrows: [] } : { deviation: 'moved' }
  const memories = [undefined, memoryFor(compiled, to)].filter((memory, index) => index === 0 || memory)
  const configurations = memories.flatMap((memory) => compiled.configuration(from, memory) ?? [])
  if (configurations.length === 0) return { deviation: 'state' }
  for (const configuration of configurations) {
    if (!configuration.candidates.has(event)) return { deviation: 'step' }
    for (const verdicts of guardOutcomes(configuration, event)) {
      const { state, transitions } = take(compiled, { configuration, event, verdicts })
      if (state === to && transitions.length > 0) return { arrows: transitions }
    }
  }
  return { deviation: 'step' }
}

/** What had to be remembered for a step through a history state to lead there: a move does not tell what was. */
function memoryFor({ nodes }: CompiledWorkflow, to: string): Memory | undefined {
  const left = to.split('|')
  return knownMemory(nodes, Object.fromEntries([...historiesInUse(nodes)].map(({ path, parent, definition }) => {
    const inside = left.filter((leaf) => parent && leaf.startsWith(`${parent.path}.`))
    const depth = definition.history === 'deep' ? undefined : path.split('.').length
    return [path, [...new Set(inside.map((leaf) => leaf.split('.').slice(0, depth).join('.')))].sort().join('|')]
  })))
}
