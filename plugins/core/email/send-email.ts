import { newId, type CommandContext } from '../commands/context.ts'
import { addDelivery } from '../deliveries/delivery.ts'
import { mailOf } from '../operations/surroundings.ts'
import { emailDeliveryName } from './email-delivery.ts'

export type NewEmail = {
  readonly to: string
  readonly subject: string
  readonly text: string
  readonly html?: string
  /** The document that it is about. */
  readonly entity?: string
  readonly id?: string
}

/**
 * Puts an email into the outbox, as a part of the command's transaction: nothing leaves for what was rolled back. The runner sends it, and
 * tries again while the mail server does not take it. Without a mail server it is kept as not sent.
 */
export async function sendEmail(context: CommandContext, { to, subject, text, html, entity, id: documentId }: NewEmail): Promise<void> {
  const id = newId()
  const canLeave = mailOf(context.payload) !== undefined
  await context.store.insert('emails', {
    id, at: context.now, to, subject: oneLine(subject), text, html: html ?? null, status: canLeave ? 'waiting' : 'notSent', sentAt: null, entity: entity ?? null, documentId: documentId ?? null,
  })
  if (canLeave) await addDelivery(context, { key: `email:${id}`, handler: emailDeliveryName, entity: 'emails', documentId: id })
}

/** A subject is one line: what would begin another header does not. */
const oneLine = (text: string) => text.replace(/\s+/g, ' ').trim().slice(0, 250)
