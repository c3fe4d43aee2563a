'use client'

import type { SessionRow, SessionsView } from '../../plugins/core/sign-ins/sessions.ts'
import { useApi, useCommand } from '../kit/api.ts'
import { Button } from '../kit/button.tsx'
import { useText } from '../kit/kit-context.tsx'
import { notify } from '../kit/notify.ts'
import { ErrorBanner, Panel, Skeleton } from '../kit/surfaces.tsx'
import { Moment } from '../kit/values.tsx'
import { securityTexts } from '../locales/security-texts.ts'
import { agentName } from './agent-name.ts'
import styles from './people.module.css'

/** Where an account is signed in, and how to end it: one session, the others, or all. */
export function SessionsPanel({ user, isSelf }: { readonly user: string; readonly isSelf: boolean }) {
  const say = useText()
  const { data, problem: unread, reload } = useApi<SessionsView>(`/api/views/sessions/${encodeURIComponent(user)}`)
  const { busy, problem, run } = useCommand()
  const end = async (session: string) => {
    if (!(await run('/api/sessions/end', { method: 'POST', body: { user, session } }))) return
    notify(say(securityTexts.ended))
    if (isSelf && session === 'all') window.location.assign('/admin/login')
    else await reload()
  }
  if (unread) return null
  const others = data?.sessions.filter(({ isCurrent }) => !isCurrent).length ?? 0
  const actions = (
    <>
      {isSelf && others > 0 ? <Button small busy={busy} onClick={() => void end('others')}>{say(securityTexts.endOthers)}</Button> : null}
      {(data?.sessions.length ?? 0) > 0 ? <Button small danger busy={busy} onClick={() => void end('all')}>{say(securityTexts.endAll)}</Button> : null}
    </>
  )
  return (
    <Panel title={say(securityTexts.sessions)} actions={actions}>
      <ErrorBanner problem={problem} />
      {data ? null : <Skeleton />}
      {data?.sessions.length === 0 ? <p className={styles.note}>{say(securityTexts.noSessions)}</p> : null}
      <ul className={styles.sessions}>{data?.sessions.map((session) => <SessionLine key={session.id} session={session} busy={busy} onEnd={() => void end(session.id)} />)}</ul>
    </Panel>
  )
}

function SessionLine({ session, busy, onEnd }: { readonly session: SessionRow; readonly busy: boolean; readonly onEnd: () => void }) {
  const say = useText()
  return (
    <li>
      <div>
        <strong title={session.agent ?? undefined}>{session.agent ? agentName(session.agent) : say(securityTexts.unknownAgent)}</strong>
        {session.isCurrent ? <span className={styles.badge}>{say(securityTexts.current)}</span> : null}
        <p className={styles.note}>{session.address ?? say(securityTexts.unknownPlace)} · {say(securityTexts.since)} <Moment value={session.createdAt} /></p>
      </div>
      {session.isCurrent ? null : <Button small busy={busy} onClick={onEnd}>{say(securityTexts.end)}</Button>}
    </li>
  )
}
