import { expect, test } from 'vitest'
import { boundedMap } from '../../../workflows/engine/bounded-map.ts'
import { compileWorkflow } from '../../../workflows/engine/compile.ts'
import { transition } from '../../../workflows/engine/transition.ts'
import { createRegistry } from '../../../workflows/engine/registry.ts'
import { registry, salesOrder } from './sales-order.ts'

test('the same content is compiled once for a registry, whichever object carries it', () => {
  const compiled = compileWorkflow(salesOrder, registry)
  expect(compileWorkflow(structuredClone(salesOrder), registry)).toBe(compiled)
  expect(compileWorkflow({ ...salesOrder, version: 2 }, registry)).not.toBe(compiled)
})

test('another registry is another compilation', () => {
  const label = { en: 'L', zh: '标' }
  const definition = { slug: 's', version: 1, entity: 'e', label, initial: 'a', events: { go: { label, roles: ['clerk'] } }, states: { a: { label, on: { go: {} } } } }
  const withClerk = createRegistry({ roles: [{ slug: 'clerk', label }] })
  expect(compileWorkflow(definition, withClerk).hash).toHaveLength(40)
  expect(() => compileWorkflow(definition, createRegistry({}))).toThrow('There is no role “clerk”')
})

test('changing the definition afterwards changes nothing', () => {
  // A version of its own, so that it is this object that is compiled.
  const definition = { ...structuredClone(salesOrder), version: 99 }
  const compiled = compileWorkflow(definition, registry)
  Object.assign(definition.states.draft.on.cancel, { target: 'confirmed' })
  Object.assign(definition.events.cancel, { roles: ['system'] })
  expect(transition(compiled, { state: 'draft', event: 'cancel', document: {}, facts: {}, roles: [], reason: 'r' })).toMatchObject({ ok: true, state: 'cancelled' })
})

test('a bounded map keeps what was used last', () => {
  const map = boundedMap<number>(2)
  let made = 0
  const get = (key: string) => map.getOrAdd(key, () => (made += 1))
  expect([get('a'), get('b'), get('a'), get('c'), get('a'), get('b')]).toEqual([1, 2, 1, 3, 1, 4])
  expect(map.size()).toBe(2)
})
