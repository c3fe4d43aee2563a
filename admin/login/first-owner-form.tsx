'use client'

import { useEffect, useRef, useState, type FormEvent } from 'react'
import { email, required, text } from '../../config/language/fields.ts'
import { useCommand } from '../kit/api.ts'
import { Button } from '../kit/button.tsx'
import { LabelledField } from '../kit/field-input.tsx'
import type { FormValue } from '../kit/field-values.ts'
import { useText } from '../kit/kit-context.tsx'
import { ErrorBanner } from '../kit/surfaces.tsx'
import { firstOwnerTexts } from '../locales/first-owner-texts.ts'
import { PasswordField } from '../people/password-field.tsx'
import { Entrance } from './entrance.tsx'
import styles from './login.module.css'

const fields = [text('name', firstOwnerTexts.name, required), email('email', firstOwnerTexts.email, required)]
const atFields = new Set(['name', 'email', 'password'])

/** The first account of a platform, which becomes its owner; `target` is where it goes on. */
export function FirstOwnerForm({ target }: { readonly target: string }) {
  const say = useText()
  const { busy, problem, run } = useCommand()
  const [values, setValues] = useState<Record<string, FormValue>>({ name: '', email: '' })
  const [password, setPassword] = useState('')
  const [tried, setTried] = useState(false)
  const form = useRef<HTMLFormElement>(null)
  const said = new Map(problem?.findings.map(({ path, message }) => [path, say(message)]))
  const empty = (name: string, value: FormValue | undefined) => (tried && !value ? say(firstOwnerTexts[`${name}Missing` as keyof typeof firstOwnerTexts]) : said.get(name))
  useEffect(() => { if (tried || problem) form.current?.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus() }, [tried, problem])
  const submit = async (event: FormEvent) => {
    event.preventDefault()
    const isFull = fields.every(({ name }) => values[name]) && password !== ''
    setTried(!isFull)
    if (isFull && (await run('/api/users/first-register', { method: 'POST', body: { ...values, password } }))) window.location.assign(target)
  }
  return (
    <Entrance>
      <form ref={form} className={styles.box} noValidate onSubmit={(event) => void submit(event)}>
        <h1>{say(firstOwnerTexts.title)}</h1>
        <p className={styles.lead}>{say(firstOwnerTexts.text)}</p>
        <ErrorBanner problem={problem} shown={atFields} />
        {fields.map((field) => <LabelledField key={field.name} field={field} value={values[field.name] ?? ''} error={empty(field.name, values[field.name])} onChange={(value) => setValues((old) => ({ ...old, [field.name]: value }))} />)}
        <PasswordField value={password} isNew isOwn error={empty('password', password)} onChange={setPassword} />
        <Button type="submit" look="primary" busy={busy}>{say(firstOwnerTexts.go)}</Button>
      </form>
    </Entrance>
  )
}
