import type { Payload, Where } from 'payload'
import type { WorkItems } from '../../../config/generated/entities.ts'
import { systemActor } from '../access/actor.ts'
import type { CommandContext } from '../commands/context.ts'
import { transact } from '../commands/transact.ts'
import { isAway, isFull } from '../data/database-faults.ts'
import { openStore } from '../data/open-store.ts'
import { ProblemError } from '../errors.ts'
import type { DomainEvent } from '../platform/plugin.ts'
import { startJobs } from '../jobs/run-jobs.ts'
import { watchWork } from '../operations/watch-command.ts'
import { runApprovalWork } from '../approvals/run-work.ts'
import { approvalHandler } from '../approvals/timers.ts'
import { timerHandler } from '../workflow/timers.ts'
import { freeLeasesOfDead, leaseMilliseconds, mendLateTimes, newLeaseOwner } from './lease.ts'
import { onNudge } from './nudge.ts'

const pollMilliseconds = 1_000
/** What becomes due in this while is taken together. */
const gatherMilliseconds = 50
/** A process that is stopped or killed holds no more than these. */
const leasedAtOnce = 8
/** Then it is looked whether there is something else to do. */
const mostRounds = 6
/** How long an item that waits for an earlier one stays out of the way of others. */
const parkedMilliseconds = 5_000
/** The same for an item that failed for want of the database or of room on the disk. */
const passingMilliseconds = 5_000
const cleanMilliseconds = 3_600_000
const mendMilliseconds = 15_000
/** How long the answer to an idempotency key is kept. */
const keyDays = 30
/** After this many tries an item becomes a dead letter, which a person can see and replay. */
export const mostAttempts = 8

export type Runner = {
  stop(): Promise<void>
  /** Resolves when it has ended: stopped, or because another revision has become the current one. */
  readonly ended: Promise<void>
}

/**
 * Does everything that happens later: events for their handlers and workflow timers. Items are leased, so that any
 * number of processes may run one; the work and the mark "done" are one transaction, so nothing has effect twice.
 */
export function startRunner(payload: Payload): Runner {
  let stopped = false
  let wake: () => void = () => {}
  let cleanAt = Date.now() + cleanMilliseconds
  let mendAt = 0
  onNudge(payload, () => wake())
  const jobs = startJobs(payload)
  const loop = (async () => {
    while (!stopped) {
      let worked = 0
      try {
        // By what no clock that is set can move.
        if (performance.now() >= mendAt) {
          mendAt = performance.now() + mendMilliseconds
          await freeLeasesOfDead(payload)
          await mendLateTimes(payload)
        }
        if (Date.now() >= cleanAt) {
          await forgetOldKeys(payload)
          cleanAt = Date.now() + cleanMilliseconds
        }
        worked = await runDueWork(payload)
      } catch (error) {
        if (isStale(error)) return
        payload.logger.error({ err: error, msg: 'The runner could not look for work; it tries again.' })
      }
      if (stopped) continue
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, worked > 0 ? gatherMilliseconds : pollMilliseconds)
        wake = () => { clearTimeout(timer); setTimeout(resolve, stopped ? 0 : gatherMilliseconds) }
      })
    }
  })()
  return {
    ended: loop,
    async stop() {
      stopped = true
      onNudge(payload, undefined)
      wake()
      await Promise.all([loop, jobs.stop()])
    },
  }
}

/** Does what is due at `now`, which is also the time of what it does. @returns how many items were worked on */
export async function runDueWork(payload: Payload, now?: Date): Promise<number> {
  let worked = 0
  for (let rounds = 0; rounds < mostRounds; rounds++) {
    const leaseOwner = newLeaseOwner()
    const items = await lease(payload, leaseOwner, now)
    for (const item of items) if (await work(payload, { item, leaseOwner, at: now })) worked++
    if (items.length < leasedAtOnce) break
  }
  return worked
}

/**
 * Takes what is due at `at`, several items in one transaction: each would wait for the disk by itself. They are looked for when it is
 * the transaction's turn, since more may have become due while it waited.
 */
async function lease(payload: Payload, leaseOwner: string, now?: Date): Promise<WorkItems[]> {
  const [any] = await openStore(payload).find('work-items', { where: dueAndFree(now), limit: 1 })
  if (!any) return []
  return transact(payload, { actor: systemActor }, async ({ store }) => {
    const leaseUntil = new Date(Date.now() + leaseMilliseconds).toISOString()
    const taken: WorkItems[] = []
    for (const item of await store.find('work-items', { where: dueAndFree(now), sort: ['dueAt', 'id'], limit: leasedAtOnce })) {
      if (await store.update('work-items', item.id, { leaseOwner, leaseUntil }, dueAndFree(now))) taken.push(item)
    }
    return taken
  })
}

function dueAndFree(now = new Date()): Where {
  const at = now.toISOString()
  return { and: [{ status: { equals: 'pending' } }, { dueAt: { less_than_equal: at } }, { or: [{ leaseUntil: { exists: false } }, { leaseUntil: { less_than: at } }] }] }
}

/** Runs until nothing is due any more: for tests, imports and the end of a demo load. */
export async function drainWork(payload: Payload, now?: Date): Promise<void> {
  while ((await runDueWork(payload, now)) > 0);
}

type Leased = { readonly item: WorkItems; readonly leaseOwner: string; readonly at?: Date | undefined }

async function work(payload: Payload, { item, leaseOwner, at }: Leased): Promise<boolean> {
  const store = openStore(payload)
  const isMine: Where = { and: [{ leaseOwner: { equals: leaseOwner } }, { status: { equals: 'pending' } }] }
  if (await isParked(store, item)) {
    await store.update('work-items', item.id, { dueAt: new Date(Date.now() + parkedMilliseconds).toISOString(), leaseUntil: null }, isMine)
    return false
  }
  try {
    await watchWork(item, () => transact(payload, { actor: systemActor, ...(item.event ? { cause: item.event } : {}), ...(at ? { now: at.toISOString() } : {}) }, async (context) => {
      const mine = await context.store.update('work-items', item.id, { status: 'done', leaseUntil: null, attempts: item.attempts + 1, lastError: null }, isMine)
      if (mine) await perform(context, item)
    }))
  } catch (error) {
    if (isStale(error)) throw error
    await postpone(payload, { item, leaseOwner, error })
  }
  return true
}

async function perform(context: CommandContext, item: WorkItems): Promise<void> {
  if (item.handler === timerHandler) return fireTimer(context, item)
  if (item.handler === approvalHandler) return runApprovalWork(context, item)
  const handler = context.platform.handlers.find(({ name }) => name === item.handler)
  if (!handler) throw new Error(`No plugin brings the handler "${item.handler}".`)
  const event = await context.store.require('events', String(item.event))
  await handler.run(context, event as unknown as DomainEvent)
}

/** A timer whose state was left meanwhile was cancelled; one that is due for a version that stayed is sent. */
async function fireTimer(context: CommandContext, item: WorkItems): Promise<void> {
  const { event } = item.data as { event: string }
  await context.send(item.entity, item.documentId, event)
}

/** Events of one document reach a handler in order: while an earlier one is not done, later ones wait. */
async function isParked(store: ReturnType<typeof openStore>, item: WorkItems): Promise<boolean> {
  if (item.kind !== 'event') return false
  const earlier = await store.count('work-items', {
    and: [
      { documentId: { equals: item.documentId } }, { handler: { equals: item.handler } },
      { status: { in: ['pending', 'dead'] } }, { documentVersion: { less_than: item.documentVersion } },
    ],
  })
  return earlier > 0
}

/** Another process works under a newer revision: what is due is its to do. */
const isStale = (error: unknown) => error instanceof ProblemError && error.problem.code === 'staleRevision'

/**
 * Only what is still held: when the lease ran out, another runner may have done the item meanwhile. What the surroundings make fail is no
 * try: it goes on soon after they are well again, and becomes no dead letter.
 */
async function postpone(payload: Payload, { item, leaseOwner, error }: { item: WorkItems; leaseOwner: string; error: unknown }): Promise<void> {
  const isPassing = isAway(error) || isFull(error)
  const attempts = item.attempts + (isPassing ? 0 : 1)
  const dead = attempts >= mostAttempts
  const delay = isPassing ? passingMilliseconds : Math.min(3_600_000, 1_000 * 4 ** Math.min(attempts - 1, 6))
  payload.logger.warn({ err: error, msg: `${item.handler} failed on ${item.entity} ${item.documentId}, attempt ${item.attempts + 1}${dead ? ': now a dead letter' : ''}.` })
  await openStore(payload).update('work-items', item.id, {
    attempts, status: dead ? 'dead' : 'pending', leaseUntil: null,
    dueAt: new Date(Date.now() + delay).toISOString(),
    lastError: (error instanceof Error ? error.message : String(error)).slice(0, 2_000),
  }, { and: [{ leaseOwner: { equals: leaseOwner } }, { status: { equals: 'pending' } }] })
}

/** Answers to idempotency keys are kept for 30 days. */
export async function forgetOldKeys(payload: Payload, now = new Date()): Promise<void> {
  const before = new Date(now.getTime() - keyDays * 86_400_000).toISOString()
  await openStore(payload).remove('idempotency-keys', { at: { less_than: before } })
}

/** Puts a dead letter back to work; in the transaction of `store`, when it has one. @returns whether it still was one */
export async function replayDeadLetter(payload: Payload, id: string, store = openStore(payload)): Promise<boolean> {
  return store.update('work-items', id, { status: 'pending', attempts: 0, dueAt: new Date().toISOString(), leaseUntil: null }, { status: { equals: 'dead' } })
}

