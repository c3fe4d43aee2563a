'use client'

import { useRouter } from 'next/navigation'
import { useId, useState } from 'react'
import type { RoleName, UserRights, UserRow } from '../../plugins/core/users/people-view.ts'
import { useCrumb } from '../frame/crumbs.tsx'
import { useCommand } from '../kit/api.ts'
import { Button } from '../kit/button.tsx'
import { LabelledField } from '../kit/field-input.tsx'
import { formatMoment } from '../kit/format.ts'
import { useKit, useText } from '../kit/kit-context.tsx'
import { notify } from '../kit/notify.ts'
import { Banner, BannerActions, ErrorBanner, Panel } from '../kit/surfaces.tsx'
import { Moment } from '../kit/values.tsx'
import { peopleTexts } from '../locales/people-texts.ts'
import { PasswordField } from './password-field.tsx'
import { SessionsPanel } from './sessions-panel.tsx'
import { UserActions } from './user-actions.tsx'
import { accountFields, managerField } from './user-fields.ts'
import { AccountState } from './users-screen.tsx'
import styles from './people.module.css'

type Props = { readonly user: UserRow | null; readonly others: readonly UserRow[]; readonly roles: readonly RoleName[]; readonly rights: UserRights }

/** One account: who it is, what the roles let it do, password and blocking. `user: null` creates one. */
export function UserScreen({ user, others, roles, rights }: Props) {
  const say = useText()
  const router = useRouter()
  const { user: me, language, firm } = useKit()
  const isSelf = user !== null && user.id === me?.id
  const { busy, problem, run } = useCommand()
  const formId = useId()
  const [values, setValues] = useState({ name: user?.name ?? '', email: user?.email ?? '', language: user?.language ?? language, password: '' })
  const [manager, setManager] = useState(user?.manager ?? '')
  const [chosen, setChosen] = useState<readonly string[]>(user?.roles ?? [])
  const title = user ? (isSelf ? peopleTexts.account : { en: user.name, zh: user.name }) : peopleTexts.newUser
  useCrumb(title)
  const mayEdit = user ? rights.edit || isSelf : rights.create
  const mayGive = rights.roles && (!isSelf || (me?.roles.includes('owner') ?? false))
  const findings = new Map(problem?.findings.map(({ path, message }) => [path, say(message)]))
  const save = async () => {
    const { password, ...rest } = values
    const body = { ...rest, ...(mayGive ? { roles: chosen } : {}), ...(rights.edit ? { manager: manager || null } : {}), ...(password ? { password } : {}) }
    const answer = await run<{ doc: { id: string } }>(user ? `/api/users/${encodeURIComponent(user.id)}` : '/api/users', { method: user ? 'PATCH' : 'POST', body })
    if (!answer) return
    notify(user ? say(peopleTexts.saved) : say(peopleTexts.created, { name: values.name || values.email }))
    setValues({ ...values, password: '' })
    if (!user) router.push(`/admin/collections/users/${answer.doc.id}`)
    router.refresh()
  }
  return (
    <div className={styles.screen}>
      <header className={styles.head}>
        <div>
          <h1>{user ? user.name : say(peopleTexts.newUser)}</h1>
          {user ? <p><AccountState user={user} /> {say(peopleTexts.lastLogin)}: {user.lastLoginAt ? <Moment value={user.lastLoginAt} /> : say(peopleTexts.never)}</p> : null}
        </div>
        {user && !isSelf ? <UserActions user={user} rights={rights} /> : null}
        {mayEdit ? <Button type="submit" form={formId} look="primary" busy={busy}>{say(user ? peopleTexts.save : peopleTexts.create)}</Button> : null}
      </header>
      <ErrorBanner problem={problem} shown={new Set(['name', 'email', 'password'])} />
      {user?.lockedUntil ? (
        <Banner tone="warning">
          {say(peopleTexts.lockedText, { time: formatMoment(user.lockedUntil, { language, timeZone: firm.timeZone }) })}
          {rights.edit ? <BannerActions><Unlock email={user.email} /></BannerActions> : null}
        </Banner>
      ) : null}
      <form id={formId} className={styles.two} noValidate onSubmit={(event) => { event.preventDefault(); void save() }}>
        <Panel title={say(peopleTexts.about)}>
          <div className={styles.fields}>
            {accountFields.map((field) => (
              <LabelledField key={field.name} field={field} value={values[field.name]} error={findings.get(field.name)} onChange={(value) => { if (mayEdit) setValues((old) => ({ ...old, [field.name]: String(value) })) }} />
            ))}
            {rights.edit ? <LabelledField field={managerField(others.filter(({ id, blocked }) => id !== user?.id && !blocked))} value={manager} onChange={(value) => setManager(String(value))} /> : null}
            {!user || isSelf ? <PasswordField value={values.password} isNew={!user} error={findings.get('password')} onChange={(password) => setValues((old) => ({ ...old, password }))} /> : null}
          </div>
        </Panel>
        <Panel title={say(peopleTexts.access)}>
          <RoleChoice roles={roles} chosen={chosen} disabled={!mayGive} onChange={setChosen} />
          {chosen.length === 0 ? <p className={styles.note}>{say(peopleTexts.noRoles)}</p> : isSelf && !mayGive ? <p className={styles.note}>{say(peopleTexts.ownRoles)}</p> : null}
        </Panel>
      </form>
      {user && (isSelf || rights.edit) ? <SessionsPanel user={user.id} isSelf={isSelf} /> : null}
    </div>
  )
}

function RoleChoice({ roles, chosen, disabled, onChange }: { readonly roles: readonly RoleName[]; readonly chosen: readonly string[]; readonly disabled: boolean; readonly onChange: (roles: readonly string[]) => void }) {
  const say = useText()
  const id = useId()
  return (
    <fieldset className={styles.roleList} disabled={disabled} aria-labelledby={id}>
      <legend id={id} className={styles.srOnly}>{say(peopleTexts.roles)}</legend>
      {roles.map(({ slug, label }) => (
        <label key={slug}>
          <input type="checkbox" checked={chosen.includes(slug)} onChange={(event) => onChange(event.target.checked ? [...chosen, slug] : chosen.filter((one) => one !== slug))} />
          {say(label)}
        </label>
      ))}
    </fieldset>
  )
}

function Unlock({ email }: { readonly email: string }) {
  const say = useText()
  const router = useRouter()
  const { busy, problem, run } = useCommand()
  const unlock = async () => {
    if (await run('/api/users/unlock', { method: 'POST', body: { email } })) {
      notify(say(peopleTexts.unlocked))
      router.refresh()
    }
  }
  return <><Button small busy={busy} onClick={() => void unlock()}>{say(peopleTexts.unlock)}</Button>{problem ? <span>{say(problem.text)}</span> : null}</>
}
