import type { Reference, StateDefinition, TransitionDefinition, WorkflowDefinition } from '../../config/language/workflow.ts'
import { guardKey } from './registry.ts'

/** One arrow of the statechart. */
export type Candidate = {
  /** Its place in the definition, e.g. `states.draft.on.submit[1]`; unique and stable within a definition. */
  readonly key: string
  /** Absent: taken by itself when all inside the state is final (`onDone`). */
  readonly event?: string
  readonly source: string
  /** As written; `resolveTarget` finds the state. */
  readonly target?: string
  readonly guards: readonly Reference[]
  /** `guardKey` of each guard, in the same order. */
  readonly guardKeys: readonly string[]
  readonly actions: readonly Reference[]
}

export type StateNode = {
  /** Names from the top, joined by dots: `packing.checked`. */
  readonly path: string
  /** Where it stands in the definition: `states.packing.states.checked`. */
  readonly place: string
  readonly parent?: StateNode
  /** States that can be active inside; history states are not among them. */
  readonly children: readonly string[]
  readonly histories: readonly string[]
  readonly kind: 'atomic' | 'compound' | 'parallel' | 'final' | 'history'
  readonly definition: StateDefinition
  readonly candidates: readonly Candidate[]
}

export type StateNodes = ReadonlyMap<string, StateNode>

/** All states of a definition by path, parents before children, in the order of the definition. */
export function stateNodes(definition: Pick<WorkflowDefinition, 'states'>): StateNodes {
  const nodes = new Map<string, StateNode>()
  for (const [name, state] of Object.entries(definition.states)) addNode(nodes, { path: name, place: `states.${name}`, state })
  return nodes
}

/**
 * The state a target names. `.child` is looked up inside the source; anything else next to the source, then next to its
 * parent and so on up to the top, so that the nearest state of that name wins.
 */
export function resolveTarget(nodes: StateNodes, source: StateNode, target: string): StateNode | undefined {
  if (target.startsWith('.')) return nodes.get(source.path + target)
  for (let scope = source.parent; scope; scope = scope.parent) {
    const found = nodes.get(`${scope.path}.${target}`)
    if (found) return found
  }
  return nodes.get(target)
}

/** Whether a document can stand in it with nothing further inside. */
export function isLeaf(node: StateNode | undefined): boolean {
  return node !== undefined && node.children.length === 0 && node.kind !== 'history'
}

/** Where a history state leads while nothing is remembered. */
export function defaultOf(nodes: StateNodes, history: StateNode): StateNode | undefined {
  const { target } = history.definition
  return target === undefined ? undefined : resolveTarget(nodes, history, target)
}

/** History states that some arrow leads to; what others would remember makes no difference. */
export function historiesInUse(nodes: StateNodes): ReadonlySet<StateNode> {
  const known = inUse.get(nodes) ?? findHistories(nodes)
  inUse.set(nodes, known)
  return known
}

const inUse = new WeakMap<StateNodes, ReadonlySet<StateNode>>()

function findHistories(nodes: StateNodes): ReadonlySet<StateNode> {
  const targets = [...nodes.values()].flatMap((node) => node.candidates.flatMap(({ target }) => (target === undefined ? [] : resolveTarget(nodes, node, target) ?? [])))
  return new Set(targets.filter(({ kind }) => kind === 'history'))
}

/** The node and those around it, innermost first. */
export function withAncestors(node: StateNode): StateNode[] {
  const list = [node]
  for (let next = node.parent; next; next = next.parent) list.push(next)
  return list
}

type Entry = { readonly path: string; readonly place: string; readonly state: StateDefinition; readonly parent?: StateNode }

function addNode(nodes: Map<string, StateNode>, { path, place, state, parent }: Entry): void {
  const inside = Object.entries(state.states ?? {})
  const pathsOf = (areHistories: boolean) => inside.filter(([, { type }]) => (type === 'history') === areHistories).map(([name]) => `${path}.${name}`)
  const children = pathsOf(false)
  const node: StateNode = {
    path,
    place,
    ...(parent && { parent }),
    children,
    histories: pathsOf(true),
    kind: state.type ?? (children.length > 0 ? 'compound' : 'atomic'),
    definition: state,
    candidates: candidatesOf({ path, place, state }),
  }
  nodes.set(path, node)
  for (const [name, child] of inside) {
    addNode(nodes, { path: `${path}.${name}`, place: `${place}.states.${name}`, state: child, parent: node })
  }
}

function candidatesOf({ path, place, state }: Entry): Candidate[] {
  const list: Candidate[] = []
  for (const [event, value] of Object.entries(state.on ?? {})) {
    const several = isList(value)
    for (const [index, transition] of (several ? value : [value]).entries()) {
      const guards = transition.guards ?? []
      list.push({
        key: `${place}.on.${event}${several ? `[${index}]` : ''}`,
        event,
        source: path,
        ...(transition.target !== undefined && { target: transition.target }),
        guards,
        guardKeys: guards.map(guardKey),
        actions: transition.actions ?? [],
      })
    }
  }
  if (state.onDone) {
    const { target, actions = [] } = state.onDone
    list.push({ key: `${place}.onDone`, source: path, target, guards: [], guardKeys: [], actions })
  }
  return list
}

function isList(value: TransitionDefinition | readonly TransitionDefinition[]): value is readonly TransitionDefinition[] {
  return Array.isArray(value)
}
