'use client'

import { useRouter } from 'next/navigation'
import { useState } from 'react'
import { option, required, select, text } from '../../config/language/fields.ts'
import type { CommandResult } from '../../plugins/core/commands/run-command.ts'
import type { RoleRow } from '../../plugins/core/users/people-view.ts'
import { useCommand } from '../kit/api.ts'
import { Button } from '../kit/button.tsx'
import { LabelledField } from '../kit/field-input.tsx'
import { useText } from '../kit/kit-context.tsx'
import { SidePanel } from '../kit/side-panel.tsx'
import { ErrorBanner } from '../kit/surfaces.tsx'
import { peopleTexts } from '../locales/people-texts.ts'
import { kitTexts } from '../locales/texts.ts'
import { RoleWarnings, warningsOf } from './role-warnings.tsx'
import styles from './people.module.css'

/** A role of the firm's own, begun as a copy of another. */
export function CopyRole({ roles, from, onClose }: { readonly roles: readonly RoleRow[]; readonly from?: RoleRow; readonly onClose: () => void }) {
  const say = useText()
  const router = useRouter()
  const { busy, problem, run, clear } = useCommand()
  const copied = from ?? roles.find(({ slug }) => slug === 'viewer') ?? roles[0]
  const [values, setValues] = useState({ source: copied?.slug ?? '', slug: '', name: '', nameZh: '' })
  const source = roles.find(({ slug }) => slug === values.source)
  const findings = new Map(problem?.findings.map(({ path, message }) => [path, say(message)]))
  const fields = [
    { ...select('source', peopleTexts.copyOf, { ...required, options: roles.map(({ slug, label }) => option(slug, label)) }), name: 'source' as const },
    { ...text('name', peopleTexts.nameEn, required), name: 'name' as const },
    { ...text('nameZh', peopleTexts.nameZh), name: 'nameZh' as const },
    { ...text('slug', peopleTexts.key, { ...required, help: peopleTexts.keyHelp, maxLength: 64 }), name: 'slug' as const },
  ]
  const warnings = warningsOf(problem)
  const submit = async (accepted: readonly string[] = []) => {
    if (!source) return
    const { slug, name, nameZh } = values
    const body = { slug, name, nameZh, basedOn: source.shipped ? source.slug : source.basedOn, permissions: source.permissions }
    const result = await run<CommandResult>('/api/roles', { method: 'POST', body, accepted })
    if (!result) return
    router.push(`/admin/collections/roles/${result.id ?? ''}`)
    router.refresh()
  }
  if (warnings.length > 0) return <RoleWarnings warnings={warnings} busy={busy} action={say(peopleTexts.create)} onClose={clear} onAccept={(accepted) => void submit(accepted)} />
  return (
    <SidePanel
      title={say(peopleTexts.duplicateTitle)} onClose={onClose} onSubmit={() => void submit()}
      foot={<><Button onClick={onClose}>{say(kitTexts.cancel)}</Button><Button type="submit" look="primary" busy={busy}>{say(peopleTexts.create)}</Button></>}
    >
      <p className={styles.note}>{say(peopleTexts.duplicateText, { name: source ? say(source.label) : '' })}</p>
      <ErrorBanner problem={problem} shown={new Set(['slug', 'name', 'nameZh'])} />
      {fields.map((field) => <LabelledField key={field.name} field={field} value={values[field.name]} error={findings.get(field.name)} onChange={(value) => setValues((old) => ({ ...old, [field.name]: String(value) }))} />)}
    </SidePanel>
  )
}
