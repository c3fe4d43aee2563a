'use client'

import { useState } from 'react'
import Link from 'next/link'
import { useRouter } from 'next/navigation'
import type { FieldDefinition } from '../../config/language/entity.ts'
import { newKey, useCommand } from '../kit/api.ts'
import { Button, ButtonLink, IconButton } from '../kit/button.tsx'
import { Menu, MenuItem } from '../kit/floating.tsx'
import { useKit, useText } from '../kit/kit-context.tsx'
import { notify } from '../kit/notify.ts'
import { ConfirmPanel } from '../kit/side-panel.tsx'
import { ErrorBanner } from '../kit/surfaces.tsx'
import { useTitles } from '../kit/titles-context.tsx'
import { FieldValue, Moment, StateChip } from '../kit/values.tsx'
import { documentTexts } from '../locales/document-texts.ts'
import { structureTexts } from '../locales/structure-texts.ts'
import { nameOf } from './document-name.ts'
import type { useDocument } from './use-document.ts'
import { WorkflowBar } from './workflow-bar.tsx'
import styles from './document.module.css'

type Open = ReturnType<typeof useDocument>

/** What it is, where it stands, its figures, and what can be done with it now. */
export function DocumentHeader({ open }: { readonly open: Open }) {
  const say = useText()
  const { language } = useKit()
  const { titles } = useTitles()
  const { view, dirty, busy, save, undo } = open
  const { entity, document, title, state } = view
  const what = language === 'en' ? entity.label.en.toLowerCase() : entity.label.zh
  const figures = document ? entity.fields.filter((field) => isFigure(field) && document[field.name] !== null && document[field.name] !== undefined) : []
  const links = view.links.filter(({ takesBack, title: name }) => takesBack && name)
  const takenBack = [...new Set(links.map((link) => link.entity))].map((slug) => {
    const ofKind = links.filter((link) => link.entity === slug)
    return { label: ofKind[0]?.label ?? entity.label, links: ofKind }
  })
  return (
    <header className={styles.header}>
      <div className={styles.titleRow}>
        <div className={styles.title}>
          {document ? <span className={styles.kind}>{say(entity.label)}</span> : null}
          <h1>{document ? nameOf(view) || say(entity.label) : say(documentTexts.newOne, { what })}{title.hint ? <small>{title.hint}</small> : null}</h1>
          {state ? <span className={styles.state}><StateChip label={state.label} tone={state.tone} />{state.since ? <small><Moment value={state.since} /></small> : null}</span> : null}
          {state?.due ? <span className={styles.state}><StateChip label={state.overdue ? documentTexts.overdue : documentTexts.due} tone={state.overdue ? 'bad' : 'neutral'} /><small><Moment value={state.due} exact /></small></span> : null}
          {dirty && document ? <span className={styles.unsaved}>{say(documentTexts.unsaved)}</span> : null}
        </div>
        <div className={styles.actions}>
          {view.editable && (dirty || !document) ? (
            <div className={styles.save}>
              {document ? <Button look="ghost" onClick={undo} disabled={busy}>{say(documentTexts.reset)}</Button> : null}
              <Button look="primary" busy={busy} aria-keyshortcuts="Control+S" title="Ctrl+S" onClick={() => void save()}>{say(document ? documentTexts.save : documentTexts.create)}</Button>
            </div>
          ) : null}
          {document ? <WorkflowBar open={open} /> : null}
          {document && entity.operations.some(({ name }) => name === 'explode') ? <StructureLinks document={document} /> : null}
          {document && entity.printable ? <PrintMenu path={`/api/${entity.slug}/${encodeURIComponent(document.id)}/pdf`} /> : null}
          {document && view.discardable ? <DiscardMenu open={open} /> : null}
        </div>
      </div>
      {figures.length > 0 || takenBack.length > 0 ? (
        <dl className={styles.figures} aria-label={say(documentTexts.key)}>
          {figures.map((field) => (
            <div key={field.name} {...(field.help ? { title: say(field.help) } : {})}>
              <dt>{say(field.label)}</dt>
              <dd data-main={field.name === 'grandTotal' || undefined}><FieldValue field={field} value={document?.[field.name]} titles={titles} /></dd>
            </div>
          ))}
          {takenBack.map(({ label, links }) => (
            <div key={label.en}>
              <dt>{say(label)}</dt>
              <dd>{links.map(({ id, entity: slug, title: name }) => <Link key={id} className={styles.takenBack} href={`/admin/collections/${slug}/${encodeURIComponent(id)}`} prefetch={false}>{name}</Link>)}</dd>
            </div>
          ))}
        </dl>
      ) : null}
    </header>
  )
}

/** From a bill of material to what it opens into, and to what it changed. */
function StructureLinks({ document: { id, part, revises } }: { readonly document: Readonly<Record<string, unknown>> }) {
  const say = useText()
  const at = (question: Readonly<Record<string, string>>) => `/admin/structure?${new URLSearchParams(question).toString()}`
  return (
    <>
      {typeof part === 'string' ? <ButtonLink icon="graph" href={at({ part })}>{say(structureTexts.title)}</ButtonLink> : null}
      {typeof revises === 'string' && revises ? <ButtonLink icon="columns" href={at({ view: 'compare', before: revises, after: String(id) })}>{say(structureTexts.compareFormer)}</ButtonLink> : null}
    </>
  )
}

/** Amounts, quantities and statuses that commands keep; the rest stands with the details. */
export const isFigure = ({ type, readOnly, advanced, options }: FieldDefinition) =>
  Boolean(readOnly) && !advanced && (type === 'money' || type === 'quantity' || type === 'percent' || (type === 'select' && Boolean(options?.some(({ tone }) => tone))))

function PrintMenu({ path }: { readonly path: string }) {
  const say = useText()
  const print = (language: 'en' | 'zh') => window.open(`${path}?language=${language}`, '_blank', 'noopener')
  return (
    <Menu label={say(documentTexts.print)} trigger={(props) => <IconButton {...props} look="plain" icon="print" label={say(documentTexts.print)} />}>
      {(close) => (
        <>
          <MenuItem onSelect={() => { close(); print('en') }}>{say(documentTexts.printIn, { language: say(documentTexts.english) })}</MenuItem>
          <MenuItem onSelect={() => { close(); print('zh') }}>{say(documentTexts.printIn, { language: say(documentTexts.chinese) })}</MenuItem>
        </>
      )}
    </Menu>
  )
}

function DiscardMenu({ open }: { readonly open: Open }) {
  const say = useText()
  const router = useRouter()
  const [asks, setAsks] = useState(false)
  const [key] = useState(newKey)
  const { busy, problem, run } = useCommand()
  const { entity, document } = open.view
  const what = nameOf(open.view) || say(entity.label)
  const discard = async () => {
    const result = await run(`/api/${entity.slug}/${encodeURIComponent(document?.id ?? '')}`, { method: 'DELETE', body: { expectedVersion: document?.version }, key })
    if (!result) return
    notify(say(documentTexts.discarded, { what }))
    router.push(`/admin/collections/${entity.slug}`)
  }
  return (
    <>
      <Menu label={say(documentTexts.moreActions)} trigger={(props) => <IconButton {...props} look="plain" icon="more" label={say(documentTexts.moreActions)} />}>
        {(close) => <MenuItem danger onSelect={() => { close(); setAsks(true) }}>{say(documentTexts.discard)}</MenuItem>}
      </Menu>
      {asks ? (
        <ConfirmPanel title={say(documentTexts.discardTitle, { what })} text={say(documentTexts.discardText)} action={say(documentTexts.discard)} danger busy={busy} onConfirm={() => void discard()} onClose={() => setAsks(false)}>
          <ErrorBanner problem={problem} />
        </ConfirmPanel>
      ) : null}
    </>
  )
}
