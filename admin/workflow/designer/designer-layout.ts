import type { StateDefinition } from '../../../config/language/workflow.ts'
import type { Text } from '../../../config/language/text.ts'
import { defaultOf, resolveTarget, stateNodes, type StateNode, type StateNodes } from '../../../workflows/engine/nodes.ts'
import { placeGraph, textWidth, type Direction } from '../../kit/graph-layout.ts'
import { parentOf, type Arrow, type Draft } from './draft.ts'

export type DrawnArrow = Arrow & { readonly key: string; readonly to: string | null; readonly label: Text }
export type DrawnState = {
  readonly path: string
  readonly parent: string | null
  readonly definition: StateDefinition
  readonly kind: StateNode['kind']
  readonly isInitial: boolean
  readonly width: number
  readonly height: number
  /** Upper left corner: within the state around, and in the whole picture. */
  readonly x: number
  readonly y: number
  readonly left: number
  readonly top: number
  /** Arrows that do not leave it, or lead back to it. */
  readonly inside: readonly DrawnArrow[]
}
/** Arrows between the same two states stand on one line, their labels below each other. */
export type DrawnBundle = { readonly id: string; readonly from: string; readonly to: string; readonly arrows: readonly DrawnArrow[]; readonly points: readonly Point[]; readonly label: Point }
export type Drawn = { readonly states: readonly DrawnState[]; readonly bundles: readonly DrawnBundle[]; readonly width: number; readonly height: number }
type Point = { readonly x: number; readonly y: number }

const headHeight = 36
const chipHeight = 24
const padding = 18
export const labelHeight = 24

/** Where everything of a draft stands: states inside others first, each then as one box among its siblings. */
export function layOut(definition: Draft, { direction, say }: { readonly direction: Direction; readonly say: (text: Text) => string }): Drawn {
  const nodes = stateNodes(definition)
  const arrows = arrowsOf(definition)
  const spoken = (label: Text, fallback: string) => say(label) || fallback
  const bundles = [...bundled(arrows), ...defaults(nodes)]
  const childrenOf = (parent: string | null) => [...nodes.values()].filter((node) => (node.parent?.path ?? null) === parent)
  const inside = new Map<string, DrawnArrow[]>()
  for (const arrow of arrows) if (arrow.to === null || arrow.to === arrow.state) inside.set(arrow.state, [...(inside.get(arrow.state) ?? []), arrow])
  const sizes = new Map<string, { readonly width: number; readonly height: number }>()
  const corners = new Map<string, Point>()
  const ways = new Map<string, { readonly points: readonly Point[]; readonly label: Point; readonly within: string | null }>()

  const place = (parent: string | null): { readonly width: number; readonly height: number } => {
    const own = childrenOf(parent)
    for (const { path, children, histories, definition: state } of own) {
      const chips = inside.get(path)?.length ?? 0
      const inner = children.length + histories.length > 0 ? place(path) : { width: 0, height: 0 }
      const name = Math.round(textWidth(spoken(state.label, path), 13)) + 60
      const widest = Math.max(0, ...(inside.get(path) ?? []).map(({ label }) => Math.round(textWidth(say(label), 12)) + 44))
      sizes.set(path, { width: Math.max(112, name, widest, inner.width), height: headHeight + chips * chipHeight + (chips > 0 ? 4 : 0) + inner.height })
    }
    const level = bundles.flatMap((bundle) => {
      const ends = endsAt(bundle, parent)
      return ends ? [{ bundle, ...ends }] : []
    })
    const placed = placeGraph({
      direction, gap: 28, step: 34,
      nodes: own.map(({ path }) => ({ id: path, ...(sizes.get(path) ?? { width: 0, height: 0 }) })),
      edges: level.map(({ bundle, from, to }) => ({ id: bundle.id, from, to, width: Math.max(0, ...bundle.arrows.map(({ label }) => textWidth(say(label), 12))) + 30, height: bundle.arrows.length * labelHeight + 6 })),
    })
    for (const { path } of own) corners.set(path, placed.nodes.get(path) ?? { x: 0, y: 0 })
    for (const { bundle } of level) {
      const way = placed.edges.get(bundle.id)
      if (way) ways.set(bundle.id, { ...way, within: parent })
    }
    return own.length > 0 ? { width: placed.width + padding, height: placed.height + padding } : { width: 0, height: 0 }
  }
  const whole = place(null)

  /** Of what stands inside a state: below its head and chips. */
  const originOf = (path: string | null): Point => {
    if (path === null) return { x: 0, y: 0 }
    const corner = cornerOf(path)
    const chips = inside.get(path)?.length ?? 0
    return { x: corner.x + padding / 2, y: corner.y + headHeight + chips * chipHeight }
  }
  const cornerOf = (path: string): Point => {
    const [own, outer] = [corners.get(path) ?? { x: 0, y: 0 }, originOf(parentOf(path))]
    return { x: own.x + outer.x, y: own.y + outer.y }
  }
  const boxOf = (path: string) => ({ ...cornerOf(path), ...(sizes.get(path) ?? { width: 0, height: 0 }) })
  return {
    ...whole,
    states: [...nodes.values()].map((node) => {
      const parent = node.parent?.path ?? null
      const { x: left, y: top, width, height } = boxOf(node.path)
      const outer = parent === null ? { x: 0, y: 0 } : cornerOf(parent)
      const isInitial = parent === null ? definition.initial === node.path : `${parent}.${node.parent?.definition.initial}` === node.path
      return { path: node.path, parent, definition: node.definition, kind: node.kind, isInitial, width, height, left, top, x: left - outer.x, y: top - outer.y, inside: inside.get(node.path) ?? [] }
    }),
    bundles: bundles.map((bundle) => {
      const way = ways.get(bundle.id)
      const [from, to] = [boxOf(bundle.from), boxOf(bundle.to)]
      if (!way) return { ...bundle, ...nested(from, to) }
      const origin = originOf(way.within)
      const moved = way.points.map(({ x, y }) => ({ x: x + origin.x, y: y + origin.y }))
      return { ...bundle, points: ended(moved, from, to), label: { x: way.label.x + origin.x, y: way.label.y + origin.y } }
    }),
  }
}

/** Every arrow of a draft, with where it leads; those that lead nowhere are told by the check and not drawn. */
export function arrowsOf(definition: Draft): DrawnArrow[] {
  const nodes = stateNodes(definition)
  return [...nodes.values()].flatMap((node) => node.candidates.flatMap((candidate, at) => {
    const index = node.candidates.slice(0, at).filter(({ event }) => event === candidate.event).length
    const target = candidate.target === undefined ? null : resolveTarget(nodes, node, candidate.target)
    if (target === undefined) return []
    const { event = null, key } = candidate
    return [{ key, state: node.path, event, index, to: target?.path ?? null, label: labelOf(definition, event) }]
  }))
}

/** What an event is called; a join has no event. */
export function labelOf({ events }: Pick<Draft, 'events'>, event: string | null): Text {
  if (event === null) return { en: 'All inside done', zh: '内部全部完成' }
  const label = Object.hasOwn(events, event) ? events[event]?.label : undefined
  return { en: label?.en || label?.zh || event, zh: label?.zh || label?.en || event }
}

type Bundle = Pick<DrawnBundle, 'id' | 'from' | 'to' | 'arrows'>

function bundled(arrows: readonly DrawnArrow[]): Bundle[] {
  const bundles = new Map<string, DrawnArrow[]>()
  for (const arrow of arrows) {
    if (arrow.to === null || arrow.to === arrow.state) continue
    const id = `${arrow.state} ${arrow.to}`
    bundles.set(id, [...(bundles.get(id) ?? []), arrow])
  }
  return [...bundles].map(([id, own]) => ({ id, from: own[0]?.state ?? '', to: own[0]?.to ?? '', arrows: own }))
}

/** From a history state to where it leads while nothing is remembered: a line without an event. */
function defaults(nodes: StateNodes): Bundle[] {
  return [...nodes.values()].flatMap((node) => {
    const first = node.kind === 'history' ? defaultOf(nodes, node) : undefined
    return first ? [{ id: `${node.path} ${first.path}`, from: node.path, to: first.path, arrows: [] }] : []
  })
}

/** Between which boxes of a level an arrow runs: where its ends part. */
function endsAt({ from, to }: Bundle, parent: string | null): { readonly from: string; readonly to: string } | undefined {
  const depth = parent === null ? 0 : parent.split('.').length
  const [source, target] = [from.split('.'), to.split('.')]
  const isInside = (names: readonly string[]) => names.length > depth && names.slice(0, depth).join('.') === (parent ?? '')
  if (!isInside(source) || !isInside(target) || source[depth] === target[depth]) return undefined
  return { from: source.slice(0, depth + 1).join('.'), to: target.slice(0, depth + 1).join('.') }
}

type Box = Point & { readonly width: number; readonly height: number }
const middleOf = ({ x, y, width, height }: Box): Point => ({ x: x + width / 2, y: y + height / 2 })

/** The way with its ends at the borders of what it joins, which may stand deeper than the boxes it was laid between. */
function ended(points: readonly Point[], from: Box, to: Box): Point[] {
  const inner = points.slice(1, -1)
  const [first, last] = [inner[0] ?? middleOf(to), inner.at(-1) ?? middleOf(from)]
  return [border(from, first), ...inner, border(to, last)]
}

/** Between a state and one around it: from border to border, with the label between. */
function nested(from: Box, to: Box): { readonly points: readonly Point[]; readonly label: Point } {
  const isInner = from.width < to.width
  const [inner, outer] = isInner ? [from, to] : [to, from]
  const [a, b] = [{ x: inner.x + inner.width * 0.75, y: inner.y + inner.height }, { x: inner.x + inner.width * 0.75, y: outer.y + outer.height }]
  const points = isInner ? [a, b] : [b, a]
  return { points, label: { x: a.x, y: (a.y + b.y) / 2 } }
}

/** Where a line from the middle of a box to a point crosses its border. */
function border(box: Box, towards: Point): Point {
  const { x, y } = middleOf(box)
  const [dx, dy] = [towards.x - x, towards.y - y]
  if (dx === 0 && dy === 0) return { x, y: box.y + box.height }
  const scale = Math.min(dx === 0 ? Infinity : box.width / 2 / Math.abs(dx), dy === 0 ? Infinity : box.height / 2 / Math.abs(dy))
  return { x: x + dx * scale, y: y + dy * scale }
}
