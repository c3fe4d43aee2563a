import type { Delivery } from '../deliveries/delivery.ts'
import { openStore } from '../data/open-store.ts'
import { surroundingsOf } from '../operations/surroundings.ts'
import { safePost } from './safe-post.ts'
import { secretOf } from './sealed-secret.ts'
import { sign } from './signature.ts'
import { webhookDeliveryName } from './tell-webhooks.ts'

/** Tells a webhook of an event. Any answer of 2xx counts; whoever is told twice knows it by `Trellis-Delivery`. */
export const webhookDelivery: Delivery = {
  name: webhookDeliveryName,
  async deliver(payload, item) {
    const store = openStore(payload)
    const webhook = await store.get('webhooks', (item.data as { readonly webhook: string }).webhook)
    // It was taken out of use, or removed, meanwhile.
    if (!webhook?.active) return
    const secret = await secretOf(payload, webhook.id)
    if (secret === undefined) throw new Error(`The secret of "${webhook.name}" cannot be read: make a new one (list of webhooks, New secret).`)
    const event = await store.require('events', String(item.event))
    const body = JSON.stringify({
      id: event.id, type: event.type, entity: event.entity, documentId: event.documentId, documentVersion: event.documentVersion,
      at: event.at, actor: event.actor, traceId: event.traceId ?? null, data: event.data ?? {},
    })
    const status = await safePost({
      url: webhook.url, body, allowedHosts: surroundingsOf(payload).webhookHosts,
      headers: { 'Content-Type': 'application/json', 'User-Agent': 'Trellis', 'Trellis-Event': event.type, 'Trellis-Delivery': item.id, 'Trellis-Signature': sign(secret, body) },
    })
    if (status < 200 || status >= 300) throw new Error(`${new URL(webhook.url).host} answered ${status}.`)
  },
}
