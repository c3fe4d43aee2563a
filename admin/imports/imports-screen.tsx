'use client'

import Link from 'next/link'
import { useState } from 'react'
import { useCrumb } from '../frame/crumbs.tsx'
import { useApi } from '../kit/api.ts'
import { ButtonLink } from '../kit/button.tsx'
import { useText } from '../kit/kit-context.tsx'
import { EmptyState, ErrorBanner } from '../kit/surfaces.tsx'
import { Moment, StateChip } from '../kit/values.tsx'
import { importStates, importTexts } from '../locales/import-texts.ts'
import { countText } from './count-tiles.tsx'
import type { ImportLine, ImportsView } from './import-types.ts'
import { Pager } from './pager.tsx'
import styles from './imports.module.css'

const perPage = 25

/** All imports that one may see, the newest first. */
export function ImportsScreen({ initial }: { readonly initial: ImportsView }) {
  const say = useText()
  useCrumb(importTexts.title)
  const [page, setPage] = useState(1)
  const { data, problem } = useApi<ImportsView>(`/api/imports?page=${page}&limit=${perPage}`, initial)
  const view = data ?? initial
  const columns = [importTexts.number, importTexts.file, importTexts.into, importTexts.state, importTexts.result, importTexts.who, importTexts.when]
  return (
    <div className={styles.screen}>
      <header className={styles.head}>
        <div><h1>{say(importTexts.title)}</h1><p>{say(importTexts.text)}</p></div>
        {view.totalDocs > 0 ? <ButtonLink look="primary" icon="upload" href="/admin/imports/new">{say(importTexts.begin)}</ButtonLink> : null}
      </header>
      <ErrorBanner problem={problem} />
      {view.totalDocs === 0 ? (
        <EmptyState icon="upload" title={say(importTexts.emptyTitle)} text={say(importTexts.emptyText)}><ButtonLink look="primary" icon="upload" href="/admin/imports/new">{say(importTexts.begin)}</ButtonLink></EmptyState>
      ) : (
        <div className={styles.tableBox} tabIndex={0} role="region" aria-label={say(importTexts.title)}>
          <table className={`${styles.table} ${styles.cards} ${styles.imports}`}>
            <thead><tr>{columns.map((text) => <th key={text.en} scope="col">{say(text)}</th>)}</tr></thead>
            <tbody>{view.docs.map((line) => <Line key={line.id} line={line} />)}</tbody>
          </table>
        </div>
      )}
      <Pager page={page} perPage={perPage} total={view.totalDocs} onPage={setPage} />
    </div>
  )
}

function Line({ line }: { readonly line: ImportLine }) {
  const say = useText()
  const { counts } = line
  return (
    <tr>
      <td><Link href={`/admin/imports/${line.id}`} prefetch={false}>{line.number}</Link></td>
      <td className={styles.fileName} data-label={say(importTexts.file)} title={line.fileName}>{line.fileName}</td>
      <td data-label={say(importTexts.into)}>{say(line.entityLabel)}</td>
      <td><StateChip {...importStates[line.status]} /></td>
      <td data-label={say(importTexts.result)}>
        {counts.created + counts.changed > 0 ? say(importTexts.results, { created: countText(counts, 'created'), changed: countText(counts, 'changed') }) : <span className={styles.faint}>—</span>}
        {counts.bad > 0 ? <span className={styles.faint}> · {say(importTexts.bad)}: {countText(counts, 'bad')}</span> : null}
      </td>
      <td data-label={say(importTexts.who)}>{line.createdBy.name}</td>
      <td data-label={say(importTexts.when)}><Moment value={line.endedAt ?? line.createdAt} /></td>
    </tr>
  )
}
