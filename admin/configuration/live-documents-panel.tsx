'use client'

import { useEffect, useState } from 'react'
import type { Against, LiveDocumentsView, LiveState } from '../../plugins/core/configuration/workflows/live-documents.ts'
import { useApi, useCommand } from '../kit/api.ts'
import { Button } from '../kit/button.tsx'
import { useText } from '../kit/kit-context.tsx'
import { ConfirmPanel } from '../kit/side-panel.tsx'
import { Banner, ErrorBanner, Panel, Skeleton } from '../kit/surfaces.tsx'
import { migrationTexts } from '../locales/migration-texts.ts'
import { LiveStates, lossesOf } from './live-states.tsx'
import { MigrationState } from './migration-state.tsx'
import { ReplayResult } from './replay-result.tsx'
import styles from './configuration.module.css'
import live from './live-documents.module.css'

const followMilliseconds = 1_000
type Chosen = Readonly<Record<string, string>>

/** Where the documents of a workflow stand by version, what becomes of them under another one, and the plan that moves them. */
export function LiveDocumentsPanel({ slug }: { readonly slug: string }) {
  const say = useText()
  const [asked, setAsked] = useState<Against | null>(null)
  const path = `/api/configuration/workflows/${slug}`
  const { data, problem, reload } = useApi<LiveDocumentsView>(`${path}/documents${asked ? `?against=${asked}` : ''}`)
  const { busy, problem: refused, run } = useCommand()
  const [begun, setBegun] = useState(false)
  const [chosen, setChosen] = useState<Chosen>({})
  const [asks, setAsks] = useState(false)
  const last = data?.migrations[0]
  const isUnderWay = begun || data?.replay.status === 'waiting' || data?.replay.status === 'running' || last?.status === 'running' || last?.status === 'reverting'
  useEffect(() => {
    if (!isUnderWay) return undefined
    const timer = setInterval(() => { setBegun(false); void reload() }, followMilliseconds)
    return () => clearInterval(timer)
  }, [isUnderWay, reload])
  const post = async (where: string, body: object = {}) => {
    if (await run<object>(`${path}${where}`, { method: 'POST', body })) { setBegun(true); void reload() }
  }
  if (!data) return <Panel title={say(migrationTexts.title)}><ErrorBanner problem={problem} />{problem ? null : <Skeleton />}</Panel>
  const { target, states, against } = data
  const goes = (one: LiveState): string => chosen[one.state] ?? one.to ?? ''
  const map = Object.fromEntries(states.filter((one) => goes(one) !== '' && goes(one) !== one.state).map((one) => [one.state, goes(one)]))
  const moving = states.filter((one) => goes(one) !== '').reduce((sum, { count }) => sum + count, 0)
  const losing = states.filter((one) => lossesOf(one, goes(one)).length > 0).reduce((sum, { count }) => sum + count, 0)
  const isOpen = last !== undefined && last.status !== 'confirmed' && last.status !== 'reverted'
  const mayMove = data.mayMigrate && against === 'published' && target !== null && moving > 0 && !isOpen
  return (
    <Panel
      title={say(migrationTexts.title)}
      actions={data.mayMigrate && target && states.length > 0 ? (
        <>
          <Button busy={busy || isUnderWay} onClick={() => void post('/replays', { against, map })}>{say(migrationTexts.replay)}</Button>
          {against === 'published' ? <Button look="primary" disabled={!mayMove} busy={busy || isUnderWay} onClick={() => setAsks(true)}>{say(migrationTexts.move)}</Button> : null}
        </>
      ) : undefined}
    >
      <p className={styles.note}>{say(migrationTexts.text)}</p>
      <ErrorBanner problem={refused ?? problem} />
      {last ? <MigrationState migration={last} mayDecide={data.mayMigrate} busy={busy} onDecide={(how) => void post(`/migrations/${last.id}/${how}`)} /> : null}
      <label className={live.against}>{say(migrationTexts.against)} <select className={styles.pick} value={against} onChange={(event) => setAsked(event.target.value as Against)}>
        <option value="published">{say(migrationTexts.published, { version: data.publishedVersion })}</option>
        {data.hasDraft ? <option value="draft">{say(migrationTexts.draft)}</option> : null}
      </select></label>
      {target ? <p className={styles.note}>{say(migrationTexts.present, { present: data.present, ended: data.ended })}</p> : <p role="alert">{say(migrationTexts.unfinished)}</p>}
      {states.length === 0 ? <p className={styles.note}>{say(migrationTexts.none)}</p> : <LiveStates states={states} targets={target?.states ?? []} goes={goes} onChoose={(state, to) => setChosen({ ...chosen, [state]: to })} mayChoose={data.mayMigrate && target !== null} />}
      <ReplayResult entity={slug} replay={data.replay} />
      {asks && target ? (
        <ConfirmPanel title={say(migrationTexts.moveTitle, { count: moving, version: target.version })} text={say(migrationTexts.moveText)} action={say(migrationTexts.move)} busy={busy} onClose={() => setAsks(false)} onConfirm={() => { setAsks(false); void post('/migrations', { to: target.hash, map }) }}>
          {losing > 0 ? <Banner tone="warning">{say(migrationTexts.losing, { count: losing })}</Banner> : null}
        </ConfirmPanel>
      ) : null}
    </Panel>
  )
}
