'use client'

import { useRouter } from 'next/navigation'
import { useState } from 'react'
import type { UserRights, UserRow } from '../../plugins/core/users/people-view.ts'
import { useCommand } from '../kit/api.ts'
import { Button, IconButton } from '../kit/button.tsx'
import { Menu, MenuItem } from '../kit/floating.tsx'
import { useText } from '../kit/kit-context.tsx'
import { notify } from '../kit/notify.ts'
import { ConfirmPanel } from '../kit/side-panel.tsx'
import { ErrorBanner } from '../kit/surfaces.tsx'
import { peopleTexts } from '../locales/people-texts.ts'
import { kitTexts } from '../locales/texts.ts'
import { PasswordField } from './password-field.tsx'

type Asked = 'password' | 'block' | 'delete'

/** What others do with an account: a new password, blocking, deleting one that was never used. */
export function UserActions({ user, rights }: { readonly user: UserRow; readonly rights: UserRights }) {
  const say = useText()
  const router = useRouter()
  const { busy, problem, run, clear } = useCommand()
  const [asked, setAsked] = useState<Asked | null>(null)
  const [password, setPassword] = useState('')
  const path = `/api/users/${encodeURIComponent(user.id)}`
  const name = user.name
  const ask = (what: Asked) => { clear(); setPassword(''); setAsked(what) }
  const change = async (body: object, done: string) => {
    if (!(await run(path, { method: 'PATCH', body }))) return
    setAsked(null)
    notify(done)
    router.refresh()
  }
  const remove = async () => {
    if (!(await run(path, { method: 'DELETE' }))) return
    notify(say(peopleTexts.removed, { name }))
    router.push('/admin/collections/users')
    router.refresh()
  }
  if (!rights.edit && !rights.discard) return null
  const close = () => setAsked(null)
  return (
    <>
      {rights.edit ? <Button icon="key" onClick={() => ask('password')}>{say(peopleTexts.resetPassword)}</Button> : null}
      {rights.edit && user.blocked ? <Button busy={busy} onClick={() => void change({ blocked: false }, say(peopleTexts.unblockedDone, { name }))}>{say(peopleTexts.unblock)}</Button> : null}
      <Menu label={say(kitTexts.more)} trigger={(props) => <IconButton {...props} look="plain" icon="more" label={say(kitTexts.more)} />}>
        {(closeMenu) => (
          <>
            {rights.edit && !user.blocked ? <MenuItem danger onSelect={() => { closeMenu(); ask('block') }}>{say(peopleTexts.block)}</MenuItem> : null}
            {rights.discard ? <MenuItem danger onSelect={() => { closeMenu(); ask('delete') }}>{say(peopleTexts.remove)}</MenuItem> : null}
          </>
        )}
      </Menu>
      {asked === 'password' ? (
        <ConfirmPanel title={say(peopleTexts.resetPassword)} text={say(peopleTexts.resetText)} action={say(peopleTexts.resetPassword)} busy={busy} onClose={close} onConfirm={() => void change({ password }, say(peopleTexts.resetDone))}>
          <ErrorBanner problem={problem} shown={new Set(['password'])} />
          <PasswordField value={password} isNew error={problem?.findings.filter(({ path: at }) => at === 'password').map(({ message }) => say(message))[0]} onChange={setPassword} />
        </ConfirmPanel>
      ) : null}
      {asked === 'block' ? (
        <ConfirmPanel danger title={say(peopleTexts.blockTitle, { name })} text={say(peopleTexts.blockText)} action={say(peopleTexts.block)} busy={busy} onClose={close} onConfirm={() => void change({ blocked: true }, say(peopleTexts.blockedDone, { name }))}>
          <ErrorBanner problem={problem} />
        </ConfirmPanel>
      ) : null}
      {asked === 'delete' ? (
        <ConfirmPanel danger title={say(peopleTexts.removeTitle, { name })} text={say(peopleTexts.removeText)} action={say(peopleTexts.remove)} busy={busy} onClose={close} onConfirm={() => void remove()}>
          <ErrorBanner problem={problem} />
        </ConfirmPanel>
      ) : null}
    </>
  )
}
