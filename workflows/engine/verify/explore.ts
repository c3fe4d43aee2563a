import type { RecordedStep } from '../replay.ts'
import type { Registry } from '../registry.ts'
import { withAround, type Arrow, type Chart, type ChartState } from './chart.ts'
import { choicesWith, type Choice } from './choices.ts'
import { enter, keyOf as placeOf, step, textOf, type Remembered } from './step.ts'

/** A configuration that can be reached, and by what it was reached first: the shortest way, since the search is breadth-first. */
export type Reached = {
  readonly index: number
  readonly state: string
  readonly leaves: readonly ChartState[]
  readonly memory: Remembered
  readonly link?: Link
}

export type Link = { readonly before: Reached; readonly choice: Choice; readonly state: string }

/** One step of a counter-example; what `replay` takes, and where it begins. */
export type ExampleStep = Required<RecordedStep> & { readonly from: string; readonly to: string }

export type Explored = {
  readonly reached: readonly Reached[]
  /** Those with a lower index were left by every choice there is. */
  readonly expanded: number
  /** Steps between configurations, as pairs of indices; steps that stay are left out. */
  readonly edges: { readonly from: readonly number[]; readonly to: readonly number[] }
  /** First way to take each arrow, by its key; without a link it is taken at the start. */
  readonly taken: ReadonlyMap<string, Link | undefined>
  /** First configuration in which each state is active. */
  readonly entered: ReadonlyMap<ChartState, Reached>
  /** States that are active at least while a step is taken: joins leave some of them at once. */
  readonly passed: ReadonlySet<ChartState>
  /** All was seen. Otherwise what is missing may be anywhere. */
  readonly complete: boolean
}

/** Steps allowed for each configuration of the bound: together they bound the time, the configurations the memory. */
const stepsEach = 40

/**
 * Every configuration – states, and what history states remember – that some events and outcomes of guards lead to, breadth-first, without recursion. Guards are free to
 * hold or not at each step (see `valuations.ts`): more is explored than data will allow, never less.
 */
export function explore(chart: Chart, registry: Registry, limit: number): Explored {
  const choices = choicesWith(registry)
  const start = enter(chart)
  const reached: Reached[] = [{ index: 0, state: textOf(start.leaves), leaves: start.leaves, memory: start.memory }]
  const byState = new Map(reached.map((one) => [placeOf(chart, one), one]))
  const taken = new Map<string, Link | undefined>(start.taken.map((arrow) => [keyOf(arrow), undefined]))
  const entered = new Map<ChartState, Reached>()
  const passed = new Set([...start.passed.flatMap(withAround), ...start.taken.flatMap(({ target }) => (target?.kind === 'history' ? [target] : []))])
  const edges: { from: number[]; to: number[] } = { from: [], to: [] }
  let complete = true
  let steps = 0
  let expanded = 0
  for (const here of reached) {
    note(entered, here)
    if (steps > limit * stepsEach) { complete = false; continue }
    const { list, complete: all } = choices(here.leaves)
    let cut = !all
    for (const choice of list) {
      steps += 1
      const { leaves, taken: arrows, passed: left, memory } = step(chart, here, choice.arrows)
      const state = textOf(leaves)
      const place = placeOf(chart, { leaves, memory })
      const link: Link = { before: here, choice, state }
      for (const arrow of arrows) if (!taken.has(keyOf(arrow))) taken.set(keyOf(arrow), link)
      for (const state of left.flatMap(withAround)) passed.add(state)
      for (const { target } of arrows) if (target?.kind === 'history') passed.add(target)
      let there = byState.get(place)
      if (!there && reached.length < limit) {
        there = { index: reached.length, state, leaves, memory, link }
        byState.set(place, there)
        reached.push(there)
      }
      if (!there) cut = true
      else if (there !== here) {
        edges.from.push(here.index)
        edges.to.push(there.index)
      }
    }
    if (cut) complete = false
    else if (expanded === here.index) expanded += 1
  }
  return { reached, expanded, edges, taken, entered, passed: new Set([...passed, ...entered.keys()]), complete }
}

/** The shortest way to a configuration, or along a step out of one. */
export function wayTo(last: Link | undefined): ExampleStep[] {
  const steps: ExampleStep[] = []
  for (let link = last; link; link = link.before.link) {
    const { before, choice, state } = link
    steps.push({ event: choice.event, guards: choice.verdicts, from: before.state, to: state, state })
  }
  return steps.reverse()
}

function note(entered: Map<ChartState, Reached>, here: Reached): void {
  for (const leaf of here.leaves) {
    for (let around: ChartState | undefined = leaf; around && !entered.has(around); around = around.parent) entered.set(around, here)
  }
}

function keyOf({ candidate }: Arrow): string {
  return candidate.key
}
