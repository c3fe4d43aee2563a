'use client'

import Link from 'next/link'
import { useEffect, useState } from 'react'
import type { ProcessDocument, ProcessDocuments } from '../../plugins/core/process/process-documents.ts'
import { asProblem, request, type RequestProblem } from '../kit/api.ts'
import { Button } from '../kit/button.tsx'
import { useText } from '../kit/kit-context.tsx'
import { SidePanel } from '../kit/side-panel.tsx'
import { ErrorBanner, Skeleton } from '../kit/surfaces.tsx'
import { Moment, StateChip } from '../kit/values.tsx'
import { processTexts } from '../locales/running-texts.ts'
import styles from './process.module.css'

/** What is asked of the documents behind a number; each of several questions in its turn. */
export type Behind = { readonly title: string; readonly questions: readonly Readonly<Record<string, string>>[] }

export function DocumentsPanel({ entity, period, behind, onClose }: { readonly entity: string; readonly period: string; readonly behind: Behind; readonly onClose: () => void }) {
  const say = useText()
  const [rows, setRows] = useState<readonly ProcessDocument[]>([])
  const [place, setPlace] = useState<{ readonly question: number; readonly next: string | null } | null>({ question: 0, next: null })
  const [problem, setProblem] = useState<RequestProblem | null>(null)
  const [loading, setLoading] = useState(true)
  const load = async () => {
    const question = place && behind.questions[place.question]
    if (!place || !question) return
    setLoading(true)
    try {
      const params = new URLSearchParams({ period, ...question, ...(place.next === null ? {} : { next: place.next }) })
      const answer = await request<ProcessDocuments>(`/api/workflows/${entity}/process/documents?${params.toString()}`)
      setRows((old) => [...old, ...answer.rows])
      setPlace(answer.next !== null ? { question: place.question, next: answer.next } : place.question + 1 < behind.questions.length ? { question: place.question + 1, next: null } : null)
    } catch (error) {
      setProblem(asProblem(error))
    } finally {
      setLoading(false)
    }
  }
  useEffect(() => { void load() }, [])
  return (
    <SidePanel title={behind.title} onClose={onClose}>
      <ErrorBanner problem={problem} />
      <ul className={styles.documents}>
        {rows.map(({ id, title, state, at, who }, index) => (
          <li key={`${id}${index}`}>
            <Link href={`/admin/collections/${entity}/${encodeURIComponent(id)}`} prefetch={false}>{title.title}</Link>{state ? <StateChip label={state.label} tone={state.tone} /> : null}
            <small>{who} · <Moment value={at} exact /></small>
          </li>
        ))}
      </ul>
      {loading ? <Skeleton width="60%" /> : rows.length === 0 && place === null ? <p className={styles.note}>{say(processTexts.noneBehind)}</p> : null}
      {!loading && place ? <Button small onClick={() => void load()}>{say(processTexts.more)}</Button> : null}
    </SidePanel>
  )
}
