import type { Payload, Where } from 'payload'
import type { EntityDefinition, FieldDefinition } from '../../../config/language/entity.ts'
import type { Language, Text } from '../../../config/language/text.ts'
import type { Actor } from '../access/actor.ts'
import { can, hiddenFields } from '../access/can.ts'
import { waitingFor, type WaitingRow } from '../approvals/waiting.ts'
import { openStore } from '../data/open-store.ts'
import type { Row, Store } from '../data/store.ts'
import { dateFieldOf, dueFields } from '../home/work.ts'
import { platformOf, type Platform } from '../platform/platform.ts'
import { mayBeDue } from '../views/listed-entity.ts'
import { stateOf, workflowOf } from '../workflow/pinned.ts'
import { nextEvent, singleStates } from './next-events.ts'

/** One document that waits for a person, before anything is read of it that is only shown. */
export type Waiting = {
  readonly entity: string
  readonly id: string
  readonly reasons: readonly Text[]
  /** The earliest moment or day by which something of it is due. */
  readonly due: string | null
  readonly since: string | null
  readonly urgency: Urgency
  /** Of whom it says most: its button, and the field that it is due by. */
  readonly event: string | null
  readonly dateField: FieldDefinition | undefined
  readonly approval: WaitingRow | null
}
export type Urgency = 'overdue' | 'urgent' | 'today' | 'other'

export type WorkQuestion = { readonly payload: Payload; readonly actor: Actor; readonly language: Language; readonly today: string; readonly at: string }

/** Of each source so many of the most urgent: whoever has more to do does these first. */
export const mostOfSource = 200

type Found = { readonly waiting: readonly Waiting[]; readonly isCut: boolean }

/**
 * All that waits for one person, the most urgent first: approvals, the work lists of the person's roles, documents in a state with a deadline
 * whose next step is theirs, and what is assigned to them. A query for each source, none for a document; a document of several sources stands there once.
 */
export async function findWork(question: WorkQuestion): Promise<{ readonly waiting: readonly Waiting[]; readonly isCut: boolean }> {
  const { payload, actor } = question
  const platform = platformOf(payload)
  if (actor.isAnyone) return { waiting: [], isCut: false }
  const entities = [...platform.entities.values()].filter((entity) => can(actor, 'read', entity).allowed)
  const found = await Promise.all([approvalWork(question), ...listWork(question, platform), ...entities.flatMap((entity) => [deadlineWork(question, platform, entity), assignedWork(question, platform, entity)])])
  const merged = new Map<string, Waiting>()
  for (const one of found.flatMap(({ waiting }) => waiting)) {
    const key = `${one.entity} ${one.id}`
    const known = merged.get(key)
    merged.set(key, known ? both(known, one) : one)
  }
  return { waiting: [...merged.values()].toSorted(byUrgency), isCut: found.some(({ isCut }) => isCut) }
}

const ranks: readonly Urgency[] = ['overdue', 'urgent', 'today', 'other']
const orderOf = ({ urgency, due, since, id }: Waiting) => [String(ranks.indexOf(urgency)), due ?? '~', since ?? '~', id]
function byUrgency(a: Waiting, b: Waiting): number {
  const [left, right] = [orderOf(a), orderOf(b)]
  const at = left.findIndex((part, index) => part !== right[index])
  return at < 0 ? 0 : (left[at] ?? '') < (right[at] ?? '') ? -1 : 1
}

function both(first: Waiting, second: Waiting): Waiting {
  const [main, other] = byUrgency(first, second) <= 0 ? [first, second] : [second, first]
  const reasons = [...main.reasons, ...other.reasons.filter(({ en }) => main.reasons.every((reason) => reason.en !== en))]
  return { ...main, reasons, due: [main.due, other.due].filter((due) => due !== null).toSorted()[0] ?? null, event: main.event ?? other.event, dateField: main.dateField ?? other.dateField, approval: main.approval ?? other.approval }
}

const noneOf = async (): Promise<Found> => ({ waiting: [], isCut: false })

async function approvalWork({ payload, actor, language, today, at }: WorkQuestion): Promise<Found> {
  const { rows, total } = await waitingFor(payload, { actor, language })
  return {
    isCut: total >= mostOfSource,
    waiting: rows.map((row) => ({
      entity: row.entity, id: row.documentId, due: row.due, since: row.since, urgency: urgencyOf(row.due, { today, at }), event: null, dateField: undefined, approval: row,
      reasons: [row.behalf
        ? { en: `Your approval for ${row.behalf.name}: ${row.step.en}`, zh: `代${row.behalf.name}审批：${row.step.zh}` }
        : { en: `Your approval: ${row.step.en}`, zh: `待您审批：${row.step.zh}` }],
    })),
  }
}

function listWork(question: WorkQuestion, platform: Platform): Promise<Found>[] {
  const { payload, actor, today } = question
  const store = openStore(payload)
  return platform.work.map(async (list): Promise<Found> => {
    const entity = platform.entities.get(list.entity)
    if (!entity || !list.roles.some((role) => actor.roles.includes(role)) || !can(actor, 'read', entity).allowed) return noneOf()
    const asked = list.where({ today, userId: actor.id })
    const dateField = dateFieldOf(entity, asked)
    const shown = dateField && !hiddenFields(actor, entity).has(dateField.name) ? dateField : undefined
    const rows = await someOf(store, entity, { where: { and: [asked, ...ownOf(actor, entity)] }, sort: shown?.name ?? 'createdAt', also: shown ? [shown.name] : [] })
    return found(rows, (row) => {
      const day = shown && dueFields.includes(shown.name) && typeof row[shown.name] === 'string' ? String(row[shown.name]) : null
      const due = earliest(day, deadlineOf(row))
      const urgency = urgencyOf(due, question)
      return { ...placed(entity, row), reasons: [list.reason], due, urgency: urgency === 'overdue' || !list.urgent ? urgency : 'urgent', event: list.event ?? null, dateField: shown, approval: null }
    })
  })
}

/** Documents with a deadline that it is this person's turn to move on. */
async function deadlineWork(question: WorkQuestion, platform: Platform, entity: EntityDefinition): Promise<Found> {
  if (!mayBeDue(platform, entity.slug)) return noneOf()
  const base: Where = { and: [{ 'workflow.due': { exists: true } }, ...ownOf(question.actor, entity)] }
  const next = await nextByState(question, platform, entity, base)
  if (next.size === 0) return noneOf()
  const rows = await someOf(openStore(question.payload), entity, { where: { and: [base, { 'workflow.state': { in: [...next.keys()] } }] }, sort: 'workflow.due' })
  return found(rows, (row) => ({ ...placed(entity, row), reasons: [{ en: 'The next step is yours.', zh: '下一步由您办理。' }], due: deadlineOf(row), urgency: urgencyOf(deadlineOf(row), question), event: next.get(stateOf(row) ?? '') ?? null, dateField: undefined, approval: null }))
}

/** What names this person in one of its fields, drafts too, where it is their turn. */
async function assignedWork(question: WorkQuestion, platform: Platform, entity: EntityDefinition): Promise<Found> {
  const { actor } = question
  const compiled = platform.workflows.get(entity.slug)
  const hidden = hiddenFields(actor, entity)
  const fields = entity.fields.filter(({ name, type, to, many }) => type === 'relation' && to === 'users' && !many && !hidden.has(name))
  if (!compiled || fields.length === 0) return noneOf()
  const base: Where = { and: [{ or: fields.map(({ name }) => ({ [name]: { equals: actor.id } })) }, ...ownOf(actor, entity)] }
  const next = await nextByState(question, platform, entity, base)
  if (next.size === 0) return noneOf()
  const due = dueFields.find((name) => !hidden.has(name) && entity.fields.some((field) => field.name === name))
  const dateField = entity.fields.find(({ name }) => name === due)
  const rows = await someOf(openStore(question.payload), entity, { where: { and: [base, { 'workflow.state': { in: [...next.keys()] } }] }, sort: due ?? 'createdAt', also: [...fields.map(({ name }) => name), ...(due ? [due] : [])] })
  return found(rows, (row) => {
    const isDraft = stateOf(row) === compiled.initial.configuration.state && compiled.definition.states[compiled.definition.initial]?.editable === true
    const naming = fields.filter(({ name }) => row[name] === actor.id).map(({ label }) => label)
    const day = earliest(due && typeof row[due] === 'string' ? String(row[due]) : null, deadlineOf(row))
    return {
      ...placed(entity, row), due: day, urgency: urgencyOf(day, question), event: next.get(stateOf(row) ?? '') ?? null, dateField, approval: null,
      reasons: [isDraft ? { en: 'A draft of yours.', zh: '您的草稿。' } : { en: `Yours: ${naming.map(({ en }) => en).join(', ')}`, zh: `由您负责：${naming.map(({ zh }) => zh).join('、')}` }],
    }
  })
}

/** By state, the event with which it goes on, for the states in which it is this person's turn. */
async function nextByState({ payload, actor }: WorkQuestion, platform: Platform, entity: EntityDefinition, base: Where): Promise<Map<string, string>> {
  const compiled = platform.workflows.get(entity.slug)
  if (!compiled) return new Map()
  const { states, areAll } = singleStates(compiled)
  const asked = areAll ? states : (await openStore(payload).sum(entity.slug, { where: base, groupBy: ['workflow.state'], fields: [] })).flatMap((group) => (typeof group['workflow.state'] === 'string' ? [group['workflow.state']] : []))
  return new Map(asked.flatMap((state) => { const event = nextEvent(compiled, state, { actor, entity }); return event === undefined ? [] : [[state, event] as const] }))
}

type Some = { readonly where: Where; readonly sort: string; readonly also?: readonly string[] }

const someOf = (store: Store, { slug, workflow }: EntityDefinition, { where, sort, also = [] }: Some): Promise<Row[]> =>
  store.findOnly<string, string>(slug, [...(workflow === undefined ? [] : ['workflow']), 'createdAt', ...also], { where, sort: [sort, 'id'], limit: mostOfSource }) as unknown as Promise<Row[]>

const found = (rows: readonly Row[], waitingOf: (row: Row) => Waiting): Found => ({ waiting: rows.map(waitingOf), isCut: rows.length === mostOfSource })
const placed = ({ slug }: EntityDefinition, row: Row) => ({ entity: slug, id: row.id, since: workflowOf(row)?.since ?? (typeof row.createdAt === 'string' ? row.createdAt : null) })
const deadlineOf = (row: Row): string | null => workflowOf(row)?.due ?? null
const ownOf = (actor: Actor, entity: EntityDefinition): Where[] => (can(actor, 'read', entity).own ? [{ owner: { equals: actor.id } }] : [])
const earliest = (...moments: readonly (string | null)[]): string | null => moments.filter((moment) => moment !== null).toSorted()[0] ?? null

/** Days are over with their evening, moments at once. */
function urgencyOf(due: string | null, { today, at }: Pick<WorkQuestion, 'today' | 'at'>): Urgency {
  if (due === null) return 'other'
  if (due.length === 10 ? due < today : due < at) return 'overdue'
  return due.slice(0, 10) <= today ? 'today' : 'other'
}
