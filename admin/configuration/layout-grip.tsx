'use client'

import { useDraggable, useDroppable } from '@dnd-kit/core'
import { Icon } from '../kit/icon.tsx'
import { useText } from '../kit/kit-context.tsx'
import { layoutTexts } from '../locales/layout-texts.ts'
import { liftId } from './layout-drag.ts'
import styles from './layout.module.css'

/** A section, tab or step that is moved by its grip, and that others are put down on. */
export function useMoved(kind: 'section' | 'part', key: string, disabled: boolean) {
  const id = liftId(kind, key)
  const { setNodeRef, isOver, active } = useDroppable({ id, disabled })
  const drag = useDraggable({ id, disabled })
  return { place: { ref: setNodeRef, 'data-over': (isOver && active?.id !== id) || undefined, 'data-dragging': drag.isDragging || undefined }, drag }
}

export function Grip({ name, drag: { attributes, listeners, setNodeRef } }: { readonly name: string; readonly drag: ReturnType<typeof useDraggable> }) {
  const say = useText()
  return <button ref={setNodeRef} type="button" className={styles.grip} {...attributes} {...listeners} aria-label={say(layoutTexts.move, { what: name })}><Icon name="grip" /></button>
}

/** A type in the palette: dragged onto a section it becomes a new field there. */
export function TypeChip({ type, label }: { readonly type: string; readonly label: string }) {
  const { attributes, listeners, setNodeRef, isDragging } = useDraggable({ id: `type:${type}` })
  return <li data-dragging={isDragging || undefined}><button ref={setNodeRef} type="button" className={styles.type} {...attributes} {...listeners}>{label}</button></li>
}
