'use client'

import { useId, useMemo, type ReactNode } from 'react'
import { checkExpression } from '../../config/expression/check-expression.ts'
import { environmentOf } from '../../config/expression/environment.ts'
import type { FieldDefinition } from '../../config/language/entity.ts'
import type { FieldRules, HiddenMeaning, Rule } from '../../config/language/form.ts'
import type { Text } from '../../config/language/text.ts'
import { Button, IconButton } from '../kit/button.tsx'
import { useText } from '../kit/kit-context.tsx'
import { configurationTexts } from '../locales/configuration-texts.ts'
import { ruleTexts } from '../locales/rule-texts.ts'
import styles from './rules.module.css'

type Props = {
  readonly rules: FieldRules
  readonly isOwn: boolean
  readonly isChoice: boolean
  readonly isYesNo: boolean
  readonly isKept: boolean
  /** The rules that are offered; absent: all that such a field can have. */
  readonly only?: readonly (keyof FieldRules)[]
  /** All fields of the form, which expressions may name. */
  readonly fields: readonly FieldDefinition[]
  /** By the rest of the path: `visible`, `checks.0.holds`. */
  readonly findings: ReadonlyMap<string, Text>
  readonly onChange: (rules: FieldRules) => void
}
type Check = NonNullable<FieldRules['checks']>[number]

/** When a field is shown, asked for, locked, computed; each as an expression that is checked while it is written. */
export function RulesEditor({ rules, isOwn, isChoice, isYesNo, isKept, only, fields, findings, onChange }: Props) {
  const say = useText()
  const environment = useMemo(() => environmentOf(fields), [fields])
  const problemOf = (source: string | undefined, place: string): Text | undefined => {
    if (source === undefined || source === '') return undefined
    const checked = checkExpression(environment, source)
    return 'problem' in checked ? checked.problem : findings.get(place)
  }
  const put = (name: keyof FieldRules, value: unknown) => {
    const rest = Object.fromEntries(Object.entries(rules).filter(([key]) => key !== name)) as FieldRules
    onChange(value === undefined || value === '' ? rest : { ...rest, [name]: value })
  }
  const plain = (name: 'visible' | 'computed' | 'default', text: Text, example: string) => (
    <Line label={say(text)} example={example} value={rules[name]} problem={problemOf(rules[name], name)} onChange={(value) => put(name, value)} />
  )
  const ruled = (name: 'required' | 'readOnly' | 'options', text: Text, example: string) => {
    const rule = rules[name]
    return (
      <Line label={say(text)} example={example} value={rule?.when} problem={problemOf(rule?.when, `${name}.when`)} onChange={(value) => put(name, value === '' ? undefined : { ...rule, when: value })}>
        {rule ? <Message message={rule.message} placeholder={say(ruleTexts.messageOptional)} onChange={(message) => put(name, { when: rule.when, ...(message ? { message } : {}) } satisfies Rule)} /> : null}
      </Line>
    )
  }
  const has = (name: keyof FieldRules) => only === undefined || only.includes(name)
  const checks = rules.checks ?? []
  const putChecks = (next: readonly Check[]) => put('checks', next.length > 0 ? next : undefined)
  return (
    <div className={styles.rules}>
      {has('visible') ? plain('visible', ruleTexts.visible, 'urgent || grandTotal > 1000') : null}
      {rules.visible === undefined ? null : (
        <label className={styles.hidden}>
          <span>{say(ruleTexts.whenHidden)}</span>
          <select className={styles.input} value={rules.whenHidden ?? 'keep'} onChange={(event) => put('whenHidden', event.target.value as HiddenMeaning)}>
            {(isOwn ? ['keep', 'clear', 'ignore'] as const : ['keep', 'ignore'] as const).map((meaning) => <option key={meaning} value={meaning}>{say(ruleTexts[meaning])}</option>)}
          </select>
        </label>
      )}
      {isKept ? null : ruled('required', isYesNo ? ruleTexts.requiredYes : ruleTexts.required, 'true')}
      {isKept || !has('readOnly') ? null : ruled('readOnly', ruleTexts.readOnly, 'workflowState != "draft" || !("buyer" in userRoles)')}
      {isOwn && has('computed') ? plain('computed', ruleTexts.computed, 'round(price * quantity, 2)') : null}
      {isOwn && has('default') ? plain('default', ruleTexts.default, 'today + 30') : null}
      {isChoice && !isKept ? ruled('options', ruleTexts.options, 'option != "express" || urgent') : null}
      <fieldset className={styles.checks}>
        <legend>{say(ruleTexts.checks)}</legend>
        {checks.map((check, index) => (
          <Line
            key={index} label={`${say(ruleTexts.holds)} ${index + 1}`} example="quantity <= 100" value={check.holds} problem={problemOf(check.holds, `checks.${index}.holds`) ?? findings.get(`checks.${index}.message`)}
            onChange={(holds) => putChecks(checks.map((one, at) => (at === index ? { ...one, holds } : one)))}
            end={<IconButton icon="trash" label={`${say(configurationTexts.remove)} ${index + 1}`} onClick={() => putChecks(checks.filter((_, at) => at !== index))} />}
          >
            <Message message={check.message} placeholder={say(ruleTexts.message)} onChange={(message) => putChecks(checks.map((one, at) => (at === index ? { ...one, message: message ?? { en: '', zh: '' } } : one)))} />
          </Line>
        ))}
        <Button small icon="plus" onClick={() => putChecks([...checks, { holds: '', message: { en: '', zh: '' } }])}>{say(ruleTexts.addCheck)}</Button>
      </fieldset>
      <details className={styles.words}>
        <summary>{say(ruleTexts.words)}</summary>
        <p>{say(ruleTexts.wordsText)}</p>
        <ul>{fields.map(({ name, label }) => <li key={name}><code>{name}</code> {say(label)}</li>)}</ul>
      </details>
    </div>
  )
}

type LineProps = { readonly label: string; readonly example: string; readonly value: string | undefined; readonly problem: Text | undefined; readonly onChange: (value: string) => void; readonly end?: ReactNode; readonly children?: ReactNode }

function Line({ label, example, value, problem, onChange, end, children }: LineProps) {
  const say = useText()
  const id = useId()
  return (
    <div className={styles.line}>
      <label htmlFor={id}>{label}</label>
      <div className={styles.entry}>
        <input id={id} className={styles.code} spellCheck={false} autoComplete="off" value={value ?? ''} placeholder={example} aria-invalid={problem ? true : undefined} aria-describedby={problem ? `${id}-note` : undefined} onChange={(event) => onChange(event.target.value)} />
        {end}
      </div>
      {problem ? <span id={`${id}-note`} role="alert" className={styles.error}>{say(problem)}</span> : null}
      {children}
    </div>
  )
}

function Message({ message, placeholder, onChange }: { readonly message: Text | undefined; readonly placeholder: string; readonly onChange: (message: Text | undefined) => void }) {
  const put = (language: 'en' | 'zh', value: string) => {
    const next = { en: message?.en ?? '', zh: message?.zh ?? '', [language]: value }
    onChange(next.en || next.zh ? next : undefined)
  }
  return (
    <div className={styles.message}>
      <input className={styles.input} value={message?.en ?? ''} placeholder={`${placeholder} · English`} aria-label={`${placeholder} · English`} onChange={(event) => put('en', event.target.value)} />
      <input className={styles.input} value={message?.zh ?? ''} placeholder={`${placeholder} · 中文`} aria-label={`${placeholder} · 中文`} onChange={(event) => put('zh', event.target.value)} />
    </div>
  )
}
