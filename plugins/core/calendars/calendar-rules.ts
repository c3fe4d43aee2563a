import type { WorkingCalendars } from '../../../config/generated/entities.ts'
import type { Finding } from '../../../config/language/refusal.ts'
import type { Text } from '../../../config/language/text.ts'
import { daysBetween } from '../engine/dates.ts'
import { isTimeZone } from '../engine/zones.ts'
import { failInput } from '../errors.ts'
import type { EntityBehaviour } from '../platform/plugin.ts'

const longestHoliday = 366

/** A calendar can be counted on: its zone is known and its days are days. */
export const calendarRules: EntityBehaviour = {
  prepare(_context, { document }) {
    const findings = calendarFindings(document as unknown as WorkingCalendars)
    if (findings.length > 0) failInput(findings)
    return Promise.resolve()
  },
}

/** What is wrong beyond single fields; what is missing is told elsewhere. */
function calendarFindings({ timeZone, exceptions }: Pick<WorkingCalendars, 'timeZone' | 'exceptions'>): Finding[] {
  const zone = typeof timeZone === 'string' && !isTimeZone(timeZone)
    ? [finding('timeZone', { en: `“${timeZone}” is not a time zone. Enter its IANA name, for example Europe/Berlin.`, zh: `“${timeZone}”不是有效时区，请填写 IANA 名称，例如 Asia/Shanghai。` })]
    : []
  return [...zone, ...(exceptions ?? []).flatMap(({ date, until, from, to }, index) => {
    const path = `exceptions.${index}`
    if (Boolean(from) !== Boolean(to)) return [finding(`${path}.${from ? 'to' : 'from'}`, { en: 'Give both times, or none for a day off.', zh: '请同时填写上下班时间；休息日两者均留空。' })]
    if (!date || !until) return []
    const length = daysBetween(date, until)
    if (length < 0) return [finding(`${path}.until`, { en: 'It ends before it begins. Exchange the dates.', zh: '结束日期早于开始日期，请对调。' })]
    return length > longestHoliday ? [finding(`${path}.until`, { en: `A row covers at most ${longestHoliday} days. Change the working week instead.`, zh: `每行最多 ${longestHoliday} 天，更长请修改每周班次。` })] : []
  })]
}

const finding = (path: string, message: Text): Finding => ({ code: 'invalidCalendar', path, severity: 'error', message })
