import type { EventDefinition, TransitionDefinition } from '../../../config/language/workflow.ts'
import type { Text } from '../../../config/language/text.ts'
import { namePattern } from '../../../workflows/engine/definition-shape.ts'
import { resolveTarget, stateNodes } from '../../../workflows/engine/nodes.ts'
import { candidatesIn, done, freeName, mapStates, refused, stateAt, withCandidates, withKey, without, withState, type Arrow, type Draft, type Outcome } from './draft.ts'
import { systemRole } from '../../../workflows/engine/registry.ts'
import { badName, nameTaken } from './draft-states.ts'
import { targetText, withEventNamed } from './references.ts'

/** Operations on events, on the arrows that they take, and on timers. */

export function addEvent(definition: Draft, { label, name = 'event' }: { readonly label: Text; readonly name?: string }): { readonly definition: Draft; readonly event: string } {
  const event = freeName(name, new Set(Object.keys(definition.events)))
  return { definition: { ...definition, events: { ...definition.events, [event]: { label } } }, event }
}

export function setEvent(definition: Draft, event: string, changes: { readonly [Property in keyof EventDefinition]?: EventDefinition[Property] | undefined }): Draft {
  const former = Object.hasOwn(definition.events, event) ? definition.events[event] : undefined
  if (!former) return definition
  const next = Object.fromEntries(Object.entries({ ...former, ...changes }).filter(([, value]) => value !== undefined)) as EventDefinition
  return { ...definition, events: { ...definition.events, [event]: next } }
}

/** The event may also be sent by the platform: by a timer, a deadline, an approval. Without roles it may be already. */
export function letPlatformSend(definition: Draft, event: string | undefined): Draft {
  const found = event !== undefined && Object.hasOwn(definition.events, event) ? definition.events[event] : undefined
  if (event === undefined || !found?.roles || found.roles.includes(systemRole)) return definition
  return setEvent(definition, event, { roles: [...found.roles, systemRole] })
}

/** Another name, as programs know the event, wherever it is named. */
export function renameEvent(definition: Draft, event: string, name: string): Outcome {
  if (name === event) return done(definition)
  if (!namePattern.test(name)) return badName(name)
  if (Object.hasOwn(definition.events, name)) return nameTaken(name)
  // An arrow may name an event that is not defined.
  if ([...stateNodes(definition).values()].some((node) => Object.hasOwn(node.definition.on ?? {}, name))) return nameTaken(name)
  return done({ ...definition, events: withKey(definition.events, event, name), states: mapStates(definition.states, (state) => withEventNamed(state, event, name)) })
}

/** Without the event, its arrows and its timers. */
export function removeEvent(definition: Draft, event: string): Draft {
  return { ...definition, events: without(definition.events, event), states: mapStates(definition.states, (state) => withEventNamed(state, event, undefined)) }
}

/** Before or after its neighbour: the order of events is the order of the buttons. */
export function moveEvent(definition: Draft, event: string, by: -1 | 1): Draft {
  return { ...definition, events: Object.fromEntries(swapped(Object.entries(definition.events), Object.keys(definition.events).indexOf(event), by)) }
}

/** A new arrow; `to` undefined: the event is handled without leaving the state. */
export function connect(definition: Draft, { from, to, event }: { readonly from: string; readonly to?: string; readonly event: string }): Outcome & { readonly arrow?: Arrow } {
  const state = stateAt(definition, from)
  if (!state) return done(definition)
  if (state.type === 'final') return refused('Nothing leads on from an end. Make the state an ordinary one first.', '终止状态不能再有流转，请先改为普通状态。')
  if (state.type === 'history') return refused('A history state leads back to what it remembers; draw the arrow from a state.', '历史状态会返回其记忆的位置，请从其他状态画出流转。')
  const target = to === undefined ? undefined : targetOf(definition, from, to)
  if (to !== undefined && target === undefined) return refused('A nearer state has the same name. Rename one of them first.', '附近有同名状态，请先修改其中一个的名称。')
  const list = candidatesIn(state, event)
  const arrow = { state: from, event, index: list.length }
  return { ...done(withState(definition, from, (one) => withCandidates(one, event, [...list, target === undefined ? {} : { target }]))), arrow }
}

/** How `from` names `to`; undefined where it cannot. */
export function targetOf(definition: Draft, from: string, to: string): string | undefined {
  const nodes = stateNodes(definition)
  const source = nodes.get(from)
  return source && targetText(nodes, source, to)
}

/** Where an arrow leads: the path of a state, null where it stays, undefined where there is no such state. */
export function leadsTo(definition: Draft, { state }: Pick<Arrow, 'state'>, target: string | undefined): string | null | undefined {
  if (target === undefined) return null
  const nodes = stateNodes(definition)
  const source = nodes.get(state)
  return source && resolveTarget(nodes, source, target)?.path
}

export function arrowAt(definition: Draft, { state, event, index }: Arrow): TransitionDefinition | undefined {
  const found = stateAt(definition, state)
  if (!found) return undefined
  return event === null ? found.onDone : candidatesIn(found, event)[index]
}

export function setArrow(definition: Draft, { state, event, index }: Arrow, next: TransitionDefinition): Draft {
  return withState(definition, state, (one) => {
    if (event !== null) return withCandidates(one, event, candidatesIn(one, event).map((arrow, at) => (at === index ? next : arrow)))
    const { target, actions } = next
    return target === undefined ? one : { ...one, onDone: { target, ...(actions && { actions }) } }
  })
}

export function removeArrow(definition: Draft, { state, event, index }: Arrow): Draft {
  return withState(definition, state, (one) => (event === null ? without(one, 'onDone') : withCandidates(one, event, candidatesIn(one, event).filter((_, at) => at !== index))))
}

/** Asked before or after its neighbour: of an event's arrows the first whose guards hold is taken. */
export function moveArrow(definition: Draft, { state, event, index }: Arrow, by: -1 | 1): Draft {
  if (event === null) return definition
  return withState(definition, state, (one) => withCandidates(one, event, swapped(candidatesIn(one, event), index, by)))
}

/** The same arrow for another event, last of those that the event has there. */
export function giveEvent(definition: Draft, arrow: Arrow, event: string): { readonly definition: Draft; readonly arrow: Arrow } {
  const moved = arrowAt(definition, arrow)
  if (!moved || arrow.event === null || arrow.event === event) return { definition, arrow }
  const rest = removeArrow(definition, arrow)
  const index = candidatesIn(stateAt(rest, arrow.state) ?? { label: { en: '', zh: '' } }, event).length
  return {
    definition: withState(rest, arrow.state, (one) => withCandidates(one, event, [...candidatesIn(one, event), moved])),
    arrow: { state: arrow.state, event, index },
  }
}

/** Where all inside is final, it goes on to `to` by itself. */
export function setJoin(definition: Draft, path: string, to: string | undefined): Draft {
  const target = to === undefined ? undefined : targetOf(definition, path, to)
  return withState(definition, path, (state) => (target === undefined ? without(state, 'onDone') : { ...state, onDone: { ...state.onDone, target } }))
}

/** A timer of a state; `former`: the delay of the one that it replaces. */
export function setTimer(definition: Draft, path: string, { former, delay, event }: { readonly former?: string; readonly delay: string; readonly event: string }): Outcome {
  const after = stateAt(definition, path)?.after ?? {}
  if (delay !== former && Object.hasOwn(after, delay)) return refused('This state has a timer with this delay already. Choose another delay.', '该状态已有相同时长的定时器，请修改时长。')
  const timers = former === undefined ? { ...after, [delay]: event } : { ...withKey(after, former, delay), [delay]: event }
  return done(withState(letPlatformSend(definition, event), path, (state) => ({ ...state, after: timers })))
}

export function removeTimer(definition: Draft, path: string, delay: string): Draft {
  return withState(definition, path, (state) => {
    const after = without(state.after ?? {}, delay)
    return Object.keys(after).length > 0 ? { ...state, after } : without(state, 'after')
  })
}

function swapped<Item>(list: readonly Item[], at: number, by: -1 | 1): readonly Item[] {
  const [one, other] = [list[at], list[at + by]]
  if (one === undefined || other === undefined) return list
  return list.map((item, index) => (index === at ? other : index === at + by ? one : item))
}
