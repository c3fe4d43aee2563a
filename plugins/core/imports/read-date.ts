import { DateTime } from 'luxon'
import type { Text } from '../../../config/language/text.ts'
import { textOfCell, type Cell } from './cell.ts'
import type { DateOrder } from './detect-dialect.ts'
import type { ReadText } from './read-number.ts'

export type DateForm = {
  readonly dateOrder: DateOrder
  /** Whether the workbook counts its days from 1904 on (old Macs) instead of 1900. */
  readonly from1904: boolean
}

/** A day as "2026-11-22". What also has a time of day is that day. */
export function readDate(cell: Cell, form: DateForm): ReadText {
  const found = momentOf(cell, form)
  return found ? { text: found.toFormat('yyyy-MM-dd') } : { problem: noDate }
}

/** A moment as UTC ISO. What has no zone is meant by the clock of `zone`. */
export function readDateTime(cell: Cell, form: DateForm & { readonly zone: string }): ReadText {
  const text = textOfCell(cell).trim()
  if (/^\d{4}-\d{2}-\d{2}[T ].*(?:Z|[+-]\d{2}:?\d{2})$/.test(text)) {
    const given = DateTime.fromISO(text.replace(' ', 'T'), { setZone: true })
    if (given.isValid) return { text: given.toUTC().toISO() }
  }
  const found = momentOf(cell, form)?.setZone(form.zone, { keepLocalTime: true })
  return found?.isValid ? { text: found.toUTC().toISO() ?? '' } : { problem: noDate }
}

/** The wall clock that the cell shows, written as UTC. */
function momentOf(cell: Cell, { dateOrder, from1904 }: DateForm): DateTime | undefined {
  if (typeof cell === 'number') return ofSerial(cell, from1904)
  if (typeof cell === 'object' && cell !== null && 'date' in cell) return valid(DateTime.fromISO(cell.date, { zone: 'utc' }))
  if (typeof cell !== 'string') return undefined
  const text = cell.normalize('NFKC').trim()
  if (/^\d{5}(?:\.\d+)?$/.test(text)) return ofSerial(Number(text), from1904)
  const [, day = '', time] = /^(.*?)(?:(?:[T ]+)(\d{1,2}:\d{2}(?::\d{2})?(?:\.\d+)?(?: ?[AP]M)?)(?:Z)?)?$/i.exec(text) ?? []
  const parts = partsOf(day.trim(), dateOrder)
  const clock = clockOf(time)
  return parts && clock && valid(DateTime.fromObject({ ...parts, ...clock }, { zone: 'utc' }))
}

type Day = { readonly year: number; readonly month: number; readonly day: number }

function partsOf(text: string, order: DateOrder): Day | undefined {
  const make = (year: string | undefined, month: number, day: string | undefined): Day => ({ year: fullYear(year ?? ''), month, day: Number(day) })
  const chinese = /^(\d{4})年(\d{1,2})月(\d{1,2})[日号]?$/.exec(text)
  if (chinese) return make(chinese[1], Number(chinese[2]), chinese[3])
  const compact = /^(\d{4})(\d{2})(\d{2})$/.exec(text)
  if (compact) return make(compact[1], Number(compact[2]), compact[3])
  const yearFirst = /^(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})$/.exec(text)
  if (yearFirst) return make(yearFirst[1], Number(yearFirst[2]), yearFirst[3])
  const named = /^(\d{1,2})[-/. ]*([A-Za-z]{3,9})\.?[-/., ]*(\d{4}|\d{2})$/.exec(text) ?? rotated(/^([A-Za-z]{3,9})\.? *(\d{1,2})(?:st|nd|rd|th)?,? +(\d{4})$/.exec(text))
  if (named) return make(named[3], monthOf(named[2] ?? ''), named[1])
  const [, first, second, year] = /^(\d{1,2})[-/.](\d{1,2})[-/.](\d{4}|\d{2})$/.exec(text) ?? []
  if (first === undefined) return undefined
  if (order === 'ymd' && year?.length === 2) return make(first.padStart(2, '0'), Number(second), year)
  return order === 'mdy' ? make(year, Number(first), second) : make(year, Number(second), first)
}

const rotated = (match: RegExpExecArray | null) => match && [match[0], match[2], match[1], match[3]]

const months = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec']
const monthOf = (name: string): number => months.indexOf(name.slice(0, 3).toLowerCase()) + 1

/** 00–69 are of this century, as spreadsheets and POSIX have it (up to their difference of a few years). */
const fullYear = (year: string): number => (year.length > 2 ? Number(year) : Number(year) + (Number(year) < 70 ? 2000 : 1900))

function clockOf(time: string | undefined): { hour: number; minute: number; second: number } | undefined {
  if (time === undefined) return { hour: 0, minute: 0, second: 0 }
  const [, hour, minute, second = '0', half] = /^(\d{1,2}):(\d{2})(?::(\d{2}))?(?:\.\d+)? ?([AP]M)?$/i.exec(time) ?? []
  if (hour === undefined) return undefined
  const past = half === undefined ? Number(hour) : (Number(hour) % 12) + (half.toUpperCase() === 'PM' ? 12 : 0)
  return { hour: past, minute: Number(minute), second: Number(second) }
}

/**
 * Days since the turn of 1899/1900 as spreadsheets count them; 29 February 1900, which never was, is their day 60
 * (ECMA-376 part 1, 18.17.4.1). Beyond the years 1900 to 9999 it is just a number.
 */
function ofSerial(serial: number, from1904: boolean): DateTime | undefined {
  const days = from1904 ? serial + 1462 : serial
  // Written so that what is no number is none either.
  if (!(days >= 1 && days < 2_958_466) || Math.floor(days) === 60) return undefined
  const base = DateTime.utc(1899, 12, days < 60 ? 31 : 30)
  return valid(base.plus({ days: Math.floor(days), seconds: Math.round((days % 1) * 86_400) }))
}

const valid = (moment: DateTime): DateTime | undefined => (moment.isValid && moment.year >= 1 && moment.year <= 9999 ? moment : undefined)

const noDate: Text = {
  en: 'This is not a date. Write it like 2026-11-22; if the file puts day or month first, choose that in its options.',
  zh: '不是有效的日期，请按 2026-11-22 的格式填写；如果文件以日或月开头，请在选项中选择。',
}
