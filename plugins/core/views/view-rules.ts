import type { FieldDefinition, FieldType } from '../../../config/language/entity.ts'
import { hasOrder } from '../../../config/language/fields.ts'
import type { Finding } from '../../../config/language/refusal.ts'
import type { Text } from '../../../config/language/text.ts'
import type { ViewDefinition, ViewKind } from '../../../config/language/view.ts'
import { dueField, dueSpans, isDueSpan } from './due-field.ts'
import type { EntityView } from './entity-view.ts'
import { operatorsOf, type FilterOperator } from './list-query.ts'

/** What a view may name: pure, the same in the browser and on the server. */
export type ViewSubject = Pick<EntityView, 'fields' | 'states' | 'labels'>

/** The name of the workflow's state where a field is expected. */
export const stateField = 'state'

const oneOf = (types: readonly string[]) => { const known = new Set(types); return ({ type, many }: FieldDefinition) => !many && known.has(type) }

/** Whose few values become the columns of a board. */
export const isBoardField = oneOf(['select', 'boolean'])
export const isDayField = oneOf(['date', 'dateTime'])
const isChartGroup = oneOf(['select', 'boolean', 'relation', 'text', 'date', 'dateTime'])
export const isGroupField = (field: FieldDefinition): boolean => isChartGroup(field) && field.name !== 'number' && field.name !== dueField.name && !field.unique && !field.advanced
const summed: readonly FieldType[] = ['money', 'quantity', 'integer']
const isSummed = oneOf(summed)
const isAveraged = oneOf([...summed, 'unitPrice', 'percent', 'rate'])
/** A rate or a percentage can be averaged, but adds up to nothing. */
export const isMeasure = (field: FieldDefinition, aggregate: ViewDefinition['aggregate']): boolean => !field.advanced && (aggregate === 'avg' ? isAveraged(field) : isSummed(field))
export const isPictureField = oneOf(['image'])

const common = ['kind', 'fields', 'search', 'state', 'filters', 'sort', 'title'] as const
const ofKind: Readonly<Record<ViewKind, readonly (keyof ViewDefinition)[]>> = {
  table: ['widths'], kanban: ['groupBy', 'measure'], calendar: ['from', 'to', 'scale'], gallery: ['picture'],
  chart: ['groupBy', 'bucket', 'measure', 'aggregate', 'shape'], form: [],
}

/** The definition with what its kind has, and nothing that says no more than its absence: equal views are equal files. */
export function tidyView(view: ViewDefinition): ViewDefinition {
  const known = new Set<string>([...common, ...ofKind[view.kind]])
  return Object.fromEntries(Object.entries(view).filter(([name, value]) => known.has(name) && !isNothing(value))) as ViewDefinition
}

const isNothing = (value: unknown) => value === undefined || value === null || value === '' || (typeof value === 'object' && Object.keys(value).length === 0)

/** Everything that is wrong with a view of the entity, each at its place. */
export function viewFindings(view: ViewDefinition, subject: ViewSubject): Finding[] {
  const { labels, states } = subject
  const fields = new Map(subject.fields.map((field) => [field.name, field]))
  const findings: Finding[] = []
  const note = (path: string, message: Text) => findings.push({ code: 'invalidView', path: `view.${path}`, severity: 'error', message })
  const unknown = (path: string, name: string) => note(path, { en: `"${name}" is no field of ${labels.en} that you may see. It may be misspelt or out of use.`, zh: `“${name}”不是您可查看的${labels.zh}字段，可能拼写有误或已停用。` })
  const named = (path: string, name: string | undefined, { fits, isState = false, wanted }: { fits: (field: FieldDefinition) => boolean; isState?: boolean; wanted: Text }) => {
    if (name === undefined || (isState && name === stateField && states.length > 0)) return
    const field = fields.get(name)
    if (!field) unknown(path, name)
    else if (!fits(field)) note(path, { en: `${field.label.en} cannot stand here: ${wanted.en}.`, zh: `“${field.label.zh}”不能用于此处：${wanted.zh}。` })
  }
  const needed = (path: keyof ViewDefinition, what: Text) => { if (view[path] === undefined) note(path, { en: `A view of this kind needs ${what.en}.`, zh: `此类视图需要${what.zh}。` }) }

  const stranger = Object.keys(view).find((name) => !common.some((own) => own === name) && !ofKind[view.kind].some((own) => own === name))
  if (stranger) note(stranger, { en: `"${stranger}" means nothing in a view of the kind "${view.kind}". Leave it out.`, zh: `“${stranger}”不适用于类型为“${view.kind}”的视图，请去掉。` })
  view.fields?.forEach((name, index) => { if (!fields.has(name)) unknown(`fields.${index}`, name) })
  Object.keys(view.widths ?? {}).forEach((name) => { if (!fields.has(name) && name !== stateField) unknown(`widths.${name}`, name) })
  view.filters?.forEach(({ field: name, operator, value }, index) => {
    const field = fields.get(name)
    if (!field) unknown(`filters.${index}.field`, name)
    else if (!operatorsOf(field).includes(operator as FilterOperator)) note(`filters.${index}.operator`, { en: `${field.label.en} is not filtered by "${operator}". Use ${operatorsOf(field).join(', ')}.`, zh: `“${field.label.zh}”不能用“${operator}”筛选。可用：${operatorsOf(field).join('、')}。` })
    else if (operator === 'span' && !isDueSpan(value)) note(`filters.${index}.value`, unknownSpan(value))
  })
  if (view.state !== undefined && !states.some(({ name }) => name === view.state)) note('state', { en: `"${view.state}" is not a state of ${labels.en}.`, zh: `“${view.state}”不是${labels.zh}的状态。` })
  const sort = view.sort?.replace(/^-/, '')
  if (sort !== undefined && sort !== 'createdAt') named('sort', sort, { fits: hasOrder, isState: true, wanted: { en: 'it has no order of its own', zh: '该字段无法排序' } })
  if (view.kind === 'kanban') {
    needed('groupBy', { en: 'groupBy: the field whose values are the columns', zh: 'groupBy，即作为列的字段' })
    named('groupBy', view.groupBy, { fits: isBoardField, isState: true, wanted: { en: 'the columns of a board are the values of a choice, yes or no, or the state', zh: '看板的列须为单选、是否或状态' } })
    named('measure', view.measure, { fits: (field) => isMeasure(field, 'sum'), wanted: { en: 'only amounts, quantities and whole numbers are added up', zh: '只有金额、数量和整数可以求和' } })
  }
  if (view.kind === 'chart') {
    needed('groupBy', { en: 'groupBy: what the groups are', zh: 'groupBy，即分组字段' })
    named('groupBy', view.groupBy, { fits: isGroupField, isState: true, wanted: { en: 'a chart is grouped by a choice, a reference, a text, a day or the state', zh: '图表须按选项、引用、文本、日期或状态分组' } })
    if (view.aggregate === 'sum' || view.aggregate === 'avg') needed('measure', { en: 'measure: the field that is added up or averaged', zh: 'measure，即要汇总的字段' })
    named('measure', view.measure, { fits: (field) => isMeasure(field, view.aggregate), wanted: { en: 'only figures are added up or averaged; rates and percentages are averaged only', zh: '只有数值字段可以汇总；比率和百分比只能求平均' } })
  }
  if (view.kind === 'calendar') needed('from', { en: 'from: the day on which a document stands', zh: 'from，即所在日期的字段' })
  for (const name of ['from', 'to'] as const) named(name, view[name], { fits: isDayField, wanted: { en: 'a calendar goes by days', zh: '日历须按日期字段' } })
  named('title', view.title, { fits: ({ type }) => type !== 'json' && type !== 'richText', wanted: { en: 'it is no name', zh: '不能作为标题' } })
  named('picture', view.picture, { fits: isPictureField, wanted: { en: 'it is no picture', zh: '该字段不是图片' } })
  return findings
}

export const unknownSpan = (value: string): Text => ({ en: `"${value.slice(0, 60)}" is no span of time. Use ${dueSpans.join(', ')}.`, zh: `“${value.slice(0, 60)}”不是有效的时间范围。可用：${dueSpans.join('、')}。` })

/** What a reader meets of a view: what it names that is not there, or not for the reader, is left out and told. */
export type SeenView = { readonly view: ViewDefinition; readonly missing: readonly string[] }

export function seenView(view: ViewDefinition, subject: ViewSubject): SeenView {
  const fields = new Set([...subject.fields.map(({ name }) => name), 'createdAt', ...(subject.states.length > 0 ? [stateField] : [])])
  const missing = new Set<string>()
  const has = (name: string) => { if (!fields.has(name)) missing.add(name); return fields.has(name) }
  const single = (name: 'groupBy' | 'measure' | 'from' | 'to' | 'title' | 'picture') => (view[name] !== undefined && !has(view[name]) ? { [name]: undefined } : {})
  const isState = view.state === undefined || subject.states.some(({ name }) => name === view.state)
  if (!isState) missing.add(`${stateField}: ${view.state}`)
  const seen = {
    ...view,
    ...(view.fields ? { fields: view.fields.filter(has) } : {}),
    ...(view.widths ? { widths: Object.fromEntries(Object.entries(view.widths).filter(([name]) => has(name))) } : {}),
    ...(view.filters ? { filters: view.filters.filter(({ field }) => has(field)) } : {}),
    ...(view.sort && !has(view.sort.replace(/^-/, '')) ? { sort: undefined } : {}),
    ...(isState ? {} : { state: undefined }),
    ...single('groupBy'), ...single('measure'), ...single('from'), ...single('to'), ...single('title'), ...single('picture'),
  } as ViewDefinition
  const counted = seen.kind === 'chart' && seen.measure === undefined ? { ...seen, aggregate: undefined } : seen
  return { view: tidyView(counted as ViewDefinition), missing: [...missing] }
}
