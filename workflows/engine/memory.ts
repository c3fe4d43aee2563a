import { canonicalJson } from './canonical.ts'
import { historiesInUse, isLeaf, type StateNode, type StateNodes } from './nodes.ts'

/**
 * What history states remember: by their path the states in which the state around them was left, as a text. As in SCXML
 * (W3C, 3.10) they are the states directly inside (shallow) or the innermost ones (deep), and each time it is left takes the place of the last.
 */
export type Memory = Readonly<Record<string, string>>

/** Tells places apart: a state, and what is remembered there. */
export function placeKey({ state, memory }: { readonly state: string; readonly memory?: Memory | undefined }): string {
  return memory ? `${state} ${canonicalJson(memory)}` : state
}

/** What of a memory a definition has; stored values may be damaged, or of another version. */
export function knownMemory(nodes: StateNodes, memory: unknown): Memory | undefined {
  if (typeof memory !== 'object' || memory === null) return undefined
  const used = [...historiesInUse(nodes)].map(({ path }) => path)
  const known = Object.entries(memory).filter(([path, state]) => typeof state === 'string' && used.includes(path) && canRemember(nodes, nodes.get(path), state))
  return known.length > 0 ? Object.fromEntries(known.sort(([a], [b]) => (a < b ? -1 : 1))) : undefined
}

/** Whether the state around a history state can be left in these states. */
export function canRemember(nodes: StateNodes, history: StateNode | undefined, state: string): boolean {
  const around = history?.kind === 'history' ? history.parent : undefined
  if (!around) return false
  const paths = state.split('|')
  if (paths.join('|') !== [...new Set(paths)].sort().join('|')) return false
  if (history?.definition.history === 'deep') return areInnermost(nodes, around, paths)
  return around.kind === 'parallel' ? [...around.children].sort().join('|') === state : around.children.includes(state)
}

/** Whether these can be all the innermost active states of one that is active. */
function areInnermost(nodes: StateNodes, node: StateNode, paths: readonly string[]): boolean {
  if (isLeaf(node)) return paths.length === 1 && paths[0] === node.path
  const inside = node.children.flatMap((path) => nodes.get(path) ?? []).map((child) => ({ child, own: paths.filter((path) => path === child.path || path.startsWith(`${child.path}.`)) }))
  const active = node.kind === 'parallel' ? inside : inside.filter(({ own }) => own.length > 0)
  return (node.kind === 'parallel' || active.length === 1) && active.reduce((sum, { own }) => sum + own.length, 0) === paths.length && active.every(({ child, own }) => areInnermost(nodes, child, own))
}
