'use client'

import { useRouter } from 'next/navigation'
import { useCallback, useEffect, useMemo, useRef, useState } from 'react'
import { useForm, useWatch } from 'react-hook-form'
import type { CommandResult } from '../../plugins/core/commands/run-command.ts'
import type { DocumentView } from '../../plugins/core/views/document-view.ts'
import { decodeInput, standing } from '../../plugins/core/commands/input.ts'
import { todayIn } from '../../plugins/core/engine/dates.ts'
import { asProblem, changedSince, newKey, request, RequestProblem } from '../kit/api.ts'
import { useKit, useText } from '../kit/kit-context.tsx'
import { useUnsaved } from '../kit/leave-guard.tsx'
import { notify } from '../kit/notify.ts'
import { documentTexts } from '../locales/document-texts.ts'
import { findingsOfRules, programsOf, ruledForm } from './form-rules.ts'
import { useLookups } from './use-lookups.ts'
import { bodyOf, formOfView, isSame, type DocumentForm } from './form-values.ts'

/** A document on the screen: what the server said, what the person has changed, and how both come together again. */
export function useDocument(initial: DocumentView) {
  const say = useText()
  const router = useRouter()
  const [view, setView] = useState(initial)
  const [busy, setBusy] = useState(false)
  const [problem, setProblem] = useState<RequestProblem | null>(null)
  const [sentLines, setSentLines] = useState<readonly string[]>([])
  const { slug } = view.entity
  const id = view.document?.id ?? null
  const start = useMemo(() => formOfView(view), [view])
  const form = useForm<DocumentForm>({ defaultValues: start })
  const values = useWatch({ control: form.control }) as DocumentForm
  const dirty = useMemo(() => !isSame(comparable(values), comparable(start)), [values, start])
  useUnsaved(dirty && !busy)
  const { firm, user } = useKit()
  const programs = useMemo(() => programsOf({ entity: view.entity }), [view.entity])
  const asker = useMemo(() => ({ today: todayIn(firm.timeZone), timeZone: firm.timeZone, exponent: firm.exponent, roles: user?.roles ?? [] }), [firm, user])
  const taken = useLookups(view, values.fields)
  const rules = useMemo(() => ruledForm(programs, view, { ...values, taken }, asker), [programs, view, values, taken, asker])

  const show = useCallback((next: DocumentView) => {
    setView(next)
    form.reset(formOfView(next))
    setProblem(null)
  }, [form])

  const read = useCallback(() => request<DocumentView>(`/api/views/documents/${slug}/${encodeURIComponent(id ?? '')}`), [slug, id])

  const reload = useCallback(async () => {
    try {
      show(await read())
    } catch (error) {
      setProblem(asProblem(error))
    }
  }, [read, show])

  // Follow-up documents are made by events a moment later: links and figures are read again, unless someone types.
  const isDirty = useRef(dirty)
  isDirty.current = dirty
  const follow = useCallback(() => {
    for (const delay of [900, 3000]) setTimeout(() => { if (!isDirty.current) read().then((next) => { if (!isDirty.current) show(next) }, () => undefined) }, delay)
  }, [read, show])

  useEffect(() => {
    if (id !== null && changedSince(initial.at) && !isDirty.current) void reload()
    else {
      setView(initial)
      if (!isDirty.current) form.reset(formOfView(initial))
    }
  // Only when the server sends another answer: not when a reload changes what is shown.
  }, [initial])

  const attempt = useRef({ body: '', key: '' })
  /** @returns whether it is saved */
  const save = useCallback(async ({ overwrite = false }: { overwrite?: boolean } = {}): Promise<boolean> => {
    let left = false
    setBusy(true)
    setProblem(null)
    try {
      const { body, sentLines: keys } = bodyOf(view, form.getValues())
      setSentLines(keys)
      // What is no value of its type is told alone, as the server does: rules would take it for empty.
      const speaking = { exponent: asker.exponent, label: view.entity.label }
      const stood = view.document ? standing(view.entity.fields, view.document, speaking) : undefined
      const { findings: unreadable } = decodeInput(view.entity.fields, headOf(body), { ...speaking, stood })
      const broken = unreadable.length > 0 ? unreadable : findingsOfRules(ruledForm(programs, view, { ...form.getValues(), taken }, asker), keys)
      if (broken.length > 0) throw new RequestProblem({ text: documentTexts.rulesBroken, status: 422, problem: { code: 'invalidInput', status: 422, message: documentTexts.rulesBroken, findings: broken } })
      const version = overwrite ? (await read()).document?.version : view.document?.version
      const sent = { ...body, ...(id === null ? {} : { expectedVersion: version }) }
      // The same content again is the same attempt; other content is another.
      const text = JSON.stringify(sent)
      if (attempt.current.body !== text) attempt.current = { body: text, key: newKey() }
      const path = id === null ? `/api/${slug}` : `/api/${slug}/${encodeURIComponent(id)}`
      const result = await request<CommandResult>(path, { method: id === null ? 'POST' : 'PATCH', body: sent, key: attempt.current.key })
      if (id === null) {
        notify(say(documentTexts.created, { what: `${say(view.entity.label)} ${result.number ?? ''}`.trim() }))
        left = true
        router.replace(`/admin/collections/${slug}/${encodeURIComponent(result.id ?? '')}`)
        return true
      }
      notify(say(documentTexts.saved))
      show(await read())
      return true
    } catch (error) {
      setProblem(asProblem(error))
      return false
    } finally {
      // A created document is on its way to its own page: a second press must not make another one.
      if (!left) setBusy(false)
    }
  }, [view, form, id, slug, read, show, say, router, programs, taken, asker])

  const undo = useCallback(() => { form.reset(start); setProblem(null) }, [form, start])
  return { view, form, values, rules, taken, dirty, busy, problem, sentLines, save, undo, reload, follow, show }
}

const headOf = ({ lines: _, ...head }: Record<string, unknown>) => head

/** Keys of rows are of this screen only. */
const comparable = ({ fields, lines }: DocumentForm) => ({ fields, lines: lines.map(({ id, values }) => ({ id, values })) })
