import { DateTime } from 'luxon'
import type { ClockShift, Row, Store } from '../data/store.ts'

/**
 * How far a zone's clock was ahead of UTC while the moments of a field passed: what a database needs to know to tell their days,
 * the same for both, whatever it knows of zones itself.
 */
export async function clockShifts(store: Store, { entity, field, zone }: { readonly entity: string; readonly field: string; readonly zone: string }): Promise<ClockShift[]> {
  const edge = async (sort: string) => ((await store.find(entity, { where: { [field]: { exists: true } }, sort, limit: 1 }))[0] as Row | undefined)?.[field]
  const [first, last] = await Promise.all([edge(field), edge(`-${field}`)])
  return shiftsBetween(zone, typeof first === 'string' ? first : new Date().toISOString(), typeof last === 'string' ? last : new Date().toISOString())
}

/** Clocks are set back and forth some weeks apart; beyond so many years none is looked for. */
const step = { days: 7 }
const mostYears = 150

export function shiftsBetween(zone: string, first: string, last: string): ClockShift[] {
  const end = DateTime.fromISO(last, { zone })
  let at = DateTime.max(DateTime.fromISO(first, { zone }), end.minus({ years: mostYears }))
  const shifts: ClockShift[] = []
  while (at < end) {
    const next = DateTime.min(at.plus(step), end)
    if (next.offset !== at.offset) shifts.push({ until: changeBetween(at, next), minutes: at.offset })
    at = next
  }
  return [...shifts, { until: null, minutes: end.offset }]
}

/** The minute at which the clock is set. */
function changeBetween(before: DateTime, after: DateTime): string {
  let [low, high] = [before, after]
  while (high.diff(low).as('minutes') > 1) {
    const middle = low.plus({ milliseconds: high.diff(low).as('milliseconds') / 2 })
    if (middle.offset === before.offset) low = middle
    else high = middle
  }
  return new Date(Math.floor(high.toMillis() / 60_000) * 60_000).toISOString()
}
