import type { Store } from '../data/store.ts'
import type { CheckResult } from '../platform/plugin.ts'
import { openResult } from './check-result.ts'

/** A busy runner may be late by this much before something is wrong. */
export const patienceMinutes = 15

/** Events for handlers and timers are worked off in time, or stand in the dead letters where a person sees them. */
export async function workOnTime(store: Store, { now }: { readonly now: string }): Promise<CheckResult> {
  const { fail, count, result } = openResult()
  count(await store.count('work-items'))
  const limit = new Date(Date.parse(now) - patienceMinutes * 60_000).toISOString()
  const late = await store.find('work-items', {
    where: { and: [{ status: { equals: 'pending' } }, { dueAt: { less_than: limit } }] }, sort: 'dueAt', limit: 1_000,
  })
  for (const { handler, entity, documentId, dueAt } of late) fail(`${handler} for ${entity} ${documentId} has been due since ${dueAt}. Is a runner working (\`npm run up\`)?`)
  return result()
}
