import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { fitsMask, maskTyped } from '../../plugins/core/engine/masks.ts'
import { readDuration, writeDuration } from '../../plugins/core/engine/durations.ts'

describe('a time span', () => {
  it.each([['90', 90], ['1:30', 90], ['0:05', 5], ['1h 30m', 90], ['1.5 h', 90], ['1小时30分', 90], ['２ｄ', 2880], ['1d 2h 3min', 1563], ['45 minutes', 45]])('%s is %i minutes', (text, minutes) => {
    expect(readDuration(text)).toBe(minutes)
  })

  it.each(['', ' ', '-5', '1:60', '1:5', 'soon', '1h1h', '99999999999', '1:30:00'])('%s is none', (text) => {
    expect(readDuration(text)).toBeUndefined()
  })

  it('is read as it is written', () => {
    fc.assert(fc.property(fc.nat(1_000_000), (minutes) => { expect(readDuration(writeDuration(minutes))).toBe(minutes) }))
  })
})

describe('a mask', () => {
  it('puts its signs in while one types, and leaves alone what does not fit', () => {
    expect(['ab', 'ab1', 'ab12', 'ab-12', 'ab12x', '12', 'ab-1234'].map((typed) => maskTyped('AA-00', typed))).toEqual(['AB', 'AB-1', 'AB-12', 'AB-12', 'ab12x', '12', 'ab-1234'])
  })

  it('is met by whatever it has completed', () => {
    fc.assert(fc.property(fc.array(fc.constantFrom('A', '0', '*', '-', ' '), { minLength: 1, maxLength: 12 }), fc.infiniteStream(fc.constantFrom('b', '7')), (signs, stream) => {
      const mask = signs.join('')
      const next = () => stream.next().value as string
      const typed = signs.flatMap((sign) => (sign === 'A' ? 'b' : sign === '0' ? '7' : sign === '*' ? next() : [])).join('')
      const text = maskTyped(mask, typed)
      expect(text === '' || fitsMask(mask, text) || mask.startsWith(text) || /[- ]$/.test(mask)).toBe(true)
    }))
  })
})
