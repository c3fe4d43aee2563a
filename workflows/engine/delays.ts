import { DateTime, Duration } from 'luxon'
import type { CompiledWorkflow } from './compile.ts'
import type { Registry, WorkflowDocument } from './registry.ts'

/** Whether `after` may name it: a registered delay, or a positive ISO 8601 duration such as `P3D` or `PT30M`. */
export function isDelay(registry: Registry, delay: string): boolean {
  return registry.delays.has(delay) || isoDuration(delay) !== undefined
}

/** A positive ISO 8601 duration. */
export const isDuration = (text: string): boolean => isoDuration(text) !== undefined

/** The moment a duration after another one, UTC ISO. */
export function afterDuration(duration: string, now: string): string {
  const length = isoDuration(duration)
  const due = length && DateTime.fromISO(now, { zone: 'utc' }).plus(length).toISO()
  if (!due) throw new Error(`"${duration}" gives no time from ${now}.`)
  return due
}

/**
 * When a timer is due, as UTC ISO time. Months and days of a duration follow the calendar in UTC.
 * Ask after the step's actions ran: they may set the date that a registered delay reads. `timeZone`: of the document's company.
 * @throws Error when the delay is not known or gives no length of time.
 */
export function dueAt(compiled: CompiledWorkflow, question: { readonly delay: string; readonly document: WorkflowDocument; readonly now: string; readonly timeZone?: string }): string {
  const { delay, document, now, timeZone = 'UTC' } = question
  const registered = compiled.registry.delays.get(delay)
  const length = registered ? milliseconds(registered.milliseconds({ document, now, timeZone })) : isoDuration(delay)
  const due = length && DateTime.fromISO(now, { zone: 'utc' }).plus(length).toISO()
  if (!due) throw new Error(`The delay "${delay}" gives no time from ${now}.`)
  return due
}

/** Whether it is a length that a deadline may have: days, hours and minutes, and more than nothing. What a day is, the calendar says. */
export function isSpan(text: string): boolean {
  const [, days = '0', hours = '0', minutes = '0'] = spanPattern.exec(text) ?? []
  return Number(days) + Number(hours) + Number(minutes) > 0
}

const spanPattern = /^P(?=.)(?:(\d{1,3})D)?(?:T(?=.)(?:(\d{1,4})H)?(?:(\d{1,5})M)?)?$/

function milliseconds(count: number): Duration | undefined {
  return Number.isFinite(count) ? Duration.fromMillis(Math.max(0, count)) : undefined
}

function isoDuration(text: string): Duration | undefined {
  const duration = /^P[\dTWYMDHS.,]+$/.test(text) ? Duration.fromISO(text) : undefined
  return duration?.isValid && duration.toMillis() > 0 ? duration : undefined
}
