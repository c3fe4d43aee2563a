import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { WorkflowDefinition } from '../../config/language/workflow.ts'
import { builtPlugins as plugins } from '../../config/plugins.ts'
import { definitionShape } from '../../workflows/engine/definition-shape.ts'
import { defaultOf, resolveTarget, stateNodes } from '../../workflows/engine/nodes.ts'
import { statechart } from '../../workflows/engine/picture.ts'
import { step } from '../../admin/configuration/draft-steps.ts'
import { arrowsOf, layOut } from '../../admin/workflow/designer/designer-layout.ts'
import { draftFrom, emptyDraft, pathsOf, stateAt, type Draft, type Outcome } from '../../admin/workflow/designer/draft.ts'
import { addEvent, arrowAt, connect, giveEvent, moveArrow, moveEvent, removeArrow, removeEvent, removeTimer, renameEvent, setArrow, setEvent, setJoin, setTimer } from '../../admin/workflow/designer/draft-arrows.ts'
import { diffDrafts } from '../../admin/workflow/designer/draft-diff.ts'
import { addState, moveState, removeState, renameState, setInitial, setKind, setState } from '../../admin/workflow/designer/draft-states.ts'
import { toMachine } from '../../admin/workflow/designer/stately-export.ts'
import { fromMachine } from '../../admin/workflow/designer/stately-import.ts'

const label = { en: 'Checked', zh: '已检查' }
const shipped: readonly WorkflowDefinition[] = plugins.flatMap(({ workflows = [] }) => workflows)
const nested: WorkflowDefinition = {
  slug: 'request', version: 1, entity: 'requests', label, initial: 'open',
  events: { agree: { label }, ask: { label }, close: { label, roles: ['system'] } },
  states: {
    open: { label, on: { agree: { target: 'checking' } } },
    checking: {
      label, type: 'parallel', onDone: { target: 'granted' },
      states: {
        technical: { label, initial: 'open', states: { open: { label, on: { agree: [{ target: 'agreed', guards: [{ type: 'core.hasLines' }] }, { target: 'technical' }], ask: { target: 'granted' } } }, agreed: { label, type: 'final' } } },
        money: { label, initial: 'waits', states: { waits: { label, after: { P3D: 'close' }, on: { close: { target: 'paid' } } }, paid: { label, type: 'final' } } },
      },
    },
    granted: { label, type: 'final' },
  },
}
/** A request that may be put off, and goes on where it was. */
const paused: WorkflowDefinition = {
  ...nested,
  states: {
    ...nested.states,
    checking: { ...nested.states.checking!, on: { ask: { target: 'waiting' } }, states: { ...nested.states.checking?.states, before: { label, type: 'history', history: 'deep', target: 'technical.open' } } },
    waiting: { label, on: { agree: { target: 'checking.before' } } },
  },
}
const madeOf = (outcome: Outcome): Draft => (outcome.ok ? outcome.definition : expect.fail(outcome.why.en))

/** What may be done to a draft, with places chosen by numbers. */
const operations: readonly ((draft: Draft, pick: <Item>(list: readonly Item[]) => Item | undefined, name: string) => Draft | Outcome | undefined)[] = [
  (draft, pick, name) => addState(draft, { parent: pick([null, ...pathsOf(draft.states)]) ?? null, label, name }).definition,
  (draft, pick) => { const path = pick(pathsOf(draft.states)); return path === undefined ? undefined : removeState(draft, path) },
  (draft, pick, name) => { const path = pick(pathsOf(draft.states)); return path === undefined ? undefined : renameState(draft, path, name) },
  (draft, pick) => { const path = pick(pathsOf(draft.states)); return path === undefined ? undefined : moveState(draft, path, pick([null, ...pathsOf(draft.states)]) ?? null) },
  (draft, pick) => { const path = pick(pathsOf(draft.states)); return path === undefined ? undefined : setKind(draft, path, pick(['ordinary', 'final', 'parallel', 'history'] as const) ?? 'ordinary') },
  (draft, pick) => { const path = pick(pathsOf(draft.states)); return path === undefined ? undefined : setInitial(draft, path) },
  (draft, pick) => { const path = pick(pathsOf(draft.states)); return path === undefined ? undefined : setState(draft, path, { tone: pick(['good', undefined]), resting: pick([true, undefined]) }) },
  (draft, _, name) => addEvent(draft, { label, name }).definition,
  (draft, pick, name) => { const event = pick(Object.keys(draft.events)); return event === undefined ? undefined : renameEvent(draft, event, name) },
  (draft, pick) => { const event = pick(Object.keys(draft.events)); return event === undefined ? undefined : removeEvent(draft, event) },
  (draft, pick) => { const event = pick(Object.keys(draft.events)); return event === undefined ? undefined : moveEvent(draft, event, pick([-1, 1] as const) ?? 1) },
  (draft, pick) => { const event = pick(Object.keys(draft.events)); return event === undefined ? undefined : setEvent(draft, event, { reason: pick(['required', undefined] as const), primary: true }) },
  (draft, pick) => {
    const [from, to, event] = [pick(pathsOf(draft.states)), pick([undefined, ...pathsOf(draft.states)]), pick(Object.keys(draft.events))]
    return from === undefined || event === undefined ? undefined : connect(draft, { from, event, ...(to === undefined ? {} : { to }) })
  },
  (draft, pick) => { const arrow = pick(arrowsOf(draft)); return arrow ? removeArrow(draft, arrow) : undefined },
  (draft, pick) => { const arrow = pick(arrowsOf(draft)); return arrow ? setArrow(draft, arrow, { ...arrowAt(draft, arrow), actions: [{ type: 'core.emit', params: { event: 'seen' } }] }) : undefined },
  (draft, pick) => { const arrow = pick(arrowsOf(draft)); return arrow ? moveArrow(draft, arrow, pick([-1, 1] as const) ?? 1) : undefined },
  (draft, pick) => { const [arrow, event] = [pick(arrowsOf(draft)), pick(Object.keys(draft.events))]; return arrow && event !== undefined ? giveEvent(draft, arrow, event).definition : undefined },
  (draft, pick) => { const [path, to] = [pick(pathsOf(draft.states)), pick([undefined, ...pathsOf(draft.states)])]; return path === undefined ? undefined : setJoin(draft, path, to) },
  (draft, pick) => { const [path, event] = [pick(pathsOf(draft.states)), pick(Object.keys(draft.events))]; return path === undefined || event === undefined ? undefined : setTimer(draft, path, { delay: pick(['P1D', 'PT1H']) ?? 'P1D', event }) },
  (draft, pick) => { const path = pick(pathsOf(draft.states)); return path === undefined ? undefined : removeTimer(draft, path, 'P1D') },
  (draft, pick, name) => { const parent = pick(pathsOf(draft.states)); return parent === undefined ? undefined : addState(draft, { parent, label, name, type: 'history' }).definition },
]

/** Every arrow leads to a state, and whatever has states inside begins in one. */
function dangling(draft: Draft): string[] {
  const nodes = stateNodes(draft)
  const arrows = [...nodes.values()].flatMap((node) => node.candidates.filter(({ target, event }) => (target !== undefined && !resolveTarget(nodes, node, target)) || (event !== undefined && !Object.hasOwn(draft.events, event))).map(({ key }) => key))
  const beginnings = [...nodes.values()].filter(({ kind, definition: { initial, states } }) => kind === 'compound' && (!Object.hasOwn(states ?? {}, initial ?? '') || states?.[initial ?? '']?.type === 'history')).map(({ path }) => path)
  const defaults = [...nodes.values()].filter((node) => node.definition.target !== undefined && !defaultOf(nodes, node)).map(({ path }) => path)
  const timers = [...nodes.values()].flatMap((node) => Object.values(node.definition.after ?? {}).filter((event) => !Object.hasOwn(draft.events, event)))
  return [...arrows, ...beginnings, ...defaults, ...timers, ...(nodes.size > 0 && !Object.hasOwn(draft.states, draft.initial) ? ['initial'] : [])]
}

describe('what is drawn', () => {
  it('keeps its shape and its references whatever is done to it, and can all be taken back', () => {
    const moves = fc.array(fc.record({ operation: fc.nat(operations.length - 1), picks: fc.array(fc.nat(97), { minLength: 4, maxLength: 4 }), name: fc.constantFrom('open', 'agreed', 'extra', 'seen', 'constructor') }), { maxLength: 30 })
    fc.assert(fc.property(moves, fc.constantFrom(nested, paused, emptyDraft('notes', label), ...shipped.slice(0, 2)), (list, start) => {
      let steps = { past: [] as readonly Draft[], now: start as Draft, future: [] as readonly Draft[] }
      for (const { operation, picks, name } of list) {
        let turn = 0
        const pick = <Item>(from: readonly Item[]): Item | undefined => from[(picks[turn++ % picks.length] ?? 0) % Math.max(1, from.length)]
        const made = operations[operation]?.(steps.now, pick, name)
        const next = made && 'ok' in made ? (made.ok ? made.definition : undefined) : made
        if (!next) continue
        steps = step(steps, { to: 'next', content: next })
        expect(dangling(next)).toEqual([])
        const shape = definitionShape.safeParse(next)
        expect(shape.success ? [] : shape.error.issues).toEqual([])
      }
      const end = steps.now
      const count = steps.past.length
      for (let turn = 0; turn < count; turn++) steps = step(steps, { to: 'undo' })
      expect(steps.now).toBe(start)
      for (let turn = 0; turn < count; turn++) steps = step(steps, { to: 'redo' })
      expect(steps.now).toBe(end)
    }), { numRuns: 150 })
  })

  it('leads where it led when a state gets another name or place', () => {
    const lines = (draft: Draft, told: (path: string) => string = (path) => path) => statechart(draft).edges.map(({ from, to, event }) => `${told(from)} ${event} ${told(to)}`).sort()
    const renamed = madeOf(renameState(nested, 'checking.technical.open', 'begun'))
    expect(lines(renamed)).toEqual(lines(nested, (path) => path.replace('checking.technical.open', 'checking.technical.begun')))
    expect(stateAt(renamed, 'checking.technical')?.initial).toBe('begun')
    const moved = madeOf(moveState(nested, 'granted', 'checking.money'))
    expect(lines(moved)).toEqual(lines(nested, (path) => path.replace(/^granted$/, 'checking.money.granted')))
    // The nearer "open" would catch what leads to the outer one.
    expect(renameState({ ...nested, states: { ...nested.states, checking: { ...nested.states.checking!, on: { ask: { target: 'open' } } } } }, 'checking.technical', 'open').ok).toBe(true)
    const caught = connect(nested, { from: 'checking.technical.agreed', to: 'open', event: 'ask' })
    expect(caught.ok).toBe(false)
    expect(moveState(nested, 'checking', 'checking.money').ok).toBe(false)
  })

  it('loses with a state what leads to it, and nothing else', () => {
    const made = removeState(nested, 'granted')
    expect(statechart(made).edges.map(({ from, event }) => [from, event])).toEqual(statechart(nested).edges.filter(({ to }) => to !== 'granted').map(({ from, event }) => [from, event]))
    expect(removeState(nested, 'open').initial).toBe('checking')
    expect(stateAt(removeState(removeState(nested, 'checking.technical'), 'checking.money'), 'checking')).toEqual({ label })
  })

  it('names an event anew wherever it is named', () => {
    const withSla = setState(nested, 'open', { sla: { within: 'P1D', event: 'close' }, approval: { steps: [], approved: 'agree', rejected: 'agree', returned: 'close' } })
    const text = JSON.stringify(madeOf(renameEvent(withSla, 'close', 'finish')))
    expect(text).not.toContain('"close"')
    expect(text.match(/"finish"/g)).toHaveLength(JSON.stringify(withSla).match(/"close"/g)?.length ?? 0)
    expect(JSON.stringify(removeEvent(withSla, 'close'))).not.toContain('"close"')
  })

  it('is taken from whatever was kept, also from what is no workflow', () => {
    for (const kept of [null, 7, [], { states: 'x', events: null }, { states: { a: { states: 3 } } }]) expect(dangling(draftFrom(kept, { entity: 'notes', label })).filter((one) => one !== 'initial')).toEqual([])
    expect(draftFrom(nested, { entity: 'requests', label })).toEqual(nested)
  })
})

describe('a way back', () => {
  it('goes along when states get other names or places, and leads to a sibling when it is made', () => {
    const renamed = madeOf(renameState(paused, 'checking.technical', 'engineers'))
    expect(stateAt(renamed, 'checking.before')?.target).toBe('engineers.open')
    expect(stateAt(madeOf(renameState(renamed, 'checking', 'looking')), 'waiting')?.on).toEqual({ agree: { target: 'looking.before' } })
    // Its default is gone: that is told by the check.
    expect(stateAt(removeState(paused, 'checking.technical'), 'checking.before')).toEqual({ label, type: 'history', history: 'deep' })
    const { definition, path } = addState(nested, { parent: 'checking.money', label, name: 'history', type: 'history' })
    expect(stateAt(definition, path)).toEqual({ label, type: 'history', history: 'shallow', target: 'waits' })
    expect(connect(definition, { from: path, to: 'open', event: 'ask' }).ok).toBe(false)
    expect(connect(definition, { from: 'open', to: path, event: 'ask' })).toMatchObject({ ok: true })
  })

  it('is made of a state that stands beside others, which is then no beginning any more', () => {
    const made = setKind(nested, 'checking.money.waits', 'history')
    expect(stateAt(made, 'checking.money')).toMatchObject({ initial: 'paid', states: { waits: { label, type: 'history', history: 'shallow', target: 'paid' } } })
    expect(setInitial(made, 'checking.money.waits')).toBe(made)
    expect(stateAt(setKind(made, 'checking.money.waits', 'ordinary'), 'checking.money.waits')).toEqual({ label })
    expect(setKind(nested, 'open', 'history')).toBe(nested)
    expect(setKind(nested, 'checking.technical', 'history')).toBe(nested)
  })

  it('is drawn with its default target on a line of its own', () => {
    const { bundles } = layOut(paused, { direction: 'LR', say: ({ en }) => en })
    expect(bundles.filter(({ arrows }) => arrows.length === 0).map(({ from, to }) => [from, to])).toEqual([['checking.before', 'checking.technical.open']])
  })

  it('goes out to Stately and comes back', () => {
    expect(toMachine(paused).states.checking?.states?.before).toEqual({ type: 'history', history: 'deep', target: 'technical.open', meta: { trellis: { label } } })
    const machine = { id: 'm', initial: 'on', states: { on: { initial: 'low', on: { OFF: 'off' }, states: { low: { on: { UP: 'high' } }, high: {}, hist: { type: 'history' } } }, off: { on: { ON: 'on.hist' } } } }
    const found = fromMachine(machine, { entity: 'notes', label })
    expect(found?.notes).toEqual([])
    expect(found?.definition.states.on?.states?.hist).toMatchObject({ type: 'history', target: 'low' })
    expect(found?.definition.states.off?.on).toEqual({ ON: { target: 'on.hist' } })
  })
})

describe('a picture of it', () => {
  it('has every state within the one around it, beside its siblings, for all that is shipped', () => {
    for (const definition of [nested, paused, ...shipped]) {
      const { states, bundles } = layOut(definition, { direction: 'LR', say: ({ en }) => en })
      const boxes = new Map(states.map((state) => [state.path, state]))
      for (const one of states) {
        const outer = one.parent === null ? undefined : boxes.get(one.parent)
        if (outer) expect([one.x >= 0, one.y >= 0, one.x + one.width <= outer.width + 1, one.y + one.height <= outer.height + 1]).toEqual([true, true, true, true])
        for (const other of states) {
          if (other === one || other.parent !== one.parent) continue
          expect(one.left + one.width <= other.left || other.left + other.width <= one.left || one.top + one.height <= other.top || other.top + other.height <= one.top).toBe(true)
        }
      }
      const drawn = bundles.reduce((sum, { arrows }) => sum + arrows.length, 0) + states.reduce((sum, { inside }) => sum + inside.length, 0)
      expect(drawn).toBe(statechart(definition).edges.length)
      for (const { points } of bundles) expect(points.every(({ x, y }) => Number.isFinite(x) && Number.isFinite(y))).toBe(true)
    }
  })
})

describe('what differs between two versions', () => {
  it('is told for states, arrows and events, and marked in both pictures', () => {
    const made = madeOf(connect(setState(removeState(nested, 'checking.money.paid'), 'open', { tone: 'good' }), { from: 'open', to: 'granted', event: 'ask' }))
    const { changes, before, after } = diffDrafts(nested, setEvent(made, 'agree', { reason: 'required' }))
    expect(changes.map(({ kind, what, id, properties }) => [kind, what, id, properties.join()])).toEqual([
      ['removed', 'arrow', 'states.checking.states.money.states.waits.on.close', ''], ['removed', 'state', 'checking.money.paid', ''],
      ['changed', 'event', 'agree', 'reason'], ['changed', 'state', 'open', 'tone'], ['added', 'arrow', 'states.open.on.ask', ''],
    ])
    expect([before.get('checking.money.paid'), before.get('open'), after.get('open'), after.get('states.open.on.ask')]).toEqual(['removed', 'changed', 'changed', 'added'])
    expect(diffDrafts(nested, nested).changes).toEqual([])
  })
})

describe('a machine of Stately', () => {
  it('brings back every shipped workflow as it was', () => {
    expect(shipped.length).toBeGreaterThan(15)
    for (const definition of [nested, paused, ...shipped]) {
      const back = fromMachine(JSON.parse(JSON.stringify(toMachine(definition))), definition)
      expect(back).toEqual({ definition, notes: [] })
      expect(JSON.stringify(back?.definition.events)).toBe(JSON.stringify(definition.events))
    }
  })

  it('is taken as far as it goes, and everything else is told', () => {
    const machine = {
      id: 'order', version: '1.0', initial: 'In progress', context: { count: 0 }, on: { RESET: '.In progress' },
      states: {
        'In progress': {
          entry: ['log'], tags: ['busy'],
          on: { 'order.done': { target: 'done', guard: 'isReady', actions: ['notify', { type: 'mail', params: { to: 'x' } }] }, '*': 'done', again: { target: 'In progress' }, both: [{ target: '#last', guard: { type: 'and', guards: ['a', 'b'] } }, { target: 'done', cond: 'old' }] },
          after: { 60000: 'done', soon: { actions: { type: 'xstate.raise', params: { event: { type: 'again' } } } } }, invoke: { src: 'load' },
        },
        done: { id: 'last', type: 'final', meta: { color: 'red' } },
        back: { type: 'history', history: 'wide', entry: 'log' },
      },
    }
    const found = fromMachine(machine, { entity: 'notes', label }) ?? expect.fail('no machine')
    expect(found.definition).toMatchObject({
      slug: 'order', entity: 'notes', initial: 'inProgress',
      events: { orderDone: { label: { en: 'Order done' } }, timeUp: { roles: ['system'] } },
      states: {
        inProgress: {
          label: { en: 'In progress' }, after: { PT1M: 'timeUp', soon: 'again' },
          on: { orderDone: { target: 'done', guards: [{ type: 'isReady' }], actions: [{ type: 'notify' }, { type: 'mail', params: { to: 'x' } }] }, timeUp: { target: 'done' }, both: [{ target: 'done', guards: [{ type: 'a' }, { type: 'b' }] }, { target: 'done' }] },
        },
        done: { type: 'final' },
      },
    })
    expect(found.definition.states.back).toEqual({ label: { en: 'Back', zh: 'Back' }, type: 'history', target: 'inProgress' })
    const told = found.notes.map(({ path }) => path)
    for (const path of ['version', 'context', 'on', 'In progress.entry', 'In progress.tags', 'In progress.on.*', 'In progress.on.order.done', 'In progress.on.again.reenter', 'In progress.on.both.cond', 'In progress.after.60000', 'In progress.invoke', 'done.meta', 'back.history: wide', 'back.entry']) expect(told).toContain(path)
    expect(definitionShape.safeParse(found.definition).success).toBe(true)
    expect(fromMachine([], { entity: 'notes', label })).toBeUndefined()
  })
})
