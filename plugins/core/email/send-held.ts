import type { Payload } from 'payload'
import { systemActor } from '../access/actor.ts'
import { transact } from '../commands/transact.ts'
import { openStore } from '../data/open-store.ts'
import { addDelivery } from '../deliveries/delivery.ts'
import { mailOf } from '../operations/surroundings.ts'
import { emailDeliveryName } from './email-delivery.ts'

/** Puts emails that were kept while there was no mail server into the outbox, once there is one. @returns how many */
export async function sendHeldEmails(payload: Payload): Promise<number> {
  if (!mailOf(payload)) return 0
  let released = 0
  for await (const { id } of openStore(payload).streamOnly('emails', ['status'], { status: { equals: 'notSent' } })) {
    const isMine = await transact(payload, { actor: systemActor }, async (context) => {
      if (!(await context.store.update('emails', id, { status: 'waiting' }, { status: { equals: 'notSent' } }))) return false
      await addDelivery(context, { key: `email:${id}`, handler: emailDeliveryName, entity: 'emails', documentId: id })
      return true
    })
    if (isMine) released++
  }
  return released
}
