import { expect, test } from 'vitest'
import { createRegistry, guardKey } from '../../../workflows/engine/registry.ts'

const label = { en: 'Label', zh: '标签' }

test('two things of one kind with one name are refused', () => {
  const action = { type: 'notify', label }
  expect(() => createRegistry({ actions: [action, action] })).toThrow('The action "notify" is registered twice.')
  expect(() => createRegistry({ actions: [action], delays: [{ type: 'notify', label, milliseconds: () => 1 }] })).not.toThrow()
})

test.each(['', 'P3D', '__proto__', 'two words', '*'])('the name "%s" is refused', (type) => {
  expect(() => createRegistry({ actions: [{ type, label }] })).toThrow('needs a name')
})

test('system and owner exist without being given, and a firm may name its owner', () => {
  expect([...createRegistry({}).roles.keys()]).toEqual(['system', 'owner'])
  const named = createRegistry({ roles: [{ slug: 'owner', label: { en: 'Boss', zh: '老板' } }] })
  expect(named.roles.get('owner')?.label.zh).toBe('老板')
})

test('the same guard with other parameters is another question, whatever the order of its parameters', () => {
  expect(guardKey({ type: 'a' })).toBe('a')
  expect(guardKey({ type: 'a', params: {} })).toBe('a')
  expect(guardKey({ type: 'a', params: { y: 1, x: [2] } })).toBe('a({"x":[2],"y":1})')
  expect(guardKey({ type: 'a', params: { x: [2], y: 1 } })).toBe('a({"x":[2],"y":1})')
})
