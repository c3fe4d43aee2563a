'use client'

import { useSearchParams } from 'next/navigation'
import { useCallback, useEffect, useMemo, useRef, useState } from 'react'
import { listQueryParams, parseListQuery, withoutUnknown, type ListQuery } from '../../plugins/core/views/list-query.ts'
import type { ListView } from '../../plugins/core/views/list-view.ts'
import { asProblem, changedSince, request, type RequestProblem } from '../kit/api.ts'

/** A list whose question stands in the address: changing it reads the next answer while the former stays. */
export function useList(initial: ListView) {
  const slug = initial.entity.slug
  const search = useSearchParams()
  const asked = useMemo(() => listQueryParams(withoutUnknown(parseListQuery(new URLSearchParams(search.toString())), initial.entity)).toString(), [search, initial])
  const [view, setView] = useState(initial)
  const [loading, setLoading] = useState(false)
  const [problem, setProblem] = useState<RequestProblem | null>(null)
  const shown = useRef(listQueryParams(initial.query).toString())

  const load = useCallback(async (question: string, signal?: AbortSignal) => {
    setLoading(true)
    try {
      setView(await request<ListView>(`/api/views/lists/${slug}?${question}`, signal ? { signal } : {}))
      shown.current = question
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
    shown.current = listQueryParams(initial.query).toString()
  }, [initial])

  useEffect(() => {
    if (asked === shown.current && !changedSince(initial.at)) return undefined
    const controller = new AbortController()
    void load(asked, controller.signal)
    return () => controller.abort()
  }, [asked, initial, load])

  const query = useMemo(() => parseListQuery(new URLSearchParams(asked)), [asked])
  /** Every change but a change of page starts at the first page. */
  const ask = useCallback((change: Partial<ListQuery>, { replace = false }: { replace?: boolean } = {}) => {
    const next = listQueryParams({ ...query, page: 1, ...change }).toString()
    const address = `${window.location.pathname}${next ? `?${next}` : ''}`
    if (replace) window.history.replaceState(null, '', address)
    else window.history.pushState(null, '', address)
  }, [query])

  return { view, query, ask, loading, problem, reload: useCallback(() => load(asked), [load, asked]) }
}
