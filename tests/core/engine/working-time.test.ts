import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { addSpan, addWorkingTime, spanBefore, workingTimeBetween, type ClockSpan, type WorkingCalendar } from '../../../plugins/core/engine/working-time.ts'
import { isSpan } from '../../../workflows/engine/delays.ts'

const hour = 3_600_000
const office: readonly ClockSpan[] = [{ from: '09:00', to: '12:00' }, { from: '13:00', to: '18:00' }]
const weekOf = (spans: readonly ClockSpan[], days = [1, 2, 3, 4, 5]) => Object.fromEntries(days.map((day) => [day, spans]))
const shanghai: WorkingCalendar = {
  zone: 'Asia/Shanghai', week: weekOf(office),
  // National day, with a Saturday that is worked for it.
  days: new Map([...['2026-10-01', '2026-10-02', '2026-10-05', '2026-10-06', '2026-10-07'].map((date) => [date, []] as const), ['2026-10-10', office]]),
}
const nights: WorkingCalendar = { zone: 'Europe/Berlin', week: weekOf([{ from: '22:00', to: '06:00' }], [1, 2, 3, 4, 5, 6, 7]), days: new Map() }

describe('working time', () => {
  it('goes over breaks, nights, weekends and holidays', () => {
    // Wednesday 30 September, 17:00 in Shanghai: an hour is left before the holidays, which last until Thursday 8.
    expect(addWorkingTime(shanghai, '2026-09-30T09:00:00.000Z', 2 * hour)).toBe('2026-10-08T02:00:00.000Z')
    expect(workingTimeBetween(shanghai, '2026-09-30T09:00:00.000Z', '2026-10-08T02:00:00.000Z')).toBe(2 * hour)
    // 11:00 and four hours more, with the break between.
    expect(addWorkingTime(shanghai, '2026-09-29T03:00:00.000Z', 4 * hour)).toBe('2026-09-29T08:00:00.000Z')
  })

  it('counts a Saturday that is worked for a holiday', () => {
    expect(workingTimeBetween(shanghai, '2026-10-09T10:00:00.000Z', '2026-10-12T01:00:00.000Z')).toBe(8 * hour)
  })

  it('begins with the next shift where nobody works', () => {
    expect(addWorkingTime(shanghai, '2026-10-03T12:00:00.000Z', 0)).toBe('2026-10-08T01:00:00.000Z')
  })

  it('goes over midnight, and counts shifts that the change of clocks makes longer or shorter', () => {
    expect(addWorkingTime(nights, '2026-06-01T22:30:00.000Z', 4 * hour)).toBe('2026-06-02T02:30:00.000Z')
    // 29 March 2026 at 02:00 it is 03:00: seven hours; 25 October at 03:00 it is 02:00: nine.
    expect(workingTimeBetween(nights, '2026-03-28T12:00:00.000Z', '2026-03-29T12:00:00.000Z')).toBe(7 * hour)
    expect(workingTimeBetween(nights, '2026-10-24T12:00:00.000Z', '2026-10-25T12:00:00.000Z')).toBe(9 * hour)
  })

  it('takes a day as the same time on the next day of work', () => {
    expect(addSpan(shanghai, '2026-09-30T07:00:00.000Z', 'P1D')).toBe('2026-10-08T07:00:00.000Z')
    expect(addSpan(shanghai, '2026-09-29T07:00:00.000Z', 'P1DT4H')).toBe('2026-10-08T02:00:00.000Z')
    expect(addSpan(undefined, '2026-09-30T07:00:00.000Z', 'P1DT1H')).toBe('2026-10-01T08:00:00.000Z')
    // Friday's break ends an hour later: work that is due in it is due when it goes on.
    expect(addSpan({ ...shanghai, days: new Map([['2026-09-30', [{ from: '14:00', to: '18:00' }]]]) }, '2026-09-29T02:00:00.000Z', 'P1D')).toBe('2026-09-30T06:00:00.000Z')
  })

  it('goes back from a deadline as far as it would have to go less, and not before its begin', () => {
    const deadline = { start: '2026-09-29T07:00:00.000Z', due: '2026-10-08T02:00:00.000Z' }
    expect(spanBefore(shanghai, deadline, 'PT2H')).toBe('2026-09-30T09:00:00.000Z')
    expect(spanBefore(shanghai, deadline, 'P1D')).toBe('2026-09-30T02:00:00.000Z')
    expect(spanBefore(shanghai, deadline, 'P9D')).toBe(deadline.start)
    expect(spanBefore(undefined, deadline, 'P1D')).toBe('2026-10-07T02:00:00.000Z')
  })

  it('reads lengths of days, hours and minutes only', () => {
    expect(['P2D', 'PT4H', 'P1DT4H30M', 'PT90M'].map(isSpan)).toEqual([true, true, true, true])
    expect(['P', 'PT', 'P0D', 'P1W', 'P1M', 'P1Y', '4h', 'P-1D', 'P1.5D', ''].some(isSpan)).toBe(false)
  })

  it('says that there is none to come rather than to look for ever', () => {
    expect(() => addWorkingTime({ ...shanghai, week: {} }, '2026-10-20T00:00:00.000Z', hour)).toThrow('no work to come')
    expect(() => addSpan({ ...shanghai, week: {} }, '2026-10-20T00:00:00.000Z', 'P1D')).toThrow('no work to come')
    expect(() => addWorkingTime({ ...shanghai, zone: 'Mars/Base' }, '2026-10-20T00:00:00.000Z', hour)).toThrow('Mars/Base')
  })
})

const time = fc.tuple(fc.nat(23), fc.nat(59)).map(([h, m]) => `${String(h).padStart(2, '0')}:${String(m).padStart(2, '0')}`)
const spans = fc.array(fc.record({ from: time, to: time }), { minLength: 1, maxLength: 3 })
const calendars = fc.record({
  zone: fc.constantFrom('Europe/Berlin', 'Asia/Shanghai', 'America/New_York', 'Australia/Lord_Howe', 'Asia/Kathmandu', 'UTC'),
  week: fc.tuple(fc.uniqueArray(fc.integer({ min: 1, max: 7 }), { minLength: 1 }), spans).map(([days, own]) => weekOf(own, days)),
  days: fc.array(fc.tuple(fc.integer({ min: 0, max: 200 }), fc.oneof(fc.constant([]), spans)), { maxLength: 6 })
    .map((list) => new Map(list.map(([offset, own]) => [new Date(Date.UTC(2026, 1, 1) + offset * 24 * hour).toISOString().slice(0, 10), own] as const))),
})
const moment = fc.integer({ min: Date.UTC(2026, 1, 1), max: Date.UTC(2026, 10, 1) }).map((at) => new Date(at).toISOString())
const length = fc.integer({ min: 1, max: 200 * hour })

describe('any calendar', () => {
  it('gives between two moments what was added to the first', () => {
    fc.assert(fc.property(calendars, moment, length, (calendar, at, milliseconds) => {
      expect(workingTimeBetween(calendar, at, addWorkingTime(calendar, at, milliseconds))).toBe(milliseconds)
    }), { numRuns: 50 })
  })

  it('never goes back: later, or more, is never earlier', () => {
    fc.assert(fc.property(calendars, moment, moment, length, length, (calendar, a, b, more, less) => {
      const [first, second] = [a, b].sort() as [string, string]
      expect(addWorkingTime(calendar, first, less) <= addWorkingTime(calendar, second, less)).toBe(true)
      expect(addWorkingTime(calendar, first, Math.min(less, more)) <= addWorkingTime(calendar, first, Math.max(less, more))).toBe(true)
      expect(addSpan(calendar, first, 'P2D') >= first).toBe(true)
      expect(addSpan(calendar, first, 'P2D') <= addSpan(calendar, second, 'P2D')).toBe(true)
    }), { numRuns: 50 })
  })

  it('adds up: two parts are the whole', () => {
    fc.assert(fc.property(calendars, moment, moment, moment, (calendar, ...moments) => {
      const [a, b, c] = [...moments].sort() as [string, string, string]
      expect(workingTimeBetween(calendar, a, b) + workingTimeBetween(calendar, b, c)).toBe(workingTimeBetween(calendar, a, c))
    }), { numRuns: 30 })
  })
})
