import type { Language } from '../../config/language/text.ts'
import { addDays, dayOfMonth, isDate } from '../../plugins/core/engine/dates.ts'

/**
 * What someone typed as a date, as "YYYY-MM-DD": with the year first, the month as a word or with 月, day.month.year, "today",
 * "+7", or the day of this month. Null where it is none or may mean two days: "3/4/2026" is never guessed at.
 */
export function readDate(typed: string, { today, language }: { readonly today: string; readonly language: Language }): string | null {
  const text = typed.normalize('NFKC').trim().toLowerCase()
  if (named[text] !== undefined) return addDays(today, named[text])
  const shift = /^([+-]\d{1,4})$/.exec(text)?.[1]
  if (shift) return addDays(today, Number(shift))
  const thisYear = today.slice(0, 4)
  const yearFirst = /^(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?$/.exec(text) ?? /^(\d{4})(\d{2})(\d{2})$/.exec(text)
  if (yearFirst) return dateOf(yearFirst[1], yearFirst[2], yearFirst[3])
  const dayFirst = /^(\d{1,2})\.(\d{1,2})\.(\d{4})?$/.exec(text)
  if (dayFirst) return dateOf(dayFirst[3] ?? thisYear, dayFirst[2], dayFirst[1])
  const dayMonth = /^(\d{1,2})[ -]?([a-z]{3,9})\.?,?[ -]?(\d{4})?$/.exec(text)
  if (dayMonth) return dateOf(dayMonth[3] ?? thisYear, monthOf(dayMonth[2]), dayMonth[1])
  const monthDay = /^([a-z]{3,9})\.? ?(\d{1,2})(?:,? ?(\d{4}))?$/.exec(text)
  if (monthDay) return dateOf(monthDay[3] ?? thisYear, monthOf(monthDay[1]), monthDay[2])
  const chinese = /^(\d{1,2})月(\d{1,2})日?$/.exec(text) ?? (language === 'zh' ? /^(\d{1,2})[-/](\d{1,2})$/.exec(text) : null)
  if (chinese) return dateOf(thisYear, chinese[1], chinese[2])
  const slashed = /^(\d{1,2})[/-](\d{1,2})[/-](\d{4})$/.exec(text)
  if (slashed) return unambiguous(Number(slashed[1]), Number(slashed[2]), slashed[3])
  const day = /^(\d{1,2})日?$/.exec(text)?.[1]
  if (day && Number(day) >= 1 && Number(day) <= 31) return dayOfMonth(today, Number(day))
  return null
}

const named: Readonly<Record<string, number>> = { t: 0, today: 0, 今天: 0, tomorrow: 1, 明天: 1, yesterday: -1, 昨天: -1 }
const months = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec']
const monthOf = (word = '') => String(months.indexOf(word.slice(0, 3)) + 1)

function dateOf(year = '', month = '', day = ''): string | null {
  const date = `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`
  return isDate(date) ? date : null
}

/** Day and month by their size: only one of them can be above 12. */
function unambiguous(first: number, second: number, year: string | undefined): string | null {
  if (first === second || second > 12) return dateOf(year, String(first), String(second))
  return first > 12 ? dateOf(year, String(second), String(first)) : null
}
