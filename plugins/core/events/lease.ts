import { randomUUID } from 'node:crypto'
import type { Payload } from 'payload'
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
