import type { Tone } from '../../config/language/entity.ts'
import type { StateDefinition } from '../../config/language/workflow.ts'
import type { Text } from '../../config/language/text.ts'
import type { CompiledWorkflow } from './compile.ts'
import type { Configuration } from './configuration.ts'
import { withAncestors } from './nodes.ts'

export type StateDescription = {
  readonly label: Text
  readonly tone: Tone
  /** Document fields may be edited / the document may be discarded: every region must agree, the inner state decides. */
  readonly editable: boolean
  readonly discardable: boolean
  /** The life of the document is over. */
  readonly done: boolean
}

/** What people see of a state; `undefined` when the definition has no such state. */
export function describeState(compiled: CompiledWorkflow, state: string): StateDescription | undefined {
  const configuration = compiled.configuration(state)
  if (!configuration) return undefined
  return {
    ...describeNodes(configuration.innermost),
    editable: nearest(configuration, (definition) => definition.editable).every((value) => value === true),
    discardable: nearest(configuration, (definition) => definition.discardable).every((value) => value === true),
    done: configuration.done,
  }
}

/** The same of states that are active together, without a compiled definition. */
export function describeNodes(innermost: Configuration['innermost']): Pick<StateDescription, 'label' | 'tone'> {
  const tones = nearest({ innermost }, (definition) => definition.tone)
  return { label: stateLabel({ innermost }), tone: toneOrder.find((tone) => tones.includes(tone)) ?? 'neutral' }
}

/** `Running / Inspection + Running / Work`, in the order of the state's text. */
export function stateLabel({ innermost }: Pick<Configuration, 'innermost'>): Text {
  const chains = innermost.map((node) => withAncestors(node).reverse().map(({ definition }) => definition.label))
  return {
    en: chains.map((labels) => labels.map((label) => label.en).join(' / ')).join(' + '),
    zh: chains.map((labels) => labels.map((label) => label.zh).join(' / ')).join('，'),
  }
}

/** Whether a document may stay in a state for good: its life is over, or every region rests. */
export function isEnd(compiled: CompiledWorkflow, state: string): boolean {
  const configuration = compiled.configuration(state)
  return configuration !== undefined && (configuration.done || nearest(configuration, ({ resting }) => resting).every((value) => value === true))
}

/** In parallel regions the most pressing tone shows. */
const toneOrder: readonly Tone[] = ['bad', 'warning', 'waiting', 'good']

/** For each innermost state the value that it or the nearest state around it gives. */
function nearest<Value>(configuration: Pick<Configuration, 'innermost'>, pick: (definition: StateDefinition) => Value | undefined): (Value | undefined)[] {
  return configuration.innermost.map((node) => {
    const giver = withAncestors(node).find(({ definition }) => pick(definition) !== undefined)
    return giver && pick(giver.definition)
  })
}
