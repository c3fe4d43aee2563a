import type { ClockShift } from './store.ts'

type Fork<Part> = { readonly until: string; readonly before: Part; readonly after: Part }

/** The question which shift a moment belongs to, as a tree: some comparisons for each row instead of one for every time a clock was set. */
export function halved<Part>(shifts: readonly ClockShift[], leaf: (shift: ClockShift) => Part, fork: (fork: Fork<Part>) => Part): Part {
  const middle = Math.floor(shifts.length / 2)
  const until = shifts[middle - 1]?.until
  if (!until) return leaf(shifts[0] ?? { until: null, minutes: 0 })
  return fork({ until, before: halved(shifts.slice(0, middle), leaf, fork), after: halved(shifts.slice(middle), leaf, fork) })
}
