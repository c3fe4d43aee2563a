import { DateTime } from 'luxon'
import type { PayloadRequest, Where } from 'payload'
import type { FieldDefinition } from '../../../config/language/entity.ts'
import { addDays, daysBetween, isDate } from '../engine/dates.ts'
import { failQuestion } from '../errors.ts'
import { pathOfField } from './due-field.ts'
import type { StateView } from './entity-view.ts'
import { firmView } from './firm-view.ts'
import type { ListQuery } from './list-query.ts'
import { findRows, openQuestion, shownColumns, statesIn, whereIn, type ListRow } from './list-view.ts'
import { loadTitles, referencesOf, type Titles } from './titles.ts'

export type CalendarView = {
  readonly rows: readonly ListRow[]
  readonly titles: Titles
  readonly states: Readonly<Record<string, StateView>>
  /** How many there are between the days; more than `rows` where there are very many. */
  readonly total: number
  readonly at: string
}

const longestDays = 62
const mostRows = 500

/** The documents that stand between two days, by one field or from one to another, as the company's clock has them. */
export async function calendarView(req: PayloadRequest, slug: string, { query, params }: { readonly query: ListQuery; readonly params: URLSearchParams }): Promise<CalendarView> {
  const opened = await openQuestion(req, slug, query)
  const { entity, reader } = opened
  const [first, last] = [params.get('first') ?? '', params.get('last') ?? '']
  if (!isDate(first) || !isDate(last) || daysBetween(first, last) < 0 || daysBetween(first, last) > longestDays) {
    failQuestion(isDate(first) ? 'last' : 'first', { en: `first and last are days like 2026-11-01, at most ${longestDays} days apart.`, zh: `first 与 last 须为日期（如 2026-11-01），间隔不超过 ${longestDays} 天。` })
  }
  const field = (name: string) => entity.fields.find((one) => one.name === params.get(name))
  const [from, to] = [field('from') ?? failQuestion('from', { en: 'from is missing: the day on which a document stands.', zh: '缺少 from，即所在日期的字段。' }), field('to')]
  const { timeZone } = await firmView(reader.store)
  const within = (one: FieldDefinition): Where[] => [notBefore(one, first, timeZone), notAfter(one, last, timeZone)]
  const between: Where = to
    ? { and: [notAfter(from, last, timeZone), { or: [notBefore(to, first, timeZone), { and: [{ [pathOfField(to.name)]: { exists: false } }, notBefore(from, first, timeZone)] }] }] }
    : { and: within(from) }
  const columns = [...new Set([...shownColumns(entity, query.columns), from, ...(to ? [to] : []), ...entity.fields.filter(({ name }) => name === entity.titleField || name === 'version')])]
  const { rows, total } = await findRows(opened, { columns, where: { and: [whereIn(opened), between] }, sort: pathOfField(from.name), limit: mostRows })
  return { rows, total, titles: await loadTitles(reader, referencesOf(columns, rows)), states: statesIn(reader, slug, rows), at: new Date().toISOString() }
}

const startOf = (day: string, zone: string): string => DateTime.fromISO(day, { zone }).toUTC().toISO() ?? day

const notBefore = ({ name, type }: FieldDefinition, day: string, zone: string): Where => ({ [pathOfField(name)]: { greater_than_equal: type === 'dateTime' ? startOf(day, zone) : day } })
const notAfter = ({ name, type }: FieldDefinition, day: string, zone: string): Where =>
  ({ [pathOfField(name)]: type === 'dateTime' ? { less_than: startOf(addDays(day, 1), zone) } : { less_than_equal: day } })
