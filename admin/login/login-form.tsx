'use client'

import { useRef, useState, type FormEvent } from 'react'
import type { Text } from '../../config/language/text.ts'
import { Button } from '../kit/button.tsx'
import { useText } from '../kit/kit-context.tsx'
import { Banner } from '../kit/surfaces.tsx'
import { loginTexts } from '../locales/texts.ts'
import fields from '../kit/fields.module.css'
import { Entrance } from './entrance.tsx'
import styles from './login.module.css'

export type DemoChoice = { readonly email: string; readonly password: string; readonly role: Text }

/** Sign-in. In demo mode each role's login fills the form with one click; a second click on it signs in. */
export function LoginForm({ demo, target }: { readonly demo: readonly DemoChoice[]; readonly target: string }) {
  const say = useText()
  const [email, setEmail] = useState('')
  const [password, setPassword] = useState('')
  const [busy, setBusy] = useState(false)
  const [problem, setProblem] = useState<Text | null>(null)
  const button = useRef<HTMLButtonElement>(null)
  const submit = async (event: FormEvent) => {
    event.preventDefault()
    setBusy(true)
    const refusal = await signIn({ email: email.trim(), password })
    if (!refusal) return window.location.assign(target)
    setProblem(refusal)
    setBusy(false)
    return undefined
  }
  const fill = (choice: DemoChoice) => {
    setEmail(choice.email)
    setPassword(choice.password)
    setProblem(null)
    button.current?.focus()
  }
  return (
    <Entrance>
      <form className={styles.box} onSubmit={(event) => void submit(event)}>
        <h1>{say(loginTexts.title)}</h1>
        {problem ? <Banner tone="bad"><strong>{say(problem)}</strong></Banner> : null}
        <label className={fields.field}>
          <span className={fields.label}>{say(loginTexts.email)}</span>
          <input className={fields.input} type="email" name="email" autoComplete="username" required autoFocus value={email} onChange={(event) => setEmail(event.target.value)} />
        </label>
        <label className={fields.field}>
          <span className={fields.label}>{say(loginTexts.password)}</span>
          <input className={fields.input} type="password" name="password" autoComplete="current-password" required value={password} onChange={(event) => setPassword(event.target.value)} />
        </label>
        <Button ref={button} type="submit" look="primary" busy={busy}>{say(loginTexts.signIn)}</Button>
        {demo.length > 0 ? (
          <section className={styles.demo} aria-label={say(loginTexts.demo)}>
            <h2>{say(loginTexts.demo)}</h2>
            <div className={styles.logins}>
              {demo.map((choice) => (
                <button key={choice.email} type="button" className={styles.login} aria-pressed={email === choice.email} onClick={() => fill(choice)}>
                  {say(choice.role)}<small>{choice.email}</small>
                </button>
              ))}
            </div>
            <p>{say(loginTexts.demoHint, { password: demo[0]?.password ?? '' })}</p>
          </section>
        ) : null}
      </form>
    </Entrance>
  )
}

/** @returns why not, or null when the session's cookie is set */
async function signIn(credentials: { email: string; password: string }): Promise<Text | null> {
  try {
    const response = await fetch('/api/users/login', { method: 'POST', credentials: 'same-origin', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(credentials) })
    if (response.ok) return null
    const answer = (await response.json().catch(() => undefined)) as { errors?: { name?: string; data?: { message?: Text } }[] } | undefined
    const [error] = answer?.errors ?? []
    return error?.name === 'accountLocked' ? error.data?.message ?? loginTexts.locked : loginTexts.wrong
  } catch {
    return loginTexts.unreachable
  }
}
