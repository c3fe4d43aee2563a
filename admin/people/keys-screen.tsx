'use client'

import { useState } from 'react'
import type { Text } from '../../config/language/text.ts'
import type { KeyRow, KeysView } from '../../plugins/core/keys/keys-view.ts'
import { useApi, useCommand } from '../kit/api.ts'
import { Button } from '../kit/button.tsx'
import { useText } from '../kit/kit-context.tsx'
import { notify } from '../kit/notify.ts'
import { ConfirmPanel } from '../kit/side-panel.tsx'
import { EmptyState, ErrorBanner } from '../kit/surfaces.tsx'
import { Moment, StateChip } from '../kit/values.tsx'
import { securityTexts } from '../locales/security-texts.ts'
import { NewKey } from './new-key.tsx'
import styles from './people.module.css'

/** The keys by which programs act, what each may do, and when it was last used. */
export function KeysScreen({ initial }: { readonly initial: KeysView }) {
  const say = useText()
  const { data, reload } = useApi<KeysView>('/api/views/keys', initial)
  const view = data ?? initial
  const [isNew, setIsNew] = useState(false)
  const [revoked, setRevoked] = useState<KeyRow | null>(null)
  const columns = [securityTexts.name, securityTexts.person, securityTexts.scope, securityTexts.expires, securityTexts.lastUsed, securityTexts.state]
  return (
    <div className={styles.screen}>
      <header className={styles.head}>
        <div><h1>{say(securityTexts.keys)}</h1><p>{say(securityTexts.keysText)}</p></div>
        {view.mayCreate ? <Button look="primary" icon="plus" onClick={() => setIsNew(true)}>{say(securityTexts.newKey)}</Button> : null}
      </header>
      {view.keys.length === 0 ? <EmptyState icon="key" title={say(securityTexts.noKeys)} text={say(securityTexts.noKeysText)} /> : (
        <div className={styles.tableBox} tabIndex={0} role="region" aria-label={say(securityTexts.keys)}>
          <table className={styles.table}>
            <thead><tr>{columns.map((text) => <th key={text.en} scope="col">{say(text)}</th>)}<th scope="col"><span className={styles.srOnly}>{say(securityTexts.revoke)}</span></th></tr></thead>
            <tbody>{view.keys.map((key) => <KeyLine key={key.id} line={key} view={view} onRevoke={() => setRevoked(key)} />)}</tbody>
          </table>
        </div>
      )}
      {isNew ? <NewKey view={view} onClose={() => setIsNew(false)} onMade={() => void reload()} /> : null}
      {revoked ? <Revoke row={revoked} onClose={() => setRevoked(null)} onDone={() => { setRevoked(null); void reload() }} /> : null}
    </div>
  )
}

function KeyLine({ line, view, onRevoke }: { readonly line: KeyRow; readonly view: KeysView; readonly onRevoke: () => void }) {
  const say = useText()
  const named = (choices: KeysView['roles'], slug: string) => say(choices.find((one) => one.slug === slug)?.label ?? { en: slug, zh: slug })
  return (
    <tr data-faint={line.state !== 'active' || undefined}>
      <td><strong>{line.name}</strong> <code className={styles.faint}>{line.prefix}…</code></td>
      <td>{line.owner}</td>
      <td>
        <span className={styles.chips}>
          {line.roles.map((role) => <span key={role} className={styles.roleChip}>{named(view.roles, role)}</span>)}
          {line.readOnly ? <span className={styles.badge}>{say(securityTexts.readOnly)}</span> : null}
          {line.entities.map((entity) => <span key={entity} className={styles.badge}>{named(view.entities, entity)}</span>)}
        </span>
      </td>
      <td><Moment value={line.expiresAt} exact /></td>
      <td>{line.lastUsedAt ? <><Moment value={line.lastUsedAt} /> <span className={styles.faint}>{line.lastAddress}</span></> : <span className={styles.faint}>{say(securityTexts.never)}</span>}</td>
      <td><StateChip {...states[line.state]} /></td>
      <td>{line.mayRevoke && line.state === 'active' ? <Button small danger onClick={onRevoke}>{say(securityTexts.revoke)}</Button> : null}</td>
    </tr>
  )
}

const states: Record<KeyRow['state'], { readonly label: Text; readonly tone: 'good' | 'neutral' | 'bad' }> = {
  active: { label: securityTexts.active, tone: 'good' }, expired: { label: securityTexts.expired, tone: 'neutral' }, revoked: { label: securityTexts.revoked, tone: 'bad' },
}

function Revoke({ row, onClose, onDone }: { readonly row: KeyRow; readonly onClose: () => void; readonly onDone: () => void }) {
  const say = useText()
  const { busy, problem, run } = useCommand()
  const revoke = async () => {
    if (!(await run(`/api/keys/${encodeURIComponent(row.id)}/revoke`, { method: 'POST', body: {} }))) return
    notify(say(securityTexts.revokedDone, { name: row.name }))
    onDone()
  }
  return (
    <ConfirmPanel danger title={say(securityTexts.revokeTitle, { name: row.name })} text={say(securityTexts.revokeText)} action={say(securityTexts.revoke)} busy={busy} onClose={onClose} onConfirm={() => void revoke()}>
      <ErrorBanner problem={problem} />
    </ConfirmPanel>
  )
}
