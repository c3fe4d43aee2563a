import type { ApprovalCondition } from '../../../config/language/approval.ts'
import type { EntityDefinition, FieldDefinition } from '../../../config/language/entity.ts'
import { checkExpression, type CheckedExpression } from '../../../config/expression/check-expression.ts'
import { environmentOf, gives, variableOf, zoneVariable } from '../../../config/expression/environment.ts'
import { Day, emptyOf, fromStored, kindOf, veiled } from '../../../config/expression/rule-values.ts'
import type { Text } from '../../../config/language/text.ts'
import { isDecimal } from '../commands/defaults.ts'
import type { CommandContext } from '../commands/context.ts'
import type { Row } from '../data/store.ts'
import { parseDecimal, scaleOf } from '../engine/decimal.ts'
import { allFields } from '../entities/system-fields.ts'
import { stateOf } from '../workflow/pinned.ts'

/** Whether a step is asked. What cannot be answered is asked rather than passed over. */
export async function conditionHolds(context: CommandContext, entity: EntityDefinition, { when, document }: { readonly when: ApprovalCondition | undefined; readonly document: Row }): Promise<boolean> {
  if (!when) return true
  const exponent = await context.exponent()
  if ('field' in when) return withinRange(entity, when, { document, exponent })
  const checked = expressionOf(entity, when.expression)
  if ('problem' in checked) return true
  const { timeZone } = await context.company(document.company as string | null)
  const fields = seenFields(entity)
  const scope = {
    ...Object.fromEntries(fields.map((field) => [variableOf(field.name), veiled(field, fromStored(field, document[field.name], exponent) ?? emptyOf(field))])),
    option: '', [zoneVariable]: timeZone, today: new Day(await context.today()), isNew: false, workflowState: stateOf(document) ?? '', userRoles: [...context.actor.roles],
  }
  return checked.run(scope) !== false
}

/** What is wrong with a condition for this entity. */
export function problemOfCondition(entity: EntityDefinition, when: ApprovalCondition): Text | undefined {
  if ('expression' in when) {
    const checked = expressionOf(entity, when.expression)
    return 'problem' in checked ? checked.problem : undefined
  }
  const field = allFields(entity).find(({ name }) => name === when.field)
  if (!field) return { en: `${entity.labels.en} have no field “${when.field}”. Name one of theirs.`, zh: `${entity.labels.zh}没有字段“${when.field}”，请指定已有字段。` }
  if (!isFigure(field)) return { en: `“${field.label.en}” is no figure. Name an amount, a quantity or a number.`, zh: `“${field.label.zh}”不是数值字段，请指定金额、数量或数字字段。` }
  return undefined
}

function withinRange(entity: EntityDefinition, { field: name, from, below }: Extract<ApprovalCondition, { field: string }>, { document, exponent }: { readonly document: Row; readonly exponent: number }): boolean {
  const field = allFields(entity).find((one) => one.name === name)
  if (!field || !isFigure(field)) return true
  const value = Number(document[name] ?? 0)
  const stored = (spoken: string) => {
    const parsed = parseDecimal(spoken, isDecimal(field) ? scaleOf(field.type, exponent) : 0)
    return parsed.ok ? parsed.value : undefined
  }
  const [least, limit] = [from === undefined ? undefined : stored(from), below === undefined ? undefined : stored(below)]
  return (least === undefined || value >= least) && (limit === undefined || value < limit)
}

const isFigure = (field: FieldDefinition) => !field.many && kindOf(field) === 'number'

const seenFields = (entity: EntityDefinition) => allFields(entity).filter((field) => kindOf(field) !== undefined && !field.hidden)

function expressionOf(entity: EntityDefinition, source: string): CheckedExpression | { readonly problem: Text } {
  const known = checked.get(entity) ?? new Map<string, CheckedExpression | { readonly problem: Text }>()
  checked.set(entity, known)
  const found = known.get(source) ?? booleanOnly(checkExpression(environmentOf(seenFields(entity)), source))
  if (known.size < mostKept) known.set(source, found)
  return found
}

function booleanOnly(one: CheckedExpression | { readonly problem: Text }): CheckedExpression | { readonly problem: Text } {
  if ('problem' in one || gives(one.type, 'boolean')) return one
  return { problem: { en: 'This gives no yes or no. Write a comparison, like grandTotal > 5000.', zh: '该表达式的结果不是“是/否”，请填写比较式，例如 grandTotal > 5000。' } }
}

const mostKept = 200
const checked = new WeakMap<EntityDefinition, Map<string, CheckedExpression | { readonly problem: Text }>>()
