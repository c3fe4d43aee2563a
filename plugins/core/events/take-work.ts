import type { Payload, Where } from 'payload'
import type { WorkItems } from '../../../config/generated/entities.ts'
import { systemActor } from '../access/actor.ts'
import { transact } from '../commands/transact.ts'
import { isAway, isFull } from '../data/database-faults.ts'
import { openStore } from '../data/open-store.ts'
import { InVain } from '../deliveries/in-vain.ts'
import { leaseMilliseconds, newLeaseOwner } from './lease.ts'

/** A process that is stopped or killed holds no more than these. */
export const leasedAtOnce = 8
/** After this many tries an item becomes a dead letter, which a person can see and replay. */
export const mostAttempts = 8
/** How long an item that failed for want of the database or of room on the disk is put off. */
const passingMilliseconds = 5_000

/** Work inside of the platform, and what is handed over to other systems: the one does not wait for the other. */
export type Lane = 'work' | 'deliveries'
export type Leased = { readonly item: WorkItems; readonly leaseOwner: string }

/**
 * Takes what is due at `now`, several items in one transaction: each would wait for the disk by itself. They are looked for when it is
 * the transaction's turn, since more may have become due while it waited.
 */
export async function takeDue(payload: Payload, lane: Lane, now?: Date): Promise<Leased[]> {
  const [any] = await openStore(payload).find('work-items', { where: dueAndFree(lane, now), limit: 1 })
  if (!any) return []
  const leaseOwner = newLeaseOwner()
  return transact(payload, { actor: systemActor }, async ({ store }) => {
    const leaseUntil = new Date(Date.now() + leaseMilliseconds).toISOString()
    const taken: Leased[] = []
    for (const item of await store.find('work-items', { where: dueAndFree(lane, now), sort: ['dueAt', 'id'], limit: leasedAtOnce })) {
      if (await store.update('work-items', item.id, { leaseOwner, leaseUntil }, dueAndFree(lane, now))) taken.push({ item, leaseOwner })
    }
    return taken
  })
}

function dueAndFree(lane: Lane, now = new Date()): Where {
  const at = now.toISOString()
  const kind: Where = { kind: lane === 'deliveries' ? { equals: 'delivery' } : { in: ['event', 'timer'] } }
  return { and: [{ status: { equals: 'pending' } }, { dueAt: { less_than_equal: at } }, kind, { or: [{ leaseUntil: { exists: false } }, { leaseUntil: { less_than: at } }] }] }
}

/** Another runner may have taken it up when the lease ran out. */
export const stillMine = ({ leaseOwner }: Leased): Where => ({ and: [{ leaseOwner: { equals: leaseOwner } }, { status: { equals: 'pending' } }] })

/**
 * Only what is still held: when the lease ran out, another runner may have done the item meanwhile. What the surroundings make fail is no
 * try: it goes on soon after they are well again, and becomes no dead letter. What no try can mend is one at once.
 */
export async function putOff(payload: Payload, leased: Leased, error: unknown): Promise<void> {
  const { item } = leased
  const isPassing = isAway(error) || isFull(error)
  const attempts = item.attempts + (isPassing ? 0 : 1)
  const dead = attempts >= mostAttempts || error instanceof InVain
  const delay = isPassing ? passingMilliseconds : Math.min(3_600_000, 1_000 * 4 ** Math.min(attempts - 1, 6))
  payload.logger.warn({ err: error, msg: `${item.handler} failed on ${item.entity} ${item.documentId}, attempt ${item.attempts + 1}${dead ? ': now a dead letter' : ''}.` })
  await openStore(payload).update('work-items', item.id, {
    attempts, status: dead ? 'dead' : 'pending', leaseUntil: null,
    dueAt: new Date(Date.now() + delay).toISOString(),
    lastError: (error instanceof Error ? error.message : String(error)).slice(0, 2_000),
  }, stillMine(leased))
}
