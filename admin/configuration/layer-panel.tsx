'use client'

import { useState } from 'react'
import type { FieldDefinition, FieldType } from '../../config/language/entity.ts'
import type { FormDefinition } from '../../config/language/form.ts'
import { fieldChanges, type FieldChange } from '../../plugins/core/configuration/field-changes.ts'
import type { EntityFieldsView } from '../../plugins/core/configuration/configuration-view.ts'
import { Button } from '../kit/button.tsx'
import { useText } from '../kit/kit-context.tsx'
import { ConfirmPanel } from '../kit/side-panel.tsx'
import { Panel } from '../kit/surfaces.tsx'
import { configurationTexts, fieldTypeTexts } from '../locales/configuration-texts.ts'
import { layerTexts } from '../locales/layer-texts.ts'
import { layoutTexts } from '../locales/layout-texts.ts'
import { changeKinds } from './change-list.tsx'
import { detailTexts } from './change-details.ts'
import { asShipped, withoutField, withoutLayout, withoutRules, withoutSection } from './layer-moves.ts'
import { sectionsOfDraft } from './layout-moves.ts'
import { RetirePanel } from './retire-panel.tsx'
import { soundFields, soundForm } from './sound-draft.ts'
import type { Content } from './use-draft.ts'
import styles from './layer.module.css'

type Props = { readonly view: EntityFieldsView; readonly content: Content; readonly onChange: (content: Content) => void }

/** The draft of a shipped form as a difference to what is shipped now; each part of it can be taken back. */
export function LayerPanel({ view, content, onChange }: Props) {
  const say = useText()
  const [asked, setAsked] = useState<FieldDefinition | 'all' | null>(null)
  const published = new Map(view.published.map((field) => [field.name, field]))
  const changes = layerOf(view.slug, content)
  const take = (name: string) => {
    const field = published.get(name)
    if (field) setAsked(field)
    else onChange(withoutField(content, name, false))
  }
  return (
    <Panel title={say(layerTexts.title)} actions={view.mayEdit && changes.length > 0 ? <Button small look="ghost" onClick={() => setAsked('all')}>{say(layerTexts.resetAll)}</Button> : undefined}>
      <p className={styles.note}>{say(changes.length > 0 ? layerTexts.text : layerTexts.nothing)}</p>
      <ul className={styles.layer}>
        {changes.map((change) => (change.field === ''
          ? <LayoutItem key="layout" view={view} content={content} onChange={onChange} />
          : <FieldItem key={change.field} change={change} view={view} content={content} onRules={() => onChange(withoutRules(content, change.field))} onField={() => take(change.field)} />))}
      </ul>
      {asked === 'all' ? (
        <ConfirmPanel danger title={say(layerTexts.resetAllTitle)} text={say(layerTexts.resetAllText)} action={say(layerTexts.resetAll)} onClose={() => setAsked(null)} onConfirm={() => { onChange(asShipped(content, new Set(published.keys()))); setAsked(null) }} />
      ) : asked ? (
        <RetirePanel slug={view.slug} field={asked.name} label={asked.label} onClose={() => setAsked(null)} onConfirm={() => { onChange(withoutField(content, asked.name, true)); setAsked(null) }} />
      ) : null}
    </Panel>
  )
}

/** What differs from the shipped form, which has no rules and no layout of its own. */
function layerOf(slug: string, { fields, form }: Content): readonly FieldChange[] {
  const retired = fields.filter((field) => field.retired === true).map((field) => ({ ...field, retired: false }))
  const sound = soundFields([...fields.filter((field) => field.retired !== true), ...retired])
  return fieldChanges({ fields: {} }, { fields: { [slug]: sound }, forms: { [slug]: soundForm(form) as FormDefinition } })
}

type ItemProps = { readonly change: FieldChange; readonly view: EntityFieldsView; readonly content: Content; readonly onRules: () => void; readonly onField: () => void }

function FieldItem({ change, view, content, onRules, onField }: ItemProps) {
  const say = useText()
  const draft = content.fields.find(({ name }) => name === change.field)
  const shipped = view.shipped.find(({ name }) => name === change.field)
  const isRetired = draft?.retired === true
  const label = say(draft ? change.label : shipped?.label ?? change.label)
  const texts = detailTexts(change, say)
  const misfits = view.misfits.filter(({ path }) => path.split('.').slice(0, 4).includes(change.field))
  const about = [
    ...(draft ? [say(fieldTypeTexts[draft.type as FieldType] ?? { en: String(draft.type), zh: String(draft.type) })] : shipped ? [] : [say(layerTexts.gone)]),
    ...(draft?.formerly ? [say(layerTexts.formerly, { key: String(draft.formerly) })] : []),
  ]
  return (
    <li>
      <div className={styles.what}>
        <span className={styles.chip} data-kind={draft ? (isRetired ? 'retired' : 'added') : 'changed'}>{say(draft ? (isRetired ? configurationTexts.retired : changeKinds.added) : changeKinds.changed)}</span>
        <strong>{label}</strong> <code>{change.field}</code> <span className={styles.faint}>{about.join(' · ')}</span>
        {texts.length > 0 ? <ul>{texts.map((text) => <li key={text}>{text}</li>)}</ul> : null}
        {misfits.map(({ path, code, message }) => <p key={`${path}${code}`} className={styles.misfit}>{say(message)}</p>)}
      </div>
      {view.mayEdit ? (
        <span className={styles.resets}>
          {texts.length > 0 ? <Button small look="ghost" aria-label={`${say(layerTexts.resetRules)}: ${label}`} onClick={onRules}>{say(layerTexts.resetRules)}</Button> : null}
          {draft && !isRetired ? <Button small look="ghost" aria-label={`${say(configurationTexts.retire)}: ${label}`} onClick={onField}>{say(view.published.some(({ name }) => name === change.field) ? configurationTexts.retire : configurationTexts.remove)}</Button> : null}
        </span>
      ) : null}
    </li>
  )
}

function LayoutItem({ view, content, onChange }: Props) {
  const say = useText()
  const labels = new Map([...view.shipped, ...soundFields(content.fields)].map(({ name, label }) => [name, say(label)]))
  const sections = sectionsOfDraft(content.form) ?? []
  const titled = (section: (typeof sections)[number]) => say(section.label) || section.key
  return (
    <li>
      <div className={styles.what}>
        <span className={styles.chip} data-kind="changed">{say(changeKinds.changed)}</span>
        <strong>{say(layoutTexts.layout)}</strong>
        <ul className={styles.sections}>
          {sections.map((section) => (
            <li key={section.key}>
              <span>{say(layerTexts.section, { title: titled(section), fields: section.fields.map((name) => labels.get(name) ?? name).join(', ') || '—' })}</span>
              {view.mayEdit ? <Button small look="ghost" aria-label={`${say(layerTexts.resetSection)}: ${titled(section)}`} onClick={() => onChange(withoutSection(content, section.key))}>{say(layerTexts.resetSection)}</Button> : null}
            </li>
          ))}
        </ul>
      </div>
      {view.mayEdit ? <span className={styles.resets}><Button small look="ghost" onClick={() => onChange(withoutLayout(content))}>{say(layerTexts.resetLayout)}</Button></span> : null}
    </li>
  )
}
