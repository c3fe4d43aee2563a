'use client'

import { useState } from 'react'
import type { FieldDefinition } from '../../config/language/entity.ts'
import { email, required, text } from '../../config/language/fields.ts'
import type { Text } from '../../config/language/text.ts'
import { useCrumb } from '../frame/crumbs.tsx'
import { useCommand } from '../kit/api.ts'
import { Button } from '../kit/button.tsx'
import { LabelledField } from '../kit/field-input.tsx'
import { formOf, spokenOf, type FormValue } from '../kit/field-values.ts'
import { useKit, useText } from '../kit/kit-context.tsx'
import { EmptyState, ErrorBanner, Panel } from '../kit/surfaces.tsx'
import { startTexts } from '../locales/operations-texts.ts'
import { PasswordField } from '../people/password-field.tsx'
import styles from '../operations/operations.module.css'

const ownerFields = [text('name', startTexts.name, required), email('email', startTexts.email, required)]

type Props = { readonly refusal: Text | null; readonly confirmation: Text; readonly fields: readonly FieldDefinition[] }

export function StartFirmScreen({ refusal, confirmation, fields }: Props) {
  const say = useText()
  useCrumb(startTexts.title)
  const [ready, setReady] = useState<string | null>(null)
  if (ready !== null) {
    return (
      <EmptyState icon="check" title={say(startTexts.doneTitle)} text={say(startTexts.doneText, { email: ready })}>
        <Button look="primary" onClick={() => window.location.assign('/admin/login')}>{say(startTexts.signIn)}</Button>
      </EmptyState>
    )
  }
  if (refusal) return <EmptyState icon="info" title={say(startTexts.notPossible)} text={say(refusal)} />
  return <StartForm confirmation={confirmation} fields={fields} onReady={setReady} />
}

function StartForm({ confirmation, fields, onReady }: Omit<Props, 'refusal'> & { readonly onReady: (email: string) => void }) {
  const say = useText()
  const { language } = useKit()
  const { busy, problem, run } = useCommand()
  const [company, setCompany] = useState(() => formOf(fields, { ...Object.fromEntries(fields.map((field) => [field.name, field.default ?? null])), ...usual(language) }))
  const [owner, setOwner] = useState<Record<string, FormValue>>({ name: '', email: '' })
  const [password, setPassword] = useState('')
  const [typed, setTyped] = useState('')
  const findings = new Map(problem?.findings.map(({ path, message }) => [path, say(message)]))
  const confirmField = text('confirmation', { en: startTexts.confirm.en.replace('{word}', confirmation.en), zh: startTexts.confirm.zh.replace('{word}', confirmation.zh) }, required)
  const submit = async () => {
    const body = { company: spokenOf(fields, company), owner: { ...owner, password }, confirmation: typed.trim() }
    const answer = await run<{ owner: string }>('/api/firm/start', { method: 'POST', body })
    if (answer) onReady(answer.owner)
  }
  const shown = new Set(['confirmation', 'owner.password', 'password', ...fields.map(({ name }) => `company.${name}`), ...ownerFields.map(({ name }) => `owner.${name}`)])
  return (
    <form className={`${styles.screen} ${styles.narrow}`} noValidate onSubmit={(event) => { event.preventDefault(); void submit() }}>
      <header className={styles.head}><div><h1>{say(startTexts.title)}</h1><p>{say(startTexts.text)}</p></div></header>
      <ErrorBanner problem={problem} shown={shown} />
      <Panel title={say(startTexts.firm)}>
        <div className={styles.fields}>
          {fields.map((field) => <LabelledField key={field.name} field={field} value={company[field.name] ?? ''} error={findings.get(`company.${field.name}`)} onChange={(value) => setCompany((old) => ({ ...old, [field.name]: value }))} />)}
        </div>
      </Panel>
      <Panel title={say(startTexts.owner)}>
        <p className={styles.plain}>{say(startTexts.ownerText)}</p>
        <div className={styles.fields}>
          {ownerFields.map((field) => <LabelledField key={field.name} field={field} value={owner[field.name] ?? ''} error={findings.get(`owner.${field.name}`)} onChange={(value) => setOwner((old) => ({ ...old, [field.name]: value }))} />)}
          <PasswordField value={password} isNew isOwn error={findings.get('owner.password') ?? findings.get('password')} onChange={setPassword} />
        </div>
      </Panel>
      <Panel title={say(startTexts.confirmTitle)}>
        <LabelledField field={confirmField} value={typed} error={findings.get('confirmation')} onChange={(value) => setTyped(String(value))} />
      </Panel>
      <div className={styles.foot}><Button type="submit" look="primary" danger busy={busy}>{say(startTexts.go)}</Button></div>
    </form>
  )
}

/** What most firms that read this language fill in, and where the browser stands. */
const usual = (language: 'en' | 'zh'): Record<string, FormValue> => ({
  language, timeZone: Intl.DateTimeFormat().resolvedOptions().timeZone, ...(language === 'zh' ? { currency: 'CNY', country: 'CN' } : {}),
})
