import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  addDays, addMonths, compareDates, dateIn, dayOfMonth, daysBetween, endOfMonth, isDate, isWithin, todayIn,
} from '../../../plugins/core/engine/dates.ts'

const date = fc.integer({ min: 0, max: 40_000 }).map((days) => addDays('1990-01-01', days))

describe('dates', () => {
  it.each([['2026-02-28', true], ['2026-02-29', false], ['2024-02-29', true], ['2026-2-1', false], ['2026-13-01', false], ['20260101', false], ['', false], ['2026-01-01T00:00', false]])(
    'isDate(%j) is %s', (text, expected) => {
      expect(isDate(text)).toBe(expected)
    })

  it('adds days over months and years', () => {
    expect(addDays('2026-12-31', 1)).toBe('2027-01-01')
    expect(addDays('2024-02-28', 1)).toBe('2024-02-29')
    expect(addDays('2026-03-01', -1)).toBe('2026-02-28')
  })

  it('adds months and keeps to the last day', () => {
    expect(addMonths('2026-01-31', 1)).toBe('2026-02-28')
    expect(addMonths('2024-01-31', 1)).toBe('2024-02-29')
    expect(addMonths('2026-03-31', -1)).toBe('2026-02-28')
    expect(endOfMonth('2024-02-10')).toBe('2024-02-29')
    expect(dayOfMonth('2026-02-10', 31)).toBe('2026-02-28')
    expect(dayOfMonth('2026-02-10', 5)).toBe('2026-02-05')
  })

  it('compares, counts and bounds', () => {
    expect(Math.sign(compareDates('2026-01-02', '2026-01-10'))).toBe(-1)
    expect(compareDates('2026-01-02', '2026-01-02')).toBe(0)
    expect(daysBetween('2026-01-01', '2026-03-01')).toBe(59)
    expect(isWithin({ date: '2026-01-01', from: '2026-01-01', to: '2026-01-01' })).toBe(true)
    expect(isWithin({ date: '2026-01-02', to: '2026-01-01' })).toBe(false)
    expect(isWithin({ date: '2026-01-02', from: null })).toBe(true)
  })

  it('knows the day of an instant in a time zone', () => {
    expect(dateIn({ zone: 'Asia/Shanghai', at: '2026-01-31T16:30:00Z' })).toBe('2026-02-01')
    expect(dateIn({ zone: 'America/New_York', at: '2026-02-01T04:30:00Z' })).toBe('2026-01-31')
    expect(dateIn({ zone: 'UTC', at: new Date(0) })).toBe('1970-01-01')
    expect(isDate(todayIn('Asia/Shanghai'))).toBe(true)
  })

  it('refuses what is no date or zone', () => {
    expect(() => addDays('2026-02-30', 1)).toThrow(RangeError)
    expect(() => todayIn('Mars/Olympus')).toThrow(RangeError)
  })

  it('counts the days it added', () => {
    fc.assert(fc.property(date, fc.integer({ min: -5000, max: 5000 }), (from, days) => {
      expect(daysBetween(from, addDays(from, days))).toBe(days)
      expect(Math.sign(compareDates(addDays(from, days), from))).toBe(Math.sign(days))
    }))
  })
})
