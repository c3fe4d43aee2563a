'use client'

import { useRouter } from 'next/navigation'
import { useCallback, useEffect, useMemo, useState } from 'react'
import type { CommandResult } from '../../plugins/core/commands/run-command.ts'
import type { BoardColumn, BoardView } from '../../plugins/core/views/board-view.ts'
import { listQueryParams } from '../../plugins/core/views/list-query.ts'
import type { ListRow } from '../../plugins/core/views/list-view.ts'
import { stateField } from '../../plugins/core/views/view-rules.ts'
import type { AvailableEvent } from '../../workflows/engine/available.ts'
import { asProblem, request, RequestProblem, useApi } from '../kit/api.ts'
import { speak, useText } from '../kit/kit-context.tsx'
import { notify } from '../kit/notify.ts'
import { boardTexts } from '../locales/view-texts.ts'
import { cardTitle, hrefOf } from './card.tsx'
import { cardFields } from './first-settings.ts'
import { needsMore } from './bulk-bar.tsx'
import type { OpenList } from './use-list.ts'

/** The columns of a board: read a page at a time, and cards that go from one to another. */
export function useBoard({ view: { entity }, shown, query, reload }: OpenList) {
  const say = useText()
  const router = useRouter()
  const { slug } = entity
  const card = useMemo(() => cardFields(shown, entity), [shown, entity])
  const question = useMemo(() => {
    const params = listQueryParams({ ...query, columns: card.columns, page: 1, limit: 50 })
    params.set('groupBy', shown.groupBy ?? '')
    if (shown.measure) params.set('measure', shown.measure)
    return params.toString()
  }, [query, card, shown])
  const path = `/api/views/boards/${slug}?${question}`
  const { data, problem: unread, loading, reload: readAgain } = useApi<BoardView>(path)
  const [more, setMore] = useState<Readonly<Record<string, readonly ListRow[]>>>({})
  const [moreTitles, setMoreTitles] = useState<BoardView['titles']>({})
  const [moving, setMoving] = useState<string | null>(null)
  const [problem, setProblem] = useState<RequestProblem | null>(null)
  useEffect(() => { setMore({}); setMoreTitles({}) }, [data])
  const columns = useMemo(() => (data?.columns ?? []).map((column): BoardColumn => ({ ...column, rows: [...column.rows, ...(more[column.key] ?? [])] })), [data, more])
  const titles = useMemo(() => Object.fromEntries([...new Set([...Object.keys(data?.titles ?? {}), ...Object.keys(moreTitles)])].map((one) => [one, { ...data?.titles[one], ...moreTitles[one] }])), [data, moreTitles])

  const showMore = useCallback(async (key: string) => {
    const shownNow = columns.find((column) => column.key === key)?.rows ?? []
    try {
      const next = await request<BoardView>(`${path}&column=${encodeURIComponent(key)}&page=${Math.floor(shownNow.length / cardsAtOnce) + 1}`)
      const known = new Set(shownNow.map(({ id }) => id))
      setMore((old) => ({ ...old, [key]: [...(old[key] ?? []), ...(next.columns[0]?.rows ?? []).filter(({ id }) => !known.has(id))] }))
      setMoreTitles((old) => Object.fromEntries([...new Set([...Object.keys(old), ...Object.keys(next.titles)])].map((one) => [one, { ...old[one], ...next.titles[one] }])))
    } catch (error) {
      setProblem(asProblem(error))
    }
  }, [columns, path])

  const refresh = useCallback(async () => { await Promise.all([readAgain(), reload()]) }, [readAgain, reload])
  const field = shown.groupBy === stateField ? undefined : entity.fields.find(({ name }) => name === shown.groupBy)
  /** @returns why a card of a column cannot go to another; undefined when it may be tried */
  const whyNot = useCallback((from: BoardColumn, to: BoardColumn): string | undefined => {
    if (field || (data?.moves[from.key]?.[to.key] ?? []).length > 0) return undefined
    return say(boardTexts.noStep, { from: say(from.label), to: say(to.label) })
  }, [field, data, say])
  const isMovable = field ? entity.rights.edit && !field.readOnly : entity.rights.send

  /** Takes the step that leads there, or changes the field; what is refused stays and says why. */
  const move = useCallback(async (row: ListRow, from: BoardColumn, to: BoardColumn) => {
    setProblem(null)
    const names = (language: 'en' | 'zh') => ({ from: speak(from.label, language), to: speak(to.label, language) })
    const refuse = (text: { en: string; zh: string }): never => { throw new RequestProblem({ status: 409, text: { en: speak({ ...text }, 'en', names('en')), zh: speak({ ...text }, 'zh', names('zh')) } }) }
    setMoving(row.id)
    try {
      const at = `/api/${slug}/${encodeURIComponent(row.id)}`
      if (field) {
        const value = field.type === 'boolean' ? to.key === 'true' : to.key || null
        await request<CommandResult>(at, { method: 'PATCH', body: { [field.name]: value, expectedVersion: row.version } })
      } else {
        const leading = data?.moves[from.key]?.[to.key] ?? []
        if (leading.length === 0) refuse(boardTexts.noStep)
        const answer = await request<Record<string, AvailableEvent[]>>(`/api/views/events/${slug}?ids=${encodeURIComponent(row.id)}`)
        const events = (answer[row.id] ?? []).filter(({ event }) => leading.includes(event))
        const allowed = events.filter((event) => event.allowed)
        const event = allowed.find((one) => !isAsking(one)) ?? allowed[0]
        const [refused] = events
        if (!event && refused) throw new RequestProblem({ status: 409, text: { en: refused.refusals.map(({ message }) => message.en).join(' '), zh: refused.refusals.map(({ message }) => message.zh).join('') } })
        if (!event) return refuse(boardTexts.noRight)
        // What a step asks for is asked on the page of the document.
        if (isAsking(event)) return router.push(`${hrefOf(slug, row.id)}?event=${event.event}`)
        await request<CommandResult>(`${at}/events/${event.event}`, { method: 'POST', body: { expectedVersion: row.version } })
      }
      notify(say(boardTexts.moved, { what: cardTitle(row, card.title, titles), column: say(to.label) }))
      await refresh()
    } catch (error) {
      setProblem(asProblem(error))
    } finally {
      setMoving(null)
    }
  }, [slug, field, data, say, card, titles, refresh, router])

  return { columns, titles, states: data?.states ?? {}, card, field, loading: loading && !data, moving, problem: problem ?? unread, who: data?.who ?? null, at: data?.at ?? '', refresh, whyNot, isMovable, move, showMore, measure: entity.fields.find(({ name }) => name === shown.measure) }
}

/** Steps that ask for something, or that one should think about first. */
const isAsking = (event: AvailableEvent) => needsMore(event) || event.lineInput.length > 0 || Boolean(event.newLines ?? event.preview) || event.reason === 'required' || event.tone === 'bad'

/** As many as the server gives of a column at a time. */
const cardsAtOnce = 20
