'use client'

import { useCallback, useEffect, useState } from 'react'
import type { SystemHealth } from '../../plugins/core/operations/system-health.ts'
import { useCrumb } from '../frame/crumbs.tsx'
import { request, useCommand } from '../kit/api.ts'
import { IconButton } from '../kit/button.tsx'
import { useText } from '../kit/kit-context.tsx'
import { notify } from '../kit/notify.ts'
import { Banner, ErrorBanner } from '../kit/surfaces.tsx'
import { healthTexts } from '../locales/health-texts.ts'
import { BackupPanel } from './backup-panel.tsx'
import { ProofPanel } from './proof-panel.tsx'
import { sizeText, spanText } from './sizes.ts'
import styles from './operations.module.css'

const followMilliseconds = 2_000

/** How the system is, for its owner: what needs a look first, then figures, the proof of the books, the backups. */
export function HealthScreen({ initial }: { readonly initial: SystemHealth }) {
  const say = useText()
  useCrumb(healthTexts.title)
  const { busy, problem, run } = useCommand()
  const [health, setHealth] = useState(initial)
  const reload = useCallback(async () => setHealth(await request<SystemHealth>('/api/system-health')), [])
  const isOpen = health.verification.open || health.backups.open
  useEffect(() => {
    if (!isOpen) return undefined
    const timer = setInterval(() => void reload().catch(() => { /* Looked at again at the next turn. */ }), followMilliseconds)
    return () => clearInterval(timer)
  }, [isOpen, reload])
  const begin = async (kind: 'verify' | 'backup') => {
    if (!(await run<{ job: string }>(`/api/system-health/${kind}`, { method: 'POST', body: {} }))) return
    notify(say(healthTexts.begun))
    await reload()
  }
  const { concerns, database, memory, disk, work } = health
  return (
    <div className={styles.screen}>
      <header className={styles.head}>
        <div><h1>{say(healthTexts.title)}</h1><p>{say(healthTexts.text, { version: health.version, revision: health.revision, host: health.host, time: spanText(health.upSeconds, say) })}</p></div>
        <IconButton icon="refresh" label={say(healthTexts.refresh)} onClick={() => void reload()} />
      </header>
      <ErrorBanner problem={problem} />
      {concerns.map(({ level, message }) => <Banner key={message.en} tone={level}>{say(message)}</Banner>)}
      {concerns.length === 0 ? <p className={styles.well}>{say(healthTexts.wellTitle)}</p> : null}
      <dl className={styles.figures}>
        <Figure label={say(healthTexts.database)} value={database.bytes === null ? '—' : sizeText(database.bytes)} more={`${database.kind === 'sqlite' ? 'SQLite' : 'MongoDB'} · ${say(healthTexts.answers, { count: database.answeredMilliseconds })}`} />
        <Figure label={say(healthTexts.lag)} value={spanText(work.lagSeconds, say)} more={say(healthTexts.lagText, { due: work.due, overdue: work.overdue })} />
        <Figure label={say(healthTexts.dead)} value={String(work.dead)} more={say(healthTexts.deadText)} />
        <Figure label={say(healthTexts.memory)} value={sizeText(memory.used)} more={say(healthTexts.heap, { size: sizeText(memory.heap) })} />
        <Figure label={say(healthTexts.disk)} value={disk ? sizeText(disk.free) : '—'} more={disk ? say(healthTexts.ofTotal, { size: sizeText(disk.total) }) : say(healthTexts.noDisk)} />
      </dl>
      <ProofPanel verification={health.verification} mayAct={health.mayAct} busy={busy} onRun={() => void begin('verify')} />
      <BackupPanel backups={health.backups} mayAct={health.mayAct} busy={busy} onRun={() => void begin('backup')} />
    </div>
  )
}

function Figure({ label, value, more }: { readonly label: string; readonly value: string; readonly more: string }) {
  return <div className={styles.figure}><dt>{label}</dt><dd>{value}</dd><dd className={styles.faint}>{more}</dd></div>
}
