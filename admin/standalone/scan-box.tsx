'use client'

import { useEffect, useId, useRef, useState, type KeyboardEvent } from 'react'
import type { FieldDefinition } from '../../config/language/entity.ts'
import { isFileField } from '../../config/language/file-value.ts'
import { Icon } from '../kit/icon.tsx'
import { useText } from '../kit/kit-context.tsx'
import { pageTexts } from '../locales/page-texts.ts'
import { kitTexts } from '../locales/texts.ts'
import type { Signal } from './use-scanning.ts'
import styles from './shop-floor.module.css'

type Props = { readonly field: FieldDefinition; readonly preset: string; readonly signal: Signal | null; readonly onScan: (text: string) => void; /** Of a file: it was chosen, or taken with the camera. */ readonly onFile: (file: File) => void }

/** What scanners press for the separator of GS1 codes: the character 29. */
const separator = '\u001D'

/** The one place into which a scanner types: whatever was touched, the next character stands here. */
export function ScanBox({ field, preset, signal, onScan, onFile }: Props) {
  const say = useText()
  const id = useId()
  const input = useRef<HTMLInputElement>(null)
  const [text, setText] = useState(preset)
  useEffect(() => {
    input.current?.focus()
    input.current?.select()
    const back = (event: globalThis.KeyboardEvent) => {
      const isTyping = event.key.length === 1 && !event.altKey && !event.metaKey && event.key !== ' '
      if (isTyping && document.activeElement !== input.current) input.current?.focus()
    }
    const released = (event: PointerEvent) => {
      if (!(event.target instanceof Element) || !event.target.closest('button, a, input, label, dialog')) setTimeout(() => input.current?.focus(), 0)
    }
    document.addEventListener('keydown', back, true)
    document.addEventListener('pointerup', released)
    return () => {
      document.removeEventListener('keydown', back, true)
      document.removeEventListener('pointerup', released)
    }
  }, [])
  const send = (value: string) => {
    setText('')
    onScan(value)
    input.current?.focus()
  }
  const keys = (event: KeyboardEvent<HTMLInputElement>) => {
    if (event.ctrlKey && (event.key === ']' || event.key === separator)) {
      event.preventDefault()
      setText((old) => `${old}${separator}`)
    }
    // Some scanners end with Tab; an empty box lets Tab go on to the buttons.
    if (event.key === 'Enter' || (event.key === 'Tab' && !event.shiftKey && text !== '')) {
      event.preventDefault()
      send(text)
    }
    event.stopPropagation()
  }
  const choices = field.type === 'boolean' ? [{ value: 'yes', label: pageTexts.yesWords }, { value: 'no', label: pageTexts.noWords }] : field.type === 'select' ? field.options ?? [] : []
  const isFile = isFileField(field)
  const isNumber = ['integer', 'quantity', 'unitPrice', 'money', 'percent', 'rate'].includes(field.type)
  return (
    <div className={styles.box}>
      <label htmlFor={id}>{say(field.label)}{field.required ? ' *' : ''}</label>
      <input
        ref={input} id={id} className={isFile ? styles.unseen : undefined} value={text} autoComplete="off" autoCapitalize="off" spellCheck={false} enterKeyHint="next" inputMode={isNumber ? 'decimal' : isFile ? 'none' : undefined} readOnly={isFile}
        aria-describedby={`${id}-note`} aria-invalid={signal?.isRight === false || undefined} onChange={(event) => setText(event.target.value)} onKeyDown={keys}
      />
      {choices.length > 0 ? <div className={styles.choices}>{choices.map(({ value, label }) => <button key={value} type="button" onClick={() => send(value)}>{say(label)}</button>)}</div> : null}
      {isFile ? (
        <div className={styles.choices}>
          <label className={styles.take}>{say(field.type === 'image' ? pageTexts.takePicture : kitTexts.chooseFile)}<input type="file" className={styles.unseen} {...(field.type === 'image' && { accept: 'image/*', capture: 'environment' })} onChange={(event) => { const [file] = event.target.files ?? []; event.target.value = ''; if (file) onFile(file) }} /></label>
        </div>
      ) : null}
      <p id={`${id}-note`} className={styles.hint}>{field.help ? `${say(field.help)} · ` : ''}{isFile ? say(pageTexts.file) : say(pageTexts.scan)}{field.required ? '' : ` · ${say(pageTexts.optional)}`}</p>
      {signal ? (
        <p key={signal.count} role="alert" className={styles.signal} data-right={signal.isRight}>
          <Icon name={signal.isRight ? 'check' : 'close'} size={28} /><span>{signal.text ? say(signal.text) : 'OK'}</span>
        </p>
      ) : null}
    </div>
  )
}
