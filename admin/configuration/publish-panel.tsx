'use client'

import { useRouter } from 'next/navigation'
import { useCallback, useState } from 'react'
import type { ConfigurationView, PublicationView } from '../../plugins/core/configuration/configuration-view.ts'
import { warningKey } from '../../plugins/core/configuration/warning-key.ts'
import { Button } from '../kit/button.tsx'
import { useText } from '../kit/kit-context.tsx'
import { notify } from '../kit/notify.ts'
import { Banner, ErrorBanner, Panel } from '../kit/surfaces.tsx'
import { changeTexts } from '../locales/change-texts.ts'
import { configurationTexts } from '../locales/configuration-texts.ts'
import { pageDesignTexts } from '../locales/page-design-texts.ts'
import type { Text } from '../../config/language/text.ts'
import { ChangeList } from './change-list.tsx'
import { usePublication } from './use-publication.ts'
import styles from './configuration.module.css'

type Props = { readonly view: ConfigurationView; readonly onPublished: () => void }

/** What is prepared in all forms, what is wrong with it, and the button that makes it everyone's. */
export function PublishPanel({ view, onPublished }: Props) {
  const say = useText()
  const router = useRouter()
  const done = useCallback(({ revision, publication }: PublicationView) => {
    if (!publication?.problem) notify(say(configurationTexts.published, { number: revision }))
    onPublished()
    router.refresh()
  }, [onPublished, router, say])
  const { busy, problem, following, publish } = usePublication({ initial: view, onDone: done })
  const labelOf = labelsOf(view)
  const { problem: refused, detail } = view.publication ?? {}
  const keys = view.warnings.map(warningKey)
  const [read, setRead] = useState('')
  const isRead = keys.length === 0 || read === keys.join()
  const isEmpty = view.changes.length === 0 && view.findings.length === 0
  if (isEmpty && !following) return null
  return (
    <Panel
      title={say(configurationTexts.prepared)}
      actions={view.mayEdit ? <Button look="primary" busy={busy || following !== null} disabled={view.findings.length > 0 || !view.canPublish || !isRead} onClick={() => void publish(view.revision, keys)}>{say(configurationTexts.publish)}</Button> : undefined}
    >
      <ErrorBanner problem={problem} />
      {refused && !following ? <Banner tone="bad"><strong>{say(configurationTexts.notPublished)}</strong><p>{say(refused)}</p>{detail ? <details className={styles.detail}><summary>{say(configurationTexts.technical)}</summary><code>{detail}</code></details> : null}</Banner> : null}
      {view.canPublish ? null : <p className={styles.note}>{say(configurationTexts.alone)}</p>}
      {following ? (
        <div role="status" className={styles.progress}>
          <span className={styles.bar} />
          <strong>{say(configurationTexts.publishing)}</strong>
          <span>{say(following.isLate ? configurationTexts.late : configurationTexts.publishingText)}</span>
        </div>
      ) : null}
      {keys.length > 0 && !following ? (
        <Banner tone="warning">
          <strong>{say(configurationTexts.warnings)}</strong>
          <ul>{view.warnings.map((warning) => <li key={warningKey(warning)}><strong>{say(labelOf(keyOfPath(warning.path)))}</strong> {say(warning.message)}</li>)}</ul>
          {view.mayEdit ? <label className={styles.accept}><input type="checkbox" checked={isRead} onChange={(event) => setRead(event.target.checked ? keys.join() : '')} /> {say(configurationTexts.accept)}</label> : null}
        </Banner>
      ) : null}
      {view.findings.length > 0 ? (
        <div className={styles.findings}>
          <p>{say(configurationTexts.mend)}</p>
          <ul>{view.findings.map(({ path, message }) => <li key={`${path}${message.en}`}><strong>{say(labelOf(keyOfPath(path)))}</strong> {say(message)}</li>)}</ul>
        </div>
      ) : <ChangeList changes={view.changes} labelOf={labelOf} />}
    </Panel>
  )
}

/** What the place of a finding is about, as `labelsOf` takes it. */
export function keyOfPath(path: string): string {
  const [root, slug = ''] = path.split('.')
  return root === 'pages' ? `page:${slug}` : root === 'workflows' ? `workflow:${slug}` : slug
}

/** What an entity, a page (`page:<slug>`) or the workflow of an entity (`workflow:<slug>`) is called. */
export const labelsOf = ({ entities, pages }: Pick<ConfigurationView, 'entities' | 'pages'>) => (key: string): Text => {
  const [kind, slug] = key.includes(':') ? key.split(':') : [undefined, key]
  const entity = entities.find((one) => one.slug === slug)?.labels ?? { en: slug ?? key, zh: slug ?? key }
  if (kind === 'workflow') return { en: `${changeTexts.workflowOf.en}${entity.en}`, zh: `${changeTexts.workflowOf.zh}${entity.zh}` }
  const page = kind === 'page' ? pages.find((one) => one.slug === slug)?.title : undefined
  return page ? { en: `${pageDesignTexts.page.en} “${page.en}”`, zh: `${pageDesignTexts.page.zh}“${page.zh}”` } : entity
}
