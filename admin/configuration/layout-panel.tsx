'use client'

import { closestCorners, DndContext, DragOverlay, KeyboardSensor, PointerSensor, pointerWithin, useDroppable, useSensor, useSensors, type CollisionDetection, type DragEndEvent } from '@dnd-kit/core'
import { rectSortingStrategy, SortableContext, sortableKeyboardCoordinates, useSortable } from '@dnd-kit/sortable'
import { useId, useState } from 'react'
import type { FieldDefinition } from '../../config/language/entity.ts'
import type { FormSection } from '../../config/language/form.ts'
import type { FormDraft } from '../../plugins/core/configuration/draft-shape.ts'
import { Button, IconButton } from '../kit/button.tsx'
import { useText } from '../kit/kit-context.tsx'
import { Panel } from '../kit/surfaces.tsx'
import { configurationTexts } from '../locales/configuration-texts.ts'
import { layoutTexts } from '../locales/layout-texts.ts'
import { firstLayout, moveSection, newSection, placeField, sectionsOfDraft } from './layout-moves.ts'
import styles from './layout.module.css'

type Props = { readonly form: FormDraft; readonly fields: readonly FieldDefinition[]; readonly mayEdit: boolean; readonly onChange: (form: FormDraft) => void }

/** The sections of a form, into which fields are dragged; what stands in none follows at the end. */
export function LayoutPanel({ form, fields, mayEdit, onChange }: Props) {
  const say = useText()
  const id = useId()
  const [lifted, setLifted] = useState<string | null>(null)
  const sensors = useSensors(useSensor(PointerSensor, { activationConstraint: { distance: 4 } }), useSensor(KeyboardSensor, { coordinateGetter: sortableKeyboardCoordinates }))
  const sections = sectionsOfDraft(form)
  const put = (next: readonly FormSection[] | null) => onChange({ rules: form.rules, ...(next ? { layout: { sections: next } } : {}) })
  if (!sections) {
    return (
      <Panel title={say(layoutTexts.layout)} actions={mayEdit ? <Button small onClick={() => put(firstLayout(fields))}>{say(layoutTexts.begin)}</Button> : undefined}>
        <p className={styles.note}>{say(layoutTexts.asShipped)}</p>
      </Panel>
    )
  }
  const byName = new Map(fields.map((field) => [field.name, field]))
  const placed = new Set(sections.flatMap((section) => section.fields))
  const unplaced = fields.filter(({ name }) => !placed.has(name)).map(({ name }) => name)
  const sectionOf = (name: string) => sections.find((section) => section.fields.includes(name))?.key ?? ''
  const drop = ({ active, over }: DragEndEvent) => {
    setLifted(null)
    if (!over) return
    const field = String(active.id)
    const target = String(over.id)
    const to = target.startsWith('section:') ? target.slice('section:'.length) : sectionOf(target)
    const own = sections.find(({ key }) => key === to)?.fields ?? []
    // Moved down within its section it comes to stand behind what it was dropped on.
    const isDown = sectionOf(field) === to && own.indexOf(field) < own.indexOf(target)
    const before = target.startsWith('section:') ? undefined : isDown ? own[own.indexOf(target) + 1] : target
    put(placeField(sections, field, { to, before }))
  }
  const change = (index: number, changes: Partial<FormSection>) => put(sections.map((section, at) => (at === index ? { ...section, ...changes } : section)))
  return (
    <Panel
      title={say(layoutTexts.layout)}
      actions={mayEdit ? <><Button small look="ghost" onClick={() => put(null)}>{say(layoutTexts.reset)}</Button><Button small icon="plus" onClick={() => put(newSection(sections))}>{say(layoutTexts.addSection)}</Button></> : undefined}
    >
      {mayEdit ? <p className={styles.note}>{say(layoutTexts.hint)}</p> : null}
      <DndContext id={id} sensors={sensors} collisionDetection={under} onDragStart={({ active }) => setLifted(String(active.id))} onDragCancel={() => setLifted(null)} onDragEnd={drop}>
        {sections.map((section, index) => (
          <section key={section.key} className={styles.section} aria-label={say(section.label)}>
            <header>
              <input className={styles.title} disabled={!mayEdit} aria-label={`${say(layoutTexts.section)} ${index + 1} · English`} value={section.label.en} onChange={(event) => change(index, { label: { ...section.label, en: event.target.value } })} />
              <input className={styles.title} disabled={!mayEdit} aria-label={`${say(layoutTexts.section)} ${index + 1} · 中文`} value={section.label.zh} onChange={(event) => change(index, { label: { ...section.label, zh: event.target.value } })} />
              <label>{say(layoutTexts.columns)} <select className={styles.small} disabled={!mayEdit} value={section.columns} onChange={(event) => change(index, { columns: Number(event.target.value) })}>{[1, 2, 3, 4].map((count) => <option key={count}>{count}</option>)}</select></label>
              {mayEdit ? (
                <>
                  <IconButton icon="up" small label={`${say(configurationTexts.up)}: ${say(section.label)}`} disabled={index === 0} onClick={() => put(moveSection(sections, index, index - 1))} />
                  <IconButton icon="down" small label={`${say(configurationTexts.down)}: ${say(section.label)}`} disabled={index === sections.length - 1} onClick={() => put(moveSection(sections, index, index + 1))} />
                  <IconButton icon="trash" small label={`${say(layoutTexts.remove)}: ${say(section.label)}`} onClick={() => put(sections.filter((_, at) => at !== index))} />
                </>
              ) : null}
            </header>
            <Place id={section.key} names={section.fields} columns={section.columns} byName={byName} disabled={!mayEdit} />
          </section>
        ))}
        <section className={styles.section} data-palette aria-label={say(layoutTexts.unplaced)}>
          <p className={styles.note}>{say(layoutTexts.unplaced)}</p>
          <Place id="" names={unplaced} columns={4} byName={byName} disabled={!mayEdit} />
        </section>
        <DragOverlay>{lifted ? <span className={styles.field} data-lifted>{say(byName.get(lifted)?.label ?? { en: lifted, zh: lifted })}</span> : null}</DragOverlay>
      </DndContext>
    </Panel>
  )
}

/** What lies under the pointer: a field before the section round it; for the keyboard, what is nearest. */
const under: CollisionDetection = (drag) => {
  const within = pointerWithin(drag)
  const fields = within.filter(({ id }) => !String(id).startsWith('section:') && id !== drag.active.id)
  return fields.length > 0 ? fields : within.length > 0 ? within : closestCorners(drag)
}

type PlaceProps = { readonly id: string; readonly names: readonly string[]; readonly columns: number; readonly byName: ReadonlyMap<string, FieldDefinition>; readonly disabled: boolean }

function Place({ id, names, columns, byName, disabled }: PlaceProps) {
  const say = useText()
  const { setNodeRef, isOver } = useDroppable({ id: `section:${id}`, disabled })
  return (
    <SortableContext items={[...names]} strategy={rectSortingStrategy}>
      <ul ref={setNodeRef} className={styles.place} data-columns={columns} data-over={isOver || undefined}>
        {names.map((name) => <Field key={name} field={byName.get(name)} name={name} disabled={disabled} />)}
        {names.length === 0 ? <li className={styles.empty}>{say(layoutTexts.empty)}</li> : null}
      </ul>
    </SortableContext>
  )
}

function Field({ field, name, disabled }: { readonly field: FieldDefinition | undefined; readonly name: string; readonly disabled: boolean }) {
  const say = useText()
  const { attributes, listeners, setNodeRef, transform, transition, isDragging } = useSortable({ id: name, disabled })
  const moved = transform ? `translate3d(${transform.x}px, ${transform.y}px, 0)` : undefined
  return (
    <li ref={setNodeRef} style={{ transform: moved, transition }} data-dragging={isDragging || undefined}>
      <button type="button" className={styles.field} data-missing={field === undefined || undefined} disabled={disabled} {...attributes} {...listeners}>{say(field?.label ?? { en: name, zh: name })}{field?.required ? ' *' : ''}</button>
    </li>
  )
}
