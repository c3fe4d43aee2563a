'use client'

import { useEffect, useState } from 'react'
import type { Against } from '../../plugins/core/configuration/workflows/live-documents.ts'
import type { WalkView } from '../../plugins/core/configuration/workflows/walk-view.ts'
import { ProgressBar } from '../imports/progress-bar.tsx'
import { useApi, useCommand } from '../kit/api.ts'
import { Button } from '../kit/button.tsx'
import { downloadFrom } from '../kit/download.ts'
import { useText } from '../kit/kit-context.tsx'
import { ErrorBanner, Panel, Skeleton } from '../kit/surfaces.tsx'
import { Moment } from '../kit/values.tsx'
import { walkTexts } from '../locales/walk-texts.ts'
import styles from './configuration.module.css'

const followMilliseconds = 1_500

/** Has a workflow tried out on a scratch copy, tells which transitions were taken and why others were not, and hands out the script. */
export function WalksPanel({ slug }: { readonly slug: string }) {
  const say = useText()
  const [asked, setAsked] = useState<Against | null>(null)
  const path = `/api/configuration/workflows/${slug}`
  const { data, problem, reload } = useApi<WalkView>(`${path}/walks${asked ? `?of=${asked}` : ''}`)
  const { busy, problem: refused, run } = useCommand()
  const [begun, setBegun] = useState(false)
  const isUnderWay = begun || data?.status === 'waiting' || data?.status === 'running'
  useEffect(() => {
    if (!isUnderWay) return undefined
    const timer = setInterval(() => { setBegun(false); void reload() }, followMilliseconds)
    return () => clearInterval(timer)
  }, [isUnderWay, reload])
  if (!data) return <Panel title={say(walkTexts.title)}><ErrorBanner problem={problem} />{problem ? null : <Skeleton />}</Panel>
  const { of, progress, report, version } = data
  const start = async () => {
    if (await run<WalkView>(`${path}/walks`, { method: 'POST', body: { of } })) { setBegun(true); void reload() }
  }
  const label = progress ? say(walkTexts.running, { done: progress.done, walks: progress.walks }) : say(walkTexts.waiting)
  return (
    <Panel
      title={say(walkTexts.title)}
      actions={version === null ? undefined : (
        <>
          <Button icon="download" onClick={() => downloadFrom(`${path}/script?of=${of}&language=${say(inLanguage)}`)}>{say(walkTexts.script)}</Button>
          {data.mayStart ? <Button busy={busy || isUnderWay} onClick={() => void start()}>{say(walkTexts.start)}</Button> : null}
        </>
      )}
    >
      <p className={styles.note}>{say(walkTexts.text)}</p>
      <ErrorBanner problem={refused ?? problem} />
      <p>
        <label>{say(walkTexts.of)} <select className={styles.pick} value={of} onChange={(event) => setAsked(event.target.value as Against)}>
          <option value="published">{of === 'published' && version !== null ? say(walkTexts.published, { version }) : say(walkTexts.publishedPlain)}</option>
          {data.hasDraft ? <option value="draft">{say(walkTexts.draft)}</option> : null}
        </select></label>
      </p>
      {version === null ? <p role="alert">{say(walkTexts.unfinished)}</p> : null}
      {isUnderWay ? <div role="status"><p>{label}</p><ProgressBar value={progress && progress.walks > 0 ? progress.done / progress.walks : null} label={label} /></div> : null}
      {data.status === 'failed' && !isUnderWay ? <p role="alert">{say(walkTexts.failed)}</p> : null}
      {report === null && !isUnderWay && version !== null ? <p className={styles.note}>{say(walkTexts.none)}</p> : null}
      {report && !isUnderWay ? <Result report={report} /> : null}
    </Panel>
  )
}

const inLanguage = { en: 'en', zh: 'zh' } as const

function Result({ report: { at, taken, total, walks, untaken } }: { readonly report: NonNullable<WalkView['report']> }) {
  const say = useText()
  return (
    <>
      <p role="status"><Moment value={at} /> · {say(taken === total ? walkTexts.all : walkTexts.some, { taken, total, walks })}</p>
      {untaken.length > 0 ? (
        <>
          <h3>{say(walkTexts.untaken)}</h3>
          <ul className={styles.problems}>{untaken.map(({ transition, from, event, why }) => <li key={transition}><strong>{say(from)} → {say(event)}</strong> {say(why)}</li>)}</ul>
        </>
      ) : null}
    </>
  )
}
