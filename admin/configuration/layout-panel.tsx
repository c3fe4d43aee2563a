'use client'

import { DndContext, DragOverlay, KeyboardSensor, PointerSensor, useSensor, useSensors, type DragEndEvent, type UniqueIdentifier } from '@dnd-kit/core'
import { useId, useState } from 'react'
import type { FieldDefinition, FieldType } from '../../config/language/entity.ts'
import type { FormLayout, FormSection } from '../../config/language/form.ts'
import type { Text } from '../../config/language/text.ts'
import type { FormDraft, LayoutDraft } from '../../plugins/core/configuration/draft-shape.ts'
import { Button } from '../kit/button.tsx'
import { useText } from '../kit/kit-context.tsx'
import { Panel } from '../kit/surfaces.tsx'
import { fieldTypeTexts } from '../locales/configuration-texts.ts'
import { layoutTexts } from '../locales/layout-texts.ts'
import { byArrows, dropped, landing, readId, underPointer, type NewField } from './layout-drag.ts'
import { TypeChip } from './layout-grip.tsx'
import { firstLayout, newPart, newSection, partsOfDraft, sectionsIn, sectionsOfDraft, shownAs } from './layout-moves.ts'
import { LayoutPart } from './layout-part.tsx'
import { LayoutSection, Place } from './layout-section.tsx'
import { spoken } from './layout-spoken.ts'
import styles from './layout.module.css'

type Props = { readonly form: FormDraft; readonly fields: readonly FieldDefinition[]; readonly mayEdit: boolean; readonly onChange: (form: FormDraft) => void; readonly onNew: (field: NewField) => void }

/** The layout of an entity's form; without one it stands as it is shipped. */
export function LayoutPanel({ form, fields, mayEdit, onChange, onNew }: Props) {
  const say = useText()
  const put = (layout: LayoutDraft | null) => onChange({ rules: form.rules, ...(layout ? { layout } : {}) })
  if (!form.layout) {
    return (
      <Panel title={say(layoutTexts.layout)} actions={mayEdit ? <Button small onClick={() => put({ sections: firstLayout(fields) })}>{say(layoutTexts.begin)}</Button> : undefined}>
        <p className={styles.note}>{say(layoutTexts.asShipped)}</p>
      </Panel>
    )
  }
  return <LayoutEditor title={say(layoutTexts.layout)} layout={form.layout} fields={fields} mayEdit={mayEdit} palette={layoutTexts.unplaced} kinds={['sections', 'tabs', 'steps']} onChange={put} onReset={() => put(null)} onNew={onNew} />
}

type EditorProps = {
  readonly title: string
  readonly layout: LayoutDraft
  readonly fields: readonly FieldDefinition[]
  readonly mayEdit: boolean
  /** What it means that a field stands in no section. */
  readonly palette: Text
  readonly kinds: readonly ('sections' | 'tabs' | 'steps')[]
  readonly onChange: (layout: FormLayout) => void
  readonly onReset?: () => void
  /** A new field was put down; absent: none can be made here. */
  readonly onNew?: (field: NewField) => void
}

const kindTexts = { sections: layoutTexts.oneColumn, tabs: layoutTexts.tabs, steps: layoutTexts.steps } as const

/** Sections into which fields are dragged, below each other or in tabs or steps. */
export function LayoutEditor({ title, layout: draft, fields, mayEdit, palette, kinds, onChange, onReset, onNew }: EditorProps) {
  const say = useText()
  const id = useId()
  const [lifted, setLifted] = useState<UniqueIdentifier | null>(null)
  const sensors = useSensors(useSensor(PointerSensor, { activationConstraint: { distance: 4 } }), useSensor(KeyboardSensor, { coordinateGetter: byArrows }))
  const sections = sectionsOfDraft({ rules: {}, layout: draft }) ?? []
  const parts = partsOfDraft(draft)
  const layout: FormLayout = { sections, ...(parts ? { parts } : {}) }
  const put = (next: readonly FormSection[]) => onChange({ ...layout, sections: next })
  const byName = new Map(fields.map((field) => [field.name, field]))
  const placed = new Set(sections.flatMap((section) => section.fields))
  const unplaced = fields.filter(({ name }) => !placed.has(name)).map(({ name }) => name)
  const drop = ({ active, over }: DragEndEvent) => {
    setLifted(null)
    if (!over) return
    const what = readId(active.id)
    if (what.kind === 'type') return onNew?.({ type: what.key as FieldType, ...landing(sections, over.id) })
    const next = dropped(layout, active.id, over.id)
    if (next) onChange(next)
  }
  const nameOf = (id: UniqueIdentifier): string => {
    const { kind, key } = readId(id)
    if (kind === 'type') return say(fieldTypeTexts[key as FieldType] ?? { en: key, zh: key })
    if (kind === 'field') return say(byName.get(key)?.label ?? { en: key, zh: key })
    return say((kind === 'part' ? parts?.list : sections)?.find((one) => one.key === key)?.label ?? palette)
  }
  const section = (one: FormSection) => <LayoutSection key={one.key} section={one} layout={layout} byName={byName} mayEdit={mayEdit} onChange={put} />
  const partName = say(parts?.shownAs === 'steps' ? layoutTexts.step : layoutTexts.tab)
  return (
    <Panel
      title={title}
      actions={mayEdit ? (
        <span className={styles.choices}>
          {onReset ? <Button small look="ghost" onClick={onReset}>{say(layoutTexts.reset)}</Button> : null}
          {parts
            ? <Button small icon="plus" onClick={() => onChange(newPart(layout))}>{say(layoutTexts.addPart, { what: partName.toLowerCase() })}</Button>
            : <Button small icon="plus" onClick={() => put(newSection(sections))}>{say(layoutTexts.addSection)}</Button>}
        </span>
      ) : undefined}
    >
      <label className={styles.shownAs}>{say(layoutTexts.shownAs)} <select className={styles.small} disabled={!mayEdit} value={parts?.shownAs ?? 'sections'} onChange={(event) => onChange(shownAs(layout, event.target.value as 'tabs' | 'steps' | 'sections'))}>{kinds.map((kind) => <option key={kind} value={kind}>{say(kindTexts[kind])}</option>)}</select></label>
      {mayEdit ? <p className={styles.note}>{say(layoutTexts.hint)}{parts?.shownAs === 'steps' && kinds.includes('tabs') ? ` ${say(layoutTexts.stepsHint)}` : ''}</p> : null}
      <DndContext id={id} sensors={sensors} collisionDetection={underPointer} accessibility={{ announcements: spoken(say, nameOf), screenReaderInstructions: { draggable: say(layoutTexts.instructions) } }} onDragStart={({ active }) => setLifted(active.id)} onDragCancel={() => setLifted(null)} onDragEnd={drop}>
        {mayEdit && onNew ? (
          <section className={styles.section} data-palette aria-label={say(layoutTexts.newFields)}>
            <p className={styles.note}>{say(layoutTexts.newFields)}</p>
            <ul className={styles.types} aria-label={say(layoutTexts.newFields)}>{Object.entries(fieldTypeTexts).map(([type, label]) => <TypeChip key={type} type={type} label={say(label)} />)}</ul>
          </section>
        ) : null}
        {parts
          ? parts.list.map((part, index) => <LayoutPart key={part.key} index={index} layout={layout} name={partName} mayEdit={mayEdit} onChange={onChange}>{sectionsIn(layout, part.key).map(section)}</LayoutPart>)
          : sections.map(section)}
        <section className={styles.section} data-palette aria-label={say(palette)}>
          <p className={styles.note}>{say(palette)}</p>
          <Place id="" names={unplaced} columns={4} byName={byName} disabled={!mayEdit} />
        </section>
        <DragOverlay>{lifted === null ? null : <span className={styles.field} data-lifted>{nameOf(lifted)}</span>}</DragOverlay>
      </DndContext>
    </Panel>
  )
}
