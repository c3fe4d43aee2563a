'use client'

import { useEffect, useRef, useState } from 'react'
import type { FieldDefinition } from '../../config/language/entity.ts'
import { email, required, text } from '../../config/language/fields.ts'
import type { Text } from '../../config/language/text.ts'
import { request, useCommand } from '../kit/api.ts'
import { Button } from '../kit/button.tsx'
import { LabelledField } from '../kit/field-input.tsx'
import { formOf, spokenOf, type FormValue } from '../kit/field-values.ts'
import { useKit, useText } from '../kit/kit-context.tsx'
import { ErrorBanner, Panel } from '../kit/surfaces.tsx'
import { startTexts } from '../locales/operations-texts.ts'
import { PasswordField } from '../people/password-field.tsx'
import styles from '../operations/operations.module.css'

const ownerFields = [text('name', startTexts.name, required), email('email', startTexts.email, required)]

type Props = {
  /** `clear`: the demo goes first, so an account and a confirmation are asked. */
  readonly kind: 'clear' | 'first'
  readonly confirmation: Text
  readonly firmFields: readonly FieldDefinition[]
  readonly bookFields: readonly FieldDefinition[]
}

/** Every finding of the server stands at its field; the first of them gets the focus. */
export function StartFirmForm({ kind, confirmation, firmFields, bookFields }: Props) {
  const say = useText()
  const { language } = useKit()
  const { busy, problem, run } = useCommand()
  const fields = [...firmFields, ...bookFields]
  const [company, setCompany] = useState(() => formOf(fields, { ...Object.fromEntries(fields.map((field) => [field.name, field.default ?? null])), ...usual(language) }))
  const [owner, setOwner] = useState<Record<string, FormValue>>({ name: '', email: '' })
  const [password, setPassword] = useState('')
  const [typed, setTyped] = useState('')
  const [entering, setEntering] = useState(false)
  const form = useRef<HTMLFormElement>(null)
  useEffect(() => { if (problem) form.current?.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus() }, [problem])

  const findings = new Map(problem?.findings.map(({ path, message }) => [path, say(message)]))
  const shownBooks = bookFields.filter(({ name }) => name !== rateField || company[templateField] === 'international')
  const shownFields = [...firmFields, ...shownBooks]
  const confirmField = text('confirmation', { en: startTexts.confirm.en.replace('{word}', confirmation.en), zh: startTexts.confirm.zh.replace('{word}', confirmation.zh) }, required)
  const atFields = new Set(['confirmation', 'owner.password', ...shownFields.map(({ name }) => `company.${name}`), ...ownerFields.map(({ name }) => `owner.${name}`)])
  const submit = async () => {
    const account = { ...owner, password }
    const body = { company: spokenOf(shownFields, company), ...(kind === 'clear' ? { owner: account, confirmation: typed.trim() } : {}) }
    const answer = await run<{ owner: string }>('/api/firm/start', { method: 'POST', body })
    if (!answer) return
    setEntering(true)
    await enter(kind === 'clear' ? account : null)
  }
  const companyInput = (field: FieldDefinition) => (
    <LabelledField
      key={field.name} field={field} value={company[field.name] ?? ''} error={findings.get(`company.${field.name}`)}
      onChange={(value) => setCompany((old) => ({ ...old, [field.name]: value, ...(field.name === templateField ? usualWith(value, old) : {}) }))}
    />
  )
  return (
    <form ref={form} className={`${styles.screen} ${styles.narrow}`} noValidate onSubmit={(event) => { event.preventDefault(); void submit() }}>
      <header className={styles.head}><div>
        <h1>{say(kind === 'clear' ? startTexts.title : startTexts.firstTitle)}</h1>
        <p>{say(kind === 'clear' ? startTexts.text : startTexts.firstText)}</p>
      </div></header>
      <ErrorBanner problem={problem} shown={atFields} />
      <Panel title={say(startTexts.firm)}><div className={styles.fields}>{firmFields.map(companyInput)}</div></Panel>
      {shownBooks.length > 0 ? <Panel title={say(startTexts.books)}><div className={styles.fields}>{shownBooks.map(companyInput)}</div></Panel> : null}
      {kind === 'clear' ? (
        <>
          <Panel title={say(startTexts.owner)}>
            <p className={styles.plain}>{say(startTexts.ownerText)}</p>
            <div className={styles.fields}>
              {ownerFields.map((field) => <LabelledField key={field.name} field={field} value={owner[field.name] ?? ''} error={findings.get(`owner.${field.name}`)} onChange={(value) => setOwner((old) => ({ ...old, [field.name]: value }))} />)}
              <PasswordField value={password} isNew isOwn error={findings.get('owner.password')} onChange={setPassword} />
            </div>
          </Panel>
          <Panel title={say(startTexts.confirmTitle)}>
            <LabelledField field={confirmField} value={typed} error={findings.get('confirmation')} onChange={(value) => setTyped(String(value))} />
          </Panel>
        </>
      ) : null}
      <div className={styles.foot}><Button type="submit" look="primary" danger={kind === 'clear'} busy={busy || entering}>{say(kind === 'clear' ? startTexts.go : startTexts.goFirst)}</Button></div>
    </form>
  )
}

const templateField = 'template'
/** Asked only with the template that brings no rates of its own. */
const rateField = 'standardTaxRate'

/**
 * Into the new firm by a load of the whole page: the frame of the old one, its name and its counts, must not stay. Where the
 * demo was cleared, its session went with it.
 */
async function enter(account: Readonly<Record<string, unknown>> | null): Promise<void> {
  let target = '/admin'
  if (account) await request('/api/users/login', { method: 'POST', body: { email: account.email, password: account.password } }).catch(() => { target = '/admin/login' })
  window.location.assign(target)
}

/** What most firms that read this language fill in, and where the browser stands. */
const usual = (language: 'en' | 'zh'): Record<string, FormValue> => ({
  language, timeZone: Intl.DateTimeFormat().resolvedOptions().timeZone, [templateField]: language === 'zh' ? 'china' : 'international', ...(language === 'zh' ? inChina : {}),
})
const inChina = { currency: 'CNY', country: 'CN' } as const

/** A template says where the firm is, unless that is filled in already. */
function usualWith(template: FormValue, { currency, country }: Readonly<Record<string, FormValue>>): Record<string, FormValue> {
  return template === 'china' ? { currency: currency || inChina.currency, country: country || inChina.country, [rateField]: '' } : {}
}
