'use client'

import { useCallback, useMemo, useState } from 'react'
import { daysBetween } from '../../plugins/core/engine/dates.ts'
import type { CalendarView } from '../../plugins/core/views/calendar-view.ts'
import { listQueryParams } from '../../plugins/core/views/list-query.ts'
import type { ListRow } from '../../plugins/core/views/list-view.ts'
import { asProblem, request, useApi, type RequestProblem } from '../kit/api.ts'
import { formatDateText } from '../kit/format.ts'
import { useKit, useText } from '../kit/kit-context.tsx'
import { notify } from '../kit/notify.ts'
import { calendarTexts } from '../locales/view-texts.ts'
import { dayOf, daysLater } from './calendar-days.ts'
import { cardTitle } from './card.tsx'
import { cardFields } from './first-settings.ts'
import type { OpenList } from './use-list.ts'

/** A document with the days on which it stands. */
export type Entry = { readonly row: ListRow; readonly from: string; readonly to: string }

/** The documents of a span of days, and what moves them to another. */
export function useCalendar({ view: { entity }, shown, query, reload: reloadList }: OpenList, days: readonly string[]) {
  const say = useText()
  const { firm, language } = useKit()
  const zone = firm.timeZone
  const card = useMemo(() => cardFields(shown, entity), [shown, entity])
  const [from, to] = [shown.from, shown.to].map((name) => entity.fields.find((field) => field.name === name))
  const params = listQueryParams({ ...query, columns: card.columns, page: 1, limit: 50 })
  params.set('from', shown.from ?? '')
  if (shown.to) params.set('to', shown.to)
  params.set('first', days[0] ?? '')
  params.set('last', days.at(-1) ?? '')
  const { data, problem: unread, reload } = useApi<CalendarView>(`/api/views/calendars/${entity.slug}?${params.toString()}`)
  const [problem, setProblem] = useState<RequestProblem | null>(null)
  const [moving, setMoving] = useState<string | null>(null)
  const entries = useMemo(() => (data?.rows ?? []).flatMap((row): Entry[] => {
    const first = from ? dayOf(from, row[from.name], zone) : null
    const last = to ? dayOf(to, row[to.name], zone) : null
    return first ? [{ row, from: first, to: last && last > first ? last : first }] : []
  }), [data, from, to, zone])
  const isMovable = entity.rights.edit && [from, to].every((field) => !field?.readOnly)

  /** Moves all of a document by the days between. */
  const move = useCallback(async (row: ListRow, start: string, end: string) => {
    const by = daysBetween(start, end)
    if (by === 0) return
    setProblem(null)
    setMoving(row.id)
    try {
      const body = Object.fromEntries([from, to].flatMap((field) => (field && row[field.name] ? [[field.name, daysLater(field, row[field.name], { days: by, zone })]] : [])))
      await request(`/api/${entity.slug}/${encodeURIComponent(row.id)}`, { method: 'PATCH', body: { ...body, expectedVersion: row.version } })
      notify(say(calendarTexts.moved, { what: cardTitle(row, card.title, data?.titles ?? {}), day: formatDateText(end, language) }))
      await Promise.all([reload(), reloadList()])
    } catch (error) {
      setProblem(asProblem(error))
    } finally {
      setMoving(null)
    }
  }, [from, to, zone, entity, say, card, data, language, reload, reloadList])

  return { entries, card, titles: data?.titles ?? {}, states: data?.states ?? {}, total: data?.total ?? 0, shownRows: data?.rows.length ?? 0, isRead: data !== null, problem: problem ?? unread, moving, isMovable, move }
}
