import type { Payload, Where } from 'payload'
import { openStore } from '../data/open-store.ts'

export type WorkState = {
  /** Waiting and due. */
  readonly due: number
  /** Due for more than five minutes. */
  readonly overdue: number
  readonly dead: number
  /** Failed, and will be tried again later. */
  readonly retrying: number
  /** How long the oldest due piece has waited. */
  readonly lagSeconds: number
}

const overdueMilliseconds = 5 * 60_000

/** How the runners keep up, in five questions to the database. */
export async function workState(payload: Payload): Promise<WorkState> {
  const store = openStore(payload)
  const now = Date.now()
  const dueAt = (before: number): Where => ({ and: [{ status: { equals: 'pending' } }, { dueAt: { less_than: new Date(before).toISOString() } }] })
  const [due, overdue, dead, retrying, [oldest]] = await Promise.all([
    store.count('work-items', dueAt(now)), store.count('work-items', dueAt(now - overdueMilliseconds)), store.count('work-items', { status: { equals: 'dead' } }),
    store.count('work-items', { and: [{ status: { equals: 'pending' } }, { lastError: { exists: true } }, { dueAt: { greater_than_equal: new Date(now).toISOString() } }] }),
    store.find('work-items', { where: dueAt(now), sort: 'dueAt', limit: 1 }),
  ])
  return { due, overdue, dead, retrying, lagSeconds: oldest ? Math.max(0, Math.round((now - Date.parse(oldest.dueAt)) / 1000)) : 0 }
}
