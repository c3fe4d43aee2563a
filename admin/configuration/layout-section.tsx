'use client'

import { useDroppable } from '@dnd-kit/core'
import { rectSortingStrategy, SortableContext, useSortable } from '@dnd-kit/sortable'
import type { FieldDefinition } from '../../config/language/entity.ts'
import type { FormLayout, FormSection } from '../../config/language/form.ts'
import { IconButton } from '../kit/button.tsx'
import { useText } from '../kit/kit-context.tsx'
import { configurationTexts } from '../locales/configuration-texts.ts'
import { layoutTexts } from '../locales/layout-texts.ts'
import type { PlaceData } from './layout-drag.ts'
import { Grip, useMoved } from './layout-grip.tsx'
import { moveSection, sectionsIn } from './layout-moves.ts'
import styles from './layout.module.css'

type Props = {
  readonly section: FormSection
  readonly layout: FormLayout
  readonly byName: ReadonlyMap<string, FieldDefinition>
  readonly mayEdit: boolean
  readonly onChange: (sections: readonly FormSection[]) => void
}

/** A section of a layout: titles, columns, its place among the others, and its fields. */
export function LayoutSection({ section, layout, byName, mayEdit, onChange }: Props) {
  const say = useText()
  const { sections, parts } = layout
  const index = sections.indexOf(section)
  const change = (changes: Partial<FormSection>) => onChange(sections.map((one) => (one.key === section.key ? { ...one, ...changes } : one)))
  // Up and down go past the neighbours in the same tab or step.
  const own = parts ? parts.list.map(({ key }) => sectionsIn(layout, key)).find((list) => list.includes(section)) ?? [] : sections
  const at = own.indexOf(section)
  const moveTo = (other: FormSection | undefined) => { if (other) onChange(moveSection(sections, index, sections.indexOf(other))) }
  const { place, drag } = useMoved('section', section.key, !mayEdit)
  return (
    <section className={styles.section} aria-label={say(section.label)} {...place}>
      <header>
        {mayEdit ? <Grip name={say(section.label)} drag={drag} /> : null}
        <input className={styles.title} disabled={!mayEdit} aria-label={`${say(layoutTexts.section)} ${index + 1} · English`} value={section.label.en} onChange={(event) => change({ label: { ...section.label, en: event.target.value } })} />
        <input className={styles.title} disabled={!mayEdit} aria-label={`${say(layoutTexts.section)} ${index + 1} · 中文`} value={section.label.zh} onChange={(event) => change({ label: { ...section.label, zh: event.target.value } })} />
        <label>{say(layoutTexts.columns)} <select className={styles.small} disabled={!mayEdit} value={section.columns} onChange={(event) => change({ columns: Number(event.target.value) })}>{[1, 2, 3, 4].map((count) => <option key={count}>{count}</option>)}</select></label>
        {parts && parts.list.length > 1 ? (
          <label>{say(layoutTexts.standsIn)} <select className={styles.small} disabled={!mayEdit} value={section.part ?? parts.list[0]?.key} onChange={(event) => change({ part: event.target.value })}>{parts.list.map(({ key, label }) => <option key={key} value={key}>{say(label)}</option>)}</select></label>
        ) : null}
        {mayEdit ? (
          <>
            <IconButton icon="up" small label={`${say(configurationTexts.up)}: ${say(section.label)}`} disabled={at <= 0} onClick={() => moveTo(own[at - 1])} />
            <IconButton icon="down" small label={`${say(configurationTexts.down)}: ${say(section.label)}`} disabled={at === own.length - 1} onClick={() => moveTo(own[at + 1])} />
            <IconButton icon="trash" small label={`${say(layoutTexts.remove)}: ${say(section.label)}`} onClick={() => onChange(sections.filter(({ key }) => key !== section.key))} />
          </>
        ) : null}
      </header>
      <Place id={section.key} names={section.fields} columns={section.columns} byName={byName} disabled={!mayEdit} />
    </section>
  )
}

type PlaceProps = { readonly id: string; readonly names: readonly string[]; readonly columns: number; readonly byName: ReadonlyMap<string, FieldDefinition>; readonly disabled: boolean }

/** Where fields are dropped. */
export function Place({ id, names, columns, byName, disabled }: PlaceProps) {
  const say = useText()
  const { setNodeRef, isOver } = useDroppable({ id: `place:${id}`, disabled, data: { isPlaced: id !== '' } satisfies PlaceData })
  return (
    <SortableContext items={[...names]} strategy={rectSortingStrategy}>
      <ul ref={setNodeRef} className={styles.place} data-columns={columns} data-over={isOver || undefined}>
        {names.map((name) => <Field key={name} field={byName.get(name)} name={name} isPlaced={id !== ''} disabled={disabled} />)}
        {names.length === 0 ? <li className={styles.empty}>{say(layoutTexts.empty)}</li> : null}
      </ul>
    </SortableContext>
  )
}

function Field({ field, name, isPlaced, disabled }: { readonly field: FieldDefinition | undefined; readonly name: string; readonly isPlaced: boolean; readonly disabled: boolean }) {
  const say = useText()
  const { attributes, listeners, setNodeRef, transform, transition, isDragging } = useSortable({ id: name, disabled, data: { isPlaced } satisfies PlaceData })
  const moved = transform ? `translate3d(${transform.x}px, ${transform.y}px, 0)` : undefined
  return (
    <li ref={setNodeRef} style={{ transform: moved, transition }} data-dragging={isDragging || undefined}>
      <button type="button" className={styles.field} data-missing={field === undefined || undefined} disabled={disabled} {...attributes} {...listeners}>{say(field?.label ?? { en: name, zh: name })}{field?.required ? ' *' : ''}</button>
    </li>
  )
}
