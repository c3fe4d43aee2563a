import { createHash } from 'node:crypto'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { canonicalJson, hashOf } from '../../../workflows/engine/canonical.ts'

test('keys are sorted at every depth, lists keep their order', () => {
  expect(canonicalJson({ b: [2, 1, { d: null, c: '"' }], a: true })).toBe('{"a":true,"b":[2,1,{"c":"\\"","d":null}]}')
  expect(canonicalJson({ 'ä': 1, z: 2, 10: 3, 9: 4 })).toBe('{"10":3,"9":4,"z":2,"ä":1}')
})

test('a hash is the beginning of the SHA-256 of the canonical text', () => {
  expect(hashOf({ b: '批次', a: 1 })).toBe(createHash('sha256').update('{"a":1,"b":"批次"}').digest('hex').slice(0, 40))
})

test('what JSON cannot hold is refused instead of being lost', () => {
  const cycle: Record<string, unknown> = {}
  cycle.self = cycle
  for (const value of [() => 1, NaN, Infinity, new Date(0), 1n, Symbol('x'), undefined, cycle, [undefined], new Map()]) {
    expect(() => canonicalJson(value)).toThrow(TypeError)
  }
})

test('storing a value as JSON does not change its hash; changing it does', () => {
  fc.assert(fc.property(fc.jsonValue(), (value) => {
    expect(hashOf(JSON.parse(JSON.stringify(value)))).toBe(hashOf(value))
    expect(JSON.parse(canonicalJson(value))).toEqual(JSON.parse(JSON.stringify(value)))
    expect(hashOf([value])).not.toBe(hashOf(value))
  }))
  expect(hashOf({ a: 1, b: undefined })).toBe(hashOf({ a: 1 }))
})

test('the order in which keys were written does not matter', () => {
  fc.assert(fc.property(fc.dictionary(fc.string(), fc.integer()), (value) => {
    expect(canonicalJson(Object.fromEntries(Object.entries(value).reverse()))).toBe(canonicalJson(value))
  }))
})
