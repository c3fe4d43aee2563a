import type { StateDefinition } from '../../../config/language/workflow.ts'
import { resolveTarget, stateNodes, type StateNode, type StateNodes } from '../../../workflows/engine/nodes.ts'
import { isRecord, listOf, mapStates, mapValues, without, type Draft } from './draft.ts'

/**
 * The same arrows after states got other places: each leads where it led, arrows to what is gone go too.
 * `moved`: the new path of a state, undefined when it is gone.
 * @returns undefined where a nearer state of that name would take an arrow over
 */
export function rebound(before: Draft, after: Draft, moved: (path: string) => string | undefined): Draft | undefined {
  const [old, now] = [stateNodes(before), stateNodes(after)]
  const formerly = new Map([...old.values()].flatMap((node) => { const path = moved(node.path); return path === undefined ? [] : [[path, node] as const] }))
  let isLost = false
  /** As written now; undefined: the arrow goes. */
  const retold = (path: string, target: string): string | undefined => {
    const [from, source] = [formerly.get(path), now.get(path)]
    const meant = from && resolveTarget(old, from, target)
    // What led nowhere goes on doing so: the check tells it.
    if (!source || !meant) return target
    const to = moved(meant.path)
    if (to === undefined) return undefined
    const text = targetText(now, source, to, target)
    if (text === undefined) isLost = true
    return text ?? target
  }
  const states = mapStates(after.states, (state, path) => withTargets(state, (target) => retold(path, target)))
  return isLost ? undefined : { ...after, states }
}

/** How a state names another as its target: the shortest that means it, what was written where it still does. */
export function targetText(nodes: StateNodes, source: StateNode, path: string, written?: string): string | undefined {
  const inner = path.startsWith(`${source.path}.`) ? [path.slice(source.path.length)] : []
  const outer: string[] = []
  for (let scope = source.parent; scope; scope = scope.parent) if (path.startsWith(`${scope.path}.`)) outer.push(path.slice(scope.path.length + 1))
  return [...(written === undefined ? [] : [written]), ...inner, ...outer, path].find((text) => resolveTarget(nodes, source, text)?.path === path)
}

/** A state whose arrows lead where `retold` says; undefined takes one away. */
export function withTargets(state: StateDefinition, retold: (target: string) => string | undefined): StateDefinition {
  const on = mapValues(state.on ?? {}, (value) => {
    const list = listOf(value).flatMap((arrow) => {
      if (arrow.target === undefined) return [arrow]
      const target = retold(arrow.target)
      return target === undefined ? [] : [{ ...arrow, target }]
    })
    return Array.isArray(value) && list.length > 1 ? list : list[0]
  })
  const kept = Object.fromEntries(Object.entries(on).flatMap(([event, value]) => (value === undefined ? [] : [[event, value] as const])))
  const join = state.onDone && retold(state.onDone.target)
  // Of a history state.
  const first = state.target === undefined ? undefined : retold(state.target)
  return {
    ...without(state, 'on', 'onDone', 'target'), ...(first === undefined ? {} : { target: first }),
    ...(Object.keys(kept).length > 0 ? { on: kept } : {}),
    ...(state.onDone && join !== undefined ? { onDone: { ...state.onDone, target: join } } : {}),
  }
}

/** Where parts of a state other than its arrows name an event. Without those that are `needed` there is no such part: they go on naming what is gone, and the check tells it. */
const namedIn = [
  { part: 'sla', property: 'event' }, { part: 'approval', property: 'approved', needed: true }, { part: 'approval', property: 'rejected', needed: true },
  { part: 'approval', property: 'returned' }, { part: 'approval', property: 'reopened' },
] as const

/** Every place of a state that names an event: arrows, timers, what is sent when time is up or a decision is made. `next` undefined: the event is gone. */
export function withEventNamed(state: StateDefinition, event: string, next: string | undefined): StateDefinition {
  const { on, after } = state
  let made: StateDefinition = state
  if (on && Object.hasOwn(on, event)) made = filled(made, 'on', renamed(on, event, next))
  if (after && Object.values(after).includes(event)) {
    made = filled(made, 'after', Object.fromEntries(Object.entries(after).flatMap(([delay, sent]) => (sent !== event ? [[delay, sent]] : next === undefined ? [] : [[delay, next]]))))
  }
  for (const { part, property, ...rest } of namedIn) {
    const value = (made as Readonly<Record<string, unknown>>)[part]
    if (!isRecord(value) || value[property] !== event || (next === undefined && 'needed' in rest)) continue
    const others = without(value, property)
    made = { ...made, [part]: next === undefined ? others : mapValues(value, (one, name) => (name === property ? next : one)) }
  }
  return made
}

const renamed = <Value>(record: Readonly<Record<string, Value>>, name: string, next: string | undefined): Record<string, Value> =>
  Object.fromEntries(Object.entries(record).flatMap(([key, value]) => (key !== name ? [[key, value]] : next === undefined ? [] : [[next, value]])))

const filled = (state: StateDefinition, part: 'on' | 'after', record: object): StateDefinition => (Object.keys(record).length > 0 ? { ...state, [part]: record } : without(state, part))
