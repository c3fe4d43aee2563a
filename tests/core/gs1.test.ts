import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { applicationIdentifiers, hasPredefinedLength, takesFrom } from '../../plugins/core/pages/gs1-identifiers.ts'
import { checkDigit, readGs1, type Gs1Element } from '../../plugins/core/pages/gs1.ts'

const today = '2026-11-22'
const gs = '\u001D'
const told = (code: string) => {
  const read = readGs1(code, today)
  return read && ('problem' in read ? 'problem' : read.elements.map(({ identifier, text }) => `${identifier}=${text}`).join(' '))
}

describe('a GS1 code', () => {
  it.each([
    ['0109506000134352' + '17' + '270131' + '10' + 'ABC123' + gs + '21' + 'S-7', '01=09506000134352 17=2027-01-31 10=ABC123 21=S-7'],
    [']C10109506000134352' + '10' + 'L1', '01=09506000134352 10=L1'],
    [']d2' + gs + '10L1' + gs + '17270100', '10=L1 17=2027-01-31'],
    ['(01)09506000134352(10)ABC(30)12', '01=09506000134352 10=ABC 30=12'],
    ['(3103)001250(37)007', '310n=1.250 37=7'],
    ['(3100)000012', '310n=12'],
    ['010950600013435210A<GS>21B', '01=09506000134352 10=A 21=B'],
    ['00' + '106141412345678908', '00=106141412345678908'],
    ['https://id.gs1.org/01/09506000134352/10/ABC?17=270131&30=5&linkType=x', '01=09506000134352 10=ABC 17=2027-01-31 30=5'],
    ['https://firm.example/shop/01/9506000134352/21/A%2F7', '01=09506000134352 21=A/7'],
  ])('%j', (code, wanted) => expect(told(code)).toBe(wanted))

  it.each([
    ['a wrong check digit', '(01)09506000134353'], ['a date that is none', '(17)270231'], ['letters in a number', '(30)12A'], ['too much', `(10)${'A'.repeat(21)}`],
    ['an identifier that we do not know', '(05)1'], ['two values of one', '(10)A(10)B'], ['nothing behind an identifier', '(10)'], ['a character outside of the 82', '(10)A#B'],
    ['what is marked and is none', ']C1ZZ'], ['a link whose GTIN is wrong', 'https://id.gs1.org/01/09506000134353'],
  ])('is refused for %s', (_, code) => expect(told(code)).toBe('problem'))

  it.each(['1012345', 'FORK', '', '  ', '01095060001343', '0109506000134353', 'https://firm.example/parts/7', '2100001'])('%j is none', (code) => expect(told(code)).toBeNull())

  it('takes the century that is nearest', () => {
    expect(told('(11)770101')).toBe('11=1977-01-01')
    expect(told('(11)760101')).toBe('11=2076-01-01')
    expect(readGs1('(17)030101', '1999-05-01')).toEqual({ elements: [{ identifier: '17', text: '2003-01-01' }] })
  })

  it('fills only fields that can hold it', () => {
    expect([takesFrom('17', 'date'), takesFrom('17', 'quantity'), takesFrom('30', 'integer'), takesFrom('310n', 'integer'), takesFrom('01', 'relation'), takesFrom('10', 'text')]).toEqual([true, false, true, false, true, true])
  })
})

describe('any elements', () => {
  const digits = (length: number) => fc.array(fc.integer({ min: 0, max: 9 }), { minLength: length, maxLength: length }).map((all) => all.join(''))
  const letters = fc.constantFrom(...'ABCxyz0189-./_%&')
  const element = fc.constantFrom(...applicationIdentifiers).chain(([identifier, known]): fc.Arbitrary<Gs1Element & { readonly raw: string; readonly code: string }> => {
    const of = (raw: string, text = raw, code = identifier) => ({ identifier, raw, text, code })
    if (known.check !== undefined) return digits(known.check - 1).map((some) => of(`${some}${checkDigit(some)}`))
    if (known.says === 'date') return fc.record({ month: fc.integer({ min: 1, max: 12 }), day: fc.integer({ min: 1, max: 28 }) }).map(({ month, day }) => of(`27${String(month).padStart(2, '0')}${String(day).padStart(2, '0')}`, `2027-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`))
    if (known.says === 'count') return fc.integer({ min: 0, max: 99_999_999 }).map((count) => of(String(count)))
    if (known.says === 'measure') return fc.tuple(fc.integer({ min: 0, max: 999_999 }), fc.integer({ min: 0, max: 5 })).map(([value, decimals]) => of(String(value).padStart(6, '0'), (value / 10 ** decimals).toFixed(decimals), `${identifier.slice(0, 3)}${decimals}`))
    if (known.digits) return digits(known.longest).map((some) => of(some))
    return fc.array(letters, { minLength: 1, maxLength: known.longest }).map((some) => of(some.join('')))
  })
  const elements = fc.uniqueArray(element, { minLength: 1, maxLength: 6, selector: ({ identifier }) => identifier })

  it('are read as they were written, with separators, in brackets, and with separators where none is needed', () => {
    fc.assert(fc.property(elements, fc.boolean(), (parts, isGenerous) => {
      const wanted = { elements: parts.map(({ identifier, text }) => ({ identifier, text })) }
      const joined = parts.map(({ code, raw, identifier }, index) => `${code}${raw}${index < parts.length - 1 && (isGenerous || !hasPredefinedLength(identifier)) ? gs : ''}`).join('')
      expect(readGs1(`]C1${joined}`, today)).toEqual(wanted)
      if (parts.every(({ raw }) => !raw.includes('('))) expect(readGs1(parts.map(({ code, raw }) => `(${code})${raw}`).join(''), today)).toEqual(wanted)
    }))
  })

  it('never make the reader fail, and one wrong digit of a checked number is found', () => {
    fc.assert(fc.property(fc.string({ unit: 'binary', maxLength: 60 }), (text) => { readGs1(text, today); readGs1(`]C1${text}`, today); readGs1(`https://x.example/01/${text}`, today) }))
    fc.assert(fc.property(digits(13), fc.integer({ min: 0, max: 13 }), fc.integer({ min: 1, max: 9 }), (some, at, shift) => {
      const code = `${some}${checkDigit(some)}`
      const broken = code.slice(0, at) + String((Number(code[at]) + shift) % 10) + code.slice(at + 1)
      expect(told(`(01)${broken}`)).toBe('problem')
    }))
  })
})
