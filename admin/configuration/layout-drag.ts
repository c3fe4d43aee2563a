import { closestCenter, pointerWithin, type CollisionDetection, type KeyboardCoordinateGetter, type UniqueIdentifier } from '@dnd-kit/core'
import type { FieldType } from '../../config/language/entity.ts'
import type { FormLayout, FormSection } from '../../config/language/form.ts'
import { movePart, placeField, placeSection, sectionsIn } from './layout-moves.ts'

/*
 * What is dragged and where it may be put says its kind by its id. Fields are their own names; `place:` is the inside of a section (without a
 * key: no section), `section:` and `part:` are what is moved and what it is dropped on, `type:` makes a new field.
 */
type Kind = 'field' | 'place' | 'section' | 'part' | 'type'
const kinds = ['place', 'section', 'part', 'type'] as const

export function readId(id: UniqueIdentifier): { readonly kind: Kind; readonly key: string } {
  const text = String(id)
  const kind = kinds.find((one) => text.startsWith(`${one}:`))
  return kind ? { kind, key: text.slice(kind.length + 1) } : { kind: 'field', key: text }
}

/** What is lifted and stands where it was, beside the place that it is dropped on. */
export const liftId = (kind: 'section' | 'part', key: string) => `${kind}:${key}`

const targets: Readonly<Record<Kind, readonly Kind[]>> = { field: ['field', 'place'], type: ['field', 'place'], section: ['section', 'part'], part: ['part'], place: [] }
const takes = (active: UniqueIdentifier, over: UniqueIdentifier): boolean => targets[readId(active).kind].includes(readId(over).kind)

/** What a place says of itself: whether it belongs to a section. */
export type PlaceData = { readonly isPlaced: boolean }
type Place = { readonly id: UniqueIdentifier; readonly data: { readonly current?: object | undefined } }
/** A new field is put into a section; what is in none follows by itself. */
const isOpen = (active: UniqueIdentifier, { id, data }: Place): boolean => takes(active, id) && !(readId(active).kind === 'type' && (data.current as Partial<PlaceData> | undefined)?.isPlaced === false)

/** Of two that lie within each other the inner one. */
const inner: readonly Kind[] = ['field', 'section', 'place', 'part']

/** What lies under the pointer, the inner one first; for the keyboard, what its step has led to. */
export const underPointer: CollisionDetection = (drag) => {
  const droppableContainers = drag.droppableContainers.filter((container) => isOpen(drag.active.id, container))
  if (!drag.pointerCoordinates) return stepped(drag, droppableContainers)
  const within = pointerWithin({ ...drag, droppableContainers }).filter(({ id }) => id !== drag.active.id)
  const found = inner.map((kind) => within.filter(({ id }) => readId(id).kind === kind)).find((list) => list.length > 0)
  return found ?? []
}

const stepped = (drag: Parameters<CollisionDetection>[0], droppableContainers: typeof drag.droppableContainers): ReturnType<CollisionDetection> => {
  const { left, top } = drag.collisionRect
  const distances = droppableContainers.flatMap((container) => {
    const rect = drag.droppableRects.get(container.id)
    const at = rect && anchor(container.id, rect)
    return at ? [{ id: container.id, data: { droppableContainer: container, value: Math.hypot(at.x - left, at.y - top) } }] : []
  })
  return distances.length > 0 ? distances.sort((a, b) => a.data.value - b.data.value) : closestCenter({ ...drag, droppableContainers })
}

type Rect = { readonly left: number; readonly top: number; readonly bottom: number }
/** Where the keyboard puts what it moves: on a field, at the end of a section's inside, at the beginning of all else. */
const anchor = (id: UniqueIdentifier, { left, top, bottom }: Rect) => (readId(id).kind === 'place' ? { x: left + 24, y: bottom - 4 } : { x: left, y: top })

/** The arrows go from one place to the next, in the order in which they are read. */
export const byArrows: KeyboardCoordinateGetter = (event, { context: { active, over, droppableContainers, droppableRects } }) => {
  const step = ['ArrowDown', 'ArrowRight'].includes(event.code) ? 1 : ['ArrowUp', 'ArrowLeft'].includes(event.code) ? -1 : 0
  if (step === 0 || !active) return undefined
  event.preventDefault()
  const places = droppableContainers.getEnabled().filter((container) => isOpen(active.id, container)).flatMap(({ id }) => {
    const rect = droppableRects.get(id)
    return rect ? [{ id, at: anchor(id, rect) }] : []
  }).sort((a, b) => a.at.y - b.at.y || a.at.x - b.at.x)
  const now = places.findIndex(({ id }) => id === (over?.id ?? active.id))
  return (places[now + step] ?? places[now])?.at
}

/** The layout after something was put down; undefined where nothing has changed. A type makes no layout by itself. */
export function dropped(layout: FormLayout, active: UniqueIdentifier, over: UniqueIdentifier): FormLayout | undefined {
  const [what, where] = [readId(active), readId(over)]
  if (active === over || !takes(active, over)) return undefined
  if (what.kind === 'section') return placeSection(layout, what.key, where.kind === 'part' ? { part: where.key } : { at: where.key })
  if (what.kind === 'part') {
    const keys = layout.parts?.list.map(({ key }) => key) ?? []
    return movePart(layout, keys.indexOf(what.key), keys.indexOf(where.key))
  }
  return what.kind === 'field' ? { ...layout, sections: placeField(layout.sections, what.key, landing(layout.sections, over, what.key)) } : undefined
}

/** Where a field comes to stand that is put down there. Moved down within its section it stands behind what it was dropped on. */
export function landing(sections: readonly FormSection[], over: UniqueIdentifier, field?: string): { readonly to: string; readonly before?: string | undefined } {
  const { kind, key } = readId(over)
  if (kind === 'place') return { to: key }
  const section = sections.find(({ fields }) => fields.includes(key))
  const own = section?.fields ?? []
  const isDown = field !== undefined && own.includes(field) && own.indexOf(field) < own.indexOf(key)
  return { to: section?.key ?? '', before: isDown ? own[own.indexOf(key) + 1] : key }
}

export type NewField = { readonly type: FieldType; readonly to: string; readonly before?: string | undefined }

/** The place of a section among those of its tab or step, from 1. */
export const placeOf = (layout: FormLayout, key: string): number => {
  const section = layout.sections.find((one) => one.key === key)
  const own = layout.parts ? layout.parts.list.map((part) => sectionsIn(layout, part.key)).find((list) => section !== undefined && list.includes(section)) ?? [] : layout.sections
  return own.findIndex((one) => one.key === key) + 1
}
