'use client'

import { useSearchParams } from 'next/navigation'
import { useCallback, useEffect, useMemo, useRef, useState } from 'react'
import type { ViewDefinition } from '../../config/language/view.ts'
import type { OpenedList } from '../../plugins/core/saved-views/open-list.ts'
import type { SavedView, SavedViewList } from '../../plugins/core/saved-views/saved-views.ts'
import { addressOf, chosenView, startOfView, type ViewPlace } from '../../plugins/core/views/chosen-view.ts'
import { listQueryParams, parseListQuery, withoutUnknown, type ListQuery } from '../../plugins/core/views/list-query.ts'
import type { ListView } from '../../plugins/core/views/list-view.ts'
import { queryOfView, viewOfQuery } from '../../plugins/core/views/view-query.ts'
import { seenView, tidyView } from '../../plugins/core/views/view-rules.ts'
import { cardFields } from './first-settings.ts'
import { asProblem, changedSince, request, type RequestProblem } from '../kit/api.ts'

export type OpenList = ReturnType<typeof useList>

/** A list whose view stands in the address: changing it reads the next answer while the former stays. */
export function useList({ list: initial, saved: savedAtFirst }: OpenedList) {
  const { entity } = initial
  const { slug } = entity
  const search = useSearchParams()
  const [saved, setSaved] = useState(savedAtFirst)
  const chosen = useMemo(() => {
    const found = chosenView(new URLSearchParams(search.toString()), saved)
    return { ...found, view: seenView(found.view, entity).view }
  }, [search, saved, entity])
  const { view: shown, place } = chosen
  const asked = useMemo(() => {
    const page = shown.kind === 'form' ? Math.ceil(place.at / place.limit) : place.page
    const question = queryOfView(shown, { page, limit: place.limit })
    // A title or a picture that is no column is read too.
    const missing = shown.kind === 'gallery' ? cardFields(shown, entity).columns.filter((name) => !(shown.fields ?? entity.listColumns).includes(name)) : []
    return listQueryParams(withoutUnknown(missing.length > 0 ? { ...question, columns: [...(shown.fields ?? entity.listColumns), ...missing] } : question, entity)).toString()
  }, [shown, place, entity])
  const [view, setView] = useState(initial)
  const [loading, setLoading] = useState(false)
  const [problem, setProblem] = useState<RequestProblem | null>(null)
  const answered = useRef(listQueryParams(initial.query).toString())

  const load = useCallback(async (question: string, signal?: AbortSignal) => {
    setLoading(true)
    try {
      setView(await request<ListView>(`/api/views/lists/${slug}?${question}`, signal ? { signal } : {}))
      answered.current = question
      setProblem(null)
    } catch (error) {
      if (!signal?.aborted) setProblem(asProblem(error))
    } finally {
      if (!signal?.aborted) setLoading(false)
    }
  }, [slug])

  // A new answer of the server (other language, page reloaded by Next) replaces what is shown.
  useEffect(() => {
    setView(initial)
    answered.current = listQueryParams(initial.query).toString()
  }, [initial])
  useEffect(() => setSaved(savedAtFirst), [savedAtFirst])

  useEffect(() => {
    if (asked === answered.current && !changedSince(initial.at)) return undefined
    const controller = new AbortController()
    void load(asked, controller.signal)
    return () => controller.abort()
  }, [asked, initial, load])

  const query = useMemo(() => parseListQuery(new URLSearchParams(asked)), [asked])
  const addressFor = useCallback((next: { saved: SavedView | undefined; view: ViewDefinition; place?: ViewPlace }) => {
    const params = addressOf({ ...next, first: saved.first }).toString()
    return `/admin/collections/${slug}${params ? `?${params}` : ''}`
  }, [slug, saved.first])
  const show = useCallback((next: Parameters<typeof addressFor>[0], { replace = false }: { replace?: boolean } = {}) => {
    if (replace) window.history.replaceState(null, '', addressFor(next))
    else window.history.pushState(null, '', addressFor(next))
  }, [addressFor])

  /** Every change but a change of page starts at the first page. */
  const ask = useCallback((change: Partial<ListQuery>, options: { replace?: boolean } = {}) => {
    const { page, limit, ...rest } = { ...query, columns: shown.fields ?? [], page: 1, ...change }
    const { kind: _kind, ...said } = viewOfQuery({ ...rest, page, limit })
    const { search: _words, state: _state, filters: _filters, sort: _sort, fields: _fields, ...others } = shown
    show({ saved: chosen.saved, view: { ...others, ...said }, place: { page, limit, at: 1 } }, options)
  }, [query, shown, chosen, show])
  const change = useCallback((changes: Partial<ViewDefinition>) => show({ saved: chosen.saved, view: tidyView({ ...shown, ...changes }), place: { ...startOfView, limit: place.limit } }, { replace: true }), [chosen, shown, place, show])
  const open = useCallback((one: SavedView | undefined) => show({ saved: one, view: one?.view ?? { kind: 'table' } }), [show])
  const reloadSaved = useCallback(async (id?: string) => {
    const next = await request<SavedViewList>(`/api/views/saved/${slug}`)
    setSaved(next)
    const one = id === undefined ? undefined : next.views.find((each) => each.id === id)
    if (id !== undefined) show({ saved: one, view: one?.view ?? { kind: 'table' } }, { replace: true })
  }, [slug, show])

  return {
    view, query, ask, loading, problem, saved, chosen, shown, change, open, show, addressFor, reloadSaved,
    reload: useCallback(() => load(asked), [load, asked]),
  }
}
