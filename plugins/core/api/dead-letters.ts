import type { Endpoint, PayloadRequest, Where } from 'payload'
import type { WorkItems } from '../../../config/generated/entities.ts'
import type { Text } from '../../../config/language/text.ts'
import type { Actor } from '../access/actor.ts'
import { actorOfRequest } from '../access/collection-hooks.ts'
import { can, requireRight } from '../access/can.ts'
import { newId, type CommandContext } from '../commands/context.ts'
import { transact } from '../commands/transact.ts'
import { openStore } from '../data/open-store.ts'
import type { Row } from '../data/store.ts'
import { fail, failInput } from '../errors.ts'
import { nudgeRunner } from '../events/nudge.ts'
import { mostAttempts, replayDeadLetter } from '../events/runner.ts'
import { platformOf } from '../platform/platform.ts'
import { titleOf } from '../views/titles.ts'
import { bodyOf } from './rest.ts'

export type DeadLetter = {
  readonly id: string
  readonly status: 'dead' | 'pending'
  readonly kind: string
  /** The handler's name, `sales.onQuoteAccepted`. */
  readonly handler: string
  /** Type of the domain event, or the event that a timer sends. */
  readonly event: string
  readonly entity: string
  readonly entityLabel: Text
  readonly documentId: string
  /** Null: it was discarded, or the reader may not read it. */
  readonly documentTitle: string | null
  readonly attempts: number
  readonly error: string | null
  /** When the event happened. */
  readonly since: string
  readonly dueAt: string
  /** Later work on the same document that waits behind it. */
  readonly waiting: number
}
export type DeadLetterView = {
  readonly dead: readonly DeadLetter[]
  /** Due for longer than a few minutes and still not done. */
  readonly overdue: readonly DeadLetter[]
  readonly total: { readonly dead: number; readonly overdue: number }
  readonly mostAttempts: number
  readonly at: string
}

/**
 * What the runner could not do: GET /dead-letters; POST /dead-letters/replay `{ids?}` (without ids: all) and
 * POST /dead-letters/cancel `{ids, reason}`. Needs the right to read, or to edit, work items. Each replay and
 * cancellation leaves a row of history under the item's id.
 */
export const deadLetterEndpoints: Endpoint[] = [
  { method: 'get', path: '/dead-letters', handler: async (req) => Response.json(await deadLetterView(req)) },
  { method: 'post', path: '/dead-letters/replay', handler: async (req) => Response.json(await replay(req)) },
  { method: 'post', path: '/dead-letters/cancel', handler: async (req) => Response.json(await cancel(req)) },
]

const mostShown = 200
const overdueMilliseconds = 5 * 60_000

export async function deadLetterView(req: PayloadRequest): Promise<DeadLetterView> {
  const actor = await actorOfRequest(req)
  requireRight(actor, 'read', workItemsOf(req))
  const store = openStore(req.payload)
  const late: Where = { and: [{ status: { equals: 'pending' } }, { dueAt: { less_than: new Date(Date.now() - overdueMilliseconds).toISOString() } }] }
  const [dead, overdue, deadTotal, overdueTotal] = await Promise.all([
    store.find('work-items', { where: { status: { equals: 'dead' } }, sort: '-dueAt', limit: mostShown }),
    store.find('work-items', { where: late, sort: 'dueAt', limit: mostShown }),
    store.count('work-items', { status: { equals: 'dead' } }),
    store.count('work-items', late),
  ])
  return {
    dead: await described(req, actor, dead), overdue: await described(req, actor, overdue),
    total: { dead: deadTotal, overdue: overdueTotal }, mostAttempts, at: new Date().toISOString(),
  }
}

/** One query for the events, one a kind of document, one sum for what waits behind. */
async function described(req: PayloadRequest, actor: Actor, items: readonly WorkItems[]): Promise<DeadLetter[]> {
  const platform = platformOf(req.payload)
  const store = openStore(req.payload)
  const language = req.i18n.language === 'zh' ? 'zh' : 'en'
  const events = await store.byIds('events', items.map(({ event }) => event))
  const documents = new Map<string, Row>()
  for (const slug of new Set(items.map(({ entity }) => entity))) {
    if (!platform.entities.has(slug)) continue
    const rows = await store.byIds(slug, items.filter(({ entity }) => entity === slug).map(({ documentId }) => documentId))
    for (const row of rows.values() as Iterable<Row>) documents.set(row.id, row)
  }
  const behind = items.length === 0 ? [] : await store.sum('work-items', {
    where: { and: [{ status: { equals: 'pending' } }, { documentId: { in: items.map(({ documentId }) => documentId) } }] }, groupBy: ['documentId', 'handler'], fields: ['attempts'],
  })
  const waiting = new Map(behind.map((row) => [`${String(row.documentId)} ${String(row.handler)}`, Number(row.count)]))
  return items.map((item): DeadLetter => {
    const document = documents.get(item.documentId)
    const title = document && titleOf({ platform, actor, language }, item.entity, document)
    return {
      id: item.id, status: item.status === 'dead' ? 'dead' : 'pending', kind: item.kind, handler: item.handler,
      event: (item.event ? events.get(item.event)?.type : undefined) ?? String((item.data as { event?: string } | null)?.event ?? ''),
      entity: item.entity, entityLabel: platform.entities.get(item.entity)?.label ?? { en: item.entity, zh: item.entity },
      documentId: item.documentId, documentTitle: title && !title.redacted ? title.title : null,
      attempts: item.attempts, error: item.lastError ?? null,
      since: (item.event ? events.get(item.event)?.at : undefined) ?? item.createdAt ?? item.dueAt, dueAt: item.dueAt,
      waiting: Math.max(0, (waiting.get(`${item.documentId} ${item.handler}`) ?? 0) - (item.status === 'pending' ? 1 : 0)),
    }
  })
}

async function replay(req: PayloadRequest): Promise<{ replayed: number }> {
  const actor = await actorOfRequest(req)
  requireRight(actor, 'edit', workItemsOf(req))
  const { ids } = await bodyOf(req)
  const items = await deadItems(req, ids === undefined ? undefined : textList(ids))
  let replayed = 0
  for (const item of items) {
    await transact(req.payload, { actor }, async (context) => {
      if (!(await replayDeadLetter(req.payload, item.id, context.store))) return
      await record(context, item, { event: 'replay', stateAfter: 'pending' })
      replayed++
    })
  }
  nudgeRunner(req.payload)
  return { replayed }
}

async function cancel(req: PayloadRequest): Promise<{ cancelled: number }> {
  const actor = await actorOfRequest(req)
  requireRight(actor, 'edit', workItemsOf(req))
  const { ids, reason } = await bodyOf(req)
  if (typeof reason !== 'string' || reason.trim().length < 3) {
    failInput([{ code: 'required', path: 'reason', severity: 'error', message: { en: 'Say why it is given up: the reason is kept in the history.', zh: '请填写放弃的原因，原因会记入历史。' } }])
  }
  const items = await deadItems(req, textList(ids))
  let cancelled = 0
  for (const item of items) {
    await transact(req.payload, { actor }, async (context) => {
      if (!(await context.store.update('work-items', item.id, { status: 'cancelled', leaseUntil: null }, { status: { equals: 'dead' } }))) return
      await record(context, item, { event: 'cancel', stateAfter: 'cancelled', reason: reason.trim() })
      cancelled++
    })
  }
  nudgeRunner(req.payload)
  return { cancelled }
}

const workItemsOf = (req: PayloadRequest) => platformOf(req.payload).entities.get('work-items') ?? fail('unknownEntity', { entity: 'work-items' })

/** May this person see what the runner could not do? For the navigation. */
export async function maySeeDeadLetters(req: PayloadRequest): Promise<boolean> {
  return can(await actorOfRequest(req), 'read', workItemsOf(req)).allowed
}

async function deadItems(req: PayloadRequest, ids: readonly string[] | undefined): Promise<WorkItems[]> {
  const where: Where = { and: [{ status: { equals: 'dead' } }, ...(ids ? [{ id: { in: [...ids] } }] : [])] }
  return openStore(req.payload).find('work-items', { where, sort: ['documentVersion', 'id'], limit: ids ? ids.length : 0 })
}

function textList(value: unknown): string[] {
  if (Array.isArray(value) && value.length > 0 && value.length <= 1_000 && value.every((id) => typeof id === 'string')) return value as string[]
  failInput([{ code: 'invalid', path: 'ids', severity: 'error', message: { en: 'Give 1 to 1,000 ids of dead letters.', zh: '请给出 1 至 1,000 个死信的 id。' } }])
}

type Step = { readonly event: string; readonly stateAfter: string; readonly reason?: string }

async function record(context: CommandContext, item: WorkItems, step: Step): Promise<void> {
  const before = await context.store.count('history', { and: [{ entity: { equals: 'work-items' } }, { documentId: { equals: item.id } }] })
  await context.store.insert('history', {
    id: newId(), entity: 'work-items', documentId: item.id, documentVersion: before + 1, at: context.now, actor: context.actor.id,
    actorName: context.actor.name, action: 'send', stateBefore: 'dead', ...step,
  })
}
