import type { EventDefinition, Reference, StateDefinition, TransitionDefinition } from '../../../config/language/workflow.ts'
import type { Text } from '../../../config/language/text.ts'
import { namePattern } from '../../../workflows/engine/definition-shape.ts'
import { stateNodes } from '../../../workflows/engine/nodes.ts'
import { keyOf } from '../../configuration/field-settings.ts'
import { freeName, isRecord, mapStates, type Draft } from './draft.ts'
import { targetText, withTargets } from './references.ts'
import { andType, raiseType } from './stately-export.ts'

/** Something of a machine that a workflow has no place for, or that has another name now. */
export type ImportNote = { readonly path: string; readonly message: Text }
export type Imported = { readonly definition: Draft; readonly notes: readonly ImportNote[] }

type Loose = Readonly<Record<string, unknown>>

/**
 * A machine configuration of XState or Stately as a workflow. Whatever it holds that a workflow cannot is told with its place;
 * nothing is dropped in silence.
 * @returns undefined for what is no machine
 */
export function fromMachine(given: unknown, { entity, label }: { readonly entity: string; readonly label: Text }): Imported | undefined {
  if (!isRecord(given) || !isRecord(given.states)) return undefined
  const reader = new Reader(given)
  const { states, initial } = reader.top()
  const { events = {}, slug, version, label: own, ...more } = reader.kept(given, '')
  const known = isRecord(events) ? events as Draft['events'] : {}
  const definition = {
    slug: typeof slug === 'string' ? slug : typeof given.id === 'string' && /^[a-z][a-z0-9-]*$/.test(given.id) ? given.id : entity, version: typeof version === 'number' ? version : 1, ...more, entity,
    label: isRecord(own) ? own as unknown as Text : label, initial,
    events: { ...known, ...Object.fromEntries([...reader.events].filter(([name]) => !Object.hasOwn(known, name))) }, states,
  } as Draft
  return { definition: shortened(definition), notes: reader.notes }
}

/** Targets that are named from the top, as briefly as they can be. */
function shortened(definition: Draft): Draft {
  const nodes = stateNodes(definition)
  return { ...definition, states: mapStates(definition.states, (state, path) => withTargets(state, (target) => {
    const source = nodes.get(path)
    return target.startsWith('#') && source ? targetText(nodes, source, target.slice(1)) ?? target.slice(1) : target
  })) }
}

const historyKeys = new Set(['id', 'type', 'history', 'target', 'meta'])
const stateKeys = new Set(['id', 'type', 'initial', 'states', 'on', 'after', 'onDone', 'meta'])
const arrowKeys = new Set(['target', 'reenter', 'guard', 'actions'])
const names = /^[a-z][A-Za-z0-9._-]*$/

class Reader {
  readonly notes: ImportNote[] = []
  /** Events that the machine uses, in the order in which it does. */
  readonly events = new Map<string, EventDefinition>()
  private readonly machine: Loose
  /** States by the ids that targets name them by, and the new names of states by their place. */
  private readonly places = new Map<string, readonly string[]>()
  private readonly renamed = new Map<string, string>()

  constructor(machine: Loose) {
    this.machine = machine
    this.findPlaces(machine, [])
  }

  top(): Pick<Draft, 'states' | 'initial'> {
    const { machine } = this
    this.tellOthers(machine, new Set(['id', 'type', 'initial', 'states', 'meta']), '')
    const states = this.states(machine, [])
    if (machine.type === 'parallel') {
      this.note('type', 'The machine itself is parallel; a workflow has one state at its top, which holds the regions.', '该状态机的顶层是并行的；流程顶层改为一个包含各分支的状态。')
      return { states: { all: { label: { en: 'All', zh: '全部' }, type: 'parallel', states } }, initial: 'all' }
    }
    return { states, initial: this.nameIn([], machine.initial) ?? Object.keys(states)[0] ?? '' }
  }

  /** What the export has kept in `meta.trellis`; other metadata is told. */
  kept(of: Loose, path: string): Loose {
    if (of.meta === undefined) return {}
    const { trellis, ...others } = isRecord(of.meta) ? of.meta : { trellis: undefined, meta: of.meta }
    if (Object.keys(others).length > 0) this.leftOut(at(path, 'meta'))
    return isRecord(trellis) ? trellis : {}
  }

  private findPlaces(state: Loose, path: readonly string[]): void {
    if (typeof state.id === 'string') this.places.set(state.id, path)
    const taken = new Set<string>()
    for (const [name, inner] of Object.entries(isRecord(state.states) ? state.states : {})) {
      const own = namePattern.test(name) && !taken.has(name) ? name : freeName(keyOf(name, new Set(), 'state'), taken)
      taken.add(own)
      this.renamed.set([...path, name].join('\u0000'), own)
      if (isRecord(inner)) this.findPlaces(inner, [...path, name])
    }
  }

  private states(outer: Loose, path: readonly string[]): Draft['states'] {
    return Object.fromEntries(Object.entries(isRecord(outer.states) ? outer.states : {}).flatMap(([name, state]) => {
      const place = [...path, name]
      const own = this.nameIn(path, name) ?? name
      if (own !== name) this.note(place.join('.'), `The state “${name}” is called “${own}”.`, `状态“${name}”的标识改为“${own}”。`)
      if (!isRecord(state)) this.leftOut(place.join('.'))
      return [[own, this.state(isRecord(state) ? state : {}, place)] as const]
    }))
  }

  private state(state: Loose, place: readonly string[]): StateDefinition {
    const path = place.join('.')
    this.tellOthers(state, state.type === 'history' ? historyKeys : stateKeys, path)
    const { label, ...more } = this.kept(state, path)
    const name = String(place.at(-1))
    if (state.type !== undefined && !['final', 'parallel', 'atomic', 'compound', 'history'].includes(String(state.type))) this.leftOut(at(path, `type: ${String(state.type)}`))
    const inner = this.states(state, place)
    const on = this.arrows(state.on, place)
    const { after, arrows } = this.timers(state.after, place)
    const all = { ...on, ...arrows }
    const join = state.onDone === undefined ? undefined : this.arrow(firstOf(state.onDone), at(path, 'onDone'), place)
    if (listed(state.onDone).length > 1) this.note(at(path, 'onDone'), 'Only the first way on is kept: a join has no conditions.', '汇合没有条件，仅保留第一条流转。')
    if (join?.guards) this.note(at(path, 'onDone.guard'), 'A join has no conditions; this one is left out.', '汇合没有条件，该条件未导入。')
    const isOpen = state.type !== 'parallel' && Object.keys(inner).length > 0
    const initial = isOpen ? this.nameIn(place, state.initial) : undefined
    return {
      label: isRecord(label) ? label as unknown as Text : { en: spoken(name), zh: spoken(name) }, ...more,
      ...(state.type === 'final' || state.type === 'parallel' ? { type: state.type } : {}), ...(state.type === 'history' ? this.history(state, place) : {}),
      ...(initial === undefined ? {} : { initial }), ...(isRecord(state.states) ? { states: inner } : {}),
      ...(Object.keys(all).length > 0 ? { on: all } : {}), ...(Object.keys(after).length > 0 ? { after } : {}),
      ...(join?.target === undefined ? {} : { onDone: { target: join.target, ...(join.actions && { actions: join.actions }) } }),
    }
  }

  /** Without a target of its own it leads to where the state around begins, as in XState. */
  private history(state: Loose, place: readonly string[]): Pick<StateDefinition, 'type' | 'history' | 'target'> {
    const path = place.join('.')
    const outer = place.slice(0, -1).reduce<Loose | undefined>((at, name) => (at && isRecord(at.states) && isRecord(at.states[name]) ? at.states[name] : undefined), this.machine)
    const target = typeof state.target === 'string' ? this.target(state.target, place, path) : this.nameIn(place.slice(0, -1), outer?.initial)
    if (state.history !== undefined && state.history !== 'shallow' && state.history !== 'deep') this.leftOut(at(path, `history: ${String(state.history)}`))
    return { type: 'history', ...(state.history === 'shallow' || state.history === 'deep' ? { history: state.history } : {}), ...(target === undefined ? {} : { target }) }
  }

  private arrows(on: unknown, place: readonly string[]): NonNullable<StateDefinition['on']> {
    return Object.fromEntries(Object.entries(isRecord(on) ? on : {}).flatMap(([name, value]) => {
      const path = at(place.join('.'), `on.${name}`)
      if (name.includes('*')) { this.note(path, 'A workflow names every event; this one stands for any and is left out.', '流程中的事件须逐一命名，通配事件未导入。'); return [] }
      const event = this.eventName(name, path)
      const list = listed(value).map((one) => this.arrow(one, path, place))
      const [first] = list
      return first ? [[event, Array.isArray(value) ? list : first] as const] : []
    }))
  }

  /** A timer sends an event; where it led somewhere by itself, one is made for it. */
  private timers(after: unknown, place: readonly string[]): { readonly after: Record<string, string>; readonly arrows: Record<string, TransitionDefinition | readonly TransitionDefinition[]> } {
    const timers: Record<string, string> = {}
    const arrows: Record<string, TransitionDefinition | readonly TransitionDefinition[]> = {}
    for (const [delay, value] of Object.entries(isRecord(after) ? after : {})) {
      const path = at(place.join('.'), `after.${delay}`)
      const length = /^\d+$/.test(delay) ? isoOf(Number(delay)) : delay
      const raised = raisedBy(value)
      if (raised !== undefined) { timers[length] = this.eventName(raised, path); continue }
      const event = freeName('timeUp', new Set(this.events.keys()))
      this.events.set(event, { label: { en: 'Time is up', zh: '到期' }, roles: ['system'] })
      timers[length] = event
      const list = listed(value).map((one) => this.arrow(one, path, place))
      arrows[event] = list.length === 1 && list[0] ? list[0] : list
      this.note(path, `A timer sends an event: it is “${event}” here, and the arrow belongs to it.`, `定时器会触发事件：此处新建事件“${event}”，流转归于该事件。`)
    }
    return { after: timers, arrows }
  }

  private arrow(given: unknown, path: string, place: readonly string[]): TransitionDefinition {
    const value: Loose = isRecord(given) ? given : { target: given }
    this.tellOthers(value, arrowKeys, path)
    const written = firstOf(value.target)
    if (listed(value.target).length > 1) this.note(at(path, 'target'), 'Several targets at once are no part of a workflow: the first is kept.', '流程的流转只有一个目标，仅保留第一个。')
    const target = typeof written === 'string' ? this.target(written, place, path) : undefined
    const isSelf = target !== undefined && (target === this.told(place).at(-1) || target === `#${this.told(place).join('.')}`)
    if (isSelf !== (value.reenter === true)) this.note(at(path, 'reenter'), 'In a workflow an arrow to its own state leaves and enters it, and no other does.', '流程中指向自身的流转会离开并重新进入该状态，其他流转不会。')
    const guards = this.guards(value.guard, at(path, 'guard'))
    const actions = listed(value.actions).flatMap((action, index) => this.reference(action, at(path, `actions[${index}]`)))
    return { ...(target === undefined ? {} : { target }), ...(guards.length > 0 ? { guards } : {}), ...(actions.length > 0 ? { actions } : {}) }
  }

  private target(text: string, place: readonly string[], path: string): string {
    const [scope, names] = text.startsWith('#') ? this.byId(text) : [text.startsWith('.') ? place : place.slice(0, -1), text.replace(/^\./, '').split('.')]
    if (!scope) { this.note(at(path, 'target'), `There is no state with the id “${text}”.`, `不存在 id 为“${text}”的状态。`); return text }
    const told = this.told([...scope, ...names])
    return text.startsWith('.') ? `.${told.slice(place.length).join('.')}` : text.startsWith('#') ? `#${told.join('.')}` : told.slice(place.length - 1).join('.')
  }

  /** The names of a place as they are now. */
  private told(place: readonly string[]): readonly string[] {
    return place.map((name, index) => this.renamed.get(place.slice(0, index + 1).join('\u0000')) ?? name)
  }

  private byId(text: string): readonly [readonly string[] | undefined, readonly string[]] {
    const whole = this.places.get(text.slice(1))
    if (whole) return [whole, []]
    const [id = '', ...names] = text.slice(1).split('.')
    return [this.places.get(id), names]
  }

  private guards(guard: unknown, path: string): readonly Reference[] {
    if (guard === undefined) return []
    const params = isRecord(guard) && isRecord(guard.params) ? guard.params : {}
    const parts = isRecord(guard) && (guard.type === andType || guard.type === 'and') ? guard.guards ?? params.guards : undefined
    return (Array.isArray(parts) ? parts : [guard]).flatMap((one, index) => this.reference(one, Array.isArray(parts) ? `${path}[${index}]` : path))
  }

  private reference(given: unknown, path: string): readonly Reference[] {
    const value: Loose = typeof given === 'string' ? { type: given } : isRecord(given) ? given : {}
    if (typeof value.type !== 'string') { this.leftOut(path); return [] }
    if (value.type.startsWith('xstate.')) { this.note(path, `“${value.type}” is no guard or action of a workflow and is left out.`, `“${value.type}”不是流程的条件或动作，未导入。`); return [] }
    this.tellOthers(value, new Set(['type', 'params']), path)
    const type = names.test(value.type) ? value.type : keyOf(value.type, new Set(), 'step')
    if (type !== value.type) this.note(path, `“${value.type}” is called “${type}”.`, `“${value.type}”的标识改为“${type}”。`)
    return [{ type, ...(isRecord(value.params) ? { params: value.params as NonNullable<Reference['params']> } : {}) }]
  }

  private eventName(name: string, path: string): string {
    const own = namePattern.test(name) ? name : keyOf(name, new Set(), 'event')
    if (own !== name) this.note(path, `The event “${name}” is called “${own}”.`, `事件“${name}”的标识改为“${own}”。`)
    if (!this.events.has(own)) this.events.set(own, { label: { en: spoken(name), zh: spoken(name) } })
    return own
  }

  private nameIn(path: readonly string[], name: unknown): string | undefined {
    return typeof name === 'string' ? this.renamed.get([...path, name].join('\u0000')) : undefined
  }

  private tellOthers(of: Loose, known: ReadonlySet<string>, path: string): void {
    for (const name of Object.keys(of)) if (!known.has(name) && of[name] !== undefined) this.leftOut(at(path, name))
  }

  private leftOut(path: string): void {
    this.note(path, `“${path}” has no place in a workflow and is left out.`, `“${path}”在流程中没有对应内容，未导入。`)
  }

  private note(path: string, en: string, zh: string): void {
    this.notes.push({ path, message: { en, zh } })
  }
}

const at = (path: string, name: string) => (path === '' ? name : `${path}.${name}`)
const listed = (value: unknown): readonly unknown[] => (value === undefined ? [] : Array.isArray(value) ? (value as readonly unknown[]) : [value])
const firstOf = (value: unknown): unknown => listed(value)[0]

/** "in_progress" → "In progress". */
function spoken(name: string): string {
  const words = name.replace(/([a-z0-9])([A-Z])/g, '$1 $2').replace(/[_.-]+/g, ' ').trim().toLowerCase()
  return words.charAt(0).toUpperCase() + words.slice(1) || name
}

/** The event that a timer does nothing but send, as the export writes it. */
function raisedBy(value: unknown): string | undefined {
  const list = listed(value)
  const [only] = list
  if (list.length !== 1 || !isRecord(only) || Object.keys(only).some((name) => name !== 'actions')) return undefined
  const actions = listed(only.actions)
  const [action] = actions
  if (actions.length !== 1 || !isRecord(action) || action.type !== raiseType || !isRecord(action.params) || !isRecord(action.params.event)) return undefined
  return typeof action.params.event.type === 'string' ? action.params.event.type : undefined
}

/** Whole milliseconds as an ISO 8601 duration. */
function isoOf(milliseconds: number): string {
  const seconds = Math.max(1, Math.ceil(milliseconds / 1000))
  const units = [[86_400, 'P', 'D'], [3_600, 'PT', 'H'], [60, 'PT', 'M']] as const
  const [size, lead, unit] = units.find(([length]) => seconds % length === 0) ?? [1, 'PT', 'S']
  return `${lead}${seconds / size}${unit}`
}
