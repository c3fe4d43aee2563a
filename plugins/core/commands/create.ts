import type { EntityDefinition } from '../../../config/language/entity.ts'
import type { Finding } from '../../../config/language/refusal.ts'
import { startWorkflow } from '../../../workflows/engine/transition.ts'
import { rememberReads } from '../data/remember-reads.ts'
import type { Row } from '../data/store.ts'
import { followState } from '../approvals/follow-state.ts'
import type { Draft } from '../platform/plugin.ts'
import { failInput, failQuestion } from '../errors.ts'
import { deadlinesAfter, scheduleDeadlines } from '../workflow/deadlines.ts'
import { scheduleTimers } from '../workflow/timers.ts'
import { assignNumbers } from './numbering.ts'
import { newId, type CommandContext } from './context.ts'
import { fillDrafts, incompleteDrafts, prepareDraft } from './complete.ts'
import { defaultsOf } from './defaults.ts'
import { keepFiles } from './file-values.ts'
import { appendEvents, appendHistories, linkDocuments, type DocumentRef } from './record.ts'

export type NewDocument = {
  /** Stored values; `id` may be given. */
  readonly values: Readonly<Record<string, unknown>>
  readonly lines?: readonly Readonly<Record<string, unknown>>[]
  /** The documents it comes from: they give the trace. */
  readonly sources?: readonly DocumentRef[]
  /** Why it was made, in its history. */
  readonly reason?: string
  /** Someone has entered it: the rules of the form may refuse it. */
  readonly isEntered?: boolean
}

/** Creates a document with its lines, number, trace, first state, history and event. @returns its id */
export async function createDocument(context: CommandContext, slug: string, created: NewDocument): Promise<string> {
  const [id] = await createDocuments(context, slug, [created])
  return id as string
}

/**
 * Creates many documents of one entity, each as `createDocument` would, without a query for each. Nothing is stored when one
 * of them is wrong: what is wrong with the first such one is thrown.
 * @returns their ids, in the given order
 */
export async function createDocuments(context: CommandContext, slug: string, many: readonly NewDocument[]): Promise<string[]> {
  const drafted = await draftDocuments(context, slug, many)
  for (const { fault, findings } of drafted) {
    if (fault !== undefined) throw fault
    if (findings.length > 0) failInput(findings)
  }
  await storeDrafts(context, slug, drafted)
  return drafted.map(({ draft }) => draft.document.id)
}

/** A document that is ready to be stored, or what keeps it from being so. */
export type Drafted = {
  readonly draft: Draft
  readonly created: NewDocument
  readonly findings: readonly Finding[]
  /** What the entity's behaviour threw. */
  readonly fault?: unknown
}

/** Fills in, computes and checks new documents; nothing is stored. Of several with the same unique value the first one has it. */
export async function draftDocuments(context: CommandContext, slug: string, many: readonly NewDocument[]): Promise<Drafted[]> {
  const entity = context.entity(slug)
  const exponent = await exponentFor(context, entity)
  const defaults = defaultsOf(entity.fields, exponent)
  const lineEntity = entity.lines && context.entity(entity.lines.entity)
  const drafts: Draft[] = []
  for (const created of many) {
    const { id: given, ...values } = created.values
    const id = typeof given === 'string' ? given : newId()
    const document: Row = { id, ...defaults, ...values }
    if (entity.kind !== 'line' && entity.kind !== 'record') document.version = 1
    if (entity.kind === 'document') {
      document.company ??= (await context.company()).id
      document.traceId ??= await inheritTrace(context, created.sources ?? [])
    }
    drafts.push({
      document, lines: (created.lines ?? []).map((line, index) => newLine({ entity, lineEntity, line, parent: id, position: index + 1, exponent })),
      ...(created.isEntered && { entered: enteredNames(values, created.lines ?? []) }),
    })
  }
  // Of many documents most name the same customers, units and prices: what was read for one is there for the next.
  const preparing = drafts.length > 1 ? { ...context, store: rememberReads(context.store) } : context
  await fillDrafts(preparing, entity, drafts)
  const faults: unknown[] = []
  for (const draft of drafts) {
    faults.push(await prepareDraft(preparing, entity, draft).then(() => undefined, (error: unknown) => error))
  }
  const sound = drafts.filter((_, index) => faults[index] === undefined)
  const findings = new Map((await incompleteDrafts(preparing, entity, sound)).map((own, index) => [sound[index], own]))
  return drafts.map((draft, index) => ({
    draft, created: many[index] as NewDocument, findings: findings.get(draft) ?? [], ...(faults[index] === undefined ? {} : { fault: faults[index] }),
  }))
}

/** Stores what `draftDocuments` found sound: numbers, first states, rows, history, links, timers and events. */
export async function storeDrafts(context: CommandContext, slug: string, drafted: readonly Pick<Drafted, 'draft' | 'created'>[]): Promise<void> {
  if (drafted.length === 0) return
  const entity = context.entity(slug)
  const documents = drafted.map(({ draft }) => draft.document)
  await assignNumbers(context, entity, documents, 'create')
  const compiled = context.platform.workflows.get(slug)
  const started = compiled && startWorkflow(compiled)
  if (compiled && started) {
    for (const document of documents) {
      document.workflow = { state: started.state, snapshot: started.snapshot, definitionHash: compiled.hash, since: context.now, ...await deadlinesAfter(context, document, started) }
    }
  }
  await keepFiles(context, entity, documents.map((row) => ({ row })))
  await context.store.insertMany(slug, documents)
  if (entity.lines) await context.store.insertMany(entity.lines.entity, drafted.flatMap(({ draft }) => draft.lines))
  await appendHistories(context, drafted.map(({ draft: { document }, created }) => ({
    entity: slug, document, action: 'create',
    ...(compiled && started ? { stateAfter: started.state, definitionHash: compiled.hash } : {}),
    ...(created.reason === undefined ? {} : { reason: created.reason }),
  })))
  for (const { draft: { document }, created } of drafted) {
    for (const source of created.sources ?? []) {
      await linkDocuments(context, source, { entity: slug, id: document.id }, document.traceId as string | undefined)
    }
    if (compiled && started) {
      await scheduleTimers(context, compiled, { entity: slug, document, timers: started.timers })
      await scheduleDeadlines(context, { entity: slug, document, deadlines: started.deadlines })
    }
  }
  const behaviour = context.platform.behaviours.get(slug)
  if (behaviour?.stored) for (const { draft } of drafted) await behaviour.stored(context, draft)
  await appendEvents(context, documents.map((document) => ({ type: `${slug}.created`, entity: slug, document, data: {} })))
  if (!compiled || !started?.approvals) return
  for (const { draft: { document, lines } } of drafted) {
    for (const outcome of await followState(context, compiled, { entity: slug, document, lines, approvals: started.approvals, initiative: 'hand' })) await context.send(slug, document.id, outcome)
  }
}

/** What someone has filled in, of a document and of each of its lines. */
export const enteredNames = (values: Readonly<Record<string, unknown>>, lines: readonly Readonly<Record<string, unknown>>[]): NonNullable<Draft['entered']> =>
  ({ document: new Set(Object.keys(values)), lines: lines.map((line) => new Set(Object.keys(line))) })

/** A line as it is stored: its own id and defaults, its place and its document. */
export function newLine(options: {
  entity: EntityDefinition
  lineEntity: EntityDefinition | undefined
  line: Readonly<Record<string, unknown>>
  parent: string
  position: number
  exponent: number
}): Row {
  const { entity, lineEntity, line, parent, position, exponent } = options
  if (!entity.lines || !lineEntity) failQuestion('lines', { en: `${entity.label.en} has no lines. Leave “lines” out.`, zh: `${entity.label.zh}没有明细行，请去掉 lines。` })
  const id = typeof line.id === 'string' ? line.id : newId()
  return { ...defaultsOf(lineEntity.fields, exponent), ...line, id, position, [entity.lines.parentField]: parent }
}

/** The company gives the currency; companies themselves are created before there is one. */
export async function exponentFor(context: CommandContext, entity: EntityDefinition): Promise<number> {
  return entity.slug === 'companies' ? 2 : context.exponent()
}

/** A document continues the trace of what it comes from; what comes from nothing starts its own. */
async function inheritTrace(context: CommandContext, sources: readonly DocumentRef[]): Promise<string> {
  for (const { entity, id } of sources) {
    const source: Readonly<Record<string, unknown>> | undefined = await context.store.get(entity, id)
    if (typeof source?.traceId === 'string') return source.traceId
  }
  return newId()
}
