'use client'

import Link from 'next/link'
import { useEffect, useRef, useState, type FormEvent } from 'react'
import { email as emailField, required } from '../../config/language/fields.ts'
import { useCommand } from '../kit/api.ts'
import { Button } from '../kit/button.tsx'
import { LabelledField } from '../kit/field-input.tsx'
import { useText } from '../kit/kit-context.tsx'
import { Banner, ErrorBanner } from '../kit/surfaces.tsx'
import { resetTexts } from '../locales/reset-texts.ts'
import { loginTexts } from '../locales/texts.ts'
import { PasswordField } from '../people/password-field.tsx'
import { Entrance } from './entrance.tsx'
import styles from './login.module.css'

const address = emailField('email', loginTexts.email, required)

/** A new password by the link of an email. `token` null: the link is used or has run out; `canMail`: another can be sent. */
export function ResetForm({ token, canMail }: { readonly token: string | null; readonly canMail: boolean }) {
  const [isDead, setDead] = useState(token === null)
  return <Entrance>{token === null || isDead ? <NewLink canMail={canMail} /> : <NewPassword token={token} onDead={() => setDead(true)} />}</Entrance>
}

function NewPassword({ token, onDead }: { readonly token: string; readonly onDead: () => void }) {
  const say = useText()
  const { busy, problem, run } = useCommand()
  const [password, setPassword] = useState('')
  const [tried, setTried] = useState(false)
  const form = useRef<HTMLFormElement>(null)
  const said = problem?.findings.find(({ path }) => path === 'password')?.message
  useEffect(() => { if (problem?.status === 403) onDead() }, [problem, onDead])
  useEffect(() => { if (tried || problem) form.current?.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus() }, [tried, problem])
  const submit = async (event: FormEvent) => {
    event.preventDefault()
    setTried(password === '')
    if (password !== '' && await run('/api/users/reset-password', { method: 'POST', body: { token, password } })) window.location.assign('/admin')
  }
  return (
    <form ref={form} className={styles.box} noValidate onSubmit={(event) => void submit(event)}>
      <h1>{say(resetTexts.title)}</h1>
      <p className={styles.lead}>{say(resetTexts.text)}</p>
      <ErrorBanner problem={problem} shown={new Set(['password'])} />
      <PasswordField value={password} isNew isOwn error={tried ? say(resetTexts.missing) : said && say(said)} onChange={(value) => { setTried(false); setPassword(value) }} />
      <Button type="submit" look="primary" busy={busy}>{say(resetTexts.go)}</Button>
    </form>
  )
}

function NewLink({ canMail }: { readonly canMail: boolean }) {
  const say = useText()
  const { busy, problem, run } = useCommand()
  const [email, setEmail] = useState('')
  const [sent, setSent] = useState(false)
  const submit = async (event: FormEvent) => {
    event.preventDefault()
    if (email.trim() !== '' && await run('/api/users/forgot-password', { method: 'POST', body: { email: email.trim() } })) setSent(true)
  }
  return (
    <form className={styles.box} noValidate onSubmit={(event) => void submit(event)}>
      <h1>{say(resetTexts.deadTitle)}</h1>
      <p className={styles.lead}>{say(canMail ? resetTexts.deadText : resetTexts.askOwner)}</p>
      <ErrorBanner problem={problem} />
      {sent ? <Banner tone="waiting"><strong>{say(resetTexts.sent)}</strong></Banner> : null}
      {canMail && !sent ? (
        <>
          <LabelledField field={address} value={email} error={undefined} onChange={(value) => setEmail(String(value))} />
          <Button type="submit" look="primary" busy={busy} disabled={email.trim() === ''}>{say(resetTexts.newLink)}</Button>
        </>
      ) : null}
      <p><Link href="/admin/login" prefetch={false}>{say(resetTexts.back)}</Link></p>
    </form>
  )
}
