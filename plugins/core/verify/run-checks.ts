import type { Payload } from 'payload'
import type { Text } from '../../../config/language/text.ts'
import type { Store } from '../data/store.ts'
import { platformOf } from '../platform/platform.ts'
import type { Check, CheckResult } from '../platform/plugin.ts'
import { coreChecks } from './core-checks.ts'
import { readSnapshot } from '../data/snapshot.ts'
import { skipEmpty } from '../data/skip-empty.ts'
import { snapshotLost } from '../data/snapshot-mongodb.ts'

/** `holds`, `fails`: proved, or proved wrong. `unfinished`: neither, and `unfinished` says why. */
export type CheckOutcome = CheckResult & Pick<Check, 'name' | 'label'> & {
  readonly outcome: 'holds' | 'fails' | 'unfinished'
  readonly unfinished?: Text
  readonly milliseconds: number
}
export type Verification = {
  /** Every check was finished, and every invariant holds. */
  readonly ok: boolean
  /** Checks that found something wrong. */
  readonly failed: number
  /** Checks that could not be finished: what they prove is not known. */
  readonly unfinished: number
  /** UTC ISO: when the snapshot was taken. */
  readonly at: string
  readonly checks: readonly CheckOutcome[]
}

export type VerifyOptions = {
  readonly told?: (outcome: CheckOutcome) => void
  /** UTC ISO: the moment whose state it is, for what was saved earlier; else this moment. */
  readonly now?: string
}

/** Proves every invariant of the platform and of the installed systems on one snapshot of the live database. */
export async function verify(payload: Payload, { told, now }: VerifyOptions = {}): Promise<Verification> {
  const platform = platformOf(payload)
  const at = now ?? new Date().toISOString()
  const outcomes: CheckOutcome[] = []
  await readSnapshot(payload, async (snapshot) => {
    const store = skipEmpty(snapshot)
    for (const check of [...coreChecks(platform, { now: at }), ...platform.checks]) {
      const outcome = await runCheck(check, store)
      outcomes.push(outcome)
      told?.(outcome)
    }
  })
  const countOf = (wanted: CheckOutcome['outcome']) => outcomes.filter(({ outcome }) => outcome === wanted).length
  return { ok: outcomes.every(({ ok }) => ok), failed: countOf('fails'), unfinished: countOf('unfinished'), at, checks: outcomes }
}

/** A check that cannot finish has proved nothing, neither that its invariant holds nor that it does not; the others still run. */
async function runCheck({ name, label, run }: Check, store: Store): Promise<CheckOutcome> {
  const began = Date.now()
  try {
    const { ok, counted, failures } = await run(store)
    return { name, label, ok, outcome: ok ? 'holds' : 'fails', counted, failures, milliseconds: Date.now() - began }
  } catch (error) {
    return { name, label, ok: false, outcome: 'unfinished', unfinished: reasonOf(error), counted: 0, failures: [], milliseconds: Date.now() - began }
  }
}

function reasonOf(error: unknown): Text {
  const said = error instanceof Error ? error.message : String(error)
  if (!snapshotLost(error)) return { en: `Not finished: ${said}`, zh: `未完成：${said}` }
  return {
    en: `Not finished: the database no longer keeps the moment that is proved (${said}). Raise minSnapshotHistoryWindowInSeconds of the MongoDB server, or run it when less is going on.`,
    zh: `未完成：数据库已不再保留所核对时点的数据（${said}）。请调大 MongoDB 服务器的 minSnapshotHistoryWindowInSeconds，或在业务较少时运行。`,
  }
}
