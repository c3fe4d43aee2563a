'use client'

import Link from 'next/link'
import { useRef, useState } from 'react'
import type { Text } from '../../config/language/text.ts'
import type { EntityFieldsView } from '../../plugins/core/configuration/configuration-view.ts'
import type { FieldDraft } from '../../plugins/core/configuration/draft-shape.ts'
import { useCrumb } from '../frame/crumbs.tsx'
import { Button, ButtonLink, IconButton } from '../kit/button.tsx'
import { downloadFrom } from '../kit/download.ts'
import { useShortcuts } from '../kit/keyboard.ts'
import { useText } from '../kit/kit-context.tsx'
import { useUnsaved } from '../kit/leave-guard.tsx'
import { notify } from '../kit/notify.ts'
import { ConfirmPanel } from '../kit/side-panel.tsx'
import { Banner, EmptyState, ErrorBanner, Panel } from '../kit/surfaces.tsx'
import { configurationTexts, fieldTypeTexts } from '../locales/configuration-texts.ts'
import { FieldPanel } from './field-panel.tsx'
import { FieldRows } from './field-rows.tsx'
import { useDraft } from './use-draft.ts'
import styles from './configuration.module.css'

/** The fields that a firm adds to one form: every step is kept as a draft and can be undone, until it is published with all others. */
export function EntityFieldsScreen({ initial }: { readonly initial: EntityFieldsView }) {
  const say = useText()
  const { view, fields, problem, state, undo, redo, change, discard } = useDraft(initial)
  const [edited, setEdited] = useState<number | 'new' | null>(null)
  const [asksDiscard, setAsksDiscard] = useState(false)
  useCrumb(view.labels)
  useUnsaved(state !== 'saved')
  useShortcuts({
    'mod+z': (event) => { event.preventDefault(); if (event.shiftKey) redo?.(); else undo?.() },
    'mod+y': (event) => { event.preventDefault(); redo?.() },
    n: (event) => { event.preventDefault(); setEdited('new') },
  }, edited === null && view.mayEdit)
  const published = new Map(view.published.map((field) => [field.name, field]))
  const findings = state === 'saved' ? findingsByField(view) : new Map<number, ReadonlyMap<string, Text>>()
  const differs = JSON.stringify(fields) !== JSON.stringify(view.published)
  const current = typeof edited === 'number' ? fields[edited] : undefined
  const taken = new Set([...view.shipped.map(({ name }) => name), ...fields.flatMap((field, index) => (index === edited ? [] : [String(field.name ?? '')]))].map((name) => name.toLowerCase()))
  const put = (field: FieldDraft) => {
    change(typeof edited === 'number' ? fields.map((one, index) => (index === edited ? field : one)) : [...fields, field])
    setEdited(null)
  }
  return (
    <div className={styles.screen}>
      <header className={styles.head}>
        <div><p><Link href="/admin/configuration" prefetch={false} className={styles.back}>{say(configurationTexts.back)}</Link></p><h1>{say(view.labels)}</h1><p>{say(configurationTexts.entityText)}</p></div>
        {view.mayEdit ? <Button look="primary" icon="plus" onClick={() => setEdited('new')}>{say(configurationTexts.add)}</Button> : null}
      </header>
      <ErrorBanner problem={problem} />
      <div className={styles.tools}>
        {view.mayEdit ? (
          <>
            <IconButton icon="undo" label={`${say(configurationTexts.undo)} (Ctrl+Z)`} disabled={!undo} onClick={undo} />
            <IconButton icon="undo" className={styles.mirrored} label={`${say(configurationTexts.redo)} (Ctrl+Y)`} disabled={!redo} onClick={redo} />
            <span role="status" className={styles.faint}>{differs || state !== 'saved' ? say(configurationTexts[state]) : ''}</span>
          </>
        ) : null}
        <span className={styles.spring} />
        <FileButtons view={view} onRead={change} />
        {view.mayEdit && differs ? <Button small onClick={() => setAsksDiscard(true)}>{say(configurationTexts.discard)}</Button> : null}
        {differs ? <ButtonLink small look="primary" href="/admin/configuration">{say(configurationTexts.publish)} …</ButtonLink> : null}
      </div>
      {fields.length === 0 ? (
        <EmptyState icon="columns" title={say(configurationTexts.none)} text={say(configurationTexts.noneText)}>{view.mayEdit ? <Button look="primary" icon="plus" onClick={() => setEdited('new')}>{say(configurationTexts.add)}</Button> : null}</EmptyState>
      ) : <FieldRows fields={fields} published={published} findings={findings} mayEdit={view.mayEdit} onEdit={setEdited} onChange={change} />}
      <Panel title={say(configurationTexts.shippedFields)}>
        <details>
          <summary>{say(configurationTexts.shippedText, { count: view.shipped.length })}</summary>
          <ul className={styles.shippedFields}>
            {view.shipped.map(({ name, label, type }) => <li key={name}><span>{say(label)}</span> <span className={styles.faint}>{say(fieldTypeTexts[type] ?? { en: type, zh: type })} · <code>{name}</code></span></li>)}
          </ul>
        </details>
      </Panel>
      {edited === null ? null : (
        <FieldPanel
          key={String(edited)} field={current} isPublished={published.has(String(current?.name))} taken={taken} targets={view.targets}
          findings={typeof edited === 'number' ? (findings.get(edited) ?? new Map()) : new Map()} onDone={put} onClose={() => setEdited(null)}
        />
      )}
      {asksDiscard ? <ConfirmPanel danger title={say(configurationTexts.discard)} text={say(configurationTexts.discardText)} action={say(configurationTexts.discard)} onClose={() => setAsksDiscard(false)} onConfirm={() => { setAsksDiscard(false); void discard() }} /> : null}
    </div>
  )
}

/** What is wrong with the field at an index, by the rest of its path: "label.en". */
function findingsByField({ slug, findings }: EntityFieldsView): ReadonlyMap<number, ReadonlyMap<string, Text>> {
  const byField = new Map<number, Map<string, Text>>()
  for (const { path, message } of findings) {
    const [, entity, index = '', ...rest] = path.split('.')
    if (entity !== slug || !/^\d+$/.test(index)) continue
    const own = byField.get(Number(index)) ?? new Map<string, Text>()
    byField.set(Number(index), own.set(rest.join('.'), message))
  }
  return byField
}

/** The definition as one JSON file, and back. */
function FileButtons({ view, onRead }: { readonly view: EntityFieldsView; readonly onRead: (fields: readonly FieldDraft[]) => void }) {
  const say = useText()
  const chooser = useRef<HTMLInputElement>(null)
  const [wrong, setWrong] = useState<string | null>(null)
  const read = async (file: File) => {
    setWrong(null)
    const content = await file.text().then((text) => JSON.parse(text) as { entity?: unknown; fields?: unknown } | null).catch(() => null)
    if (!content || !Array.isArray(content.fields)) return setWrong(say(configurationTexts.badFile))
    if (content.entity !== view.slug) return setWrong(say(configurationTexts.otherForm, { entity: String(content.entity) }))
    onRead(content.fields as readonly FieldDraft[])
    notify(say(configurationTexts.imported))
  }
  return (
    <>
      {wrong ? <Banner tone="bad">{wrong}</Banner> : null}
      <IconButton icon="download" label={say(configurationTexts.exportFile)} onClick={() => downloadFrom(`/api/configuration/fields/${view.slug}/file`)} />
      {view.mayEdit ? (
        <>
          <IconButton icon="upload" label={say(configurationTexts.importFile)} onClick={() => chooser.current?.click()} />
          <input ref={chooser} type="file" accept="application/json,.json" hidden onChange={(event) => { const [file] = event.target.files ?? []; event.target.value = ''; if (file) void read(file) }} />
        </>
      ) : null}
    </>
  )
}
