import { isInside, type Arrow, type Chart, type ChartState } from './chart.ts'

/** The innermost active states, sorted as in a state's text, and the arrows taken on the way. */
export type Moved = {
  readonly leaves: readonly ChartState[]
  readonly taken: readonly Arrow[]
  /** Innermost states that joins left again at once. */
  readonly passed: readonly ChartState[]
  readonly memory: Remembered
}

/** What history states remember: the states in which the one around them was left. Never changed, only replaced. */
export type Remembered = ReadonlyMap<ChartState, readonly ChartState[]>

/** Where a new document begins, with the joins that are done at once. */
export function enter(chart: Chart): Moved {
  const entered = new Set<ChartState>()
  if (chart.root.initial) {
    entered.add(chart.root.initial)
    enterInside(entered, chart.root.initial)
  }
  return settle({ chart, before: [], first: entered, arrows: [], memory: new Map() })
}

/**
 * What taking arrows does to the active states, joins included. It says of states what XState does, without snapshots and
 * effects, some hundred times faster; a property test holds the two together.
 */
export function step(chart: Chart, { leaves, memory }: Pick<Moved, 'leaves' | 'memory'>, arrows: readonly Arrow[]): Moved {
  const kept = remember(chart, { leaves, memory }, arrows)
  return settle({ chart, before: leaves, first: entrySet(arrows, kept), arrows, memory: kept })
}

/** As in SCXML: when a state is left, its history states take note of what was active in it. */
function remember({ histories }: Chart, { leaves, memory }: Pick<Moved, 'leaves' | 'memory'>, arrows: readonly Arrow[]): Remembered {
  let kept: Map<ChartState, readonly ChartState[]> | undefined
  for (const history of histories) {
    const around = history.parent
    if (!around || !arrows.some(({ domain }) => domain && isInside(around, domain))) continue
    const inside = leaves.filter((leaf) => isInside(leaf, around))
    if (inside.length === 0) continue
    const left = history.node?.definition.history === 'deep' ? inside : around.children.filter((child) => inside.some((leaf) => leaf === child || isInside(leaf, child)))
    kept ??= new Map(memory)
    kept.set(history, byPath(left))
  }
  return kept ?? memory
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

const byPath = (states: readonly ChartState[]): readonly ChartState[] => (states.length > 1 ? [...states].sort((a, b) => (a.path < b.path ? -1 : 1)) : states)

/** Tells configurations apart that differ in what is remembered alone. */
export function keyOf(chart: Chart, { leaves, memory }: Pick<Moved, 'leaves' | 'memory'>): string {
  return memory.size === 0 ? textOf(leaves) : [textOf(leaves), ...chart.histories.map((history) => textOf(memory.get(history) ?? []))].join(' ')
}

function conflict({ domain: one }: Arrow, { domain: other }: Arrow): boolean {
  return one !== undefined && other !== undefined && (one === other || isInside(one, other) || isInside(other, one))
}

type Settling = { readonly chart: Chart; readonly before: readonly ChartState[]; readonly first: ReadonlySet<ChartState>; readonly arrows: readonly Arrow[]; readonly memory: Remembered }

function settle({ chart, before, first, arrows, memory: known }: Settling): Moved {
  let leaves = before
  let memory = known
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
    memory = remember(chart, { leaves, memory }, left)
    entered = entrySet(left, memory)
  }
  return { leaves: byPath(leaves), taken, passed, memory }
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

function entrySet(arrows: readonly Arrow[], memory: Remembered): Set<ChartState> {
  const entered = new Set<ChartState>()
  for (const { target, domain } of arrows) {
    if (!target || !domain) continue
    const targets = target.kind === 'history' ? memory.get(target) ?? [target.first ?? target] : [target]
    for (const state of targets) {
      entered.add(state)
      enterInside(entered, state)
    }
    for (const state of targets) enterAround(entered, state, domain)
  }
  return entered
}

function enterAround(entered: Set<ChartState>, state: ChartState, domain: ChartState): void {
  for (let around = state.parent; around; around = around.parent) {
    if (around !== domain) entered.add(around)
    if (around.kind === 'parallel') enterRegions(entered, around)
    if (around === domain) break
  }
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
