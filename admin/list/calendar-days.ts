import { DateTime } from 'luxon'
import type { FieldDefinition } from '../../config/language/entity.ts'
import type { CalendarScale } from '../../config/language/view.ts'
import { bucketStart } from '../../plugins/core/engine/buckets.ts'
import { addDays, dateIn, daysBetween, endOfMonth } from '../../plugins/core/engine/dates.ts'

/** The days of a calendar, in whole weeks from Monday. */
export function spanOf(date: string, scale: CalendarScale): string[] {
  const first = bucketStart(scale === 'month' ? bucketStart(date, 'month') : date, 'week')
  const last = scale === 'month' ? addDays(bucketStart(endOfMonth(date), 'week'), 6) : addDays(first, 6)
  return Array.from({ length: daysBetween(first, last) + 1 }, (_, index) => addDays(first, index))
}

/** The day of a spoken value, by the company's clock. */
export function dayOf(field: FieldDefinition, value: unknown, zone: string): string | null {
  if (typeof value !== 'string' || value === '') return null
  return field.type === 'dateTime' ? dateIn({ zone, at: value }) : value
}

/** The value so many days later: a moment keeps its time of day, also where the clock was set in between. */
export function daysLater(field: FieldDefinition, value: unknown, { days, zone }: { readonly days: number; readonly zone: string }): unknown {
  if (typeof value !== 'string' || value === '') return value
  return field.type === 'dateTime' ? DateTime.fromISO(value, { zone }).plus({ days }).toUTC().toISO() : addDays(value, days)
}
