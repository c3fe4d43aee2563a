import type { Trace, TraceEdge, TraceNode } from '../../plugins/core/trace/trace.ts'
import { placeGraph, type Direction, type Placed } from '../kit/graph-layout.ts'

export const nodeSize = { width: 204, height: 82 } as const

export const edgeId = ({ kind, from, to }: TraceEdge) => `${kind}:${from}:${to}`

/** The trace without what is not wanted; what hung on a left-out document hangs on nothing, since these are ends. */
export function shownTrace(trace: Trace, { journal }: { readonly journal: boolean }): Trace {
  if (journal) return trace
  const nodes = trace.nodes.filter(({ entity }) => entity !== 'journal-entries')
  const known = new Set(nodes.map(({ id }) => id))
  return { ...trace, nodes, edges: trace.edges.filter(({ from, to }) => known.has(from) && known.has(to)) }
}

export function placeTrace(trace: Trace, direction: Direction): Placed {
  return placeGraph({
    direction, gap: direction === 'LR' ? 18 : 14, step: direction === 'LR' ? 36 : 28,
    nodes: trace.nodes.map(({ id }) => ({ id, ...nodeSize })),
    edges: trace.edges.map((edge) => ({ id: edgeId(edge), from: edge.from, to: edge.to, ...labelRoom(edge) })),
  })
}

const labelRoom = ({ quantities, amount }: TraceEdge) => {
  const text = quantities.length > 0 ? quantities.map(({ quantity, unit }) => `${quantity} ${unit?.en ?? ''}`).join(' + ') : amount
  return text === null ? {} : { width: 16 + text.length * 7, height: 18 }
}

/** Documents in the order of the life: what others came from first, then by date. */
export function inOrder({ nodes, edges }: Trace): TraceNode[] {
  const rank = new Map<string, number>(nodes.map(({ id }) => [id, 0]))
  // As many rounds as there are documents are enough for the longest path; a circle ends there too.
  for (let round = 0; round < nodes.length; round++) {
    let changed = false
    for (const { from, to } of edges) {
      const next = (rank.get(from) ?? 0) + 1
      if (next > (rank.get(to) ?? 0) && next < nodes.length) { rank.set(to, next); changed = true }
    }
    if (!changed) break
  }
  return [...nodes].sort((a, b) => (rank.get(a.id) ?? 0) - (rank.get(b.id) ?? 0) || (a.date ?? '').localeCompare(b.date ?? '') || (a.number ?? '').localeCompare(b.number ?? ''))
}
