import type { FieldRules } from '../../config/language/form.ts'
import type { Text } from '../../config/language/text.ts'

/** One language alone stands for both; rules without an expression go. */
export function tidyRules({ required, readOnly, options, checks, ...rest }: FieldRules): FieldRules {
  const rules = { required, readOnly, options }
  const kept = checks?.filter(({ holds }) => holds.trim() !== '').map(({ holds, message }) => ({ holds, message: both(message) }))
  return {
    ...Object.fromEntries(Object.entries(rest).filter(([name, value]) => value !== '' && (name !== 'whenHidden' || Boolean(rest.visible)))),
    ...Object.fromEntries(Object.entries(rules).flatMap(([name, rule]) => (rule && rule.when.trim() !== '' ? [[name, { when: rule.when, ...(rule.message ? { message: both(rule.message) } : {}) }]] : []))),
    ...(kept && kept.length > 0 ? { checks: kept } : {}),
  }
}

const both = ({ en, zh }: Text): Text => ({ en: en.trim() || zh.trim(), zh: zh.trim() || en.trim() })
