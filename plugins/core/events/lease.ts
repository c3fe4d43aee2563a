import { randomUUID } from 'node:crypto'
import type { Payload, Where } from 'payload'
import { isDead, ownMark } from '../data/dead-process.ts'
import { openStore } from '../data/open-store.ts'

/** How long what was taken to be worked on stays with who took it: when its process ends, another takes it up after that. */
export const leaseMilliseconds = 60_000

/** Names one lease, and the process that holds it. */
export function newLeaseOwner(): string {
  const { host, pid, started } = ownMark()
  return [host, pid, started, randomUUID()].join('|')
}

/** What processes of this host have held that live no more is free at once, instead of when its lease is over. */
export async function freeLeasesOfDead(payload: Payload): Promise<void> {
  const store = openStore(payload)
  const now = new Date().toISOString()
  for (const [entity, status] of [['work-items', 'pending'], ['background-jobs', 'running']] as const) {
    for (const { id, leaseOwner } of await store.find(entity, { where: { and: [{ status: { equals: status } }, { leaseUntil: { greater_than: now } }] } })) {
      const [host = '', pid, started] = (leaseOwner ?? '').split('|')
      if (!leaseOwner || !isDead({ host, pid: Number(pid), started: Number(started) })) continue
      await store.update(entity, id, { leaseUntil: now }, { and: [{ leaseOwner: { equals: leaseOwner } }, { status: { equals: status } }] })
    }
  }
}

/** Later than an item that was never tried is ever put off, and than one that was (see `postpone` of the runner). */
const untriedMilliseconds = 10_000
const triedMilliseconds = 3_600_000 + untriedMilliseconds
const leaseSlackMilliseconds = 10_000
/** A job that lives renews its lease several times in this. */
const jobSlackMilliseconds = 4 * leaseMilliseconds

/**
 * What a clock that was set back has left: work that is put off, and leases that are held, for longer than anything ever is, counted
 * from the present time. Timers are not touched: they are of a date.
 */
export async function mendLateTimes(payload: Payload): Promise<void> {
  const store = openStore(payload)
  const now = Date.now()
  const after = (milliseconds: number) => ({ greater_than: new Date(now + milliseconds).toISOString() })
  const at = new Date(now).toISOString()
  const pending: Where = { status: { equals: 'pending' } }
  const putOff: Where = { and: [pending, { kind: { in: ['event', 'delivery'] } }, { or: [{ and: [{ attempts: { equals: 0 } }, { dueAt: after(untriedMilliseconds) }] }, { dueAt: after(triedMilliseconds) }] }] }
  for (const { id, dueAt } of await store.find('work-items', { where: putOff, limit: 500 })) await store.update('work-items', id, { dueAt: at }, { and: [pending, { dueAt: { equals: dueAt } }] })
  for (const { id, leaseOwner } of await store.find('work-items', { where: { and: [pending, { leaseUntil: after(leaseMilliseconds + leaseSlackMilliseconds) }] }, limit: 500 })) {
    await store.update('work-items', id, { leaseUntil: at }, { and: [pending, { leaseOwner: { equals: leaseOwner } }] })
  }
  const jobs: Where = { or: [{ and: [{ status: { equals: 'waiting' } }, { dueAt: after(untriedMilliseconds) }] }, { and: [{ status: { equals: 'running' } }, { leaseUntil: after(leaseMilliseconds + jobSlackMilliseconds) }] }] }
  for (const { id, status } of await store.find('background-jobs', { where: jobs, limit: 500 })) {
    await store.update('background-jobs', id, status === 'waiting' ? { dueAt: at } : { leaseUntil: at }, { status: { equals: status } })
  }
}
