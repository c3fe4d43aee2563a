'use client'

import Link from 'next/link'
import { useId, useState } from 'react'
import type { NotificationsView, NotificationView } from '../../plugins/core/notifications/notification-endpoints.ts'
import { useCrumb } from '../frame/crumbs.tsx'
import { request, useCommand } from '../kit/api.ts'
import { Button } from '../kit/button.tsx'
import { useText } from '../kit/kit-context.tsx'
import { EmptyState, ErrorBanner, Panel } from '../kit/surfaces.tsx'
import { Moment } from '../kit/values.tsx'
import { notificationTexts } from '../locales/notification-texts.ts'
import styles from './notifications.module.css'

/** What the person was told, the newest first; what is opened counts as read. */
export function NotificationsScreen({ initial }: { readonly initial: NotificationsView }) {
  const say = useText()
  useCrumb(notificationTexts.title)
  const choiceId = useId()
  const { busy, problem, run } = useCommand()
  const [view, setView] = useState(initial)
  const show = async (page: number) => setView(await request<NotificationsView>(`/api/inbox?page=${page}`))
  const read = async (ids?: readonly string[]) => {
    if (await run('/api/inbox/read', { method: 'POST', body: ids ? { ids } : {} })) await show(view.page)
  }
  const choose = async (byEmail: boolean) => {
    const answer = await run<{ byEmail: boolean }>('/api/inbox/choice', { method: 'PUT', body: { byEmail } })
    if (answer) setView({ ...view, ...answer })
  }
  const { notifications, unread, total, page, perPage } = view
  const isLast = (page - 1) * perPage + notifications.length >= total
  return (
    <div className={styles.screen}>
      <header className={styles.head}>
        <div><h1>{say(notificationTexts.title)}</h1><p>{say(notificationTexts.text)}</p></div>
        {unread > 0 ? <Button icon="check" busy={busy} onClick={() => void read()}>{say(notificationTexts.readAll)}</Button> : null}
      </header>
      <ErrorBanner problem={problem} />
      {notifications.length === 0 ? <EmptyState icon="bell" title={say(notificationTexts.emptyTitle)} text={say(notificationTexts.emptyText)} /> : (
        <Panel flush title={`${say(notificationTexts.title)} (${total})`}>
          <ul className={styles.list}>{notifications.map((one) => <Entry key={one.id} one={one} onOpen={() => { if (!one.read) void read([one.id]) }} />)}</ul>
        </Panel>
      )}
      {page > 1 || !isLast ? (
        <div className={styles.pages}>
          {page > 1 ? <Button onClick={() => void show(page - 1)}>{say(notificationTexts.newer)}</Button> : null}
          {isLast ? null : <Button onClick={() => void show(page + 1)}>{say(notificationTexts.older)}</Button>}
        </div>
      ) : null}
      <p className={styles.choice}>
        <input id={choiceId} type="checkbox" checked={view.byEmail} disabled={busy} onChange={(event) => void choose(event.target.checked)} />
        <label htmlFor={choiceId}>{say(notificationTexts.byEmail)}</label>
      </p>
      {view.hasMail ? null : <p className={styles.note}>{say(notificationTexts.noMail)}</p>}
    </div>
  )
}

function Entry({ one: { text, at, entity, documentId, read }, onOpen }: { readonly one: NotificationView; readonly onOpen: () => void }) {
  const say = useText()
  return (
    <li data-unread={!read}>
      {read ? null : <span className={styles.dot} role="img" aria-label={say(notificationTexts.unread)} />}
      <p>{entity && documentId ? <Link href={`/admin/collections/${entity}/${encodeURIComponent(documentId)}`} prefetch={false} onClick={onOpen}>{say(text)}</Link> : say(text)}</p>
      <small><Moment value={at} /></small>
    </li>
  )
}
