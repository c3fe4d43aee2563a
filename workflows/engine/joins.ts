import { resolveTarget, withAncestors, type Candidate, type StateNode, type StateNodes } from './nodes.ts'

/**
 * Joins (`onDone`) that may lead back to themselves without an event in between: XState would follow them for ever.
 * Errs on the safe side: a parallel state counts as done as soon as one of its regions is, and so does whatever a history state may lead back to.
 */
export function joinLoops(nodes: StateNodes): Candidate[] {
  const joins = [...nodes.values()].flatMap((node) => {
    const join = node.candidates.find((candidate) => candidate.event === undefined)
    return join ? [{ node, join, next: nextJoins(nodes, node, join) }] : []
  })
  const follows = new Map(joins.map(({ node, next }) => [node, next]))
  return joins.filter(({ node }) => reaches(follows, node)).map(({ join }) => join)
}

function reaches(follows: ReadonlyMap<StateNode, readonly StateNode[]>, start: StateNode): boolean {
  const seen = new Set<StateNode>()
  const queue = [...(follows.get(start) ?? [])]
  for (let node = queue.pop(); node; node = queue.pop()) {
    if (node === start) return true
    if (seen.has(node)) continue
    seen.add(node)
    queue.push(...(follows.get(node) ?? []))
  }
  return false
}

/** States with a join that may be done at once after `join` was taken. */
function nextJoins(nodes: StateNodes, node: StateNode, join: Candidate): StateNode[] {
  const named = join.target === undefined ? undefined : resolveTarget(nodes, node, join.target)
  const remembered = named?.kind === 'history' ? named.parent : undefined
  const target = remembered ?? named
  if (!target) return []
  // Entering a state inside a parallel one may enter the regions beside it, too.
  const entered = new Set([target, ...withAncestors(target).filter(({ kind }) => kind === 'parallel')])
  const inside = [...nodes.values()].filter((other) => withAncestors(other).some((around) => entered.has(around) && (isDoneAtOnce(nodes, other) || around === remembered)))
  return [...inside, ...doneAround(nodes, target, remembered !== undefined)].filter((other) => other.definition.onDone !== undefined)
}

function isDoneAtOnce(nodes: StateNodes, node: StateNode): boolean {
  if (node.kind === 'compound') return nodes.get(`${node.path}.${node.definition.initial}`)?.kind === 'final'
  return node.kind === 'parallel' && node.children.some((path) => {
    const region = nodes.get(path)
    return region !== undefined && (region.kind === 'final' || isDoneAtOnce(nodes, region))
  })
}

/** States around the target that its being done may complete. */
function doneAround(nodes: StateNodes, target: StateNode, mayBeDone: boolean): StateNode[] {
  const list: StateNode[] = []
  let done = mayBeDone || target.kind === 'final' || isDoneAtOnce(nodes, target)
  let inner = target
  for (let outer = target.parent; outer && done; outer = outer.parent) {
    done = outer.kind === 'parallel' || inner.kind === 'final'
    if (done) list.push(outer)
    inner = outer
  }
  return list
}
