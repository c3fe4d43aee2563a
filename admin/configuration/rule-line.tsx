'use client'

import type { Environment } from '@marcbachmann/cel-js'
import { useId, useRef, useState, type ReactNode } from 'react'
import { headWord, surroundings, variableOf } from '../../config/expression/environment.ts'
import type { Text } from '../../config/language/text.ts'
import { useText } from '../kit/kit-context.tsx'
import { conditionTexts, functionTexts, signTexts } from '../locales/condition-texts.ts'
import { ConditionBuilder } from './condition-builder.tsx'
import type { Subject } from './rule-words.ts'
import styles from './rules.module.css'

type Props = {
  readonly label: string
  readonly example: string
  readonly value: string | undefined
  readonly problem: Text | undefined
  readonly subjects: readonly Subject[]
  /** Given: it is a condition, which can be chosen from lists. */
  readonly environment?: Environment
  readonly onChange: (value: string) => void
  readonly end?: ReactNode
  readonly children?: ReactNode
}

/** One expression: written, put together from a list of words, or, as a condition, chosen. */
export function RuleLine({ label, example, value = '', problem, subjects, environment, onChange, end, children }: Props) {
  const say = useText()
  const id = useId()
  const input = useRef<HTMLInputElement>(null)
  const [isOpen, setOpen] = useState(false)
  const insert = (text: string) => {
    const at = input.current?.selectionStart ?? value.length
    onChange(value.slice(0, at) + text + value.slice(input.current?.selectionEnd ?? at))
    // Into the brackets, where there are any.
    const caret = at + (text.includes('(') ? text.indexOf('(') + 1 : text.length)
    requestAnimationFrame(() => { input.current?.focus(); input.current?.setSelectionRange(caret, caret) })
  }
  return (
    <div className={styles.line}>
      <label id={`${id}-label`} htmlFor={id}>{label}</label>
      <div className={styles.entry}>
        <input ref={input} id={id} className={styles.code} spellCheck={false} autoComplete="off" value={value} placeholder={example} aria-invalid={problem ? true : undefined} aria-describedby={problem ? `${id}-note` : undefined} onChange={(event) => onChange(event.target.value)} />
        <InsertMenu describedBy={`${id}-label`} subjects={subjects} onInsert={insert} />
        {end}
      </div>
      {problem ? <span id={`${id}-note`} role="alert" className={styles.error}>{say(problem)}</span> : null}
      {environment ? <button type="button" className={styles.toggle} aria-expanded={isOpen} onClick={() => setOpen(!isOpen)}>{say(conditionTexts.open)}</button> : null}
      {environment && isOpen ? <ConditionBuilder environment={environment} subjects={subjects} source={value} onChange={onChange} /> : null}
      {children}
    </div>
  )
}

/** Keys of fields, signs and functions, each with what it means; put where the cursor stands. */
function InsertMenu({ describedBy, subjects, onInsert }: { readonly describedBy: string; readonly subjects: readonly Subject[]; readonly onInsert: (text: string) => void }) {
  const say = useText()
  return (
    <select className={styles.insert} aria-label={say(conditionTexts.insert)} aria-describedby={describedBy} value="" onChange={(event) => onInsert(event.target.value)}>
      <option value="" disabled>{say(conditionTexts.insert)}</option>
      <optgroup label={say(conditionTexts.fields)}>{subjects.map(({ name, label: text }) => <option key={name} value={name in surroundings || name.startsWith(`${headWord}.`) ? name : variableOf(name)}>{say(text)} · {name}</option>)}</optgroup>
      <optgroup label={say(conditionTexts.signs)}>{signTexts.map(({ text, label: meaning }) => <option key={text} value={text}>{text.trim()} · {say(meaning)}</option>)}</optgroup>
      <optgroup label={say(conditionTexts.functions)}>{functionTexts.map(({ text, label: meaning }) => <option key={text} value={text}>{text} · {say(meaning)}</option>)}</optgroup>
    </select>
  )
}
