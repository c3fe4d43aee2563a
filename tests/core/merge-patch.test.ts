import fc from 'fast-check'
import { expect, it } from 'vitest'
import { diffPatch, mergePatch } from '../../config/language/merge-patch.ts'
import type { Json } from '../../config/language/text.ts'

const scalar = fc.oneof(fc.string({ maxLength: 3 }), fc.integer(), fc.boolean())
const key = fc.constantFrom('a', 'b', 'c', '__proto__', 'constructor', 'toString')
/** As definitions are: null stands in lists only. */
const { json } = fc.letrec<{ json: Json; object: Json; list: Json }>((tie) => ({
  json: fc.oneof({ maxDepth: 4 }, scalar, tie('object'), tie('list')),
  object: fc.dictionary(key, tie('json'), { maxKeys: 4 }).map((value) => value as Json),
  list: fc.array(fc.oneof(tie('json'), fc.constant(null)), { maxLength: 3 }),
}))
const plain = (value: Json) => JSON.parse(JSON.stringify(value)) as Json

it('a patch of what differs makes the one of the other', () => {
  fc.assert(fc.property(json, json, (before, after) => {
    expect(plain(mergePatch(before, plain(diffPatch(before, after))))).toEqual(plain(after))
  }))
  expect(Object.getPrototypeOf(mergePatch({}, JSON.parse('{"__proto__":{"polluted":true}}') as Json))).toBe(Object.prototype)
})

it('of equal ones nothing differs, and only what differs is said', () => {
  fc.assert(fc.property(fc.dictionary(key, json), (value) => { expect(diffPatch(value, plain(value))).toEqual({}) }))
  expect(diffPatch({ a: { x: 1, y: 2 }, b: [1, 2], c: 3 }, { a: { x: 1, y: 4 }, b: [1], d: { e: 5 } })).toEqual({ a: { y: 4 }, b: [1], c: null, d: { e: 5 } })
})

// RFC 7396, appendix A.
it.each<[Json, Json, Json]>([
  [{ a: 'b' }, { a: 'c' }, { a: 'c' }], [{ a: 'b' }, { b: 'c' }, { a: 'b', b: 'c' }], [{ a: 'b' }, { a: null }, {}], [{ a: 'b', b: 'c' }, { a: null }, { b: 'c' }],
  [{ a: ['b'] }, { a: 'c' }, { a: 'c' }], [{ a: 'c' }, { a: ['b'] }, { a: ['b'] }], [{ a: { b: 'c' } }, { a: { b: 'd', c: null } }, { a: { b: 'd' } }],
  [{ a: [{ b: 'c' }] }, { a: [1] }, { a: [1] }], [['a', 'b'], ['c', 'd'], ['c', 'd']], [{ a: 'b' }, ['c'], ['c']], [{ a: 'foo' }, null, null], [{ a: 'foo' }, 'bar', 'bar'],
  [{ e: null }, { a: 1 }, { e: null, a: 1 }], [[1, 2], { a: 'b', c: null }, { a: 'b' }], [{}, { a: { bb: { ccc: null } } }, { a: { bb: {} } }],
])('%j with %j is %j', (target, patch, result) => {
  expect(mergePatch(target, patch)).toEqual(result)
})
