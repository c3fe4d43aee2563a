import type { WorkingCalendars } from '../../../config/generated/entities.ts'
import type { CommandContext } from '../commands/context.ts'
import type { Store } from '../data/store.ts'
import { addDays } from '../engine/dates.ts'
import type { ClockSpan, WorkingCalendar } from '../engine/working-time.ts'

/** The calendar of the document's company, by which it is named in a workflow. */
export const firmCalendar = 'firm'

/**
 * The calendar that a deadline is counted on, with the id of its record. `name`: the code of a calendar, or `firm`.
 * @returns undefined where there is none: then all time counts
 */
export async function calendarFor(context: CommandContext, name: string | undefined, company: string | null | undefined): Promise<{ readonly id: string; readonly calendar: WorkingCalendar } | undefined> {
  if (name === undefined) return undefined
  const id = name === firmCalendar ? (await context.company(company)).workingCalendar ?? (await context.company()).workingCalendar : undefined
  const row = name === firmCalendar ? id && await context.store.get('working-calendars', id) : await context.store.findOne('working-calendars', { code: { equals: name } })
  return row ? { id: row.id, calendar: workingCalendarOf(row) } : undefined
}

/** Everything that a workflow may name as a calendar. */
export const calendarCodes = async (store: Store): Promise<ReadonlySet<string>> => new Set([firmCalendar, ...(await store.find('working-calendars', { sort: 'code' })).map(({ code }) => code)])

/** As it is counted on: rows of the same day are its shifts. */
export function workingCalendarOf({ timeZone, shifts, exceptions }: Pick<WorkingCalendars, 'timeZone' | 'shifts' | 'exceptions'>): WorkingCalendar {
  const week: Record<number, ClockSpan[]> = {}
  for (const { day, from, to } of shifts ?? []) if (day && from && to) (week[weekdays.indexOf(day) + 1] ??= []).push({ from, to })
  const days = new Map<string, ClockSpan[]>()
  for (const { date, until, from, to } of exceptions ?? []) {
    for (let at = date; at && at <= (until ?? date ?? ''); at = addDays(at, 1)) {
      const spans = days.get(at) ?? []
      days.set(at, spans)
      if (from && to) spans.push({ from, to })
    }
  }
  return { zone: timeZone, week, days }
}

const weekdays: readonly string[] = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday']
