import type { Payload, Where } from 'payload'
import type { BackgroundJobs } from '../../../config/generated/entities.ts'
import type { Json } from '../../../config/language/text.ts'
import { systemActor } from '../access/actor.ts'
import { newId } from '../commands/context.ts'
import { transact } from '../commands/transact.ts'
import { openStore } from '../data/open-store.ts'
import type { Store } from '../data/store.ts'
import { leaseMilliseconds, newLeaseOwner } from '../events/lease.ts'
import { observeJob } from '../operations/metrics.ts'
import { newContext, withRequestContext } from '../operations/request-context.ts'
import { platformOf } from '../platform/platform.ts'
import { unfinished } from './job-kind.ts'

const renewMilliseconds = 20_000
const pollMilliseconds = 2_000
/** A job whose process has ended so often is not tried again: it may be what ends the process. */
const mostAttempts = 3
const keptDays = 90

export type JobRunner = { readonly stop: () => Promise<void> }

/**
 * Does what is due beside everything else, jobs of one kind one after the other: a long import holds up the next import, not
 * the backup. Any number of processes may.
 */
export function startJobs(payload: Payload): JobRunner {
  const stopping = new AbortController()
  const { signal } = stopping
  const lanes = new Map<string, Promise<void>>()
  let wake: () => void = () => {}
  const guarded = (work: Promise<unknown>) => work.catch((error: unknown) => {
    if (!signal.aborted) payload.logger.error({ err: error, msg: 'Background jobs could not be looked for; it is tried again.' })
  })
  const open = (kind: string) => {
    const work = async () => {
      while (!signal.aborted && (await runDueJobs(payload, signal, kind)) > 0);
    }
    lanes.set(kind, guarded(work()).then(() => { lanes.delete(kind) }))
  }
  wakers.set(payload, () => wake())
  const loop = (async () => {
    while (!signal.aborted) {
      await guarded(planJobs(payload, new Date()))
      for (const kind of platformOf(payload).jobs.keys()) if (!lanes.has(kind) && !signal.aborted) open(kind)
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, pollMilliseconds)
        wake = () => { clearTimeout(timer); resolve() }
        if (signal.aborted) wake()
      })
    }
  })()
  return {
    async stop() {
      stopping.abort()
      wakers.delete(payload)
      wake()
      await loop
      await Promise.all(lanes.values())
    },
  }
}

const wakers = new WeakMap<Payload, () => void>()

export type NewJob = {
  readonly kind: string
  readonly actor: string
  readonly input?: Json
  /** What it is about, where there may be one job of the kind for each. */
  readonly subject?: string
}

/** @returns its id; of one of its kind (and subject) that is waiting or running already, that one's */
export async function addJob(payload: Payload, job: NewJob): Promise<string> {
  const id = await transact(payload, { actor: systemActor }, ({ store, now }) => addJobWithin(store, job, now))
  wakers.get(payload)?.()
  return id
}

/** The same as a part of a command's transaction; it is seen to within seconds of its end. */
export async function addJobWithin(store: Store, { kind, actor, input, subject }: NewJob, now: string): Promise<string> {
  const alike: Where[] = [{ kind: { equals: kind } }, { status: { in: ['waiting', 'running'] } }, ...(subject === undefined ? [] : [{ subject: { equals: subject } }])]
  const open = await store.findOne('background-jobs', { and: alike })
  if (open) return open.id
  const id = newId()
  await store.insert('background-jobs', { id, key: `${kind}:${id}`, kind, status: 'waiting', dueAt: now, attempts: 0, actor, input: input ?? {}, subject: subject ?? null })
  return id
}

/** Lets this process look for jobs at once. */
export const wakeJobs = (payload: Payload): void => wakers.get(payload)?.()

/** Puts down what begins by itself: one a period, whichever process comes first. */
export async function planJobs(payload: Payload, now: Date): Promise<void> {
  for (const { name, every } of platformOf(payload).jobs.values()) {
    const milliseconds = every?.(payload)
    if (!milliseconds) continue
    const period = new Date(Math.floor(now.getTime() / milliseconds) * milliseconds).toISOString()
    const key = `${name}:${period}`
    if (await openStore(payload).findOne('background-jobs', { key: { equals: key } })) continue
    await transact(payload, { actor: systemActor }, async ({ store }) => {
      if (await store.findOne('background-jobs', { key: { equals: key } })) return
      await store.insert('background-jobs', { id: newId(), key, kind: name, status: 'waiting', dueAt: now.toISOString(), attempts: 0, actor: systemActor.id, input: { scheduled: true } })
      await store.remove('background-jobs', { endedAt: { less_than: new Date(now.getTime() - keptDays * 86_400_000).toISOString() } })
    })
  }
}

/** @returns how many were worked on; of one kind, or of all */
export async function runDueJobs(payload: Payload, signal: AbortSignal = new AbortController().signal, kind?: string): Promise<number> {
  const now = new Date().toISOString()
  const due = await openStore(payload).find('background-jobs', {
    where: {
      and: [
        ...(kind === undefined ? [] : [{ kind: { equals: kind } }]),
        {
          or: [
            { and: [{ status: { equals: 'waiting' } }, { dueAt: { less_than_equal: now } }] },
            { and: [{ status: { equals: 'running' } }, { leaseUntil: { less_than: now } }] },
          ],
        },
      ],
    }, sort: ['dueAt', 'id'], limit: 10,
  })
  let worked = 0
  for (const job of due) {
    if (!signal.aborted && (await withRequestContext(newContext(`work:${job.id}`), () => work(payload, job, signal)))) worked++
  }
  return worked
}

async function work(payload: Payload, job: BackgroundJobs, stopping: AbortSignal): Promise<boolean> {
  const store = openStore(payload)
  const owner = newLeaseOwner()
  const began = new Date()
  const until = () => new Date(Date.now() + leaseMilliseconds).toISOString()
  const taken = await store.update('background-jobs', job.id, { status: 'running', leaseOwner: owner, leaseUntil: until(), startedAt: began.toISOString(), attempts: job.attempts + 1, error: null },
    { and: [{ status: { equals: job.status } }, { attempts: { equals: job.attempts } }] })
  if (!taken) return false
  const mine = { leaseOwner: { equals: owner } }
  const end = (changes: Partial<BackgroundJobs>) => store.update('background-jobs', job.id, { endedAt: new Date().toISOString(), leaseUntil: null, ...changes }, mine)
  const kind = platformOf(payload).jobs.get(job.kind)
  const giveUp = async (error: unknown) => {
    await end({ status: 'failed', error: (error instanceof Error ? error.message : String(error)).slice(0, 2_000) })
    await kind?.gaveUp?.(payload, (job.input ?? {}) as Json, error)
  }
  if (job.attempts >= mostAttempts) {
    await giveUp(new Error(`The process ended ${mostAttempts} times while it was at it: see the log of the server.`))
    return true
  }
  const lost = new AbortController()
  const renewal = setInterval(() => {
    store.update('background-jobs', job.id, { leaseUntil: until() }, mine).then((held) => { if (!held) lost.abort() }, () => { /* Tried again at the next turn. */ })
  }, renewMilliseconds)
  try {
    if (!kind) throw new Error(`No plugin brings the job "${job.kind}".`)
    const running = {
      payload, input: (job.input ?? {}) as Json, signal: AbortSignal.any([stopping, lost.signal]),
      told: (job.result ?? null) as Json | null, tell: async (told: Json) => { if (!(await store.update('background-jobs', job.id, { result: told }, mine))) lost.abort() },
    }
    const result = await observeJob(job.kind, () => kind.run(running))
    // To the end of the queue; that it got so far also ends the count of processes that ended under it.
    await end(result === unfinished ? { status: 'waiting', dueAt: new Date().toISOString(), endedAt: null, attempts: 0 } : { status: 'done', result })
  } catch (error) {
    if (stopping.aborted) {
      // Given back: no attempt of its own has failed.
      await end({ status: 'waiting', endedAt: null, attempts: job.attempts })
    } else if (!lost.signal.aborted) {
      payload.logger.error({ err: error, job: { kind: job.kind, id: job.id, subject: job.subject }, msg: `The background job ${job.kind} failed.` })
      await giveUp(error)
    }
  } finally {
    clearInterval(renewal)
  }
  return true
}
