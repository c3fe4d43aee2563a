import type { CollectionSlug, PayloadRequest } from 'payload'
import type { EntityDefinition } from '../../../config/language/entity.ts'
import type { AvailableEvent } from '../../../workflows/engine/available.ts'
import { describeState, type StateDescription } from '../../../workflows/engine/describe.ts'
import { actorOfRequest } from '../access/collection-hooks.ts'
import { hiddenFields, requireRight } from '../access/can.ts'
import { documentApprovals, type ApprovalView } from '../approvals/document-approvals.ts'
import { defaultsOf } from '../commands/defaults.ts'
import { openStore } from '../data/open-store.ts'
import type { Row } from '../data/store.ts'
import { todayIn } from '../engine/dates.ts'
import { speakRow } from '../entities/speak.ts'
import { inReaderLanguage } from '../entities/standard-text.ts'
import { fail } from '../errors.ts'
import { platformOf } from '../platform/platform.ts'
import { availableFor } from '../workflow/available.ts'
import { pinnedWorkflow, standing, workflowOf } from '../workflow/pinned.ts'
import { describedLines } from './described-lines.ts'
import { describeEntity, type EntityView } from './entity-view.ts'
import { firmView } from './firm-view.ts'
import { historyView, type HistoryEntryView } from './history-view.ts'
import { lineSuggestions, type LineSuggestions } from './line-suggestions.ts'
import { linksView, type LinkView } from './links-view.ts'
import { loadTitles, referencesOf, titleOf, type Reader, type Title, type Titles } from './titles.ts'

export type SpokenRow = { readonly id: string } & Readonly<Record<string, unknown>>

export type DocumentView = {
  readonly entity: EntityView
  /** Absent: a new document; `initial` has what its form starts with. */
  readonly document: SpokenRow | null
  readonly initial: Readonly<Record<string, unknown>>
  readonly lineInitial: Readonly<Record<string, unknown>>
  readonly title: Title
  readonly lines: readonly SpokenRow[]
  readonly titles: Titles
  readonly state: (StateDescription & { readonly name: string; readonly since: string | null; readonly due: string | null; readonly overdue: boolean }) | null
  readonly events: readonly EventView[]
  /** Rights and state together. */
  readonly editable: boolean
  readonly discardable: boolean
  readonly history: readonly HistoryEntryView[]
  readonly links: readonly LinkView[]
  readonly approvals: readonly ApprovalView[]
  readonly at: string
}

export type EventView = AvailableEvent & { readonly suggestions: LineSuggestions | null }

/** Everything the page of a document shows, in a bounded number of queries, as the reader may see it. */
export async function documentView(req: PayloadRequest, slug: string, id: string): Promise<DocumentView> {
  const { reader, definition, entity, exponent, today, timeZone } = await open(req, slug)
  const { platform, store, actor } = reader
  requireRight(actor, 'read', definition)
  const found = await req.payload.find({
    collection: slug as CollectionSlug, where: { id: { equals: id } }, limit: 1, pagination: false, depth: 0, overrideAccess: false, req, joins: false,
  })
  const document = (found.docs[0] as unknown as SpokenRow | undefined) ?? fail('notFound', { entity: definition.label, id })
  const stored = (await store.require(slug, id)) as Row

  const lineEntity = entity.lines && platform.entities.get(entity.lines.entity)
  const storedLines = entity.lines
    ? ((await store.find(entity.lines.entity, { where: { [entity.lines.parentField]: { equals: id } }, sort: 'position' })) as Row[])
    : []
  const lines = lineEntity ? await describedLines(reader, lineEntity, storedLines.map((line) => without(speakRow(lineEntity, line, exponent), hiddenFields(actor, lineEntity)))) : []
  const references = referencesOf(entity.lines?.fields ?? [], lines, referencesOf(entity.fields, [document]))
  const [workflow, events, history, links, approvals] = await Promise.all([
    pinnedWorkflow(platform, store, slug, stored),
    definition.workflow ? availableFor(req.payload, actor, slug, [id]) : new Map<string, readonly AvailableEvent[]>(),
    historyView(reader, { entity: definition, id, exponent, references }),
    definition.kind === 'document' ? linksView(reader, id) : [],
    documentApprovals(reader, definition, { id, timeZone }),
  ])
  // What the firm's rules make of a step is shown while it is typed.
  const isRuled = platform.forms.has(slug) || (lineEntity !== undefined && platform.forms.has(lineEntity.slug))
  const place = workflow && workflowOf(standing(stored, workflow))
  const at = new Date().toISOString()
  const due = place?.due ?? null
  const state = workflow && place?.state ? describeState(workflow, place.state) : undefined
  return {
    entity, document: inReaderLanguage(definition, reader.language, document), lines, history, links, approvals, initial: {}, lineInitial: initialOf(lineEntity, { exponent, today }),
    title: titleOf(reader, slug, stored),
    titles: await loadTitles(reader, references),
    state: state && place?.state ? { ...state, name: place.state, since: place.since ?? null, due, overdue: due !== null && due < at } : null,
    events: (events.get(id) ?? []).map((event) => ({
      ...event, preview: event.preview || (isRuled && asksForValues(event)),
      suggestions: workflow && lineEntity ? lineSuggestions({ definition: workflow.definition, event: event.event, entity: lineEntity, lines: storedLines, exponent }) : null,
    })),
    editable: entity.rights.edit && (!workflow || state?.editable === true),
    discardable: entity.rights.discard && (!workflow || state?.discardable === true),
    at,
  }
}

const asksForValues = ({ input, lineInput, newLines = [] }: AvailableEvent) => input.length + lineInput.length + newLines.length > 0

/** The page of a document that is not there yet. `given`: values from the address, for fields that may be entered. */
export async function newDocumentView(req: PayloadRequest, slug: string, given: Readonly<Record<string, string>>): Promise<DocumentView> {
  const { reader, definition, entity, exponent, today } = await open(req, slug)
  requireRight(reader.actor, 'create', definition)
  const lineEntity = entity.lines && reader.platform.entities.get(entity.lines.entity)
  const asked = entity.fields.filter(({ name, readOnly }) => !readOnly && given[name] !== undefined)
  const initial = { ...initialOf(definition, { exponent, today }), ...(await onlyChoices(reader, entity)), ...Object.fromEntries(asked.map(({ name }) => [name, given[name]])) }
  return {
    entity, document: null, initial, lineInitial: initialOf(lineEntity, { exponent, today }), title: { title: '' }, lines: [],
    titles: await loadTitles(reader, referencesOf(entity.fields, [initial])),
    state: null, events: [], editable: true, discardable: false, history: [], links: [], approvals: [], at: new Date().toISOString(),
  }
}

/** Nobody should have to choose the only site, or themselves as the owner. */
async function onlyChoices({ platform, store, actor }: Reader, { fields }: EntityView): Promise<Record<string, unknown>> {
  const asked = fields.filter(({ type, to, required, readOnly, many }) => type === 'relation' && required && !readOnly && !many && platform.entities.get(to ?? '')?.kind === 'master')
  const found = await Promise.all(asked.map(async ({ name, to = '' }) => {
    const rows = (await store.find(to, { limit: 2 })) as Row[]
    return rows.length === 1 && rows[0] ? [[name, rows[0].id] as const] : []
  }))
  const owner = fields.some(({ name, to, readOnly }) => name === 'owner' && to === 'users' && !readOnly) ? { owner: actor.id } : {}
  return { ...owner, ...Object.fromEntries(found.flat()) }
}

async function open(req: PayloadRequest, slug: string) {
  const platform = platformOf(req.payload)
  const actor = await actorOfRequest(req)
  const definition = platform.entities.get(slug) ?? fail('unknownEntity', { entity: slug })
  const store = openStore(req.payload)
  const reader: Reader = { platform, store, actor, language: req.i18n.language === 'zh' ? 'zh' : 'en' }
  const { exponent, timeZone } = await firmView(store)
  return { reader, definition, entity: describeEntity(reader, definition), exponent, timeZone, today: todayIn(timeZone) }
}

const initialOf = (entity: EntityDefinition | undefined, { exponent, today }: { exponent: number; today: string }): Record<string, unknown> =>
  entity ? without(speakRow(entity, { id: '', ...defaultsOf(entity.fields.filter(({ readOnly }) => !readOnly), exponent, today) } as Row, exponent), new Set(['id'])) : {}

function without(row: Record<string, unknown>, hidden: ReadonlySet<string>): SpokenRow {
  return Object.fromEntries(Object.entries(row).filter(([name]) => !hidden.has(name))) as SpokenRow
}
