import type { Operator } from '../../../config/language/references.ts'
import type { EventDefinition, Reference, StateDefinition, TransitionDefinition, WorkflowDefinition } from '../../../config/language/workflow.ts'
import { createRegistry } from '../../../workflows/engine/registry.ts'

/**
 * Small workflows as one writes them on paper. A state is its words: `go>b` leads to b on go, `go[p,q]>b` under guards, `go>`
 * stays, `go!act>` acts, `done>b` is the join, `H>b` and `H*>b` a shallow and a deep history state with b as its default target, `@P1D:go` a timer, and `final`, `parallel`, `resting`, `editable` what it is.
 * Guards: p, q, r are free; `n<5` and `k=x` compare, `n?` is filled, `yes` and `no` exclude each other, `always`, `never`.
 */
export type Sketch = { readonly [state: string]: string | readonly [words: string, inside: Sketch] }

/** The first state is the initial one; `roles` by event, for those that not everybody may send. */
export function flow(states: Sketch, roles: Readonly<Record<string, readonly string[]>> = {}, events: Readonly<Record<string, Partial<EventDefinition>>> = {}): WorkflowDefinition {
  const built = statesOf(states)
  const used = [...new Set([...eventsIn(built), ...Object.keys(events)])]
  return {
    slug: 'sketch', version: 1, entity: 'sketches', label, initial: Object.keys(states)[0] ?? '', states: built,
    events: Object.fromEntries(used.map((name) => [name, { label: { en: name, zh: name }, ...(roles[name] && { roles: roles[name] }), ...events[name] }])),
  }
}

/** So many states in a row, with guarded ways on, back and across. */
export function ladder(count: number): WorkflowDefinition {
  const rung = (at: number) => [`s${at}`, `go[p]>s${at + 1} go>s${Math.max(0, at - 1)} back[q]>s${Math.floor(at / 2)} jump[r]>s${(at * 7) % count}`]
  return flow({ ...Object.fromEntries(Array.from({ length: count }, (_, at) => rung(at))), [`s${count}`]: 'final' })
}

/** So many regions of three states side by side: 3 to the power of `count` configurations. */
export function regions(count: number): WorkflowDefinition {
  const sketch = Object.fromEntries(Array.from({ length: count }, (_, at) => [`r${at}`, ['', { x: `a${at}>y`, y: `b${at}[p]>w c${at}>x`, w: 'final' }] as const]))
  return flow({ p: ['parallel done>z', sketch], z: 'final' })
}

const label = { en: 'L', zh: '标' }
const refusal = { code: 'no', message: label }
const free = ['p', 'q', 'r'].map((type) => ({ type, label, facts: [type], check: () => refusal }))

export const sketchRegistry = createRegistry({
  guards: [
    ...free,
    ...['n', 'k'].map((type) => ({
      type, label, facts: [type], check: () => refusal, params: [{ name: 'operator', type: 'text' as const, label }, { name: 'value', type: 'json' as const, label }],
      condition: ({ operator, value = null }: { readonly [name: string]: unknown }) => ({ subject: type, operator: String(operator) as Operator, value: value as string | number | null }),
    })),
    ...['yes', 'no'].map((type) => ({ type, label, facts: [], check: () => refusal, condition: () => ({ subject: 'answer', of: ['yes', 'no'], in: [type] }) })),
    ...['always', 'never'].map((type) => ({ type, label, facts: [], check: () => refusal, condition: () => ({ constant: type === 'always' }) })),
  ],
  actions: [{ type: 'act', label }],
  roles: [{ slug: 'clerk', label }],
})

function statesOf(sketch: Sketch): Record<string, StateDefinition> {
  return Object.fromEntries(Object.entries(sketch).map(([name, state]) => {
    const [text, inside] = typeof state === 'string' ? [state, undefined] : state
    const words = text.split(' ').filter(Boolean)
    const on: Record<string, TransitionDefinition[]> = {}
    const timers: [string, string][] = []
    let join: string | undefined
    const [, depth, first] = /^(H\*?)>?(.*)$/.exec(words[0] ?? '') ?? []
    if (depth) return [name, { label, type: 'history' as const, history: depth === 'H' ? 'shallow' as const : 'deep' as const, ...(first && { target: first }) }]
    for (const word of words) {
      const [, event = '', guards, action, target = ''] = /^(\w+)(?:\[(.*)\])?(?:!(\w+))?>(.*)$/.exec(word) ?? []
      if (word.startsWith('@')) timers.push(word.slice(1).split(':') as [string, string])
      else if (event === 'done') join = target
      else if (event) (on[event] ??= []).push({ ...(target && { target }), ...(guards && { guards: guards.split(',').map(guardOf) }), ...(action && { actions: [{ type: action }] }) })
    }
    const is = (word: string) => words.includes(word)
    return [name, {
      label, ...(Object.keys(on).length > 0 && { on: Object.fromEntries(Object.entries(on).map(([event, list]) => [event, list.length === 1 && list[0] ? list[0] : list])) }),
      ...(timers.length > 0 && { after: Object.fromEntries(timers) }),
      ...(join && { onDone: { target: join } }),
      ...(is('final') && { type: 'final' as const }), ...(is('parallel') && { type: 'parallel' as const }),
      ...(is('resting') && { resting: true }), ...(is('editable') && { editable: true }),
      ...(inside && { states: statesOf(inside), ...(!is('parallel') && { initial: Object.keys(inside)[0] ?? '' }) }),
    }]
  }))
}

function guardOf(text: string): Reference {
  const [, type, operator, value] = /^(\w+?)(<=|>=|!=|<|>|=|\?|~)(.*)$/.exec(text) ?? []
  if (!type) return { type: text }
  if (operator === '?' || operator === '~') return { type, params: { operator: operator === '?' ? 'filled' : 'empty' } }
  return { type, params: { operator: operator ?? '', value: type === 'n' ? Number(value) : (value ?? '') } }
}

function eventsIn(states: { readonly [name: string]: StateDefinition }): string[] {
  return Object.values(states).flatMap((state) => [...Object.keys(state.on ?? {}), ...eventsIn(state.states ?? {})])
}
