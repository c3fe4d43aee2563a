import type { Where } from 'payload'
import type { FieldDefinition } from '../../../config/language/entity.ts'
import { readDuration } from '../engine/durations.ts'
import { dueField, isDueSpan, pathOfField, type DueSpans } from './due-field.ts'

/**
 * What a list shows, as it stands in the address: pure, the same in the browser and on the server.
 * `?q=bolt&state=draft&f=grandTotal:gte:100&f=customer:in:ID1,ID2&sort=-number&page=2&limit=50&columns=number,customer`
 */
export type ListQuery = {
  readonly q: string
  readonly state: string
  readonly filters: readonly Filter[]
  /** Empty: the entity's own order. */
  readonly sort: string
  readonly page: number
  readonly limit: number
  /** Empty: the entity's own columns. */
  readonly columns: readonly string[]
}

export type FilterOperator = 'contains' | 'is' | 'in' | 'notIn' | 'gte' | 'lte' | 'span' | 'empty' | 'filled'
/** `value`: as spoken; several (`in`) are joined by commas. */
export type Filter = { readonly field: string; readonly operator: FilterOperator; readonly value: string }

export const pageSizes = [25, 50, 100, 200] as const
const usualPageSize = 50

export const emptyQuery: ListQuery = { q: '', state: '', filters: [], sort: '', page: 1, limit: usualPageSize, columns: [] }

export function parseListQuery(params: URLSearchParams): ListQuery {
  const limit = Number(params.get('limit'))
  const page = Number(params.get('page'))
  return {
    q: params.get('q') ?? '',
    state: params.get('state') ?? '',
    filters: params.getAll('f').flatMap(parseFilter),
    sort: params.get('sort') ?? '',
    page: Number.isSafeInteger(page) && page > 0 ? page : 1,
    limit: pageSizes.find((size) => size === limit) ?? usualPageSize,
    columns: (params.get('columns') ?? '').split(',').filter(Boolean),
  }
}

/** The shortest address of a query: what is usual is left out. */
export function listQueryParams(query: ListQuery): URLSearchParams {
  const params = new URLSearchParams()
  if (query.q) params.set('q', query.q)
  if (query.state) params.set('state', query.state)
  for (const { field, operator, value } of query.filters) params.append('f', `${field}:${operator}:${value}`)
  if (query.sort) params.set('sort', query.sort)
  if (query.page > 1) params.set('page', String(query.page))
  if (query.limit !== usualPageSize) params.set('limit', String(query.limit))
  if (query.columns.length > 0) params.set('columns', query.columns.join(','))
  return params
}

/** What of an address still has a meaning: an old bookmark may name fields and states that are gone, which the API refuses. */
export function withoutUnknown(query: ListQuery, { fields, states }: { readonly fields: readonly FieldDefinition[]; readonly states: readonly { readonly name: string }[] }): ListQuery {
  const known = new Set(fields.map(({ name }) => name))
  const sort = query.sort.replace(/^-/, '')
  return {
    ...query, state: states.some(({ name }) => name === query.state) ? query.state : '', columns: query.columns.filter((name) => known.has(name)), filters: query.filters.filter(({ field }) => known.has(field)),
    sort: known.has(sort) || sort === 'state' || sort === 'createdAt' ? query.sort : '',
  }
}

/** The operators that make sense for a field, the usual one first. */
export function operatorsOf({ name, type, many }: Pick<FieldDefinition, 'type' | 'many'> & { readonly name?: string }): readonly FilterOperator[] {
  if (name === dueField.name) return ['span', 'gte', 'lte', 'empty', 'filled']
  if (type === 'select' && many) return ['in', 'empty', 'filled']
  switch (type) {
    case 'boolean': return ['is']
    case 'select': case 'relation': return ['in', 'notIn', 'empty', 'filled']
    case 'integer': case 'duration': case 'rating': case 'quantity': case 'unitPrice': case 'money': case 'percent': case 'rate': return ['gte', 'lte', 'is', 'empty', 'filled']
    case 'date': case 'time': return ['gte', 'lte', 'is', 'empty', 'filled']
    case 'dateTime': return ['gte', 'lte', 'empty', 'filled']
    case 'json': case 'table': case 'geolocation': case 'richText': return ['empty', 'filled']
    case 'file': case 'image': case 'signature': return ['contains', 'empty', 'filled']
    default: return ['contains', 'is', 'empty', 'filled']
  }
}

export const needsValue = (operator: FilterOperator) => operator !== 'empty' && operator !== 'filled'

/** The filters, the state and the words as Payload's `where`. Fields that are not among `fields` are left out. `spans`: what is due when, where it is asked for. */
export function whereOf(query: Pick<ListQuery, 'q' | 'state' | 'filters'>, { fields, searchFields }: { fields: readonly FieldDefinition[]; searchFields: readonly string[] }, spans?: DueSpans): Where {
  const known = new Map(fields.map((field) => [field.name, field]))
  const parts: Where[] = query.filters.flatMap((filter) => {
    const field = known.get(filter.field)
    return field && operatorsOf(field).includes(filter.operator) ? conditionOf(field, filter, spans) : []
  })
  if (query.state) parts.push({ 'workflow.state': { equals: query.state } })
  parts.push(...searchWhere(query.q, searchFields))
  return parts.length > 0 ? { and: parts } : {}
}

/** Every word must occur in some search field. */
export function searchWhere(q: string, searchFields: readonly string[]): Where[] {
  if (searchFields.length === 0) return []
  return q.trim().split(/\s+/).filter(Boolean).slice(0, 8).map((word) => ({ or: searchFields.map((name) => ({ [name]: { contains: word } })) }))
}

/** Payload's bracket notation (`where[and][0][number][contains]=12`) of a condition. */
export function whereParams(where: Where, prefix = 'where'): [string, string][] {
  return Object.entries(where).flatMap(([key, value]) => bracketed(value, `${prefix}[${key}]`))
}

function bracketed(value: unknown, path: string): [string, string][] {
  if (Array.isArray(value)) return value.flatMap((item, index) => bracketed(item, `${path}[${index}]`))
  if (typeof value === 'object' && value !== null) return Object.entries(value).flatMap(([key, inner]) => bracketed(inner, `${path}[${key}]`))
  return [[path, String(value)]]
}

const operators: ReadonlySet<string> = new Set<FilterOperator>(['contains', 'is', 'in', 'notIn', 'gte', 'lte', 'span', 'empty', 'filled'])

function parseFilter(text: string): Filter[] {
  const match = /^([A-Za-z]\w*):(\w+):(.*)$/s.exec(text)
  const [, field, operator, value] = match ?? []
  if (!field || !operator || value === undefined || !operators.has(operator)) return []
  return [{ field, operator: operator as FilterOperator, value }]
}

function conditionOf(field: FieldDefinition, { operator, value: written }: Filter, spans: DueSpans | undefined): Where[] {
  const value = field.type === 'duration' ? String(readDuration(written) ?? written) : written
  const name = pathOfField(field.name)
  const several = value.split(',').filter(Boolean)
  switch (operator) {
    case 'contains': return [{ [name]: { contains: value } }]
    case 'is': return [{ [name]: { equals: field.type === 'boolean' ? value === 'true' : value } }]
    case 'in': return [{ [name]: { in: several } }]
    case 'notIn': return [{ [name]: { not_in: several } }]
    case 'gte': return [{ [name]: { greater_than_equal: value } }]
    case 'lte': return [{ [name]: { less_than_equal: field.type === 'dateTime' && value.length === 10 ? `${value}T23:59:59.999Z` : value } }]
    case 'span': {
      const span = isDueSpan(value) ? spans?.[value] : undefined
      return span ? [{ [name]: { less_than: span.before } }, ...(span.from ? [{ [name]: { greater_than_equal: span.from } }] : [])] : []
    }
    case 'empty': return [{ [name]: { exists: false } }]
    case 'filled': return [{ [name]: { exists: true } }]
  }
}
