import type { WorkingCalendars } from '../../../config/generated/entities.ts'
import type { Finding } from '../../../config/language/refusal.ts'
import type { Text } from '../../../config/language/text.ts'
import { daysBetween } from '../engine/dates.ts'
import { isTimeZone } from '../engine/zones.ts'
import { failInput, failRefused } from '../errors.ts'
import type { Platform } from '../platform/platform.ts'
import type { EntityBehaviour } from '../platform/plugin.ts'

const longestHoliday = 366

/** A calendar can be counted on: its zone is known and its days are days. */
export const calendarRules: EntityBehaviour = {
  prepare({ platform }, { document, previous }) {
    const findings = calendarFindings(document as unknown as WorkingCalendars)
    if (findings.length > 0) failInput(findings)
    if (previous && previous.code !== document.code) requireUnnamed(platform, String(previous.code))
    return Promise.resolve()
  },
  discarding: ({ platform }, document) => Promise.resolve(requireUnnamed(platform, String(document.code))),
}

/** What a workflow counts on neither goes nor gets another code: its deadlines would be counted round the clock. */
function requireUnnamed({ workflows }: Pick<Platform, 'workflows'>, code: string): void {
  const naming = [...workflows.values()].filter(({ definition }) => namesCalendar(definition, code)).map(({ definition }) => definition.label)
  if (naming.length > 0) {
    failRefused([{ code: 'inUse', message: { en: `Workflows count on the calendar “${code}”: ${naming.map(({ en }) => en).join(', ')}. Name another one there first.`, zh: `以下流程按日历“${code}”计算时限：${naming.map(({ zh }) => zh).join('、')}。请先在流程中改用其他日历。` } }])
  }
}

/** Deadlines and timers alike. */
function namesCalendar(value: unknown, code: string): boolean {
  if (typeof value !== 'object' || value === null) return false
  return Object.entries(value).some(([key, inner]: [string, unknown]) => (key === 'calendar' && inner === code) || namesCalendar(inner, code))
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
