import { DateTime, Duration, IANAZone } from 'luxon'

/** A piece of a day as its clock tells it, "08:30"; an end that is not after its begin is on the day after. */
export type ClockSpan = { readonly from: string; readonly to: string }
export type WorkingCalendar = {
  /** IANA zone whose clock tells when work begins and ends. */
  readonly zone: string
  /** By weekday, 1 (Monday) to 7. */
  readonly week: Readonly<Record<number, readonly ClockSpan[]>>
  /** Days that differ, by date "2026-10-01": no spans, no work. */
  readonly days: ReadonlyMap<string, readonly ClockSpan[]>
}

/** Days without any work that are looked through before it is said that there is none to come. */
const mostEmptyDays = 800
const day = 86_400_000

/**
 * The moment at which so much has been worked since `at`. A shift that the change of clocks makes longer or shorter counts as long as it is.
 * @returns UTC ISO; the end of a shift, not the begin of the next, when the work ends with it
 * @throws RangeError where the calendar has no work to come, or the zone is unknown
 */
export function addWorkingTime(calendar: WorkingCalendar, at: string, milliseconds: number): string {
  let left = milliseconds
  for (const { begin, end } of workFrom(calendar, Date.parse(at))) {
    if (left <= end - begin) return new Date(begin + left).toISOString()
    left -= end - begin
  }
  throw new RangeError('The calendar has no work to come.')
}

/** Milliseconds of work between two moments; 0 where the second is not after the first. */
export function workingTimeBetween(calendar: WorkingCalendar, from: string, to: string): number {
  const until = Date.parse(to)
  let sum = 0
  if (until <= Date.parse(from)) return sum
  for (const { begin, end } of workFrom(calendar, Date.parse(from), until)) sum += Math.max(0, Math.min(end, until) - begin)
  return sum
}

/**
 * What "two days and four hours" is on a calendar: a day is the same time on the next day of work, hours and minutes are worked ones.
 * `length`: ISO 8601 of days, hours and minutes ("P2DT4H"). Without a calendar all time counts.
 * @throws RangeError as `addWorkingTime`
 */
export function addSpan(calendar: WorkingCalendar | undefined, at: string, length: string): string {
  const duration = Duration.fromISO(length)
  if (!calendar) return DateTime.fromISO(at, { zone: 'utc' }).plus(duration).toISO() ?? unreadable(at)
  const { days, hours, minutes } = duration
  const first = days > 0 ? afterDays(calendar, at, days) : at
  return addWorkingTime(calendar, first, (hours * 60 + minutes) * 60_000)
}

/** So long before `due`, but not before `start`: what `addSpan` would have to add less. */
export function spanBefore(calendar: WorkingCalendar | undefined, { start, due }: { readonly start: string; readonly due: string }, length: string): string {
  const duration = Duration.fromISO(length)
  if (!calendar) return later(start, DateTime.fromISO(due, { zone: 'utc' }).minus(duration).toISO() ?? unreadable(due))
  const { days, hours, minutes } = duration
  const last = later(start, days > 0 ? daysBefore(calendar, due, days) : due)
  const worked = workingTimeBetween(calendar, start, last) - (hours * 60 + minutes) * 60_000
  return worked > 0 ? addWorkingTime(calendar, start, worked) : start
}

const later = (a: string, b: string) => (a > b ? a : b)

/** From the first moment of work at or after `at`, so many days of work on, at the same time by the clock, or when work next begins. */
function afterDays(calendar: WorkingCalendar, at: string, count: number): string {
  const [first] = workFrom(calendar, Date.parse(at))
  if (!first) throw new RangeError('The calendar has no work to come.')
  let date = DateTime.fromMillis(first.begin, { zone: calendar.zone })
  for (let [done, empty] = [0, 0]; done < count;) {
    date = date.plus({ days: 1 })
    if (spansOf(calendar, date).length > 0) [done, empty] = [done + 1, 0]
    else if (++empty > mostEmptyDays) throw new RangeError('The calendar has no work to come.')
  }
  const [next] = workFrom(calendar, date.toMillis())
  return new Date(next?.begin ?? date.toMillis()).toISOString()
}

function daysBefore(calendar: WorkingCalendar, due: string, count: number): string {
  let date = DateTime.fromISO(due, { zone: calendar.zone })
  for (let [done, empty] = [0, 0]; done < count && empty <= mostEmptyDays;) {
    date = date.minus({ days: 1 })
    if (spansOf(calendar, date).length > 0) [done, empty] = [done + 1, 0]
    else empty++
  }
  return new Date(date.toMillis()).toISOString()
}

type Work = { readonly begin: number; readonly end: number }

/** Spans of work from a moment on, one after the other: what overlaps counts once. */
function* workFrom(calendar: WorkingCalendar, from: number, until = Number.POSITIVE_INFINITY): Generator<Work> {
  if (!IANAZone.isValidZone(calendar.zone)) throw new RangeError(`${calendar.zone} is not a time zone.`)
  if (Number.isNaN(from)) unreadable('')
  let reached = from
  // A shift of the day before may reach into this one.
  let date = DateTime.fromMillis(from, { zone: calendar.zone }).startOf('day').minus({ days: 1 })
  for (let empty = 0; empty <= mostEmptyDays && date.toMillis() < until + day; date = date.plus({ days: 1 })) {
    const spans = spansOf(calendar, date).map((span) => instants(date, span)).sort((a, b) => a.begin - b.begin)
    empty = spans.length > 0 ? 0 : empty + 1
    for (const { begin, end } of spans) {
      const start = Math.max(begin, reached)
      if (end <= start || start >= until) continue
      reached = end
      yield { begin: start, end }
    }
  }
}

function spansOf({ week, days }: WorkingCalendar, date: DateTime): readonly ClockSpan[] {
  return days.get(date.toISODate() ?? '') ?? week[date.weekday] ?? []
}

function instants(date: DateTime, { from, to }: ClockSpan): Work {
  const [begin, end] = [clock(date, from), clock(date, to)]
  return { begin: begin.toMillis(), end: (to > from ? end : clock(date.plus({ days: 1 }), to)).toMillis() }
}

/** A time that the change of clocks leaves out is as much later as the clock jumps. */
function clock(date: DateTime, time: string): DateTime {
  const [hour = 0, minute = 0] = time.split(':').map(Number)
  return date.set({ hour, minute, second: 0, millisecond: 0 })
}

function unreadable(at: string): never {
  throw new RangeError(`${at} is not a moment.`)
}
