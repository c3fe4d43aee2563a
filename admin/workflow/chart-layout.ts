import type { Text } from '../../config/language/text.ts'
import type { WorkflowArrow, WorkflowPicture } from '../../plugins/core/api/workflows.ts'
import { placeGraph, textWidth, type Direction, type Placed } from '../kit/graph-layout.ts'

/** What happened to the document, as far as the picture needs it. */
export type PathStep = { readonly from: string | null; readonly to: string | null; readonly label: Text | null }

/** Arrows between the same two states stand on one line, their labels below each other. */
export type Bundle = { readonly id: string; readonly from: string; readonly to: string; readonly arrows: readonly WorkflowArrow[] }

export function bundlesOf({ arrows }: Pick<WorkflowPicture, 'arrows'>): Bundle[] {
  const bundles = new Map<string, WorkflowArrow[]>()
  for (const arrow of arrows) {
    if (arrow.stays) continue
    const key = `${arrow.from} ${arrow.to}`
    const known = bundles.get(key) ?? []
    // Several ways of one event to the same state differ in their conditions only: one label is enough.
    if (!known.some(({ event }) => event === arrow.event)) known.push(arrow)
    bundles.set(key, known)
  }
  return [...bundles].map(([id, own]) => ({ id, from: own[0]?.from ?? '', to: own[0]?.to ?? '', arrows: own }))
}

/** The states that a document's state text names: "packing.checked" stands in packing and in packing.checked. */
export function placesOf(state: string | null | undefined): ReadonlySet<string> {
  const places = new Set<string>()
  for (const part of (state ?? '').split(/[\s,|]+/).filter(Boolean)) {
    const names = part.split('.')
    names.forEach((_, index) => places.add(names.slice(0, index + 1).join('.')))
  }
  return places
}

export function takenOf(history: readonly PathStep[]): { readonly states: ReadonlySet<string>; readonly arrows: ReadonlySet<string> } {
  const states = new Set<string>()
  const arrows = new Set<string>()
  for (const { from, to, label } of history) {
    for (const place of [...placesOf(from), ...placesOf(to)]) states.add(place)
    if (from && to && label) arrows.add(arrowKey({ from, to, label }))
  }
  return { states, arrows }
}

/** History knows a step by the label of its event. */
export const arrowKey = ({ from, to, label }: { readonly from: string; readonly to: string; readonly label: Text }) => `${from} ${to} ${label.en}`

export const lineHeight = 16

export function placeChart({ picture, bundles, direction, say }: {
  readonly picture: WorkflowPicture; readonly bundles: readonly Bundle[]; readonly direction: Direction; readonly say: (text: Text) => string
}): Placed {
  const leaves = picture.nodes.filter(({ id }) => !picture.nodes.some(({ parent, kind }) => parent === id && kind !== 'history'))
  return placeGraph({
    direction, gap: direction === 'LR' ? 30 : 24, step: direction === 'LR' ? 26 : 22,
    nodes: leaves.map(({ id, label, history }) => ({ id, width: Math.max(84, Math.round(textWidth(`${history ? 'H* ' : ''}${say(label)}`, 13)) + 36), height: 36 })),
    edges: bundles.map(({ id, from, to, arrows }) => ({
      id, from, to, width: Math.max(...arrows.map(({ label }) => textWidth(say(label), 12))) + 12, height: arrows.length * lineHeight + 4,
    })),
  })
}
