import type { PayloadRequest } from 'payload'
import type { FieldDefinition } from '../../../config/language/entity.ts'
import type { Text } from '../../../config/language/text.ts'
import { viewAggregates, viewBuckets, type ViewBucket } from '../../../config/language/view.ts'
import { exponentOfFirm } from '../access/collection-hooks.ts'
import { bucketsBetween, bucketStart } from '../engine/buckets.ts'
import { groupBy } from '../engine/group-by.ts'
import { failQuestion } from '../errors.ts'
import { clockShifts } from './clock-shifts.ts'
import { firmView } from './firm-view.ts'
import { groupedSums } from './grouped.ts'
import type { ListQuery } from './list-query.ts'
import { openQuestion, whereIn, type Opened } from './list-view.ts'
import { spokenAverage, spokenSum } from './spoken-sums.ts'
import { loadTitles, referencesOf, type Titles } from './titles.ts'
import { isDayField, stateField } from './view-rules.ts'

/** `value`: the figure as people read it; null: there is none (an average of nothing). */
export type ChartFigure = { readonly count: number; readonly value: string | null }
/** `key`: the value of the group, of days the first one ("2026-11-01"), empty where there is none. */
export type ChartGroup = ChartFigure & { readonly key: string; readonly label?: Text }
export type ChartResult = {
  readonly groups: readonly ChartGroup[]
  /** What does not stand in a group of its own, since there are too many. */
  readonly others: ChartFigure | null
  readonly total: ChartFigure
  /** The span that was taken: longer than the one asked for where there would be too many. */
  readonly bucket: ViewBucket | null
  readonly titles: Titles
  readonly at: string
}

const mostGroups = 30
const mostBuckets = 120

type Sum = { readonly key: string; readonly sum: number; readonly count: number }

/** Documents counted, added up or averaged by group, in one grouped query and one for all of them; exact. */
export async function chartResult(req: PayloadRequest, slug: string, { query, params }: { readonly query: ListQuery; readonly params: URLSearchParams }): Promise<ChartResult> {
  const opened = await openQuestion(req, slug, query)
  const { entity, reader } = opened
  const aggregate = chosen('aggregate', params, viewAggregates) ?? 'count'
  const asked = chosen('bucket', params, viewBuckets) ?? 'month'
  const by = params.get('groupBy') ?? failQuestion('groupBy', { en: 'groupBy is missing: what the groups are.', zh: '缺少 groupBy，即分组字段。' })
  const field = by === stateField ? undefined : entity.fields.find(({ name }) => name === by)
  const measure = aggregate === 'count' ? undefined : entity.fields.find(({ name }) => name === params.get('measure')) ?? failQuestion('measure', { en: 'measure is missing: the field that is added up or averaged.', zh: '缺少 measure，即要汇总的字段。' })
  // What is empty counts for no average.
  const filled = { ...opened, base: [whereIn(opened), ...(measure && aggregate === 'avg' ? [{ [measure.name]: { exists: true } }] : [])] }
  const [sums, [all]] = await Promise.all([sumsBy(filled, { field, measure }), groupedSums(filled, { fields: measure ? [measure.name] : [] })])
  const exponent = await exponentOfFirm(req)
  const figure = (parts: readonly Sum[]): ChartFigure => {
    const count = parts.reduce((sum, one) => sum + one.count, 0)
    const values = parts.map(({ sum }) => sum)
    return { count, value: !measure ? String(count) : aggregate === 'avg' ? spokenAverage(measure, { sums: values, count }, exponent) : spokenSum(measure, values, exponent) }
  }
  const total: Sum = { key: '', sum: measure ? Number(all?.[measure.name]) : 0, count: Number(all?.count) }
  const days = field && isDayField(field) ? bucketed(sums, asked) : undefined
  const arranged = days?.groups ?? arrange(opened, field, sums)
  const shown = arranged.flatMap(({ parts }) => parts)
  const rest = total.count - shown.reduce((sum, { count }) => sum + count, 0)
  const others: Sum = { key: '', sum: total.sum - shown.reduce((sum, one) => sum + one.sum, 0), count: rest }
  const groups = arranged.map(({ key, label, parts }) => ({ key, ...(label ? { label } : {}), ...figure(parts) }))
  return {
    groups, others: rest > 0 ? figure([others]) : null, total: figure([total]), bucket: days?.bucket ?? null, at: new Date().toISOString(),
    titles: field?.type === 'relation' ? await loadTitles(reader, referencesOf([field], groups.map(({ key }) => ({ [field.name]: key })))) : {},
  }
}

function chosen<Value extends string>(name: string, params: URLSearchParams, known: readonly Value[]): Value | undefined {
  const value = params.get(name)
  if (!value) return undefined
  return known.find((one) => one === value) ?? failQuestion(name, { en: `${name} must be one of ${known.join(', ')}.`, zh: `${name} 须为 ${known.join('、')} 之一。` })
}

type By = { readonly field: FieldDefinition | undefined; readonly measure: FieldDefinition | undefined }

/** Sums by the values of the field; where it can have very many, of the largest groups only. Days stand one by one. */
async function sumsBy(opened: Opened, { field, measure }: By): Promise<Sum[]> {
  const path = field ? field.name : 'workflow.state'
  const isOpen = field?.type === 'relation' || field?.type === 'text'
  const days = field?.type === 'dateTime' ? { field: path, shifts: await clockShifts(opened.reader.store, { entity: opened.definition.slug, field: path, zone: (await firmView(opened.reader.store)).timeZone }) } : undefined
  const groups = await groupedSums(opened, {
    groupBy: [path], fields: measure ? [measure.name] : [], ...(days ? { days } : {}),
    ...(isOpen ? { top: { by: measure ? measure.name : 'count', limit: mostGroups } } : {}),
  })
  return groups.map((group) => ({ key: String(group[path] ?? ''), sum: measure ? Number(group[measure.name]) : 0, count: Number(group.count) }))
}

type Arranged = { readonly key: string; readonly label?: Text; readonly parts: readonly Sum[] }

/** Values in the order of their definition, otherwise the largest first. */
function arrange({ entity }: Opened, field: FieldDefinition | undefined, sums: readonly Sum[]): Arranged[] {
  const known = field?.type === 'boolean'
    ? [{ key: 'true', label: { en: 'Yes', zh: '是' } }, { key: 'false', label: { en: 'No', zh: '否' } }]
    : field ? (field.options ?? []).map(({ value, label }) => ({ key: value, label })) : entity.states.map(({ name, label }) => ({ key: name, label }))
  const byKey = groupBy(sums, ({ key }) => (field ? key : key.split('.', 1)[0] ?? key))
  const first = known.flatMap(({ key, label }) => { const parts = byKey.get(key); return parts ? [{ key, label, parts }] : [] })
  return [...first, ...[...byKey].filter(([key]) => !known.some((one) => one.key === key)).map(([key, parts]) => ({ key, parts }))]
}

/** Days gathered into spans, those between without anything too; a longer span where there would be too many. */
function bucketed(sums: readonly Sum[], asked: ViewBucket): { readonly bucket: ViewBucket; readonly groups: Arranged[] } {
  const days = sums.filter(({ key }) => key !== '').toSorted((a, b) => (a.key < b.key ? -1 : 1))
  const empty = sums.filter(({ key }) => key === '')
  const none = empty.length > 0 ? [{ key: '', parts: empty }] : []
  const [first, last] = [days[0]?.key, days.at(-1)?.key]
  if (first === undefined || last === undefined) return { bucket: asked, groups: none }
  for (const bucket of viewBuckets.slice(viewBuckets.indexOf(asked))) {
    const starts = bucketsBetween({ first: bucketStart(first, bucket), last, bucket, most: mostBuckets })
    if (!starts) continue
    const byStart = groupBy(days, ({ key }) => bucketStart(key, bucket))
    return { bucket, groups: [...starts.map((key) => ({ key, parts: byStart.get(key) ?? [] })), ...none] }
  }
  // A mistyped year lies centuries away: the latest years, those with something only.
  const byYear = [...groupBy(days, ({ key }) => bucketStart(key, 'year'))].slice(-mostBuckets)
  return { bucket: 'year', groups: [...byYear.map(([key, parts]) => ({ key, parts })), ...none] }
}
