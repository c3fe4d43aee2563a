import type { Payload, Where } from 'payload'
import type { EntityDefinition, FieldDefinition } from '../../../config/language/entity.ts'
import type { Language, Text } from '../../../config/language/text.ts'
import type { WorkflowDefinition } from '../../../config/language/workflow.ts'
import type { AvailableEvent } from '../../../workflows/engine/available.ts'
import type { Actor } from '../access/actor.ts'
import { can, hiddenFields } from '../access/can.ts'
import { openStore } from '../data/open-store.ts'
import type { Row } from '../data/store.ts'
import { speakRow } from '../entities/speak.ts'
import { allFields } from '../entities/system-fields.ts'
import { platformOf } from '../platform/platform.ts'
import type { WorkList } from '../platform/plugin.ts'
import { stateView, type StateView } from '../views/entity-view.ts'
import { titleOf, type Title } from '../views/titles.ts'
import { availableFor } from '../workflow/available.ts'
import { stateOf } from '../workflow/pinned.ts'

export type WorkRow = {
  readonly id: string
  readonly title: Title
  /** The customer, supplier … it is about. */
  readonly partner: Title | null
  readonly state: StateView | null
  readonly amount: string | null
  /** `due`: a day it should be done by, so that a past one is late. */
  readonly date: { readonly label: Text; readonly value: string; readonly due: boolean } | null
  readonly version: number
  /** Why it is on the list, where there is more to say than the list says. */
  readonly reason: Text | null
  /** Absent: the list has no event, or the person may never send it. */
  readonly event: AvailableEvent | null
}
export type WorkListView = {
  readonly name: string
  readonly label: Text
  readonly reason: Text
  readonly entity: string
  readonly entityLabels: Text
  readonly urgent: boolean
  /** Of the person's own roles; an owner also sees the lists of others. */
  readonly mine: boolean
  readonly total: number
  readonly rows: readonly WorkRow[]
}

const rowsPerList = 5

type Question = { readonly payload: Payload; readonly actor: Actor; readonly language: Language; readonly today: string; readonly exponent: number }

/** By entity, what stands in the list of what waits for the person's approval: it is not listed a second time. */
type AskedFor = ReadonlyMap<string, readonly { readonly documentId: string }[]>

/** Work lists with something on them, most urgent first: per list a count, the first rows, their partners and events. */
export async function workFor(question: Question, askedFor: AskedFor): Promise<WorkListView[]> {
  const { payload, actor } = question
  const platform = platformOf(payload)
  const isOwner = actor.roles.includes('owner')
  const lists = platform.work.flatMap((list) => {
    const entity = platform.entities.get(list.entity)
    const mine = list.roles.some((role) => actor.roles.includes(role))
    return entity && (mine || isOwner) && can(actor, 'read', entity).allowed ? [{ list, entity, mine }] : []
  })
  const views = await Promise.all(lists.map(({ list, entity, mine }) => viewOf(question, { list, entity, mine, not: (askedFor.get(entity.slug) ?? []).map(({ documentId }) => documentId) })))
  const rank = ({ urgent, mine }: WorkListView) => (urgent ? 0 : 2) + (mine ? 0 : 1)
  return views.filter(({ total }) => total > 0).sort((a, b) => rank(a) - rank(b))
}

async function viewOf({ payload, actor, language, today, exponent }: Question, { list, entity, mine, not }: { list: WorkList; entity: EntityDefinition; mine: boolean; not: readonly string[] }): Promise<WorkListView> {
  const store = openStore(payload)
  const own: Where[] = can(actor, 'read', entity).own ? [{ owner: { equals: actor.id } }] : []
  const asked = list.where({ today, userId: actor.id })
  const where: Where = { and: [asked, ...own, ...(not.length > 0 ? [{ id: { not_in: not } }] : [])] }
  const dateField = dateFieldOf(entity, asked)
  const total = await store.count(list.entity, where)
  const rows = total === 0 ? [] : (await store.find(list.entity, { where, sort: dateField?.name ?? 'createdAt', limit: rowsPerList })) as Row[]
  const reasons = rows.length > 0 ? await list.explain?.(store, rows) : undefined
  return {
    name: list.name, label: list.label, reason: list.reason, entity: list.entity, entityLabels: entity.labels, urgent: list.urgent ?? false, mine, total,
    rows: await workRows({ payload, actor, language, exponent }, { entity, rows, dateField: () => dateField, reasonOf: ({ id }) => reasons?.get(id) ?? null, eventOf: () => list.event ?? null }),
  }
}

type Described = {
  readonly entity: EntityDefinition
  readonly rows: readonly Row[]
  readonly dateField: (row: Row) => FieldDefinition | undefined
  readonly reasonOf: (row: Row) => Text | null
  /** The event whose button stands on the line; null: none. */
  readonly eventOf: (row: Row) => string | null
}

/** Documents as lines of a work list: a query for each entity that they are about, and a bounded number for what may be done with them. */
export async function workRows({ payload, actor, language, exponent }: Omit<Question, 'today'>, { entity, rows, dateField, reasonOf, eventOf }: Described): Promise<WorkRow[]> {
  const platform = platformOf(payload)
  const store = openStore(payload)
  const hidden = hiddenFields(actor, entity)
  const workflow = platform.workflows.get(entity.slug)?.definition
  const partnerFields = entity.fields.filter(({ name, type, to }) => type === 'relation' && !hidden.has(name) && partnerEntities.has(to ?? '') && platform.entities.has(to ?? ''))
  const partners = new Map((await Promise.all(partnerFields.map(async ({ name, to = '' }) => [...(await store.byIds(to, rows.map((row) => row[name] as string | null)))]))).flat())
  const asked = rows.filter((row) => eventOf(row) !== null)
  const events = asked.length > 0 ? await availableFor(payload, actor, entity.slug, asked.map(({ id }) => id)) : new Map<string, readonly AvailableEvent[]>()
  return rows.map((row): WorkRow => {
    const spoken = speakRow(entity, row, exponent)
    const shown = (name: string | undefined) => (name !== undefined && !hidden.has(name) && spoken[name] != null && spoken[name] !== '' ? String(spoken[name]) : null)
    const partnerField = partnerFields.find(({ name }) => partners.has(String(row[name])))
    const partner = partnerField && (partners.get(String(row[partnerField.name])) as Row | undefined)
    const dated = dateField(row)
    const date = shown(dated?.name)
    const state = stateView(platform, entity.slug, stateOf(row))
    const title = titleOf({ platform, actor, language }, entity.slug, row)
    return {
      // The list says what it is and the line whose: a draft needs no piece of its id.
      id: row.id, title: title.unnamed && state ? { ...title, title: state.label[language] } : title, version: Number(row.version ?? 0),
      partner: partnerField && partner ? titleOf({ platform, actor, language }, partnerField.to ?? '', partner) : null,
      state,
      amount: amountFields.map(shown).find((value) => value !== null && /[1-9]/.test(value)) ?? null,
      date: dated && date !== null ? { label: dated.label, value: date, due: dueFields.includes(dated.name) } : null,
      reason: reasonOf(row),
      event: buttonOf(events.get(row.id) ?? [], eventOf(row) ?? undefined, workflow),
    }
  })
}

/** The list's event; where it is refused, one that does the same by another way ("confirm over the limit"), if that is allowed. */
function buttonOf(available: readonly AvailableEvent[], wanted: string | undefined, workflow: WorkflowDefinition | undefined): AvailableEvent | null {
  const own = available.find(({ event }) => event === wanted)
  const past = wanted === undefined ? undefined : workflow?.events[wanted]?.past
  const other = past === undefined || own?.allowed ? undefined : available.find(({ event, allowed }) => allowed && workflow?.events[event]?.past === past)
  return other ?? own ?? null
}

const partnerEntities = new Set(['customers', 'suppliers', 'leads', 'contacts', 'parts'])
const amountFields = ['openAmount', 'unallocatedAmount', 'grandTotal', 'amount', 'expectedAmount']
/** What a document is late by, the most telling first. */
export const dueFields = ['dueDate', 'promisedDate', 'requestedDate', 'validUntil', 'nextActivityDate', 'closeDate']

/** The date that the list asks about, or the one a document of this kind is due on: the list shows it and goes by it. */
export function dateFieldOf(entity: EntityDefinition, where: Where): FieldDefinition | undefined {
  const dates = allFields(entity).filter(({ type }) => type === 'date' || type === 'dateTime')
  const asked = Object.keys(where).concat(Object.values(where).flatMap((part) => (Array.isArray(part) ? part.flatMap((one: object) => Object.keys(one)) : [])))
  return dates.find(({ name }) => asked.includes(name)) ?? dueFields.flatMap((name) => dates.find((field) => field.name === name) ?? [])[0] ?? dates[0]
}
