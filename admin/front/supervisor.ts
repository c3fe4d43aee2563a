import type { Revision } from '../../config/language/revision.ts'
import type { PublishRequest } from '../../plugins/core/configuration/publisher.ts'
import type { Welcome } from '../server/parent.ts'
import { ApplicationFailure, type Application, type Launch } from './application.ts'
import type { FrontLog } from './front-log.ts'
import type { WaitingRoom } from './waiting-room.ts'

/** How a replacement went; times in milliseconds. */
export type Replacement = { readonly revision: number; readonly readyMs: number; readonly gapMs: number }

export type Supervisor = {
  /** The first process; throws when it does not start. */
  readonly start: () => Promise<Welcome>
  /** A process for the revision; when it is ready it takes over and the revision is current. Otherwise nothing has changed. */
  readonly publish: (revision: Revision, actor: string) => Promise<Replacement>
  /** A new process for what is current. */
  readonly restart: () => Promise<Replacement>
  /** Who answers now; during a switch the one that takes over, undefined when that takes too long or too many wait. */
  readonly host: () => Application | Promise<Application | undefined>
  /** The one that comes after `stale`, which has refused to write under an old revision. */
  readonly hostAfter: (stale: Application) => Application | Promise<Application | undefined>
  readonly status: () => Status
  readonly current: () => Application | undefined
  readonly stop: () => Promise<void>
}

/** `replacing`: requests wait for a moment; `down`: the process has ended and is being started again. */
export type Status = {
  readonly state: 'starting' | 'serving' | 'replacing' | 'down'
  readonly revision: number | null
  readonly pid: number | null
  readonly waiting: number
  readonly replaced: number
  readonly crashed: number
}

type Inputs = {
  readonly launch: (options: { revision?: Revision; isBeside: boolean } & Pick<Launch, 'onBehind' | 'onPublish'>) => Promise<Application>
  readonly room: WaitingRoom<Application>
  readonly log: FrontLog
}

/** How long requests that the old process has may still take before the new one takes over all the same. */
const drainMilliseconds = 5_000
/** How long answers that are on their way (downloads, event streams) may still take. */
const farewellMilliseconds = 30_000
/** The same when the platform ends. */
const stopMilliseconds = 10_000
const longestPauseMilliseconds = 30_000
/** A process that has lived so long starts again at once when it ends. */
const steadyMilliseconds = 60_000

/** Replaces the application process: start, warm up, hold new requests, let the old one answer, switch, release. */
export function supervise({ launch, room, log }: Inputs): Supervisor {
  let current: Application | undefined
  let state: Status['state'] = 'starting'
  let isStopping = false
  let replaced = 0
  let crashed = 0
  let failures = 0
  let since = 0
  let isFollowing = false
  let queue: Promise<unknown> = Promise.resolve()
  const alive = new Set<Application>()

  const inTurn = <Result>(work: () => Promise<Result>): Promise<Result> => {
    const result = queue.then(work)
    queue = result.catch(() => {})
    return result
  }

  const boot = async (revision?: Revision) => {
    const application = await launch({ ...(revision && { revision }), isBeside: current !== undefined, onBehind: follow, onPublish: publishFor })
    alive.add(application)
    void application.ended.then((how) => {
      alive.delete(application)
      if (application === current) void revive(how)
    })
    if (isStopping) void application.retire(0)
    return application
  }

  const use = (application: Application) => {
    current = application
    state = 'serving'
    since = performance.now()
    room.release(application)
  }

  async function replace(revision?: Revision, actor?: string): Promise<Replacement> {
    const began = performance.now()
    const next = await boot(revision)
    const readyMs = Math.round(performance.now() - began)
    const old = current
    current = undefined
    state = 'replacing'
    const held = performance.now()
    try {
      if (old) await Promise.all([old.quiet(drainMilliseconds), old.rest()])
      await next.activate(actor === undefined ? undefined : { actor })
    } catch (error) {
      void next.retire(0)
      if (old && alive.has(old)) {
        old.resume()
        use(old)
      } else {
        void revive('ended while it was to be replaced')
      }
      throw error
    }
    use(next)
    replaced++
    const gapMs = Math.round(performance.now() - held)
    void old?.retire(farewellMilliseconds)
    log(`Revision ${next.revision} serves, ready after ${readyMs} ms, requests waited ${gapMs} ms.`)
    return { revision: next.revision, readyMs, gapMs }
  }

  /** The process has ended by itself: the same again, with growing pauses when it keeps ending. */
  async function revive(how: string): Promise<void> {
    current = undefined
    if (isStopping) return
    state = 'down'
    crashed++
    failures = performance.now() - since > steadyMilliseconds ? 0 : failures + 1
    for (; !isStopping; failures++) {
      const pause = failures <= 1 ? 0 : Math.min(longestPauseMilliseconds, 500 * 2 ** (failures - 2))
      log(`The application process ended (${how}); it starts again${pause ? ` in ${pause / 1000} s` : ''}.`, 'error')
      if (pause) await new Promise((resolve) => setTimeout(resolve, pause))
      try {
        const next = await boot()
        // A replacement was faster.
        if (state !== 'down') return void next.retire(0)
        await next.activate()
        return state === 'down' ? use(next) : void next.retire(0)
      } catch (error) {
        how = error instanceof Error ? error.message : String(error)
      }
    }
  }

  function follow(behind: Application): void {
    if (behind !== current || isFollowing) return
    isFollowing = true
    log('Another host has published a revision; this one follows.')
    inTurn(async () => { if (behind === current) await replace() })
      .catch((error: Error) => log(`Following failed: ${error.message}`, 'error'))
      .finally(() => { isFollowing = false })
  }

  /** A person has asked the process that answers; it is told when nothing came of it. */
  function publishFor(asker: Application, { base, inputs, actor }: PublishRequest): void {
    inTurn(() => replace({ number: base + 1, inputs }, actor)).catch((error: Error) => {
      log(`Publishing revision ${base + 1} failed: ${error.message}`, 'error')
      asker.unpublished(error instanceof ApplicationFailure ? error : new ApplicationFailure(error.message))
    })
  }

  return {
    async start() {
      const first = await boot()
      const [welcome] = await Promise.all([first.welcome(), first.activate()])
      use(first)
      return welcome
    },
    publish: (revision, actor) => inTurn(() => replace(revision, actor)),
    restart: () => inTurn(() => replace()),
    host: () => current ?? room.enter(),
    hostAfter: (stale) => {
      follow(stale)
      return current && current !== stale ? current : room.enter()
    },
    current: () => current,
    status: () => ({ state, revision: current?.revision ?? null, pid: current?.pid ?? null, waiting: room.waiting(), replaced, crashed }),
    async stop() {
      isStopping = true
      current = undefined
      room.release(undefined)
      await Promise.all([...alive].map((application) => application.retire(stopMilliseconds)))
    },
  }
}
