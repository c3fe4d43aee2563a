import type { StateDefinition } from '../../../config/language/workflow.ts'
import type { Text } from '../../../config/language/text.ts'
import { namePattern } from '../../../workflows/engine/definition-shape.ts'
import { done, freeName, isWithin, nameOf, parentOf, pathOf, pathsOf, refused, stateAt, statesIn, withKey, without, withState, type Draft, type Outcome, type States } from './draft.ts'
import { rebound } from './references.ts'

/** Operations on states. Each leaves what else there is as it was, and every arrow and initial state right. */

export type NewState = { readonly parent: string | null; readonly label: Text; readonly name?: string; readonly type?: 'final' | 'history' }

/** A new state, last among its siblings; the first one anywhere is where it begins. A history state holds none: beside it, then. @returns also its path */
export function addState(definition: Draft, { parent: wanted, label, name = 'state', type }: NewState): { readonly definition: Draft; readonly path: string } {
  const parent = wanted !== null && stateAt(definition, wanted)?.type === 'history' ? parentOf(wanted) : wanted
  // Free of every name there is, so that no arrow is taken over by a nearer state.
  const own = freeName(name, new Set(pathsOf(definition.states).map(nameOf)))
  const [first] = type === 'history' ? placesIn(statesIn(definition, parent)) : []
  const state: StateDefinition = { label, ...(type && { type }), ...(type === 'history' && { history: 'shallow' as const }), ...(first !== undefined && { target: first }), ...(parent === null && Object.keys(definition.states).length === 0 ? { editable: true } : {}) }
  return { definition: withSibling(definition, parent, { name: own, state }), path: pathOf(parent, own) }
}

function withSibling(definition: Draft, parent: string | null, { name, state }: { readonly name: string; readonly state: StateDefinition }): Draft {
  if (parent === null) {
    const states = { ...definition.states, [name]: state }
    return { ...definition, states, initial: Object.hasOwn(states, definition.initial) ? definition.initial : name }
  }
  return withState(definition, parent, (outer) => {
    const states = { ...outer.states, [name]: state }
    const { initial } = outer
    // What has something inside is no end.
    const open: StateDefinition = outer.type === 'final' ? without(outer, 'type') : outer
    return open.type === 'parallel' || (state.type === 'history' && initial === undefined) ? { ...open, states } : { ...open, states, initial: initial !== undefined && Object.hasOwn(states, initial) ? initial : name }
  })
}

/** Without the state, what is inside it, and the arrows that lead there. */
export function removeState(definition: Draft, path: string): Draft {
  if (!stateAt(definition, path)) return definition
  const after = taken(definition, path)
  return rebound(definition, after, (one) => (isWithin(one, path) ? undefined : one)) ?? after
}

function taken(definition: Draft, path: string): Draft {
  const [parent, name] = [parentOf(path), nameOf(path)]
  const firstOf = (states: States, initial: string) => (initial === name ? placesIn(states)[0] ?? '' : initial)
  if (parent === null) {
    const states = without(definition.states, name)
    return { ...definition, states, initial: firstOf(states, definition.initial) }
  }
  return withState(definition, parent, (outer) => {
    const states = without(outer.states ?? {}, name)
    // Nothing inside is left: it is a plain state again.
    if (Object.keys(states).length === 0) return without(outer.type === 'parallel' ? without(outer, 'type') : outer, 'states', 'initial', 'onDone')
    // Only what remembers is left: nothing begins there.
    if (placesIn(states).length === 0) return { ...without(outer, 'initial'), states }
    return { ...outer, states, ...(outer.initial === undefined ? {} : { initial: firstOf(states, outer.initial) }) }
  })
}

/** Another name, as programs and stored documents know the state. */
export function renameState(definition: Draft, path: string, name: string): Outcome {
  const [parent, former] = [parentOf(path), nameOf(path)]
  if (name === former) return done(definition)
  if (!namePattern.test(name)) return badName(name)
  if (Object.hasOwn(statesIn(definition, parent), name)) return nameTaken(name)
  const begins = (initial: string) => (initial === former ? name : initial)
  const after = parent === null
    ? { ...definition, states: withKey(definition.states, former, name), initial: begins(definition.initial) }
    : withState(definition, parent, (outer) => ({ ...outer, states: withKey(outer.states ?? {}, former, name), ...(outer.initial === undefined ? {} : { initial: begins(outer.initial) }) }))
  return bound(definition, after, { from: path, to: pathOf(parent, name) })
}

/** Into another state, or to the top. */
export function moveState(definition: Draft, path: string, parent: string | null): Outcome {
  const state = stateAt(definition, path)
  const name = nameOf(path)
  if (!state || parentOf(path) === parent) return done(definition)
  if (parent !== null && isWithin(parent, path)) return refused('A state cannot stand inside itself. Choose another one.', '状态不能放入自身之内，请选择其他状态。')
  if (parent === null && state.type === 'history') return refused('A history state remembers the state that it stands in. Choose one.', '历史状态须位于它所记忆的状态之内，请选择该状态。')
  if (parent !== null && stateAt(definition, parent)?.type === 'history') return refused('A history state holds no others. Choose the state around it.', '历史状态不能包含其他状态，请选择其外层状态。')
  if (parent !== null && stateAt(definition, parent)?.type === 'final') return refused('A final state holds no others. Make it an ordinary state first.', '终止状态不能包含其他状态，请先改为普通状态。')
  if (Object.hasOwn(statesIn(definition, parent), name)) return nameTaken(name)
  return bound(definition, withSibling(taken(definition, path), parent, { name, state }), { from: path, to: pathOf(parent, name) })
}

function bound(before: Draft, after: Draft, { from, to }: { readonly from: string; readonly to: string }): Outcome {
  const made = rebound(before, after, (path) => (isWithin(path, from) ? to + path.slice(from.length) : path))
  return made ? done(made) : refused(
    `With the name “${nameOf(to)}” here, arrows to another state of that name would lead to this one. Choose another name.`,
    `如果此处使用名称“${nameOf(to)}”，指向另一同名状态的流转会改为指向这里。请换一个名称。`,
  )
}

export type StateKind = 'ordinary' | 'final' | 'parallel' | 'history'
export const kindOf = ({ type }: StateDefinition): StateKind => type ?? 'ordinary'

/** Names of the states that one can stand in: all but history states. */
export const placesIn = (states: States): string[] => Object.entries(states).flatMap(([name, { type }]) => (type === 'history' ? [] : [name]))

/**
 * An end has no arrows or timers; only states that are active one at a time begin somewhere. A state with others inside is no end. A history
 * state is nothing but a way back to its siblings: without one there is none.
 */
export function setKind(definition: Draft, path: string, kind: StateKind): Draft {
  if (kind === 'history') return remembering(definition, path)
  const made = withState(definition, path, (former) => {
    const state = without(former, 'history', 'target')
    const [first] = placesIn(state.states ?? {})
    if (kind === 'final') return Object.keys(state.states ?? {}).length > 0 ? former : { ...without(state, 'on', 'after', 'onDone', 'states', 'initial', 'type'), type: 'final' }
    if (kind === 'parallel') return { ...without(state, 'initial', 'type'), type: 'parallel' }
    const plain = without(state, 'type')
    return first === undefined ? plain.states && Object.keys(plain.states).length > 0 ? plain : without(plain, 'states') : { ...plain, initial: plain.initial ?? first }
  })
  const parent = parentOf(path)
  if (parent === null || stateAt(made, parent)?.initial !== undefined) return made
  // Beside a history state alone nothing began.
  return setInitial(made, path)
}

/** Whether it may become a history state: it stands beside others, and has none inside. */
export function mayRemember(definition: Draft, path: string): boolean {
  const [parent, state] = [parentOf(path), stateAt(definition, path)]
  return parent !== null && Object.keys(state?.states ?? {}).length === 0 && placesIn(statesIn(definition, parent)).some((name) => name !== nameOf(path))
}

function remembering(definition: Draft, path: string): Draft {
  const [parent, name] = [parentOf(path), nameOf(path)]
  const [first] = placesIn(statesIn(definition, parent)).filter((other) => other !== name)
  if (!mayRemember(definition, path) || parent === null || first === undefined || stateAt(definition, path)?.type === 'history') return definition
  const made = withState(definition, path, ({ label }) => ({ label, type: 'history', history: 'shallow', target: first }))
  return withState(made, parent, (outer) => (outer.initial === name ? { ...outer, initial: first } : outer))
}

/** The document, or the state around, begins here. */
export function setInitial(definition: Draft, path: string): Draft {
  const [parent, name] = [parentOf(path), nameOf(path)]
  if (stateAt(definition, path)?.type === 'history') return definition
  if (parent === null) return { ...definition, initial: name }
  return withState(definition, parent, (outer) => (outer.type === 'parallel' ? outer : { ...outer, initial: name }))
}

export const isInitial = (definition: Draft, path: string): boolean => {
  const parent = parentOf(path)
  return (parent === null ? definition.initial : stateAt(definition, parent)?.initial) === nameOf(path)
}

/** Properties of a state that lead nowhere else; undefined takes one away. */
export function setState(definition: Draft, path: string, changes: { readonly [property: string]: unknown }): Draft {
  return withState(definition, path, (state) => ({ ...Object.fromEntries(Object.entries({ ...state, ...changes }).filter(([, value]) => value !== undefined)) }) as StateDefinition)
}

export const badName = (name: string): Outcome => refused(
  `“${name}” is no name for programs: begin with a letter and go on with letters, digits, “-” and “_”.`,
  `“${name}”不是有效标识：须以字母开头，只能包含字母、数字、“-”和“_”。`,
)
export const nameTaken = (name: string): Outcome => refused(`“${name}” is the name of another one here. Choose another name.`, `“${name}”在此处已被使用，请换一个名称。`)
