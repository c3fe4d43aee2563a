import { isInside, type Arrow, type Chart, type ChartState } from './chart.ts'

/** The innermost active states, sorted as in a state's text, and the arrows taken on the way. */
export type Moved = {
  readonly leaves: readonly ChartState[]
  readonly taken: readonly Arrow[]
  /** Innermost states that joins left again at once. */
  readonly passed: readonly ChartState[]
}

/** Where a new document begins, with the joins that are done at once. */
export function enter(chart: Chart): Moved {
  const entered = new Set<ChartState>()
  if (chart.root.initial) {
    entered.add(chart.root.initial)
    enterInside(entered, chart.root.initial)
  }
  return settle([], entered, [])
}

/**
 * What taking arrows does to the active states, joins included. It says of states what XState does, without snapshots and
 * effects, some hundred times faster; a property test holds the two together.
 */
export function step(leaves: readonly ChartState[], arrows: readonly Arrow[]): Moved {
  return settle(leaves, entrySet(arrows), arrows)
}

/** Of arrows that leave the same states only the first is taken: `arrows` in the order of the state's text. */
export function withoutConflicts(arrows: readonly Arrow[]): Arrow[] {
  const kept: Arrow[] = []
  for (const arrow of arrows) if (!kept.some((other) => conflict(arrow, other))) kept.push(arrow)
  return kept
}

export function textOf(leaves: readonly ChartState[]): string {
  return leaves.map(({ path }) => path).join('|')
}

function conflict({ domain: one }: Arrow, { domain: other }: Arrow): boolean {
  return one !== undefined && other !== undefined && (one === other || isInside(one, other) || isInside(other, one))
}

function settle(before: readonly ChartState[], first: ReadonlySet<ChartState>, arrows: readonly Arrow[]): Moved {
  let leaves = before
  const taken = [...arrows]
  const done: ChartState[] = []
  const passed: ChartState[] = []
  for (let entered = first, left = arrows; ; ) {
    const active = new Set(leaves.filter((leaf) => !left.some(({ domain }) => domain && isInside(leaf, domain))))
    const over = activate(active, entered, done)
    leaves = [...active]
    if (over) break
    const join = nextJoin(done, leaves)
    if (!join) break
    taken.push(join)
    passed.push(...leaves)
    left = [join]
    entered = entrySet(left)
  }
  return { leaves: leaves.length > 1 ? [...leaves].sort((a, b) => (a.path < b.path ? -1 : 1)) : leaves, taken, passed }
}

/** Adds what is entered and queues what is thereby done; true when the life of the document is over. */
function activate(active: Set<ChartState>, entered: ReadonlySet<ChartState>, done: ChartState[]): boolean {
  const completed = new Set<ChartState>()
  let over = false
  for (const state of entered.size > 1 ? [...entered].sort((a, b) => a.id - b.id) : entered) {
    if (state.children.length > 0) continue
    active.add(state)
    const { parent } = state
    if (state.kind !== 'final' || !parent) continue
    let around = parent.kind === 'parallel' ? parent : parent.parent
    if (parent.kind === 'compound') done.push(parent)
    for (; around?.kind === 'parallel' && !completed.has(around) && isDone(around, active); around = around.parent) {
      completed.add(around)
      done.push(around)
    }
    if (!around) over = true
  }
  return over
}

function nextJoin(done: ChartState[], leaves: readonly ChartState[]): Arrow | undefined {
  for (let state = done.shift(); state; state = done.shift()) {
    const { join } = state
    if (join && leaves.some((leaf) => isInside(leaf, join.source))) return join
  }
  return undefined
}

function isDone(state: ChartState, active: ReadonlySet<ChartState>): boolean {
  if (state.kind === 'compound') return state.children.some((child) => child.kind === 'final' && active.has(child))
  if (state.kind === 'parallel') return state.children.every((child) => isDone(child, active))
  // Regions are entered together, so that a region that is itself final is or will be active.
  return state.kind === 'final'
}

function entrySet(arrows: readonly Arrow[]): Set<ChartState> {
  const entered = new Set<ChartState>()
  for (const { target, domain } of arrows) {
    if (!target || !domain) continue
    entered.add(target)
    enterInside(entered, target)
    for (let around = target.parent; around; around = around.parent) {
      if (around !== domain) entered.add(around)
      if (around.kind === 'parallel') enterRegions(entered, around)
      if (around === domain) break
    }
  }
  return entered
}

function enterInside(entered: Set<ChartState>, state: ChartState): void {
  if (state.kind === 'parallel') enterRegions(entered, state)
  if (!state.initial) return
  entered.add(state.initial)
  enterInside(entered, state.initial)
}

/** Regions in which nothing is entered yet begin at their start. */
function enterRegions(entered: Set<ChartState>, state: ChartState): void {
  for (const child of state.children) {
    let within = false
    for (const other of entered) if (isInside(other, child)) { within = true; break }
    if (within) continue
    entered.add(child)
    enterInside(entered, child)
  }
}
