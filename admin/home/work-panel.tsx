'use client'

import Link from 'next/link'
import { useRouter } from 'next/navigation'
import { useState } from 'react'
import type { WorkListView, WorkRow } from '../../plugins/core/home/work.ts'
import type { CommandResult } from '../../plugins/core/commands/run-command.ts'
import { newKey, useCommand } from '../kit/api.ts'
import { Button, ButtonLink } from '../kit/button.tsx'
import { Tooltip } from '../kit/floating.tsx'
import { Icon } from '../kit/icon.tsx'
import { useText } from '../kit/kit-context.tsx'
import { notify } from '../kit/notify.ts'
import { ErrorBanner } from '../kit/surfaces.tsx'
import { DateText, Money, StateChip } from '../kit/values.tsx'
import { homeTexts } from '../locales/home-texts.ts'
import page from '../kit/page.module.css'
import styles from './work.module.css'

/** One list of what waits: each line with why, and the one button that does it. */
export function WorkPanel({ list, today, onDone }: { readonly list: WorkListView; readonly today: string; readonly onDone: () => Promise<void> }) {
  const say = useText()
  return (
    <section className={styles.box}>
      <header className={styles.boxHead}>
        <h3>{say(list.label)}</h3>
        <span className={page.count} data-tone={list.urgent ? 'bad' : undefined}>{list.total}</span>
        {list.urgent ? <StateChip label={homeTexts.urgent} tone="bad" /> : null}
        <span className={styles.why}>{say(list.reason)}</span>
        <Link href={`/admin/collections/${list.entity}`} prefetch={false} className={styles.more}>{list.total > list.rows.length ? say(homeTexts.more, { count: list.total - list.rows.length }) : say(homeTexts.openList)}</Link>
      </header>
      <WorkRows list={list} today={today} onDone={onDone} />
    </section>
  )
}

/** What waits for others: one line a list, which opens. */
export function OthersWork({ lists, today, onDone }: { readonly lists: readonly WorkListView[]; readonly today: string; readonly onDone: () => Promise<void> }) {
  const say = useText()
  return (
    <section className={styles.box} aria-label={say(homeTexts.othersWork)}>
      <header className={styles.boxHead}><h3>{say(homeTexts.othersWork)}</h3></header>
      {lists.map((list) => (
        <details key={list.name} className={styles.others}>
          <summary>
            <Icon name="right" size={12} />
            <strong>{say(list.label)}</strong>
            <span className={page.count} data-tone={list.urgent ? 'bad' : undefined}>{list.total}</span>
            <span className={styles.why}>{say(list.reason)}</span>
          </summary>
          <WorkRows list={list} today={today} onDone={onDone} />
        </details>
      ))}
    </section>
  )
}

function WorkRows({ list, today, onDone }: { readonly list: WorkListView; readonly today: string; readonly onDone: () => Promise<void> }) {
  return <ul className={styles.rows}>{list.rows.map((row) => <WorkLine key={row.id} list={list} row={row} today={today} onDone={onDone} />)}</ul>
}

function WorkLine({ list, row, today, onDone }: { readonly list: WorkListView; readonly row: WorkRow; readonly today: string; readonly onDone: () => Promise<void> }) {
  const say = useText()
  const command = useCommand()
  const href = `/admin/collections/${list.entity}/${encodeURIComponent(row.id)}`
  const send = async (event: string, label: string) => {
    const result = await command.run<CommandResult>(`/api/${list.entity}/${row.id}/events/${event}`, { method: 'POST', key: newKey(), body: { expectedVersion: row.version } })
    if (!result) return
    notify(say(homeTexts.done, { label, title: row.title.title }))
    await onDone()
  }
  return (
    <li>
      <div className={styles.row}>
        <Link href={href} prefetch={false} className={styles.title}>
          <strong>{row.title.title}</strong>
          <span>{row.partner?.title ?? row.title.hint ?? ''}</span>
        </Link>
        <span className={styles.due}>{row.date ? <Due date={row.date.value} due={row.date.due} label={say(row.date.label)} today={today} /> : null}</span>
        <span className={styles.amount}>{row.amount ? <Money value={row.amount} /> : null}</span>
        <span className={styles.act}>{row.event ? <EventButton row={row} href={href} busy={command.busy} onSend={send} /> : <ButtonLink small icon="right" href={href}>{say(homeTexts.openIt)}</ButtonLink>}</span>
      </div>
      {row.reason ? <p className={styles.missing}>{say(row.reason)}</p> : null}
      {row.event && !row.event.allowed ? <p className={styles.refused}>{row.event.refusals.map(({ message }) => say(message)).join(' ')}</p> : null}
      {command.problem ? <div className={styles.rowProblem}><ErrorBanner problem={command.problem} /></div> : null}
    </li>
  )
}

/** A refused button stays readable and says why; one that asks for input opens the document. */
export function EventButton({ row, href, busy, onSend }: { readonly row: WorkRow; readonly href: string; readonly busy: boolean; readonly onSend: (event: string, label: string) => Promise<void> }) {
  const say = useText()
  const router = useRouter()
  const [asked, setAsked] = useState(false)
  const { event } = row
  if (!event) return null
  const label = say(event.label)
  const why = event.refusals.map(({ message }) => say(message)).join(' ')
  const asksMore = event.input.length > 0 || event.lineInput.length > 0 || event.reason !== undefined
  const press = () => {
    if (!event.allowed || asked) return
    if (asksMore) return router.push(`${href}?event=${encodeURIComponent(event.event)}`)
    setAsked(true)
    void onSend(event.event, label).finally(() => setAsked(false))
  }
  return (
    <Tooltip text={why || (asksMore ? say(homeTexts.asksMore) : '')}>
      {(describedBy) => (
        <Button small busy={busy} aria-disabled={!event.allowed || undefined} aria-describedby={describedBy} onClick={press} {...(asksMore ? { icon: 'right' as const } : {})}>{label}</Button>
      )}
    </Tooltip>
  )
}

export function Due({ date, due, label, today }: { readonly date: string; readonly due: boolean; readonly label: string; readonly today: string }) {
  const say = useText()
  const day = date.slice(0, 10)
  const days = Math.round((Date.parse(today) - Date.parse(day)) / 86_400_000)
  return (
    <span title={label} data-late={due && days > 0}>
      {!due ? <DateText value={day} /> : days > 1 ? say(homeTexts.overdueBy, { days }) : days === 1 ? say(homeTexts.overdueOne) : days === 0 ? say(homeTexts.dueToday) : <DateText value={day} />}
    </span>
  )
}
