import type { Payload } from 'payload'
import type { WorkItems } from '../../../config/generated/entities.ts'
import { newId, type CommandContext } from '../commands/context.ts'

/**
 * Something that leaves for another system (an email, a webhook). It is handed over outside of any transaction, since others may take
 * their time; what follows is written in one with the mark "done". After a crash between the two it leaves twice: both carry the same id.
 */
export type Delivery = {
  readonly name: string
  /** Hands it over, in less than `longestDelivery`. @throws when it has to be tried again; InVain where that cannot help */
  readonly deliver: (payload: Payload, item: WorkItems) => Promise<unknown>
  /** Told what `deliver` gave. */
  readonly delivered?: (context: CommandContext, item: WorkItems, result: unknown) => Promise<void>
}

/** Less than its lease lasts. */
export const longestDelivery = 30_000

type NewDelivery = Pick<WorkItems, 'handler' | 'entity' | 'documentId'> & {
  /** No two deliveries have the same. */
  readonly key: string
  readonly documentVersion?: number
  readonly event?: string
  readonly data?: unknown
}

/** Puts down what is to leave, as a part of the command's transaction; the runner hands it over once that is committed. */
export async function addDelivery(context: CommandContext, { documentVersion = 1, event, data, ...delivery }: NewDelivery): Promise<void> {
  await context.store.insert('work-items', {
    id: newId(), kind: 'delivery', ...delivery, documentVersion, dueAt: context.now, attempts: 0, status: 'pending',
    ...(event === undefined ? {} : { event }), ...(data === undefined ? {} : { data }),
  })
}
