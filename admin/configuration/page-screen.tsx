'use client'

import Link from 'next/link'
import { useMemo, useState } from 'react'
import type { Text } from '../../config/language/text.ts'
import type { PageConfigurationView } from '../../plugins/core/pages/page-configuration.ts'
import { useCrumb } from '../frame/crumbs.tsx'
import { ButtonLink } from '../kit/button.tsx'
import { useShortcuts } from '../kit/keyboard.ts'
import { useText } from '../kit/kit-context.tsx'
import { useUnsaved } from '../kit/leave-guard.tsx'
import { ConfirmPanel } from '../kit/side-panel.tsx'
import { Banner, ErrorBanner } from '../kit/surfaces.tsx'
import { configurationTexts } from '../locales/configuration-texts.ts'
import { pageDesignTexts } from '../locales/page-design-texts.ts'
import { FormPreview } from './form-preview.tsx'
import { LayoutEditor } from './layout-panel.tsx'
import { PageFileButtons } from './page-file-buttons.tsx'
import { PageGiven } from './page-given.tsx'
import { PageGs1 } from './page-gs1.tsx'
import { PageLink } from './page-link.tsx'
import { PageOffers } from './page-offers.tsx'
import { PageSettings } from './page-settings.tsx'
import { soundForm } from './sound-draft.ts'
import { fieldsOfPage, usePageDraft } from './use-page-draft.ts'
import { DraftConflictBanner } from './draft-conflict.tsx'
import { DraftTools } from './draft-tools.tsx'
import styles from './configuration.module.css'

/** A page of its own in the designer: what it is, what it asks for, what it enters itself, and how it will look. */
export function PageScreen({ initial }: { readonly initial: PageConfigurationView }) {
  const say = useText()
  const { view, content: page, problem, conflict, state, undo, redo, change, bring, discard, flush } = usePageDraft(initial)
  const [asksDiscard, setAsksDiscard] = useState(false)
  const title: Text = { en: view.slug, zh: view.slug, ...(page.title as Partial<Text> | undefined) }
  useCrumb(title)
  useUnsaved(state !== 'saved', flush)
  useShortcuts({
    'mod+z': (event) => { event.preventDefault(); if (event.shiftKey) redo?.(); else undo?.() },
    'mod+y': (event) => { event.preventDefault(); redo?.() },
  }, view.mayEdit)
  const { kind, askable, asked } = fieldsOfPage(view, page)
  const differs = JSON.stringify(page) !== JSON.stringify(view.published)
  const form = useMemo(() => soundForm({ rules: {}, ...(page.layout ? { layout: page.layout } : {}) }), [page.layout])
  const previewed = useMemo(() => ({ ...form, rules: view.rules }), [form, view.rules])
  const findings = state === 'saved' ? view.findings : []
  return (
    <div className={styles.screen}>
      <header className={styles.head}>
        <div><p><Link href="/admin/configuration" prefetch={false} className={styles.back}>{say(configurationTexts.back)}</Link></p><h1>{say(title)}</h1><p>{say(pageDesignTexts.pagesText)}</p></div>
        {view.path && kind !== 'public' && !view.published?.retired ? <ButtonLink href={view.path} icon="external">{say(pageDesignTexts.open)}</ButtonLink> : null}
      </header>
      <ErrorBanner problem={problem} />
      <DraftConflictBanner conflict={conflict} busy={state === 'saving'} />
      <DraftTools mayEdit={view.mayEdit} state={state} differs={differs} undo={undo} redo={redo} onDiscard={() => setAsksDiscard(true)}>
        <PageFileButtons view={view} onRead={bring} />
      </DraftTools>
      {findings.length > 0 ? <Banner tone="warning"><strong>{say(pageDesignTexts.problems)}</strong><ul>{findings.map(({ path, message }) => <li key={`${path}${message.en}`}>{say(message)}</li>)}</ul></Banner> : null}
      <fieldset disabled={!view.mayEdit} className={styles.plain}>
        <PageSettings view={view} page={page} onChange={change} />
        {kind === 'public' ? <PageLink view={view} page={page} onChange={change} /> : null}
        {asked.length + askable.length > 0 ? (
          <>
            <LayoutEditor title={say(pageDesignTexts.fields)} layout={page.layout ?? { sections: [] }} fields={[...askable, ...asked.filter((field) => !askable.includes(field))]} mayEdit={view.mayEdit} palette={pageDesignTexts.palette} kinds={['sections', 'steps']} onChange={(layout) => change({ ...page, layout })} />
            {kind === 'public' ? <PageOffers view={view} page={page} onChange={change} /> : null}
            {kind === 'shopFloor' ? <PageGs1 view={view} page={page} onChange={change} /> : null}
            <PageGiven view={view} page={page} onChange={change} />
          </>
        ) : null}
      </fieldset>
      {asked.length > 0 ? <FormPreview fields={asked} form={previewed} roles={[]} /> : null}
      {asksDiscard ? <ConfirmPanel danger title={say(configurationTexts.discard)} text={say(pageDesignTexts.discardText)} action={say(configurationTexts.discard)} onClose={() => setAsksDiscard(false)} onConfirm={() => { setAsksDiscard(false); void discard() }} /> : null}
    </div>
  )
}
