import fc from 'fast-check'
import type { EventDefinition, StateDefinition, TransitionDefinition, WorkflowDefinition } from '../../../config/language/workflow.ts'
import { createRegistry } from '../../../workflows/engine/registry.ts'

const label = { en: 'Label', zh: '标签' }
const numbers = [0, 1, 2, 3]

/** Guard `g2` holds when the fact `f2` is true; actions and roles are arbitrary names. */
export const randomRegistry = createRegistry({
  guards: numbers.map((n) => ({
    type: `g${n}`, label, facts: [`f${n}`],
    check: ({ facts }) => facts[`f${n}`] === true || { code: `g${n}`, message: label },
  })),
  actions: numbers.map((n) => ({ type: `a${n}`, label })),
  delays: [{ type: 'later', label, milliseconds: () => 1000 }],
  roles: [{ slug: 'clerk', label }, { slug: 'boss', label }],
})

export const eventNames = ['e0', 'e1', 'e2', 'e3', 'e4']
export const anyFacts = fc.record({ f0: fc.boolean(), f1: fc.boolean(), f2: fc.boolean(), f3: fc.boolean() })
/** Half of the time somebody who may do everything, so that walks get far. */
export const anyRoles = fc.oneof(fc.constant(['owner', 'system', 'clerk']), fc.subarray(['clerk', 'boss', 'owner', 'system']))

type Tree = { readonly kind: 'leaf' | 'final' | 'compound' | 'parallel'; readonly children: readonly Tree[] }
type Arrow = { readonly event: string; readonly target: number | undefined; readonly guards: readonly number[]; readonly actions: readonly number[] }
type Dice = { readonly arrows: readonly Arrow[]; readonly timer: boolean; readonly join: number; readonly history: 'shallow' | 'deep' | undefined }

const tree = (depth: number): fc.Arbitrary<Tree> => {
  const leaf = fc.record({ kind: fc.constantFrom('leaf', 'leaf', 'final'), children: fc.constant([]) }) satisfies fc.Arbitrary<Tree>
  if (depth === 0) return leaf
  const nested = fc.record({ kind: fc.constantFrom('compound', 'parallel'), children: fc.array(tree(depth - 1), { minLength: 2, maxLength: 3, size: 'max' }) }) satisfies fc.Arbitrary<Tree>
  return fc.oneof({ weight: 1, arbitrary: leaf }, { weight: 1, arbitrary: nested })
}

const arrow: fc.Arbitrary<Arrow> = fc.record({
  event: fc.constantFrom(...eventNames),
  target: fc.option(fc.nat(60), { nil: undefined, freq: 8 }),
  guards: fc.uniqueArray(fc.constantFrom(...numbers), { maxLength: 2 }),
  actions: fc.array(fc.constantFrom(...numbers), { maxLength: 2 }),
})
const dice: fc.Arbitrary<Dice> = fc.record({ arrows: fc.array(arrow, { minLength: 1, maxLength: 5, size: 'max' }), timer: fc.boolean(), join: fc.nat(99), history: fc.constantFrom(undefined, 'shallow', 'deep') })

const anyEvent: fc.Arbitrary<EventDefinition> = fc.record({
  label: fc.constant(label),
  roles: fc.constantFrom(undefined, undefined, ['clerk'], ['system'], ['boss', 'system']),
  reason: fc.constantFrom(undefined, undefined, 'required', 'optional'),
})

/** Definitions with nested and parallel states, history states, joins, timers, several candidates, arrows across all levels. */
export const anyDefinition: fc.Arbitrary<WorkflowDefinition> = fc
  .record({ roots: fc.array(tree(3), { minLength: 2, maxLength: 4, size: 'max' }), dice: fc.array(dice, { minLength: 12, maxLength: 12 }), events: fc.array(anyEvent, { minLength: 5, maxLength: 5 }) })
  .map(({ roots, dice: rolled, events }) => {
    const paths: string[] = []
    const collect = (children: readonly Tree[], prefix: string) => children.forEach((child, index) => {
      const path = `${prefix}${nameAt(prefix, index)}`
      paths.push(path)
      collect(child.children, `${path}.`)
    })
    collect(roots, '')
    // Those that remember stand among the targets; more than two make too many places to look at each.
    const nested = roots.flatMap((root, index) => insideOf(root, nameAt('', index)))
    const histories = new Map(nested.flatMap((path) => { const { history } = rolled[paths.indexOf(path) % rolled.length] ?? {}; return history ? [[path, history] as const] : [] }).slice(0, (rolled[0]?.join ?? 0) % 3))
    const targets = [...paths, ...[...histories.keys()].flatMap((path) => Array<string>(3).fill(`${path}.back`))]
    return {
      slug: 'random', version: 1, entity: 'things', label, initial: nameAt('', 0),
      events: Object.fromEntries(eventNames.map((name, index) => [name, events[index] ?? { label }])),
      states: statesOf({ children: roots, prefix: '', rolled, paths, targets, histories, timed: eventNames.filter((_, index) => timerMaySend(events[index])) }),
    }
  })

/** Paths of the states that have states inside. */
function insideOf({ children }: Tree, path: string): string[] {
  return children.length === 0 ? [] : [path, ...children.flatMap((child, index) => insideOf(child, `${path}.${nameAt(`${path}.`, index)}`))]
}

/** Names differ at every depth, so that a whole path means the same from everywhere. */
function nameAt(prefix: string, index: number): string {
  return `s${prefix.replaceAll(/[s.]/g, '')}${index}`
}

type Building = { readonly children: readonly Tree[]; readonly prefix: string; readonly rolled: readonly Dice[]; readonly paths: readonly string[]; readonly targets: readonly string[]; readonly histories: ReadonlyMap<string, 'shallow' | 'deep'>; readonly timed: readonly string[] }

function timerMaySend(event: EventDefinition | undefined): boolean {
  return event?.reason !== 'required' && (event?.roles === undefined || event.roles.includes('system'))
}

function statesOf({ children, prefix, ...rest }: Building): Record<string, StateDefinition> {
  const { rolled, paths, histories } = rest
  const history = histories.get(prefix.slice(0, -1))
  const states = children.map((child, index): [string, StateDefinition] => {
    const name = nameAt(prefix, index)
    const path = `${prefix}${name}`
    const throwOf = rolled[paths.indexOf(path) % rolled.length]
    return [name, stateOf({ tree: child, throwOf, inner: { ...rest, children: child.children, prefix: `${path}.` } })]
  })
  return Object.fromEntries([...states, ...(history ? [['back', { label, type: 'history' as const, history, target: nameAt(prefix, 0) }] as const] : [])])
}

function stateOf({ tree: { kind, children }, throwOf, inner }: { readonly tree: Tree; readonly throwOf: Dice | undefined; readonly inner: Building }): StateDefinition {
  if (kind === 'final') return { label, type: 'final' }
  const own = inner.prefix.slice(0, -1)
  const target = (index: number) => {
    const path = inner.targets[index % inner.targets.length] ?? ''
    // From inside nothing leads to what is remembered: then to the state itself.
    return path.endsWith('.back') && `${own}.`.startsWith(path.replace(/back$/, '')) ? path.replace(/\.back$/, '') : path
  }
  const on: Record<string, TransitionDefinition[]> = {}
  for (const { event, target: to, guards, actions } of throwOf?.arrows ?? []) {
    (on[event] ??= []).push({
      ...(to !== undefined && { target: target(to) }),
      guards: guards.map((n) => ({ type: `g${n}` })),
      actions: actions.map((n) => ({ type: `a${n}` })),
    })
  }
  const join = throwOf && throwOf.join < 25 && children.length > 0 ? target(throwOf.join) : undefined
  return {
    label,
    on,
    ...(throwOf?.timer && { after: Object.fromEntries(Object.keys(on).filter((event) => inner.timed.includes(event)).slice(0, 1).map((event) => ['later', event])) }),
    ...(children.length > 0 && { states: statesOf(inner) }),
    ...(kind === 'parallel' && { type: 'parallel' as const }),
    ...(kind === 'compound' && { initial: nameAt(inner.prefix, 0) }),
    ...(join !== undefined && { onDone: { target: join, actions: [{ type: 'a0' }] } }),
  }
}
