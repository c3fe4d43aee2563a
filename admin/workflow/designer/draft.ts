import type { StateDefinition, TransitionDefinition, WorkflowDefinition } from '../../../config/language/workflow.ts'
import type { Text } from '../../../config/language/text.ts'

/**
 * What someone draws. Everything the designer does keeps the shape of a definition; what may be missing meanwhile: texts, an
 * initial state where there is none yet, and whatever the check of the definition tells with its place.
 */
export type Draft = WorkflowDefinition
export type States = Draft['states']

/** What became of an operation that may not be possible. */
export type Outcome = { readonly ok: true; readonly definition: Draft } | { readonly ok: false; readonly why: Text }

export const done = (definition: Draft): Outcome => ({ ok: true, definition })
export const refused = (en: string, zh: string): Outcome => ({ ok: false, why: { en, zh } })

/** A workflow with nothing in it yet. */
export function emptyDraft(entity: string, label: Text): Draft {
  const slug = entity.toLowerCase().replace(/[^a-z0-9-]/g, '-').replace(/^[^a-z]+/, '') || 'workflow'
  return { slug, version: 1, entity, label, initial: '', events: {}, states: {} }
}

/** A kept draft as the designer takes it: where it is no workflow at all, an empty one. */
export function draftFrom(kept: unknown, { entity, label }: { readonly entity: string; readonly label: Text }): Draft {
  const empty = emptyDraft(entity, label)
  if (!isRecord(kept)) return empty
  const given = kept as Partial<Draft>
  return {
    ...empty, ...given, entity,
    events: isRecord(given.events) ? mapValues(given.events, (event) => ({ ...event, label: textFrom(event.label) })) : {},
    states: statesFrom(given.states),
  }
}

function statesFrom(given: unknown): States {
  if (!isRecord(given)) return {}
  return mapValues(given as States, (state) => ({ ...state, label: textFrom(state.label), ...(state.states === undefined ? {} : { states: statesFrom(state.states) }) }))
}

const textFrom = (given: unknown): Text => ({ en: '', zh: '', ...(isRecord(given) ? given : {}) })

export const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> => typeof value === 'object' && value !== null && !Array.isArray(value)

export function mapValues<Value, Next>(record: Readonly<Record<string, Value>>, next: (value: Value, name: string) => Next): Record<string, Next> {
  return Object.fromEntries(Object.entries(record).map(([name, value]) => [name, next(value, name)]))
}

/** A record whose key is another, at the same place: the order of events is the order of buttons. */
export function withKey<Value>(record: Readonly<Record<string, Value>>, from: string, to: string): Record<string, Value> {
  return Object.fromEntries(Object.entries(record).map(([name, value]) => [name === from ? to : name, value]))
}

export function without<Value extends object, Key extends keyof Value>(value: Value, ...keys: readonly Key[]): Omit<Value, Key> {
  return Object.fromEntries(Object.entries(value).filter(([name]) => !keys.includes(name as Key))) as Omit<Value, Key>
}

/** Where a state stands: "packing.checked" in "packing", a state at the top in null. */
export const parentOf = (path: string): string | null => (path.includes('.') ? path.slice(0, path.lastIndexOf('.')) : null)
export const nameOf = (path: string): string => path.slice(path.lastIndexOf('.') + 1)
export const pathOf = (parent: string | null, name: string): string => (parent === null ? name : `${parent}.${name}`)
export const isWithin = (path: string, outer: string): boolean => path === outer || path.startsWith(`${outer}.`)

export function stateAt({ states }: Pick<Draft, 'states'>, path: string): StateDefinition | undefined {
  let found: StateDefinition | undefined
  let here: States | undefined = states
  for (const name of path.split('.')) {
    found = here && Object.hasOwn(here, name) ? here[name] : undefined
    here = found?.states
  }
  return found
}

export const statesIn = (definition: Draft, parent: string | null): States => (parent === null ? definition.states : stateAt(definition, parent)?.states ?? {})

/** The definition with another state at a place; unchanged where there is none. */
export function withState(definition: Draft, path: string, next: (state: StateDefinition) => StateDefinition): Draft {
  const change = (states: States, [name = '', ...rest]: readonly string[]): States => {
    const state = Object.hasOwn(states, name) ? states[name] : undefined
    if (!state) return states
    return { ...states, [name]: rest.length === 0 ? next(state) : { ...state, states: change(state.states ?? {}, rest) } }
  }
  return { ...definition, states: change(definition.states, path.split('.')) }
}

/** Every state with its path, parents first, each replaced by what `next` makes of it. */
export function mapStates(states: States, next: (state: StateDefinition, path: string) => StateDefinition, parent: string | null = null): States {
  return mapValues(states, (state, name) => {
    const path = pathOf(parent, name)
    const made = next(state, path)
    return made.states ? { ...made, states: mapStates(made.states, next, path) } : made
  })
}

export function pathsOf(states: States, parent: string | null = null): string[] {
  return Object.entries(states).flatMap(([name, state]) => [pathOf(parent, name), ...pathsOf(state.states ?? {}, pathOf(parent, name))])
}

/** An arrow: a candidate of an event in a state, or the join of a state (`event` null). */
export type Arrow = { readonly state: string; readonly event: string | null; readonly index: number }

export const candidatesIn = ({ on = {} }: StateDefinition, event: string): readonly TransitionDefinition[] => (Object.hasOwn(on, event) ? listOf(on[event]) : [])

export const listOf = (value: TransitionDefinition | readonly TransitionDefinition[] | undefined): readonly TransitionDefinition[] =>
  value === undefined ? [] : Array.isArray(value) ? (value as readonly TransitionDefinition[]) : [value as TransitionDefinition]

/** The candidates of an event; one alone is written without a list, and none leaves no trace. */
export function withCandidates(state: StateDefinition, event: string, list: readonly TransitionDefinition[]): StateDefinition {
  const [first, ...others] = list
  if (first) return { ...state, on: { ...state.on, [event]: others.length === 0 ? first : list } }
  const on = without(state.on ?? {}, event)
  return Object.keys(on).length > 0 ? { ...state, on } : without(state, 'on')
}

/** A name made of a wish, free of those that are taken. */
export function freeName(wish: string, taken: ReadonlySet<string>): string {
  if (!taken.has(wish)) return wish
  for (let number = 2; ; number++) if (!taken.has(`${wish}${number}`)) return `${wish}${number}`
}
