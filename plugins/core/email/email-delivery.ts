import { createTransport } from 'nodemailer'
import type { Delivery } from '../deliveries/delivery.ts'
import { openStore } from '../data/open-store.ts'
import { mailOf } from '../operations/surroundings.ts'

export const emailDeliveryName = 'core.email'

const connectMilliseconds = 10_000
const answerMilliseconds = 15_000

/** Hands an email to the mail server. Sent twice, after a crash, it has the same Message-ID, by which mail servers and readers know it again. */
export const emailDelivery: Delivery = {
  name: emailDeliveryName,
  async deliver(payload, { documentId }) {
    const mail = mailOf(payload)
    if (!mail) throw new Error('There is no mail server: set SMTP_URL.')
    const { to, subject, text, html } = await openStore(payload).require('emails', documentId)
    const transport = createTransport({ url: mail.url, connectionTimeout: connectMilliseconds, greetingTimeout: connectMilliseconds, socketTimeout: answerMilliseconds })
    try {
      await transport.sendMail({ from: mail.from, to: { name: '', address: to }, subject, text, ...(html ? { html } : {}), messageId: `<${documentId}@trellis>`, disableFileAccess: true, disableUrlAccess: true })
    } finally {
      transport.close()
    }
  },
  async delivered({ store, now }, { documentId }) {
    await store.update('emails', documentId, { status: 'sent', sentAt: now })
  },
}
