'use client'

import { useId, useState } from 'react'
import { Button } from '../kit/button.tsx'
import { useText } from '../kit/kit-context.tsx'
import { peopleTexts } from '../locales/people-texts.ts'
import fieldStyles from '../kit/fields.module.css'
import styles from './people.module.css'

/** A new password, typed or made; shown on demand, so that it can be handed over. */
export function PasswordField({ value, isNew, isOwn = false, error, onChange }: { readonly value: string; readonly isNew: boolean; readonly isOwn?: boolean; readonly error: string | undefined; readonly onChange: (value: string) => void }) {
  const say = useText()
  const id = useId()
  const [shown, setShown] = useState(false)
  return (
    <div className={fieldStyles.field}>
      <label htmlFor={id} className={`${fieldStyles.label} ${isNew ? fieldStyles.required : ''}`}>{say(isNew ? peopleTexts.password : peopleTexts.newPassword)}</label>
      <div className={styles.password}>
        <input id={id} className={fieldStyles.input} type={shown ? 'text' : 'password'} autoComplete="new-password" aria-invalid={Boolean(error) || undefined} aria-describedby={`${id}-note`} value={value} onChange={(event) => onChange(event.target.value)} />
        <Button aria-pressed={shown} onClick={() => setShown(!shown)}>{say(peopleTexts.show)}</Button>
        {isNew && !isOwn ? <Button onClick={() => { onChange(makePassword()); setShown(true) }}>{say(peopleTexts.generate)}</Button> : null}
      </div>
      <span id={`${id}-note`} className={error ? fieldStyles.error : fieldStyles.help}>{error ?? say(isNew && !isOwn ? peopleTexts.passwordHelp : peopleTexts.ownPasswordHelp)}</span>
    </div>
  )
}

/** 16 signs that are not mistaken for each other when read out: 32 of them, so 80 bits. */
function makePassword(): string {
  const signs = 'abcdefghjkmnpqrstuvwxyz234567892'
  const random = [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => signs[byte % 32] ?? '').join('')
  return random.replace(/(.{4})(?=.)/g, '$1-')
}
