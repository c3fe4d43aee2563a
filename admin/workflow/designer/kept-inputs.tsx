'use client'

import { useEffect, useId, useState, type ReactNode } from 'react'
import type { FieldDefinition } from '../../../config/language/entity.ts'
import type { Text } from '../../../config/language/text.ts'
import { LabelledField } from '../../kit/field-input.tsx'
import { fromForm, toForm, type FormValue } from '../../kit/field-values.ts'
import { useText } from '../../kit/kit-context.tsx'
import { designerTexts } from '../../locales/designer-texts.ts'
import styles from './designer.module.css'

/** A text that counts once it is left or Enter is pressed, so that a word is one step to take back. */
export function KeptText({ value, label, lang, placeholder, invalid, onKeep }: { readonly value: string; readonly label: string; readonly lang?: string; readonly placeholder?: string; readonly invalid?: boolean; readonly onKeep: (value: string) => void }) {
  const [typed, setTyped] = useState(value)
  useEffect(() => setTyped(value), [value])
  const keep = () => { if (typed !== value) onKeep(typed) }
  return (
    <input
      className={styles.input} aria-label={label} lang={lang} placeholder={placeholder} aria-invalid={invalid || undefined} value={typed} autoComplete="off"
      onChange={(event) => setTyped(event.target.value)} onBlur={keep} onKeyDown={(event) => { if (event.key === 'Enter' && !event.nativeEvent.isComposing) keep() }}
    />
  )
}

/** A text in both languages side by side. */
export function TextPair({ label, value, onKeep, first }: { readonly label: string; readonly value: Text; readonly onKeep: (text: Text) => void; readonly first?: boolean }) {
  const say = useText()
  const id = useId()
  return (
    <div role="group" aria-labelledby={id} className={styles.pair} data-first={first || undefined}>
      <span id={id} className={styles.label}>{label}</span>
      {(['en', 'zh'] as const).map((language) => (
        <KeptText
          key={language} lang={language === 'en' ? 'en' : 'zh-CN'} value={value[language] ?? ''} placeholder={language === 'en' ? 'English' : '中文'} invalid={!value[language]?.trim() && Boolean(value[language === 'en' ? 'zh' : 'en']?.trim())}
          label={`${label} · ${say(language === 'en' ? designerTexts.english : designerTexts.chinese)}`} onKeep={(text) => onKeep({ ...value, [language]: text })}
        />
      ))}
    </div>
  )
}

/** An input of the kit whose value, as stored, counts once it is left. */
export function KeptField({ field, value, onKeep }: { readonly field: FieldDefinition; readonly value: unknown; readonly onKeep: (value: unknown) => void }) {
  const given = JSON.stringify(value ?? null)
  const [typed, setTyped] = useState<{ readonly of: string; readonly value: FormValue } | null>(null)
  const shown = typed?.of === given ? typed.value : toForm(field, value)
  const isTyped = !field.many && field.type !== 'select' && field.type !== 'boolean' && field.type !== 'relation' && field.type !== 'date'
  const keep = (next: FormValue) => {
    const stored = fromForm(field, next)
    const filled = stored === null || stored === '' || (Array.isArray(stored) && stored.length === 0) || (field.type === 'boolean' && stored === false) ? undefined : stored
    if (JSON.stringify(filled ?? null) !== given) onKeep(filled)
  }
  return (
    <div onKeyDown={(event) => { if (event.key === 'Enter' && isTyped && field.type !== 'json' && field.type !== 'longText') keep(shown) }}>
      <LabelledField field={field} value={shown} onChange={(next) => { setTyped({ of: given, value: next }); if (!isTyped) keep(next) }} onBlur={() => { if (isTyped) keep(shown) }} />
    </div>
  )
}

export function Choice({ label, value, options, hideLabel = false, onChoose }: {
  readonly label: string
  readonly value: string
  readonly options: readonly { readonly value: string; readonly label: string; readonly disabled?: boolean }[]
  readonly hideLabel?: boolean
  readonly onChoose: (value: string) => void
}) {
  const id = useId()
  return (
    <div className={styles.choice}>
      {hideLabel ? null : <label htmlFor={id} className={styles.label}>{label}</label>}
      <select id={id} className={styles.input} value={value} {...(hideLabel ? { 'aria-label': label } : {})} onChange={(event) => onChoose(event.target.value)}>
        {options.some((option) => option.value === value) ? null : <option value={value}>{value}</option>}
        {options.map((option) => <option key={option.value} value={option.value} disabled={option.disabled}>{option.label}</option>)}
      </select>
    </div>
  )
}

export function Box({ label, checked, disabled, onChange }: { readonly label: string; readonly checked: boolean; readonly disabled?: boolean; readonly onChange: (checked: boolean) => void }) {
  return <label className={styles.box}><input type="checkbox" checked={checked} disabled={disabled} onChange={(event) => onChange(event.target.checked)} /> {label}</label>
}

/** A titled part of the properties. */
export function Part({ title, note, children }: { readonly title: string; readonly note?: string; readonly children: ReactNode }) {
  const id = useId()
  return (
    <section aria-labelledby={id} className={styles.part}>
      <h3 id={id}>{title}</h3>
      {note ? <p className={styles.note}>{note}</p> : null}
      {children}
    </section>
  )
}
