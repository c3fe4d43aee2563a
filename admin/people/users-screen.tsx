'use client'

import Link from 'next/link'
import { useEffect, useState } from 'react'
import type { UserRow, UsersView } from '../../plugins/core/users/people-view.ts'
import { changedSince, useApi } from '../kit/api.ts'
import { ButtonLink } from '../kit/button.tsx'
import { Icon } from '../kit/icon.tsx'
import { useKit, useText } from '../kit/kit-context.tsx'
import { Empty, Moment, StateChip } from '../kit/values.tsx'
import { peopleTexts } from '../locales/people-texts.ts'
import styles from './people.module.css'

/** Who signs in, in which roles, and when last. */
export function UsersScreen({ initial }: { readonly initial: UsersView }) {
  const say = useText()
  const [stale, setStale] = useState(false)
  useEffect(() => setStale(changedSince(initial.at)), [initial.at])
  const { data } = useApi<UsersView>(stale ? '/api/views/users' : null, initial)
  const view = data ?? initial
  const [words, setWords] = useState('')
  const roles = new Map(view.roles.map(({ slug, label }) => [slug, label]))
  const wanted = words.trim().toLowerCase()
  const shown = view.users.filter((user) => !wanted || [user.name, user.email, ...user.roles.map((role) => { const label = roles.get(role); return label ? `${label.en} ${label.zh}` : role })].some((text) => text.toLowerCase().includes(wanted)))
  return (
    <div className={styles.screen}>
      <header className={styles.head}>
        <div><h1>{say(peopleTexts.users)}</h1><p>{say(peopleTexts.usersText)}</p></div>
        {view.rights.create ? <ButtonLink look="primary" icon="plus" href="/admin/collections/users/create">{say(peopleTexts.newUser)}</ButtonLink> : null}
      </header>
      <div className={styles.search}><Icon name="search" size={14} /><input type="search" aria-label={say(peopleTexts.searchUsers)} placeholder={say(peopleTexts.searchUsers)} value={words} onChange={(event) => setWords(event.target.value)} /></div>
      <div className={styles.tableBox} tabIndex={0} role="region" aria-label={say(peopleTexts.users)}>
        <table className={`${styles.table} ${styles.people}`}>
          <thead><tr>{[peopleTexts.name, peopleTexts.email, peopleTexts.roles, peopleTexts.language, peopleTexts.lastLogin, peopleTexts.state].map((text) => <th key={text.en} scope="col">{say(text)}</th>)}</tr></thead>
          <tbody>{shown.map((user) => <UserLine key={user.id} user={user} roles={roles} />)}</tbody>
        </table>
        {shown.length === 0 ? <p className={styles.nothing}>{say(peopleTexts.noneFound)}</p> : null}
      </div>
    </div>
  )
}

function UserLine({ user, roles }: { readonly user: UserRow; readonly roles: ReadonlyMap<string, { en: string; zh: string }> }) {
  const say = useText()
  const { user: me } = useKit()
  return (
    <tr data-faint={user.blocked || undefined}>
      <td><Link href={me?.id === user.id ? '/admin/account' : `/admin/collections/users/${encodeURIComponent(user.id)}`} prefetch={false}>{user.name}</Link></td>
      <td data-label={say(peopleTexts.email)}>{user.email}</td>
      <td data-label={say(peopleTexts.roles)}>{user.roles.length === 0 ? <Empty /> : <span className={styles.chips}>{user.roles.map((role) => <span key={role} className={styles.roleChip}>{say(roles.get(role) ?? { en: role, zh: role })}</span>)}</span>}</td>
      <td data-label={say(peopleTexts.language)}>{user.language === 'zh' ? '中文' : user.language === 'en' ? 'English' : <Empty />}</td>
      <td data-label={say(peopleTexts.lastLogin)}>{user.lastLoginAt ? <Moment value={user.lastLoginAt} /> : <span className={styles.faint}>{say(peopleTexts.never)}</span>}</td>
      <td><AccountState user={user} /></td>
    </tr>
  )
}

export function AccountState({ user }: { readonly user: UserRow }) {
  return user.blocked ? <StateChip label={peopleTexts.blocked} tone="bad" /> : user.lockedUntil ? <StateChip label={peopleTexts.locked} tone="warning" /> : <StateChip label={peopleTexts.active} tone="good" />
}
