import type { Text } from '../../config/language/text.ts'
import type { CompiledWorkflow } from './compile.ts'
import { isLeaf, withAncestors, type StateNode, type StateNodes } from './nodes.ts'

/** A state that a document can be put into. With regions side by side, each has a choice of its own. */
export type TargetState = {
  readonly path: string
  /** The state as text, with what is entered with it. */
  readonly state: string
  readonly label: Text
  readonly regions?: readonly TargetRegion[]
}
export type TargetRegion = { readonly path: string; readonly label: Text; readonly states: readonly TargetState[] }

/**
 * A region of a document's state that has gone on from where it begins. `continues`: the regions of the other version that are likely the same;
 * `entry` is where that one begins, if a document put there would begin it again.
 */
export type Progress = { readonly label: Text; readonly continues: readonly { readonly region: string; readonly entry: string | null }[] }
export type Loss = { readonly label: Text; readonly kind: 'begins' | 'gone' }

/** States that a document can be put into, in the order of the definition. */
export function targetStates({ nodes }: Pick<CompiledWorkflow, 'nodes'>): readonly TargetState[] {
  return standingIn(nodes, undefined).map((node) => targetState(nodes, node, undefined))
}

/** Where documents of a state of another version are likely meant to go on: a proposal, for people to confirm, that keeps as much of each region as names or labels tell. */
export function likelyState(target: CompiledWorkflow, { nodes }: Pick<CompiledWorkflow, 'nodes'>, state: string): string | undefined {
  const leaves = state.split('|').flatMap((path) => nodes.get(path) ?? [])
  const found = likelyIn({ target: target.nodes, source: nodes }, { leaves, into: undefined, from: undefined })?.sort().join('|')
  return found !== undefined && target.configuration(found) ? found : undefined
}

/**
 * Where a history passed with its regions elsewhere than the map speaks of: if the map leads one place of that state into a state, the others
 * lead there alike.
 */
export function alikeState(target: CompiledWorkflow, source: Pick<CompiledWorkflow, 'nodes'>, { state, map }: { readonly state: string; readonly map: Readonly<Record<string, string>> }): string | undefined {
  const likely = likelyState(target, source, state)
  const leads = (from: string, to: string) => outerOf(source, from) === outerOf(source, state) && outerOf(target, to) === outerOf(target, likely ?? '')
  return likely !== undefined && Object.entries(map).some(([from, to]) => leads(from, to)) ? likely : undefined
}

/** The regions of a state that have gone on, each with what continues it in the other version. */
export function progressOf(target: CompiledWorkflow, { nodes }: Pick<CompiledWorkflow, 'nodes'>, state: string): readonly Progress[] {
  const leaves = state.split('|').flatMap((path) => nodes.get(path) ?? [])
  const outer = leaves[0] && standingOf(leaves[0], undefined)
  if (outer?.kind !== 'parallel') return []
  const both = { target: target.nodes, source: nodes }
  const pairs = [...target.nodes.values()].filter(({ kind }) => kind === 'parallel').map((into) => pairRegions(both, { into, from: outer }))
  return childrenOf(nodes, outer).flatMap((region) => {
    const inside = leaves.filter((leaf) => isWithin(leaf.path, region.path))
    if (textOf(inside) === textOf(entered(nodes, region))) return []
    const continues = pairs.flatMap((pair) => pair.get(region.path) ?? []).map((into) => {
      const entry = textOf(entered(target.nodes, into))
      return { region: into.path, entry: likelyIn(both, { leaves: inside, into, from: region })?.sort().join('|') === entry ? null : entry }
    })
    return [{ label: region.definition.label, continues }]
  })
}

/** What a target would lose of that progress: regions that begin again there, and those it has no place for. */
export function lossesIn(progress: readonly Progress[], to: string): readonly Loss[] {
  return progress.flatMap(({ label, continues }): Loss[] => {
    const found = continues.find(({ region }) => partOf(to, region) !== '')
    if (!found) return [{ label, kind: 'gone' }]
    return found.entry === partOf(to, found.region) ? [{ label, kind: 'begins' }] : []
  })
}

/** What a state says of one region. */
export function partOf(state: string, region: string): string {
  return state.split('|').filter((path) => isWithin(path, region)).join('|')
}

/** The same state with another part for one region. */
export function withPart(state: string, { region, part }: { readonly region: string; readonly part: string }): string {
  return [...state.split('|').filter((path) => !isWithin(path, region)), ...part.split('|')].sort().join('|')
}

function targetState(nodes: StateNodes, node: StateNode, within: StateNode | undefined): TargetState {
  const regions = node.kind === 'parallel' ? childrenOf(nodes, node).map((region): TargetRegion => ({
    path: region.path, label: region.definition.label, states: standingIn(nodes, region).map((inner) => targetState(nodes, inner, region)),
  })) : undefined
  return { path: node.path, state: textOf(entered(nodes, node)), label: chainLabel(node, within), ...(regions && { regions }) }
}

/** What a document can stand in within a scope, which is the whole workflow or a region: innermost states, and states with regions as one. */
function standingIn(nodes: StateNodes, within: StateNode | undefined): readonly StateNode[] {
  return [...nodes.values()].filter((node) => (isLeaf(node) || node.kind === 'parallel') && (!within || isWithin(node.path, within.path)) && standingOf(node, within) === node)
}

/** The outermost state with regions around a state within a scope, which may have regions itself, or the state. */
function standingOf(node: StateNode, within: StateNode | undefined): StateNode {
  return inScope(node, within).findLast(({ kind }) => kind === 'parallel') ?? node
}

/** The state and those around it as far as the scope, innermost first. */
function inScope(node: StateNode, within: StateNode | undefined): readonly StateNode[] {
  const chain = withAncestors(node)
  return within ? chain.slice(0, chain.indexOf(within) + 1) : chain
}

type Both = { readonly target: StateNodes; readonly source: StateNodes }
type Scopes = { readonly into: StateNode | undefined; readonly from: StateNode | undefined }

function likelyIn(both: Both, { leaves, into, from }: Scopes & { readonly leaves: readonly StateNode[] }): string[] | undefined {
  const [first] = leaves
  if (!first) return undefined
  const source = standingOf(first, from)
  const found = sameState(both, { source, into, from })
  if (found?.kind !== 'parallel' || source.kind !== 'parallel') return found && entered(both.target, found).map(({ path }) => path)
  const pairs = new Map([...pairRegions(both, { into: found, from: source })].map(([path, region]) => [region.path, both.source.get(path)]))
  return childrenOf(both.target, found).flatMap((region) => {
    const before = pairs.get(region.path)
    const inside = before && leaves.filter((leaf) => isWithin(leaf.path, before.path))
    return (inside && likelyIn(both, { leaves: inside, into: region, from: before })) ?? entered(both.target, region).map(({ path }) => path)
  })
}

/** The one that has the same path below its scope, is called the same, has the same name, or has regions that are most alike. */
function sameState(both: Both, { source, into, from }: Scopes & { readonly source: StateNode }): StateNode | undefined {
  const known = standingIn(both.target, into)
  const called = chainLabel(source, from)
  const unless = (found: readonly StateNode[]) => (found.length === 1 ? found[0] : undefined)
  const direct = known.find(({ path }) => below(path, into) === below(source.path, from))
    ?? unless(known.filter((node) => isSameText(chainLabel(node, into), called)))
    ?? unless(known.filter((node) => isSameText(node.definition.label, source.definition.label)))
    ?? unless(known.filter(({ path }) => nameOf(path) === nameOf(source.path)))
  if (direct || source.kind !== 'parallel') return direct
  const alike = known.filter(({ kind }) => kind === 'parallel').map((node) => ({ node, score: alikeRegions(both, { into: node, from: source }).reduce((sum, { score }) => sum + score, 0) }))
  const best = Math.max(0, ...alike.map(({ score }) => score))
  return best > 0 ? unless(alike.filter(({ score }) => score === best).map(({ node }) => node)) : undefined
}

/** Which region of the one goes on in which of the other, by the path of the former. */
function pairRegions(both: Both, states: { readonly into: StateNode; readonly from: StateNode }): ReadonlyMap<string, StateNode> {
  return new Map(alikeRegions(both, states).map(({ before, after }) => [before.path, after]))
}

type Pair = { readonly before: StateNode; readonly after: StateNode; readonly score: number }

/** Those that are most alike first; each region has one counterpart at most. */
function alikeRegions(both: Both, { into, from }: { readonly into: StateNode; readonly from: StateNode }): readonly Pair[] {
  const pairs = childrenOf(both.source, from).flatMap((before) => childrenOf(both.target, into).map((after): Pair => ({ before, after, score: alike(both, before, after) })))
  const taken = new Set<StateNode>()
  return pairs.filter(({ score }) => score > 0).sort((a, b) => b.score - a.score).filter(({ before, after }) => {
    if (taken.has(before) || taken.has(after)) return false
    taken.add(before).add(after)
    return true
  })
}

/** Name and label of a region tell most; else the share of inner states that have the same name or label. */
function alike(both: Both, before: StateNode, after: StateNode): number {
  const [old, now] = [standingIn(both.source, before), standingIn(both.target, after)]
  const shared = old.filter((one) => now.some((other) => nameOf(other.path) === nameOf(one.path) || isSameText(other.definition.label, one.definition.label))).length
  const named = Number(nameOf(before.path) === nameOf(after.path)) + Number(isSameText(before.definition.label, after.definition.label))
  return 2 * named + shared / Math.max(1, old.length, now.length)
}

function entered(nodes: StateNodes, node: StateNode): StateNode[] {
  const children = childrenOf(nodes, node)
  if (children.length === 0) return [node]
  if (node.kind === 'parallel') return children.flatMap((child) => entered(nodes, child))
  const first = nodes.get(`${node.path}.${node.definition.initial ?? ''}`)
  return first ? entered(nodes, first) : []
}

/** The outermost state with regions that a document stands in, or its state. */
function outerOf({ nodes }: Pick<CompiledWorkflow, 'nodes'>, state: string): string | undefined {
  const first = nodes.get(state.split('|')[0] ?? '')
  return first && standingOf(first, undefined).path
}

const childrenOf = (nodes: StateNodes, node: StateNode): StateNode[] => node.children.flatMap((path) => nodes.get(path) ?? [])
const textOf = (leaves: readonly StateNode[]): string => leaves.map(({ path }) => path).sort().join('|')
const nameOf = (path: string): string | undefined => path.split('.').at(-1)
const isWithin = (path: string, scope: string): boolean => path === scope || path.startsWith(`${scope}.`)
const below = (path: string, scope: StateNode | undefined): string => (scope ? path.slice(scope.path.length + 1) : path)
const isSameText = (one: Text, other: Text): boolean => one.en === other.en && one.zh === other.zh

/** `Running / Inspection`, without the region that it is read in. */
function chainLabel(node: StateNode, within: StateNode | undefined): Text {
  const labels = inScope(node, within).filter((one) => one !== within || one === node).toReversed().map(({ definition }) => definition.label)
  return { en: labels.map(({ en }) => en).join(' / '), zh: labels.map(({ zh }) => zh).join(' / ') }
}
