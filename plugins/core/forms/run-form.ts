import type { FieldDefinition } from '../../../config/language/entity.ts'
import type { Finding } from '../../../config/language/refusal.ts'
import type { Text } from '../../../config/language/text.ts'
import { variableOf } from '../../../config/expression/environment.ts'
import { Day, emptyOf, isEmptyValue, isSameValue, kindOf, type RuleValue } from '../../../config/expression/rule-values.ts'
import type { FieldProgram, FormProgram } from './compile-form.ts'

export type FormQuestion = {
  /** As they would be stored, with what someone has entered. */
  readonly values: Readonly<Record<string, RuleValue>>
  /** As they are stored; null: a new row. */
  readonly before: Readonly<Record<string, RuleValue>> | null
  /** Whether someone has entered this field; only then it can be wrong to have done so. */
  readonly isEntered: (name: string) => boolean
  /** "YYYY-MM-DD" in the firm's time zone. */
  readonly today: string
  readonly workflowState: string
  readonly userRoles: readonly string[]
}

export type FieldState = {
  readonly isVisible: boolean
  readonly isRequired: boolean
  readonly isReadOnly: boolean
  /** Its value is computed and not entered. */
  readonly isComputed: boolean
  /** Of a choice: keys that may be chosen. Absent: all. */
  readonly options?: readonly string[]
}

export type FormAnswer = {
  /** Of every field, with what the rules have made of them. */
  readonly values: Readonly<Record<string, RuleValue>>
  /** Of the fields that have rules. */
  readonly states: Readonly<Record<string, FieldState>>
  /** What is wrong with what was entered; paths are names of fields. */
  readonly findings: readonly Finding[]
}

/** What the rules say of one row: the same function in the browser, while someone types, and on the server, when it is stored. */
export function runForm({ steps }: FormProgram, question: FormQuestion): FormAnswer {
  const values: Record<string, RuleValue> = { ...question.values }
  const scope: Record<string, unknown> = {
    ...Object.fromEntries(Object.entries(values).map(([name, value]) => [variableOf(name), value])), option: '', today: new Day(question.today), isNew: question.before === null, workflowState: question.workflowState, userRoles: [...question.userRoles],
  }
  const set = (name: string, value: RuleValue) => { scope[variableOf(name)] = values[name] = value }
  const visible = new Map<FieldProgram, boolean>()
  for (const step of steps) visible.set(step, settle(step, { question, values, scope, set }))
  const findings: Finding[] = []
  const states = Object.fromEntries(steps.map((step) => {
    const judged = judge(step, { question, values, scope, isVisible: visible.get(step) ?? true })
    findings.push(...judged.findings)
    return [step.field.name, judged.state]
  }))
  return { values, states, findings }
}

type Running = { readonly question: FormQuestion; readonly values: Readonly<Record<string, RuleValue>>; readonly scope: Record<string, unknown> }

/** Gives the field its value. @returns whether it is shown */
function settle(step: FieldProgram, { question: { before }, values, scope, set }: Running & { readonly set: (name: string, value: RuleValue) => void }): boolean {
  const { field, whenHidden } = step
  const empty = emptyOf(field)
  const isVisible = step.visible?.(scope) !== false
  if (!isVisible && whenHidden === 'clear') set(field.name, empty)
  else if (step.computed) set(field.name, fitting(field, step.computed(scope)))
  else if (!isVisible && whenHidden === 'ignore') set(field.name, before?.[field.name] ?? empty)
  else if (isVisible && step.default && before === null && isEmptyValue(values[field.name] ?? empty)) set(field.name, fitting(field, step.default(scope)))
  return isVisible
}

/** What a rule gives, as far as the field can hold it: of a choice, one of its options. */
function fitting(field: FieldDefinition, value: RuleValue | undefined): RuleValue {
  if (value === undefined || (field.options && !field.options.some((option) => option.value === value))) return emptyOf(field)
  return value
}

/** What may be entered into the field, and what is wrong with what was. */
function judge(step: FieldProgram, { question, values, scope, isVisible }: Running & { readonly isVisible: boolean }): { readonly state: FieldState; readonly findings: readonly Finding[] } {
  const { field, computed } = step
  const holds = (rule: { readonly when: (scope: Record<string, unknown>) => RuleValue | undefined } | undefined) => isVisible && rule?.when(scope) === true
  const isRequired = holds(step.required)
  const isReadOnly = holds(step.readOnly)
  const { options: filter } = step
  const options = filter && field.options ? field.options.map(({ value }) => value).filter((option) => filter.when({ ...scope, option }) === true) : undefined
  const state: FieldState = { isVisible, isRequired, isReadOnly, isComputed: computed !== undefined, ...(options ? { options } : {}) }
  const value = values[field.name] ?? emptyOf(field)
  const entered = question.values[field.name] ?? emptyOf(field)
  const stood = question.before?.[field.name] ?? emptyOf(field)
  const isChanged = question.isEntered(field.name) && !isSameValue(entered, stood)
  if (computed) return { state, findings: isChanged && !isSameValue(entered, value) ? [finding(field, 'computed', computedText(field))] : [] }
  if (!isVisible) return { state, findings: isChanged && step.whenHidden === 'keep' ? [finding(field, 'hiddenField', hiddenText(field))] : [] }
  if (isReadOnly && isChanged) return { state, findings: [finding(field, 'readOnlyNow', step.readOnly?.message ?? readOnlyText(field))] }
  if (isRequired && isEmptyValue(value) && kindOf(field) !== 'boolean') return { state, findings: [finding(field, 'required', step.required?.message ?? requiredText(field))] }
  if (options && isChanged && typeof value === 'string' && value !== '' && !options.includes(value)) return { state, findings: [finding(field, 'optionNow', filter?.message ?? optionText(field, value))] }
  return { state, findings: step.checks.filter((check) => check.holds(scope) !== true).map(({ message }) => finding(field, 'check', message)) }
}

const finding = ({ name }: FieldDefinition, code: string, message: Text): Finding => ({ code, path: name, severity: 'error', message })
const requiredText = ({ label }: FieldDefinition): Text => ({ en: `${label.en} is required.`, zh: `请填写${label.zh}。` })
const computedText = ({ label }: FieldDefinition): Text => ({ en: `${label.en} is computed. Leave it out.`, zh: `${label.zh}由系统计算，请勿填写。` })
const hiddenText = ({ label }: FieldDefinition): Text => ({ en: `${label.en} is not asked for in this case. Leave it as it is.`, zh: `当前情况下无需填写${label.zh}，请勿更改。` })
const readOnlyText = ({ label }: FieldDefinition): Text => ({ en: `${label.en} cannot be changed in this case. Leave it as it is.`, zh: `当前情况下不能更改${label.zh}。` })
const optionText = (field: FieldDefinition, value: string): Text => {
  const { label } = field.options?.find((option) => option.value === value) ?? { label: { en: value, zh: value } }
  return { en: `${field.label.en}: "${label.en}" cannot be chosen in this case. Choose another.`, zh: `${field.label.zh}：当前情况下不能选择“${label.zh}”，请更换。` }
}
