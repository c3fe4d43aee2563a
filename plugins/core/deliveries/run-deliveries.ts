import type { Payload } from 'payload'
import { systemActor } from '../access/actor.ts'
import { transact } from '../commands/transact.ts'
import { stillMine, takeDue, putOff, type Leased } from '../events/take-work.ts'
import { watchWork } from '../operations/watch-command.ts'
import { platformOf } from '../platform/platform.ts'
import { InVain } from './in-vain.ts'

/** Hands over what is due, several at once: a slow receiver holds up nobody else. @returns how many were tried */
export async function runDueDeliveries(payload: Payload, now?: Date): Promise<number> {
  const taken = await takeDue(payload, 'deliveries', now)
  await Promise.all(taken.map((leased) => handOver(payload, leased)))
  return taken.length
}

/** Until nothing is due any more. */
export async function drainDeliveries(payload: Payload, now?: Date): Promise<void> {
  while ((await runDueDeliveries(payload, now)) > 0);
}

async function handOver(payload: Payload, leased: Leased): Promise<void> {
  const { item } = leased
  try {
    const delivery = platformOf(payload).deliveries.get(item.handler)
    if (!delivery) throw new Error(`No plugin brings the delivery "${item.handler}".`)
    await watchWork(item, async () => {
      const result = await asOwnFault(() => delivery.deliver(payload, item))
      await transact(payload, { actor: systemActor, ...(item.event ? { cause: item.event } : {}) }, async (context) => {
        const mine = await context.store.update('work-items', item.id, { status: 'done', leaseUntil: null, attempts: item.attempts + 1, lastError: null }, stillMine(leased))
        if (mine) await delivery.delivered?.(context, item, result)
      })
    })
  } catch (error) {
    await putOff(payload, leased, error)
  }
}

/** A receiver that cannot be reached must not be taken for a database that cannot: the fault has no code of its own any more. */
async function asOwnFault<Result>(deliver: () => Promise<Result>): Promise<Result> {
  try {
    return await deliver()
  } catch (error) {
    if (error instanceof InVain) throw error
    throw new Error(error instanceof Error ? error.message || String((error as { code?: unknown }).code) : String(error))
  }
}
