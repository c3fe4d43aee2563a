import type { Row } from '../data/store.ts'
import { webhookItems } from '../webhooks/tell-webhooks.ts'
import { newId, type CommandContext } from './context.ts'

export type DocumentRef = { readonly entity: string; readonly id: string }

export type HistoryEntry = {
  readonly entity: string
  /** As it is after the change: `version` is the one the entry proves. */
  readonly document: Row
  readonly action: 'create' | 'edit' | 'discard' | 'send' | 'import' | 'migrate'
  readonly event?: string
  readonly stateBefore?: string
  readonly stateAfter?: string
  readonly definitionHash?: string
  readonly guards?: Readonly<Record<string, unknown>>
  /** Field → [before, after]. */
  readonly changes?: Readonly<Record<string, readonly [unknown, unknown]>>
  readonly reason?: string
}

/** One row of history: who did what to which version of a document, and why. */
export const appendHistory = (context: CommandContext, entry: HistoryEntry): Promise<void> => appendHistories(context, [entry])

export async function appendHistories(context: CommandContext, entries: readonly HistoryEntry[]): Promise<void> {
  await context.store.insertMany('history', entries.map(({ document, guards, changes, ...rest }) => ({
    id: newId(), documentId: document.id, documentVersion: Number(document.version), at: context.now,
    actor: context.actor.id, actorName: context.actor.name, apiKey: context.actor.key?.id ?? null,
    ...rest, guards: guards ?? null, changes: changes ?? null,
    traceId: textOrNull(document.traceId), cause: context.cause ?? null,
  })))
}

export type NewEvent = {
  readonly type: string
  readonly entity: string
  readonly document: Row
  readonly data: Readonly<Record<string, unknown>>
}

/** Writes the outbox row and one work item for each handler that listens, in the command's transaction. */
export const appendEvent = async (context: CommandContext, event: NewEvent): Promise<string> => String((await appendEvents(context, [event]))[0])

/** @returns the ids of the events */
export async function appendEvents(context: CommandContext, events: readonly NewEvent[]): Promise<string[]> {
  const rows = events.map(({ type, entity, document, data }) => ({
    id: newId(), type, schemaVersion: 1, entity, documentId: document.id, documentVersion: Number(document.version ?? 1),
    at: context.now, actor: context.actor.id, traceId: textOrNull(document.traceId), cause: context.cause ?? null, data,
  }))
  await context.store.insertMany('events', rows)
  const { handlers } = context.platform
  const items = rows.flatMap(({ id, type, entity, documentId, documentVersion }) =>
    handlers.filter(({ on }) => on.includes(type)).map(({ name }) => ({
      id: newId(), key: `${id}:${name}`, kind: 'event', handler: name, event: id, entity, documentId, documentVersion,
      dueAt: context.now, attempts: 0, status: 'pending',
    })))
  await context.store.insertMany('work-items', [...items, ...await webhookItems(context, rows)].map((item) => ({ data: null, ...item })))
  return rows.map(({ id }) => id)
}

/** An edge of the trace graph: `to` came from `from`. Linking twice changes nothing. */
export async function linkDocuments(
  context: CommandContext, from: DocumentRef, to: DocumentRef, traceId?: string | null,
): Promise<void> {
  const known = await context.store.findOne('document-links', { fromId: { equals: from.id }, toId: { equals: to.id } })
  if (known) return
  await context.store.insert('document-links', {
    id: newId(), fromEntity: from.entity, fromId: from.id, toEntity: to.entity, toId: to.id,
    traceId: traceId ?? null, at: context.now,
  })
}

/** Fields that differ, as [before, after]; the platform's own are left out. */
export function differences(before: Row, after: Row): Record<string, readonly [unknown, unknown]> {
  const result: Record<string, readonly [unknown, unknown]> = {}
  for (const field of new Set([...Object.keys(before), ...Object.keys(after)])) {
    if (notDiffed.has(field)) continue
    const [old, now] = [before[field] ?? null, after[field] ?? null]
    if (old !== now && JSON.stringify(old) !== JSON.stringify(now)) result[field] = [old, now]
  }
  return result
}

const notDiffed = new Set(['id', 'version', 'createdAt', 'updatedAt', 'workflow'])

const textOrNull = (value: unknown) => (typeof value === 'string' ? value : null)
