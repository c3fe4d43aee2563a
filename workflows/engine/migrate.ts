import { canonicalJson } from './canonical.ts'
import type { CompiledWorkflow } from './compile.ts'
import { timersOf, type Deadline, type Effects, type Timer } from './machine.ts'
import { withAncestors, type StateNode } from './nodes.ts'
import { canRemember, knownMemory, type Memory } from './memory.ts'
import { replay, type RecordedStep, type Replay } from './replay.ts'
import { alikeState } from './targets.ts'

/** Old state → state of the other version, for those that it does not have under their name. */
export type StateMap = Readonly<Record<string, string>>

/**
 * What becomes of a document in a state when its workflow gets another version. `safe`: that has the state. `mappable`: the map says which it
 * stands in then. `staying`: neither; it goes on under the version it runs under.
 */
export type Fate = { readonly kind: 'safe' | 'mappable'; readonly to: string } | { readonly kind: 'staying' }

/** The map comes first: whoever has said where documents of a state go means it. */
export function fateOf(target: CompiledWorkflow, state: string, map: StateMap = {}): Fate {
  const mapped = Object.hasOwn(map, state) ? map[state] : undefined
  if (mapped !== undefined && mapped !== state) return target.configuration(mapped) ? { kind: 'mappable', to: mapped } : { kind: 'staying' }
  return target.configuration(state) ? { kind: 'safe', to: state } : { kind: 'staying' }
}

/**
 * What of a document's memory another version can use: states that it has, or that the map names instead. What is left is forgotten, and
 * history states then lead to their default target.
 */
export function memoryUnder(target: CompiledWorkflow, memory: Memory | undefined, map: StateMap = {}): Memory | undefined {
  if (!memory) return undefined
  const carried = Object.entries(memory).flatMap(([path, state]) => {
    const history = target.nodes.get(path)
    const mapped = mappedInside(map, state, history)
    return history && mapped !== undefined && canRemember(target.nodes, history, mapped) ? [[path, mapped] as const] : []
  })
  return knownMemory(target.nodes, Object.fromEntries(carried))
}

/** A shallow memory names a state around those that the map speaks of: these lead to the state that is remembered instead, if they agree. */
function mappedInside(map: StateMap, state: string, history: StateNode | undefined): string | undefined {
  if (Object.hasOwn(map, state)) return within(map[state], history)
  const inside = Object.entries(map).filter(([from]) => from.split('|').every((path) => path.startsWith(`${state}.`)))
  const leads = new Set(inside.map(([, to]) => within(to, history)))
  return leads.size === 1 && history?.definition.history !== 'deep' ? [...leads][0] : state
}

/** The states that the map names, as deep as the history state remembers. */
function within(to: string | undefined, history: StateNode | undefined): string | undefined {
  const depth = history?.definition.history === 'deep' ? undefined : history?.path.split('.').length
  return to === undefined ? undefined : [...new Set(to.split('|').map((path) => path.split('.').slice(0, depth).join('.')))].sort().join('|')
}

/** What runs and waits in a state: its timers, deadlines and open approvals, with those of the states around it. */
export function presentIn(compiled: CompiledWorkflow, state: string): { readonly timers: readonly Timer[]; readonly deadlines: readonly Deadline[]; readonly approvals: readonly string[] } {
  const active = [...new Set((compiled.configuration(state)?.innermost ?? []).flatMap(withAncestors))]
  return {
    timers: active.flatMap(timersOf), deadlines: active.flatMap(({ path, definition: { sla } }) => (sla ? [{ key: path, sla }] : [])),
    approvals: active.filter(({ definition }) => definition.approval !== undefined).map(({ path }) => path),
  }
}

export type Moving = { readonly from: { readonly compiled: CompiledWorkflow; readonly state: string }; readonly to: { readonly compiled: CompiledWorkflow; readonly state: string } }

/** What has to be ended and begun for a document that is moved. A timer or deadline that both versions have goes on as it is, and so does an approval of a state that it stays in. */
export function moveEffects({ from, to }: Moving): Pick<Effects, 'timers' | 'deadlines' | 'approvals'> {
  const [before, after] = [presentIn(from.compiled, from.state), presentIn(to.compiled, to.state)]
  const without = <Running extends { readonly key: string }>(these: readonly Running[], others: readonly Running[]) => these.filter((one) => !others.some((other) => canonicalJson(other) === canonicalJson(one)))
  const differing = <Running extends { readonly key: string }>(old: readonly Running[], now: readonly Running[]) => ({ cancel: without(old, now).map(({ key }) => key), start: without(now, old) })
  const [close, open] = [before.approvals.filter((path) => !after.approvals.includes(path)), after.approvals.filter((path) => !before.approvals.includes(path))]
  return {
    timers: differing(before.timers, after.timers), deadlines: differing(before.deadlines, after.deadlines),
    ...(close.length + open.length > 0 && { approvals: { open, close } }),
  }
}

/**
 * Takes a history again under another version, in memory, with the map in place of states that it does not have. It begins where the history does,
 * or where the version does. The divergence is the first event that goes another way, or nowhere.
 */
export function replayUnder(target: CompiledWorkflow, history: { readonly begin: string; readonly memory?: Memory; readonly steps: readonly RecordedStep[]; readonly past?: CompiledWorkflow }, map: StateMap = {}): Replay {
  const mapped = (state: string) => {
    const fate = fateOf(target, state, map)
    if (fate.kind !== 'staying') return fate.to
    return (history.past && alikeState(target, history.past, { state, map })) ?? state
  }
  const begin = mapped(history.begin)
  const steps = history.steps.map((step) => (step.state === undefined ? step : { ...step, state: mapped(step.state) }))
  const memory = memoryUnder(target, history.memory, map)
  return replay(target, { steps, ...(history.past && { past: history.past }), ...(target.configuration(begin) ? { from: begin, ...(memory && { memory }) } : {}) })
}
