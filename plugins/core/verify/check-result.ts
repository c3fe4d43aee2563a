import type { CheckResult } from '../platform/plugin.ts'

/** Collects failures; beyond `mostFailures` they are counted, not kept. */
export function openResult(): { fail(sentence: string): void; count(how?: number): void; result(): CheckResult } {
  const failures: string[] = []
  let counted = 0
  let failed = 0
  return {
    fail(sentence) {
      failed++
      if (failed <= mostFailures) failures.push(sentence)
    },
    count(how = 1) {
      counted += how
    },
    result() {
      const more = failed - failures.length
      return { ok: failed === 0, counted, failures: more > 0 ? [...failures, `… and ${more} more`] : failures }
    },
  }
}

const mostFailures = 200
