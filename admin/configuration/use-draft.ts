'use client'

import { useCallback, useEffect, useReducer, useRef, useState } from 'react'
import type { EntityFieldsView } from '../../plugins/core/configuration/configuration-view.ts'
import type { FieldDraft } from '../../plugins/core/configuration/draft-shape.ts'
import { asProblem, request, type RequestProblem } from '../kit/api.ts'

type Fields = readonly FieldDraft[]
type Steps = { readonly past: readonly Fields[]; readonly now: Fields; readonly future: readonly Fields[] }
type Move = { readonly to: 'undo' | 'redo' } | { readonly to: 'next' | 'reset'; readonly fields: Fields }

const pauseMilliseconds = 500

/** The fields in the designer: every step can be undone, and each is kept as a draft on the server soon after it. */
export function useDraft(initial: EntityFieldsView) {
  const [view, setView] = useState(initial)
  const [{ past, now, future }, move] = useReducer(step, { past: [], now: fieldsOf(initial), future: [] })
  const [problem, setProblem] = useState<RequestProblem | null>(null)
  const [saving, setSaving] = useState(false)
  const kept = useRef({ fields: now, version: initial.draft?.version ?? 0 })
  const isKept = now === kept.current.fields
  const save = useCallback(async (fields: Fields) => {
    setSaving(true)
    try {
      const answer = await request<EntityFieldsView>(`/api/configuration/fields/${initial.slug}`, { method: 'PUT', body: { fields, expectedVersion: kept.current.version } })
      kept.current = { fields, version: answer.draft?.version ?? 0 }
      setView(answer)
      setProblem(null)
    } catch (error) {
      setProblem(asProblem(error))
    } finally {
      setSaving(false)
    }
  }, [initial.slug])
  useEffect(() => {
    if (isKept || saving || problem) return undefined
    const timer = setTimeout(() => void save(now), pauseMilliseconds)
    return () => clearTimeout(timer)
  }, [now, isKept, saving, problem, save])
  const change = useCallback((fields: Fields) => {
    setProblem(null)
    move({ to: 'next', fields })
  }, [])
  const discard = useCallback(async () => {
    try {
      const answer = await request<EntityFieldsView>(`/api/configuration/fields/${initial.slug}`, { method: 'DELETE', body: {} })
      const fields = fieldsOf(answer)
      kept.current = { fields, version: 0 }
      setView(answer)
      setProblem(null)
      move({ to: 'reset', fields })
    } catch (error) {
      setProblem(asProblem(error))
    }
  }, [initial.slug])
  return {
    view, fields: now, problem, change, discard,
    state: problem ? 'unsaved' as const : isKept && !saving ? 'saved' as const : 'saving' as const,
    undo: past.length > 0 ? () => move({ to: 'undo' }) : undefined,
    redo: future.length > 0 ? () => move({ to: 'redo' }) : undefined,
  }
}

const fieldsOf = ({ draft, published }: EntityFieldsView): Fields => draft?.fields ?? published

function step(steps: Steps, action: Move): Steps {
  const { past, now, future } = steps
  switch (action.to) {
    case 'next': return { past: [...past, now], now: action.fields, future: [] }
    case 'reset': return { past: [], now: action.fields, future: [] }
    case 'undo': return past.length > 0 ? { past: past.slice(0, -1), now: past.at(-1) ?? now, future: [now, ...future] } : steps
    case 'redo': return future[0] ? { past: [...past, now], now: future[0], future: future.slice(1) } : steps
  }
}
