import { DateTime } from 'luxon'

/** Calendar dates are "YYYY-MM-DD" texts, so that they sort and compare as text and belong to no time zone. */

/** Whether the text is a real day of the Gregorian calendar in exactly this form ("2026-02-30" is not). */
export function isDate(text: string): boolean {
  return datePattern.test(text) && DateTime.fromISO(text, { zone: 'utc' }).isValid
}

/** Adds whole days, negative ones too. Throws RangeError when `date` is not a date. */
export function addDays(date: string, days: number): string {
  return write(read(date).plus({ days }))
}

/** Adds whole months; a day the month does not have becomes its last one (31 January + 1 → 28 or 29 February). */
export function addMonths(date: string, months: number): string {
  return write(read(date).plus({ months }))
}

/** The last day of the date's month. */
export function endOfMonth(date: string): string {
  return write(read(date).endOf('month'))
}

/** The given day (1–31) of the date's month, or its last day where the month is shorter. */
export function dayOfMonth(date: string, day: number): string {
  const from = read(date)
  return write(from.set({ day: Math.min(day, from.daysInMonth ?? day) }))
}

/** Negative when a is earlier, 0 for the same day, positive when later. Throws RangeError on anything but dates. */
export function compareDates(a: string, b: string): number {
  return daysBetween(b, a)
}

/** Whole days from `from` to `to`; negative when `to` is earlier. */
export function daysBetween(from: string, to: string): number {
  return Math.round(read(to).diff(read(from), 'days').days)
}

/** The calendar date at a UTC instant (ISO text or Date) in an IANA time zone. Throws RangeError on an unknown zone. */
export function dateIn({ zone, at }: { readonly zone: string; readonly at: string | Date }): string {
  const instant = typeof at === 'string' ? DateTime.fromISO(at, { zone: 'utc' }) : DateTime.fromJSDate(at)
  return write(instant.setZone(zone))
}

/** Today in an IANA time zone such as "Asia/Shanghai". Throws RangeError on an unknown zone. */
export function todayIn(zone: string): string {
  return dateIn({ zone, at: new Date() })
}

/** Whether `date` lies in a range whose ends are included and may be open. */
export function isWithin({ date, from, to }: { readonly date: string; readonly from?: string | null; readonly to?: string | null }): boolean {
  return (!from || compareDates(from, date) <= 0) && (!to || compareDates(date, to) <= 0)
}

const datePattern = /^\d{4}-\d{2}-\d{2}$/

function read(date: string): DateTime {
  if (!isDate(date)) throw new RangeError(`${date} is not a date in the form YYYY-MM-DD`)
  return DateTime.fromISO(date, { zone: 'utc' })
}

function write(date: DateTime): string {
  const text = date.toISODate()
  if (text === null) throw new RangeError(`No such date: ${date.invalidExplanation ?? 'unknown reason'}`)
  return text
}
