'use client'

import { useId, useState } from 'react'
import { readMark, readSignature, writeMark, type Point } from '../../config/language/signature.ts'
import { signatureTexts } from '../locales/signature-texts.ts'
import { kitTexts } from '../locales/texts.ts'
import { Button } from './button.tsx'
import type { InputProps } from './field-input.tsx'
import { useText } from './kit-context.tsx'
import { MarkShown, SignatureShown } from './signature-value.tsx'
import { useStrokes } from './use-strokes.ts'
import { SignedBy } from './values.tsx'
import fields from './fields.module.css'
import styles from './signature.module.css'

/** Signing: drawn with finger, pen or mouse, or the name typed by who cannot or would rather not draw. Who and when is written by the server. */
export function SignatureInput({ field, value, onChange, onBlur, id, invalid, describedBy, label }: InputProps) {
  const say = useText()
  const own = useId()
  const [anew, setAnew] = useState(false)
  const [types, setTypes] = useState(false)
  const stored = readSignature(value)
  const mark = stored ? undefined : readMark(value)
  const name = label ?? say(field.label)
  const empty = () => { onChange(''); setAnew(false) }
  if (stored && !anew) {
    return (
      <div role="group" aria-label={name} aria-describedby={describedBy} className={styles.field}>
        <SignatureShown signature={stored}><SignedBy signature={stored} /></SignatureShown>
        <span className={styles.actions}>
          <Button small icon="refresh" onClick={() => setAnew(true)}>{say(signatureTexts.again)}</Button>
          <Button small look="ghost" onClick={empty}>{say(kitTexts.removeFile)}</Button>
        </span>
      </div>
    )
  }
  const typed = mark && 'typed' in mark ? mark.typed : typeof value === 'string' && value.startsWith('typed:') ? value.slice('typed:'.length) : ''
  const drawn = mark && 'strokes' in mark ? mark.strokes : []
  const write = (text: string) => onChange(text.trim() === '' ? '' : writeMark({ typed: text }))
  const back = stored && anew ? <Button small look="ghost" onClick={() => setAnew(false)}>{say(kitTexts.cancel)}</Button> : null
  return (
    <div role="group" aria-label={name} aria-describedby={describedBy} className={styles.field} data-invalid={invalid || undefined} onBlur={onBlur}>
      {types || typed !== '' ? (
        <>
          <label className={styles.typed} htmlFor={id ?? own}>{say(signatureTexts.yourName)}</label>
          <input id={id ?? own} className={`${fields.input} ${styles.name}`} autoComplete="name" maxLength={100} value={typed} aria-invalid={invalid || undefined} onChange={(event) => write(event.target.value)} onBlur={() => write(typed.trim())} />
        </>
      ) : <Pad drawn={drawn} label={`${name}: ${say(signatureTexts.draw)}`} onDrawn={(strokes) => onChange(writeMark({ strokes }))} />}
      <span className={styles.actions}>
        {types || typed !== '' ? <Button small look="ghost" onClick={() => { setTypes(false); onChange('') }}>{say(signatureTexts.drawInstead)}</Button> : <Button small look="ghost" onClick={() => { setTypes(true); onChange('') }}>{say(signatureTexts.typeInstead)}</Button>}
        {drawn.length > 0 ? <Button small look="ghost" onClick={() => onChange('')}>{say(kitTexts.clear)}</Button> : null}
        {back}
      </span>
    </div>
  )
}

type PadProps = { readonly drawn: readonly (readonly Point[])[]; readonly label: string; readonly onDrawn: (strokes: readonly (readonly Point[])[]) => void }

/** What is drawn is what is stored: the same lines, shown by the same numbers. */
function Pad({ drawn, label, onDrawn }: PadProps) {
  const say = useText()
  const { strokes, handlers } = useStrokes(drawn, onDrawn)
  return (
    <div className={styles.pad} role="img" aria-label={label} {...handlers}>
      {strokes.length === 0 ? <span className={styles.hint} aria-hidden="true">{say(signatureTexts.draw)}</span> : <MarkShown mark={{ strokes }} />}
      <span className={styles.line} aria-hidden="true" />
    </div>
  )
}
