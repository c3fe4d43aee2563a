import type { EntityDefinition, FieldDefinition } from '../../../config/language/entity.ts'
import type { FieldRules, FormDefinition, HiddenMeaning } from '../../../config/language/form.ts'
import type { Text } from '../../../config/language/text.ts'
import { checkExpression, type CheckedExpression } from '../../../config/expression/check-expression.ts'
import { environmentOf, gives, headFieldsOf } from '../../../config/expression/environment.ts'
import { kindText } from '../../../config/expression/expression-problem.ts'
import { isVeiled, kindOf, type RuleKind } from '../../../config/expression/rule-values.ts'
import { formFields } from '../entities/system-fields.ts'

/** What is wrong with a rule; `path` within the form, like `rules.quantity.visible`. */
export type FormFault = { readonly path: string; readonly code: string; readonly message: Text }
type Run = CheckedExpression['run']

export type FieldProgram = {
  readonly field: FieldDefinition
  /** As they are written, and the fields they ask for; of a table, those of its rows too. */
  readonly rules: FieldRules
  readonly references: ReadonlySet<string>
  /** Of these, the fields that its value is made of, and those that its other rules ask for. */
  readonly madeOf: ReadonlySet<string>
  readonly asks: ReadonlySet<string>
  /** Of a line or a row: the fields of its head, likewise. */
  readonly ofHead: { readonly madeOf: ReadonlySet<string>; readonly asks: ReadonlySet<string> }
  readonly visible?: Run
  readonly whenHidden: HiddenMeaning
  readonly computed?: Run
  readonly default?: Run
  readonly required?: { readonly when: Run; readonly message?: Text }
  readonly readOnly?: { readonly when: Run; readonly message?: Text }
  readonly options?: { readonly when: Run; readonly message?: Text }
  readonly checks: readonly { readonly holds: Run; readonly message: Text }[]
  /** Of a table: what is asked of each of its rows. */
  readonly table?: FormProgram
}

/** Whether it computes its field, or columns of its rows. */
export const isComputing = ({ computed, table }: FieldProgram): boolean => computed !== undefined || table?.steps.some(isComputing) === true

/** The rules of a form, ready to run in the browser and on the server alike. */
export type FormProgram = {
  readonly fields: readonly FieldDefinition[]
  /** Fields with rules, each after those whose values its own value depends on. */
  readonly steps: readonly FieldProgram[]
  /** Of lines and rows: the fields of the head that they ask for. */
  readonly head: readonly FieldDefinition[]
  /** Of which rules see something else than the value. */
  readonly veiled: ReadonlyMap<string, FieldDefinition>
  readonly layout?: FormDefinition['layout']
}

/** What rules are about: all fields that people may meet, and the texts among them, which are shown or not. */
export const ruledFields = (entity: EntityDefinition): readonly FieldDefinition[] => formFields(entity).filter(({ hidden }) => !hidden)

/** Of lines: the fields of the document that they belong to, which their rules may ask for. */
export function headOf({ kind, parent }: Pick<EntityDefinition, 'kind' | 'parent'>, entities: ReadonlyMap<string, EntityDefinition>): readonly FieldDefinition[] | undefined {
  const owner = kind === 'line' && parent ? entities.get(parent.entity) : undefined
  return owner && ruledFields(owner)
}

/** Without a rule too: how many rows a table takes and what its columns ask for, and what is to be signed. */
export const saysSomething = ({ type, signedIn }: FieldDefinition): boolean => type === 'table' || signedIn !== undefined

/**
 * Reads and checks every rule. `head`: fields of the document that the line or the row belongs to.
 * @returns the program of what is sound, and a fault for each rule that is not; rules whose values wait for each other in a circle are told with it
 */
export function compileForm(fields: readonly FieldDefinition[], { rules, layout }: FormDefinition, head?: readonly FieldDefinition[]): { readonly program: FormProgram; readonly faults: readonly FormFault[] } {
  const environment = environmentOf(fields, head)
  const ofHead = head && new Map(headFieldsOf(head).map((field) => [field.name, field]))
  const headNames = ofHead && new Set(ofHead.keys())
  const faults: FormFault[] = []
  const byName = new Map(fields.map((field) => [field.name, field]))
  const steps = new Map<string, FieldProgram>()
  const waitsFor = new Map<string, ReadonlySet<string>>()
  const unruled = fields.filter((field) => saysSomething(field) && !Object.hasOwn(rules, field.name)).map(({ name }) => [name, {}] as const)
  for (const [name, own] of [...Object.entries(rules), ...unruled]) {
    const field = byName.get(name)
    if (!field) {
      faults.push({ path: `rules.${name}`, code: 'unknownField', message: { en: `There is no field "${name}" in this form. Remove its rules.`, zh: `此表单没有字段“${name}”，请删除其规则。` } })
      continue
    }
    const asked = new Set<string>()
    const [madeOf, asks, headMadeOf, headAsks] = [new Set<string>(), new Set<string>(), new Set<string>(), new Set<string>()]
    const read = (source: string | undefined, place: string, kind: RuleKind, isOfValue = false): Run | undefined => {
      if (source === undefined) return undefined
      const checked = checkExpression(environment, source, headNames)
      const path = `rules.${name}.${place}`
      if ('problem' in checked) return void faults.push({ path, code: 'expression', message: checked.problem })
      if (!gives(checked.type, kind)) return void faults.push({ path, code: 'wrongType', message: wrongType(kind, checked.type) })
      const isMaking = place === 'computed' || place === 'default'
      for (const reference of checked.references) {
        ;(isMaking ? madeOf : asks).add(reference)
        if (isOfValue) asked.add(reference)
      }
      for (const reference of checked.headReferences) (isMaking ? headMadeOf : headAsks).add(reference)
      return checked.run
    }
    const program = programOf({ field, fields }, own, read)
    // The head of a row is this form: what its rows are made of, the table waits for.
    for (const { ofHead: of } of program.table?.steps ?? []) {
      for (const reference of of.madeOf) for (const set of [madeOf, asked]) set.add(reference)
      for (const reference of of.asks) asks.add(reference)
    }
    steps.set(name, { ...program, madeOf, asks, references: new Set([...madeOf, ...asks]), ofHead: { madeOf: headMadeOf, asks: headAsks } })
    waitsFor.set(name, asked)
  }
  const { order, circles } = inOrder(waitsFor)
  for (const circle of circles) faults.push({ path: `rules.${circle[0] ?? ''}`, code: 'circle', message: circleText(circle.map((name) => byName.get(name)?.label ?? { en: name, zh: name })) })
  const all = order.flatMap((name) => steps.get(name) ?? [])
  const named = new Set(all.flatMap((step) => [...step.ofHead.madeOf, ...step.ofHead.asks]))
  return { program: { fields, steps: all, veiled: new Map(fields.filter(isVeiled).map((field) => [field.name, field])), head: [...named].flatMap((name) => ofHead?.get(name) ?? []), ...(layout && { layout }) }, faults }
}

/** The rules of the columns of a table; they know their own row and, as its head, the other fields of the form. Paths of faults begin with `rules.<column>`. */
export const compileRow = ({ name: own, columns = [] }: FieldDefinition, fields: readonly FieldDefinition[]): ReturnType<typeof compileForm> =>
  compileForm(columns, { rules: Object.fromEntries(columns.flatMap(({ name, rules }) => (rules ? [[name, rules] as const] : []))) }, fields.filter(({ name }) => name !== own))

type Read = (source: string | undefined, place: string, kind: RuleKind, isOfValue?: boolean) => Run | undefined

function programOf({ field, fields }: { readonly field: FieldDefinition; readonly fields: readonly FieldDefinition[] }, rules: FieldRules, read: Read): Omit<FieldProgram, 'references' | 'madeOf' | 'asks' | 'ofHead'> {
  const kind = kindOf(field) ?? 'text'
  const when = (name: 'required' | 'readOnly' | 'options') => {
    const rule = rules[name]
    const run = read(rule?.when, `${name}.when`, 'boolean')
    return run ? { [name]: { when: run, ...(rule?.message ? { message: rule.message } : {}) } } : {}
  }
  const visible = read(rules.visible, 'visible', 'boolean', true)
  const computed = read(rules.computed, 'computed', kind, true)
  const usual = read(rules.default, 'default', kind, true)
  return {
    field, rules, whenHidden: rules.whenHidden ?? 'keep', ...(visible && { visible }), ...(computed && { computed }), ...(usual && { default: usual }),
    ...when('required'), ...when('readOnly'), ...when('options'), ...(field.type === 'table' && { table: compileRow(field, fields).program }),
    checks: (rules.checks ?? []).flatMap(({ holds, message }, index) => {
      const run = read(holds, `checks.${index}.holds`, 'boolean')
      return run ? [{ holds: run, message }] : []
    }),
  }
}

/** Each name after those it waits for; names that wait for themselves by way of others stand in `circles`, and nowhere else. */
function inOrder(waitsFor: ReadonlyMap<string, ReadonlySet<string>>): { readonly order: readonly string[]; readonly circles: readonly (readonly string[])[] } {
  const order: string[] = []
  const circles: string[][] = []
  const state = new Map<string, 'open' | 'done'>()
  const path: string[] = []
  const visit = (name: string) => {
    if (state.get(name) === 'done') return
    if (state.get(name) === 'open') return void circles.push(path.slice(path.indexOf(name)))
    state.set(name, 'open')
    path.push(name)
    for (const other of waitsFor.get(name) ?? []) if (waitsFor.has(other)) visit(other)
    path.pop()
    state.set(name, 'done')
    order.push(name)
  }
  for (const name of waitsFor.keys()) visit(name)
  const inCircle = new Set(circles.flat())
  return { order: order.filter((name) => !inCircle.has(name)), circles }
}

const kindTexts: Record<RuleKind, Text> = {
  boolean: { en: 'true or false', zh: '真或假' }, number: { en: 'a number', zh: '数字' }, text: { en: 'a text', zh: '文本' },
  day: { en: 'a day', zh: '日期' }, moment: { en: 'a moment', zh: '时间' }, list: { en: 'a list', zh: '列表' }, table: { en: 'rows', zh: '表格行' },
}
const wrongType = (kind: RuleKind, type: string): Text => ({
  en: `This must give ${kindTexts[kind].en}, and gives ${kindText(type).en}.`, zh: `结果须为${kindTexts[kind].zh}，当前为${kindText(type).zh}。`,
})
const circleText = (labels: readonly Text[]): Text => ({
  en: `These fields wait for each other: ${[...labels, ...labels.slice(0, 1)].map(({ en }) => en).join(' → ')}. Break the circle.`,
  zh: `以下字段互相依赖：${[...labels, ...labels.slice(0, 1)].map(({ zh }) => zh).join(' → ')}。请消除循环。`,
})
