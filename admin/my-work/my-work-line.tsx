'use client'

import Link from 'next/link'
import { useState } from 'react'
import type { RowResult } from '../../plugins/core/approvals/decide-many.ts'
import type { CommandResult } from '../../plugins/core/commands/run-command.ts'
import type { MyWorkRow } from '../../plugins/core/my-work/my-work-view.ts'
import { Due, EventButton } from '../home/work-panel.tsx'
import { newKey, RequestProblem, useCommand } from '../kit/api.ts'
import { Button, ButtonLink } from '../kit/button.tsx'
import { useText } from '../kit/kit-context.tsx'
import { notify } from '../kit/notify.ts'
import { ErrorBanner } from '../kit/surfaces.tsx'
import { Moment, Money, StateChip } from '../kit/values.tsx'
import { homeTexts } from '../locales/home-texts.ts'
import { ageTexts, workTexts } from '../locales/running-texts.ts'
import work from '../home/work.module.css'
import styles from './my-work.module.css'

type Decided = { readonly results: readonly RowResult[] }

/** What it is, why it waits, until when, and the one button. */
export function MyWorkLine({ row, today, at, onDone }: { readonly row: MyWorkRow; readonly today: string; readonly at: string; readonly onDone: () => Promise<void> }) {
  const say = useText()
  const command = useCommand()
  const [refused, setRefused] = useState<RequestProblem | null>(null)
  const { entity, id, version, title, partner, amount, event, approval, reasons, due, since, urgency } = row
  const href = `/admin/collections/${entity}/${encodeURIComponent(id)}`
  const send = async (name: string, label: string) => {
    const result = await command.run<CommandResult>(`/api/${entity}/${id}/events/${name}`, { method: 'POST', key: newKey(), body: { expectedVersion: version } })
    if (!result) return
    notify(say(homeTexts.done, { label, title: title.title }))
    await onDone()
  }
  const approve = async () => {
    const answer = approval && await command.run<Decided>('/api/approvals/decide', { method: 'POST', body: { decisions: [{ approval: approval.approval, decision: 'approve', hash: approval.hash }] } })
    const [first] = answer?.results ?? []
    if (!first) return
    if (!first.ok) return setRefused(new RequestProblem({ status: first.problem.status, text: first.problem.message }))
    notify(say(workTexts.approved, { title: title.title }))
    await onDone()
  }
  return (
    <li>
      <div className={styles.row}>
        <div className={styles.what}>
          <Link href={href} prefetch={false} className={work.title}><strong>{title.title}</strong><span>{partner?.title ?? title.hint ?? ''}</span></Link>
          <p>
            <span>{say(row.entityLabel)}</span>
            {row.state ? <StateChip label={row.state.label} tone={row.state.tone} /> : null}
            {urgency === 'urgent' ? <StateChip label={workTexts.urgent} tone="bad" /> : null}
            <span>{reasons.map((reason) => say(reason)).join(' ')}{approval ? ` · ${say(workTexts.askedBy, { name: approval.submitter })}` : ''}</span>
          </p>
        </div>
        <span className={styles.due}>{due === null ? (since ? <span title={say(workTexts.since)}><Moment value={since} /></span> : null) : due.length === 10 ? <Due date={due} due label={say(ageTexts.due)} today={today} /> : <span data-late={due < at} title={say(due < at ? ageTexts.late : ageTexts.due)}><Moment value={due} /></span>}</span>
        <span className={styles.amount}>{amount ? <Money value={amount} /> : null}</span>
        <span className={styles.act}>
          {approval ? <Button small busy={command.busy} onClick={() => void approve()}>{say(workTexts.approve)}</Button>
            : event ? <EventButton row={row} href={href} busy={command.busy} onSend={send} /> : <ButtonLink small icon="right" href={href}>{say(homeTexts.openIt)}</ButtonLink>}
        </span>
      </div>
      {event && !event.allowed ? <p className={styles.refused}>{event.refusals.map(({ message }) => say(message)).join(' ')}</p> : null}
      {command.problem ?? refused ? <div className={work.rowProblem}><ErrorBanner problem={command.problem ?? refused} /></div> : null}
    </li>
  )
}
