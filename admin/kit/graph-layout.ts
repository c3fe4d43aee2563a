import { Graph, layout, type EdgeLabel, type GraphLabel, type NodeLabel, type Point } from '@dagrejs/dagre'

export type GraphNode = { readonly id: string; readonly width: number; readonly height: number }
/** `width`, `height`: room for a label in the middle of the edge. */
export type GraphEdge = { readonly id: string; readonly from: string; readonly to: string; readonly width?: number; readonly height?: number }
export type Placed = {
  readonly width: number
  readonly height: number
  /** Upper left corners. */
  readonly nodes: ReadonlyMap<string, Point & { readonly width: number; readonly height: number }>
  /** The way of each edge, and the middle of its label. */
  readonly edges: ReadonlyMap<string, { readonly points: readonly Point[]; readonly label: Point }>
}
export type Direction = 'LR' | 'TB'

/** Layered layout of a directed graph, in pixels. Edges to unknown nodes are left out. */
export function placeGraph({ nodes, edges, direction, gap = 28, step = 52 }: {
  readonly nodes: readonly GraphNode[]; readonly edges: readonly GraphEdge[]; readonly direction: Direction
  /** Between neighbours of a layer, and between layers. */
  readonly gap?: number; readonly step?: number
}): Placed {
  const graph = new Graph<GraphLabel, NodeLabel, EdgeLabel>({ multigraph: true })
  graph.setGraph({ rankdir: direction, nodesep: gap, ranksep: step, edgesep: 16, marginx: 16, marginy: 16 })
  for (const { id, width, height } of nodes) graph.setNode(id, { width, height })
  for (const { id, from, to, width = 0, height = 0 } of edges) {
    if (graph.hasNode(from) && graph.hasNode(to)) graph.setEdge(from, to, { width, height, labelpos: 'c' }, id)
  }
  layout(graph)
  const { width = 0, height = 0 } = graph.graph()
  return {
    width, height,
    nodes: new Map(nodes.map(({ id, ...size }) => {
      const { x = 0, y = 0 } = graph.node(id)
      return [id, { x: x - size.width / 2, y: y - size.height / 2, ...size }]
    })),
    edges: new Map(graph.edges().map((edge) => {
      const { points = [], x, y } = graph.edge(edge)
      const middle = points[Math.floor(points.length / 2)] ?? { x: 0, y: 0 }
      return [edge.name ?? '', { points, label: { x: x ?? middle.x, y: y ?? middle.y } }]
    })),
  }
}

/** A smooth line through the points of an edge, as the `d` of an SVG path. */
export function smoothPath(points: readonly Point[]): string {
  const [first, ...rest] = points
  if (!first || rest.length === 0) return ''
  const last = rest[rest.length - 1] ?? first
  const middles = rest.slice(0, -1).map((point, index) => {
    const next = rest[index + 1] ?? last
    return `Q${round(point.x)} ${round(point.y)} ${round((point.x + next.x) / 2)} ${round((point.y + next.y) / 2)}`
  })
  return `M${round(first.x)} ${round(first.y)} ${middles.join(' ')} L${round(last.x)} ${round(last.y)}`
}

/** CJK signs are as wide as high, Latin ones about half. */
export const textWidth = (text: string, size: number) =>
  [...text].reduce((sum, sign) => sum + ((sign.codePointAt(0) ?? 0) > 0x2e7f ? size : size * 0.56), 0)

const round = (value: number) => Math.round(value * 10) / 10
