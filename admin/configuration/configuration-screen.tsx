'use client'

import Link from 'next/link'
import { useCallback, useState } from 'react'
import { systems } from '../../config/systems.ts'
import type { ConfigurationView, ConfiguredEntity } from '../../plugins/core/configuration/configuration-view.ts'
import { useCrumb } from '../frame/crumbs.tsx'
import { useApi } from '../kit/api.ts'
import { Button } from '../kit/button.tsx'
import { downloadFrom } from '../kit/download.ts'
import { Icon } from '../kit/icon.tsx'
import { useText } from '../kit/kit-context.tsx'
import { ErrorBanner, Panel } from '../kit/surfaces.tsx'
import { configurationTexts } from '../locales/configuration-texts.ts'
import { ownEntityTexts } from '../locales/own-entity-texts.ts'
import { frameTexts } from '../locales/texts.ts'
import { NewEntity } from './entity-panel.tsx'
import { PagesPanel } from './pages-panel.tsx'
import { Misfits } from './misfits.tsx'
import { labelsOf, PublishPanel } from './publish-panel.tsx'
import { VersionsPanel } from './versions-panel.tsx'
import styles from './configuration.module.css'

/** All forms that a firm can extend, what is prepared, and what was published before. */
export function ConfigurationScreen({ initial }: { readonly initial: ConfigurationView }) {
  const say = useText()
  useCrumb(configurationTexts.title)
  const { data, problem, reload } = useApi<ConfigurationView>('/api/configuration', initial)
  const view = data ?? initial
  const [words, setWords] = useState('')
  const [isNew, setNew] = useState(false)
  const again = useCallback(() => void reload(), [reload])
  const sought = words.trim().toLowerCase()
  const found = view.entities.filter(({ slug, labels }) => `${slug} ${labels.en} ${labels.zh}`.toLowerCase().includes(sought))
  const isOwn = ({ slug }: ConfiguredEntity) => slug.startsWith('own-')
  const groups = [...new Set(found.filter((entity) => !isOwn(entity)).map(({ system }) => system))]
  return (
    <div className={styles.screen}>
      <header className={styles.head}>
        <div><h1>{say(configurationTexts.title)}</h1><p>{say(configurationTexts.text)}</p></div>
        <span className={styles.faint}>{say(configurationTexts.revision, { number: view.revision })}</span>
        <Button icon="download" onClick={() => downloadFrom('/api/configuration/client')}>{say(configurationTexts.client)}</Button>
        {view.mayEdit ? <Button look="primary" icon="plus" onClick={() => setNew(true)}>{say(ownEntityTexts.newEntity)}</Button> : null}
      </header>
      <ErrorBanner problem={problem} />
      <Misfits misfits={view.misfits} labelOf={labelsOf(view)} />
      <PublishPanel view={view} onPublished={again} />
      <PagesPanel view={view} />
      <div className={styles.search}>
        <Icon name="search" />
        <input type="search" value={words} aria-label={say(configurationTexts.search)} placeholder={say(configurationTexts.search)} onChange={(event) => setWords(event.target.value)} />
      </div>
      {found.some(isOwn) ? <Panel flush title={say(ownEntityTexts.ofTheFirm)}><Forms entities={found.filter(isOwn)} /></Panel> : null}
      {found.length === 0 ? <p className={styles.note}>{say(configurationTexts.noMatch)}</p> : null}
      {groups.map((slug) => (
        <Panel key={slug} flush title={say(systems.find((system) => system.slug === slug)?.name ?? frameTexts.basics)}>
          <Forms entities={found.filter((entity) => entity.system === slug && !isOwn(entity))} />
        </Panel>
      ))}
      {isNew ? <NewEntity taken={new Set(view.entities.map(({ slug }) => slug))} onClose={() => setNew(false)} /> : null}
      <VersionsPanel view={view} onDrafted={again} />
    </div>
  )
}

function Forms({ entities }: { readonly entities: readonly ConfiguredEntity[] }) {
  const say = useText()
  const columns = [configurationTexts.form, configurationTexts.own, configurationTexts.shipped, configurationTexts.draft]
  return (
    <table className={`${styles.table} ${styles.forms}`}>
      <thead><tr>{columns.map((text) => <th key={text.en} scope="col">{say(text)}</th>)}</tr></thead>
      <tbody>
        {entities.map(({ slug, labels, own, shipped, draft }) => (
          <tr key={slug}>
            <th scope="row"><Link href={`/admin/configuration/${slug}`} prefetch={false}>{say(labels)}</Link></th>
            <td>{own > 0 ? <strong>{own}</strong> : <span className={styles.faint}>—</span>}</td>
            <td className={styles.faint}>{shipped}</td>
            <td>{draft ? <span className={styles.change} data-kind="changed">{say(draft.changes === 1 ? configurationTexts.draftOne : configurationTexts.draftMany, { count: draft.changes, name: draft.by })}</span> : null}</td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}
