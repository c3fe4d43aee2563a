import { calendarScales, chartShapes, viewAggregates, viewBuckets, viewKinds, type ViewDefinition } from '../../../config/language/view.ts'
import { listQueryParams, parseListQuery, type FilterOperator, type ListQuery } from './list-query.ts'
import { tidyView } from './view-rules.ts'

/**
 * A view in the address of a list, beside the list's own parameters: `?view=ID` is the view as it is kept; with `kind` the
 * address says all of it, kept or not. Pure, the same in the browser and on the server.
 */

/** The address of the list as it is shipped, whatever the person usually begins with. */
export const plainView = 'all'

const texts = ['groupBy', 'measure', 'from', 'to', 'title', 'picture'] as const
const choices = { bucket: viewBuckets, aggregate: viewAggregates, shape: chartShapes, scale: calendarScales } as const

/** @returns undefined when the address names no kind */
export function viewOfParams(params: URLSearchParams): ViewDefinition | undefined {
  const kind = viewKinds.find((one) => one === params.get('kind'))
  if (!kind) return undefined
  const widths = (params.get('widths') ?? '').split(',').flatMap((part) => { const [, name, width] = /^(\w+):(\d{2,4})$/.exec(part) ?? []; return name ? [[name, Number(width)] as const] : [] })
  return tidyView({
    ...viewOfQuery(parseListQuery(params)), kind, ...(widths.length > 0 ? { widths: Object.fromEntries(widths) } : {}),
    ...Object.fromEntries(texts.flatMap((name) => { const value = params.get(name); return value ? [[name, value]] : [] })),
    ...Object.fromEntries(Object.entries(choices).flatMap(([name, known]) => { const value = (known as readonly string[]).find((one) => one === params.get(name)); return value ? [[name, value]] : [] })),
  })
}

/** The parameters that say all of a view. */
export function paramsOfView(view: ViewDefinition): URLSearchParams {
  const params = listQueryParams({ ...queryOfView(view), page: 1, limit: usualLimit })
  params.set('kind', view.kind)
  for (const name of [...texts, ...Object.keys(choices)] as (keyof ViewDefinition)[]) if (view[name] !== undefined) params.set(name, String(view[name]))
  if (view.widths) params.set('widths', Object.entries(view.widths).map(([name, width]) => `${name}:${width}`).join(','))
  return params
}

/** What the list of a view asks for. */
export function queryOfView(view: ViewDefinition, { page, limit }: Pick<ListQuery, 'page' | 'limit'> = { page: 1, limit: usualLimit }): ListQuery {
  return {
    q: view.search ?? '', state: view.state ?? '', sort: view.sort ?? '', columns: view.fields ?? [], page, limit,
    filters: (view.filters ?? []).map(({ field, operator, value }) => ({ field, operator: operator as FilterOperator, value })),
  }
}

/** The part of a view that a list's question says. */
export function viewOfQuery({ q, state, filters, sort, columns }: ListQuery): ViewDefinition {
  return tidyView({ kind: 'table', search: q, state, filters, sort, fields: columns })
}

const { limit: usualLimit } = parseListQuery(new URLSearchParams())
