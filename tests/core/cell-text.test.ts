import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { emptyMark, guarded, isEmptyMark, joinValues, splitValues, unguarded } from '../../plugins/core/entities/cell-text.ts'

const risky = fc.stringMatching(/^'{0,3}[=+\-@＝＋－＠\t\r\n]?.{0,6}$/)
const text = fc.oneof(fc.string({ unit: 'grapheme' }), risky, fc.constantFrom(emptyMark, `'${emptyMark}`, '（空）', "'s-Hertogenbosch", "''", '(EMPTY)', ''))

describe('texts in cells', () => {
  it('come back exactly, and none is a formula or the mark of an empty cell', () => {
    fc.assert(fc.property(text, (own) => {
      const cell = guarded(own)
      expect(unguarded(cell)).toBe(own)
      expect(/^[=+\-@＝＋－＠\t\r\n]/.test(cell)).toBe(false)
      expect(isEmptyMark(cell)).toBe(own.trim() !== own && isEmptyMark(own))
    }), { numRuns: 2_000 })
  })

  it('two texts never become one cell', () => {
    fc.assert(fc.property(text, text, (one, other) => { if (one !== other) expect(guarded(one)).not.toBe(guarded(other)) }), { numRuns: 2_000 })
  })

  it('leave a word alone that begins with an apostrophe', () => {
    expect(guarded("'s-Hertogenbosch")).toBe("'s-Hertogenbosch")
    expect(unguarded("'s-Hertogenbosch")).toBe("'s-Hertogenbosch")
    expect(unguarded("'=1+1")).toBe('=1+1')
  })

  it('several values of one cell come back one by one', () => {
    expect(joinValues(['a;b', 'c\\'])).toBe('a\\;b;c\\\\')
    fc.assert(fc.property(fc.array(fc.oneof(fc.string({ minLength: 1 }), fc.stringMatching(/^[;\\a]{1,6}$/)), { minLength: 1 }), (values) => {
      expect(splitValues(joinValues(values))).toEqual(values)
    }), { numRuns: 2_000 })
    expect(splitValues('')).toEqual([])
  })
})
