import { expect, test } from 'vitest'
import { checkDefinition } from '../../../workflows/engine/check-definition.ts'
import { compileWorkflow, DefinitionError } from '../../../workflows/engine/compile.ts'
import { production, productionRegistry } from './production.ts'
import { registry, salesOrder } from './sales-order.ts'

const label = { en: 'Label', zh: '标签' }
type Loose = Record<string, unknown>
/** A small good definition with some parts replaced. */
const small = (parts: Loose = {}, states: Loose = {}): Loose => ({
  slug: 'small', version: 1, entity: 'things', label, initial: 'open',
  events: { close: { label }, touch: { label, roles: ['system'] } },
  states: { open: { label, on: { close: { target: 'done' }, touch: {} } }, done: { label, type: 'final' }, ...states },
  ...parts,
})
const open = (parts: Loose) => small({}, { open: { label, on: { close: { target: 'done' }, touch: {} }, ...parts } })
const onClose = (close: unknown) => open({ on: { close, touch: {} } })
const found = (definition: unknown) => checkDefinition(definition, registry).map(({ code, path }) => `${code.replace('workflow.', '')} @ ${path}`)

test('good definitions have no findings', () => {
  expect(checkDefinition(salesOrder, registry)).toEqual([])
  expect(checkDefinition(production, productionRegistry)).toEqual([])
  expect(found(small())).toEqual([])
})

test.each<[string, unknown, string[]]>([
  ['unknown guard', onClose({ target: 'done', guards: [{ type: 'hasLines' }, { type: 'hasLine' }] }), ['unknown-guard @ states.open.on.close.guards[1]']],
  ['unknown guard in a list', onClose([{ guards: [{ type: 'nope' }] }, { target: 'done' }]), ['unknown-guard @ states.open.on.close[0].guards[0]']],
  ['unknown action', onClose({ target: 'done', actions: [{ type: 'nope' }] }), ['unknown-action @ states.open.on.close.actions[0]']],
  ['a guard is no action', onClose({ target: 'done', actions: [{ type: 'hasLines' }] }), ['unknown-action @ states.open.on.close.actions[0]']],
  ['unknown role', small({ events: { close: { label, roles: ['owner', 'nobody'] }, touch: { label } } }), ['unknown-role @ events.close.roles[1]']],
  ['unknown target', onClose({ target: 'gone' }), ['unreachable @ states.done', 'unknown-target @ states.open.on.close.target']],
  ['unknown event', open({ on: { close: { target: 'done' }, touch: {}, push: {} } }), ['unknown-event @ states.open.on.push']],
  ['unused event', small({ events: { close: { label }, touch: { label }, spare: { label } } }), ['event-unused @ events.spare']],
  ['unknown initial', small({ initial: 'gone' }), ['unknown-initial @ initial']],
  ['unknown inner initial', open({ initial: 'gone', states: { a: { label } } }), ['unknown-initial @ states.open.initial']],
  ['inner initial missing', open({ states: { a: { label } } }), ['unknown-initial @ states.open.initial']],
  ['initial without inner states', open({ initial: 'x' }), ['initial-unused @ states.open.initial']],
  ['parallel without regions', open({ type: 'parallel' }), ['parallel-empty @ states.open.states']],
  ['join without inner states', open({ onDone: { target: 'done' } }), ['join-empty @ states.open.onDone']],
  ['unknown delay', open({ after: { soon: 'touch' } }), ['unknown-delay @ states.open.after.soon']],
  ['no length of time', open({ after: { PT0S: 'touch' } }), ['unknown-delay @ states.open.after.PT0S']],
  ['timer with an unknown event', open({ after: { P1D: 'push' } }), ['unknown-event @ states.open.after.P1D']],
  ['timer whose event is not known there', small({}, { done: { label, after: { P1D: 'touch' } } }), ['dead-end @ states.done', 'timer-unheard @ states.done.after.P1D']],
  ['timer whose event is for people', small({ events: { close: { label, roles: ['owner'] }, touch: { label } } }, { open: { label, after: { P1D: 'close' }, on: { close: { target: 'done' }, touch: {} } } }), ['timer-not-allowed @ states.open.after.P1D']],
  ['timer whose event asks for a reason', small({ events: { close: { label, reason: 'required' }, touch: { label } } }, { open: { label, after: { P1D: 'close' }, on: { close: { target: 'done' }, touch: {} } } }), ['timer-asks @ states.open.after.P1D']],
  ['final with transitions', small({}, { done: { label, type: 'final', on: { touch: {} } } }), ['final-continues @ states.done.on']],
  ['final with inner states', small({}, { done: { label, type: 'final', initial: 'a', states: { a: { label } } } }), ['final-continues @ states.done.states', 'final-continues @ states.done.initial']],
  ['unreachable state', small({}, { island: { label, on: { close: { target: 'done' } } } }), ['unreachable @ states.island']],
  ['dead end', small({}, { done: { label } }), ['dead-end @ states.done']],
  ['candidate that is never taken', onClose([{ target: 'done' }, { guards: [{ type: 'hasLines' }] }]), ['never-taken @ states.open.on.close[1]']],
  ['two primary events', small({ events: { close: { label, primary: true }, touch: { label, primary: true } } }), ['several-primary @ states.open']],
  ['label missing', small({ events: { close: {}, touch: { label: { en: 'Touch' } } } }), ['missing @ events.close.label', 'missing @ events.touch.label.zh']],
  ['label empty', small({ label: { en: ' ', zh: '标签' } }), ['missing @ label.en']],
  ['nobody may send it', small({ events: { close: { label, roles: [] }, touch: { label } } }), ['wrong-value @ events.close.roles']],
  ['empty list of candidates', onClose([]), ['wrong-value @ states.open.on.close']],
  ['wrong type', small({ version: '1', events: { close: { label, tone: 'pink' }, touch: { label } } }), ['wrong-value @ version', 'wrong-value @ events.close.tone']],
  ['dot in a name', small({}, { 'a.b': { label } }), ['bad-name @ states.a.b']],
  ['wildcard event', open({ on: { '*': { target: 'done' } } }), ['bad-name @ states.open.on.*']],
  ['two fields with one name', small({ events: { close: { label, input: [{ name: 'a', type: 'text', label }, { name: 'a', type: 'date', label }] }, touch: { label } } }), ['duplicate-field @ events.close.input[1].name']],
  ['param missing', onClose({ target: 'done', guards: [{ type: 'totalAtMost' }] }), ['param-missing @ states.open.on.close.guards[0].params.amount']],
  ['param wrong', onClose({ target: 'done', guards: [{ type: 'totalAtMost', params: { amount: 1.5 } }] }), ['param-wrong @ states.open.on.close.guards[0].params.amount']],
  ['param too small', onClose({ target: 'done', guards: [{ type: 'totalAtMost', params: { amount: -1 } }] }), ['param-wrong @ states.open.on.close.guards[0].params.amount']],
  ['param unknown', onClose({ target: 'done', actions: [{ type: 'reserveStock', params: { all: true } }] }), ['param-unknown @ states.open.on.close.actions[0].params.all']],
  ['invoke', open({ invoke: { src: 'x' } }), ['unknown-key @ states.open.invoke']],
  ['entry actions', open({ entry: [{ type: 'notify' }] }), ['unknown-key @ states.open.entry']],
  ['eventless transition', open({ always: { target: 'done' } }), ['unknown-key @ states.open.always']],
  ['guard instead of guards', onClose([{ target: 'done', guard: 'hasLines' }]), ['unknown-key @ states.open.on.close[0].guard']],
  ['a function', onClose({ target: 'done', guards: [() => true] }), ['not-json @ states.open.on.close.guards[0]']],
  ['a date', small({ entity: new Date(0) }), ['not-json @ entity']],
  ['names of Object.prototype', small({}, JSON.parse('{"constructor":{},"__proto__":{"label":1}}')), ['reserved-name @ states.constructor', 'reserved-name @ states.__proto__']],
  ['a prototype key', JSON.parse('{"slug":"x","__proto__":{"polluted":true}}'), ['reserved-name @ __proto__']],
  ['nothing', null, ['wrong-value @ ']],
])('%s is named with its place', (_, definition, expected) => {
  expect(found(definition)).toEqual(expected)
})

test('joins that lead back to themselves without an event are refused, others are not', () => {
  const ring = (target: string, inner: Loose) => small({}, {
    open: { label, on: { close: { target: 'a' }, touch: {} } },
    a: { label, initial: 'x', states: { x: { label, type: 'final' } }, onDone: { target } },
    b: { label, initial: 'y', states: { y: { label, ...inner }, z: { label, type: 'final' } }, onDone: { target: 'a' } },
    done: { label, type: 'final' },
  })
  expect(found(ring('a', {}))).toContain('join-loop @ states.a.onDone')
  expect(found(ring('b.z', {}))).toEqual(expect.arrayContaining(['join-loop @ states.a.onDone', 'join-loop @ states.b.onDone']))
  expect(found(ring('b', { on: { close: { target: 'z' } } })).join()).not.toContain('join-loop')
})

test('depth and cycles end the check instead of the process', () => {
  const cycle = small()
  cycle.states = cycle
  expect(found(cycle)).toContain('not-json @ states')
  let deep: Loose = { label }
  for (let level = 0; level < 500; level += 1) deep = { label, initial: 'a', states: { a: deep } }
  expect(found(small({}, { deep })).every((entry) => entry.startsWith('too-deep'))).toBe(true)
})

test('every finding is a sentence in both languages that knows the remedy', () => {
  const [finding] = checkDefinition(onClose({ target: 'done', guards: [{ type: 'hasLine' }] }), registry)
  expect(finding).toEqual({
    code: 'workflow.unknown-guard',
    severity: 'error',
    path: 'states.open.on.close.guards[0]',
    message: {
      en: 'There is no guard “hasLine”. Known: “hasLines”, “creditOk”, “totalAtMost”.',
      zh: '不存在条件“hasLine”。可用：“hasLines”、“creditOk”、“totalAtMost”。',
    },
  })
})

test('compiling throws the errors and lets warnings pass', () => {
  const broken = { ...salesOrder, initial: 'nowhere' }
  expect(() => compileWorkflow(broken, registry)).toThrow(DefinitionError)
  try {
    compileWorkflow(broken, registry)
  } catch (error) {
    expect(error instanceof DefinitionError && error.findings.map(({ path }) => path)).toEqual(['initial'])
  }
  const events = { ...salesOrder.events, spare: { label } }
  expect(checkDefinition({ ...salesOrder, events }, registry).map(({ severity }) => severity)).toEqual(['warning'])
  expect(() => compileWorkflow({ ...salesOrder, events }, registry)).not.toThrow()
})
