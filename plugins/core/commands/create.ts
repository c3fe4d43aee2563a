import type { EntityDefinition } from '../../../config/language/entity.ts'
import { startWorkflow } from '../../../workflows/engine/transition.ts'
import type { Row } from '../data/store.ts'
import type { Draft } from '../platform/plugin.ts'
import { failQuestion } from '../errors.ts'
import { scheduleTimers } from '../workflow/timers.ts'
import { assignNumber } from './numbering.ts'
import { newId, type CommandContext } from './context.ts'
import { prepareDraft, requireComplete } from './complete.ts'
import { defaultsOf } from './defaults.ts'
import { appendEvent, appendHistory, linkDocuments, type DocumentRef } from './record.ts'

export type NewDocument = {
  /** Stored values; `id` may be given. */
  readonly values: Readonly<Record<string, unknown>>
  readonly lines?: readonly Readonly<Record<string, unknown>>[]
  /** The documents it comes from: they give the trace. */
  readonly sources?: readonly DocumentRef[]
}

/** Creates a document with its lines, number, trace, first state, history and event. @returns its id */
export async function createDocument(context: CommandContext, slug: string, created: NewDocument): Promise<string> {
  const entity = context.entity(slug)
  const exponent = await exponentFor(context, entity)
  const { id: given, ...values } = created.values
  const id = typeof given === 'string' ? given : newId()
  const document: Row = { id, ...defaultsOf(entity.fields, exponent), ...values }
  if (entity.kind !== 'line' && entity.kind !== 'record') document.version = 1
  if (entity.kind === 'document') {
    document.company ??= (await context.company()).id
    document.traceId ??= await inheritTrace(context, created.sources ?? [])
  }
  const lineEntity = entity.lines && context.entity(entity.lines.entity)
  const lines = (created.lines ?? []).map((line, index) => newLine({ entity, lineEntity, line, parent: id, position: index + 1, exponent }))
  const draft: Draft = { document, lines }
  await prepareDraft(context, entity, draft)
  await requireComplete(context, entity, draft)
  await assignNumber(context, entity, document, 'create')

  const compiled = context.platform.workflows.get(slug)
  const started = compiled && startWorkflow(compiled)
  if (compiled && started) {
    document.workflow = { state: started.state, snapshot: started.snapshot, definitionHash: compiled.hash, since: context.now }
  }
  await context.store.insert(slug, document)
  if (lineEntity) await context.store.insertMany(lineEntity.slug, draft.lines)
  await appendHistory(context, {
    entity: slug, document, action: 'create',
    ...(compiled && started ? { stateAfter: started.state, definitionHash: compiled.hash } : {}),
  })
  for (const source of created.sources ?? []) {
    await linkDocuments(context, source, { entity: slug, id }, document.traceId as string | undefined)
  }
  if (compiled && started) await scheduleTimers(context, compiled, { entity: slug, document, timers: started.timers })
  await context.platform.behaviours.get(slug)?.stored?.(context, draft)
  await appendEvent(context, { type: `${slug}.created`, entity: slug, document, data: {} })
  return id
}

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
