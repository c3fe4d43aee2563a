'use client'

import { useCallback, useEffect, useState } from 'react'
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

  const send = useCallback(async (what: ImportStep | 'change', ask: () => Promise<ImportView>) => {
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

  return {
    view, acting, problem,
    change: useCallback((body: ImportChange) => send('change', () => request<ImportView>(path, { method: 'PATCH', body })), [path, send]),
    act: useCallback((step: ImportStep) => send(step, () => request<ImportView>(`${path}/${step}`, { method: 'POST', body: {} })), [path, send]),
  }
}
