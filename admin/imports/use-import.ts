'use client'

import { useCallback, useEffect, useRef, useState } from 'react'
import { asProblem, request, type RequestProblem } from '../kit/api.ts'
import { isBusy, type ImportStep, type ImportView } from './import-types.ts'
import type { FileOptions, Mapping, Matching } from '../../plugins/core/imports/import-record.ts'
import { unwatchImport, watchImport } from './watched-imports.ts'

const followMilliseconds = 1_000

export type ImportChange = { readonly mapping?: Mapping; readonly options?: FileOptions; readonly matching?: Matching }

/** An import as it stands, asked for anew while the server works on it; its end is told on other pages too. */
export function useImport(initial: ImportView) {
  const [view, setView] = useState(initial)
  const [acting, setActing] = useState<ImportStep | 'change' | null>(null)
  const [problem, setProblem] = useState<RequestProblem | null>(null)
  const path = `/api/imports/${encodeURIComponent(initial.id)}`
  useEffect(() => setView(initial), [initial])

  const busy = isBusy(view.status)
  useEffect(() => {
    if (busy) watchImport(view.id)
    else if (view.status !== 'paused') unwatchImport(view.id)
  }, [busy, view.id, view.status])
  useEffect(() => {
    if (!busy) return undefined
    const controller = new AbortController()
    const look = () => request<ImportView>(path, { signal: controller.signal }).then(setView, () => { /* Looked at again at the next turn. */ })
    const timer = setInterval(() => void look(), followMilliseconds)
    return () => {
      clearInterval(timer)
      controller.abort()
    }
  }, [busy, path])

  const send = useCallback(async (what: ImportStep, ask: () => Promise<ImportView>) => {
    setActing(what)
    setProblem(null)
    try {
      setView(await ask())
      return true
    } catch (error) {
      setProblem(asProblem(error))
      return false
    } finally {
      setActing(null)
    }
  }, [])

  // What one chooses shows at once. Changes go one after the other, and only the answer to the last is shown: no choice jumps back and forth.
  const changes = useRef({ count: 0, last: Promise.resolve() })
  const change = useCallback((body: ImportChange) => {
    const mine = ++changes.current.count
    setActing('change')
    setProblem(null)
    setView((old) => ({ ...old, mapping: body.mapping ?? old.mapping, matching: body.matching ?? old.matching, options: { ...old.options, ...body.options } }))
    changes.current.last = changes.current.last.then(async () => {
      const isLast = () => mine === changes.current.count
      try {
        const answer = await request<ImportView>(path, { method: 'PATCH', body })
        if (isLast()) setView(answer)
      } catch (error) {
        setProblem(asProblem(error))
        await request<ImportView>(path).then(setView, () => { /* The problem stands there already. */ })
      } finally {
        if (isLast()) setActing(null)
      }
    })
  }, [path])

  return {
    view, acting, problem, change,
    act: useCallback((step: ImportStep) => send(step, () => request<ImportView>(`${path}/${step}`, { method: 'POST', body: {} })), [path, send]),
  }
}
