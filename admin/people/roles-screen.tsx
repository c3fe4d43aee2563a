'use client'

import Link from 'next/link'
import { useState } from 'react'
import type { RoleRow, RolesView } from '../../plugins/core/users/people-view.ts'
import { Button } from '../kit/button.tsx'
import { useText } from '../kit/kit-context.tsx'
import { peopleTexts } from '../locales/people-texts.ts'
import { CopyRole } from './copy-role.tsx'
import { RoleWords } from './role-words.tsx'
import styles from './people.module.css'

/** All roles side by side: who has each, and in plain words what it may do. */
export function RolesScreen({ view }: { readonly view: RolesView }) {
  const say = useText()
  const [copying, setCopying] = useState(false)
  return (
    <div className={styles.screen}>
      <header className={styles.head}>
        <div><h1>{say(peopleTexts.roles)}</h1><p>{say(peopleTexts.rolesText)}</p></div>
        {view.rights.create ? <Button look="primary" icon="copy" onClick={() => setCopying(true)}>{say(peopleTexts.newRole)}</Button> : null}
      </header>
      <ul className={styles.cards}>{view.roles.map((role) => <RoleCard key={role.id} role={role} view={view} />)}</ul>
      {copying ? <CopyRole roles={view.roles} onClose={() => setCopying(false)} /> : null}
    </div>
  )
}

function RoleCard({ role, view }: { readonly role: RoleRow; readonly view: RolesView }) {
  const say = useText()
  const names = role.people?.map(({ name }) => name) ?? []
  return (
    <li className={styles.card}>
      <header>
        <h2><Link href={`/admin/collections/roles/${role.id}`} prefetch={false}>{say(role.label)}</Link></h2>
        <RoleBadge role={role} view={view} />
      </header>
      <RoleWords permissions={role.permissions} targets={view.targets} brief />
      <footer>{role.peopleCount === 0 ? say(peopleTexts.nobody) : `${role.peopleCount === 1 ? say(peopleTexts.peopleOne) : say(peopleTexts.peopleCount, { count: role.peopleCount })}${names.length > 0 ? `: ${names.slice(0, 4).join(', ')}${names.length > 4 ? ' …' : ''}` : ''}`}</footer>
    </li>
  )
}

export function RoleBadge({ role, view }: { readonly role: RoleRow; readonly view: RolesView }) {
  const say = useText()
  const base = view.shipped.find(({ slug }) => slug === role.basedOn)
  return <span className={styles.badge}>{role.shipped ? say(peopleTexts.shipped) : base ? say(peopleTexts.actsAs, { name: say(base.label) }) : say(peopleTexts.own)}</span>
}
