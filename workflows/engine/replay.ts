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

/**
 * Where a recorded history leads under a definition, by the guard outcomes of that time: no document and no facts needed.
 * Starts at the initial state, or at `from` for histories that begin elsewhere (imports, migrations), with what was remembered there.
 */
export function replay(compiled: CompiledWorkflow, history: { readonly steps: readonly RecordedStep[]; readonly from?: string; readonly memory?: Memory }): Replay {
  const { initial } = compiled
  let memory = history.from === undefined ? initial.configuration.memory : history.memory
  let state = history.from ?? initial.configuration.state
  const transitions: string[] = history.from === undefined ? [...initial.effects.transitions] : []
  for (const [index, { event, guards, state: recorded }] of history.steps.entries()) {
    const diverged = (message: Text): Replay => ({ state, ...(memory && { memory }), transitions, divergence: { step: index, event, message } })
    const configuration = compiled.configuration(state, memory)
    if (!configuration) return diverged(say(`The workflow has no state “${state}”.`, `该流程中没有状态“${state}”。`))
    const step = configuration.candidates.has(event) ? take(compiled, { configuration, event, verdicts: guards }) : undefined
    if (!step || step.transitions.length === 0) {
      const label = stateLabel(configuration)
      return diverged(say(`“${event}” does not lead out of “${label.en}” with the recorded guard outcomes.`, `按记录的条件结果，事件“${event}”在状态“${label.zh}”下不会执行。`))
    }
    if (recorded !== undefined && recorded !== step.state) {
      return diverged(say(`“${event}” leads to “${step.state}”, the history says “${recorded}”.`, `事件“${event}”应到达“${step.state}”，而历史记录为“${recorded}”。`))
    }
    state = step.state
    memory = step.snapshot.memory
    transitions.push(...step.transitions)
  }
  return { state, ...(memory && { memory }), transitions }
}
