'use client'

import { useRouter } from 'next/navigation'
import { useCallback, useEffect, useReducer, useRef, useState } from 'react'
import type { EntityFieldsView } from '../../plugins/core/configuration/configuration-view.ts'
import type { EntityDraft, FieldDraft, FormDraft } from '../../plugins/core/configuration/draft-shape.ts'
import { asProblem, request, type RequestProblem } from '../kit/api.ts'

/** What is prepared for one entity: its own fields, and the rules of all its fields. */
export type Content = {
  readonly fields: readonly FieldDraft[]
  readonly form: FormDraft
  /** Of an entity of the firm: what it is called; null: it is shipped. */
  readonly entity: EntityDraft | null
}
type Steps = { readonly past: readonly Content[]; readonly now: Content; readonly future: readonly Content[] }
type Move = { readonly to: 'undo' | 'redo' } | { readonly to: 'next' | 'reset'; readonly content: Content }

const pauseMilliseconds = 500

/** The form in the designer: every step can be undone, and each is kept as a draft on the server soon after it. */
export function useDraft(initial: EntityFieldsView) {
  const router = useRouter()
  const [view, setView] = useState(initial)
  const [{ past, now, future }, move] = useReducer(step, { past: [], now: contentOf(initial), future: [] })
  const [problem, setProblem] = useState<RequestProblem | null>(null)
  const [saving, setSaving] = useState(false)
  const kept = useRef({ content: now, version: initial.draft?.version ?? 0 })
  const isKept = now === kept.current.content
  const keep = useCallback(async (content: Content): Promise<RequestProblem | null> => {
    setSaving(true)
    try {
      const answer = await request<EntityFieldsView>(`/api/configuration/fields/${initial.slug}`, { method: 'PUT', body: { fields: content.fields, form: content.form, ...(content.entity ? { entity: content.entity } : {}), expectedVersion: kept.current.version } })
      kept.current = { content, version: answer.draft?.version ?? 0 }
      setView(answer)
      return null
    } catch (error) {
      return asProblem(error)
    } finally {
      setSaving(false)
    }
  }, [initial.slug])
  useEffect(() => {
    if (isKept || saving || problem) return undefined
    const timer = setTimeout(() => void keep(now).then(setProblem), pauseMilliseconds)
    return () => clearTimeout(timer)
  }, [now, isKept, saving, problem, keep])
  // What someone else has written is shown once the server has found it to be a draft.
  const bring = useCallback(async (content: Content) => {
    const refused = await keep(content)
    if (!refused) {
      setProblem(null)
      move({ to: 'next', content })
    }
    return refused
  }, [keep])
  const change = useCallback((content: Content) => {
    setProblem(null)
    move({ to: 'next', content })
  }, [])
  const discard = useCallback(async () => {
    try {
      const answer = await request<EntityFieldsView | null>(`/api/configuration/fields/${initial.slug}`, { method: 'DELETE', body: {} })
      if (!answer) return router.push('/admin/configuration')
      const content = contentOf(answer)
      kept.current = { content, version: 0 }
      setView(answer)
      setProblem(null)
      move({ to: 'reset', content })
    } catch (error) {
      setProblem(asProblem(error))
    }
  }, [initial.slug, router])
  return {
    view, content: now, problem, change, bring, discard,
    state: problem ? 'unsaved' as const : isKept && !saving ? 'saved' as const : 'saving' as const,
    undo: past.length > 0 ? () => move({ to: 'undo' }) : undefined,
    redo: future.length > 0 ? () => move({ to: 'redo' }) : undefined,
  }
}

export const publishedContent = ({ published, publishedForm, publishedEntity }: EntityFieldsView): Content => ({ fields: published, form: publishedForm, entity: publishedEntity })
const contentOf = (view: EntityFieldsView): Content => (view.draft ? { fields: view.draft.fields, form: view.draft.form, entity: view.draft.ownEntity } : publishedContent(view))

function step(steps: Steps, action: Move): Steps {
  const { past, now, future } = steps
  switch (action.to) {
    case 'next': return { past: [...past, now], now: action.content, future: [] }
    case 'reset': return { past: [], now: action.content, future: [] }
    case 'undo': return past.length > 0 ? { past: past.slice(0, -1), now: past.at(-1) ?? now, future: [now, ...future] } : steps
    case 'redo': return future[0] ? { past: [...past, now], now: future[0], future: future.slice(1) } : steps
  }
}
