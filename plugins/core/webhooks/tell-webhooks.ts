import type { Payload } from 'payload'
import type { Webhooks } from '../../../config/generated/entities.ts'
import type { CommandContext } from '../commands/context.ts'
import type { Row } from '../data/store.ts'

/** Name of the delivery that posts an event to a webhook. */
export const webhookDeliveryName = 'core.webhook'

export type ToldEvent = { readonly id: string; readonly type: string; readonly entity: string; readonly documentId: string; readonly documentVersion: number }

// Another process may change a webhook: what is cached here lives for a few seconds only.
const cacheMilliseconds = 3_000
type Known = { readonly id: string; readonly types: readonly string[] }
const caches = new WeakMap<Payload, { readonly until: number; readonly webhooks: readonly Known[] }>()

export const forgetWebhooks = (payload: Payload): void => { caches.delete(payload) }

/** Work items for the webhooks that want to know of these events; they go with the command's transaction. */
export async function webhookItems(context: CommandContext, events: readonly ToldEvent[]): Promise<Row[]> {
  const webhooks = await activeWebhooks(context)
  if (webhooks.length === 0) return []
  return events.flatMap((event) => webhooks.filter(({ types }) => types.some((type) => covers(type, event.type))).map(({ id }) => webhookItem(context, id, event)))
}

export const webhookItem = ({ now }: Pick<CommandContext, 'now'>, webhook: string, { id: event, entity, documentId, documentVersion }: ToldEvent): Row => ({
  id: crypto.randomUUID(), key: `${event}:webhook:${webhook}`, kind: 'delivery', handler: webhookDeliveryName, event, entity, documentId, documentVersion,
  dueAt: now, attempts: 0, status: 'pending', data: { webhook },
})

const covers = (wanted: string, type: string) => wanted === '*' || wanted === type || (wanted.endsWith('.*') && type.startsWith(wanted.slice(0, -1)))

async function activeWebhooks({ payload, store, platform }: CommandContext): Promise<readonly Known[]> {
  if (!platform.entities.has('webhooks')) return []
  const known = caches.get(payload)
  if (known && known.until > Date.now()) return known.webhooks
  const rows: readonly Webhooks[] = await store.find('webhooks', { where: { active: { equals: true } }, sort: 'id' })
  const webhooks = rows.map(({ id, eventTypes }) => ({ id, types: eventTypes.split(/[\s,]+/) }))
  caches.set(payload, { until: Date.now() + cacheMilliseconds, webhooks })
  return webhooks
}
