'use client'

import { useMemo } from 'react'
import { checkExpression } from '../../config/expression/check-expression.ts'
import { environmentOf, headFieldsOf } from '../../config/expression/environment.ts'
import type { FieldDefinition } from '../../config/language/entity.ts'
import type { FieldRules, HiddenMeaning, Rule } from '../../config/language/form.ts'
import type { Text } from '../../config/language/text.ts'
import { Button, IconButton } from '../kit/button.tsx'
import { useText } from '../kit/kit-context.tsx'
import { configurationTexts } from '../locales/configuration-texts.ts'
import { ruleTexts } from '../locales/rule-texts.ts'
import { RuleLine } from './rule-line.tsx'
import { subjectsOf, type RoleChoice } from './rule-words.ts'
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
  /** Of lines and columns: the fields of what their rows belong to. */
  readonly head?: readonly FieldDefinition[] | undefined
  /** Those that read the form: a rule may be about who asks. */
  readonly roles: readonly RoleChoice[]
  /** By the rest of the path: `visible`, `checks.0.holds`. */
  readonly findings: ReadonlyMap<string, Text>
  readonly onChange: (rules: FieldRules) => void
}
type Check = NonNullable<FieldRules['checks']>[number]

/** When a field is shown, asked for, locked, computed; each as an expression that is checked while it is written. */
export function RulesEditor({ rules, isOwn, isChoice, isYesNo, isKept, only, fields, head, roles, findings, onChange }: Props) {
  const say = useText()
  const environment = useMemo(() => environmentOf(fields, head), [fields, head])
  const headNames = useMemo(() => head && new Set(headFieldsOf(head).map(({ name }) => name)), [head])
  const subjects = useMemo(() => subjectsOf(fields, roles, head), [fields, roles, head])
  const problemOf = (source: string | undefined, place: string): Text | undefined => {
    if (source === undefined || source === '') return undefined
    const checked = checkExpression(environment, source, headNames)
    return 'problem' in checked ? checked.problem : findings.get(place)
  }
  const put = (name: keyof FieldRules, value: unknown) => {
    const rest = Object.fromEntries(Object.entries(rules).filter(([key]) => key !== name)) as FieldRules
    onChange(value === undefined || value === '' ? rest : { ...rest, [name]: value })
  }
  const plain = (name: 'visible' | 'computed' | 'default', text: Text, example: string) => (
    <RuleLine label={say(text)} example={example} value={rules[name]} subjects={subjects} {...(name === 'visible' ? { environment } : {})} problem={problemOf(rules[name], name)} onChange={(value) => put(name, value)} />
  )
  const ruled = (name: 'required' | 'readOnly' | 'options', text: Text, example: string) => {
    const rule = rules[name]
    return (
      <RuleLine label={say(text)} example={example} value={rule?.when} subjects={subjects} {...(name === 'options' ? {} : { environment })} problem={problemOf(rule?.when, `${name}.when`)} onChange={(value) => put(name, value === '' ? undefined : { ...rule, when: value })}>
        {rule ? <Message message={rule.message} placeholder={say(ruleTexts.messageOptional)} onChange={(message) => put(name, { when: rule.when, ...(message ? { message } : {}) } satisfies Rule)} /> : null}
      </RuleLine>
    )
  }
  const has = (name: keyof FieldRules) => only === undefined || only.includes(name)
  const checks = rules.checks ?? []
  const putChecks = (next: readonly Check[]) => put('checks', next.length > 0 ? next : undefined)
  return (
    <div className={styles.rules}>
      {has('visible') ? plain('visible', ruleTexts.visible, 'urgent || grandTotal > 1000') : null}
      {rules.visible === undefined || !has('whenHidden') ? null : (
        <label className={styles.hidden}>
          <span>{say(ruleTexts.whenHidden)}</span>
          <select className={styles.input} value={rules.whenHidden ?? 'keep'} onChange={(event) => put('whenHidden', event.target.value as HiddenMeaning)}>
            {(isOwn ? ['keep', 'clear', 'ignore'] as const : ['keep', 'ignore'] as const).map((meaning) => <option key={meaning} value={meaning}>{say(ruleTexts[meaning])}</option>)}
          </select>
        </label>
      )}
      {isKept || !has('required') ? null : ruled('required', isYesNo ? ruleTexts.requiredYes : ruleTexts.required, 'true')}
      {isKept || !has('readOnly') ? null : ruled('readOnly', ruleTexts.readOnly, 'workflowState != "draft" || !("buyer" in userRoles)')}
      {isOwn && has('computed') ? plain('computed', ruleTexts.computed, 'round(price * quantity, 2)') : null}
      {isOwn && has('default') ? plain('default', ruleTexts.default, 'today + 30') : null}
      {isChoice && !isKept ? ruled('options', ruleTexts.options, 'option != "express" || urgent') : null}
      {has('checks') ? <fieldset className={styles.checks}>
        <legend>{say(ruleTexts.checks)}</legend>
        {checks.map((check, index) => (
          <RuleLine
            key={index} environment={environment} subjects={subjects} label={`${say(ruleTexts.holds)} ${index + 1}`} example="quantity <= 100" value={check.holds} problem={problemOf(check.holds, `checks.${index}.holds`) ?? findings.get(`checks.${index}.message`)}
            onChange={(holds) => putChecks(checks.map((one, at) => (at === index ? { ...one, holds } : one)))}
            end={<IconButton icon="trash" label={`${say(configurationTexts.remove)} ${index + 1}`} onClick={() => putChecks(checks.filter((_, at) => at !== index))} />}
          >
            <Message message={check.message} placeholder={say(ruleTexts.message)} onChange={(message) => putChecks(checks.map((one, at) => (at === index ? { ...one, message: message ?? { en: '', zh: '' } } : one)))} />
          </RuleLine>
        ))}
        <Button small icon="plus" onClick={() => putChecks([...checks, { holds: '', message: { en: '', zh: '' } }])}>{say(ruleTexts.addCheck)}</Button>
      </fieldset> : null}
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
