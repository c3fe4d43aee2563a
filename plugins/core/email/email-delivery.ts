import type { Delivery } from '../deliveries/delivery.ts'
import { openStore } from '../data/open-store.ts'
import { handToServer } from './hand-over.ts'

export const emailDeliveryName = 'core.email'

/** Hands an email to the mail server. Sent twice, after a crash, it has the same Message-ID, by which mail servers and readers know it again. */
export const emailDelivery: Delivery = {
  name: emailDeliveryName,
  async deliver(payload, { documentId }) {
    const { to, subject, text, html } = await openStore(payload).require('emails', documentId)
    await handToServer(payload, { id: documentId, to, subject, text, html: html ?? null })
  },
  async delivered({ store, now }, { documentId }) {
    await store.update('emails', documentId, { status: 'sent', sentAt: now })
  },
}
