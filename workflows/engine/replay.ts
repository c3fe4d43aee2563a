import type { Text } from '../../config/language/text.ts'
import type { CompiledWorkflow } from './compile.ts'
import { stateLabel } from './describe.ts'
import type { Memory } from './memory.ts'
import type { Verdicts } from './machine.ts'
import { say } from './messages.ts'
import { take } from './transition.ts'

export type RecordedStep = {
  readonly event: string
  /** As `transition` returned them. */
  readonly guards: Verdicts
  /** The state the history says it led to; compared when given. */
  readonly state?: string
}

export type Replay = {
  /** Where the history leads; with a divergence, the last state before it. */
  readonly state: string
  /** What history states remember there. */
  readonly memory?: Memory
  /** Keys of the arrows taken, in order. */
  readonly transitions: readonly string[]
  readonly divergence?: { readonly step: number; readonly event: string; readonly message: Text }
}

type History = {
  readonly steps: readonly RecordedStep[]
  readonly from?: string
  readonly memory?: Memory
  /** The version under which it happened: what this one does not know is called as it is there. */
  readonly past?: Pick<CompiledWorkflow, 'definition' | 'configuration'>
}

/**
 * Where a recorded history leads under a definition, by the guard outcomes of that time: no document and no facts needed.
 * Starts at the initial state, or at `from` for histories that begin elsewhere (imports, migrations), with what was remembered there.
 */
export function replay(compiled: CompiledWorkflow, history: History): Replay {
  const { initial } = compiled
  let memory = history.from === undefined ? initial.configuration.memory : history.memory
  let state = history.from ?? initial.configuration.state
  const transitions: string[] = history.from === undefined ? [...initial.effects.transitions] : []
  const { ofState, ofEvent } = labelsOf([compiled, ...(history.past ? [history.past] : [])])
  for (const [index, { event, guards, state: recorded }] of history.steps.entries()) {
    const diverged = (message: Text): Replay => ({ state, ...(memory && { memory }), transitions, divergence: { step: index, event, message } })
    const configuration = compiled.configuration(state, memory)
    if (!configuration) return diverged(say(`The workflow has no state “${ofState(state).en}”.`, `该流程中没有状态“${ofState(state).zh}”。`))
    const step = configuration.candidates.has(event) ? take(compiled, { configuration, event, verdicts: guards }) : undefined
    const called = ofEvent(event)
    if (!step || step.transitions.length === 0) {
      const label = stateLabel(configuration)
      return diverged(say(`“${called.en}” does not lead out of “${label.en}” with the recorded guard outcomes.`, `按记录的条件结果，在状态“${label.zh}”下执行“${called.zh}”不会流转。`))
    }
    if (recorded !== undefined && recorded !== step.state) {
      const [leads, says] = [ofState(step.state), ofState(recorded)]
      return diverged(say(`“${called.en}” leads to “${leads.en}”, the history says “${says.en}”.`, `“${called.zh}”应到达“${leads.zh}”，而历史记录为“${says.zh}”。`))
    }
    state = step.state
    memory = step.snapshot.memory
    transitions.push(...step.transitions)
  }
  return { state, ...(memory && { memory }), transitions }
}

/** What states and events are called, by the first version that knows them; else by their names. */
function labelsOf(versions: readonly Pick<CompiledWorkflow, 'definition' | 'configuration'>[]) {
  const first = (find: (version: (typeof versions)[number]) => Text | undefined, name: string): Text => versions.map(find).find((text) => text !== undefined) ?? { en: name, zh: name }
  return {
    ofState: (state: string) => first(({ configuration }) => { const found = configuration(state); return found && stateLabel(found) }, state),
    ofEvent: (event: string) => first(({ definition: { events } }) => (Object.hasOwn(events, event) ? events[event]?.label : undefined), event),
  }
}
