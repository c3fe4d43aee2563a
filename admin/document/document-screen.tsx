'use client'

import { useEffect, useMemo, useRef, useState } from 'react'
import type { DocumentView } from '../../plugins/core/views/document-view.ts'
import { ApprovalsPanel } from '../approvals/approvals-panel.tsx'
import { useCrumb } from '../frame/crumbs.tsx'
import { useText } from '../kit/kit-context.tsx'
import { useShortcuts } from '../kit/keyboard.ts'
import { RecordPlace } from '../kit/record-place.tsx'
import { ErrorBanner } from '../kit/surfaces.tsx'
import { TitlesProvider } from '../kit/titles-context.tsx'
import { documentTexts } from '../locales/document-texts.ts'
import { ConflictBanner } from './conflict-banner.tsx'
import { DetailsPanel } from './details-panel.tsx'
import { nameOf } from './document-name.ts'
import { DocumentHeader } from './document-header.tsx'
import { findingsOf } from './findings.ts'
import { showFirstWrong } from './first-wrong.ts'
import { isWritable } from './form-values.ts'
import { LinesPanel } from './lines-panel.tsx'
import { LinkedDocuments } from './linked-documents.tsx'
import { LifecycleView, TraceView, useViewChoice, ViewTabs } from './pictures.tsx'
import { TaxLines } from './tax-lines.tsx'
import { Timeline } from './timeline.tsx'
import { useDocument } from './use-document.ts'
import styles from './document.module.css'

/** Any document or master record: header with state and steps, form, lines, timeline, pictures. `isPage`: the address is its own. */
export function DocumentScreen({ initial, isPage = true }: { readonly initial: DocumentView; readonly isPage?: boolean }) {
  const say = useText()
  const open = useDocument(initial)
  const { view, dirty, busy, problem, save } = open
  const { entity, document } = view
  const [shown, choose] = useViewChoice({ isPage })
  const [learned, setLearned] = useState<readonly string[]>([])
  useCrumb(document
    ? { en: nameOf(view) || entity.label.en, zh: nameOf(view) || entity.label.zh }
    : { en: `New ${entity.label.en.toLowerCase()}`, zh: `新建${entity.label.zh}` })
  const saveByKey = (event: KeyboardEvent) => {
    event.preventDefault()
    if (view.editable && !busy && (dirty || !document)) void save()
  }
  useShortcuts({ 'mod+s': saveByKey, 'mod+Enter': saveByKey })
  const place = useMemo(() => (document ? { entity: entity.slug, id: String(document.id), values: document } : undefined), [entity.slug, document])
  const findings = findingsOf(problem, open.sentLines)
  const atFields = view.editable ? entity.fields.filter(isWritable).map(({ name }) => name) : []
  const inTables = [...findings.fields.keys()].filter((path) => atFields.includes(path.split('.')[0] ?? ''))
  const form = useRef<HTMLFormElement>(null)
  useEffect(() => {
    if (!problem) return
    // Once the part and the columns that it names are drawn.
    const frame = requestAnimationFrame(() => showFirstWrong(form.current))
    return () => cancelAnimationFrame(frame)
  }, [problem])
  const isConflict = problem?.code === 'versionConflict'
  return (
    <TitlesProvider titles={view.titles}>
      <div className={styles.page}>
        <DocumentHeader open={open} />
        {problem ? (
          <div className={styles.problem}>
            {isConflict ? <ConflictBanner open={open} /> : <ErrorBanner problem={problem} shown={new Set([...findings.shown, ...atFields, ...inTables])} />}
          </div>
        ) : null}
        {learned.length > 0 ? <div className={styles.problem} role="status">{learned.map((text) => <p key={text} className={styles.note}>{text}</p>)}</div> : null}
        {document ? <ViewTabs view={view} shown={shown} onChoose={choose} /> : null}
        <div className={styles.body} data-view={shown}>
          <div className={styles.main}>
            {shown === 'lifecycle' ? <LifecycleView view={view} /> : shown === 'trace' ? <TraceView view={view} /> : (
              <form ref={form} noValidate className={styles.form} onSubmit={(event) => { event.preventDefault(); void save() }}>
                <RecordPlace value={place}><DetailsPanel open={open} findings={findings.fields} /></RecordPlace>
                {entity.lines ? <LinesPanel open={open} findings={findings.lines} onLearn={setLearned} /> : null}
                <TaxLines document={document} />
                <button type="submit" hidden disabled={!view.editable} />
              </form>
            )}
          </div>
          {document && shown !== 'trace' ? (
            <aside className={styles.rail} aria-label={say(documentTexts.around)}>
              <ApprovalsPanel approvals={view.approvals} title={view.title.title} unsaved={dirty} onDone={open.reload} />
              {entity.kind === 'document' ? <LinkedDocuments links={view.links} /> : null}
              <Timeline entries={view.history} />
            </aside>
          ) : null}
        </div>
      </div>
    </TitlesProvider>
  )
}
