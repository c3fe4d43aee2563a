'use client'

import type { Text } from '../../config/language/text.ts'
import type { FormDraft } from '../../plugins/core/configuration/draft-shape.ts'
import { useText } from '../kit/kit-context.tsx'
import { ruleTexts } from '../locales/rule-texts.ts'
import styles from './configuration.module.css'

/** How many rules a field has, and what is wrong with them. */
export function RuleCount({ rules, findings }: { readonly rules: FormDraft['rules'][string] | undefined; readonly findings: ReadonlyMap<string, Text> | undefined }) {
  const say = useText()
  const count = Object.keys(rules ?? {}).filter((name) => name !== 'whenHidden').length
  if (count === 0) return null
  return (
    <>
      <span className={styles.change} data-kind="changed">{say(count === 1 ? ruleTexts.one : ruleTexts.count, { count })}</span>
      {[...(findings?.values() ?? [])].map((message) => <span key={message.en} role="alert" className={styles.error}>{say(message)}</span>)}
    </>
  )
}
