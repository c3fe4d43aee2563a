import type { Payload } from 'payload'
import type { Store } from '../data/store.ts'
import { platformOf } from '../platform/platform.ts'
import type { Check, CheckResult } from '../platform/plugin.ts'
import { coreChecks } from './core-checks.ts'
import { readSnapshot } from '../data/snapshot.ts'

export type CheckOutcome = CheckResult & Pick<Check, 'name' | 'label'> & { readonly milliseconds: number }
export type Verification = {
  readonly ok: boolean
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
  await readSnapshot(payload, async (store) => {
    for (const check of [...coreChecks(platform, { now: at }), ...platform.checks]) {
      const outcome = await runCheck(check, store)
      outcomes.push(outcome)
      told?.(outcome)
    }
  })
  return { ok: outcomes.every(({ ok }) => ok), at, checks: outcomes }
}

/** A check that cannot finish has proved nothing: it counts as failed, and the others still run. */
async function runCheck({ name, label, run }: Check, store: Store): Promise<CheckOutcome> {
  const began = Date.now()
  try {
    const { ok, counted, failures } = await run(store)
    return { name, label, ok, counted, failures, milliseconds: Date.now() - began }
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error)
    return { name, label, ok: false, counted: 0, failures: [`The check did not finish: ${reason}`], milliseconds: Date.now() - began }
  }
}
