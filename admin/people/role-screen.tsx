'use client'

import Link from 'next/link'
import { useRouter } from 'next/navigation'
import { useState } from 'react'
import type { CommandResult } from '../../plugins/core/commands/run-command.ts'
import { toGrants, toPermissions, type Grant } from '../../plugins/core/users/grants.ts'
import type { RoleRow, RolesView } from '../../plugins/core/users/people-view.ts'
import { useCrumb } from '../frame/crumbs.tsx'
import { useCommand } from '../kit/api.ts'
import { Button, IconButton } from '../kit/button.tsx'
import { Menu, MenuItem } from '../kit/floating.tsx'
import { useText } from '../kit/kit-context.tsx'
import { notify } from '../kit/notify.ts'
import { ConfirmPanel } from '../kit/side-panel.tsx'
import { ErrorBanner, Panel } from '../kit/surfaces.tsx'
import { peopleTexts } from '../locales/people-texts.ts'
import { kitTexts } from '../locales/texts.ts'
import { CopyRole } from './copy-role.tsx'
import { RightsMatrix } from './rights-matrix.tsx'
import { RoleWarnings, warningsOf } from './role-warnings.tsx'
import { RoleWords } from './role-words.tsx'
import { RoleBadge } from './roles-screen.tsx'
import styles from './people.module.css'

/** One role: its rights as a matrix to change, the same in words beside it, and who has it. */
export function RoleScreen({ role, view }: { readonly role: RoleRow; readonly view: RolesView }) {
  const say = useText()
  const router = useRouter()
  useCrumb(role.label)
  const { busy, problem, run, clear } = useCommand()
  const [grants, setGrants] = useState<readonly Grant[]>(() => toGrants(role.permissions))
  const [panel, setPanel] = useState<'copy' | 'remove' | null>(null)
  const permissions = toPermissions(grants)
  const dirty = JSON.stringify(permissions) !== JSON.stringify(toPermissions(toGrants(role.permissions)))
  const isFixed = role.slug === 'owner'
  const path = `/api/roles/${role.id}`
  const warnings = warningsOf(problem)
  const save = async (accepted: readonly string[] = []) => {
    const result = await run<CommandResult>(path, { method: 'PATCH', body: { permissions, expectedVersion: role.version }, accepted })
    if (!result) return
    notify(say(peopleTexts.saved))
    router.refresh()
  }
  const remove = async () => {
    if (!(await run<CommandResult>(path, { method: 'DELETE', body: {} }))) return
    router.push('/admin/collections/roles')
    router.refresh()
  }
  return (
    <div className={styles.screen}>
      <header className={styles.head}>
        <div><h1>{say(role.label)} <RoleBadge role={role} view={view} /></h1><p>{say(peopleTexts.key)}: {role.slug}{dirty ? <strong className={styles.dirty}> · {say(peopleTexts.unsaved)}</strong> : null}</p></div>
        {view.rights.create ? <Button icon="copy" onClick={() => { clear(); setPanel('copy') }}>{say(peopleTexts.duplicate)}</Button> : null}
        {dirty ? <Button onClick={() => setGrants(toGrants(role.permissions))}>{say(peopleTexts.reset)}</Button> : null}
        {view.rights.edit && !isFixed ? <Button look="primary" busy={busy} disabled={!dirty} onClick={() => void save()}>{say(peopleTexts.save)}</Button> : null}
        {view.rights.discard && !role.shipped ? (
          <Menu label={say(kitTexts.more)} trigger={(props) => <IconButton {...props} look="plain" icon="more" label={say(kitTexts.more)} />}>
            {(close) => <MenuItem danger onSelect={() => { close(); clear(); setPanel('remove') }}>{say(peopleTexts.removeRole)}</MenuItem>}
          </Menu>
        ) : null}
      </header>
      {panel === null && warnings.length === 0 ? <ErrorBanner problem={problem} /> : null}
      {panel === null ? <RoleWarnings warnings={warnings} busy={busy} action={say(peopleTexts.save)} onClose={clear} onAccept={(accepted) => void save(accepted)} /> : null}
      <div className={styles.side}>
        <Panel flush title={say(peopleTexts.rights)}>
          {isFixed ? <p className={styles.pad}>{say(peopleTexts.ownerFixed)}</p> : <RightsMatrix grants={grants} targets={view.targets} disabled={!view.rights.edit} onChange={setGrants} />}
        </Panel>
        <div className={styles.stack}>
          <Panel title={say(peopleTexts.people)}>
            {role.people === null ? <p className={styles.note}>{say(peopleTexts.peopleCount, { count: role.peopleCount })}</p> : role.people.length === 0 ? <p className={styles.note}>{say(peopleTexts.nobody)}</p> : (
              <ul className={styles.names}>{role.people.map(({ id, name }) => <li key={id}><Link href={`/admin/collections/users/${id}`} prefetch={false}>{name}</Link></li>)}</ul>
            )}
          </Panel>
          <Panel title={say(peopleTexts.inWords)}><RoleWords permissions={permissions} targets={view.targets} /></Panel>
        </div>
      </div>
      {panel === 'copy' ? <CopyRole roles={view.roles} from={role} onClose={() => setPanel(null)} /> : null}
      {panel === 'remove' ? (
        <ConfirmPanel danger title={say(peopleTexts.removeTitle, { name: say(role.label) })} text={say(peopleTexts.removeRoleText)} action={say(peopleTexts.remove)} busy={busy} onClose={() => setPanel(null)} onConfirm={() => void remove()}>
          <ErrorBanner problem={problem} />
        </ConfirmPanel>
      ) : null}
    </div>
  )
}
