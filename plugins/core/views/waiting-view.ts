import type { PayloadRequest, Where } from 'payload'
import { actorOfRequest } from '../access/collection-hooks.ts'
import { can } from '../access/can.ts'
import { countWaiting } from '../approvals/waiting.ts'
import { openStore } from '../data/open-store.ts'
import { dateIn } from '../engine/dates.ts'
import { platformOf } from '../platform/platform.ts'
import { firmView } from './firm-view.ts'

/** How many documents wait for this person, by entity: one count a work list of the person's roles; `approvals`: those that wait for the person's decision. */
export async function waitingView(req: PayloadRequest): Promise<Readonly<Record<string, number>>> {
  const platform = platformOf(req.payload)
  const actor = await actorOfRequest(req)
  const store = openStore(req.payload)
  const today = dateIn({ zone: (await firmView(store)).timeZone, at: new Date().toISOString() })
  const lists = platform.work.filter(({ roles, entity }) => {
    const definition = platform.entities.get(entity)
    return definition && roles.some((role) => actor.roles.includes(role)) && can(actor, 'read', definition).allowed
  })
  const total = await countWaiting(req.payload, actor)
  const counts: Record<string, number> = total > 0 ? { approvals: total } : {}
  for (const list of lists) {
    const definition = platform.entities.get(list.entity)
    const own: Where[] = definition && can(actor, 'read', definition).own ? [{ owner: { equals: actor.id } }] : []
    const count = await store.count(list.entity, { and: [list.where({ today, userId: actor.id }), ...own] })
    counts[list.entity] = (counts[list.entity] ?? 0) + count
  }
  return counts
}
