import type { FieldDefinition } from '../../../config/language/entity.ts'
import type { Finding } from '../../../config/language/refusal.ts'
import type { Text } from '../../../config/language/text.ts'
import { headVariableOf, variableOf, zoneVariable } from '../../../config/expression/environment.ts'
import { Day, emptyOf, isEmptyValue, isSameValue, tableRow, textOfValue, veiled, type RuleValue, type TableRow } from '../../../config/expression/rule-values.ts'
import type { FieldProgram, FormProgram } from './compile-form.ts'
import { givenValue, roomOfRow, type GivenValue, type Room } from './given-value.ts'
import { rowsBefore } from './rows-before.ts'

export type FormQuestion = {
  /** As they would be stored, with what someone has entered. */
  readonly values: Readonly<Record<string, RuleValue>>
  /** As they are stored; null: a new row. */
  readonly before: Readonly<Record<string, RuleValue>> | null
  /** Whether someone has entered this field; only then it can be wrong to have done so. */
  readonly isEntered: (name: string) => boolean
  /** Of a line or a row: the values of its head, as they would be stored. */
  readonly head?: Readonly<Record<string, RuleValue>>
  /** Of what the question is about; absent: whether there is nothing before it. */
  readonly isNew?: boolean
  /** What rules may still make of texts; absent: as much as one row may. */
  readonly room?: Room
  /** "YYYY-MM-DD" in the firm's time zone. */
  readonly today: string
  /** Of the firm, like "Europe/Berlin": days of moments are told by it. */
  readonly timeZone: string
  readonly workflowState: string
  readonly userRoles: readonly string[]
  /** Digits of the currency's minor unit. */
  readonly exponent: number
}

export type FieldState = {
  readonly isVisible: boolean
  readonly isRequired: boolean
  readonly isReadOnly: boolean
  /** Its value is computed and not entered. */
  readonly isComputed: boolean
  /** Of a choice: keys that may be chosen. Absent: all. */
  readonly options?: readonly string[]
  /** Of a table: what holds of the columns of each row. */
  readonly rows?: readonly Readonly<Record<string, FieldState>>[]
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
export function runForm(program: FormProgram, question: FormQuestion): FormAnswer {
  return judged(settled(program, question))
}

/** One row whose fields have their values. */
type Run = Running & {
  readonly program: FormProgram
  readonly settled: ReadonlyMap<FieldProgram, Settled>
  /** Of tables: their rows. */
  readonly rows: ReadonlyMap<FieldProgram, readonly Run[]>
}

/** Lets every rule that gives a value give it. */
function settled(program: FormProgram, question: FormQuestion): Run {
  const values: Record<string, RuleValue> = { ...question.values }
  const seen = (name: string, value: RuleValue) => veiled(program.veiled.get(name), value)
  const scope: Record<string, unknown> = {
    ...Object.fromEntries(Object.entries(values).map(([name, value]) => [variableOf(name), seen(name, value)])), option: '', [zoneVariable]: question.timeZone, today: new Day(question.today), isNew: question.isNew ?? question.before === null, workflowState: question.workflowState, userRoles: [...question.userRoles],
    ...ofHead(program, question),
  }
  const set = (name: string, value: RuleValue) => { scope[variableOf(name)] = seen(name, values[name] = value) }
  const room = question.room ?? roomOfRow()
  const rows = new Map<FieldProgram, readonly Run[]>()
  const done = new Map<FieldProgram, Settled>()
  for (const step of program.steps) {
    const give = (value: RuleValue | undefined) => givenValue(step.field, value, { exponent: question.exponent, room })
    done.set(step, settle(step, { question, values, scope, set, give }))
    if (step.table) rows.set(step, settledRows(step, { question: { ...question, room }, values, set }))
  }
  return { program, question, values, scope, settled: done, rows }
}

/** Says of every field what may be entered, and what is wrong with what was; a row by what its head has become. */
function judged({ program, question, values, scope: before, settled: done, rows }: Run): FormAnswer {
  const scope = { ...before, ...ofHead(program, question) }
  const findings: Finding[] = []
  const states = Object.fromEntries(program.steps.map((step) => {
    const { state, findings: own } = judge(step, { fields: program.fields, question, values, scope, settled: done.get(step) ?? { isVisible: true }, rows: (rows.get(step) ?? []).map(judged) })
    findings.push(...own)
    return [step.field.name, state]
  }))
  return { values, states, findings }
}

const ofHead = ({ head }: FormProgram, question: FormQuestion): Record<string, unknown> =>
  Object.fromEntries(head.map((field) => [headVariableOf(field.name), veiled(field, question.head?.[field.name] ?? emptyOf(field))]))

type Running = { readonly question: FormQuestion; readonly values: Readonly<Record<string, RuleValue>>; readonly scope: Record<string, unknown> }

type Settled = { readonly isVisible: boolean; readonly problem?: Text }
type Settling = Running & { readonly set: (name: string, value: RuleValue) => void; readonly give: (value: RuleValue | undefined) => GivenValue }

/** Gives the field its value. @returns whether it is shown, and why what a rule gives cannot be its value */
function settle(step: FieldProgram, { question: { before }, values, scope, set, give }: Settling): Settled {
  const { field, whenHidden } = step
  const empty = emptyOf(field)
  const isVisible = step.visible?.(scope) !== false
  const put = (run: FieldProgram['computed']): Settled => {
    const { value, problem } = give(run?.(scope))
    set(field.name, value)
    return { isVisible, ...(problem ? { problem } : {}) }
  }
  if (!isVisible && whenHidden === 'clear') set(field.name, empty)
  else if (step.computed) return put(step.computed)
  else if (!isVisible && whenHidden === 'ignore') set(field.name, before?.[field.name] ?? empty)
  else if (isVisible && step.default && before === null && isEmptyValue(values[field.name] ?? empty)) return put(step.default)
  return { isVisible }
}

/** Lets the rules of its columns give their values in every row of a table, whose head is `values`: as it is by now, and when they are judged. */
function settledRows({ field, table }: FieldProgram, { question, values, set }: Omit<Settling, 'scope' | 'give'>): readonly Run[] {
  if (!table) return []
  const isNew = question.isNew ?? question.before === null
  const rows = values[field.name] as readonly TableRow[]
  const isEntered = question.isEntered(field.name)
  const stood = isEntered ? (question.before?.[field.name] ?? []) as readonly TableRow[] : []
  const places = stood.length > 0 ? rowsBefore(enteredTexts(field, rows), enteredTexts(field, stood)) : []
  const computed = new Set(table.steps.filter((step) => step.computed).map((step) => step.field.name))
  const runs = rows.map((row, index) => settled(table, {
    ...question, head: values, values: { ...row }, before: stood[places[index] ?? -1] ?? null, isNew,
    // What is computed may be left out of a row that had it.
    isEntered: (name) => isEntered && !(computed.has(name) && isEmptyValue(row[name] ?? '')),
  }))
  set(field.name, runs.map((run) => tableRow(field, run.values)))
  return runs
}

/** The cells of rows that people enter, each as a text. */
function enteredTexts({ columns = [] }: FieldDefinition, rows: readonly TableRow[]): readonly (readonly string[])[] {
  const entered = columns.filter(({ rules }) => rules?.computed === undefined)
  return rows.map((row) => entered.map(({ name }) => textOfValue(row[name] ?? '')))
}

/** What may be entered into the field, and what is wrong with what was. */
function judge(step: FieldProgram, { fields, question, values, scope, settled: { isVisible, problem }, rows }: Running & { readonly fields: readonly FieldDefinition[]; readonly settled: Settled; readonly rows: readonly FormAnswer[] }): { readonly state: FieldState; readonly findings: readonly Finding[] } {
  const { field, computed } = step
  const holds = (rule: { readonly when: (scope: Record<string, unknown>) => RuleValue | undefined } | undefined) => isVisible && rule?.when(scope) === true
  const isRequired = holds(step.required)
  const isReadOnly = holds(step.readOnly)
  const { options: filter } = step
  const options = filter && field.options ? field.options.map(({ value }) => value).filter((option) => filter.when({ ...scope, option }) === true) : undefined
  const state: FieldState = { isVisible, isRequired, isReadOnly, isComputed: computed !== undefined, ...(options ? { options } : {}), ...(step.table ? { rows: rows.map(({ states }) => states) } : {}) }
  const value = values[field.name] ?? emptyOf(field)
  const entered = enteredCells(field, question.values[field.name] ?? emptyOf(field))
  const stood = question.before?.[field.name] ?? emptyOf(field)
  const isChanged = question.isEntered(field.name) && !isSameValue(entered, enteredCells(field, stood))
  const told = (...findings: Finding[]) => ({ state, findings })
  const signature = fields.find(({ name }) => name === field.signedIn)?.label
  const running = { question, values, scope }
  const unsigned = isUnsigned(field, running) ? [unsignedFinding(field, signature)] : isStripped(field, running, value) ? [strippedFinding(field, signature)] : []
  if (computed && isChanged && !isSameValue(entered, value) && !problem) return told(finding(field, 'computed', computedText(field)))
  if (!isVisible) return isChanged && !computed && step.whenHidden === 'keep' ? told(finding(field, 'hiddenField', hiddenText(field))) : told(...unsigned)
  if (problem) return told(finding(field, 'givenWrongly', givenText(step, problem)))
  if (isReadOnly && isChanged) return told(finding(field, 'readOnlyNow', step.readOnly?.message ?? readOnlyText(field)))
  if (isRequired && isEmptyValue(value)) return told(finding(field, 'required', step.required?.message ?? requiredText(field)))
  const forbidden = options && isChanged ? [value].flat().find((one) => typeof one === 'string' && one !== '' && !options.includes(one) && !(Array.isArray(stood) && (stood as readonly unknown[]).includes(one))) : undefined
  if (forbidden !== undefined) return told(finding(field, 'optionNow', filter?.message ?? optionText(field, String(forbidden))))
  // Rows that were too few before the table had to have more are asked for when someone changes them.
  const tooFew = (isChanged || question.before === null) && rows.length < (field.minRows ?? 0) ? [finding(field, 'tooFewRows', tooFewText(field))] : []
  const ofRows = rows.flatMap((row, index) => row.findings.map((one) => ({ ...one, path: `${field.name}.${index}.${one.path}` })))
  return told(...unsigned, ...tooFew, ...ofRows, ...step.checks.filter((check) => check.holds(scope) !== true).map(({ message }) => finding(field, 'check', message)))
}

/** Whether it would become something else without a signature that is given now, and stays, in the field that it is to be signed in; a default is one too. */
function isUnsigned({ name, signedIn, ...field }: FieldDefinition, { question: { before, isEntered }, values }: Running): boolean {
  if (signedIn === undefined) return false
  const cells = (of: RuleValue | undefined) => enteredCells({ name, ...field }, of ?? emptyOf({ name, ...field }))
  const isAltered = before === null ? !isEmptyValue(cells(values[name])) : !isSameValue(cells(values[name]), cells(before[name]))
  const signature = values[signedIn] ?? ''
  return isAltered && !(isEntered(signedIn) && signature !== '' && !isSameValue(signature, before?.[signedIn] ?? ''))
}

/** Whether its signature is taken away while it stays as it was signed. */
const isStripped = ({ signedIn }: FieldDefinition, { question: { before }, values }: Running, value: RuleValue): boolean =>
  signedIn !== undefined && !isEmptyValue(value) && !isEmptyValue(before?.[signedIn] ?? '') && isEmptyValue(values[signedIn] ?? '')

const strippedFinding = ({ label, signedIn = '' }: FieldDefinition, signature: Text = { en: signedIn, zh: signedIn }): Finding => ({
  code: 'signatureStands', path: signedIn, severity: 'error', message: { en: `${signature.en} stands as long as ${label.en} does, which it signs. Empty ${label.en} first, with a new signature.`, zh: `“${label.zh}”由“${signature.zh}”签名，保留期间不能移除签名。请先清空“${label.zh}”并重新签名。` },
})

const unsignedFinding = ({ label, signedIn = '' }: FieldDefinition, signature: Text = { en: signedIn, zh: signedIn }): Finding => ({
  code: 'unsigned', path: signedIn, severity: 'error', message: { en: `Whoever changes ${label.en} signs it: give a new signature in ${signature.en}.`, zh: `更改“${label.zh}”须签名：请在“${signature.zh}”中重新签名。` },
})

/** A table as people have entered it: without what is computed of its rows. */
function enteredCells({ columns = [] }: FieldDefinition, value: RuleValue): RuleValue {
  const computed = columns.filter(({ rules }) => rules?.computed !== undefined)
  if (computed.length === 0) return value
  return (value as readonly TableRow[]).map((row) => ({ ...row, ...Object.fromEntries(computed.map((column) => [column.name, emptyOf(column)])) }))
}

const finding = ({ name }: FieldDefinition, code: string, message: Text): Finding => ({ code, path: name, severity: 'error', message })
/** A yes or no that is required must be yes. */
const requiredText = ({ label, type }: FieldDefinition): Text => (type === 'boolean' ? { en: `${label.en} must be yes.`, zh: `${label.zh}须选“是”。` } : { en: `${label.en} is required.`, zh: `请填写${label.zh}。` })
const givenText = ({ field: { label }, rules }: FieldProgram, problem: Text): Text => {
  const source = rules.computed ?? rules.default ?? ''
  return { en: `${label.en} is computed as ${source}. ${problem.en} Change what it is computed of.`, zh: `${label.zh}按 ${source} 计算。${problem.zh}请更改参与计算的内容。` }
}
const tooFewText = ({ label, minRows = 0 }: FieldDefinition): Text => ({ en: `${label.en}: give at least ${minRows} ${minRows === 1 ? 'row' : 'rows'}.`, zh: `${label.zh}至少需要 ${minRows} 行。` })
const computedText = ({ label }: FieldDefinition): Text => ({ en: `${label.en} is computed. Leave it out.`, zh: `${label.zh}由系统计算，请勿填写。` })
const hiddenText = ({ label }: FieldDefinition): Text => ({ en: `${label.en} is not asked for in this case. Leave it as it is.`, zh: `当前情况下无需填写${label.zh}，请勿更改。` })
const readOnlyText = ({ label }: FieldDefinition): Text => ({ en: `${label.en} cannot be changed in this case. Leave it as it is.`, zh: `当前情况下不能更改${label.zh}。` })
const optionText = (field: FieldDefinition, value: string): Text => {
  const { label } = field.options?.find((option) => option.value === value) ?? { label: { en: value, zh: value } }
  return { en: `${field.label.en}: "${label.en}" cannot be chosen in this case. Choose another.`, zh: `${field.label.zh}：当前情况下不能选择“${label.zh}”，请更换。` }
}
