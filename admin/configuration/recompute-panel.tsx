'use client'

import Link from 'next/link'
import { useEffect, useState } from 'react'
import type { RecomputationView } from '../../plugins/core/configuration/recompute-job.ts'
import { ProgressBar } from '../imports/progress-bar.tsx'
import { useApi, useCommand } from '../kit/api.ts'
import { Button } from '../kit/button.tsx'
import { useText } from '../kit/kit-context.tsx'
import { ErrorBanner, Panel } from '../kit/surfaces.tsx'
import { Moment } from '../kit/values.tsx'
import { recomputeTexts } from '../locales/recompute-texts.ts'
import styles from './configuration.module.css'

const followMilliseconds = 1_000

/** Has all records of a form computed anew, and tells what came of each that has a problem. `target`: where its records are shown. */
export function RecomputePanel({ slug, target }: { readonly slug: string; readonly target: string }) {
  const say = useText()
  const path = `/api/configuration/fields/${slug}/recomputation`
  const { data, problem, reload } = useApi<RecomputationView>(path)
  const { busy, problem: refused, run } = useCommand()
  const [begun, setBegun] = useState(false)
  const isUnderWay = begun || data?.status === 'waiting' || data?.status === 'running'
  useEffect(() => {
    if (!isUnderWay) return undefined
    const timer = setInterval(() => { setBegun(false); void reload() }, followMilliseconds)
    return () => clearInterval(timer)
  }, [isUnderWay, reload])
  const start = async () => {
    if (await run<RecomputationView>(path, { method: 'POST', body: {} })) setBegun(true)
  }
  const told = data?.told ?? null
  const label = told && isUnderWay ? say(recomputeTexts.running, { done: told.done, total: told.total }) : say(recomputeTexts.waiting)
  return (
    <Panel title={say(recomputeTexts.title)} actions={data?.mayStart ? <Button busy={busy || isUnderWay} onClick={() => void start()}>{say(recomputeTexts.start)}</Button> : undefined}>
      <p className={styles.note}>{say(recomputeTexts.text)}</p>
      <ErrorBanner problem={refused ?? problem} />
      {isUnderWay ? <div role="status"><p>{label}</p><ProgressBar value={told && told.total > 0 ? told.done / told.total : null} label={label} /></div> : null}
      {data?.status === 'failed' && !isUnderWay ? <p role="alert">{say(recomputeTexts.failed)}</p> : null}
      {told && data?.status === 'done' && !isUnderWay ? (
        <>
          <p role="status">{data.at ? <><Moment value={data.at} /> · </> : null}{say(recomputeTexts.done, { done: told.done, changed: told.changed, failed: told.failed })}</p>
          {told.problems.length > 0 ? (
            <ul className={styles.problems}>
              {told.problems.map(({ id, title, message }) => <li key={id}><Link href={`/admin/collections/${target}/${id}`} prefetch={false}>{title}</Link> {say(message)}</li>)}
              {told.failed > told.problems.length ? <li>{say(recomputeTexts.more, { count: told.failed - told.problems.length })}</li> : null}
            </ul>
          ) : null}
        </>
      ) : null}
    </Panel>
  )
}
