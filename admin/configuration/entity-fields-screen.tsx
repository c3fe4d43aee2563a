'use client'

import Link from 'next/link'
import { useMemo, useState } from 'react'
import type { FieldDefinition } from '../../config/language/entity.ts'
import type { FieldRules } from '../../config/language/form.ts'
import { wordsOfApi } from '../../config/language/reserved-names.ts'
import type { Text } from '../../config/language/text.ts'
import type { EntityFieldsView } from '../../plugins/core/configuration/configuration-view.ts'
import type { FieldDraft } from '../../plugins/core/configuration/draft-shape.ts'
import { useCrumb } from '../frame/crumbs.tsx'
import { Button, ButtonLink } from '../kit/button.tsx'
import { isWriting, useShortcuts } from '../kit/keyboard.ts'
import { useText } from '../kit/kit-context.tsx'
import { useUnsaved } from '../kit/leave-guard.tsx'
import { ConfirmPanel } from '../kit/side-panel.tsx'
import { Banner, EmptyState, ErrorBanner } from '../kit/surfaces.tsx'
import { configurationTexts } from '../locales/configuration-texts.ts'
import { designerTexts } from '../locales/designer-texts.ts'
import { ownEntityTexts } from '../locales/own-entity-texts.ts'
import { EntityPanel } from './entity-panel.tsx'
import { FieldPanel } from './field-panel.tsx'
import { FieldRows } from './field-rows.tsx'
import { FileButtons } from './file-buttons.tsx'
import { fieldFindings, ruleFindings } from './findings-of-form.ts'
import { FormPreview } from './form-preview.tsx'
import { LayerPanel } from './layer-panel.tsx'
import type { NewField } from './layout-drag.ts'
import { placeField, sectionsOfDraft } from './layout-moves.ts'
import { LiveDocumentsPanel } from './live-documents-panel.tsx'
import { LayoutPanel } from './layout-panel.tsx'
import { Misfits } from './misfits.tsx'
import { RecomputePanel } from './recompute-panel.tsx'
import { RulesPanel } from './rules-panel.tsx'
import { soundFields, soundForm } from './sound-draft.ts'
import { ShippedFields } from './shipped-fields.tsx'
import { publishedContent, useDraft, type Content } from './use-draft.ts'
import { DraftConflictBanner } from './draft-conflict.tsx'
import { DraftTools } from './draft-tools.tsx'
import { WalksPanel } from './walks-panel.tsx'
import styles from './configuration.module.css'

/** What is being edited: a place among the own fields, a new one, one that was dropped into the layout, or the rules of a shipped field. */
type Edited = number | 'new' | 'entity' | { readonly shipped: FieldDefinition } | { readonly dropped: NewField }

/** The form of one entity: own fields and rules. Every step is kept as a draft and can be undone, until it is published with all others. */
export function EntityFieldsScreen({ initial }: { readonly initial: EntityFieldsView }) {
  const say = useText()
  const { view, content, problem, conflict, state, undo, redo, change, bring, discard, flush } = useDraft(initial)
  const { fields, form } = content
  const [edited, setEdited] = useState<Edited | null>(null)
  const [asksDiscard, setAsksDiscard] = useState(false)
  useCrumb(view.labels)
  useUnsaved(state !== 'saved', flush)
  useShortcuts({
    'mod+z': (event) => { if (isWriting(event.target)) return; event.preventDefault(); if (event.shiftKey) redo?.(); else undo?.() },
    'mod+y': (event) => { if (isWriting(event.target)) return; event.preventDefault(); redo?.() },
    n: (event) => { event.preventDefault(); setEdited('new') },
  }, edited === null && view.mayEdit)
  const published = new Map(view.published.map((field) => [field.name, field]))
  const ofFields = state === 'saved' ? fieldFindings(view) : new Map()
  const ofRules = state === 'saved' ? ruleFindings(view) : new Map()
  const differs = JSON.stringify(content) !== JSON.stringify(publishedContent(view))
  const usable = useMemo(() => [...view.shipped.filter(({ type }) => type !== 'json'), ...soundFields(fields)], [view.shipped, fields])
  const sound = useMemo(() => soundForm(form), [form])
  const put = (next: Content) => {
    change(next)
    setEdited(null)
  }
  return (
    <div className={styles.screen}>
      <header className={styles.head}>
        <div><p><Link href="/admin/configuration" prefetch={false} className={styles.back}>{say(configurationTexts.back)}</Link></p><h1>{say(content.entity ? { ...view.labels, ...(content.entity.labels as Partial<Text> | undefined) } : view.labels)}</h1><p>{say(configurationTexts.entityText)}</p></div>
        {view.takesWorkflow ? <ButtonLink icon="graph" href={`/admin/configuration/${view.slug}/workflow`}>{say(designerTexts.workflow)}</ButtonLink> : null}
        {view.mayEdit && content.entity ? <Button onClick={() => setEdited('entity')}>{say(ownEntityTexts.edit)}</Button> : null}
        {view.mayEdit ? <Button look="primary" icon="plus" onClick={() => setEdited('new')}>{say(configurationTexts.add)}</Button> : null}
      </header>
      <ErrorBanner problem={problem} />
      <Misfits misfits={view.misfits} />
      {view.warnings.length > 0 ? <Banner tone="warning"><strong>{say(configurationTexts.forRoles)}</strong><ul>{view.warnings.map(({ code, path, message }) => <li key={`${path}${code}`}>{say(message)}</li>)}</ul></Banner> : null}
      <DraftConflictBanner conflict={conflict} busy={state === 'saving'} />
      <DraftTools mayEdit={view.mayEdit} state={state} differs={differs} undo={undo} redo={redo} onDiscard={() => setAsksDiscard(true)}>
        <FileButtons view={view} content={content} onRead={bring} />
      </DraftTools>
      {fields.length === 0 ? (
        <EmptyState icon="columns" title={say(configurationTexts.none)} text={say(configurationTexts.noneText)}>{view.mayEdit ? <Button look="primary" icon="plus" onClick={() => setEdited('new')}>{say(configurationTexts.add)}</Button> : null}</EmptyState>
      ) : <FieldRows content={content} view={view} fieldFindings={ofFields} ruleFindings={ofRules} onEdit={setEdited} onChange={change} />}
      {content.entity ? null : <LayerPanel view={view} content={content} onChange={change} />}
      <LayoutPanel form={form} fields={usable} mayEdit={view.mayEdit} onChange={(next) => change({ ...content, form: next })} onNew={(dropped) => setEdited({ dropped })} />
      <FormPreview fields={usable} {...(view.head && { head: view.head })} form={sound} roles={view.roles} />
      {isComputing(view) ? <RecomputePanel slug={view.slug} target={view.recordsOf} /> : null}
      {view.hasWorkflow ? <LiveDocumentsPanel slug={view.slug} /> : null}
      {view.hasWorkflow ? <WalksPanel slug={view.slug} /> : null}
      <ShippedFields view={view} form={form} findings={ofRules} onEdit={(shipped) => setEdited({ shipped })} />
      {edited === null ? null : <Editor edited={edited} content={content} view={view} findings={{ fields: ofFields, rules: ofRules }} published={published} onPut={put} onClose={() => setEdited(null)} />}
      {asksDiscard ? <ConfirmPanel danger title={say(configurationTexts.discard)} text={say(configurationTexts.discardText)} action={say(configurationTexts.discard)} onClose={() => setAsksDiscard(false)} onConfirm={() => { setAsksDiscard(false); void discard() }} /> : null}
    </div>
  )
}

/** Whether a rule of what is published computes a field, or a column of a table. */
const isComputing = ({ published, publishedForm }: EntityFieldsView): boolean =>
  [...Object.values(publishedForm.rules), ...published.flatMap(({ columns = [] }) => columns.map(({ rules }) => rules))].some((rules) => rules?.computed !== undefined)

type EditorProps = {
  readonly edited: Edited
  readonly content: Content
  readonly view: EntityFieldsView
  readonly findings: { readonly fields: ReturnType<typeof fieldFindings>; readonly rules: ReturnType<typeof ruleFindings> }
  readonly published: ReadonlyMap<string, FieldDefinition>
  readonly onPut: (content: Content) => void
  readonly onClose: () => void
}

/** The panel for what is being edited. A new key of a field takes its rules with it. */
function Editor({ edited, content, view, findings, published, onPut, onClose }: EditorProps) {
  const say = useText()
  const { fields, form } = content
  const rulesOf = (name: string) => (form.rules[name] ?? {}) as FieldRules
  const withRules = (name: string, rules: FieldRules, former = name) => {
    const rest = Object.entries(form.rules).filter(([key]) => key !== former && key !== name)
    return { ...form, rules: Object.fromEntries(Object.keys(rules).length > 0 ? [...rest, [name, rules]] : rest) }
  }
  const usable = soundFields(fields)
  if (edited === 'entity') return <EntityPanel title={say(ownEntityTexts.edit)} slug={view.slug} entity={content.entity ?? {}} isPublished={view.publishedEntity !== null} onDone={(entity) => onPut({ ...content, entity })} onClose={onClose} />
  if (typeof edited === 'object' && 'shipped' in edited) {
    const { name } = edited.shipped
    return <RulesPanel slug={view.slug} field={edited.shipped} rules={rulesOf(name)} fields={[...view.shipped, ...usable]} head={view.head ?? undefined} roles={view.roles} findings={findings.rules.get(name) ?? new Map()} onDone={(rules) => onPut({ ...content, form: withRules(name, rules) })} onClose={onClose} />
  }
  const current: FieldDraft | undefined = typeof edited === 'number' ? fields[edited] : undefined
  const former = String(current?.name ?? '')
  const others = [...view.shipped, ...usable.filter(({ name }) => name !== former)]
  const dropped = typeof edited === 'object' ? edited.dropped : undefined
  const done = (field: FieldDraft, rules: FieldRules) => {
    const ruled = withRules(String(field.name), rules, former)
    onPut({
      ...content,
      fields: typeof edited === 'number' ? fields.map((one, index) => (index === edited ? field : one)) : [...fields, field],
      form: dropped && ruled.layout ? { ...ruled, layout: { ...ruled.layout, sections: placeField(sectionsOfDraft(ruled) ?? [], String(field.name), dropped) } } : ruled,
    })
  }
  return (
    <FieldPanel
      key={String(edited)} slug={view.slug} field={current} {...(dropped ? { type: dropped.type } : {})} published={published.get(former)} taken={new Set([...others.map(({ name }) => name), ...wordsOfApi].map((name) => name.toLowerCase()))} targets={view.targets}
      findings={typeof edited === 'number' ? (findings.fields.get(edited) ?? new Map()) : new Map()} rules={rulesOf(former)} ruleFindings={findings.rules.get(former) ?? new Map()} others={others} head={view.head ?? undefined} roles={view.roles}
      onDone={done} onClose={onClose}
    />
  )
}
