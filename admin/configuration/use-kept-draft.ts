'use client'

import { useRouter } from 'next/navigation'
import { useCallback, useEffect, useMemo, useReducer, useRef, useState } from 'react'
import { asProblem, hasChanged, request, type RequestProblem } from '../kit/api.ts'
import { step } from './draft-steps.ts'

/** What is designed, and how it goes to the server and back. The functions stay the same. */
export type Kept<Content, View> = {
  /** GET, PUT and DELETE of the draft. */
  readonly path: string
  readonly initial: View
  readonly contentOf: (view: View) => Content
  /** Of the draft; 0: there is none. */
  readonly versionOf: (view: View) => number
  readonly bodyOf: (content: Content) => object
}
const pauseMilliseconds = 500

/** Whoever else has changed the draft since it was read here. */
type Drafted = { readonly draft: { readonly by: string; readonly at: string } | null }
export type DraftConflict<Content> = {
  /** Null: nothing is prepared any more, since it was published or discarded. */
  readonly by: string | null
  readonly at: string | null
  readonly content: Content
  /** Saves over theirs. */
  readonly keepMine: () => Promise<void>
  /** Shows theirs; what was drawn here comes back with “Undo”. */
  readonly takeTheirs: () => void
}
const isOvertaken = (problem: RequestProblem | null): boolean => problem?.code === 'versionConflict'

/** Something in a designer: every step can be undone, and each is kept as a draft on the server soon after it. */
export function useKeptDraft<Content, View extends Drafted>({ path, initial, contentOf, versionOf, bodyOf }: Kept<Content, View>) {
  const router = useRouter()
  const [view, setView] = useState(initial)
  const [{ past, now, future }, move] = useReducer(step<Content>, { past: [], now: contentOf(initial), future: [] })
  const [problem, setProblem] = useState<RequestProblem | null>(null)
  const [saving, setSaving] = useState(false)
  const [theirs, setTheirs] = useState<View | null>(null)
  const kept = useRef({ content: now, version: versionOf(initial) })
  const isKept = now === kept.current.content
  const latest = useRef(now)
  latest.current = now
  const running = useRef<Promise<RequestProblem | null> | null>(null)
  // Whoever comes back to this page may be shown what stood in it when they first came.
  useEffect(() => {
    if (!hasChanged()) return undefined
    const controller = new AbortController()
    const first = latest.current
    request<View>(path, { signal: controller.signal }).then((answer) => {
      const content = contentOf(answer)
      if (latest.current !== first || (versionOf(answer) === kept.current.version && JSON.stringify(content) === JSON.stringify(first))) return
      kept.current = { content, version: versionOf(answer) }
      setView(answer)
      move({ to: 'reset', content })
    }, (error: unknown) => { if (!controller.signal.aborted) setProblem(asProblem(error)) })
    return () => controller.abort()
  }, [path, contentOf, versionOf])
  const keep = useCallback((content: Content): Promise<RequestProblem | null> => {
    const send = async () => {
      setSaving(true)
      try {
        const answer = await request<View>(path, { method: 'PUT', body: { ...bodyOf(content), expectedVersion: kept.current.version } })
        kept.current = { content, version: versionOf(answer) }
        setView(answer)
        return null
      } catch (error) {
        return asProblem(error)
      } finally {
        setSaving(false)
      }
    }
    running.current = send()
    return running.current
  }, [path, bodyOf, versionOf])
  useEffect(() => {
    if (isKept || saving || problem) return undefined
    const timer = setTimeout(() => void keep(now).then(setProblem), pauseMilliseconds)
    return () => clearTimeout(timer)
  }, [now, isKept, saving, problem, keep])
  /** Keeps at once what would be kept in a moment. @returns whether all is kept */
  const flush = useCallback(async (): Promise<boolean> => {
    await running.current
    if (latest.current === kept.current.content) return true
    if (theirs) return false
    const refused = await keep(latest.current)
    setProblem(refused)
    return refused === null
  }, [keep, theirs])
  useEffect(() => {
    if (!isOvertaken(problem)) return setTheirs(null)
    const controller = new AbortController()
    request<View>(path, { signal: controller.signal }).then(setTheirs, (error: unknown) => { if (!controller.signal.aborted) setProblem(asProblem(error)) })
    return () => controller.abort()
  }, [problem, path])
  const keepMine = useCallback(async () => {
    if (!theirs) return
    kept.current = { ...kept.current, version: versionOf(theirs) }
    setProblem(await keep(latest.current))
  }, [theirs, keep, versionOf])
  const takeTheirs = useCallback(() => {
    if (!theirs) return
    const content = contentOf(theirs)
    kept.current = { content, version: versionOf(theirs) }
    setView(theirs)
    setProblem(null)
    move({ to: 'next', content })
  }, [theirs, contentOf, versionOf])
  const conflict = useMemo((): DraftConflict<Content> | null => theirs && { by: theirs.draft?.by ?? null, at: theirs.draft?.at ?? null, content: contentOf(theirs), keepMine, takeTheirs }, [theirs, contentOf, keepMine, takeTheirs])
  // What someone else has written is shown once the server has found it to be a draft.
  const bring = useCallback(async (content: Content) => {
    const refused = await keep(content)
    if (!refused) {
      setProblem(null)
      move({ to: 'next', content })
    }
    return refused
  }, [keep])
  // Who draws on while someone else's is stored keeps it here, until they have decided.
  const change = useCallback((content: Content) => {
    setProblem((now) => (isOvertaken(now) ? now : null))
    move({ to: 'next', content })
  }, [])
  const discard = useCallback(async () => {
    try {
      const answer = await request<View | null>(path, { method: 'DELETE', body: {} })
      if (!answer) return router.push('/admin/configuration')
      const content = contentOf(answer)
      kept.current = { content, version: 0 }
      setView(answer)
      setProblem(null)
      move({ to: 'reset', content })
    } catch (error) {
      setProblem(asProblem(error))
    }
  }, [path, contentOf, router])
  return {
    view, content: now, problem: conflict ? null : problem, conflict, change, bring, discard, flush,
    state: saving ? 'saving' as const : problem ? 'unsaved' as const : isKept ? 'saved' as const : 'saving' as const,
    undo: past.length > 0 ? () => move({ to: 'undo' }) : undefined,
    redo: future.length > 0 ? () => move({ to: 'redo' }) : undefined,
  }
}
