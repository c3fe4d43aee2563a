'use client'

import { useId, useState } from 'react'
import { boolean, integer, required, text } from '../../config/language/fields.ts'
import type { KeysView } from '../../plugins/core/keys/keys-view.ts'
import { useCommand } from '../kit/api.ts'
import { Button } from '../kit/button.tsx'
import { LabelledField } from '../kit/field-input.tsx'
import { useText } from '../kit/kit-context.tsx'
import { ShownOnce } from '../kit/shown-once.tsx'
import { SidePanel } from '../kit/side-panel.tsx'
import { ErrorBanner } from '../kit/surfaces.tsx'
import { securityTexts } from '../locales/security-texts.ts'
import { kitTexts } from '../locales/texts.ts'
import styles from './people.module.css'

type Props = { readonly view: KeysView; readonly onClose: () => void; readonly onMade: () => void }

/** Asks what a key is for and may do; then shows it, once. */
export function NewKey({ view, onClose, onMade }: Props) {
  const say = useText()
  const { busy, problem, run } = useCommand()
  const [values, setValues] = useState({ name: '', days: '90', readOnly: false })
  const [roles, setRoles] = useState<readonly string[]>([])
  const [entities, setEntities] = useState<readonly string[]>([])
  const [made, setMade] = useState<string | null>(null)
  const findings = new Map(problem?.findings.map(({ path, message }) => [path, say(message)]))
  const submit = async () => {
    const answer = await run<{ key: string }>('/api/keys', { method: 'POST', body: { ...values, days: Number(values.days), roles, entities } })
    if (!answer) return
    setMade(answer.key)
    onMade()
  }
  if (made !== null) return <MadeKey value={made} onClose={onClose} />
  const daysText = { en: say(securityTexts.daysHelp, { days: view.longestDays }), zh: say(securityTexts.daysHelp, { days: view.longestDays }) }
  const fields = [
    { ...text('name', securityTexts.name, { ...required, help: securityTexts.nameHelp, maxLength: 80 }), name: 'name' as const },
    { ...integer('days', securityTexts.days, { ...required, help: daysText, min: 1, max: view.longestDays }), name: 'days' as const },
    { ...boolean('readOnly', securityTexts.readOnly), name: 'readOnly' as const },
  ]
  return (
    <SidePanel
      title={say(securityTexts.newKey)} onClose={onClose} onSubmit={() => void submit()}
      foot={<><Button onClick={onClose}>{say(kitTexts.cancel)}</Button><Button type="submit" look="primary" busy={busy}>{say(securityTexts.create)}</Button></>}
    >
      <p className={styles.note}>{say(securityTexts.newKeyText)}</p>
      <ErrorBanner problem={problem} shown={new Set(['name', 'days', 'readOnly', 'roles', 'entities'])} />
      {fields.map((field) => <LabelledField key={field.name} field={field} value={values[field.name]} error={findings.get(field.name)} onChange={(value) => setValues((old) => ({ ...old, [field.name]: field.name === 'readOnly' ? value === true : String(value) }))} />)}
      <Choices label={say(securityTexts.roles)} choices={view.roles.filter(({ slug }) => view.lendable.includes(slug))} chosen={roles} error={findings.get('roles')} onChange={setRoles} />
      <details>
        <summary>{say(securityTexts.limit)}{entities.length > 0 ? ` (${entities.length})` : ''}</summary>
        <p className={styles.note}>{say(securityTexts.limitHelp)}</p>
        <Choices label={say(securityTexts.limit)} choices={view.entities} chosen={entities} error={findings.get('entities')} onChange={setEntities} />
      </details>
    </SidePanel>
  )
}

type ChoicesProps = { readonly label: string; readonly choices: KeysView['roles']; readonly chosen: readonly string[]; readonly error: string | undefined; readonly onChange: (chosen: readonly string[]) => void }

function Choices({ label, choices, chosen, error, onChange }: ChoicesProps) {
  const say = useText()
  const id = useId()
  return (
    <fieldset className={styles.roleList} aria-describedby={error ? id : undefined}>
      <legend>{label}</legend>
      {error ? <p id={id} role="alert" className={styles.error}>{error}</p> : null}
      {choices.map(({ slug, label: name }) => (
        <label key={slug}>
          <input type="checkbox" checked={chosen.includes(slug)} onChange={(event) => onChange(event.target.checked ? [...chosen, slug] : chosen.filter((one) => one !== slug))} />
          {say(name)}
        </label>
      ))}
    </fieldset>
  )
}

function MadeKey({ value, onClose }: { readonly value: string; readonly onClose: () => void }) {
  const say = useText()
  return (
    <ShownOnce title={say(securityTexts.newKey)} text={say(securityTexts.shownOnce)} value={value} onClose={onClose}>
      <p className={styles.note}>{say(securityTexts.header)}</p>
      <p className={styles.secret}><code>{`Authorization: users API-Key ${value}`}</code></p>
    </ShownOnce>
  )
}
