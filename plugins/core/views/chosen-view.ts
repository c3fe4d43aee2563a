import type { ViewDefinition } from '../../../config/language/view.ts'
import { canonicalJson } from '../../../workflows/engine/canonical.ts'
import type { SavedView, SavedViewList } from '../saved-views/saved-views.ts'
import { emptyQuery, listQueryParams, parseListQuery, type ListQuery } from './list-query.ts'
import { paramsOfView, plainView, queryOfView, viewOfParams, viewOfQuery } from './view-query.ts'
import { tidyView } from './view-rules.ts'

/** What an address opens: `saved`: the view it names; `isEdited`: the address says something else than is kept. */
export type ChosenView = { readonly saved: SavedView | undefined; readonly view: ViewDefinition; readonly isEdited: boolean; readonly isGone: boolean; readonly place: ViewPlace }
/** Where one is in the rows; `at`: the row of a form, from 1. */
export type ViewPlace = Pick<ListQuery, 'page' | 'limit'> & { readonly at: number }

export function chosenView(params: URLSearchParams, { views, first }: Pick<SavedViewList, 'views' | 'first'>): ChosenView {
  const query = parseListQuery(params)
  const named = params.get('view') ?? ''
  const asked = viewOfParams(params)
  // An address of the list as it always was means the table, whatever one usually begins with.
  const isBare = !asked && listQueryParams({ ...query, page: 1, limit: emptyQuery.limit }).size === 0
  const wanted = named === '' && isBare ? first : named
  const saved = views.find(({ id }) => id === wanted)
  const view = asked ?? saved?.view ?? viewOfQuery(query)
  const place = { page: query.page, limit: query.limit, at: Math.max(1, Math.trunc(Number(params.get('at'))) || 1) }
  return { saved, view, place, isEdited: saved === undefined ? view.kind !== 'table' || view.widths !== undefined : !isSameView(view, saved.view), isGone: named !== '' && named !== plainView && saved === undefined }
}

const isSameView = (a: ViewDefinition, b: ViewDefinition) => canonicalJson(tidyView(a)) === canonicalJson(tidyView(b))

/** The shortest address that opens the view: one that is kept by its id alone. */
export function addressOf({ saved, view, place = startOfView, first }: { readonly saved: SavedView | undefined; readonly view: ViewDefinition; readonly place?: ViewPlace; readonly first: string }): URLSearchParams {
  const isKept = saved !== undefined && isSameView(view, saved.view)
  const isList = saved === undefined && view.kind === 'table' && view.widths === undefined
  const params = isKept ? new URLSearchParams() : isList ? listQueryParams(queryOfView(view)) : paramsOfView(view)
  if (saved) params.set('view', saved.id)
  else if (isList && first !== '' && params.size === 0) params.set('view', plainView)
  if (place.page > 1) params.set('page', String(place.page))
  if (place.limit !== emptyQuery.limit) params.set('limit', String(place.limit))
  if (place.at > 1) params.set('at', String(place.at))
  return params
}

export const startOfView: ViewPlace = { page: 1, limit: emptyQuery.limit, at: 1 }
