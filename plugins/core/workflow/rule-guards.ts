import { Decimal, fromStored, kindOf } from '../../../config/expression/rule-values.ts'
import type { EntityDefinition, FieldDefinition } from '../../../config/language/entity.ts'
import { json, option, required, select, text } from '../../../config/language/fields.ts'
import type { Text } from '../../../config/language/text.ts'
import { ownerRole, systemRole, type GuardQuestion, type GuardType, type ParamFault } from '../../../workflows/engine/registry.ts'
import type { Row } from '../data/store.ts'
import { currencyExponent } from '../engine/currency.ts'
import { allFields } from '../entities/system-fields.ts'
import { evaluateFor, expressionProblem } from './document-expression.ts'
import type { RelatedStates } from './general-facts.ts'
import { fieldParam, relationParam } from './general-params.ts'
import { stateOf } from './pinned.ts'

const expressionParam = text('expression', { en: 'Condition', zh: '条件表达式' }, { ...required, maxLength: 1_000, help: { en: 'In the language of forms, like grandTotal > 5000 && !empty(customer).', zh: '与表单规则使用相同的表达式，例如 grandTotal > 5000 && !empty(customer)。' } })
const refusalParam = json('refusal', { en: 'Sentence of the refusal', zh: '拒绝说明' }, { ...required, help: { en: 'What people read when it does not hold: {"en": "…", "zh": "…"}.', zh: '条件不成立时显示的说明：{"en": "…", "zh": "…"}。' } })

/** Guards by the rules of forms, by limits of amounts, and by the states of other documents. */
export const ruleGuards: readonly GuardType[] = [
  {
    type: 'core.expression', label: { en: 'Expression', zh: '表达式' }, facts: ['core.entity', 'core.company', 'core.today'], params: [expressionParam, refusalParam],
    faults: ({ params, entity }) => [...textFaults('refusal', params.refusal), ...problemAt('expression', expressionProblem(entity.fields, String(params.expression), 'boolean'))],
    check: (question) => holdsFor(question, String(question.params.expression)) || { code: 'expression', message: question.params.refusal as Text },
  },
  {
    type: 'core.amountLimit', label: { en: 'Limit of an amount for roles', zh: '金额权限' }, facts: ['core.entity', 'core.company'],
    params: [
      fieldParam,
      text('limit', { en: 'Up to', zh: '不超过' }, { ...required, maxLength: 20, help: { en: 'As people write it, like 5000. Up to it everybody may.', zh: '如 5000；不超过此数时不限角色。' } }),
      text('roles', { en: 'Above it only', zh: '超过时仅限' }, { ...required, many: true }),
    ],
    names: { field: 'field', roles: 'role' },
    faults: ({ params, entity }) => {
      const field = entity.fields.find(({ name }) => name === params.field)
      if (field && kindOf(field) !== 'number') return [{ param: 'field', message: { en: `${field.label.en} is no figure. Choose an amount or a quantity.`, zh: `${field.label.zh}不是数值，请选择金额或数量字段。` } }]
      return decimal.test(String(params.limit)) ? [] : [{ param: 'limit', message: { en: 'Write a figure like 5000 or 12.50.', zh: '请填写数字，例如 5000 或 12.50。' } }]
    },
    check: ({ facts, params, document, roles }) => {
      const { fields } = entityOf(facts)
      const field = fields.find(({ name }) => name === params.field)
      const value = field && fromStored(field, document[field.name], exponentOf(facts))
      const allowed = params.roles as readonly string[]
      // Nothing is above no limit; the platform acts for a step that was allowed.
      if (!(value instanceof Decimal) || !value.gt(String(params.limit)) || roles.some((role) => role === ownerRole || role === systemRole || allowed.includes(role))) return true
      return { code: 'amountLimit', message: { en: `${field?.label.en ?? ''} is above ${String(params.limit)}: this needs one of the roles ${allowed.join(', ')}.`, zh: `${field?.label.zh ?? ''}超过 ${String(params.limit)}，须由以下角色之一处理：${allowed.join('、')}。` } }
    },
  },
  {
    type: 'core.relatedState', label: { en: 'State of a related document', zh: '关联单据状态' }, facts: ['core.relatedStates', 'core.labels'],
    params: [
      relationParam, text('states', { en: 'States', zh: '状态' }, { ...required, many: true }),
      select('match', { en: 'It is', zh: '判断' }, { required: true, options: [option('in', { en: 'in one of them', zh: '处于其一' }), option('notIn', { en: 'in none of them', zh: '均不处于' })] }),
    ],
    names: { relation: 'relation' },
    faults: ({ params, entity, entities }) => {
      const to = entities.get(entity.fields.find(({ name }) => name === params.relation)?.to ?? '')
      return to && to.workflow === undefined ? [{ param: 'relation', message: { en: `${to.labels.en} have no workflow, and so no state.`, zh: `${to.labels.zh}没有流程，也就没有状态。` } }] : []
    },
    check: ({ facts, params, document }) => {
      const { relation, states, match } = params as unknown as { relation: string; states: readonly string[]; match: 'in' | 'notIn' }
      const related = (facts['core.relatedStates'] as RelatedStates | null)?.[relation]
      if (document[relation] === null || document[relation] === undefined) return match === 'notIn' || { code: 'relatedState', message: { en: 'The related document is not named yet.', zh: '尚未填写关联单据。' }, path: relation }
      const isIn = related !== undefined && states.some((state) => related.state === state || related.state.startsWith(`${state}.`))
      if (isIn === (match === 'in')) return true
      const label = (facts['core.labels'] as Readonly<Record<string, Text>> | null)?.[relation] ?? { en: relation, zh: relation }
      return { code: 'relatedState', message: { en: `${label.en} is “${related?.label.en ?? '–'}”, which does not allow this yet.`, zh: `${label.zh}当前为“${related?.label.zh ?? '–'}”，尚不能执行此操作。` } }
    },
  },
]

const decimal = /^-?\d{1,15}(\.\d{1,8})?$/
const entityOf = (facts: GuardQuestion['facts']): { readonly fields: readonly FieldDefinition[] } => {
  const entity = facts['core.entity'] as EntityDefinition | null
  return { fields: entity ? allFields(entity) : [] }
}
const companyOf = (facts: GuardQuestion['facts']) => facts['core.company'] as Row | null
const exponentOf = (facts: GuardQuestion['facts']) => currencyExponent(String(companyOf(facts)?.currency ?? 'EUR'))

function holdsFor({ facts, document, roles }: GuardQuestion, expression: string): boolean {
  const today = String(facts['core.today'] ?? '')
  return evaluateFor(entityOf(facts).fields, expression, document, { exponent: exponentOf(facts), today, timeZone: String(companyOf(facts)?.timeZone ?? 'UTC'), state: stateOf(document) ?? '', roles }) === true
}

export const problemAt = (param: string, message: Text | undefined): ParamFault[] => (message ? [{ param, message }] : [])

/** A text in both languages. */
export function textFaults(param: string, value: unknown): ParamFault[] {
  const { en, zh } = (typeof value === 'object' && value !== null ? value : {}) as { en?: unknown; zh?: unknown }
  return [en, zh].every((one) => typeof one === 'string' && one.trim() !== '') ? [] : [{ param, message: { en: 'Write it in both languages: {"en": "…", "zh": "…"}.', zh: '请填写中英文：{"en": "…", "zh": "…"}。' } }]
}
