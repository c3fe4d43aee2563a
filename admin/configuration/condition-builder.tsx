'use client'

import type { Environment } from '@marcbachmann/cel-js'
import { useState } from 'react'
import { kindOf } from '../../config/expression/rule-values.ts'
import { comparisonsOf, isComplete, readConditions, takesValue, writeConditions, type Comparison, type Condition, type Conditions } from '../../config/expression/simple-conditions.ts'
import { Button, IconButton } from '../kit/button.tsx'
import { useText } from '../kit/kit-context.tsx'
import { comparisonTexts, conditionTexts, dayTexts } from '../locales/condition-texts.ts'
import { configurationTexts } from '../locales/configuration-texts.ts'
import type { Subject } from './rule-words.ts'
import styles from './rules.module.css'

type Props = { readonly environment: Environment; readonly subjects: readonly Subject[]; readonly source: string; readonly onChange: (source: string) => void }

/** Conditions in rows, chosen from lists; the expression above stays what counts, and what is simple in it is read back. */
export function ConditionBuilder({ environment, subjects, source, onChange }: Props) {
  const say = useText()
  // What is not complete yet is no part of the expression, and is kept here.
  const [begun, setBegun] = useState<{ readonly source: string; readonly conditions: Conditions } | null>(null)
  const conditions = begun?.source === source ? begun.conditions : readConditions(environment, source, subjects)
  if (!conditions) return <p className={styles.hint}>{say(conditionTexts.more)}</p>
  const { join, parts } = conditions
  const put = (next: Conditions) => {
    const text = writeConditions(next, subjects)
    setBegun({ source: text, conditions: next })
    if (text !== source) onChange(text)
  }
  const replace = (index: number, part: Condition) => put({ join, parts: parts.map((one, at) => (at === index ? part : one)) })
  return (
    <div className={styles.conditions}>
      {parts.length > 1 ? (
        <label className={styles.join}>{say(conditionTexts.join)} <select className={styles.choice} value={join} onChange={(event) => put({ join: event.target.value as Conditions['join'], parts })}>
          <option value="and">{say(conditionTexts.all)}</option><option value="or">{say(conditionTexts.any)}</option>
        </select></label>
      ) : null}
      {parts.map((part, index) => (
        <Row key={index} part={part} subjects={subjects} number={index + 1} onChange={(next) => replace(index, next)} onRemove={() => put({ join, parts: parts.filter((_, at) => at !== index) })} />
      ))}
      <Button small icon="plus" onClick={() => put({ join, parts: [...parts, { field: '', comparison: 'is', value: '' }] })}>{say(conditionTexts.add)}</Button>
    </div>
  )
}

type RowProps = { readonly part: Condition; readonly subjects: readonly Subject[]; readonly number: number; readonly onChange: (part: Condition) => void; readonly onRemove: () => void }

function Row({ part, subjects, number, onChange, onRemove }: RowProps) {
  const say = useText()
  const subject = subjects.find(({ name }) => name === part.field)
  const offered = subject ? comparisonsOf(subject) : []
  const isDay = subject ? kindOf(subject) === 'day' : false
  const choose = (name: string) => {
    const chosen = subjects.find((one) => one.name === name)
    onChange({ field: name, comparison: (chosen && comparisonsOf(chosen)[0]) ?? 'is', value: '' })
  }
  const labelled = (text: typeof conditionTexts[keyof typeof conditionTexts]) => `${say(text)} ${number}`
  return (
    <div className={styles.condition}>
      <select className={styles.choice} aria-label={labelled(conditionTexts.field)} value={part.field} onChange={(event) => choose(event.target.value)}>
        <option value="" disabled>{say(conditionTexts.choose)}</option>
        {subjects.filter((one) => comparisonsOf(one).length > 0).map(({ name, label }) => <option key={name} value={name}>{say(label)}</option>)}
      </select>
      <select className={styles.choice} aria-label={labelled(conditionTexts.comparison)} value={part.comparison} disabled={!subject} onChange={(event) => onChange({ ...part, comparison: event.target.value as Comparison, value: takesValue(event.target.value as Comparison) ? part.value : '' })}>
        {offered.map((comparison) => <option key={comparison} value={comparison}>{say((isDay ? dayTexts[comparison] : undefined) ?? comparisonTexts[comparison])}</option>)}
      </select>
      {subject && takesValue(part.comparison) ? <Value subject={subject} value={part.value} label={labelled(conditionTexts.value)} onChange={(value) => onChange({ ...part, value })} /> : <span />}
      <IconButton icon="trash" label={`${say(configurationTexts.remove)} ${number}`} onClick={onRemove} />
      {part.field !== '' && !isComplete(part, subjects) ? <span className={styles.hint} role="status">{say(conditionTexts.incomplete)}</span> : null}
    </div>
  )
}

function Value({ subject, value, label, onChange }: { readonly subject: Subject; readonly value: string; readonly label: string; readonly onChange: (value: string) => void }) {
  const say = useText()
  if (subject.options) {
    return (
      <select className={styles.choice} aria-label={label} value={value} onChange={(event) => onChange(event.target.value)}>
        <option value="" disabled>{say(conditionTexts.choose)}</option>
        {subject.options.map((option) => <option key={option.value} value={option.value}>{say(option.label)}</option>)}
      </select>
    )
  }
  const kind = kindOf(subject)
  return <input className={styles.choice} type={kind === 'day' ? 'date' : 'text'} inputMode={kind === 'number' ? 'decimal' : undefined} aria-label={label} value={value} onChange={(event) => onChange(kind === 'number' ? event.target.value.trim().replace(',', '.') : event.target.value)} />
}
