'use client'

import { useState } from 'react'
import { longText, required } from '../../config/language/fields.ts'
import type { DeadLetterView } from '../../plugins/core/api/dead-letters.ts'
import { useCrumb } from '../frame/crumbs.tsx'
import { request, useCommand } from '../kit/api.ts'
import { Button, IconButton } from '../kit/button.tsx'
import { LabelledField } from '../kit/field-input.tsx'
import { useText } from '../kit/kit-context.tsx'
import { notify } from '../kit/notify.ts'
import { ConfirmPanel } from '../kit/side-panel.tsx'
import { EmptyState, ErrorBanner, Panel } from '../kit/surfaces.tsx'
import { deadLetterTexts } from '../locales/operations-texts.ts'
import { LetterTable } from './letter-table.tsx'
import styles from './operations.module.css'

const reasonField = longText('reason', deadLetterTexts.reason, required)

/** What the platform could not do by itself: look, replay, or give up with a reason. */
export function DeadLettersScreen({ initial }: { readonly initial: DeadLetterView }) {
  const say = useText()
  useCrumb(deadLetterTexts.title)
  const { busy, problem, run, clear } = useCommand()
  const [view, setView] = useState(initial)
  const [selected, setSelected] = useState<ReadonlySet<string>>(new Set())
  const [givingUp, setGivingUp] = useState<readonly string[] | null>(null)
  const [reason, setReason] = useState('')
  const reload = async () => {
    setView(await request<DeadLetterView>('/api/dead-letters'))
    setSelected(new Set())
  }
  const replay = async (ids?: readonly string[]) => {
    const answer = await run<{ replayed: number }>('/api/dead-letters/replay', { method: 'POST', body: ids ? { ids } : {} })
    if (!answer) return
    notify(say(deadLetterTexts.replayed, { count: answer.replayed }))
    await reload()
  }
  const giveUp = async () => {
    const answer = await run<{ cancelled: number }>('/api/dead-letters/cancel', { method: 'POST', body: { ids: givingUp, reason } })
    if (!answer) return
    setGivingUp(null)
    notify(say(deadLetterTexts.cancelled, { count: answer.cancelled }))
    await reload()
  }
  const ask = (ids: readonly string[]) => { clear(); setReason(''); setGivingUp(ids) }
  const chosen = [...selected]
  return (
    <div className={styles.screen}>
      <header className={styles.head}>
        <div><h1>{say(deadLetterTexts.title)}</h1><p>{say(deadLetterTexts.text, { count: view.mostAttempts })}</p></div>
        <IconButton icon="refresh" label={say(deadLetterTexts.refresh)} onClick={() => void reload()} />
        {chosen.length > 0 ? <Button danger onClick={() => ask(chosen)}>{say(deadLetterTexts.cancel)}</Button> : null}
        {view.dead.length > 0 ? <Button look="primary" icon="play" busy={busy} onClick={() => void replay(chosen.length > 0 ? chosen : undefined)}>{chosen.length > 0 ? say(deadLetterTexts.replaySelected, { count: chosen.length }) : say(deadLetterTexts.replayAll)}</Button> : null}
      </header>
      {givingUp === null ? <ErrorBanner problem={problem} /> : null}
      {view.dead.length === 0 && view.overdue.length === 0 ? <EmptyState icon="check" title={say(deadLetterTexts.emptyTitle)} text={say(deadLetterTexts.emptyText)} /> : null}
      {view.dead.length > 0 ? (
        <Panel flush title={`${say(deadLetterTexts.dead)} (${view.total.dead})`}>
          <LetterTable letters={view.dead} selected={selected} onSelect={setSelected} busy={busy} onReplay={(id) => void replay([id])} onCancel={(id) => ask([id])} />
          {view.total.dead > view.dead.length ? <p className={styles.note}>{say(deadLetterTexts.more, { shown: view.dead.length, total: view.total.dead })}</p> : null}
        </Panel>
      ) : null}
      {view.overdue.length > 0 ? (
        <Panel flush title={`${say(deadLetterTexts.overdue)} (${view.total.overdue})`}>
          <p className={styles.note}>{say(deadLetterTexts.overdueText)}</p>
          <LetterTable letters={view.overdue} />
        </Panel>
      ) : null}
      {givingUp ? (
        <ConfirmPanel danger title={say(deadLetterTexts.cancelTitle, { count: givingUp.length })} text={say(deadLetterTexts.cancelText)} action={say(deadLetterTexts.cancel)} busy={busy} onClose={() => setGivingUp(null)} onConfirm={() => void giveUp()}>
          <ErrorBanner problem={problem} shown={new Set(['reason'])} />
          <LabelledField field={reasonField} value={reason} error={problem?.findings.filter(({ path }) => path === 'reason').map(({ message }) => say(message))[0]} onChange={(value) => setReason(String(value))} />
        </ConfirmPanel>
      ) : null}
    </div>
  )
}
