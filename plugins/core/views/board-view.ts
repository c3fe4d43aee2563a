import type { PayloadRequest, Where } from 'payload'
import type { FieldDefinition, Tone } from '../../../config/language/entity.ts'
import type { Text } from '../../../config/language/text.ts'
import { stateOrder } from '../../../workflows/engine/state-order.ts'
import { statechart } from '../../../workflows/engine/picture.ts'
import { exponentOfFirm } from '../access/collection-hooks.ts'
import { groupBy } from '../engine/group-by.ts'
import { failQuestion } from '../errors.ts'
import type { Platform } from '../platform/platform.ts'
import type { EntityView, StateView } from './entity-view.ts'
import { groupedSums } from './grouped.ts'
import type { ListQuery } from './list-query.ts'
import { findRows, openQuestion, shownColumns, sortOf, statesIn, topOf, whereIn, type ListRow } from './list-view.ts'
import { spokenSum } from './spoken-sums.ts'
import { stateAges, type StateAges } from './state-ages.ts'
import { loadTitles, referencesOf, type Titles } from './titles.ts'
import { stateField } from './view-rules.ts'

export type BoardColumn = {
  /** The value that its documents share; empty: none. */
  readonly key: string
  readonly label: Text
  readonly tone: Tone
  readonly count: number
  /** Of the measure, over all its documents. */
  readonly sum: string | null
  /** Where the columns are states: how its documents stand there; null without any, and where they may stay for good. */
  readonly ages: StateAges | null
  readonly rows: readonly ListRow[]
}
export type BoardView = {
  readonly columns: readonly BoardColumn[]
  readonly titles: Titles
  readonly states: Readonly<Record<string, StateView>>
  readonly total: number
  /** By state, by state: the events that people may send that can lead from one to the other. Empty where the columns are no states. */
  readonly moves: Readonly<Record<string, Readonly<Record<string, readonly string[]>>>>
  /** Where the columns are states: the field that says who has it in hand. */
  readonly who: string | null
  readonly at: string
}
type Question = { readonly query: ListQuery; readonly params: URLSearchParams }

/** Cards that a column gets at a time; columns that are read at once, the others when they are asked for. */
const cardsAtOnce = 20
const columnsAtOnce = 16

/**
 * Documents by the values of a field or by state: one grouped query for counts and sums, two for how long they stand in a state, one for the cards of each column.
 * `column`: only this one, at the page of the question.
 */
export async function boardView(req: PayloadRequest, slug: string, { query, params }: Question): Promise<BoardView> {
  const opened = await openQuestion(req, slug, query)
  const { entity, reader } = opened
  const by = params.get('groupBy') ?? failQuestion('groupBy', { en: 'groupBy is missing: the field whose values are the columns.', zh: '缺少 groupBy，即作为列的字段。' })
  const measure = entity.fields.find(({ name }) => name === params.get('measure'))
  const field = by === stateField ? undefined : entity.fields.find(({ name }) => name === by)
  const path = field ? field.name : 'workflow.state'
  const groups = await groupedSums({ ...opened, base: [whereIn(opened)] }, { groupBy: [path], fields: measure ? [measure.name] : [] })
  const exponent = await exponentOfFirm(req)
  const asked = params.get('column')
  const byColumn = groupBy(groups, (group) => columnKey(group[path], field))
  const at = new Date().toISOString()
  const ends = Object.entries(reader.platform.workflows.get(slug)?.definition.states ?? {}).flatMap(([name, { type, resting }]) => (type === 'final' || resting ? [name] : []))
  const ages = field ? undefined : await stateAges({ ...opened, base: [whereIn(opened)] }, { keyOf: topOf, at, ends })
  const order = field ? [] : orderOf(reader.platform, slug)
  const placeOf = (key: string) => (order.includes(key) || key === '' ? order.indexOf(key) : order.length)
  const who = field ? undefined : entity.fields.find(({ type, to, many }) => type === 'relation' && to === 'users' && !many)
  const heads = headsOf(entity, field, [...byColumn.keys()]).toSorted((a, b) => placeOf(a.key) - placeOf(b.key)).map((head) => {
    const own = byColumn.get(head.key) ?? []
    return {
      ...head, values: own.map((group) => group[path]), count: own.reduce((sum, { count }) => sum + Number(count), 0),
      ages: ages?.get(head.key) ?? null,
      sum: measure ? spokenSum(measure, own.map((group) => Number(group[measure.name])), exponent) : null,
    }
  })
  const filled = heads.filter(({ key, count }) => count > 0 && (asked === null || key === asked))
  const fields = [...new Set([...shownColumns(entity, query.columns), ...entity.fields.filter(({ name }) => name === entity.titleField || name === 'version' || name === field?.name || name === who?.name)])]
  const cards = new Map(await Promise.all(filled.slice(0, columnsAtOnce).map(async ({ key, values }) => {
    const { rows } = await findRows(opened, { columns: fields, where: { and: [whereIn(opened), valueWhere(path, values, field)] }, sort: sortOf(entity, query.sort), limit: cardsAtOnce, page: query.page, counted: false })
    return [key, rows] as const
  })))
  const rows = [...cards.values()].flat()
  return {
    columns: heads.filter(({ key }) => asked === null || key === asked).map(({ values: _, ...head }) => ({ ...head, rows: cards.get(head.key) ?? [] })),
    titles: await loadTitles(reader, referencesOf(fields, rows)), states: statesIn(reader, slug, rows),
    total: heads.reduce((sum, { count }) => sum + count, 0), moves: field ? {} : movesOf(reader.platform, slug), who: who?.name ?? null, at,
  }
}

function columnKey(value: unknown, field: FieldDefinition | undefined): string {
  if (value === null || value === undefined || value === '') return ''
  return field ? String(value) : topOf(String(value))
}

/** Every value in the order of its definition, then what is found beside them; without a value only where there is such a document. */
function headsOf({ states }: EntityView, field: FieldDefinition | undefined, found: readonly string[]): Pick<BoardColumn, 'key' | 'label' | 'tone'>[] {
  const known = field?.type === 'boolean'
    ? [{ key: 'true', label: { en: 'Yes', zh: '是' }, tone: 'neutral' as const }, { key: 'false', label: { en: 'No', zh: '否' }, tone: 'neutral' as const }]
    : field ? (field.options ?? []).map(({ value, label, tone = 'neutral' }) => ({ key: value, label, tone })) : states.map(({ name, label, tone }) => ({ key: name, label, tone }))
  const others = found.filter((key) => key !== '' && !known.some((head) => head.key === key)).map((key) => ({ key, label: { en: key, zh: key }, tone: 'neutral' as const }))
  return [...(found.includes('') ? [{ key: '', label: { en: 'Not set', zh: '未设置' }, tone: 'neutral' as const }] : []), ...known, ...others]
}

function valueWhere(path: string, values: readonly unknown[], field: FieldDefinition | undefined): Where {
  const set = values.filter((value) => value !== null && value !== '')
  if (set.length === 0) return { [path]: { exists: false } }
  return field?.type === 'boolean' ? { [path]: { equals: set[0] } } : { [path]: { in: set } }
}

const orderOf = (platform: Platform, slug: string): readonly string[] => { const definition = platform.workflows.get(slug)?.definition; return definition ? stateOrder(definition) : [] }

/** Which events of people can lead from one state to another; whether they do for a document is asked of the document. */
function movesOf(platform: Platform, slug: string): BoardView['moves'] {
  const definition = platform.workflows.get(slug)?.definition
  const moves: Record<string, Record<string, string[]>> = {}
  for (const { from, to, event, roles } of definition ? statechart(definition).edges : []) {
    const [start, end] = [topOf(from), topOf(to)]
    if (event === undefined || start === end || roles?.every((role) => role === 'system')) continue
    const events = ((moves[start] ??= {})[end] ??= [])
    if (!events.includes(event)) events.push(event)
  }
  return moves
}
