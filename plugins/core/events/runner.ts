import type { Payload } from 'payload'
import type { WorkItems } from '../../../config/generated/entities.ts'
import { systemActor } from '../access/actor.ts'
import type { CommandContext } from '../commands/context.ts'
import { transact } from '../commands/transact.ts'
import { openStore } from '../data/open-store.ts'
import { runDueDeliveries } from '../deliveries/run-deliveries.ts'
import { sendHeldEmails } from '../email/send-held.ts'
import { ProblemError } from '../errors.ts'
import type { DomainEvent } from '../platform/plugin.ts'
import { startJobs } from '../jobs/run-jobs.ts'
import { watchWork } from '../operations/watch-command.ts'
import { runApprovalWork } from '../approvals/run-work.ts'
import { approvalHandler } from '../approvals/timers.ts'
import { deadlineHandler } from '../workflow/deadlines.ts'
import { fireDeadline } from '../workflow/fire-deadline.ts'
import { timerHandler } from '../workflow/timers.ts'
import { freeLeasesOfDead, mendLateTimes } from './lease.ts'
import { onNudge } from './nudge.ts'
import { leasedAtOnce, putOff, stillMine, takeDue, type Lane, type Leased } from './take-work.ts'

const pollMilliseconds = 1_000
/** What becomes due in this while is taken together. */
const gatherMilliseconds = 50
/** Then it is looked whether there is something else to do. */
const mostRounds = 6
/** How long an item that waits for an earlier one stays out of the way of others. */
const parkedMilliseconds = 5_000
const cleanMilliseconds = 3_600_000
const mendMilliseconds = 15_000
const stopMilliseconds = 2_000
/** How long the answer to an idempotency key is kept. */
const keyDays = 30
export { mostAttempts } from './take-work.ts'

export type Runner = {
  stop(): Promise<void>
  /** Resolves when it has ended: stopped, or because another revision has become the current one. */
  readonly ended: Promise<void>
}

/**
 * Does everything that happens later: events for their handlers, workflow timers, and what leaves for other systems. Items are leased, so that any
 * number of processes may run one; the work and the mark "done" are one transaction, so nothing has effect twice.
 */
export function startRunner(payload: Payload): Runner {
  let stopped = false
  const wakes = new Map<Lane, () => void>()
  let cleanAt = Date.now() + cleanMilliseconds
  let mendAt = 0
  onNudge(payload, () => { for (const wake of wakes.values()) wake() })
  const jobs = startJobs(payload)
  const loop = async (lane: Lane, round: () => Promise<number>) => {
    while (!stopped) {
      let worked = 0
      try {
        worked = await round()
      } catch (error) {
        if (isStale(error)) return
        payload.logger.error({ err: error, msg: 'The runner could not look for work; it tries again.' })
      }
      if (stopped) continue
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, worked > 0 ? gatherMilliseconds : pollMilliseconds)
        wakes.set(lane, () => { clearTimeout(timer); setTimeout(resolve, stopped ? 0 : gatherMilliseconds) })
      })
    }
  }
  let isHeldSent = false
  const inside = loop('work', async () => {
    if (!isHeldSent) {
      await sendHeldEmails(payload)
      isHeldSent = true
    }
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
    return runDueWork(payload)
  })
  const deliveries = loop('deliveries', () => runDueDeliveries(payload))
  return {
    ended: inside,
    async stop() {
      stopped = true
      onNudge(payload, undefined)
      for (const wake of wakes.values()) wake()
      // What a slow receiver has not taken by then is handed over again by whoever comes next.
      const patience = new Promise<void>((resolve) => { setTimeout(resolve, stopMilliseconds).unref() })
      await Promise.all([inside, Promise.race([deliveries, patience]), jobs.stop()])
    },
  }
}

/** Does what is due at `now`, which is also the time of what it does. @returns how many items were worked on */
export async function runDueWork(payload: Payload, now?: Date): Promise<number> {
  let worked = 0
  for (let rounds = 0; rounds < mostRounds; rounds++) {
    const taken = await takeDue(payload, 'work', now)
    for (const leased of taken) if (await work(payload, leased, now)) worked++
    if (taken.length < leasedAtOnce) break
  }
  return worked
}

/** Runs until nothing is due any more: for tests, imports and the end of a demo load. */
export async function drainWork(payload: Payload, now?: Date): Promise<void> {
  while ((await runDueWork(payload, now)) > 0);
}

async function work(payload: Payload, leased: Leased, at?: Date): Promise<boolean> {
  const { item } = leased
  const store = openStore(payload)
  const isMine = stillMine(leased)
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
    await putOff(payload, leased, error)
  }
  return true
}

async function perform(context: CommandContext, item: WorkItems): Promise<void> {
  if (item.handler === timerHandler) return fireTimer(context, item)
  if (item.handler === approvalHandler) return runApprovalWork(context, item)
  if (item.handler === deadlineHandler) return fireDeadline(context, item)
  const handler = context.platform.handlers.find(({ name }) => name === item.handler)
  if (!handler) throw new Error(`No plugin brings the handler "${item.handler}".`)
  const event = await context.store.require('events', String(item.event))
  await handler.run(context, event as unknown as DomainEvent)
}

/** A timer whose state was left meanwhile was cancelled; one that is due for a version that stayed is sent. */
async function fireTimer(context: CommandContext, item: WorkItems): Promise<void> {
  const { event, optional } = item.data as { event: string; optional?: boolean }
  // One that was started by name belongs to no state: where its event is not possible any more, nothing happens.
  if (optional) await context.offer(item.entity, item.documentId, event)
  else await context.send(item.entity, item.documentId, event)
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

/** Answers to idempotency keys are kept for 30 days. */
export async function forgetOldKeys(payload: Payload, now = new Date()): Promise<void> {
  const before = new Date(now.getTime() - keyDays * 86_400_000).toISOString()
  await openStore(payload).remove('idempotency-keys', { at: { less_than: before } })
}

/** Puts a dead letter back to work; in the transaction of `store`, when it has one. @returns whether it still was one */
export async function replayDeadLetter(payload: Payload, id: string, store = openStore(payload)): Promise<boolean> {
  return store.update('work-items', id, { status: 'pending', attempts: 0, dueAt: new Date().toISOString(), leaseUntil: null }, { status: { equals: 'dead' } })
}

