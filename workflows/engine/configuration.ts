import { isPlainObject } from './canonical.ts'
import type { Candidate, StateNode, StateNodes } from './nodes.ts'
import { isLeaf, withAncestors } from './nodes.ts'
import { memoryOf, resolveSnapshot, type Machine, type MachineSnapshot } from './machine.ts'
import { knownMemory, type Memory } from './memory.ts'

/** XState's form of a state: a name, or the regions of a state by name. */
export type StateValue = string | { readonly [name: string]: StateValue }

/** All that is known about being in one state; computed once and kept. */
export type Configuration = {
  /** Paths of the innermost active states, sorted, joined by `|`. */
  readonly state: string
  readonly snapshot: MachineSnapshot
  /** What history states remember of the states that were left. Absent: nothing, or there are none. */
  readonly memory?: Memory
  readonly innermost: readonly StateNode[]
  readonly done: boolean
  /** By event: for each active state that knows it (inner before outer) its candidates in order. */
  readonly candidates: ReadonlyMap<string, readonly (readonly Candidate[])[]>
}

export function configurationOf({ nodes, snapshot }: { readonly nodes: StateNodes; readonly snapshot: MachineSnapshot }): Configuration {
  const state = stateText(snapshot.value)
  const innermost = state.split('|').flatMap((path) => nodes.get(path) ?? [])
  const active = new Set(innermost.flatMap(withAncestors))
  const candidates = new Map<string, (readonly Candidate[])[]>()
  for (const node of active) {
    const events = new Set(node.candidates.flatMap((candidate) => candidate.event ?? []))
    for (const event of events) {
      const list = node.candidates.filter((candidate) => candidate.event === event)
      candidates.set(event, [...(candidates.get(event) ?? []), list])
    }
  }
  const memory = memoryOf(snapshot)
  return { state, snapshot, ...(memory && { memory }), innermost, done: snapshot.status === 'done', candidates }
}

/** The configuration a state text names; `undefined` when the definition has no such state or regions are missing. What a damaged memory names is forgotten. */
export function restoreConfiguration(context: { readonly nodes: StateNodes; readonly machine: Machine; readonly state: string; readonly memory?: Memory }): Configuration | undefined {
  const { nodes, machine, state, memory } = context
  const paths = state.split('|')
  if (!paths.every((path) => isLeaf(nodes.get(path)))) return undefined
  const snapshot = resolveSnapshot(machine, stateValue(paths.map((path) => path.split('.'))), knownMemory(nodes, memory))
  // XState fills missing regions with their initial state and drops what cannot be active together: neither was said.
  return stateText(snapshot.value) === state ? configurationOf({ nodes, snapshot }) : undefined
}

/**
 * `confirmed`, `packing.checked`, or the regions sorted: `running.qc.open|running.work.busy`.
 * Stored values may be damaged; what is no state value gives a text that names no state.
 */
export function stateText(value: unknown): string {
  return leafPaths(value, '').sort().join('|')
}

function leafPaths(value: unknown, prefix: string): string[] {
  if (typeof value !== 'object' || value === null) return [prefix + String(value)]
  return Object.entries(value).flatMap(([name, inner]: [string, unknown]) =>
    isPlainObject(inner) && Object.keys(inner).length === 0 ? [prefix + name] : leafPaths(inner, `${prefix}${name}.`),
  )
}

function stateValue(paths: readonly (readonly string[])[]): StateValue {
  const names = new Set(paths.flatMap((path) => path[0] ?? []))
  return Object.fromEntries([...names].map((name) => [name, stateValue(paths.filter((path) => path[0] === name).map((path) => path.slice(1)))]))
}
