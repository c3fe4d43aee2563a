import type { Asked } from './grouped.ts'
import { groupedSums } from './grouped.ts'

/** How documents stand in a state: where it jams. */
export type StateAges = {
  /** Whole days that half of them have been there. */
  readonly medianDays: number
  readonly oldestDays: number
  /** How many are past their deadline. */
  readonly overdue: number
}

/** By the key of a state's column, in two grouped queries however many documents: counted by the day on which they came (of UTC), and those past their deadline. */
export async function stateAges(asked: Asked, { keyOf, at, ends }: { readonly keyOf: (state: string) => string; readonly at: string; /** States that are not looked at. */ readonly ends: readonly string[] }): Promise<ReadonlyMap<string, StateAges>> {
  const state = 'workflow.state'
  const since = 'workflow.since'
  // Most documents have come to their end: they are left out before they are counted.
  const base = [...asked.base, ...(ends.length > 0 ? [{ [state]: { not_in: [...ends] } }] : [])]
  const [days, late] = await Promise.all([
    groupedSums({ ...asked, base: [...base, { [since]: { exists: true } }] }, { groupBy: [state, since], fields: [], days: { field: since, shifts: [{ until: null, minutes: 0 }] } }),
    groupedSums({ ...asked, base: [...base, { 'workflow.due': { less_than: at } }] }, { groupBy: [state], fields: [] }),
  ])
  const today = Date.parse(at.slice(0, 10))
  const ages = new Map<string, { readonly age: number; readonly count: number }[]>()
  for (const group of days) {
    const key = keyOf(String(group[state] ?? ''))
    ages.set(key, [...(ages.get(key) ?? []), { age: Math.max(0, Math.round((today - Date.parse(String(group[since]))) / 86_400_000)), count: Number(group.count) }])
  }
  const overdue = new Map<string, number>()
  for (const group of late) {
    const key = keyOf(String(group[state] ?? ''))
    overdue.set(key, (overdue.get(key) ?? 0) + Number(group.count))
  }
  return new Map([...ages].map(([key, groups]) => [key, { medianDays: medianOf(groups), oldestDays: Math.max(...groups.map(({ age }) => age)), overdue: overdue.get(key) ?? 0 }]))
}

function medianOf(groups: readonly { readonly age: number; readonly count: number }[]): number {
  const total = groups.reduce((sum, { count }) => sum + count, 0)
  let passed = 0
  for (const { age, count } of groups.toSorted((a, b) => a.age - b.age)) {
    passed += count
    if (passed * 2 >= total) return age
  }
  return 0
}
