import type { Reference, StateDefinition, TransitionDefinition } from '../../../config/language/workflow.ts'
import { resolveTarget, stateNodes, type StateNode, type StateNodes } from '../../../workflows/engine/nodes.ts'
import { listOf, mapValues, pathOf, parentOf, without, type Draft } from './draft.ts'

/**
 * A workflow as a machine configuration of XState 5, as Stately reads it. What such a machine has no place for (labels, roles,
 * forms, tones …) stands in `meta.trellis`, so that it comes back as it was.
 */
export type MachineConfig = {
  readonly id: string
  readonly initial: string
  readonly states: Readonly<Record<string, MachineState>>
  readonly meta: { readonly trellis: Readonly<Record<string, unknown>> }
}
export type MachineState = {
  readonly type?: 'final' | 'parallel' | 'history'
  readonly history?: 'shallow' | 'deep'
  readonly target?: string
  readonly initial?: string
  readonly states?: Readonly<Record<string, MachineState>>
  readonly on?: Readonly<Record<string, MachineArrow | readonly MachineArrow[]>>
  readonly after?: Readonly<Record<string, MachineArrow>>
  readonly onDone?: MachineArrow
  readonly meta: { readonly trellis: Readonly<Record<string, unknown>> }
}
export type MachineArrow = { readonly target?: string; readonly reenter?: true; readonly guard?: MachineReference; readonly actions?: readonly MachineReference[] }
type MachineReference = { readonly type: string; readonly params?: object }

export const raiseType = 'xstate.raise'
export const andType = 'xstate.and'

export function toMachine(definition: Draft): MachineConfig {
  const nodes = stateNodes(definition)
  const context = { nodes, id: definition.slug }
  return {
    id: definition.slug, initial: definition.initial,
    states: mapValues(definition.states, (state, name) => stateOf(context, state, name)),
    meta: { trellis: without(definition, 'initial', 'states') },
  }
}

type Context = { readonly nodes: StateNodes; readonly id: string }

function stateOf(context: Context, state: StateDefinition, path: string): MachineState {
  const node = context.nodes.get(path)
  const { type, history, target, initial, states, on, after, onDone } = state
  const first = target === undefined ? undefined : arrowOf(context, node, { target }).target
  return {
    ...(type && { type }), ...(history && { history }), ...(first === undefined ? {} : { target: first }), ...(initial === undefined ? {} : { initial }),
    ...(states && { states: mapValues(states, (inner, name) => stateOf(context, inner, pathOf(path, name))) }),
    ...(on && { on: mapValues(on, (value) => (Array.isArray(value) ? listOf(value).map((arrow) => arrowOf(context, node, arrow)) : arrowOf(context, node, value as TransitionDefinition))) }),
    ...(after && { after: mapValues(after, (event): MachineArrow => ({ actions: [{ type: raiseType, params: { event: { type: event } } }] })) }),
    ...(onDone && { onDone: arrowOf(context, node, onDone) }),
    meta: { trellis: without(state, 'type', 'history', 'target', 'initial', 'states', 'on', 'after', 'onDone') },
  }
}

function arrowOf({ nodes, id }: Context, node: StateNode | undefined, { target, guards = [], actions = [] }: TransitionDefinition): MachineArrow {
  const meant = node && target !== undefined ? resolveTarget(nodes, node, target) : undefined
  const [only] = guards
  const text = target === undefined ? undefined : machineTarget({ id, node, target, meant })
  return {
    ...(text === undefined ? {} : { target: text }), ...(meant && meant === node ? { reenter: true as const } : {}),
    ...(only === undefined ? {} : { guard: guards.length === 1 ? referenceOf(only) : { type: andType, params: { guards: guards.map(referenceOf) } } }),
    ...(actions.length > 0 ? { actions: actions.map(referenceOf) } : {}),
  }
}

/** XState looks next to the state only; what stands further out is named from the top. */
function machineTarget({ id, node, target, meant }: { readonly id: string; readonly node: StateNode | undefined; readonly target: string; readonly meant: StateNode | undefined }): string {
  if (!meant || !node || target.startsWith('.')) return target
  const parent = parentOf(node.path)
  return pathOf(parent, target) === meant.path ? target : `#${id}.${meant.path}`
}

const referenceOf = ({ type, params }: Reference): MachineReference => ({ type, ...(params && { params }) })
