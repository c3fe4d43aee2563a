import type { WorkflowDefinition } from '../../../config/language/workflow.ts'
import { defaultOf, historiesInUse, resolveTarget, type Candidate, type StateNode, type StateNodes } from '../nodes.ts'

/** A state as the search sees it; numbered as the definition reads, so that what lies inside is a span of numbers. */
export type ChartState = {
  readonly id: number
  /** Empty for the whole workflow, which is the state around all. */
  readonly path: string
  readonly node: StateNode | undefined
  readonly kind: StateNode['kind']
  readonly parent: ChartState | undefined
  readonly children: readonly ChartState[]
  /** The highest number inside. */
  readonly last: number
  readonly initial: ChartState | undefined
  readonly handlers: ReadonlyMap<string, readonly Arrow[]>
  readonly join: Arrow | undefined
  /** Of a history state: where it leads while nothing is remembered. */
  readonly first: ChartState | undefined
}

export type Arrow = {
  readonly candidate: Candidate
  readonly source: ChartState
  readonly target: ChartState | undefined
  /** All that is active inside is left when the arrow is taken. */
  readonly domain: ChartState | undefined
}

/** `histories`: those that some arrow leads to. */
export type Chart = { readonly root: ChartState; readonly states: readonly ChartState[]; readonly histories: readonly ChartState[] }

type Building = { -readonly [Key in keyof ChartState]: ChartState[Key] } & { children: ChartState[] }

/** The statechart with every target and every way out resolved once; the search then only follows it. */
export function chartOf({ definition, nodes }: { readonly definition: WorkflowDefinition; readonly nodes: StateNodes }): Chart {
  const root = building(0, undefined)
  const byPath = new Map<string, Building>()
  for (const node of nodes.values()) {
    const parent = node.parent ? byPath.get(node.parent.path) : root
    const state: Building = { ...building(byPath.size + 1, node), parent }
    if (node.kind !== 'history') parent?.children.push(state)
    byPath.set(node.path, state)
    root.last = state.id
    for (let outer = node.parent; outer; outer = outer.parent) widen(byPath.get(outer.path), state.id)
  }
  root.initial = byPath.get(definition.initial)
  for (const state of byPath.values()) {
    const { node } = state
    if (!node) continue
    if (node.kind === 'compound') state.initial = byPath.get(`${node.path}.${node.definition.initial}`)
    if (node.kind === 'history') state.first = byPath.get(defaultOf(nodes, node)?.path ?? '')
    const arrows = node.candidates.map((candidate) => arrowOf(state, candidate, targetOf(candidate, node)))
    state.join = arrows.find(({ candidate }) => candidate.event === undefined)
    const events = new Set(node.candidates.flatMap(({ event }) => event ?? []))
    state.handlers = new Map([...events].map((event) => [event, arrows.filter(({ candidate }) => candidate.event === event)]))
  }
  const states = [...byPath.values()]
  const histories = historiesInUse(nodes)
  return { root, states, histories: states.filter(({ node }) => node && histories.has(node)) }

  function targetOf({ target }: Candidate, node: StateNode): ChartState | undefined {
    const found = target === undefined ? undefined : resolveTarget(nodes, node, target)
    return found && byPath.get(found.path)
  }
}

/** Whether a state lies in another, not counting itself. */
export function isInside(state: ChartState, around: ChartState): boolean {
  return state.id > around.id && state.id <= around.last
}

/** The state and those around it, innermost first. */
export function withAround(state: ChartState): ChartState[] {
  const list: ChartState[] = []
  for (let next: ChartState | undefined = state; next; next = next.parent) list.push(next)
  return list
}

function building(id: number, node: StateNode | undefined): Building {
  return { id, path: node?.path ?? '', node, kind: node?.kind ?? 'compound', parent: undefined, children: [], last: id, initial: undefined, handlers: new Map(), join: undefined, first: undefined }
}

function widen(state: Building | undefined, last: number): void {
  if (state) state.last = last
}

/** As in SCXML: a target inside the state leaves only what is inside; any other the nearest state around both. */
function arrowOf(source: ChartState, candidate: Candidate, target: ChartState | undefined): Arrow {
  if (!target || isInside(target, source)) return { candidate, source, target, domain: target && source }
  let domain = target.parent
  while (domain && !isInside(source, domain)) domain = domain.parent
  return { candidate, source, target, domain }
}
