import type { PayloadRequest } from 'payload'
import type { FieldDefinition } from '../../../config/language/entity.ts'
import { hiddenFields, requireRight } from '../access/can.ts'
import { actorOfRequest } from '../access/collection-hooks.ts'
import { requireReadable } from '../access/query-rules.ts'
import { allFields } from '../entities/system-fields.ts'
import { fail, failField, failQuestion } from '../errors.ts'
import { platformOf } from '../platform/platform.ts'
import { dueField, isDueSpan } from '../views/due-field.ts'
import { statesOf } from '../views/entity-view.ts'
import { mayBeDue } from '../views/listed-entity.ts'
import { operatorsOf, pageSizes, parseListQuery, type ListQuery } from '../views/list-query.ts'
import { unknownSpan } from '../views/view-rules.ts'

const parameters = ['q', 'state', 'f', 'sort', 'page', 'limit', 'columns'] as const
/** What boards, calendars and charts are asked beside fields. */
const viewParameters = ['column', 'first', 'last', 'bucket', 'aggregate'] as const

/**
 * What a list's address asks for. The panel takes such an address as it is, so that an old bookmark still opens; at this
 * door a filter that would be left out is refused instead, since the answer would be to another question.
 * `more`: further parameters that name a field, and which fields they take; `state` stands for the workflow's.
 * @throws 400 for what is no filter, page or limit; 403 for a hidden field; 404 for an unknown entity
 */
export async function listQueryOf(req: PayloadRequest, slug: string, more: Readonly<Record<string, (field: FieldDefinition) => boolean>> = {}): Promise<ListQuery> {
  const params = new URL(req.url ?? '/', 'http://localhost').searchParams
  const entity = platformOf(req.payload).entities.get(slug) ?? fail('unknownEntity', { entity: slug })
  const actor = await actorOfRequest(req)
  requireRight(actor, 'read', entity)
  const usable = [...parameters, ...Object.keys(more), ...viewParameters.filter(() => Object.keys(more).length > 0)]
  const unknown = [...params.keys()].find((name) => !usable.includes(name))
  if (unknown !== undefined) failQuestion(unknown.slice(0, 60), { en: `"${unknown.slice(0, 60)}" is not a parameter of a list. Use ${usable.join(', ')}.`, zh: `“${unknown.slice(0, 60)}”不是列表参数。可用：${usable.join('、')}。` })
  requireReadable('q', params.get('q'))
  const limit = params.get('limit')
  if (limit && !pageSizes.some((size) => String(size) === limit)) failQuestion('limit', { en: `limit must be one of ${pageSizes.join(', ')}.`, zh: `limit 须为 ${pageSizes.join('、')} 之一。` })
  const page = params.get('page')
  if (page && !/^[1-9]\d{0,6}$/.test(page)) failQuestion('page', { en: 'page must be a whole number from 1.', zh: 'page 须为从 1 开始的整数。' })
  const state = params.get('state')
  const states = statesOf(platformOf(req.payload), slug).map(({ name }) => name)
  if (state && !states.includes(state)) failQuestion('state', { en: `"${state.slice(0, 60)}" is not a state of ${entity.labels.en}. ${states.length > 0 ? `Use ${states.join(', ')}.` : 'They have none.'}`, zh: `“${state.slice(0, 60)}”不是${entity.labels.zh}的状态。${states.length > 0 ? `可用：${states.join('、')}。` : '它没有状态。'}` })
  const hidden = hiddenFields(actor, entity)
  const fields = [...allFields(entity).filter((field) => !field.hidden), ...(mayBeDue(platformOf(req.payload), slug) ? [dueField] : [])]
  const known = fields.filter(({ name }) => !hidden.has(name)).map(({ name }) => name).join(', ')
  const columns = parseListQuery(params).columns
  const sort = (params.get('sort') ?? '').replace(/^-/, '')
  const ofSort = ['', 'createdAt', ...(entity.workflow ? ['state'] : [])]
  for (const [parameter, name] of [...columns.map((column) => ['columns', column] as const), ...(ofSort.includes(sort) ? [] : [['sort', sort] as const])]) {
    if (!fields.some((field) => field.name === name)) failField('unknownField', parameter, { field: name.slice(0, 60), entity: entity.labels, known })
    if (hidden.has(name)) failField('hiddenField', parameter, { field: name })
  }
  for (const [parameter, fits] of Object.entries(more)) {
    const name = params.get(parameter)
    if (!name || (name === 'state' && entity.workflow)) continue
    const field = fields.find((one) => one.name === name) ?? failField('unknownField', parameter, { field: name.slice(0, 60), entity: entity.labels, known })
    if (hidden.has(name)) failField('hiddenField', parameter, { field: name })
    if (!fits(field)) failQuestion(parameter, { en: `${field.label.en} cannot be taken for ${parameter}. Use ${fields.filter((one) => !hidden.has(one.name) && fits(one)).map((one) => one.name).join(', ')}.`, zh: `“${field.label.zh}”不能用作 ${parameter}。可用：${fields.filter((one) => !hidden.has(one.name) && fits(one)).map((one) => one.name).join('、')}。` })
  }
  for (const text of params.getAll('f')) {
    const said = text.slice(0, 60)
    const [filter] = parseListQuery(new URLSearchParams([['f', text]])).filters
    if (!filter) failQuestion('f', { en: `"${said}" is not a filter. Write field:operator:value, like number:contains:12.`, zh: `“${said}”不是筛选条件，请写作 字段:运算符:值，例如 number:contains:12。` })
    const field = fields.find(({ name }) => name === filter.field)
    if (!field) failField('unknownField', 'f', { field: filter.field.slice(0, 60), entity: entity.labels, known: fields.map(({ name }) => name).join(', ') })
    if (hidden.has(field.name)) failField('hiddenField', 'f', { field: field.name })
    if (!operatorsOf(field).includes(filter.operator)) failQuestion('f', { en: `"${filter.field}" is not filtered by "${filter.operator}". Use ${operatorsOf(field).join(', ')}.`, zh: `“${filter.field}”不能用“${filter.operator}”筛选。可用：${operatorsOf(field).join('、')}。` })
    if (filter.operator === 'span' && !isDueSpan(filter.value)) failQuestion('f', unknownSpan(filter.value))
  }
  return parseListQuery(params)
}
